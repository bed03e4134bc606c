"""Reads `[@key, p. 3]` where it stands, and sets the list of references."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing.citations import Citation, CitationFault, parse_citations
from briefing.findings import START
from briefing.marks import RawText, strip_marks
from briefing.pages import PlacedCitation
from briefing.parsing.reading import (
    CITE_CLASS,
    CITE_MARK,
    Brackets,
    Cite,
    Reading,
    Renderer,
    Step,
)
from briefing.parsing.words import OWN_FOOTNOTE


class ReadCitations(Step, InlineProcessor):
    """Reads `[@key, p. 3]`."""

    def __init__(self, md: markdown.Markdown, reading: Reading, renderer: Renderer | None) -> None:
        InlineProcessor.__init__(self, rf"\[([^\[\]]*?{CITE_CLASS}@[^\[\]]*)\]", md)
        Step.__init__(self, md, reading, renderer)

    # The library's base class returns None for `no match` in all three places.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        cites = self.reading.cites_in(m.group(1))
        for cite in cites:
            cite.used = True
        raw, offset = cites[0].raw, cites[0].offset
        begin = raw.text.rfind("[", 0, offset) + 1
        inside = raw.text[begin:].partition("]")[0]
        fault = self._misplaced(m, data, inside) or parse_citations(inside)
        if not isinstance(fault, CitationFault):
            return self._render(fault, raw, begin, len(inside)), m.start(), m.end()
        if fault.message:
            part = inside.rfind(";", 0, fault.offset) + 1
            at = max(inside.find("@", part), inside.index("@"))
            self.page.add_citation_fault(fault, raw.position(begin + at))
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

    def _render(
        self, parsed: list[tuple[Citation, int]], raw: RawText, begin: int, length: int
    ) -> Element:
        placed = [
            PlacedCitation(_readable(citation), raw.position(begin + offset) or START)
            for citation, offset in parsed
        ]
        if self.renderer is None:
            element = Element("span", {"class": "citation"})
        else:
            element = self.renderer.citation(placed, self.md)
        self.reading.brackets[element] = Brackets(placed, raw, begin + length + 1)
        return element


def _readable(citation: Citation) -> Citation:
    """Take Markdown's escapes and code marks out of a locator, as readers see no such things."""
    locator = re.sub(r"\\([\\`*_{}\[\]()>#+.!-])|`", r"\1", citation.locator)
    return replace(citation, locator=html.unescape(locator))


class PlaceReference(Step, InlineProcessor):
    """Puts a formatted reference where the registry left its key (see hooks/build.py)."""

    def __init__(self, md: markdown.Markdown, reading: Reading, renderer: Renderer | None) -> None:
        InlineProcessor.__init__(self, r"\{\{reference ([\w-]+)\}\}", md)
        Step.__init__(self, md, reading, renderer)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element = self.renderer.reference(m.group(1)) if self.renderer else None
        return (element, m.start(), m.end()) if element is not None else (None, None, None)


class SetReferenceList(Step, Treeprocessor):
    """Heads the list of references, and drops the ones that only code examples name."""

    def run(self, root: Element) -> None:
        cited = {link.get("href") for link in root.iter("a")}
        for parent in root.iter():
            for div in parent.findall("div[@class='footnote']"):
                items = div.find("ol")
                if items is None:
                    continue
                for item in list(items):
                    back = item.find(".//a[@class='footnote-backref']")
                    if back is not None and f"#{item.get('id')}" not in cited:
                        items.remove(item)
                if not len(items):
                    parent.remove(div)
                    continue
                rule = div.find("hr")
                if rule is not None:
                    rule.tag = "h2"
                    rule.text = "References"
                    items.set("data-search-exclude", "")


class ReportUnread(Step, Treeprocessor):
    """Reports each `@` that looks like a citation but was not read as one, and drops the marks."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in list(element.attrib.items()):
                if value:
                    element.set(name, CITE_MARK.sub("", strip_marks(value)))
            for which in ("text", "tail"):
                text = getattr(element, which)
                if not text or not CITE_MARK.search(text):
                    continue
                if not isinstance(text, AtomicString):
                    for cite in self.reading.cites_in(text):
                        self._report_unread(cite)
                setattr(element, which, type(text)(CITE_MARK.sub("", text)))
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, stashed in enumerate(stash):
            if isinstance(stashed, str):
                stash[index] = CITE_MARK.sub("", strip_marks(stashed))

    def _report_unread(self, cite: Cite) -> None:
        text = cite.raw.text
        match = re.match(r"@([\w-]+)", text[cite.offset :])
        known = match is not None and match.group(1) in self.reading.known_keys
        before = text[: cite.offset]
        in_bracket = before.rfind("[") > before.rfind("]")
        escaped = before.endswith("\\[")
        in_footnote = bool(OWN_FOOTNOTE.match(text)) or not cite.raw.offsets
        if cite.used or escaped or in_footnote:
            return
        if not known and not (in_bracket and before.rstrip().endswith("[")):
            return
        if in_bracket:
            fault = CitationFault("the citation is not closed", "close it with `]` on its line")
        else:
            fault = CitationFault("a citation outside square brackets")
        self.page.add_citation_fault(fault, cite.position)
