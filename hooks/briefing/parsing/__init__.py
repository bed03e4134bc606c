"""The Python-Markdown extension that notes what becomes of a page's text.

It works inside the parser that makes the page, so what is checked is what is rendered. It runs
twice over the same text: once to collect and check, and once, given a `Renderer`, in the build.

Priorities are those of Python-Markdown 3.11: fenced code 25 and HTML 20 among preprocessors;
footnotes 50, inline 20, attribute lists 8, smarty 6, toc and MkDocs' anchors 5, MkDocs' links 0
among treeprocessors; backticks 190 and escapes 180 among inline patterns.
"""

from __future__ import annotations

import re

import markdown
from markdown.extensions import Extension

from briefing.marks import WordMarks
from briefing.pages import Page
from briefing.parsing.anchors import CollectAnchors
from briefing.parsing.blocks import CollectBlocks
from briefing.parsing.citing import PlaceReference, ReadCitations, ReportUnread, SetReferenceList
from briefing.parsing.reading import Reading, Renderer
from briefing.parsing.terms import MarkTerms
from briefing.parsing.words import LiftMarks, MarkWords

FOOTNOTE_NAME = "ref-{key}"
"""The name of the footnote that holds a source's reference: mkdocs-bibtex's `footnote_format`."""


_ADDED = re.compile(r"(?:\[\^ref-[\w-]+\]: \{\{reference [\w-]+\}\})?")


def is_as_checked(given: str, checked: str) -> bool:
    """Whether the Markdown given to the parser is what was checked, and references behind it."""
    rest = given.removeprefix(checked)
    return given.startswith(checked) and all(map(_ADDED.fullmatch, rest.split("\n")))


class BriefingExtension(Extension):
    """Collects blocks, citations, links and directives; renders them where told how."""

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.renderer: Renderer | None = None

    def begin(
        self,
        page: Page,
        prefix: str,
        known_keys: frozenset[str],
        renderer: Renderer | None = None,
    ) -> None:
        """Say which page is parsed next; what is found is added to it."""
        marks = WordMarks(tuple(page.text.split("\n")))
        self.reading = Reading(page, prefix, known_keys, marks)
        self.renderer = renderer

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        if self.reading is None:
            return
        given = (md, self.reading, self.renderer)
        md.preprocessors.register(MarkWords(*given), "briefing-mark", 100)
        md.treeprocessors.register(LiftMarks(*given), "briefing-lift", 40)
        md.inlinePatterns.register(PlaceReference(*given), "briefing-reference", 186)
        md.inlinePatterns.register(ReadCitations(*given), "briefing-citations", 176)
        md.treeprocessors.register(SetReferenceList(*given), "briefing-references", 14)
        md.treeprocessors.register(MarkTerms(*given), "briefing-terms", 5.7)
        md.treeprocessors.register(CollectBlocks(*given), "briefing-blocks", 5.5)
        md.treeprocessors.register(ReportUnread(*given), "briefing-unread", 5.4)
        md.treeprocessors.register(CollectAnchors(*given), "briefing-anchors", 4)
