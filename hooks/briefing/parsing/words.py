"""Marks the words of a page before it is parsed, and takes the marks out of the tree after."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FootnoteExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing.findings import Position
from briefing.marks import RawText
from briefing.parsing.reading import CITE_MARK, Step

OWN_FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")
_AT = re.compile(r"(?<!\w)@")


class MarkWords(Step, Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        self.reading.text = "\n".join(lines)
        return self.reading.marks.mark(lines, self.page.front.body_line)


class LiftMarks(Step, Treeprocessor):
    """Takes the words' marks out of the tree, and marks each `@` that may begin a citation."""

    def run(self, root: Element) -> None:
        line = 1
        self._reported: set[str] = set()
        for element in root.iter():
            if element.text:
                raw = self.reading.marks.lift(element.text, line)
                self.reading.raws[element] = raw
                line = max([line, *(place.line for place in raw.places)])
                self._report_footnotes(element, raw)
                if isinstance(element.text, AtomicString):
                    element.text = AtomicString(raw.text)
                else:
                    element.text = self._mark_cites(raw)
            if element.tail:
                element.tail = self._mark_cites(self.reading.marks.lift(element.tail))
        self._report_definitions()

    def _report_footnotes(self, element: Element, raw: RawText) -> None:
        """Report hand-made footnotes; in the build, the plugin has added the page's own by now."""
        if self.page.outside or self.renderer is not None or isinstance(element.text, AtomicString):
            return
        for own in OWN_FOOTNOTE.finditer(re.sub(r"`[^`]*`", _blank, raw.text)):
            self._report_footnote(own.group(), raw.position(own.start()))

    def _report_definitions(self) -> None:
        """Report footnotes that nothing refers to."""
        if self.page.outside or self.renderer is not None:
            return
        made = (one for one in self.md.registeredExtensions if isinstance(one, FootnoteExtension))
        for name in [f"[^{key}]" for one in made for key in one.footnotes]:
            for number, line in enumerate(self.reading.marks.lines, start=1):
                if name not in self._reported and line.lstrip(" >").startswith(f"{name}:"):
                    self._report_footnote(name, Position(number, line.index(name) + 1))

    def _report_footnote(self, name: str, position: Position | None) -> None:
        self._reported.add(name)
        message = f"the footnote {name} is written by hand"
        hint = "cite the source with [@key]; the build makes the footnotes"
        self.page.add_fault("own-footnote", message, hint, position)

    def _mark_cites(self, raw: RawText) -> str:
        def add(match: re.Match[str]) -> str:
            return self.reading.mark_cite(raw, match.start()) + match.group()

        return _AT.sub(add, CITE_MARK.sub("\N{REPLACEMENT CHARACTER}", raw.text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
