"""Rules on sources that were read only through others, and on those that repeat others."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.rules.registry import Fault, rule


@rule
def unread_source(briefing: Briefing) -> Iterator[Fault]:
    """A source that was read only through another is cited as if it had been read itself."""
    entries = briefing.bibliography.entries
    for claim in briefing.claims:
        for placed in claim.block.citations:
            cited = placed.citation
            entry, via = entries.get(cited.key), entries.get(cited.via)
            if entry and entry.get("consulted") == "via" and not cited.via:
                message = f"{cited.key!r} was read only through another source"
                hint = f"write [@{cited.key}, via @...] with the one that was read"
                yield claim.page, placed.position, message, hint
            if via and via.get("consulted") == "via":
                message = f"{cited.via!r}, given as `via`, was not read itself"
                yield claim.page, placed.position, message, "name the source that was read"


@rule
def relay_alone(briefing: Briefing) -> Iterator[Fault]:
    """A claim rests only on relays, though the original of one is in the bibliography."""
    entries, kinds = briefing.bibliography.entries, briefing.settings.kinds
    relays = {key for key, kind in kinds.items() if kind.relay}
    for claim in briefing.claims:
        cited = [entries.get(one.key) for one in claim.citations]
        if not all(entry and entry.get("kind") in relays for entry in cited):
            continue
        for placed, entry in zip(claim.block.citations, cited, strict=True):
            original = entry.get("original") if entry else ""
            if original in entries and original not in claim.source_keys:
                key = placed.citation.key
                message = f"{key!r} repeats {original!r}, which is not cited"
                hint = f"cite [@{original}], or [@{original}, via @{key}] if unread"
                yield claim.page, placed.position, message, hint
