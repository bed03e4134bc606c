"""Rules on the questions on which sources differ."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.differences import differences_on
from briefing.findings import START, Position
from briefing.rules.registry import Fault, rule


@rule
def lone_version(briefing: Briefing) -> Iterator[Fault]:
    """A version has no other beside it, or no heading that says what is at issue."""
    for one in differences_on(briefing):
        claim = one.versions[0]
        place = Position(claim.line, claim.column)
        if not one.title:
            message = f"no heading says what {claim.version!r} is a version of"
            yield claim.page, place, message, "put a heading above the versions"
        elif len(one.versions) == 1:
            message = f"{claim.version!r} is the only version under {one.title!r}"
            yield claim.page, place, message, 'give the others version="..." too, below the heading'


@rule
def hidden_difference(briefing: Briefing) -> Iterator[Fault]:
    """A point's page does not show that sources differ on the point."""
    for point, page in sorted(briefing.point_pages.items()):
        found = differences_on(briefing, point)
        if found and not any(one.kind == "differences" for one in page.directives):
            message = f"the page does not show on what sources differ: {found[0].title!r}"
            yield page.path, START, message, "add a line <!-- table: differences -->"
