"""Extracts: short passages of sources, kept as evidence for quotations and figures.

Each source has a page of them, docs/sources/<key>.md: a block quotation holds the source's own
words, any other block says in ours what a passage says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.findings import Position
from briefing.pages import Block, Page

WORDS_IN_AN_EXTRACT = 25
WORDS_OF_A_SOURCE = 150
"""The most that is kept of a source: words of one extract, and words quoted from it in all."""


@dataclass(frozen=True)
class Extract:
    """A short passage of a source."""

    key: str
    """The source."""
    words: str
    quoted: bool
    """Whether these are the source's own words, not ours."""
    by: str
    """Who speaks in a quotation."""
    at: str
    """Where in the source it stands: `para. 4`."""
    page: str
    """The page's path relative to the project folder."""
    position: Position

    @property
    def length(self) -> int:
        """How many words it has."""
        return count_words(self.words)


def collect_extracts(page: Page) -> list[Extract]:
    """Return the extracts of a source's page, in its order; none of another page."""
    if not page.source:
        return []
    return [_extract(page, block) for block in page.blocks if not block.editorial]


def _extract(page: Page, block: Block) -> Extract:
    given = {name: attribute.value.strip() for name, attribute in block.attributes.items()}
    by, at = given.get("by", ""), given.get("at", "")
    return Extract(
        page.source, block.statement, block.quoted, by, at, page.path, block.position
    )  # fmt: skip


def count_words(text: str) -> int:
    """Return the number of words; a number is one, and so is what a hyphen joins."""
    return sum(1 for word in text.split() if re.search(r"\w", word))
