"""What one page holds, as its parse tree shows it: blocks of text, headings, links, directives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from briefing.citations import Citation, CitationFault
from briefing.findings import START, Position
from briefing.frontmatter import FrontMatter
from briefing.marks import RawText

CLAIM_ATTRIBUTES = (
    "party", "text", "points", "point", "stance", "by", "on", "binds", "parties", "version",
    "arithmetic", "at",
)  # fmt: skip
"""What front matter, a heading or a block may say of the claims below it; the nearest wins."""


_WORD = re.compile(r"[^\W_]+")
# What Markdown has and readers do not see: citations, attribute lists, pictures, addresses, HTML.
_ADDRESS = r"(?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])"
_UNSEEN = re.compile(
    rf"\[[^\[\]]*@[^\[\]]*\]|\{{:[^}}]*\}}|!\[[^\]]*\]{_ADDRESS}?|\]{_ADDRESS}|<!--.*?-->|<[^<>]*>|&#?\w+;",
    re.DOTALL,
)

SEVERAL = {"points", "binds", "parties"}
"""Those that may have several values, separated by spaces or commas."""


def words_of(value: Any) -> list[str]:
    """Return the words of a front matter value: a list's items, or a text's between spaces."""
    items = value if isinstance(value, list) else str(value).replace(",", " ").split()
    return [str(item) for item in items]


def attribute_text(name: str, value: Any) -> str:
    """Return what front matter gives for an attribute, as an attribute list would give it."""
    many = name in SEVERAL or isinstance(value, list)
    return " ".join(words_of(value)) if many else str(value)


@dataclass(frozen=True)
class Attribute:
    """A value that front matter, a heading or a block gives, and where."""

    value: str
    position: Position


@dataclass(frozen=True)
class PlacedCitation:
    citation: Citation
    position: Position
    """Where its `@` stands."""


@dataclass
class Heading:
    """A heading of a page; its anchor is known when the whole page is read."""

    title: str
    anchor: str = ""


@dataclass
class Term:
    """A term that a glossary explains, as it is written there."""

    names: tuple[str, ...]
    """The term, and the other forms in which it occurs."""
    anchor: str
    position: Position
    definition: str = ""

    @property
    def forms(self) -> list[str]:
        """What to look for in a text: each name, with a capital in front and without."""
        both = [first + name[1:] for name in self.names for first in (name[0], name[0].swapcase())]
        return list(dict.fromkeys(both))


@dataclass(frozen=True)
class Block:
    """A block of text that reaches the reader: paragraph, list item, table cell, quotation."""

    tag: str
    position: Position
    statement: str
    """The text as readers see it, without the citations."""
    citations: tuple[PlacedCitation, ...]
    uncited_end: tuple[str, Position] | None
    """The text after the last citation, where there is some."""
    attributes: dict[str, Attribute]
    """The claim attributes that hold for it: its own, its headings' or the page's."""
    heading: int
    """Which of the page's headings it stands under, by its place in `Page.headings`."""
    anchor: str
    """Its id in the page; made from its words unless the contributor gave one."""
    anchor_given: bool
    editorial: bool
    introduces: bool
    """Whether it ends in a colon and a list or quotation follows."""
    end: Position
    """Where its text ends in the file."""
    quoted: bool = False
    """Whether it stands in a block quotation."""
    raw: RawText = field(default_factory=lambda: RawText(""), compare=False, repr=False)
    """Its Markdown."""

    def place(self, offset: int) -> Position:
        """Return where in the file the word stands that is at `offset` of the statement."""
        match = _WORD.search(self.statement, offset)
        word = match.group() if match else ""
        before = [one.group() for one in _WORD.finditer(self.statement[:offset])].count(word)
        text = _UNSEEN.sub(lambda unseen: "_" * len(unseen.group()), self.raw.text)
        found = [one.start() for one in _WORD.finditer(text) if one.group() == word]
        if not word or not found:
            return self.position
        return self.raw.position(found[min(before, len(found) - 1)]) or self.position

    @property
    def last_line(self) -> int:
        return self.end.line

    @property
    def is_claim(self) -> bool:
        return bool(self.citations)


@dataclass(frozen=True)
class Link:
    """A link or image that an author wrote."""

    target: str
    position: Position
    alt: str | None = None
    """The words for an image; None for a link."""


@dataclass(frozen=True)
class Directive:
    """A request for a generated table: `<!-- table: positions -->`."""

    kind: str
    arguments: dict[str, str]
    position: Position
    fault: str = ""


@dataclass(frozen=True)
class PlacedFault:
    """Something in a page's text that cannot be read as what it seems to be."""

    rule: str
    message: str
    hint: str
    position: Position


@dataclass
class Page:
    """One page below docs/."""

    path: str
    """Relative to the project folder."""
    src: str
    """Relative to the docs folder."""
    front: FrontMatter = field(default_factory=FrontMatter)
    outside: bool = False
    """Whether the page is outside the briefing and needs no citations."""
    source: str = ""
    """The key of the source of which it holds extracts; empty for any other page."""
    title: str = ""
    headings: list[Heading] = field(default_factory=lambda: [Heading("")])
    """In the order of the page; the first stands for what is above all of them."""
    blocks: list[Block] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    """What the page explains, if it is a glossary."""
    links: list[Link] = field(default_factory=list)
    anchors: dict[str, Position] = field(default_factory=dict)
    given_anchors: list[tuple[str, Position]] = field(default_factory=list)
    """Every id that an author wrote, in order, repeated ones too."""
    directives: list[Directive] = field(default_factory=list)
    attributes: list[tuple[str, Attribute]] = field(default_factory=list)
    """Every claim attribute that is given on the page: name, value, place."""
    faults: list[PlacedFault] = field(default_factory=list)
    text: str = ""
    """The whole file."""

    @property
    def meta(self) -> dict[str, Any]:
        return self.front.data

    @property
    def is_timeline(self) -> bool:
        return "timeline" in self.meta

    @property
    def is_glossary(self) -> bool:
        return self.meta.get("glossary") is True

    @property
    def claim_blocks(self) -> list[Block]:
        return [block for block in self.blocks if block.is_claim]

    def add_fault(self, rule: str, message: str, hint: str, position: Position | None) -> None:
        self.faults.append(PlacedFault(rule, message, hint, position or START))

    def add_citation_fault(self, fault: CitationFault, position: Position | None) -> None:
        self.add_fault("malformed-citation", fault.message, fault.hint, position)
