"""What printed files say of themselves to programs that read them aloud, check or archive them."""

import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from building import add_kinds_of_page, copy_small, edit, write
from pdfs import Element, Link, Reading, Text, boxes_of_letters, boxes_of_marks

from briefing.briefing import Briefing, read_briefing
from briefing.claims import Claim
from briefing.dates import parse_date
from briefing.exports import EXPORTS
from briefing.pdf.chapters import printed_pages
from briefing.pdf.press import Printed
from briefing.pdf.printing import Printing, print_pack
from briefing.rules import check

FONTS = Path(__file__).parents[1] / "fonts"
TITLES = {
    "briefing.pdf": "The harbour accord",
    "handouts/point-1.pdf": "Point 1: Article 1",
    "handouts/party-port.pdf": "Port authority",
    "handouts/theme-work.pdf": "Work",
    "pack.pdf": "The harbour accord",
}
BOOKS = ("briefing.pdf", "pack.pdf")
INLINE = {"Span", "Strong", "Em", "Link", "Code", "Lbl", "Reference"}
LETTERS = "Гавань и порт; Λιμάνι; 中文; ሀ"
LONG = 90
PAGE = f"""\
---
print: true
---
# All that is hard to print

The letters {LETTERS}.

![A crane lifts a crate](../crane.png)

Crane
:   It lifts crates.

| Berth | Crates |
| --- | --- |
{"".join(f"| Berth {number} | {number * 7} crates |{chr(10)}" for number in range(1, LONG + 1))}"""
CM = 72 / 2.54


def _png() -> bytes:
    """Return a picture of one grey dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check_sum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check_sum

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + dots + chunk(b"IEND", b"")


def _make(root: Path) -> Briefing:
    """Copy the small briefing, with an author, a timeline, differences and a page hard to print."""
    add_kinds_of_page(copy_small(root))
    shutil.copytree(FONTS, root / "fonts")
    edit(root, "mkdocs.yml", "site_name:", "site_author: Ada Holm\nsite_name:")
    edit(root, "mkdocs.yml", "  - abbr\n", "  - abbr\n  - tables\n")
    write(root, "docs/about/print.md", PAGE)
    write(root, "docs/crane.png", _png())
    return read_briefing(root)


def _print(briefing: Briefing) -> dict[str, Printed]:
    printing = Printing(briefing, briefing.settings.site.address)
    printing.go_on(briefing.references)
    printed, findings = printing.finish()
    assert findings == []
    pack = print_pack(briefing, [1, 4], ["port"])
    assert isinstance(pack, Printed)
    return {**printed, pack.name: pack}


@pytest.fixture(scope="session")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    return _make(tmp_path_factory.mktemp("printed") / "small")


@pytest.fixture(scope="session")
def printed(briefing: Briefing) -> dict[str, Printed]:
    return _print(briefing)


@pytest.fixture(scope="session")
def readings(printed: dict[str, Printed]) -> dict[str, Reading]:
    return {name: Reading(printed[name].content) for name in TITLES}


@pytest.fixture(params=TITLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reading(readings: dict[str, Reading], name: str) -> Reading:
    return readings[name]


@pytest.fixture
def book(readings: dict[str, Reading]) -> Reading:
    return readings["briefing.pdf"]


def _spaced(text: str) -> str:
    """Return a text with one plain space for each run of white space."""
    return " ".join(text.split())


def test_what_is_printed_here_is_sound_but_for_a_letter(briefing: Briefing) -> None:
    (found,) = check(briefing)
    assert (found.path, found.rule) == ("docs/about/print.md", "unprintable-letter")


def test_files_claim_to_be_accessible_and_fit_to_be_archived(reading: Reading) -> None:
    with reading.pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
    assert reading.pdf.Root.MarkInfo.Marked is True


def test_files_have_a_language_a_title_and_an_author(reading: Reading, name: str) -> None:
    with reading.pdf.open_metadata() as told:
        assert told["dc:title"] == TITLES[name]
        assert told["dc:creator"] == ["Ada Holm"]
    assert str(reading.pdf.docinfo.Title) == TITLES[name]
    assert str(reading.pdf.docinfo.Author) == "Ada Holm"
    assert str(reading.pdf.Root.Lang) == "en"
    assert reading.pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_headings_begin_at_the_first_level_and_skip_none(reading: Reading) -> None:
    levels = [int(one.kind[1]) for one in reading.headings]
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert all(one.text.strip() for one in reading.headings)


def test_a_list_has_items_and_an_item_a_label_and_a_body(reading: Reading) -> None:
    items = [item for one in reading.document.walk("L") for item in _elements(one)]
    every = list(reading.document.walk("LI"))
    assert {id(item) for item in items} == {id(item) for item in every}
    for item in items:
        assert [kid.kind for kid in _elements(item)] == ["Lbl", "LBody"]


def test_everything_shown_is_in_the_structure_once_or_is_decoration(reading: Reading) -> None:
    assert [one.stray for one in reading.pages if one.stray] == []
    shown = [(number, mark) for number, page in enumerate(reading.pages, 1) for mark in page.marked]
    told = [(one.page, one.mark) for one in reading.document.texts()]
    assert sorted(told) == sorted(shown)


def test_words_stand_in_blocks(reading: Reading) -> None:
    (document,) = reading.document.kids
    assert isinstance(document, Element)
    assert document.kind == "Document"
    loose = [one.text for one in document.kids if not isinstance(one, Element)]
    assert loose + [one.text for one in _elements(document) if one.kind in INLINE] == []


def _elements(within: Element) -> Iterator[Element]:
    return (kid for kid in within.kids if isinstance(kid, Element))


def _cells(table: Element) -> list[list[Element]]:
    return [list(_elements(row)) for row in table.walk("TR")]


def test_tables_have_heads_of_columns_and_of_rows(readings: dict[str, Reading]) -> None:
    tables = [table for reading in readings.values() for table in reading.tables]
    assert len(tables) > 5
    for table in tables:
        parts = [one.kind for one in _elements(table)]
        assert parts in (["Caption", "THead", "TBody"], ["THead", "TBody"])
        heads, *rows = _cells(table)
        assert {(cell.kind, str(cell.attributes["Scope"])) for cell in heads} == {("TH", "/Column")}
        assert {len(row) for row in rows} == {len(heads)}
        by_hand = heads[0].text == "Berth"
        for first, *others in rows:
            assert first.kind == ("TD" if by_hand else "TH")
            assert by_hand or str(first.attributes["Scope"]) == "/Row"
            assert {cell.kind for cell in others} == {"TD"}


def test_a_cell_is_told_by_the_heads_of_its_column_and_its_row(reading: Reading) -> None:
    for table in reading.tables:
        heads, *rows = _cells(table)
        for first, *others in rows:
            for column, cell in zip(heads[1:], others, strict=True):
                # Heads that are named count alone; else those count whose scope it is.
                if "Headers" in cell.attributes:
                    named = {str(one) for one in cell.attributes["Headers"]}
                    wanted = [column, first] if first.kind == "TH" else [column]
                    assert named == {str(one.made.get("/ID")) for one in wanted}


def test_every_link_is_in_the_structure_and_says_where_it_leads(reading: Reading) -> None:
    in_structure = [link for one in reading.document.walk("Link") for link in one.links]
    assert all(one.links for one in reading.document.walk("Link"))
    assert sorted(map(repr, in_structure)) == sorted(map(repr, reading.links))
    for link in reading.links:
        if link.goal is None:
            assert re.match("https?://", link.url)
            assert link.contents == link.url
        else:
            assert 1 <= link.goal <= len(reading.pages)
            assert re.search(rf"\bpage {link.goal}$", link.contents)


def _inner_links(reading: Reading) -> list[tuple[str, Link]]:
    """Return the links inside the file, each with the text that it stands on."""
    made = [(_spaced(one.text), one.links[0]) for one in reading.document.walk("Link")]
    return [(text, link) for text, link in made if link.goal is not None]


def test_a_page_number_is_that_of_the_page_its_link_leads_to(reading: Reading, name: str) -> None:
    found = _inner_links(reading)
    assert len(found) > 3
    for text, link in found:
        number = re.search(r"\((?:[A-Z][\w-]+, )?p\. (\d+)\)$", text)
        if number is None:
            assert name in BOOKS  # in the contents
            number = re.search("[ \u2060](\\d+)$", text)
        assert number is not None, text
        assert int(number[1]) == link.goal


def _without_citations(element: Element, sources: set[str]) -> str:
    """Return an element's text without its citations and the page numbers of its links."""
    text = "".join(_marked(element, sources))
    while (start := text.find("(\ue000")) >= 0:
        end, depth = start + 1, 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        text = text[:start].rstrip() + text[end:]
    return _spaced(text)


def _marked(element: Element, sources: set[str]) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Text):
            yield kid.text
        elif isinstance(kid, Element) and kid.kind == "Link":
            words = re.sub(r"\s*\((?:[A-Z][\w-]+, )?p\.\s+\d+\)$", "", kid.text)
            yield "\ue000" if _spaced(words) in sources else words
        elif isinstance(kid, Element):
            yield from _marked(kid, sources)


def _claims_printed(reading: Reading, briefing: Briefing) -> dict[str, Element]:
    """Return what begins with the id of a claim, by the id, in reading order."""
    ids = {claim.id.upper() for claim in briefing.claims}
    found: dict[str, Element] = {}
    for one in reading.document.walk("P", "LBody", "TD", "Div"):
        first = next((text for text in one.texts() if text.text.strip()), None)
        inside = any(kid.kind in ("P", "LBody", "TD", "Div") for kid in one.walk())
        if first is not None and not inside and first.text.strip() in ids:
            assert first.text.strip() not in found
            found[first.text.strip()] = one
    return found


def _claims_in_order(briefing: Briefing) -> list[Claim]:
    pages = [page.src for page, _ in printed_pages(briefing)]
    return [claim for src in pages for claim in briefing.claims if claim.src == src]


def test_claims_are_read_in_order_each_id_before_its_statement(
    book: Reading, briefing: Briefing
) -> None:
    sources = set(briefing.labels.values())
    printed = _claims_printed(book, briefing)
    claims = _claims_in_order(briefing)
    assert list(printed) == [claim.id.upper() for claim in claims]
    assert len(claims) == len(briefing.claims) > 15
    for claim in claims:
        event = parse_date(claim.on) if claim.src == "timeline.md" else None
        begins = [claim.id.upper(), *([event.long] if event else []), claim.statement]
        told = _without_citations(printed[claim.id.upper()], sources)
        assert told.startswith(" ".join(begins)), told


def _references(reading: Reading) -> dict[str, list[tuple[str, int]]]:
    """Return the references printed, each with where it is used: an id or a title, and its page."""
    (document,) = reading.document.kids
    assert isinstance(document, Element)
    elements = list(document.walk())
    heading = next(one for one in reversed(elements) if one.text == "References")
    found: dict[str, list[tuple[str, int]]] = {}
    name = ""
    for one in elements[elements.index(heading) :]:
        if one.kind == "Strong":
            name = _spaced(one.text)
            found[name] = []
        elif one.kind == "Link" and one.links[0].goal is not None:
            used = re.fullmatch(r"(.+) \(p\. (\d+)\)", _spaced(one.text))
            assert used is not None
            found[name].append((used[1], int(used[2])))
    return found


def test_references_lead_to_the_pages_on_which_their_claims_are_printed(
    book: Reading, briefing: Briefing
) -> None:
    home = {name: one.pages[0] for name, one in _claims_printed(book, briefing).items()}
    expected = {
        briefing.labels[key]: sorted(
            (claim.id.upper(), home[claim.id.upper()]) for claim in briefing.claims_by_source[key]
        )
        for key in (entry.key for entry in briefing.sources)
    }
    found = _references(book)
    by_claim = {name: sorted(use for use in uses if use[0] in home) for name, uses in found.items()}
    assert by_claim == expected
    titles = {(one.text, one.pages[0]) for one in book.headings}
    others = {use for uses in found.values() for use in uses if use[0] not in home}
    assert others <= titles


def test_references_lead_to_the_claims_of_the_file_they_are_in(
    reading: Reading, briefing: Briefing
) -> None:
    home = {name: one.pages[0] for name, one in _claims_printed(reading, briefing).items()}
    uses = {use for some in _references(reading).values() for use in some}
    assert {use for use in uses if use[0] in home} == set(home.items())


def test_bookmarks_are_all_headings_in_their_order(reading: Reading) -> None:
    headings = [
        (int(one.kind[1]), _spaced(one.text), one.pages[0])
        for one in reading.headings
        if one.text != "Contents"
    ]
    assert [(level, _spaced(title), page) for level, title, page in reading.outline()] == headings


def test_bookmarks_of_the_book_name_every_page_of_the_site(
    book: Reading, briefing: Briefing
) -> None:
    titles = [title for _, title, _ in book.outline()]
    wanted = [page.title for page, _ in printed_pages(briefing)]
    assert [title for title in titles if title in wanted and titles.count(title) == 1] == [
        title for title in wanted if titles.count(title) == 1
    ]
    assert set(wanted) <= set(titles)


def test_the_claims_are_attached_as_data(readings: dict[str, Reading], briefing: Briefing) -> None:
    urls = briefing.settings.site.address
    assert readings["briefing.pdf"].attachments() == {
        "claims.csv": (EXPORTS["claims.csv"](briefing, urls), "text/csv", "/Data"),
        "claims.json": (EXPORTS["claims.json"](briefing, urls), "application/json", "/Data"),
    }
    others = [reading.attachments() for name, reading in readings.items() if name != "briefing.pdf"]
    assert others == [{}] * len(others)


def test_fonts_are_in_the_file(reading: Reading) -> None:
    fonts = [
        font for page in reading.pdf.pages for font in page.resources.get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        assert font.Subtype == "/Type0"
        (inner,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
        assert "/ToUnicode" in font


def test_a_picture_has_its_words(book: Reading) -> None:
    (figure,) = book.document.walk("Figure")
    assert figure.alt == "A crane lifts a crate"


def test_letters_of_many_scripts_print(book: Reading) -> None:
    printed = LETTERS.replace("ሀ", "[U+1200]")
    (line,) = (one for one in book.document.walk("P") if one.text.startswith("The letters"))
    assert line.text == f"The letters {printed}."
    page = boxes_of_letters(book.content)[line.pages[0] - 1]
    seen = {letter for letter, (left, _, right, _) in page if right > left}
    assert set(printed) - {" "} <= seen


def test_the_same_input_gives_the_same_bytes(
    printed: dict[str, Printed], briefing: Briefing, tmp_path: Path
) -> None:
    again = _print(_make(tmp_path / "small"))
    assert again.keys() == printed.keys()
    changed = [name for name, one in again.items() if one.content != printed[name].content]
    assert changed == []
    assert sorted(path.name for path in (tmp_path / "small/.cache/pdf").glob("*.pdf")) == sorted(
        {one.kept_as for one in printed.values()}
    )


def _landscape(reading: Reading) -> list[int]:
    boxes = enumerate(reading.page_boxes(), 1)
    return [number for number, (left, bottom, right, top) in boxes if right - left > top - bottom]


def test_wide_tables_stand_on_landscape_pages(readings: dict[str, Reading]) -> None:
    book = readings["briefing.pdf"]
    wide = [one for one in book.tables if set(one.pages) & set(_landscape(book))]
    assert [[cell.text for cell in _cells(one)[0]] for one in wide] == [
        ["Point", "Port authority", "Union", "Press"]
    ]
    assert _landscape(book) == wide[0].pages
    assert _landscape(readings["pack.pdf"]) == []
    theme = readings["handouts/theme-work.pdf"]
    assert _landscape(theme) == [number for number, _ in enumerate(theme.pages, 1)]
    assert _landscape(readings["handouts/point-1.pdf"]) == []


def test_the_head_of_a_long_table_is_drawn_on_each_page_and_read_once(book: Reading) -> None:
    (table,) = (one for one in book.tables if one.text.startswith("Berth"))
    assert [cell.text for cell in table.walk("TH")] == ["Berth", "Crates"]
    cells = [[cell.text for cell in row] for row in _cells(table)]
    assert cells[1:] == [[f"Berth {row}", f"{row * 7} crates"] for row in range(1, LONG + 1)]
    first, *others = table.pages
    assert others
    drawn = {number: set(book.pages[number - 1].artifacts) for number in table.pages}
    assert not {"Berth", "Crates"} & drawn[first]
    assert [number for number in others if not {"Berth", "Crates"} <= drawn[number]] == []


def test_no_letter_stands_closer_to_the_edge_than_a_centimetre(reading: Reading) -> None:
    pages = boxes_of_letters(reading.content)
    boxes = reading.page_boxes()
    near = [
        (number, letter)
        for number, (letters, page) in enumerate(zip(pages, boxes, strict=True), 1)
        for letter, box in letters
        if letter.strip() and not _is_within(box, page)
    ]
    assert near == []


def _is_within(box: tuple[float, ...], page: tuple[float, ...]) -> bool:
    left, bottom, right, top = page
    return (
        box[0] >= left + CM
        and box[1] >= bottom + CM
        and box[2] <= right - CM
        and box[3] <= top - CM
    )


def test_no_cell_runs_into_the_next(reading: Reading) -> None:
    boxes = boxes_of_marks(reading.content)
    for table in reading.tables:
        for row in _cells(table):
            for one, other in pairwise(row):
                for page in set(one.pages) & set(other.pages):
                    ends = max(boxes[at][2] for at in _places(one, page, boxes))
                    begins = min(boxes[at][0] for at in _places(other, page, boxes))
                    assert ends <= begins, (one.text, other.text)


def _places(
    cell: Element, page: int, boxes: dict[tuple[int, int], tuple[float, float, float, float]]
) -> list[tuple[int, int]]:
    every = [(text.page, text.mark) for text in cell.texts() if text.text.strip()]
    return [at for at in every if at[0] == page and at in boxes]
