"""Rules on timelines."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.dates import parse_date
from briefing.findings import Position
from briefing.rules.registry import Fault, briefing_pages, rule, search_to_come
from briefing.timeline import events, read_timeline


@rule
def bad_timeline(briefing: Briefing) -> Iterator[Fault]:
    """`timeline` does not give the date on which sources were last searched for events."""
    for page in briefing.pages:
        if not page.is_timeline:
            continue
        timeline = read_timeline(page.meta["timeline"])
        if timeline.fault:
            hint = "give `searched: 2026-01-31` under `timeline:`"
            yield page.path, page.front.at("timeline"), timeline.fault, hint
        else:
            yield from search_to_come(page, "timeline", timeline.searched)


@rule
def undated_event(briefing: Briefing) -> Iterator[Fault]:
    """An event of a timeline has no date."""
    for event in events(briefing):
        if not event.on:
            place = Position(event.line, event.column)
            yield event.page, place, "an event without a date", 'add on="2025-11-21"'


@rule
def unordered_event(briefing: Briefing) -> Iterator[Fault]:
    """An event of a timeline stands behind a later one."""
    latest = None
    for event in events(briefing):
        if parse_date(event.on) is None:
            continue
        if latest is None or latest.page != event.page:
            latest = event
        elif event.on >= latest.on[: len(event.on)]:
            latest = max(latest, event, key=lambda one: one.on)
        else:
            place = Position(event.line, event.column)
            message = f"the event of {event.on} stands behind that of {latest.on}"
            yield event.page, place, message, f"put it in front of line {latest.line}"


@rule
def misplaced_parties(briefing: Briefing) -> Iterator[Fault]:
    """`parties` stands on a page that is no timeline, where nothing reads it."""
    for page in briefing_pages(briefing):
        if page.is_timeline:
            continue
        places = [page.front.at("parties")] if "parties" in page.meta else []
        places += [given.position for name, given in page.attributes if name == "parties"]
        for place in places:
            hint = 'say who speaks with party="..."'
            yield page.path, place, "`parties` on a page that is no timeline", hint
