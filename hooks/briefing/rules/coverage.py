"""Rules on what a briefing must have: pages, and a word on every party and point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from briefing.briefing import Briefing
from briefing.findings import START, Position
from briefing.pages import Page
from briefing.positions import claims_on, read_silence
from briefing.rules.registry import Fault, rule, search_to_come

_CONFIG = "mkdocs.yml"


@rule
def missing_point_page(briefing: Briefing) -> Iterator[Fault]:
    """A point of the plan has no page."""
    for point in range(1, briefing.settings.points + 1):
        if point not in briefing.point_pages:
            hint = f"add a page with `point: {point}` in its front matter"
            yield _CONFIG, START, f"no page for point {point}", hint


@rule
def duplicate_point_page(briefing: Briefing) -> Iterator[Fault]:
    """Two pages are for one point."""
    yield from _second_pages(briefing, "point", set())


@rule
def missing_party_page(briefing: Briefing) -> Iterator[Fault]:
    """A party in mkdocs.yml has no page."""
    for party in briefing.settings.parties:
        if party not in briefing.party_pages:
            hint = f"add a page with `party: {party}` in its front matter"
            yield _CONFIG, START, f"no page for the party {party!r}", hint


@rule
def duplicate_party_page(briefing: Briefing) -> Iterator[Fault]:
    """Two pages are for one party."""
    yield from _second_pages(briefing, "party", {"point"})


def _second_pages(briefing: Briefing, name: str, unless: set[str]) -> Iterator[Fault]:
    pages: dict[str, list[Page]] = defaultdict(list)
    for page in briefing.pages:
        if name in page.meta and not unless & page.meta.keys() and not page.source:
            pages[str(page.meta[name])].append(page)
    for value, (first, *others) in pages.items():
        for page in others:
            message = f"{first.path} is the page for {name} {value} already"
            yield page.path, page.front.at(name), message, "join the two pages, or mend the key"


class _Place(NamedTuple):
    page: Page
    position: Position


@rule
def bad_no_position(briefing: Briefing) -> Iterator[Fault]:
    """`no_position` does not give points and the date on which sources were last searched."""
    for page in briefing.pages:
        if "no_position" not in page.meta:
            continue
        silence = read_silence(page.meta["no_position"], briefing.settings)
        where = page.front.at("no_position")
        if silence.fault:
            yield page.path, where, silence.fault, "give `points:` and `searched: 2026-01-31`"
        elif "party" not in page.meta:
            yield page.path, where, "no_position on a page without `party:`", "move it there"
        else:
            yield from search_to_come(page, "no_position", silence.searched)


@rule
def unknown_position(briefing: Briefing) -> Iterator[Fault]:
    """A party neither speaks to a point nor is said to be silent on it."""
    for party, page in sorted(briefing.party_pages.items()):
        if party not in briefing.settings.parties:
            continue
        silence = read_silence(page.meta.get("no_position"), briefing.settings)
        missing = [
            point
            for point in range(1, briefing.settings.points + 1)
            if point not in silence.points and not claims_on(briefing, party, point)
        ]
        if missing and not silence.fault:
            name = briefing.settings.parties[party].name
            yield (
                page.path,
                page.front.at("no_position") if silence.points else page.front.at("party"),
                f"nothing on {name} and point{'s' if len(missing) > 1 else ''} {_list(missing)}",
                "add a claim, or list the points under `no_position`",
            )


@rule
def contradicted_silence(briefing: Briefing) -> Iterator[Fault]:
    """A party is said to be silent on a point on which a claim gives its words."""
    for party, page in sorted(briefing.party_pages.items()):
        silence = read_silence(page.meta.get("no_position"), briefing.settings)
        for index, point in enumerate(silence.points):
            claims = claims_on(briefing, party, point)
            if claims:
                where = f"{claims[0].page}:{claims[0].line}"
                message = f"point {point} is under no_position, but {where} has a position on it"
                position = page.front.at("no_position", "points", index)
                yield page.path, position, message, "take the point off the list"


def _list(points: list[int]) -> str:
    return ", ".join(str(point) for point in points)
