"""Where sources differ: what is at issue, and what each source says."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.briefing import Briefing
from briefing.claims import Claim


@dataclass(frozen=True)
class Difference:
    """One question on which sources differ: a section of a page with claims that are versions."""

    title: str
    """What is at issue: the section's heading."""
    anchor: str
    """Its page below docs/ and its place there."""
    versions: tuple[Claim, ...]

    @property
    def points(self) -> tuple[int, ...]:
        """The points that it touches; empty for the plan as a whole."""
        return tuple(sorted({point for claim in self.versions for point in claim.points}))


def differences_on(briefing: Briefing, point: int | None = None) -> list[Difference]:
    """Return the differences in the order of the pages; of one point, if one is given."""
    sections: dict[tuple[str, str], list[Claim]] = {}
    for claim in briefing.claims:
        if claim.version:
            sections.setdefault((claim.src, claim.section_anchor), []).append(claim)
    found = [
        Difference(claims[0].section, f"{src}#{anchor}", tuple(claims))
        for (src, anchor), claims in sections.items()
    ]
    return [one for one in found if point is None or point in one.points]
