"""Which pages are printed, in which order and how deep, and each as a chapter of nodes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

import markdown

from briefing.briefing import Briefing, claim_prefix, known_keys
from briefing.frontmatter import FrontMatter
from briefing.pages import Page
from briefing.parsing import BriefingExtension
from briefing.pdf.nodes import Node, NodeReader
from briefing.render import PageRenderer

WIDE = {"positions", "texts"}
"""The kinds of table that need a page in landscape."""


@dataclass(frozen=True)
class Chapter:
    """A page of the site, or what stands for one, in print."""

    title: str
    nodes: list[Node]
    path: str = ""
    """The file it was made from, relative to the project folder."""
    landscape: bool = False
    notes: bool = False
    """Whether an empty page for notes follows."""


class ChapterMaker:
    """Makes chapters; the HTML of a page is made once, for all documents that print it."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self._html: dict[str, str] = {}

    def chapter(
        self, page: Page, *, level: int = 1, part: str = "", notes: bool = False
    ) -> Chapter:
        """Return a page as a chapter whose first heading stands on a level; 1 is the highest.

        `part` is a heading of level 1 to begin with.
        """
        nodes = NodeReader(page.src, level).read(self._html_of(page))
        _begin_with_heading(nodes, page, level)
        if part:
            head = {"t": "heading", "level": 1, "label": "", "c": [part], "in_contents": True}
            nodes.insert(0, head)
        return Chapter(page.title or page.src, nodes, page.path, _is_wide(nodes), notes)

    def made_up(self, src: str, title: str, text: str) -> Chapter:
        """Return a chapter from Markdown that no file holds; `title` becomes its first heading."""
        page = Page(src, src, FrontMatter(body=text), title=title, text=text)
        made = self.chapter(page)
        if isinstance(made.nodes[0], dict):
            made.nodes[0]["c"] = [title]  # as it stands: it is no Markdown
        return replace(made, path="")

    def _html_of(self, page: Page) -> str:
        if page.src not in self._html:
            self._html[page.src] = page_html(self.briefing, page)
        return self._html[page.src]


def page_html(briefing: Briefing, page: Page) -> str:
    """Return a page as HTML; citations lead to the pages of their sources."""
    fresh = Page(page.path, page.src, page.front, page.outside, text=page.text)
    extension = BriefingExtension()
    renderer = PageRenderer(briefing, fresh)
    extension.begin(fresh, claim_prefix(fresh, briefing.settings), known_keys(briefing), renderer)
    settings = briefing.settings
    # Footnotes hold the references of a page of the site; in print they stand at the end.
    names = [name for name in settings.extensions if name.rpartition(".")[2] != "footnotes"]
    configs = {name: settings.extension_configs.get(name, {}) for name in names}
    parser = markdown.Markdown(extensions=[*names, extension], extension_configs=configs)
    return parser.convert(page.front.body)


def printed_pages(briefing: Briefing) -> list[tuple[Page, tuple[str, ...]]]:
    """Return the pages of the printed briefing, in the order of the site, and their sections.

    `print: true` and `print: false` in front matter put a page in and leave it out. Else the pages
    of the briefing's own text are printed.
    """
    pages = {page.src: page for page in briefing.pages}
    order: dict[str, tuple[str, ...]] = {}
    for entry in briefing.settings.nav:
        order.setdefault(entry.src, entry.sections)  # a page that is named twice stands once
    for src in () if order else sorted(pages, key=_default_order):
        order[src] = _folder_section(src)
    return [
        (pages[src], sections)
        for src, sections in order.items()
        if src in pages and _is_printed(pages[src])
    ]


def _is_printed(page: Page) -> bool:
    default = not page.outside and not page.source
    return bool(page.meta.get("print", default))


def _default_order(src: str) -> tuple[bool, str, bool, str]:
    """Sort as MkDocs does without `nav`: files before folders, in each the index first."""
    folder, name = posixpath.split(src)
    return (bool(folder), folder, name not in ("index.md", "README.md"), name)


def _folder_section(src: str) -> tuple[str, ...]:
    folder = posixpath.dirname(src)
    return tuple(
        part.replace("-", " ").replace("_", " ").capitalize() for part in folder.split("/") if part
    )


def briefing_chapters(maker: ChapterMaker) -> Iterator[Chapter]:
    """Yield the chapters of the whole briefing; each section of the site is a part.

    A section's index page heads its part; where there is none, the part's title stands on its
    first page.
    """
    begun = ""
    for page, sections in printed_pages(maker.briefing):
        part = sections[0] if sections else ""
        is_index = posixpath.basename(page.src) in ("index.md", "README.md")
        is_new = part != begun
        begun = part
        if not part or (is_new and is_index):
            yield maker.chapter(page)
        else:
            yield maker.chapter(page, level=2, part=part if is_new else "")


def _begin_with_heading(nodes: list[Node], page: Page, level: int) -> None:
    """Let the chapter begin with a heading that has the page's name, to which links lead."""
    first = nodes[0] if nodes else ""
    if not isinstance(first, dict) or first["t"] != "heading":
        first = {"t": "heading", "level": level, "label": "", "c": [page.title or page.src]}
        nodes.insert(0, first)
    first["also"], first["label"] = first["label"], page.src
    first["in_contents"] = True


def _is_wide(nodes: list[Node]) -> bool:
    return any(
        isinstance(node, dict)
        and node["t"] == "table"
        and WIDE & set(node["kind"].split())
        and "brief" not in node["kind"].split()
        for node in nodes
    )
