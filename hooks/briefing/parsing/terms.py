"""Reads the terms of a glossary, and explains them where they occur."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.toc import slugify_unicode, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing.findings import START
from briefing.glossary import as_searched, forms_pattern
from briefing.marks import RawText
from briefing.pages import Block, Term
from briefing.parsing.reading import Reading, Renderer, Step

_HEADING = re.compile(r"h[1-6]")
_UNMARKED = {"footnote", "admonition-title"}
_PUT_AWAY = re.compile("\x02[^\x03]*\x03")


class Terms(Step):
    """Reads a glossary: each term (`dt`), its other forms (`also`), the definition below it."""

    def __init__(self, md: markdown.Markdown, reading: Reading, renderer: Renderer | None) -> None:
        super().__init__(md, reading, renderer)
        self._open: list[Term] = []
        """The terms that wait for a definition."""
        self._is_defined = False
        self._anchors: set[str] = set()

    def take(self, element: Element) -> None:
        """Take a term off its element, which then has an anchor."""
        if self._is_defined:
            self._open, self._is_defined = [], False
        name = " ".join(self.plain("".join(element.itertext())).split())
        if not name:
            return
        also = self.plain(element.attrib.pop("also", ""))
        forms = [form.strip() for form in also.split(";")]
        raw = self.reading.raws.get(element) or RawText("")
        made = f"term-{slugify_unicode(name, '-')}"
        anchor = element.get("id") or unique(made, self._anchors)
        element.set("id", anchor)
        term = Term((name, *filter(None, forms)), anchor, raw.position(0) or START)
        self._open.append(term)
        self.page.terms.append(term)

    def define(self, blocks: list[Block]) -> None:
        """Give the terms just read their definition: the first block below them."""
        self._is_defined = True
        for term in self._open:
            if blocks and not term.definition:
                term.definition = blocks[0].statement


class MarkTerms(Step, Treeprocessor):
    """Marks each term with its definition where a section first uses it."""

    def run(self, root: Element) -> None:
        if self.renderer is None or not self.renderer.terms:
            return
        if self.page.is_glossary or self.page.source:
            return
        terms = self.renderer.terms.items()
        self._terms = {as_searched(form): definition for form, definition in terms}
        self._left = dict(self._terms)
        self._form = forms_pattern(self._terms)
        self._mark(root)

    def _mark(self, element: Element) -> None:
        """Mark the terms in an element's own text and, in order, in what is inside it."""
        parts: list[Element] = []
        element.text = self._split(element.text, parts)
        for child in list(element):
            parts.append(child)
            if _HEADING.fullmatch(child.tag):
                self._left = dict(self._terms)
            elif not _UNMARKED & {child.tag, *child.get("class", "").split()}:
                self._mark(child)
            child.tail = self._split(child.tail, parts)
        element[:] = parts

    def _split(self, text: str | None, parts: list[Element]) -> str | None:
        """Put what stands behind the first term of a text into `parts`; return what is before."""
        if not text or isinstance(text, AtomicString):
            return text
        found = list(self._find(text))
        ends = [*(start for start, _, _ in found), len(text)]
        for (start, end, definition), until in zip(found, ends[1:], strict=True):
            title = definition.replace("&", "&amp;")
            # Material shows the title where the pointer or, by the tabindex, the keyboard is.
            marked = Element("abbr", {"title": title, "tabindex": "0"})
            marked.text, marked.tail = AtomicString(text[start:end]), text[end:until]
            parts.append(marked)
        return text[: ends[0]]

    def _find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where terms stand in a text, and their definitions; each term once."""
        shown, places = self._shown(text)
        for match in self._form.finditer(as_searched(shown)):
            definition = self._left.get(" ".join(match.group().split()))
            if definition is not None:
                self._left = {one: is_ for one, is_ in self._left.items() if is_ != definition}
                yield places[match.start()], places[match.end()], definition

    def _shown(self, text: str) -> tuple[str, list[int]]:
        """Return a text as readers see it, and where in the tree's text each sign stands."""
        places: list[int] = []
        shown, last = "", 0
        for away in [*_PUT_AWAY.finditer(text), None]:
            start, end = away.span() if away else (len(text), len(text))
            places += range(last, start)
            is_sign = away is not None and "<" not in (self.stashed(away.group()) or "")
            sign = self.plain(away.group()) if away and is_sign else ""
            places += [start] * len(sign)
            shown, last = shown + text[last:start] + sign, end
        return shown, [*places, len(text)]
