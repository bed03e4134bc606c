"""Rules on mkdocs.yml and on files as such."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.findings import Position
from briefing.rules.registry import Fault, rule


def _found_early(briefing: Briefing, name: str) -> Iterator[Fault]:
    for finding in briefing.early:
        if finding.rule == name:
            place = Position(finding.line, finding.column)
            yield finding.path, place, finding.message, finding.hint


@rule
def bad_config(briefing: Briefing) -> Iterator[Fault]:
    """A setting under extra.briefing in mkdocs.yml is missing, unknown or of the wrong kind."""
    yield from _found_early(briefing, "bad-config")


@rule
def not_utf8(briefing: Briefing) -> Iterator[Fault]:
    """A page or the bibliography is not encoded in UTF-8."""
    yield from _found_early(briefing, "not-utf8")
    for fault in briefing.bibliography.faults:
        if fault.rule == "not-utf8":
            yield briefing.bibliography.path, fault.position, fault.message, fault.hint
