"""Building blocks of what is generated: elements, links between pages, citations, stances."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from briefing.bibliography import CONSULTED_IN_SHORT
from briefing.briefing import Briefing, source_page
from briefing.citations import Citation
from briefing.claims import Claim
from briefing.dates import parse_date
from briefing.voices import reported_by

Child = Element | str | None


# A search should lead to where a claim is written, not to the tables made from it.
_FOUND_ELSEWHERE = {"data-search-exclude": ""}


def el(tag: str, attributes: dict[str, str] | None = None, *children: Child) -> Element:
    """Return an element with these attributes and children; text is escaped when it is written."""
    element = Element(tag, attributes or {})
    append(element, *children)
    return element


def append(element: Element, *children: Child) -> None:
    """Append text and elements to an element."""
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif child and len(element):
            element[-1].tail = (element[-1].tail or "") + child
        elif child:
            element.text = (element.text or "") + child


def put_first(element: Element, child: Element, between: str) -> None:
    """Put an element before all else in another."""
    child.tail = between + (element.text or "")
    element.text = None
    element.insert(0, child)


def escape_entities(made: Element) -> Element:
    """Keep `&copy;` in made text what it is: Python-Markdown writes entities as they stand."""
    for element in made.iter():
        element.text = element.text.replace("&", "&amp;") if element.text else None
        element.tail = element.tail.replace("&", "&amp;") if element.tail else None
        for name, value in element.attrib.items():
            element.set(name, value.replace("&", "&amp;"))
    return made


def link(from_src: str, to: str, *children: Child, **attributes: str) -> Element:
    """Return a link from one page below docs/ to another, with or without `#anchor`.

    It leads to the .md file, as an author's link would, so that MkDocs resolves and checks it.
    """
    path, _, anchor = to.partition("#")
    href = _way(from_src, path) + (f"#{anchor}" if anchor else "")
    return el("a", {"href": href, **attributes}, *children)


@cache
def _way(from_src: str, path: str) -> str:
    """Return the relative address of a page on another, or on itself."""
    if path == from_src:
        return ""
    return quote(posixpath.relpath(path, posixpath.dirname(from_src) or "."))


def joined(items: Iterable[Child], separator: str = ", ") -> list[Child]:
    """Return the items with a separator between each two."""
    result: list[Child] = []
    for item in items:
        if result:
            result.append(separator)
        result.append(item)
    return result


def citation_parts(
    citation: Citation, links: Sequence[Element], briefing: Briefing
) -> Iterator[Child]:
    """Yield what a citation reads as: `Mills, 2025, p. 3 [analysis, not read], cited in Samant`.

    `links` has a link for its source and, where it has one, a link for its `via`.
    """
    yield links[0]
    if citation.locator:
        yield f", {citation.locator}"
    yield from _graded(citation.key, briefing)
    if citation.via:
        yield from (", cited in ", links[1])
        yield from _graded(citation.via, briefing)


def grade(key: str, briefing: Briefing) -> str:
    """Return the kind of a source and how it was read, in short: `agency, in full`."""
    entry = briefing.bibliography.entries.get(key)
    if entry is None:
        return ""
    kind = briefing.settings.kinds.get(entry.get("kind"))
    read = CONSULTED_IN_SHORT.get(entry.get("consulted"), "")
    return ", ".join(filter(None, (kind.label if kind else "", read)))


def _graded(key: str, briefing: Briefing) -> Iterator[Child]:
    if told := grade(key, briefing):
        yield " "
        yield el("span", {"class": "grade", **_FOUND_ELSEWHERE}, f"[{told}]")


def citations(claim: Claim, briefing: Briefing, from_src: str) -> Element:
    """Return a claim's citations as links to the pages of their sources."""
    made = el("span", {"class": "sources"})
    for index, citation in enumerate(claim.citations):
        keys = [key for key in (citation.key, citation.via) if key]
        links = [link(from_src, source_page(key), briefing.labels[key]) for key in keys]
        append(made, "; " if index else "", *citation_parts(citation, links, briefing))
    return made


def stance(key: str, briefing: Briefing) -> Element:
    """Return a stance as a word in a frame; its colour only repeats what the word says."""
    name = briefing.settings.stances[key].name if key else "No stance recorded"
    return el("span", {"class": f"stance stance-{key or 'none'}"}, name)


def repeats(claim: Claim) -> dict[str, str]:
    """Return the attribute of an element that repeats a claim's statement."""
    return {"data-claim": claim.id}


def who_and_when(claim: Claim, briefing: Briefing) -> str:
    """Return `Ada Holm, 6 May 1931` as far as it is known, and who alone reports it."""
    date = parse_date(claim.on)
    party = briefing.settings.parties.get(claim.party)
    who = claim.by or (party.label if party else "")
    told = [who, date.short if date else "", reporters_mark(claim, briefing)]
    return ", ".join(part for part in told if part)


def reporters_mark(claim: Claim, briefing: Briefing) -> str:
    """Return `reported by The Gazette (Press)` for what rests on other sides' sources alone."""
    names = reported_by(claim, briefing.bibliography, briefing.settings)
    return f"reported by {names}" if names else ""


def points_links(points: Iterable[int], briefing: Briefing, from_src: str) -> list[Child]:
    """Return the points as links: `points 6, 7`."""
    numbers = list(points)
    made: list[Child] = ["points " if len(numbers) > 1 else "point "]
    return made + joined(
        link(from_src, briefing.point_pages[point].src, str(point)) for point in numbers
    )


def parties_links(parties: Iterable[str], briefing: Briefing, from_src: str) -> list[Child]:
    """Return the parties as links, each by its name."""
    return joined(
        link(from_src, briefing.party_pages[key].src, briefing.settings.parties[key].label)
        for key in parties
    )


def point_head(point: int, briefing: Briefing, from_src: str) -> Element:
    """Return the head of a row about a point: its number and title, linked to its page."""
    title = f"{point}. {briefing.point_title(point)}"
    return link(from_src, briefing.point_pages[point].src, title)


def table(
    caption: str, heads: list[str], rows: Iterable[list[Child | list[Child]]], **attributes: str
) -> Element:
    """Return a table: a caption, a head for each column, and in each row a head and its cells."""
    made = el("table", attributes)
    append(SubElement(made, "caption"), caption)
    head = SubElement(SubElement(made, "thead"), "tr")
    for name in heads:
        append(SubElement(head, "th", {"scope": "col"}), name)
    body = SubElement(made, "tbody")
    for cells in rows:
        row = SubElement(body, "tr")
        for index, (name, cell) in enumerate(zip(heads, cells, strict=True)):
            tag, extra = ("td", {"data-label": name}) if index else ("th", {"scope": "row"})
            append(SubElement(row, tag, extra), *(cell if isinstance(cell, list) else [cell]))
    frame = {"class": "generated table-wrap", "tabindex": "0", "role": "region"}
    return el("div", {**frame, "aria-label": caption, **_FOUND_ELSEWHERE}, made)


def listing(kind: str, items: Iterable[Element]) -> Element:
    """Return a list of generated items; `kind` is its class."""
    return el("ul", {"class": f"generated {kind}", **_FOUND_ELSEWHERE}, *items)
