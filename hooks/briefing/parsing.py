"""The Python-Markdown extension that notes what becomes of a page's text.

It works inside the parser that makes the page, so what is checked is what is rendered. It runs
twice over the same text: once to collect and check, and once, given a `Renderer`, in the build.

Priorities are those of Python-Markdown 3.11: fenced code 25 and HTML 20 among preprocessors;
footnotes 50, inline 20, attribute lists 8, smarty 6, toc and MkDocs' anchors 5, MkDocs' links 0
among treeprocessors; backticks 190 and escapes 180 among inline patterns.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing import directives
from briefing.citations import Citation, CitationFault, parse_citations
from briefing.findings import START, Position
from briefing.marks import RawText, WordMarks, strip_marks
from briefing.pages import (
    CLAIM_ATTRIBUTES,
    Attribute,
    Block,
    Directive,
    Link,
    Page,
    PlacedCitation,
)

FOOTNOTE_NAME = "ref-{key}"
"""The name of the footnote that holds a source's reference: mkdocs-bibtex's `footnote_format`."""


class Renderer(Protocol):
    """What turns the parsed page into what readers see; absent when a page is only checked."""

    def citation(self, placed: list[PlacedCitation], md: markdown.Markdown) -> Element:
        """Return what readers see for the citations in one pair of brackets."""

    def reference(self, key: str) -> Element | None:
        """Return the entry of a page's reference list, None for an unknown key."""

    def claim(self, element: Element, block: Block, page: Page) -> None:
        """Dress the element of a claim."""

    def table(self, directive: Directive, page: Page) -> list[Element]:
        """Return the elements that a directive asks for."""


@dataclass
class _Cite:
    """An `@` that may begin a citation: the text it stands in, and where."""

    raw: RawText
    offset: int
    used: bool = False

    @property
    def position(self) -> Position:
        return self.raw.position(self.offset) or START


@dataclass
class _Brackets:
    """One pair of brackets that was read as citations."""

    placed: list[PlacedCitation]
    raw: RawText
    end: int
    """The offset after its closing bracket."""


@dataclass
class _Reading:
    """What is known of the page that is being parsed."""

    page: Page
    prefix: str
    known_keys: frozenset[str]
    marks: WordMarks
    raws: dict[Element, RawText] = field(default_factory=dict)
    cites: list[_Cite] = field(default_factory=list)
    brackets: dict[Element, _Brackets] = field(default_factory=dict)
    last: Position = START
    """The last place that was known: where something without words is said to stand."""


class BriefingExtension(Extension):
    """Collects blocks, citations, links and directives; renders them where told how."""

    def __init__(self) -> None:
        super().__init__()
        self.reading: _Reading | None = None
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
        self.reading = _Reading(page, prefix, known_keys, marks)
        self.renderer = renderer

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        if self.reading is None:
            return
        given = (md, self.reading, self.renderer)
        md.preprocessors.register(_MarkWords(*given), "briefing-mark", 100)
        md.treeprocessors.register(_LiftMarks(*given), "briefing-lift", 40)
        md.inlinePatterns.register(_Reference(*given), "briefing-reference", 186)
        md.inlinePatterns.register(_Citations(*given), "briefing-citations", 176)
        md.treeprocessors.register(_ReferenceList(*given), "briefing-references", 14)
        md.treeprocessors.register(_CollectBlocks(*given), "briefing-blocks", 5.5)
        md.treeprocessors.register(_CollectAnchors(*given), "briefing-anchors", 4)


class _Step:
    """A step that knows the page being read."""

    def __init__(self, md: markdown.Markdown, reading: _Reading, renderer: Renderer | None) -> None:
        self.md = md
        self.reading = reading
        self.page = reading.page
        self.renderer = renderer


_OWN_FOOTNOTE = re.compile(r"\[\^(?!ref-)[^\]\s]+\]")


class _MarkWords(_Step, Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return self.reading.marks.mark(lines, self.page.front.body_line)


_CITE_FIRST, _CITE_LAST = 0x100000, 0x10FFFD  # Supplementary Private Use Area-B
_CITE_CLASS = f"[{chr(_CITE_FIRST)}-{chr(_CITE_LAST)}]"
_CITE = re.compile(_CITE_CLASS)
_AT = re.compile(r"(?<!\w)@")


class _LiftMarks(_Step, Treeprocessor):
    """Takes the words' marks out of the tree, and marks each `@` that may begin a citation."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text:
                raw = self.reading.marks.lift(element.text)
                self.reading.raws[element] = raw
                self._report_footnotes(element, raw)
                if isinstance(element.text, AtomicString):
                    element.text = AtomicString(raw.text)
                else:
                    element.text = self._mark_cites(raw)
            if element.tail:
                element.tail = self._mark_cites(self.reading.marks.lift(element.tail))

    def _report_footnotes(self, element: Element, raw: RawText) -> None:
        """Report hand-made footnotes, defined or not; the build's are named by `FOOTNOTE_NAME`."""
        if self.page.outside or isinstance(element.text, AtomicString):
            return
        for own in _OWN_FOOTNOTE.finditer(re.sub(r"`[^`]*`", _blank, raw.text)):
            message = f"the footnote {own.group()} is written by hand"
            hint = "cite the source with [@key]; the build makes the footnotes"
            self.page.add_fault("own-footnote", message, hint, raw.position(own.start()))

    def _mark_cites(self, raw: RawText) -> str:
        def add(match: re.Match[str]) -> str:
            if len(self.reading.cites) > _CITE_LAST - _CITE_FIRST:
                return match.group()
            self.reading.cites.append(_Cite(raw, match.start()))
            return chr(_CITE_FIRST + len(self.reading.cites) - 1) + match.group()

        return _AT.sub(add, _CITE.sub("\N{REPLACEMENT CHARACTER}", raw.text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class _Citations(_Step, InlineProcessor):
    """Reads `[@key, p. 3]`."""

    def __init__(self, md: markdown.Markdown, reading: _Reading, renderer: Renderer | None) -> None:
        InlineProcessor.__init__(self, rf"\[([^\[\]]*?{_CITE_CLASS}@[^\[\]]*)\]", md)
        _Step.__init__(self, md, reading, renderer)

    # The library's base class returns None for `no match` in all three places.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        inside = _CITE.sub("", m.group(1))
        cites = [self.reading.cites[ord(mark) - _CITE_FIRST] for mark in _CITE.findall(m.group(1))]
        first = cites[0]
        for cite in cites:
            cite.used = True
        fault = self._misplaced(m, data, inside)
        if fault is None:
            parsed = parse_citations(inside)
            if isinstance(parsed, list):
                return self._render(parsed, first, inside), m.start(), m.end()
            fault = parsed
        if fault.message:
            self.page.add_citation_fault(fault, first.position)
        return None, None, None

    def _misplaced(self, m: re.Match[str], data: str, inside: str) -> CitationFault | None:
        """Tell brackets that belong to something else; an empty fault is none of our business."""
        after, before = data[m.end() : m.end() + 1], data[: m.start()]
        known = any(key in self.reading.known_keys for key in re.findall(r"@([\w-]+)", inside))
        if after in ("(", "[") or before.endswith("!"):
            message = "a citation inside a link or image"
            hint = "put the citation behind it: [text](url) [@key]"
            return CitationFault(message, hint) if known else CitationFault("")
        if before.count("[") > before.count("]"):
            return CitationFault("a citation inside other brackets", "close or remove the outer [")
        return None

    def _render(self, parsed: list[tuple[Citation, int]], first: _Cite, inside: str) -> Element:
        begin = first.offset - inside.index("@")
        placed = [
            PlacedCitation(citation, first.raw.position(begin + offset) or START)
            for citation, offset in parsed
        ]
        if self.renderer is None:
            element = Element("span", {"class": "citation"})
        else:
            element = self.renderer.citation(placed, self.md)
        self.reading.brackets[element] = _Brackets(placed, first.raw, begin + len(inside) + 1)
        return element


class _Reference(_Step, InlineProcessor):
    """Puts a formatted reference where the registry left its key (see hooks/build.py)."""

    def __init__(self, md: markdown.Markdown, reading: _Reading, renderer: Renderer | None) -> None:
        InlineProcessor.__init__(self, r"\{\{reference ([\w-]+)\}\}", md)
        _Step.__init__(self, md, reading, renderer)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element = self.renderer.reference(m.group(1)) if self.renderer else None
        return (element, m.start(), m.end()) if element is not None else (None, None, None)


class _ReferenceList(_Step, Treeprocessor):
    """Heads the list of references, and drops the ones that only code examples name."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for div in parent.findall("div[@class='footnote']"):
                items = div.find("ol")
                for item in list(items if items is not None else ()):
                    back = item.find(".//a[@class='footnote-backref']")
                    if back is not None and not _is_cited(root, item.get("id", "")):
                        items.remove(item)  # type: ignore[union-attr]
                if items is None or not len(items):
                    parent.remove(div)
                    continue
                rule = div.find("hr")
                if rule is not None:
                    rule.tag = "h2"
                    rule.text = "References"
                    items.set("data-search-exclude", "")


def _is_cited(root: Element, name: str) -> bool:
    return any(link.get("href") == f"#{name}" for link in root.iter("a"))


_HEADING = re.compile(r"h([1-6])")
_NO_CLAIM_TAGS = {"th", "dt", "summary", "pre", "code", "script", "style", "template"}
_HTML_ATTRIBUTES = {
    "id", "class", "style", "start", "lang", "title", "align", "dir", "colspan", "rowspan", "scope",
    "open", "hidden", "role", "markdown", "width", "height", "tabindex", "type", "value",
    "for", "checked", "disabled", "name", "cite", "headers", "span",
}  # fmt: skip
_STASHED = re.compile(r"\x02wzxhzdk:(\d+)\x03")
_ESCAPED = re.compile(r"\x02(\d+)\x03")
_WORD_LEFT = re.compile(r"\w")
_STRAY = re.compile(r"\{:[^}\n]*\}|\{[ ]*[#.][\w-]+[^}\n]*\}")


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


class _CollectBlocks(_Step, Treeprocessor):
    """Walks the finished tree and notes every block of text that reaches the reader."""

    def run(self, root: Element) -> None:
        self._claim_anchors: dict[str, int] = {}
        context = _Context(dict(self._page_attributes()))
        self._walk(root, context, {}, editorial=False)
        self._report_unread_cites(root)

    def _page_attributes(self) -> Iterator[tuple[str, Attribute]]:
        front = self.page.front
        for name in CLAIM_ATTRIBUTES:
            if name in front.data:
                value = front.data[name]
                words = value if isinstance(value, list) else [value]
                yield name, Attribute(" ".join(str(word) for word in words), front.at(name))

    def _walk(
        self,
        parent: Element,
        context: _Context,
        inherited: dict[str, Attribute],
        *,
        editorial: bool,
    ) -> None:
        for index, element in enumerate(list(parent)):
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
            if not self._take_html(parent, index, element):
                followed_by = parent[index + 1] if index + 1 < len(parent) else None
                self._note_block(element, context, own, followed_by, editorial=marked)
                self._walk(element, context, own, editorial=marked)

    def _enter_heading(self, element: Element, level: int, context: _Context) -> None:
        attributes = self._take_attributes(element)
        while context.headings and context.headings[-1][0] >= level:
            context.headings.pop()
        context.headings.append((level, attributes))
        context.section = " ".join(self._plain("".join(element.itertext())).split())
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
                taken[name] = Attribute(value or "", position)
                self.page.attributes.append((name, taken[name]))
                del element.attrib[name]
            elif name == "id":
                if raw is not None and f"#{value}" in raw.text:
                    self.page.given_anchors.append((value, position))
            elif name not in _HTML_ATTRIBUTES and not name.startswith(("data-", "aria-")):
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

    def _take_html(self, parent: Element, index: int, element: Element) -> bool:
        """Deal with a paragraph that stands for raw HTML: a directive, a comment, or a fault."""
        text = (element.text or "").strip()
        if element.tag != "p" or len(element) or not _STASHED.fullmatch(text):
            return False
        stashed = str(self.md.htmlStash.rawHtmlBlocks[int(text[9:-1])])
        raw = self.reading.marks.lift(stashed)
        position = raw.position(0) or self._find(raw.text)
        if not raw.text.lstrip().startswith("<!--"):
            if self._shows_text(raw.text) and not self.page.outside:
                message = "text in raw HTML, where nothing checks it"
                self.page.add_fault("raw-html", message, "write it as Markdown", position)
            return True
        directive = directives.read(raw.text, position)
        if directive is not None:
            self.page.directives.append(directive)
            if self.renderer is not None:
                elements = self.renderer.table(directive, self.page)
                parent.remove(element)
                for offset, made in enumerate(elements):
                    parent.insert(index + offset, made)
        return True

    def _shows_text(self, raw: str) -> bool:
        if re.match(r"\s*<(?:pre|code|div class=\"highlight|table class=\"highlight)", raw):
            return False  # a code example
        visible = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", "", raw, flags=re.DOTALL)
        return bool(_WORD_LEFT.search(re.sub(r"<[^>]*>", "", html.unescape(visible))))

    def _find(self, text: str) -> Position:
        first = text.strip().split("\n", 1)[0]
        for number, line in enumerate(self.reading.marks.lines, start=1):
            if number >= self.reading.last.line and first and first in line:
                return Position(number, line.index(first) + 1)
        return self.reading.last

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
        brackets = [piece for piece in pieces if isinstance(piece, _Brackets)]
        if not brackets and not _WORD_LEFT.search(statement):
            return
        raw = self.reading.raws.get(element)
        if raw is None or not raw.offsets:
            position = self._find(raw.text) if raw else self.reading.last
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
            last_line=_last_line(raw, position),
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

    def _own_content(self, element: Element) -> Iterator[str | _Brackets]:
        """Yield the text and citations of an element that are not in a block inside it."""
        yield self._plain(element.text or "")
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child in self.reading.brackets:
                yield self.reading.brackets[child]
            elif child.tag == "img" or not self.md.is_block_level(child.tag):
                yield from self._own_content(child)
            yield self._plain(child.tail or "")

    def _plain(self, text: str) -> str:
        """Return a text as readers see it: what Python-Markdown has put away is put back."""

        def unstash(match: re.Match[str]) -> str:
            stashed = str(self.md.htmlStash.rawHtmlBlocks[int(match.group(1))])
            visible = re.sub(r"<!--.*?-->", "", strip_marks(stashed), flags=re.DOTALL)
            return html.unescape(re.sub(r"<[^>]*>", "", visible))

        text = _STASHED.sub(unstash, _CITE.sub("", text)).replace("\x02amp\x03", "&")
        return html.unescape(_ESCAPED.sub(lambda match: chr(int(match.group(1))), text))

    def _report_stray(self, element: Element) -> None:
        """Report an attribute list that attached to nothing and would be shown to readers."""
        texts = [element.text, *(child.tail for child in element)]
        for text in texts:
            if isinstance(text, AtomicString) or not text:
                continue
            for stray in _STRAY.findall(_CITE.sub("", text)):
                raw = self.reading.raws.get(element) or RawText("")
                position = raw.position(max(raw.text.find(stray), 0)) or self._find(stray)
                self.page.add_fault(
                    "stray-attributes",
                    f"{stray} belongs to no block",
                    "put it on the line directly after the block, with no blank line between",
                    position,
                )

    def _report_unread_cites(self, root: Element) -> None:
        """Report each `@` that looks like a citation but was not read as one; drop the marks."""
        for element in root.iter():
            for name, value in list(element.attrib.items()):
                if _CITE.search(value):
                    element.set(name, _CITE.sub("", value))
            for which in ("text", "tail"):
                text = getattr(element, which)
                if not text or not _CITE.search(text):
                    continue
                if not isinstance(text, AtomicString):
                    for mark in _CITE.findall(text):
                        self._report_unread(self.reading.cites[ord(mark) - _CITE_FIRST])
                setattr(element, which, type(text)(_CITE.sub("", text)))
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, stashed in enumerate(stash):
            if isinstance(stashed, str):
                stash[index] = _CITE.sub("", strip_marks(stashed))

    def _report_unread(self, cite: _Cite) -> None:
        text = cite.raw.text
        match = re.match(r"@([\w-]+)", text[cite.offset :])
        known = match is not None and match.group(1) in self.reading.known_keys
        before = text[: cite.offset]
        in_bracket = before.rfind("[") > before.rfind("]")
        escaped = before.endswith("\\[")
        in_footnote = bool(_OWN_FOOTNOTE.match(text)) or not cite.raw.offsets
        if cite.used or escaped or in_footnote:
            return
        if not known and not (in_bracket and before.rstrip().endswith("[")):
            return
        if in_bracket:
            fault = CitationFault("the citation is not closed", "close it with `]` on its line")
        else:
            fault = CitationFault("a citation outside square brackets")
        self.page.add_citation_fault(fault, cite.position)


def _join(pieces: Iterator[str]) -> str:
    """Join the pieces of a statement; the space in front of a citation goes with the citation."""
    text = ""
    for piece in pieces:
        if piece[:1] in set(".,;:!?)") and text.endswith(" "):
            text = text.rstrip()
        text += piece
    return " ".join(text.split())


def _uncited_end(
    pieces: list[str | _Brackets], brackets: list[_Brackets]
) -> tuple[str, Position] | None:
    if not brackets:
        return None
    last = max(index for index, piece in enumerate(pieces) if isinstance(piece, _Brackets))
    text = " ".join("".join(str(piece) for piece in pieces[last + 1 :]).split())
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


def _last_line(raw: RawText, position: Position) -> int:
    end = raw.position(len(raw.text.rstrip())) if raw.text else None
    return max((end or position).line, position.line)


class _CollectAnchors(_Step, Treeprocessor):
    """Notes the page's anchors and the links that its author wrote."""

    def run(self, root: Element) -> None:
        generated = {
            inner
            for element in root.iter()
            if "generated" in (element.get("class") or "").split()
            or element.get("class") == "footnote"
            for inner in element.iter()
        }
        brackets = {inner for outer in self.reading.brackets for inner in outer.iter()}
        position = START
        for element in root.iter():
            raw = self.reading.raws.get(element)
            position = (raw.position(0) if raw else None) or position
            if anchor := element.get("id"):
                self.page.anchors.setdefault(anchor, position)
            if element in generated or element in brackets:
                continue
            target = element.get("href") if element.tag == "a" else element.get("src")
            if target is not None and "claim-link" not in (element.get("class") or ""):
                self.page.links.append(Link(target, self._link_position(target, position)))

    def _link_position(self, target: str, near: Position) -> Position:
        """Return where a target is written: on the block's line or below it."""
        lines = self.reading.marks.lines
        for number in range(near.line, len(lines) + 1):
            column = lines[number - 1].find(target)
            if column >= 0:
                return Position(number, column + 1)
        return near
