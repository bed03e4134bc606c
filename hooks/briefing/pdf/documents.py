"""The documents that are printed: the whole briefing, handouts, and packs of a selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.briefing import Briefing
from briefing.exports import EXPORTS, Urls
from briefing.pages import Page
from briefing.pdf.chapters import Chapter, ChapterMaker, briefing_chapters
from briefing.settings import Named

WHOLE = "briefing.pdf"
HANDOUTS = "handouts"
ATTACHED = {
    "claims.csv": ("text/csv", "Every claim as a row of a table"),
    "claims.json": ("application/json", "Every claim as data for programs"),
}
"""The exports that the whole briefing carries inside, with media type and description."""


@dataclass(frozen=True)
class AttachedFile:
    """A file inside a PDF."""

    name: str
    media_type: str
    about: str
    content: bytes


@dataclass(frozen=True)
class Document:
    """Something to print, before it is set."""

    name: str
    """Its file, relative to the site."""
    title: str
    layout: str
    """`book` begins with a cover and contents; `columns` and `landscape` are handouts."""
    chapters: tuple[Chapter, ...]
    about: str = ""
    """What it is a part of, or what it holds."""
    attached: tuple[AttachedFile, ...] = ()


def whole(maker: ChapterMaker, urls: Urls) -> Document:
    """Return the whole briefing."""
    briefing = maker.briefing
    attached = (
        AttachedFile(name, *of_it, EXPORTS[name](briefing, urls))
        for name, of_it in ATTACHED.items()
    )
    site = briefing.settings.site
    chapters = tuple(briefing_chapters(maker))
    return Document(WHOLE, site.name, "book", chapters, site.description, tuple(attached))


def handouts(maker: ChapterMaker) -> Iterator[Document]:
    """Yield a handout for each point, each theme and each party."""
    briefing = maker.briefing
    about = f"Handout from: {briefing.settings.site.name}"
    for page in _point_pages(briefing) + _party_pages(briefing):
        name, title = handout_name(briefing, page), page.title
        yield Document(name, title, "columns", (maker.chapter(page),), about)
    for key, name in theme_handouts(briefing).items():
        theme = briefing.settings.themes[key]
        chapter = maker.made_up(f"themes/{key}.md", theme.name, _theme_text(theme))
        yield Document(name, theme.name, "landscape", (chapter,), about)


def theme_handouts(briefing: Briefing) -> dict[str, str]:
    """Return the file of each theme's handout, by the theme's key."""
    keys = (key for key in briefing.settings.themes if briefing.points_of_theme(key))
    return {key: f"{HANDOUTS}/theme-{key}.pdf" for key in keys}


def file_names(briefing: Briefing) -> list[str]:
    """Return the files of all documents of a site."""
    pages = _point_pages(briefing) + _party_pages(briefing)
    named = [handout_name(briefing, page) for page in pages]
    return [WHOLE, *named, *theme_handouts(briefing).values()] if briefing.settings.pdf else []


def handout_name(briefing: Briefing, page: Page) -> str:
    """Return the file of the handout of a point's or party's page; empty for any other page."""
    for point, home in briefing.point_pages.items():
        if home is page:
            digits = len(str(briefing.settings.points))
            return f"{HANDOUTS}/point-{point:0{digits}}.pdf"
    for party, home in briefing.party_pages.items():
        if home is page and party in briefing.settings.parties:
            return f"{HANDOUTS}/party-{party}.pdf"
    return ""


def pack(maker: ChapterMaker, points: Sequence[int], parties: Sequence[str]) -> Document:
    """Return a selection with a cover; after each point comes a page for notes.

    The points and parties are those of the plan: `briefing.pdf.choice` has seen to that.
    """
    briefing = maker.briefing
    chapters = [maker.chapter(briefing.point_pages[point], notes=True) for point in points]
    chapters += [maker.chapter(briefing.party_pages[party]) for party in parties]
    names = [briefing.settings.parties[party].name for party in parties]
    chosen = [f"point {point}" for point in points] + names
    about = f"A selection: {', '.join(chosen)}"
    return Document("pack.pdf", briefing.settings.site.name, "book", tuple(chapters), about)


def _point_pages(briefing: Briefing) -> list[Page]:
    return [briefing.point_pages[point] for point in sorted(briefing.point_pages)]


def _party_pages(briefing: Briefing) -> list[Page]:
    pages = briefing.party_pages
    return [pages[party] for party in briefing.settings.parties if party in pages]


def _theme_text(theme: Named) -> str:
    """Return the Markdown of a theme's handout, which no page of the site has in one place."""
    tables = {
        "The points": f'points theme="{theme.key}"',
        "Positions": f'positions theme="{theme.key}"',
        "The texts": f'texts theme="{theme.key}"',
        "Where sources differ": f'differences theme="{theme.key}" form="brief"',
    }
    sections = [f"## {head}\n\n<!-- table: {table} -->" for head, table in tables.items()]
    return "\n\n".join(["# Theme", *sections]) + "\n"
