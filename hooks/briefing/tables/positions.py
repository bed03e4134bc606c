"""Tables of who holds what: by point, by party, by theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.dates import parse_date
from briefing.elements import (
    Child,
    append,
    citations,
    el,
    joined,
    link,
    listing,
    point_head,
    repeats,
    stance,
    table,
    who_and_when,
)
from briefing.pages import Page
from briefing.positions import claims_on, silence_of
from briefing.settings import Named
from briefing.tables.registry import table_kind


@table_kind("theme?", "form?")
def positions(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Points by parties: the stances, each with who and when; `form="brief"` gives stances only."""
    theme, brief = given.get("theme", ""), given.get("form") == "brief"
    points = briefing.points_of_theme(theme)
    rows = [_row(briefing, page, point, brief=brief) for point in points]
    if not theme:
        rows.append(_row(briefing, page, None, brief=brief))
    parties = briefing.settings.parties.values()
    caption = "Positions by point and party"
    if theme:
        caption += f": {briefing.settings.themes[theme].name}"
    kind = "positions brief" if brief else "positions"
    heads = ["Point", *(party.label for party in parties)]
    yield table(caption, heads, rows, **{"class": kind})


def _row(
    briefing: Briefing, page: Page, point: int | None, *, brief: bool
) -> list[Child | list[Child]]:
    head: Child = "The plan as a whole"
    if point is not None:
        head = point_head(point, briefing, page.src)
    cells = [
        _cell(briefing, page, party, point, brief=brief)
        for party in briefing.settings.parties.values()
    ]
    return [head, *cells]


def _cell(
    briefing: Briefing, page: Page, party: Named, point: int | None, *, brief: bool
) -> list[Child]:
    claims = [claim for claim in claims_on(briefing, party.key, point) if claim.stance or point]
    if not claims:
        return _silence(briefing, party, point)
    order = list(briefing.settings.stances)
    claims.sort(key=lambda claim: order.index(claim.stance) if claim.stance else len(order))
    cell: list[Child] = []
    for key, group in groupby(claims, key=lambda claim: claim.stance):
        held = list(group)
        shown = stance(key, briefing)
        if brief:
            told = f"{shown.text}: {_count(held)} of {party.name}"
            shown = link(page.src, held[0].anchor, shown, title=told)
            cell.append(shown)
            continue
        cell.append(el("div", {"class": "held"}, shown, " ", *_holders(held, briefing, page)))
    return cell


def _holders(claims: list[Claim], briefing: Briefing, page: Page) -> list[Child]:
    """Return who and when, each once, with links to the claims; further claims have numbers."""
    by_holder: dict[str, list[Claim]] = {}
    for claim in claims:
        by_holder.setdefault(who_and_when(claim, briefing), []).append(claim)
    made: list[Child] = []
    for holder, theirs in by_holder.items():
        first = link(page.src, theirs[0].anchor, holder or theirs[0].id.upper())
        made += ["; " if made else "", first]
        more = [
            link(page.src, claim.anchor, str(number), **{"aria-label": f"{holder}, {number}"})
            for number, claim in enumerate(theirs[1:], start=2)
        ]
        if more:
            made.append(el("span", {"class": "more"}, " (", *joined(more), ")"))
    return made


def _count(claims: list[Claim]) -> str:
    return f"{len(claims)} claim" + ("" if len(claims) == 1 else "s")


def _silence(briefing: Briefing, party: Named, point: int | None) -> list[Child]:
    silence = silence_of(briefing, party.key)
    date = parse_date(silence.searched)
    if point in silence.points and date:
        return [el("span", {"class": "silent"}, f"no position found (searched to {date.short})")]
    return [el("span", {"class": "silent"}, "no stance recorded")]


@table_kind(needs="point")
def who_says_what(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Each party's claims on the point of the page."""
    point = int(page.meta["point"])
    for party in briefing.settings.parties.values():
        home = briefing.party_pages[party.key].src
        yield el("h3", {"class": "generated", "id": f"says-{party.key}"}, party.name)
        claims = claims_on(briefing, party.key, point)
        if not claims:
            date = parse_date(silence_of(briefing, party.key).searched)
            told = f"No position found (sources searched to {date.long}). " if date else ""
            more = link(page.src, home, f"All of {party.label}")
            yield el("p", {"class": "generated silent"}, told, more, ".")
            continue
        told_once: dict[tuple[str, ...], list[Claim]] = {}
        for claim in claims:
            key = (claim.stance, who_and_when(claim, briefing), claim.section)
            told_once.setdefault(key if claim.src == page.src else (claim.id,), []).append(claim)
        yield listing("says", (_said(alike, briefing, page) for alike in told_once.values()))


def _said(claims: list[Claim], briefing: Briefing, page: Page) -> Element:
    """Return a claim as an item of a list: stance, who and when, the statement, the sources.

    Of claims that stand on the page itself, alike in all that, it says under which heading.
    """
    claim = claims[0]
    head = el("span", {"class": "said-by"}, stance(claim.stance, briefing), " ")
    append(head, *_holders(claims, briefing, page))
    if claim.src == page.src:  # a reader of the page has read them
        return el(
            "li", {}, head, " ", el("span", {"class": "said"}, f"See above: {claim.section}.")
        )
    body = el("span", {"class": "said"}, claim.statement, " ")
    cited = citations(claim, briefing, page.src)
    return el("li", repeats(claim), head, " ", body, "(", cited, ")")


@table_kind(needs="party")
def positions_of_party(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The positions of the party of the page, point by point."""
    party = briefing.settings.parties[str(page.meta["party"])]
    rows: list[list[Child | list[Child]]] = []
    for point in range(1, briefing.settings.points + 1):
        head = point_head(point, briefing, page.src)
        rows.append([head, _cell(briefing, page, party, point, brief=False)])
    yield table(f"Positions of {party.name} by point", ["Point", "Positions"], rows)


@table_kind()
def positions_by_theme(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The positions of all parties, under a heading for each theme."""
    for theme in briefing.settings.themes.values():
        if briefing.points_of_theme(theme.key):
            yield el("h2", {"class": "generated", "id": f"theme-{theme.key}"}, theme.name)
            yield from positions(briefing, page, {"theme": theme.key})


@table_kind("theme?")
def points(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The points by theme, each with the first claim of its page."""
    for theme in briefing.settings.themes.values():
        numbers = briefing.points_of_theme(theme.key)
        if numbers and given.get("theme", theme.key) == theme.key:
            if "theme" not in given:
                yield el("h2", {"class": "generated", "id": f"theme-{theme.key}"}, theme.name)
            homes = [briefing.point_pages[number] for number in numbers]
            yield listing("summaries", (_summary(briefing, page, home) for home in homes))


@table_kind()
def parties(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The parties, each with the first claim of its page."""
    for party in briefing.settings.parties.values():
        home = briefing.party_pages[party.key]
        claims = [claim for claim in briefing.claims if claim.party == party.key]
        sources = {key for claim in claims for key in claim.source_keys}
        rest = "claim that rests" if len(claims) == 1 else "claims that rest"
        on = "source" if len(sources) == 1 else "sources"
        told = f"{len(claims)} {rest} on {len(sources)} {on}."
        attributes = {"class": "generated", "id": f"party-{party.key}"}
        yield el("h2", attributes, link(page.src, home.src, party.name))
        yield listing("summaries", [_summary(briefing, page, home)])
        yield el("p", {"class": "generated"}, told)


def _summary(briefing: Briefing, page: Page, about: Page) -> Element:
    item = el("li", {}, link(page.src, about.src, about.title))
    first = next((claim for claim in briefing.claims if claim.src == about.src), None)
    if first is not None:
        cited = citations(first, briefing, page.src)
        append(item, el("br"), el("span", repeats(first), first.statement, " (", cited, ")"))
    return item
