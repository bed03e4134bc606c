"""Tables of what the texts provide: obligations, and versions side by side."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.elements import Child, citations, el, link, point_head, repeats, table
from briefing.pages import Page
from briefing.tables.registry import table_kind


def _provided(briefing: Briefing, text: str, point: int) -> list[Claim]:
    """Return the claims that say what a text provides on a point."""
    return [claim for claim in briefing.claims if claim.text == text and point in claim.points]


def _statement(claim: Claim, briefing: Briefing, page: Page) -> Element:
    where = link(page.src, claim.anchor, claim.id.upper(), **{"class": "claim-id"})
    cited = citations(claim, briefing, page.src)
    attributes = {"class": "provision", **repeats(claim)}
    return el("div", attributes, claim.statement, " (", cited, ") ", where)


@table_kind()
def obligations(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """Who would have to do or accept what under the plan: the provisions that bind each."""
    for bound in briefing.settings.bound.values():
        rows: list[list[Child | list[Child]]] = []
        for point in range(1, briefing.settings.points + 1):
            claims = [
                claim
                for claim in _provided(briefing, briefing.settings.main_text, point)
                if bound.key in claim.binds
            ]
            if claims:
                head = point_head(point, briefing, page.src)
                rows.append([head, [_statement(claim, briefing, page) for claim in claims]])
        if rows:
            yield el("h2", {"class": "generated", "id": f"binds-{bound.key}"}, bound.name)
            name = briefing.settings.texts[briefing.settings.main_text].name
            caption = f"{bound.name}: what the {name} would have it do or accept"
            yield table(caption, ["Point", "Provision"], rows, **{"class": "obligations"})


@table_kind("theme?")
def texts(briefing: Briefing, page: Page, given: dict[str, str]) -> Iterator[Element]:
    """The texts that mkdocs.yml marks `compare`, point by point, side by side."""
    theme = given.get("theme", "")
    compared = [text for text in briefing.settings.texts.values() if text.compare]
    heads = ["Point", *(text.label for text in compared)]
    rows: list[list[Child | list[Child]]] = []
    for point in briefing.points_of_theme(theme):
        row: list[Child | list[Child]] = [point_head(point, briefing, page.src)]
        for text in compared:
            claims = _provided(briefing, text.key, point)
            unknown: list[Child] = [el("span", {"class": "silent"}, "not known")]
            row.append([_statement(claim, briefing, page) for claim in claims] or unknown)
        rows.append(row)
    caption = "The texts side by side"
    if theme:
        caption += f": {briefing.settings.themes[theme].name}"
    yield table(caption, heads, rows, **{"class": "texts"})
