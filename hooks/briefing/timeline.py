"""The timeline: dated events, and the day to which sources were searched for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.dates import read_day


@dataclass(frozen=True)
class Timeline:
    """What the front matter of a timeline says."""

    searched: str = ""
    """ISO date."""
    fault: str = ""


def read_timeline(given: Any) -> Timeline:
    """Read `timeline` of a page's front matter: a mapping with `searched`."""
    if not isinstance(given, dict) or set(given) - {"searched"}:
        return Timeline(fault="timeline is not a mapping with `searched`")
    searched = read_day(given.get("searched"))
    if not searched:
        return Timeline(fault="timeline does not say on which day sources were searched")
    return Timeline(searched)


def events(briefing: Briefing) -> list[Claim]:
    """Return the claims of the timelines, in the order in which they stand there."""
    pages = {page.src for page in briefing.pages if page.is_timeline}
    return [claim for claim in briefing.claims if claim.src in pages]


def events_on(briefing: Briefing, *, point: int | None = None, party: str = "") -> list[Claim]:
    """Return the events that touch a point or concern a party."""
    return [
        claim
        for claim in events(briefing)
        if (point is None or point in claim.points) and (not party or party in claim.parties)
    ]
