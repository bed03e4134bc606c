"""Walks the finished tree and notes every block of text that reaches the reader."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from briefing.citations import CitationFault
from briefing.findings import START, Position
from briefing.marks import RawText
from briefing.pages import CLAIM_ATTRIBUTES, Attribute, Block, Heading, attribute_text
from briefing.parsing.attributes import STRAY, Attributes
from briefing.parsing.raw import RawHtml
from briefing.parsing.reading import CITE_MARK, Brackets, Step
from briefing.parsing.terms import Terms

_HEADING = re.compile(r"h([1-6])")
_NO_CLAIM_TAGS = {"th", "dt", "summary", "pre", "code", "script", "style", "template"}
_WORD_LEFT = re.compile(r"\w")


@dataclass
class _Context:
    """What holds at a place in the page: the attributes of the page and of headings."""

    page: dict[str, Attribute]
    headings: list[tuple[int, dict[str, Attribute]]] = field(default_factory=list)

    def attributes(self) -> dict[str, Attribute]:
        merged = dict(self.page)
        for _, attributes in self.headings:
            merged.update(attributes)
        return merged


class CollectBlocks(Step, Treeprocessor):
    """Walks the finished tree and notes every block of text that reaches the reader."""

    def run(self, root: Element) -> None:
        self._claim_anchors: dict[str, int] = {}
        self._in_blocks: list[Brackets] = []
        given = (self.md, self.reading, self.renderer)
        self._attributes, self._raw_html = Attributes(*given), RawHtml(*given)
        self._terms = Terms(*given)
        context = _Context(dict(self._page_attributes()))
        self._walk(root, context, {}, editorial=False)
        if self.page.source and self.renderer is not None:
            self.renderer.frame(root, self.page)
        shown = set(root.iter())
        for element, brackets in self.reading.brackets.items():
            if element in shown and not any(brackets is one for one in self._in_blocks):
                hint = "cite where the statement is made, in the text below"
                fault = CitationFault("a citation in a heading, title or term", hint)
                self.page.add_citation_fault(fault, brackets.placed[0].position)

    def _page_attributes(self) -> Iterator[tuple[str, Attribute]]:
        front = self.page.front
        for name in CLAIM_ATTRIBUTES:
            if name in front.data:
                yield name, Attribute(attribute_text(name, front.data[name]), front.at(name))

    def _walk(
        self,
        parent: Element,
        context: _Context,
        inherited: dict[str, Attribute],
        *,
        editorial: bool,
        quoted: bool = False,
    ) -> None:
        children = list(parent)
        for index, element in enumerate(children):
            if not isinstance(element.tag, str) or not self.md.is_block_level(element.tag):
                continue
            classes = element.get("class", "").split()
            heading = _HEADING.fullmatch(element.tag)
            if "footnote" in classes or "admonition-title" in classes:
                continue
            if heading:
                self._enter_heading(element, int(heading.group(1)), context)
                continue
            if element.tag == "dt":
                if self.page.is_glossary:
                    self._terms.take(element)
                self._attributes.take(element)
            if element.tag in _NO_CLAIM_TAGS:
                continue
            before = len(self.page.blocks)
            own = inherited | self._attributes.take(element)
            marked = editorial or "editorial" in classes
            if not self._raw_html.take(parent, element):
                followed_by = children[index + 1] if index + 1 < len(children) else None
                within = quoted or element.tag == "blockquote"
                self._note_block(
                    element, context, own, followed_by, editorial=marked, quoted=within
                )
                self._walk(element, context, own, editorial=marked, quoted=within)
            if element.tag == "dd":
                self._terms.define(self.page.blocks[before:])

    def _enter_heading(self, element: Element, level: int, context: _Context) -> None:
        attributes = self._attributes.take(element)
        while context.headings and context.headings[-1][0] >= level:
            context.headings.pop()
        context.headings.append((level, attributes))
        title = " ".join(self.plain("".join(element.itertext())).split())
        self.page.headings.append(Heading(title))
        self.reading.headings[element] = self.page.headings[-1]
        if level == 1 and not self.page.title:
            self.page.title = title
        self._attributes.report_stray(element)

    def _note_block(
        self,
        element: Element,
        context: _Context,
        own: dict[str, Attribute],
        followed_by: Element | None,
        *,
        editorial: bool,
        quoted: bool,
    ) -> None:
        pieces = list(self._own_content(element))
        statement = _join(piece for piece in pieces if isinstance(piece, str))
        brackets = [piece for piece in pieces if isinstance(piece, Brackets)]
        self._in_blocks.extend(brackets)
        self._raw_html.report_inside(element)
        self._attributes.report_on_words(element)
        if not brackets and not _WORD_LEFT.search(statement):
            return
        raw = self.reading.raws.get(element) or RawText("")
        self.reading.last = position = self._begin(raw)
        citations = tuple(placed for bracket in brackets for placed in bracket.placed)
        if citations and not _WORD_LEFT.search(statement):
            fault = CitationFault("a citation with no statement", "put it behind what it supports")
            self.page.add_citation_fault(fault, citations[0].position)
        given = element.get("id") or ""
        block = Block(
            tag=element.tag,
            position=position,
            statement=statement,
            citations=citations,
            uncited_end=_uncited_end(pieces, brackets),
            attributes=context.attributes() | own,
            heading=len(self.page.headings) - 1,
            anchor=given or (self._make_anchor(statement) if citations else ""),
            anchor_given=bool(given),
            editorial=editorial,
            introduces=statement.endswith(":") and _is_introduced(element, followed_by),
            end=_end(raw, position),
            quoted=quoted,
            raw=raw,
        )
        self.page.blocks.append(block)
        self._attributes.report_stray(element)
        if self.page.source:
            if self.renderer is not None and not editorial:
                self.renderer.extract(element, block)
            return
        if block.anchor and citations:
            element.set("id", block.anchor)
            if self.renderer is not None and not self.page.outside:
                self.renderer.claim(element, block, self.page)

    def _begin(self, raw: RawText) -> Position:
        if raw.offsets:
            return raw.position(len(raw.text) - len(raw.text.lstrip())) or self.reading.last
        return self.find(raw.text) if raw.text else self.reading.last

    def _make_anchor(self, statement: str) -> str:
        digest = hashlib.sha256(statement.encode()).hexdigest()[:6]
        anchor = f"{self.reading.prefix}-{digest}"
        count = self._claim_anchors[anchor] = self._claim_anchors.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"

    def _own_content(self, element: Element) -> Iterator[str | Brackets]:
        """Yield the text and citations of an element that are not in a block inside it."""
        text = element.text or ""
        # Code is in the tree as it will be written, with its entities.
        yield html.unescape(CITE_MARK.sub("", text)) if element.tag == "code" else self.plain(text)
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "br":
                yield " "
            elif child in self.reading.brackets:
                yield self.reading.brackets[child]
            elif child.tag == "img" or not self.md.is_block_level(child.tag):
                yield from self._own_content(child)
            yield self.plain(child.tail or "")


def _join(pieces: Iterator[str]) -> str:
    """Join the pieces of a statement; the space in front of a citation goes with the citation."""
    text = ""
    for piece in pieces:
        if piece[:1] in set(".,;:!?)") and text.endswith(" "):
            text = text.rstrip()
        text += piece
    return " ".join(text.split())


def _uncited_end(
    pieces: list[str | Brackets], brackets: list[Brackets]
) -> tuple[str, Position] | None:
    if not brackets:
        return None
    last = max(index for index, piece in enumerate(pieces) if isinstance(piece, Brackets))
    text = " ".join("".join(str(piece) for piece in pieces[last + 1 :]).split())
    text = STRAY.sub("", text)  # which has a finding of its own
    if not _WORD_LEFT.search(text):
        return None
    bracket = brackets[-1]
    word = _WORD_LEFT.search(bracket.raw.text, bracket.end)
    offset = word.start() if word else bracket.end
    return text.lstrip(".,;: "), bracket.raw.position(offset) or START


def _is_introduced(element: Element, followed_by: Element | None) -> bool:
    lists = {"ul", "ol", "dl", "table", "blockquote"}
    within = any(child.tag in lists for child in element)
    return within or (followed_by is not None and followed_by.tag in lists)


def _end(raw: RawText, position: Position) -> Position:
    end = raw.position(len(raw.text.rstrip())) if raw.text else None
    return max(end or position, position)
