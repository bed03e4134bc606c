"""What is known of the page that is being parsed, and what the steps of parsing share."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import Element

import markdown

from briefing.findings import START, Position
from briefing.marks import RawText, WordMarks, strip_marks
from briefing.pages import Block, Directive, Heading, Page, PlacedCitation


class Renderer(Protocol):
    """What turns the parsed page into what readers see; absent when a page is only checked."""

    terms: dict[str, str]
    """What to explain where it occurs: each form of a term, and its definition."""

    def citation(self, placed: list[PlacedCitation], md: markdown.Markdown) -> Element:
        """Return what readers see for the citations in one pair of brackets."""

    def reference(self, key: str) -> Element | None:
        """Return the entry of a page's reference list, None for an unknown key."""

    def claim(self, element: Element, block: Block, page: Page) -> None:
        """Dress the element of a claim."""

    def extract(self, element: Element, block: Block) -> None:
        """Dress the element of an extract."""

    def frame(self, root: Element, page: Page) -> None:
        """Put around a source's extracts what is generated of it."""

    def table(self, directive: Directive, page: Page) -> list[Element]:
        """Return the elements that a directive asks for."""


@dataclass
class Cite:
    """An `@` that may begin a citation: the text it stands in, and where."""

    raw: RawText
    offset: int
    used: bool = False

    @property
    def position(self) -> Position:
        return self.raw.position(self.offset) or START


@dataclass
class Brackets:
    """One pair of brackets that was read as citations."""

    placed: list[PlacedCitation]
    raw: RawText
    end: int
    """The offset after its closing bracket."""


@dataclass
class Reading:
    """What is known of the page that is being parsed."""

    page: Page
    prefix: str
    known_keys: frozenset[str]
    marks: WordMarks
    raws: dict[Element, RawText] = field(default_factory=dict)
    cites: list[Cite] = field(default_factory=list)
    brackets: dict[Element, Brackets] = field(default_factory=dict)
    headings: dict[Element, Heading] = field(default_factory=dict)
    text: str = ""
    """The Markdown as the parser was given it."""
    last: Position = START
    """The last place that was known: where something without words is said to stand."""

    def mark_cite(self, raw: RawText, offset: int) -> str:
        """Note an `@` and return the mark to put in front of it; empty if there are no more."""
        if len(self.cites) > _CITE_LAST - _CITE_FIRST:
            return ""
        self.cites.append(Cite(raw, offset))
        return chr(_CITE_FIRST + len(self.cites) - 1)

    def cites_in(self, text: str) -> list[Cite]:
        """Return what the marks in a text stand for."""
        return [self.cites[ord(mark) - _CITE_FIRST] for mark in CITE_MARK.findall(text)]


_CITE_FIRST, _CITE_LAST = 0x100000, 0x10FFFD  # Supplementary Private Use Area-B
CITE_CLASS = f"[{chr(_CITE_FIRST)}-{chr(_CITE_LAST)}]"
CITE_MARK = re.compile(CITE_CLASS)
_STASHED = re.compile(r"\x02wzxhzdk:(\d+)\x03")
_IN_MAIL = re.compile("\x02amp\x03#(\\d+);")
_ESCAPED = re.compile(r"\x02(\d+)\x03")


class Step:
    """A step that knows the page being read."""

    def __init__(self, md: markdown.Markdown, reading: Reading, renderer: Renderer | None) -> None:
        self.md = md
        self.reading = reading
        self.page = reading.page
        self.renderer = renderer

    def plain(self, text: str) -> str:
        """Return a text as readers see it: what Python-Markdown has put away is put back."""

        def unstash(match: re.Match[str]) -> str:
            stashed = str(self.md.htmlStash.rawHtmlBlocks[int(match.group(1))])
            visible = re.sub(r"<!--.*?-->", "", strip_marks(stashed), flags=re.DOTALL)
            return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br\b[^>]*>", " ", visible)))

        text = _STASHED.sub(unstash, CITE_MARK.sub("", text))
        text = _IN_MAIL.sub(lambda match: chr(int(match.group(1))), text)
        text = text.replace("\x02amp\x03", "&")
        return _ESCAPED.sub(lambda match: chr(int(match.group(1))), text)

    def stashed(self, text: str) -> str | None:
        """Return the raw HTML that a text stands for, None if it is not just that."""
        match = _STASHED.fullmatch(text.strip())
        return str(self.md.htmlStash.rawHtmlBlocks[int(match.group(1))]) if match else None

    def stashed_in(self, text: str) -> list[str]:
        """Return the raw HTML that stands inside a text."""
        stash = self.md.htmlStash.rawHtmlBlocks
        return [str(stash[int(match.group(1))]) for match in _STASHED.finditer(text)]

    def find(self, text: str) -> Position:
        """Return where a text's first line stands in the file, from the last known place on."""
        first = text.strip().split("\n", 1)[0]
        last, lines = self.reading.last, self.reading.marks.lines
        for number, line in enumerate(lines[last.line - 1 :], start=last.line):
            if first and first in line:
                return Position(number, line.index(first) + 1)
        return last
