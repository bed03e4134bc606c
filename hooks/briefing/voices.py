"""Whose voice a source is to a party: its own words, a report from its country, or another's."""

from __future__ import annotations

from enum import Enum

from briefing.bibliography import Entry
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
    organisations = [author.family for author in entry.authors if author.corporate]
    for name in organisations or [entry.outlet]:
        for party in settings.parties.values():
            if name in party.outlets:
                return party.key
    return ""


def voice_of(entry: Entry, party: str, settings: Settings) -> Voice:
    """Return what a source is to a party that a claim on its words cites it for."""
    side = side_of(entry, settings)
    kind = settings.kinds.get(entry.get("kind"))
    if kind and kind.own and side in ("", party):
        return Voice.OWN
    if kind and kind.voice and settings.parties[party].voice:
        return Voice.OWN
    return Voice.HOME if side == party else Voice.OTHERS
