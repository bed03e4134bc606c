"""Tables of how evenly the parties are heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from briefing.balance import Share, heard_on, share_of
from briefing.briefing import Briefing
from briefing.elements import Child, el, link, listing, point_head, table
from briefing.pages import Page
from briefing.tables.registry import table_kind
from briefing.voices import Voice


@table_kind()
def balance(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Per party: claims, words, speakers, sources, stances; and what is uneven, in numbers."""
    parties = briefing.settings.parties.values()
    shares = [share_of(briefing, party.key) for party in parties]
    heads = [
        "Party",
        "Claims",
        "Words",
        "Speakers",
        "Sources",
        *(voice.value.capitalize() for voice in Voice),
    ]
    rows: list[list[Child | list[Child]]] = []
    for share in shares:
        counts = (share.claims, share.words, share.speakers, share.sources)
        voices = (_part(share.voices[voice], share.sources) for voice in Voice)
        rows.append([_party(briefing, page, share), *(f"{count:,}" for count in counts), *voices])
    yield table("What the briefing has of each party", heads, rows, **{"class": "numbers"})
    yield _stances(briefing, page, shares)
    yield listing("uneven", (el("li", {}, told) for told in _uneven(briefing, shares)))


def _stances(briefing: Briefing, page: Page, shares: list[Share]) -> Element:
    stances = briefing.settings.stances
    heads = ["Party", *(stance.label for stance in stances.values()), "No stance recorded"]
    rows: list[list[Child | list[Child]]] = [
        [
            _party(briefing, page, share),
            *(_part(share.stances[key], share.claims) for key in (*stances, "")),
        ]
        for share in shares
    ]
    return table("Stances in each party's claims", heads, rows, **{"class": "numbers"})


def _party(briefing: Briefing, page: Page, share: Share) -> Element:
    home = briefing.party_pages[share.party].src
    return link(page.src, home, briefing.settings.parties[share.party].label)


def _part(count: int, whole: int) -> str:
    return f"{count:,} ({_percent(count, whole)})" if whole else "0"


def _percent(count: int, whole: int) -> str:
    return f"{round(100 * count / whole)}%"


_COUNTED: tuple[tuple[str, Callable[[Share], int]], ...] = (
    ("claims", lambda share: share.claims),
    ("words", lambda share: share.words),
    ("speakers", lambda share: share.speakers),
    ("sources", lambda share: share.sources),
)


def _uneven(briefing: Briefing, shares: list[Share]) -> Iterator[str]:
    """Yield a sentence in numbers for each way in which parties or points are heard unevenly."""
    names = briefing.settings.parties
    for what, count in _COUNTED:
        most, fewest = max(shares, key=count), min(shares, key=count)
        if count(most) != count(fewest):
            told = (
                f"Most {what}: {names[most.party].label} ({count(most):,}); "
                f"fewest: {names[fewest.party].label} ({count(fewest):,})"
            )
            ratio = count(most) / count(fewest) if count(fewest) else 0
            yield f"{told}; {ratio:.1f} times as many." if ratio else f"{told}."
    for voice in Voice:
        parts = [
            f"{names[share.party].label} {_percent(share.voices[voice], share.sources)}"
            for share in shares
            if share.sources
        ]
        yield f"Of the sources, {voice.value}: {', '.join(parts)}."
    every = {point: heard_on(briefing, point) for point in sorted(briefing.point_pages)}
    for party in names.values():
        silent = [str(point) for point, heard in every.items() if not heard[party.key]]
        if silent:
            yield f"Points with no claim of {party.label}: {len(silent)} ({', '.join(silent)})."
    counts = {point: sum(map(len, heard.values())) for point, heard in every.items()}
    if len(set(counts.values())) > 1:
        most_point = max(counts, key=lambda point: counts[point])
        fewest_point = min(counts, key=lambda point: counts[point])
        yield (
            f"Most claims of parties: point {most_point} ({counts[most_point]}); "
            f"fewest: point {fewest_point} ({counts[fewest_point]})."
        )


@table_kind()
def balance_by_point(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Per point: how many claims of each party, and how many parties are heard."""
    parties = briefing.settings.parties.values()
    rows: list[list[Child | list[Child]]] = []
    for point in sorted(briefing.point_pages):
        counts = [len(claims) for claims in heard_on(briefing, point).values()]
        heard = f"{sum(map(bool, counts))} of {len(counts)}"
        row: list[Child | list[Child]] = [point_head(point, briefing, page.src)]
        rows.append([*row, *(str(count) for count in counts), heard])
    heads = ["Point", *(party.label for party in parties), "Parties heard"]
    yield table("Claims of each party by point", heads, rows, **{"class": "numbers"})
