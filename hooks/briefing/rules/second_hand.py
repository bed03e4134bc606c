"""Rules on sources that were read only through others, and on those that repeat others."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.rules.registry import Fault, briefing_pages, rule


@rule
def unread_source(briefing: Briefing) -> Iterator[Fault]:
    """A source that was read only through another is cited as if it had been read itself."""
    entries = briefing.bibliography.entries
    for page in briefing_pages(briefing):
        for block in page.claim_blocks:
            for placed in block.citations:
                cited = placed.citation
                entry, via = entries.get(cited.key), entries.get(cited.via)
                if entry and entry.get("consulted") == "via" and not cited.via:
                    message = f"{cited.key!r} was read only through another source"
                    hint = f"write [@{cited.key}, via @...] with the one that was read"
                    yield page.path, placed.position, message, hint
                if via and via.get("consulted") == "via":
                    message = f"{cited.via!r}, given as `via`, was not read itself"
                    yield page.path, placed.position, message, "name the source that was read"


@rule
def relay_alone(briefing: Briefing) -> Iterator[Fault]:
    """A claim rests only on relays, though the original of one is in the bibliography."""
    entries, kinds = briefing.bibliography.entries, briefing.settings.kinds
    for page in briefing_pages(briefing):
        for block in page.claim_blocks:
            cited = [(placed, entries.get(placed.citation.key)) for placed in block.citations]
            relays = [
                (placed, entry)
                for placed, entry in cited
                if entry and (kind := kinds.get(entry.get("kind"))) and kind.relay
            ]
            if len(relays) < len(cited):
                continue
            citations = [placed.citation for placed in block.citations]
            named = {key for one in citations for key in (one.key, one.via)}
            for placed, entry in relays:
                original = entry.get("original")
                if original in entries and original not in named:
                    message = f"{entry.key!r} repeats {original!r}, which is not cited"
                    hint = f"cite [@{original}], or [@{original}, via @{entry.key}] if unread"
                    yield page.path, placed.position, message, hint
