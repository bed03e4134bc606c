"""Deals with raw HTML in a page: directives, comments, and text that nothing checks."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.toc import unique

from briefing import directives
from briefing.findings import Position
from briefing.marks import strip_marks
from briefing.pages import Directive
from briefing.parsing.reading import Reading, Renderer, Step

_WORD = re.compile(r"\w")


class RawHtml(Step):
    """Reads what Python-Markdown has put away as HTML."""

    def __init__(self, md: markdown.Markdown, reading: Reading, renderer: Renderer | None) -> None:
        super().__init__(md, reading, renderer)
        self._ids: set[str] = set()

    def take(self, parent: Element, element: Element) -> bool:
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

    def report_inside(self, element: Element) -> None:
        """Report directives inside a block's text, where they would be dropped."""
        for text in (element.text, *(inner.tail for inner in element.iter())):
            for stashed in self.stashed_in(text or ""):
                raw = self.reading.marks.lift(stashed, self.reading.last.line)
                position = raw.position(0) or self.find(raw.text)
                if directives.read(raw.text, position) is not None:
                    self._report_directive(position)

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
        return bool(_WORD.search(re.sub(r"<[^>]*>", "", html.unescape(visible))))
