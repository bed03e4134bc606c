"""Rules on citations."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.findings import did_you_mean
from briefing.rules.registry import Fault, faults_on_pages, rule


@rule
def malformed_citation(briefing: Briefing) -> Iterator[Fault]:
    """Something looks like a citation but cannot be read as one."""
    yield from faults_on_pages(briefing, "malformed-citation")


@rule
def unknown_key(briefing: Briefing) -> Iterator[Fault]:
    """A citation names a source that has no entry in the bibliography."""
    entries = briefing.bibliography.entries
    if not briefing.bibliography.readable:
        return
    for page in briefing.pages:
        for block in page.blocks:
            for placed in block.citations:
                for key in filter(None, (placed.citation.key, placed.citation.via)):
                    if key not in entries and key not in briefing.bibliography.torn:
                        message = f"no entry {key!r} in {briefing.bibliography.path}"
                        hint = did_you_mean(key, entries, "add an entry, or mend the key")
                        yield page.path, placed.position, message, hint
