"""Tables of dated events."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.dates import parse_date
from briefing.elements import Child, citations, el, link, repeats, table
from briefing.pages import Page
from briefing.tables.registry import table_kind
from briefing.timeline import events_on


@table_kind()
def events(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The timeline's events; on the page of a point or party, those that concern it."""
    point, party = page.meta.get("point"), str(page.meta.get("party", ""))
    found = events_on(briefing, point=point, party="" if point else party)
    if not found:
        told = "No event of the timeline is recorded for it."
        yield el("p", {"class": "generated silent"}, told)
        return
    rows = [_row(claim, briefing, page) for claim in found]
    yield table("Events", ["Date", "Event"], rows, **{"class": "events"})


def _row(claim: Claim, briefing: Briefing, page: Page) -> list[Child | list[Child]]:
    date = parse_date(claim.on)
    head = link(page.src, claim.anchor, date.short if date else claim.id.upper())
    cited = citations(claim, briefing, page.src)
    return [head, el("div", repeats(claim), claim.statement, " (", cited, ")")]
