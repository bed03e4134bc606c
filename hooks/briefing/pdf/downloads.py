"""The line below a page's title that offers what is printed of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import tostring

from briefing.briefing import Briefing
from briefing.elements import Child, el, joined
from briefing.pages import Page
from briefing.pdf.documents import WHOLE, handout_name, theme_handouts
from briefing.pdf.press import Printed

_HOME = "index.md"
_BY_THEME = "positions-by-theme"


PLACE = "<!-- downloads -->"
"""Stands where the line will be until all is printed."""


def with_place(content: str, page: Page, briefing: Briefing) -> str:
    """Return a page's HTML with a place for the line below its title, if it is to have one."""
    if not (briefing.settings.pdf and _offered(page, briefing)):
        return content
    before, end, after = content.partition("</h1>")
    return f"{before}{end}\n{PLACE}{after}" if end else f"{PLACE}\n{content}"


def with_downloads(
    shown: str,
    page: Page,
    briefing: Briefing,
    printed: Mapping[str, Printed],
    href: Callable[[str], str],
) -> str:
    """Return a finished page with the line of links to its PDFs in its place.

    `href` gives the address of a file of the site from the page.
    """
    links: list[Child] = [
        el("span", {}, el("a", {"href": href(name)}, told), f" ({size_of(printed[name])})")
        for name, told in _offered(page, briefing).items()
    ]
    line = el(
        "p", {"class": "downloads", "data-search-exclude": ""}, "PDF: ", *joined(links, " · ")
    )
    return shown.replace(PLACE, tostring(line, encoding="unicode"), 1)


def _offered(page: Page, briefing: Briefing) -> dict[str, str]:
    """Return the files to offer on a page, and what to call each."""
    if page.src == _HOME:
        return {WHOLE: "the whole briefing"}
    if any(directive.kind == _BY_THEME for directive in page.directives):
        themes = briefing.settings.themes
        return {name: themes[key].name for key, name in theme_handouts(briefing).items()}
    name = handout_name(briefing, page)
    return {name: "handout"} if name else {}


def size_of(printed: Printed) -> str:
    """Return `7 pages, 178 kB`; a kB is 1,000 bytes."""
    pages = f"{printed.pages} page" + ("" if printed.pages == 1 else "s")
    size = len(printed.content)
    shown = f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{max(1, round(size / 1e3))} kB"
    return f"{pages}, {shown}"
