"""Whose voice a source is to a party: its own words, a report from its country, or another's."""

from __future__ import annotations

from enum import Enum
from itertools import groupby

from briefing.bibliography import Bibliography, Entry
from briefing.claims import Claim
from briefing.settings import Settings


class Voice(Enum):
    """What a source is to a party."""

    OWN = "own words"
    """An official text, a transcript or an interview; of those who comment, an analysis."""
    HOME = "reports from its country or region"
    OTHERS = "reports by others"


def side_of(entry: Entry, settings: Settings) -> str:
    """Return the party that a source's author or publisher is or works from; empty for none.

    mkdocs.yml lists them under `outlets`. A report that names an organisation as its author is
    that organisation's, whoever prints it.
    """
    return _named_side(entry, settings)[1]


def _named_side(entry: Entry, settings: Settings) -> tuple[str, str]:
    """Return the author or publisher that is or works from a party, and the party."""
    organisations = [author.family for author in entry.authors if author.corporate]
    for name in organisations or [entry.outlet]:
        for party in settings.parties.values():
            if name in party.outlets:
                return name, party.key
    return "", ""


def reporters(claim: Claim, bibliography: Bibliography, settings: Settings) -> list[Entry]:
    """Return the sources of a claim on what a party holds that rests only on other parties' sides.

    None where one source is the party's own words, works from its country, or from no party's. Of
    a source that was read through another, either may be of another side.
    """
    party = settings.parties.get(claim.party)
    if party is None or party.voice:
        return []
    found: list[Entry] = []
    for one in claim.citations:
        cited = [bibliography.entries[key] for key in (one.key, one.via) if key]
        if voice_of(cited[-1], party.key, settings) is not Voice.OTHERS:
            return []  # the party's own side was read
        others = [entry for entry in cited if _is_of_others(entry, party.key, settings)]
        if not others:
            return []
        found.append(others[0])
    return found


def _is_of_others(entry: Entry, party: str, settings: Settings) -> bool:
    side = settings.parties.get(side_of(entry, settings))
    if side is None or side.voice:
        return False
    return voice_of(entry, party, settings) is Voice.OTHERS


def reported_by(claim: Claim, bibliography: Bibliography, settings: Settings) -> str:
    """Return what readers see of a claim's `reporters`: `The Gazette (Press)`; empty for none."""
    entries = reporters(claim, bibliography, settings)
    told: list[str] = []
    for side, group in groupby(
        sorted(entries, key=lambda entry: list(settings.parties).index(side_of(entry, settings))),
        key=lambda entry: side_of(entry, settings),
    ):
        names = list(dict.fromkeys(_named_side(entry, settings)[0] for entry in group))
        told.append(f"{', '.join(names)} ({settings.parties[side].label})")
    return "; ".join(told)


def voice_of(entry: Entry, party: str, settings: Settings) -> Voice:
    """Return what a source is to a party that a claim on its words cites it for."""
    side = side_of(entry, settings)
    kind = settings.kinds.get(entry.get("kind"))
    if kind and kind.own and side in ("", party):
        return Voice.OWN
    if kind and kind.voice and settings.parties[party].voice:
        return Voice.OWN
    return Voice.HOME if side == party else Voice.OTHERS
