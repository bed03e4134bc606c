"""Rules on claims."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.rules.registry import Fault, briefing_pages, rule


@rule
def uncited_claim(briefing: Briefing) -> Iterator[Fault]:
    """A block of text on a briefing page cites no source."""
    for page in briefing_pages(briefing):
        refused = [fault.position for fault in page.faults if _explains(fault.rule)]
        for block in page.blocks:
            if (
                not block.citations
                and not block.editorial
                and not block.introduces
                and not any(block.position <= place <= block.end for place in refused)
            ):
                hint = "add [@key], or mark a block that states no fact with {: .editorial }"
                yield page.path, block.position, f"no citation for {_start(block.statement)}", hint


@rule
def text_after_citation(briefing: Briefing) -> Iterator[Fault]:
    """Text follows a block's last citation, so that nothing supports it."""
    for page in briefing_pages(briefing):
        for block in page.blocks:
            if block.uncited_end and not block.editorial:
                text, position = block.uncited_end
                hint = "cite a source for it, or move the citation to the end"
                yield page.path, position, f"no citation after {_start(text)}", hint


@rule
def duplicate_anchor(briefing: Briefing) -> Iterator[Fault]:
    """Two claims of the briefing, or two places on a page, have one id."""
    for page in briefing.pages:
        seen: dict[str, int] = {}
        for anchor, position in page.given_anchors:
            if anchor in seen:
                message = f"the id {anchor!r} is on line {seen[anchor]} too"
                yield page.path, position, message, "give one of them another id"
            seen.setdefault(anchor, position.line)
    first: dict[str, str] = {}
    for page in briefing_pages(briefing):
        given = dict(page.given_anchors)
        for block in page.claim_blocks:
            where = first.setdefault(block.anchor, page.path)
            if where != page.path:
                message = f"the id {block.anchor!r} is on {where} too"
                position = given.get(block.anchor, block.position)
                yield page.path, position, message, "give one of them another id"


def _explains(name: str) -> bool:
    """Whether a fault already tells why the block seems to lack a citation."""
    return name in ("malformed-citation", "stray-attributes", "own-footnote")


def _start(text: str) -> str:
    words = text.split()
    return repr(" ".join(words[:8]) + (" ..." if len(words) > 8 else ""))
