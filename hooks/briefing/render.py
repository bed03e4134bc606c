"""What readers see of citations, references, claims and directives on a page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.util import AtomicString

from briefing.arithmetic import Sum, read_sums
from briefing.briefing import Briefing, source_page
from briefing.claims import points_of
from briefing.dates import parse_date
from briefing.elements import (
    append,
    citation_parts,
    el,
    escape_entities,
    joined,
    link,
    parties_links,
    points_links,
    put_first,
    reporters_mark,
    stance,
)
from briefing.pages import Block, Directive, Page, PlacedCitation, words_of
from briefing.parsing import FOOTNOTE_NAME
from briefing.tables import TABLES
from briefing.tables.evidence import record_note, reference, source_claims, source_record

_ABOUT_EXTRACTS = (
    "Short passages, kept as evidence: the build compares the quotations and figures of the claims "
    "with them. Quotations are the source’s words, notes are ours."
)


class PageRenderer:
    """Dresses one page; one is made for each page of a build."""

    def __init__(self, briefing: Briefing, page: Page) -> None:
        self.briefing = briefing
        self.page = page
        self.terms = briefing.terms

    def citation(self, placed: list[PlacedCitation], md: markdown.Markdown) -> Element:
        """Return citations as links to their entries in the page's list of references."""
        footnotes = next(
            (one for one in md.registeredExtensions if isinstance(one, FootnoteExtension)), None
        )
        made = el("span", {"class": "citation"}, "(")
        for index, one in enumerate(placed):
            if index:
                append(made, "; ")
            keys = [key for key in (one.citation.key, one.citation.via) if key]
            links = [self._reference_link(key, footnotes) for key in keys]
            append(made, *citation_parts(one.citation, links, self.briefing))
        append(made, ")")
        return _finished(made)

    def _reference_link(self, key: str, footnotes: FootnoteExtension | None) -> Element:
        label = self.briefing.labels.get(key, key)
        if footnotes is None:
            return link(self.page.src, source_page(key), label)
        name = FOOTNOTE_NAME.format(key=key)
        footnotes.addFootnoteRef(name)
        attributes = {
            "class": "footnote-ref",
            "href": "#" + footnotes.makeFootnoteId(name),
            "id": footnotes.makeFootnoteRefId(name, found=True),
        }
        return el("a", attributes, label)

    def reference(self, key: str) -> Element | None:
        """Return a source's entry in the list of references, with a link to its page."""
        entry = self.briefing.bibliography.entries.get(key)
        if entry is None:
            return None
        made = reference(self.briefing, key)
        note = record_note(self.briefing, entry)
        if note:
            append(made, " ", el("span", {"class": "record-note"}, f"{note}."))
        append(made, " ", link(self.page.src, source_page(key), "Claims that rest on it"))
        return _finished(made)

    def claim(self, element: Element, block: Block, page: Page) -> None:
        """Mark an element as a claim, and say below it who, when, what about and under which id."""
        element.set("class", f"{element.get('class', '')} claim".strip())
        date = parse_date(block.attributes["on"].value) if "on" in block.attributes else None
        if page.is_timeline and date:
            put_first(
                element, el("time", {"class": "event-date", "datetime": date.iso}, date.long), " "
            )
        claim_link = el(
            "a",
            {"class": "claim-link", "href": f"#{block.anchor}", "title": "Link to this claim"},
            block.anchor.upper(),
        )
        parts = [*self._told_of(block, page), claim_link]
        meta = el("span", {"class": "claim-meta"}, *joined(parts, " · "))
        append(element, " ", escape_entities(meta))

    def extract(self, element: Element, block: Block) -> None:
        """Mark an element as an extract, and say below it who speaks and where it stands."""
        element.set("class", f"{element.get('class', '')} extract".strip())
        value = {name: attribute.value for name, attribute in block.attributes.items()}
        kind = "Quotation" if block.quoted else "Note in our words"
        told = [part for part in (kind, value.get("by"), value.get("at")) if part]
        meta = el("span", {"class": "claim-meta"}, " · ".join(told))
        append(element, " ", escape_entities(meta))

    def frame(self, root: Element, page: Page) -> None:
        """Put a source's record before its extracts, and the claims that rest on it behind them."""
        entry = self.briefing.bibliography.entries.get(page.source)
        if entry is None:
            return
        before = [*source_record(self.briefing, entry)]
        before.append(el("h2", {"class": "generated", "id": "extracts"}, "Extracts"))
        if self.briefing.extracts.get(entry.key):
            before.append(el("p", {"class": "generated"}, _ABOUT_EXTRACTS))
        after = [*source_claims(self.briefing, entry, page)]
        root[:] = [*map(escape_entities, before), *root, *map(escape_entities, after)]

    def _told_of(self, block: Block, page: Page) -> Iterator[Element]:
        """Yield what is told below a claim: stance, who and when, points, who would be bound."""
        settings = self.briefing.settings
        value = {name: attribute.value for name, attribute in block.attributes.items()}
        if value.get("stance") in settings.stances and value.get("party"):
            yield stance(value["stance"], self.briefing)
        date = parse_date(value.get("on", ""))
        told = [value.get("by", ""), date.long if date and not page.is_timeline else ""]
        if any(told):
            yield el("span", {}, ", ".join(part for part in told if part))
        claim = self.briefing.claims_by_id.get(block.anchor)
        if claim is not None and (told_by := reporters_mark(claim, self.briefing)):
            yield el("span", {"class": "reported"}, told_by)
        for one in read_sums(value.get("arithmetic", "")):
            if isinstance(one, Sum):
                yield el("span", {"class": "arithmetic"}, f"our arithmetic: {one.text}")
        points = points_of(block, settings)
        if points and "point" not in page.meta:  # a point's page says which point it is about
            yield el("span", {}, *points_links(points, self.briefing, page.src))
        concerned = [key for key in words_of(value.get("parties", "")) if key in settings.parties]
        if concerned:
            yield el("span", {}, *parties_links(concerned, self.briefing, page.src))
        bound = [who for who in words_of(value.get("binds", "")) if who in settings.bound]
        if bound and value.get("text") == settings.main_text:
            names = ", ".join(settings.bound[who].label for who in bound)
            yield el("span", {}, f"binds {names}")

    def table(self, directive: Directive, page: Page) -> list[Element]:
        """Return the elements of the table that a directive asks for; none if there is no such.

        Every directive was checked; one that is unknown now came in after, which the build finds.
        """
        kind = TABLES.get(directive.kind)
        if kind is None or kind.fault(self.briefing, page, directive):
            return []
        made = kind.make(self.briefing, self.page, directive.arguments)
        return [escape_entities(element) for element in made]


def _finished(made: Element) -> Element:
    """Keep the parser, which is not done yet, from reading made text as Markdown or entities."""
    for element in escape_entities(made).iter():
        element.text = AtomicString(element.text) if element.text else None
        element.tail = AtomicString(element.tail) if element.tail else None
    return made
