"""Who holds what on which point: claims by party and point, and silence that is stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.briefing import Briefing
from briefing.claims import Claim, is_point
from briefing.dates import read_day
from briefing.pages import words_of
from briefing.settings import Settings


@dataclass(frozen=True)
class Silence:
    """The points on which nothing was found of a party, and when its sources were last searched."""

    points: tuple[int, ...] = ()
    searched: str = ""
    """ISO date."""
    fault: str = ""


def read_silence(given: Any, settings: Settings) -> Silence:
    """Read `no_position` of a party page's front matter: a mapping of `points` and `searched`."""
    if given is None:
        return Silence()
    if not isinstance(given, dict) or set(given) - {"points", "searched"}:
        return Silence(fault="no_position is not a mapping of `points` and `searched`")
    searched = read_day(given.get("searched"))
    if not searched:
        return Silence(fault="no_position does not say on which day sources were searched")
    words = words_of(given.get("points"))
    if not all(is_point(word, settings) for word in words):
        return Silence(fault=f"no_position: points are not numbers from 1 to {settings.points}")
    return Silence(tuple(int(word) for word in words), searched)


def silence_of(briefing: Briefing, party: str) -> Silence:
    page = briefing.party_pages.get(party)
    return read_silence(page.meta.get("no_position"), briefing.settings) if page else Silence()


def claims_on(briefing: Briefing, party: str, point: int | None) -> list[Claim]:
    """Return a party's claims on a point, earliest first; `None` for the plan as a whole."""
    found = [
        claim
        for claim in briefing.claims
        if claim.party == party and (point in claim.points if point else not claim.points)
    ]
    return sorted(found, key=lambda claim: claim.on or "9999")
