"""Tables of what the briefing rests on: sources, the claims of one source, the register."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

from briefing.bibliography import CONSULTED, Entry
from briefing.briefing import SEARCHED, Briefing, source_page
from briefing.claims import Claim
from briefing.dates import parse_date
from briefing.elements import (
    Child,
    citations,
    el,
    link,
    listing,
    points_links,
    repeats,
    stance,
    table,
    who_and_when,
)
from briefing.pages import Page
from briefing.tables.registry import table_kind


def reference(briefing: Briefing, key: str) -> Element:
    """Return a source's entry as the citation style sets it."""
    return fromstring(f'<span class="reference">{briefing.references.html(key)}</span>')


def record_note(briefing: Briefing, entry: Entry) -> str:
    """Return what readers should know of a record: kind, how it was read, a missing headline."""
    kind = briefing.settings.kinds.get(entry.get("kind"))
    parts = [kind.name] if kind else []
    if consulted := CONSULTED.get(entry.get("consulted")):
        parts.append(consulted)
    if not entry.title and (about := entry.get("titleaddon")):
        parts.append(f"headline not seen: {about}")
    if note := entry.get("annotation"):
        parts.append(note.rstrip("."))
    return "; ".join(parts)


@table_kind()
def sources(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """All sources, by kind and date."""
    kinds = dict(briefing.settings.kinds)
    groups: dict[str, list[Entry]] = {key: [] for key in (*kinds, "")}
    for entry in briefing.sources:
        groups[entry.get("kind") if entry.get("kind") in kinds else ""].append(entry)
    for key, entries in groups.items():
        if entries:
            name = kinds[key].name if key else "Other sources"
            attributes = {"class": "generated", "id": f"kind-{key or 'other'}"}
            yield el("h2", attributes, f"{name} ({len(entries)})")
            entries.sort(key=lambda entry: (entry.date or (9999,), briefing.labels[entry.key]))
            rows = [_source_row(briefing, page, entry) for entry in entries]
            heads = ["Source", "Reference", "Claims"]
            yield table(f"Sources: {name}", heads, rows, **{"class": "sources-list"})


def _source_row(briefing: Briefing, page: Page, entry: Entry) -> list[Child | list[Child]]:
    head = link(page.src, source_page(entry.key), briefing.labels[entry.key])
    note = el("div", {"class": "record-note"}, record_note(briefing, entry))
    count = str(len(briefing.claims_by_source[entry.key]))
    return [head, [reference(briefing, entry.key), note], count]


def source_record(briefing: Briefing, entry: Entry) -> Iterator[Element]:
    """Yield what a source's page says of it: reference, kind, language, how it was read."""
    yield el("p", {"class": "generated"}, reference(briefing, entry.key))
    kind = briefing.settings.kinds.get(entry.get("kind"))
    consulted = CONSULTED.get(entry.get("consulted"), "")
    date = entry.date
    rows: list[tuple[str, Child]] = [
        ("Kind of source", kind.name if kind else ""),
        ("Published by", entry.outlet),
        ("Date", date.long if date else "not known"),
        ("Language", entry.get("langid").title()),
        ("Headline", "" if entry.title else f"not seen; {entry.get('titleaddon')}"),
        ("How it was read", consulted),
        ("Note", entry.get("annotation")),
        ("Citation key", el("code", {}, entry.key)),
    ]
    items: list[Child] = []
    for name, value in rows:
        if value not in ("", None):
            items += [el("dt", {}, name), el("dd", {}, value)]
    yield el("dl", {"class": "generated record"}, *items)


def source_claims(briefing: Briefing, entry: Entry, page: Page) -> Iterator[Element]:
    """Yield what a source's page has below its extracts: the claims that rest on it."""
    yield el("h2", {"class": "generated", "id": "claims"}, "Claims that rest on it")
    claims = briefing.claims_by_source[entry.key]
    if claims:
        yield listing("says", (_claim_item(claim, briefing, page) for claim in claims))
    else:
        told = "None: only pages about the briefing itself cite it."
        yield el("p", {"class": "generated"}, told)


def _claim_item(claim: Claim, briefing: Briefing, page: Page) -> Element:
    where = link(page.src, claim.anchor, claim.id.upper(), **{"class": "claim-id"})
    who = who_and_when(claim, briefing)
    cited = citations(claim, briefing, page.src)
    return el(
        "li", repeats(claim), claim.statement, f" [{who}] " if who else " ", "(", cited, ") ", where
    )


@table_kind()
def searches(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """When sources were last searched for what each page says, the oldest first."""
    rows: list[list[Child | list[Child]]] = []
    for search in briefing.searches:
        date = parse_date(search.day)
        home = link(page.src, search.page.src, search.page.title or search.page.src)
        rows.append([home, SEARCHED[search.name], date.long if date else ""])
    heads = ["Page", "Searched for", "Last searched"]
    yield table("When the sources were last searched", heads, rows)


@table_kind()
def register(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Every claim of the briefing, in the order of the pages."""
    rows: list[list[Child | list[Child]]] = []
    for claim in briefing.claims:
        head = link(page.src, claim.anchor, claim.id.upper())
        about: list[Child] = []
        if claim.stance:
            about += [stance(claim.stance, briefing), " "]
        about.append(who_and_when(claim, briefing))
        if claim.points:
            about += [el("br"), *points_links(claim.points, briefing, page.src)]
        rows.append([head, claim.statement, about, citations(claim, briefing, page.src)])
    heads = ["Claim", "Statement", "Who, when, what about", "Sources"]
    yield table("Register of claims", heads, rows, **{"class": "register"})
