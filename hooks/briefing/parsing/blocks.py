"""Walks the finished tree and notes every block of text that reaches the reader."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from markdown.extensions.toc import unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing import directives
from briefing.citations import CitationFault
from briefing.findings import START, Position
from briefing.marks import RawText, strip_marks
from briefing.pages import CLAIM_ATTRIBUTES, Attribute, Block, Directive, words_of
from briefing.parsing.reading import CITE_MARK, Brackets, Step

_HEADING = re.compile(r"h([1-6])")
_NO_CLAIM_TAGS = {"th", "dt", "summary", "pre", "code", "script", "style", "template"}
_HTML_ATTRIBUTES = {
    "id", "class", "style", "start", "lang", "title", "align", "dir", "colspan", "rowspan", "scope",
    "open", "hidden", "role", "markdown", "width", "height", "tabindex", "type", "value",
    "for", "checked", "disabled", "name", "cite", "headers", "span",
}  # fmt: skip
_WORD_LEFT = re.compile(r"\w")
_STRAY = re.compile(r"\{:[^}]*\}|\{[ ]*[#.][\w-]+[^}\n]*\}")
_INLINE_ATTRIBUTES = {"href", "src", "alt", "target", "rel", "download", "datetime", "hreflang"}


@dataclass
class _Context:
    """What holds at a place in the page: attributes of the page and headings, the section."""

    page: dict[str, Attribute]
    headings: list[tuple[int, dict[str, Attribute]]] = field(default_factory=list)
    section: str = ""

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
        self._ids: set[str] = set()
        context = _Context(dict(self._page_attributes()))
        self._walk(root, context, {}, editorial=False)
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
                value = front.data[name]
                yield name, Attribute(" ".join(words_of(value)), front.at(name))

    def _walk(
        self,
        parent: Element,
        context: _Context,
        inherited: dict[str, Attribute],
        *,
        editorial: bool,
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
            if element.tag in _NO_CLAIM_TAGS:
                continue
            own = inherited | self._take_attributes(element)
            marked = editorial or "editorial" in classes
            if not self._take_html(parent, element):
                followed_by = children[index + 1] if index + 1 < len(children) else None
                self._note_block(element, context, own, followed_by, editorial=marked)
                self._walk(element, context, own, editorial=marked)

    def _enter_heading(self, element: Element, level: int, context: _Context) -> None:
        attributes = self._take_attributes(element)
        while context.headings and context.headings[-1][0] >= level:
            context.headings.pop()
        context.headings.append((level, attributes))
        context.section = " ".join(self.plain("".join(element.itertext())).split())
        if level == 1 and not self.page.title:
            self.page.title = context.section
        self._report_stray(element)

    def _take_attributes(self, element: Element) -> dict[str, Attribute]:
        """Take the claim attributes off an element, and note what is given there."""
        raw = self.reading.raws.get(element)
        taken: dict[str, Attribute] = {}
        for name, value in list(element.attrib.items()):
            position = self._attribute_position(raw, name, value)
            if name in CLAIM_ATTRIBUTES:
                taken[name] = Attribute(self.plain(value or ""), position)
                self.page.attributes.append((name, taken[name]))
                del element.attrib[name]
            elif name == "id":
                if raw is not None and f"#{value}" in raw.text:
                    self.page.given_anchors.append((value, position))
            elif not _is_html(name):
                self.page.add_fault("unknown-attribute", name, "", position)
                del element.attrib[name]
        return taken

    def _attribute_position(self, raw: RawText | None, name: str, value: str | None) -> Position:
        if raw is None:
            return self.reading.last
        start = max(raw.text.rfind("{"), 0)
        sought = f"#{value}" if name == "id" else name
        offset = raw.text.find(sought, start)
        return raw.position(offset if offset >= 0 else start) or self.reading.last

    def _take_html(self, parent: Element, element: Element) -> bool:
        """Deal with a paragraph that stands for raw HTML: a directive, a comment, or a fault."""
        stashed = self.stashed(element.text or "")
        if element.tag != "p" or len(element) or stashed is None:
            return False
        raw = self.reading.marks.lift(stashed, self.reading.last.line)
        around = self.reading.raws.get(element)
        if around is not None and around.offsets and strip_marks(stashed) == stashed:
            raw = replace(around, text=stashed)  # put away by the inline parser, without marks
        position = raw.position(0) or self.find(raw.text)
        self.reading.last = max(self.reading.last, position)
        if not raw.text.lstrip().startswith("<!--"):
            if self._shows_text(raw.text) and not self.page.outside:
                message = "text in raw HTML, where nothing checks it"
                self.page.add_fault("raw-html", message, "write it as Markdown", position)
            return True
        directive = directives.read(raw.text, position)
        if directive is not None and parent.tag in ("blockquote", "li", "dd"):
            self._report_directive(position)
        elif directive is not None:
            self.page.directives.append(directive)
            if self.renderer is not None:
                here = list(parent).index(element)
                parent[here : here + 1] = self._with_ids_of_their_own(directive)
        return True

    def _with_ids_of_their_own(self, directive: Directive) -> list[Element]:
        """Return a directive's elements; where a page has a table twice, with other ids."""
        if self.renderer is None:
            return []
        made = self.renderer.table(directive, self.page)
        for element in (inner for outer in made for inner in outer.iter()):
            if name := element.get("id"):
                element.set("id", unique(name, self._ids))
        return made

    def _report_directive(self, position: Position) -> None:
        hint = "put it on a line of its own, with blank lines around it"
        self.page.add_fault("unknown-table", "a directive inside text", hint, position)

    def _shows_text(self, raw: str) -> bool:
        if re.match(r"\s*<(?:pre|code|div class=\"highlight|table class=\"highlight)", raw):
            return False  # a code example
        visible = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", raw, flags=re.DOTALL)
        return bool(_WORD_LEFT.search(re.sub(r"<[^>]*>", "", html.unescape(visible))))

    def _note_block(
        self,
        element: Element,
        context: _Context,
        own: dict[str, Attribute],
        followed_by: Element | None,
        *,
        editorial: bool,
    ) -> None:
        pieces = list(self._own_content(element))
        statement = _join(piece for piece in pieces if isinstance(piece, str))
        brackets = [piece for piece in pieces if isinstance(piece, Brackets)]
        self._in_blocks.extend(brackets)
        self._report_inside(element)
        if not brackets and not _WORD_LEFT.search(statement):
            return
        raw = self.reading.raws.get(element)
        if raw is None or not raw.offsets:
            position = self.find(raw.text) if raw else self.reading.last
            raw = raw or RawText("")
        else:
            position = raw.position(len(raw.text) - len(raw.text.lstrip())) or self.reading.last
        self.reading.last = position
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
            section=context.section,
            anchor=given or (self._make_anchor(statement) if citations else ""),
            anchor_given=bool(given),
            editorial=editorial,
            introduces=statement.endswith(":") and _is_introduced(element, followed_by),
            end=_end(raw, position),
        )
        self.page.blocks.append(block)
        self._report_stray(element)
        if block.anchor and citations:
            element.set("id", block.anchor)
            if self.renderer is not None and not self.page.outside:
                self.renderer.claim(element, block, self.page)

    def _make_anchor(self, statement: str) -> str:
        digest = hashlib.sha256(statement.encode()).hexdigest()[:6]
        anchor = f"{self.reading.prefix}-{digest}"
        count = self._claim_anchors[anchor] = self._claim_anchors.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"

    def _own_content(self, element: Element) -> Iterator[str | Brackets]:
        """Yield the text and citations of an element that are not in a block inside it."""
        text = element.text or ""
        # Code is in the tree as it will be written, with its entities.
        yield html.unescape(text) if element.tag == "code" else self.plain(text)
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

    def _report_inside(self, element: Element) -> None:
        """Report what stands inside a block's text and would be lost there: attributes, tables."""
        for text in (element.text, *(inner.tail for inner in element.iter())):
            for stashed in self.stashed_in(text or ""):
                raw = self.reading.marks.lift(stashed, self.reading.last.line)
                position = raw.position(0) or self.find(raw.text)
                if directives.read(raw.text, position) is not None:
                    self._report_directive(position)
        raw = self.reading.raws.get(element) or RawText("")
        for inner in element.iter():
            if inner is element or not isinstance(inner.tag, str):
                continue
            if self.md.is_block_level(inner.tag) and inner.tag != "img":
                continue
            for name, value in list(inner.attrib.items()):
                offset = raw.text.find(f"{name}=")
                position = raw.position(max(offset, 0)) or self.reading.last
                if name in CLAIM_ATTRIBUTES:
                    self._report_loose(
                        f'{name}="{value}" belongs to a word, not to a block', position
                    )
                    del inner.attrib[name]
                elif offset >= 0 and not _is_html(name) and name not in _INLINE_ATTRIBUTES:
                    self.page.add_fault("unknown-attribute", name, "", position)
                    del inner.attrib[name]

    def _report_stray(self, element: Element) -> None:
        """Report an attribute list that attached to nothing and would be shown to readers."""
        texts = [element.text, *(child.tail for child in element)]
        shown = [text for text in texts if text and not isinstance(text, AtomicString)]
        count = sum(len(_STRAY.findall(CITE_MARK.sub("", text))) for text in shown)
        raw = self.reading.raws.get(element) or RawText("")
        for stray in list(_STRAY.finditer(raw.text))[:count]:
            position = raw.position(stray.start()) or self.find(stray.group())
            self._report_loose(f"{' '.join(stray.group().split())} belongs to no block", position)

    def _report_loose(self, message: str, position: Position) -> None:
        hint = "put it on the line directly after the block, with no blank line between"
        self.page.add_fault("stray-attributes", message, hint, position)


def _is_html(name: str) -> bool:
    return name in _HTML_ATTRIBUTES or name.startswith(("data-", "aria-"))


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
    text = _STRAY.sub("", text)  # which has a finding of its own
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
