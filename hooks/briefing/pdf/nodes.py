"""Turns the HTML of a page into plain nodes, which the template sets in print.

A node is a text or a mapping: `t` says what it is, `c` holds its children, the rest is the node's
own. Text stays data all the way: the template puts it on paper and never reads it as Typst.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from briefing.briefing import SOURCES

Node = str | dict[str, Any]

_BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figure", "figcaption",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "ul",
}  # fmt: skip
_INLINE = {
    "b": "strong", "strong": "strong", "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph",
    "var": "emph", "time": "strong", "sup": "super", "sub": "sub",
}  # fmt: skip
_CLASSES = {"grade": "grade", "stance": "strong", "silent": "emph"}
"""What the classes of generated text become."""
_WIDTHS = {"cite": 8, "ref": 8, "item": 30}
_DROPPED = {"script", "style", "template", "input", "button", "svg", "iframe"}
_INSIDE = ("c", "items", "rows", "heads")
"""What can hold other nodes, the last on the page first."""
_LONG_RUN = re.compile(r"\w{24}")
_SPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass
class NodeReader:
    """Reads the HTML of one page; what it links to is named by `page.md` or `page.md#anchor`."""

    src: str
    """The page's path below docs/."""
    level: int = 1
    """How deep its first heading stands in the document."""

    def read(self, text: str) -> list[Node]:
        """Return the nodes of a page's HTML, with headings that skip no level."""
        self._last = self.level - 1
        root = html.fragment_fromstring(text, create_parent="div")
        return _without_captions(self._blocks(root))

    def read_inline(self, text: str) -> list[Node]:
        """Return the nodes of a line of HTML."""
        return self._inlines(html.fragment_fromstring(text, create_parent="div"))

    def _blocks(self, parent: HtmlElement) -> list[Node]:
        """Return the blocks in an element; text between them becomes blocks of its own."""
        blocks = list(self._each_block(parent))
        if len(blocks) > 1:
            for block in blocks:
                if isinstance(block, dict) and block["t"] == "plain":
                    block["t"] = "par"
        return blocks

    def _each_block(self, parent: HtmlElement) -> Iterator[Node]:
        pending: list[Node] = []
        for child in _contents(parent):
            if isinstance(child, str):
                pending.append(child)
            elif child.tag in _BLOCKS:
                yield from _as_block(pending)
                pending = []
                yield from self._block(child)
            else:
                pending.extend(self._inline(child))
        yield from _as_block(pending)

    def _block(self, element: HtmlElement) -> Iterator[Node]:
        classes = _classes(element)
        tag = str(element.tag)
        if tag[0] == "h" and tag[1:].isdecimal():
            yield self._heading(element, int(tag[1:]))
        elif tag == "p":
            yield from self._paragraph(element, classes)
        elif tag in ("ul", "ol"):
            items = [self._item(item) for item in element if item.tag == "li"]
            yield {"t": "list", "ordered": tag == "ol", "items": items}
        elif tag == "dl":
            yield {"t": "terms", "items": list(self._terms(element))}
        elif tag == "table":
            yield self._table(element, classes)
        elif tag == "blockquote":
            yield {"t": "quote", "c": self._blocks(element)}
        elif tag == "pre":
            yield {"t": "code-block", "c": element.text_content().strip("\n")}
        elif tag != "hr":
            yield from self._repeated(element)

    def _heading(self, element: HtmlElement, level: int) -> Node:
        self._last = min(self.level - 1 + level, self._last + 1)
        return {
            "t": "heading",
            "level": self._last,
            "label": self._label(element),
            "c": [_unlinked(node) for node in self._inlines(element)],
        }

    def _paragraph(self, element: HtmlElement, classes: set[str]) -> Iterator[Node]:
        content = self._inlines(element)
        if not _is_empty(content):
            kind = "editorial" if classes & {"editorial", "silent"} else ""
            yield self._marked(element, {"t": "par", "kind": kind, "c": content})

    def _item(self, element: HtmlElement) -> Node:
        return self._marked(element, {"t": "item", "c": self._repeated(element)})

    def _terms(self, element: HtmlElement) -> Iterator[Node]:
        for child in element:
            if child.tag == "dt":
                yield {"t": "term", "label": self._label(child), "c": self._inlines(child)}
            elif child.tag == "dd":
                yield self._marked(child, {"t": "definition", "c": self._blocks(child)})

    def _table(self, element: HtmlElement, classes: set[str]) -> Node:
        caption = element.find("caption")
        if (
            "brief" in classes
        ):  # in print it says no more than the stances: a page of its own has the rest
            for link in element.iterfind("tbody//td//a"):
                link.tag, link.tail = "div", None
                link.attrib.clear()
        rows = list(element.iter("tr"))
        head = [row for row in rows if row.getparent().tag == "thead"]
        body = [row for row in rows if row not in head[:1]]
        cells = [[self._cell(cell) for cell in row] for row in body]
        return {
            "t": "table",
            "kind": " ".join(sorted(classes)),
            "caption": caption.text_content() if caption is not None else "",
            "heads": [self._inlines(cell) for cell in head[0]] if head else [],
            "rows": cells,
            "longest": [max(map(_length, row), default=0) for row in cells],
        }

    def _cell(self, element: HtmlElement) -> Node:
        made = {"t": "cell", "head": element.tag == "th", "c": self._blocks(element)}
        return self._marked(element, made)

    def _repeated(self, element: HtmlElement) -> list[Node]:
        """Return the blocks in an element, as one block where it repeats a claim's statement."""
        blocks = self._blocks(element)
        claim = element.get("data-claim", "")
        if not claim:
            return blocks
        only = blocks[0] if len(blocks) == 1 else None
        if isinstance(only, dict) and only["t"] == "plain":
            return [{"t": "repeated", "claim": claim, "block": True, "c": only["c"]}]
        return [{"t": "repeated", "claim": claim, "block": False, "c": blocks}]

    def _marked(self, element: HtmlElement, node: dict[str, Any]) -> Node:
        """Give the node of a claim its id, and what is told of it a place of its own."""
        if "claim" in _classes(element):
            node["id"] = str(element.get("id", "")).upper()
        if label := self._label(element):
            node["label"] = label
        return node

    def _inlines(self, element: HtmlElement) -> list[Node]:
        made: list[Node] = []
        for child in _contents(element):
            made.extend([child] if isinstance(child, str) else self._inline(child))
        return _trimmed(made)

    def _inline(self, element: HtmlElement) -> list[Node]:
        classes, tag = _classes(element), str(element.tag)
        if tag in _DROPPED or classes & {"headerlink", "claim-link"}:
            return []
        if "more" in classes:
            return [", ", *_joined(self._claim_link(link) for link in element.iter("a"))]
        if tag == "br":
            return [{"t": "br"}]
        if tag == "img":
            return [self._image(element)]
        children: list[Node] = []
        for child in _contents(element):
            children.extend([child] if isinstance(child, str) else self._inline(child))
        if tag == "a" and "href" in element.attrib:
            return self._link(element, children)
        if tag == "code":
            return [{"t": "code", "c": element.text_content()}]
        if claim := element.get("data-claim"):
            return [{"t": "repeated", "claim": claim, "block": False, "c": children}]
        if "claim-meta" in classes:
            told = _without_last_separator(children)
            return [{"t": "meta", "c": told}] if told else []
        if "said-by" in classes:
            return [*_trimmed(children), ":"]
        kind = next((_CLASSES[name] for name in classes & _CLASSES.keys()), _INLINE.get(tag))
        return [{"t": kind, "c": children}] if kind else children

    def _link(self, element: HtmlElement, children: list[Node]) -> list[Node]:
        target = element.get("href", "")
        address = urlsplit(target)
        if address.scheme or target.startswith("//"):
            return [{"t": "url", "to": target, "c": [*_with_breaks(children)]}]
        to, anchor = self.resolve(address.path), unquote(address.fragment)
        if posixpath.dirname(to) == SOURCES and to.endswith(".md") and not anchor:
            key = posixpath.basename(to).removesuffix(".md")
            if key != "index":
                return [{"t": "cite", "key": key, "c": children}]
        label = f"{to}#{anchor}" if anchor else to
        if "claim-id" in _classes(element):
            return [self._claim_link(element)]
        return [{"t": "ref", "to": label, "c": children}]

    def _claim_link(self, element: HtmlElement) -> Node:
        """Return a link that shows the id of the claim it leads to, and nothing else."""
        address = urlsplit(element.get("href", ""))
        anchor = unquote(address.fragment)
        to = f"{self.resolve(address.path)}#{anchor}"
        return {"t": "ref", "to": to, "shows_id": True, "c": [anchor.upper()]}

    def _image(self, element: HtmlElement) -> Node:
        address = urlsplit(element.get("src", ""))
        if address.scheme or address.netloc:
            return str(element.get("alt", ""))  # nothing is fetched for the print
        path = self.resolve(address.path)
        return {"t": "image", "path": path, "alt": element.get("alt", "")}

    def resolve(self, path: str) -> str:
        """Return the path below docs/ that a link on the page leads to; its own for none."""
        if not path:
            return self.src
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.src), unquote(path)))

    def _label(self, element: HtmlElement) -> str:
        name = element.get("id", "")
        return f"{self.src}#{name}" if name else ""


def _contents(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Yield the texts and elements in an element, in order; white space as readers see it."""
    if element.text:
        yield _SPACE.sub(" ", element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield _SPACE.sub(" ", child.tail)


def _classes(element: HtmlElement) -> set[str]:
    return set(element.get("class", "").split())


def _as_block(pending: list[Node]) -> Iterator[Node]:
    content = _trimmed(pending)
    if not _is_empty(content):
        yield {"t": "plain", "c": content}


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Return nodes without white space at either end."""
    made = list(nodes)
    while made and isinstance(made[0], str) and not made[0].strip():
        del made[0]
    while made and isinstance(made[-1], str) and not made[-1].strip():
        del made[-1]
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip(" ")
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" ")
    return made


def _unlinked(node: Node) -> Node:
    """Return a node of a heading: its list of contents and running head have no room for links."""
    if isinstance(node, dict) and node["t"] in ("ref", "cite", "url"):
        return {"t": "span", "c": node["c"]}
    return node


def _without_captions(nodes: list[Node]) -> list[Node]:
    """Drop the caption of each table that follows its heading, which says as much."""
    for before, node in pairwise(nodes):
        if _is_a(before, "heading") and isinstance(node, dict) and node["t"] == "table":
            node["caption"] = ""
    return nodes


def _is_a(node: Node, kind: str) -> bool:
    return isinstance(node, dict) and node["t"] == kind


def _length(node: Node) -> int:
    """Return about how many letters a node has on paper, its page numbers and bullets included."""
    if isinstance(node, str):
        return len(node)
    inside = [*node.get("c", ()), *node.get("items", ())] if node["t"] != "code" else [node["c"]]
    return _WIDTHS.get(node["t"], 0) + sum(map(_length, inside))


def _with_breaks(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes with a place to break a line in runs of letters that are longer than a column."""
    for node in nodes:
        if not isinstance(node, str):
            yield node
            continue
        begin = 0
        for run in _LONG_RUN.finditer(node):
            yield from (node[begin : run.end()], {"t": "may-break"})
            begin = run.end()
        if begin < len(node):
            yield node[begin:]


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    for index, node in enumerate(nodes):
        if index:
            yield ", "
        yield node


def walk(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Return every node that is not a mere text, from the first to the last, outer ones first."""
    found: list[dict[str, Any]] = []
    ahead: list[Any] = [*nodes][::-1]
    while ahead:
        node = ahead.pop()
        if isinstance(node, dict):
            found.append(node)
            for name in _INSIDE:
                if isinstance(inside := node.get(name), list):
                    ahead.extend(inside[::-1])
        elif isinstance(node, list):
            ahead.extend(node[::-1])
    return found


def _is_empty(nodes: list[Node]) -> bool:
    return not any(node.strip() if isinstance(node, str) else True for node in nodes)


def _without_last_separator(nodes: list[Node]) -> list[Node]:
    """Drop the ` · ` before the id, which stands in the margin in print."""
    made = _trimmed(nodes)
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip(" ·")
    return [node for node in made if node != ""]
