"""Tables of the questions on which sources differ."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from briefing.briefing import Briefing
from briefing.differences import Difference, differences_on
from briefing.elements import Child, append, citations, el, link, points_links, table
from briefing.pages import Page
from briefing.tables.registry import table_kind


@table_kind("theme?", "form?")
def differences(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """What sources differ on, and the versions; on a point's page, on that point.

    `theme` takes those on the points of a theme; `form="brief"` leaves the sources out.
    """
    point, theme = page.meta.get("point"), given.get("theme", "")
    found = differences_on(briefing, point)
    if theme:
        about = set(briefing.points_of_theme(theme))
        found = [one for one in found if about & set(one.points)]
    if not found:
        told = "No question on which the sources differ is recorded."
        yield el("p", {"class": "generated silent"}, told)
        return
    brief = given.get("form") == "brief"
    rows = [_row(one, briefing, page, brief=brief) for one in found]
    caption = "Where sources differ" + (f" on point {point}" if point else "")
    yield table(caption, ["What is at issue", "Versions"], rows, **{"class": "differences"})


def _row(
    one: Difference, briefing: Briefing, page: Page, *, brief: bool
) -> list[Child | list[Child]]:
    head: list[Child] = [link(page.src, one.anchor, one.title)]
    if "point" not in page.meta and one.points:
        head.append(el("div", {"class": "about"}, *points_links(one.points, briefing, page.src)))
    versions = el("ul", {"class": "versions"})
    for claim in one.versions:
        said = el("li", {}, link(page.src, claim.anchor, claim.version))
        if not brief:
            append(said, " (", citations(claim, briefing, page.src), ")")
        versions.append(said)
    return [head, versions]
