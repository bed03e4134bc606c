"""How evenly the parties are heard: counts of claims, words, speakers, sources and stances."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.positions import claims_on
from briefing.voices import Voice, voice_of


@dataclass(frozen=True)
class Share:
    """How much of the briefing is about what one party says."""

    party: str
    claims: int
    words: int
    """Of the claims' text, without citations."""
    speakers: int
    """Different names under `by`."""
    sources: int
    """Different sources, those cited only through another one too."""
    voices: Counter[Voice]
    """Of the sources."""
    stances: Counter[str]
    """Of the claims; those without a stance under an empty key."""


def share_of(briefing: Briefing, party: str) -> Share:
    """Count what the briefing has of a party."""
    claims = [claim for claim in briefing.claims if claim.party == party]
    keys = {key for claim in claims for key in claim.source_keys}
    entries = [briefing.bibliography.entries[key] for key in sorted(keys)]
    return Share(
        party,
        claims=len(claims),
        words=sum(len(claim.statement.split()) for claim in claims),
        speakers=len({claim.by for claim in claims if claim.by}),
        sources=len(entries),
        voices=Counter(voice_of(entry, party, briefing.settings) for entry in entries),
        stances=Counter(claim.stance for claim in claims),
    )


def heard_on(briefing: Briefing, point: int) -> dict[str, list[Claim]]:
    """Return each party's claims on a point; an empty list for one that is not heard."""
    return {party: claims_on(briefing, party, point) for party in briefing.settings.parties}
