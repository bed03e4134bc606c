"""The same claims, sources and cells stand in the pages, in the data and in the PDF."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import lxml.html
import pytest
from lxml.html import HtmlElement
from pdfs import Element, Reading

from briefing.briefing import Briefing, read_briefing
from briefing.exports import EXPORTS
from briefing.pdf import chapters
from briefing.pdf.chapters import ChapterMaker, page_html, printed_pages
from briefing.pdf.documents import whole
from briefing.pdf.press import Press, Store

ROOT = Path(__file__).parents[1]
Record = dict[str, Any]


@dataclass
class Print:
    """The whole briefing of this project, as pages, as data and as PDF."""

    briefing: Briefing
    html: dict[str, HtmlElement]
    """The printed pages of the site by their sources, in the order of print."""
    claims: list[Record]
    """The claims of these pages as claims.json has them."""
    pdf: Reading

    @property
    def ids(self) -> list[str]:
        """The ids of the claims, in the order of print."""
        return [claim["id"].upper() for src in self.html for claim in self._of_page(src)]

    def _of_page(self, src: str) -> list[Record]:
        path = f"{self.briefing.settings.docs_dir}/{src}"
        return [claim for claim in self.claims if claim["page"] == path]


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Print:
    briefing = read_briefing(ROOT)
    urls = briefing.settings.site.address
    pages = [page for page, _ in printed_pages(briefing)]
    html = {page.src: page_html(briefing, page) for page in pages}
    with mock.patch.object(chapters, "page_html", lambda _, page: html[page.src]):
        document = whole(ChapterMaker(briefing), urls)
    press = Press(briefing, urls, Store(tmp_path_factory.mktemp("press")))
    printed, findings = press.print([document])
    assert findings == []
    shown = {page.path for page in pages}
    claims = json.loads(EXPORTS["claims.json"](briefing, urls))["claims"]
    return Print(
        briefing,
        {src: _as_element(text) for src, text in html.items()},
        [claim for claim in claims if claim["page"] in shown],
        Reading(printed[document.name].content),
    )


def _as_element(text: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(text, create_parent="div")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _claims_in_pdf(pdf: Reading, ids: set[str]) -> list[tuple[str, Element]]:
    """Return the claims printed, in reading order: each block that begins with an id."""
    found = []
    for one in pdf.document.walk("P", "LBody", "TD"):
        first = next((text.text.strip() for text in one.texts() if text.text.strip()), "")
        if first in ids and not any(True for _ in one.walk("P", "LBody", "TD")):
            found.append((first, one))
    return found


def _references(pdf: Reading) -> dict[str, list[Element]]:
    """Return the references printed by their names, each with the links from it into the file."""
    elements = list(pdf.document.walk())
    (heading,) = (at for at, one in enumerate(elements) if one.text == "References")
    found: dict[str, list[Element]] = {}
    for one in elements[heading:]:
        if one.kind == "Strong":
            name = _spaced(one.text)
            assert name not in found
            found[name] = []
        elif one.kind == "Link" and one.links[0].goal is not None:
            found[name].append(one)
    return found


def _keys(claims: list[Record]) -> set[str]:
    citations = [citation for claim in claims for citation in claim["citations"]]
    return {key for one in citations for key in (one["key"], one["via"]) if key}


def test_claims_are_the_same_in_pages_data_and_pdf(given: Print) -> None:
    on_pages = [
        str(element.get("id")).upper()
        for page in given.html.values()
        for element in page.iter()
        if isinstance(element.tag, str) and "claim" in element.get("class", "").split()
    ]
    assert len(given.ids) > 1000
    assert on_pages == given.ids
    assert [name for name, _ in _claims_in_pdf(given.pdf, set(given.ids))] == given.ids


def test_every_claim_of_the_briefing_is_printed(given: Print) -> None:
    assert sorted(given.ids) == sorted(claim.id.upper() for claim in given.briefing.claims)


def test_sources_are_the_same_in_pages_data_and_pdf(given: Print) -> None:
    addresses = (
        str(link.get("href")) for page in given.html.values() for link in page.iterfind(".//a")
    )
    cited = (re.fullmatch(r"(?:.*/)?sources/([^/#]+)\.md", address) for address in addresses)
    on_pages = {match[1] for match in cited if match} - {"index", "register"}
    labels = given.briefing.labels
    assert len(on_pages) > 100
    assert on_pages == _keys(given.claims)
    assert sorted(_references(given.pdf)) == sorted(labels[key] for key in on_pages)


def test_a_reference_names_the_claims_that_rest_on_it(given: Print) -> None:
    home = {name: one.pages[0] for name, one in _claims_in_pdf(given.pdf, set(given.ids))}
    expected: dict[str, set[str]] = {}
    for claim in given.claims:
        for key in _keys([claim]):
            name = claim["id"].upper()
            place = f"{name} (p. {home[name]})"
            expected.setdefault(given.briefing.labels[key], set()).add(place)
    found = {
        source: {use for use in (_spaced(link.text) for link in links) if use.split()[0] in home}
        for source, links in _references(given.pdf).items()
    }
    assert found == expected


def test_tables_have_the_same_cells_on_pages_and_in_pdf(given: Print) -> None:
    on_pages = [
        [len(row.xpath("td | th")) for row in table.iter("tr")]
        for page in given.html.values()
        for table in page.iter("table")
    ]
    in_pdf = [
        [sum(1 for _ in row.walk("TD", "TH")) for row in table.walk("TR")]
        for table in given.pdf.tables
    ]
    assert len(on_pages) > 50
    assert in_pdf == on_pages


def test_every_page_number_is_that_of_the_page_its_link_leads_to(given: Print) -> None:
    links = [(_spaced(one.text), one.links[0].goal) for one in given.pdf.document.walk("Link")]
    numbers = [(re.search(r"p\. (\d+)\)$", text), goal) for text, goal in links if goal]
    printed = [(int(number[1]), goal) for number, goal in numbers if number]
    assert len(printed) > 10_000
    assert [pair for pair in printed if pair[0] != pair[1]] == []
