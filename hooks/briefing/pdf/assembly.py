"""Puts a document together: links find their goals, claims their ids, citations their references.

What comes out is plain data for the template, with a label for every place that a link leads to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from briefing.bibliography import Entry
from briefing.briefing import SOURCES, Briefing
from briefing.exports import Urls
from briefing.pdf.documents import WHOLE, Document
from briefing.pdf.front import front
from briefing.pdf.nodes import Node, NodeReader, walk
from briefing.tables.evidence import record_note

REFERENCES = "references"
"""The label of the list of references."""

_LETTERS_ON_A_PAGE = 19_000
"""About how much data fits on a page."""

Data = dict[str, Any]


@dataclass(frozen=True)
class _Goals:
    """Where links of a document can lead."""

    labels: set[str]
    aliases: dict[str, str]
    """Labels by the other names of what bears them."""
    are_all: bool
    """Whether the document has all that is printed."""


class Assembler:
    """Puts documents of one briefing together."""

    def __init__(self, briefing: Briefing, urls: Urls, version: str) -> None:
        self.briefing = briefing
        self.urls = urls
        self.version = version

    def assemble(self, document: Document) -> Data:
        """Return what the template sets."""
        # The chapters of a document may be those of others: its nodes are changed in a copy.
        chapters = json.loads(json.dumps([chapter.nodes for chapter in document.chapters]))
        nodes = [node for chapter in chapters for node in chapter]
        self._settle_claims(nodes)
        goals = self._goals(nodes, are_all=document.name == WHOLE)
        uses: dict[str, dict[str, Node]] = {}
        order = {node["label"]: at for at, node in enumerate(walk(nodes)) if node.get("label")}
        for chapter in chapters:
            self._settle_links(chapter, goals, uses)
        made: Data = {
            "front": front(document, self.briefing, self.version),
            "layout": document.layout,
            "language": self.briefing.settings.site.language,
            "chapters": [
                {
                    "title": chapter.title,
                    "nodes": own,
                    "landscape": chapter.landscape and document.layout == "book",
                    "notes": chapter.notes,
                }
                for chapter, own in zip(document.chapters, chapters, strict=True)
            ],
            "references": [self._reference(key, uses[key], order) for key in self._sorted(uses)],
        }
        # A guess; where page numbers have more digits, the document is set once more for it.
        pages = len(chapters) + len(json.dumps(made)) // _LETTERS_ON_A_PAGE
        return {**made, "digits": len(str(pages))}

    def _settle_claims(self, nodes: list[Node]) -> None:
        """Give every claim one home: where its page prints it, or else where it is repeated."""
        every = walk(nodes)
        at_home = {node["label"] for node in every if "id" in node and "label" in node}
        for node in every:
            if node["t"] != "repeated":
                continue
            claim = self.briefing.claims_by_id[node["claim"]]
            node["about"] = claim.anchor
            if claim.anchor not in at_home:
                at_home.add(claim.anchor)
                node["label"], node["id"] = claim.anchor, claim.id.upper()
        for table in every:
            if table["t"] == "table":
                for row in table["rows"]:
                    _unlink_itself(row)

    def _goals(self, nodes: list[Node], *, are_all: bool) -> _Goals:
        every = walk(nodes)
        found = [node for node in every if node.get("label")]
        aliases = {node["also"]: node["label"] for node in found if node.get("also")}
        labels = {node["label"] for node in found}
        if any(node["t"] == "cite" for node in every):
            labels.add(REFERENCES)
        return _Goals(labels, aliases, are_all)

    def _settle_links(
        self,
        chapter: list[Node],
        goals: _Goals,
        uses: dict[str, dict[str, Node]],
    ) -> None:
        """Let references and citations lead to labels; note for each source where it is cited."""
        for node, place in _with_places(chapter):
            if node["t"] == "cite":
                node["to"] = f"{REFERENCES}:{node['key']}"
                noted = uses.setdefault(node["key"], {})
                if place is not None:
                    noted.setdefault(place["to"], place)
            elif node["t"] == "ref" and place is not None and node["to"] == place.get("itself"):
                _unlink(node)  # the claim stands right here
            elif node["t"] == "ref":
                self._settle_reference(node, goals)

    def _settle_reference(self, node: dict[str, Any], goals: _Goals) -> None:
        to = goals.aliases.get(node["to"], node["to"])
        src, _, anchor = to.partition("#")
        claim = self.briefing.claims_by_id.get(anchor)
        is_claim = claim is not None and claim.src == src
        if to == f"{SOURCES}/index.md" and to not in goals.labels and REFERENCES in goals.labels:
            to = REFERENCES
        if to in goals.labels:
            node["to"] = to
            if is_claim and not node.get("shows_id"):
                node["id"] = anchor.upper()
            return
        if is_claim and not node.get("shows_id"):
            node["c"] = [*node["c"], f" ({anchor.upper()})"]
        if goals.are_all:
            node["c"] = [*node["c"], " (on the website)"]
        address = self.urls(src) + (f"#{anchor}" if anchor else "")
        node["t"] = "url" if "://" in address else "span"
        node["to"] = address

    def _sorted(self, keys: dict[str, Any]) -> list[str]:
        """Sort sources as a reader looks for them: by who, then by date."""
        entries, labels = self.briefing.bibliography.entries, self.briefing.labels

        def order(key: str) -> tuple[str, tuple[int, ...], str]:
            who = labels[key].partition(",")[0]
            return (who.casefold(), tuple(entries[key].date or (9999,)), labels[key])

        return sorted(keys, key=order)

    def _reference(self, key: str, uses: dict[str, Node], order: dict[str, int]) -> Data:
        entry: Entry = self.briefing.bibliography.entries[key]
        note = record_note(self.briefing, entry)
        return {
            "label": f"{REFERENCES}:{key}",
            "name": self.briefing.labels[key],
            "c": NodeReader("").read_inline(self.briefing.references.html(key)),
            "note": f"{note}." if note else "",
            "uses": [uses[to] for to in sorted(uses, key=order.__getitem__)],
        }


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in the content of a node."""
    if isinstance(value, str):
        yield value
    for one in value if isinstance(value, list) else ():
        yield from _texts(one.get("c") if isinstance(one, dict) else one)


def _unlink_itself(row: list[Node]) -> None:
    """Let no link of a row lead to a claim that has its home in this very row."""
    at_home = {node["label"] for node in walk(row) if node["t"] == "repeated" and "label" in node}
    for node in walk(row):
        if node["t"] == "ref" and node["to"] in at_home:
            _unlink(node)


def _unlink(node: dict[str, Any]) -> None:
    """Leave the words of a link; of one that only shows an id, which stands there, nothing."""
    node["t"] = "span"
    if node.get("shows_id"):
        node["c"] = []


def _with_places(
    nodes: list[Node], place: dict[str, Any] | None = None
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Yield every node with a reference to what it stands in: a claim, or else a section."""
    section = place
    for node in nodes:
        if isinstance(node, list):
            yield from _with_places(node, section)
        if not isinstance(node, dict):
            continue
        if node["t"] == "heading" and node["label"]:
            title = "".join(_texts(node["c"]))
            section = {"t": "ref", "to": node["label"], "c": [title]}
        within = section
        if "id" in node and "label" in node:
            within = {"t": "ref", "to": node["label"], "c": [node["id"]], "itself": node["label"]}
        elif node["t"] == "repeated":
            name = node["about"].partition("#")[2].upper()
            within = {"t": "ref", "to": node["about"], "c": [name]}
        yield node, within
        for name in ("heads", "rows", "items", "c"):
            inside = node.get(name)
            if isinstance(inside, list):
                yield from _with_places(inside, within)


def nodes_of(data: Data) -> list[Node]:
    """Return the nodes of all chapters of a document."""
    return [node for chapter in data["chapters"] for node in chapter["nodes"]]


def row_heads(data: Data) -> list[list[bool]]:
    """Return for each table of a document, in order, which of its rows begin with a head."""
    tables = (node for node in walk(nodes_of(data)) if node["t"] == "table")
    return [[bool(row[0]["head"]) for row in table["rows"]] for table in tables]


def letters_of(data: Data) -> set[str]:
    """Return every letter in the texts of a document."""
    letters: set[str] = set()
    ahead: list[Any] = [data]
    while ahead:
        value = ahead.pop()
        if isinstance(value, str):
            letters.update(value)
        elif isinstance(value, list):
            ahead.extend(value)
        elif isinstance(value, dict):
            ahead.extend(value.values())
    return letters


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return data with every text changed; names and labels in it stay what they are."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {
            name: one if name in ("t", "to", "label", "path") else each_text(one, change)
            for name, one in value.items()
        }
    return value
