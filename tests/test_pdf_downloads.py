"""The line below a page's title that offers what is printed of it."""

from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from building import copy_small, edit, write

from briefing.briefing import Briefing, read_briefing
from briefing.pdf.documents import file_names
from briefing.pdf.downloads import size_of, with_downloads, with_place
from briefing.pdf.press import Printed

FILES = [
    "briefing.pdf",
    "handouts/point-1.pdf",
    "handouts/point-2.pdf",
    "handouts/point-3.pdf",
    "handouts/point-4.pdf",
    "handouts/point-5.pdf",
    "handouts/party-port.pdf",
    "handouts/party-union.pdf",
    "handouts/party-press.pdf",
    "handouts/theme-work.pdf",
    "handouts/theme-water.pdf",
]
BEGIN = '<p class="downloads" data-search-exclude="">PDF: '
H1 = '<h1 id="a">A<a class="headerlink" href="#a">¶</a></h1>'


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The small briefing with another name for a theme, and pages with and without a table."""
    root = copy_small(tmp_path_factory.mktemp("downloads") / "small")
    edit(root, "mkdocs.yml", "water: Water", "water: 'Water & <b>\"sky\"</b>'")
    write(root, "docs/compare/themes.md", "# Themes\n\n<!-- table: positions-by-theme -->\n")
    write(root, "docs/compare/other.md", '# Work\n\n<!-- table: positions theme="work" -->\n')
    return read_briefing(root)


Show = Callable[..., str]


@pytest.fixture
def show(briefing: Briefing) -> Show:
    """Return what a page's HTML becomes where all files are printed, of two pages each."""
    pages = {page.src: page for page in briefing.pages}

    def show(src: str, content: str) -> str:
        printed = {name: Printed(name, bytes(4200), 2, "") for name in FILES}
        placed = with_place(content, pages[src], briefing)
        return with_downloads(placed, pages[src], briefing, printed, lambda name: f"../{name}")

    return show


def a_link(name: str, told: str) -> str:
    return f'<span><a href="../{name}">{told}</a> (2 pages, 4 kB)</span>'


def test_these_files_are_printed(briefing: Briefing) -> None:
    assert file_names(briefing) == FILES


@pytest.mark.parametrize(
    ("src", "links"),
    [
        ("index.md", a_link("briefing.pdf", "the whole briefing")),
        ("points/1.md", a_link("handouts/point-1.pdf", "handout")),
        ("points/5.md", a_link("handouts/point-5.pdf", "handout")),
        ("parties/press.md", a_link("handouts/party-press.pdf", "handout")),
        (
            "compare/themes.md",
            a_link("handouts/theme-work.pdf", "Work")
            + " · "
            + a_link("handouts/theme-water.pdf", 'Water &amp; &lt;b&gt;"sky"&lt;/b&gt;'),
        ),
    ],
)
def test_page_offers_what_is_printed_of_it(show: Show, src: str, links: str) -> None:
    assert show(src, f"{H1}\n<p>Text</p>") == f"{H1}\n{BEGIN}{links}</p>\n<p>Text</p>"


@pytest.mark.parametrize("src", ["compare/other.md", "sources/gazette1931.md"])
def test_other_pages_offer_nothing(show: Show, src: str) -> None:
    assert show(src, f"{H1}\n<p>Text</p>") == f"{H1}\n<p>Text</p>"


def test_place_shows_nothing_until_all_is_printed(briefing: Briefing) -> None:
    pages = {page.src: page for page in briefing.pages}
    placed = with_place(f"{H1}\n<p>Text</p>", pages["points/1.md"], briefing)
    assert lxml.html.fromstring(placed).text_content() == "A¶\n\nText"
    assert placed != f"{H1}\n<p>Text</p>"


def test_only_the_first_place_is_taken(show: Show) -> None:
    """An author's comment may look like it."""
    told = "<!-- downloads --><p>Text</p>"
    shown = show("points/1.md", f"{H1}{told}")
    assert shown.endswith(f"</p>{told}")


def test_nothing_is_offered_where_nothing_is_printed(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    edit(root, "mkdocs.yml", "  briefing:\n", "  briefing:\n    pdf: false\n")
    briefing = read_briefing(root)
    assert {with_place(H1, page, briefing) for page in briefing.pages} == {H1}


@pytest.mark.parametrize("content", ["", "<p>Text</p>", "<h2>A part</h2>"])
def test_page_without_a_title_begins_with_the_line(show: Show, content: str) -> None:
    link = a_link("handouts/point-1.pdf", "handout")
    assert show("points/1.md", content) == f"{BEGIN}{link}</p>\n{content}"


def test_line_stands_below_the_first_title(show: Show) -> None:
    link = a_link("handouts/point-1.pdf", "handout")
    assert show("points/1.md", f"{H1}<h1>B</h1>") == f"{H1}\n{BEGIN}{link}</p><h1>B</h1>"


def test_address_and_name_are_escaped(briefing: Briefing) -> None:
    (page,) = (page for page in briefing.pages if page.src == "index.md")
    printed = {"briefing.pdf": Printed("briefing.pdf", b"", 1, "")}
    placed = with_place("", page, briefing)
    shown = with_downloads(placed, page, briefing, printed, lambda name: f'{name}?a=1&b="<')
    link = '<a href="briefing.pdf?a=1&amp;b=&quot;&lt;">the whole briefing</a>'
    assert shown == f"{BEGIN}<span>{link} (1 page, 1 kB)</span></p>\n"


@pytest.mark.parametrize(
    ("pages", "size", "told"),
    [
        (1, 0, "1 page, 1 kB"),
        (2, 1, "2 pages, 1 kB"),
        (2, 1499, "2 pages, 1 kB"),
        (2, 1501, "2 pages, 2 kB"),
        (3, 178_400, "3 pages, 178 kB"),
        (9, 999_400, "9 pages, 999 kB"),
        (9, 1_000_000, "9 pages, 1.0 MB"),
        (120, 2_349_000, "120 pages, 2.3 MB"),
    ],
)
def test_pages_and_size_are_told_in_words(pages: int, size: int, told: str) -> None:
    assert size_of(Printed("x.pdf", bytes(size), pages, "")) == told


def test_a_size_is_never_a_thousand_of_the_smaller_unit() -> None:
    assert size_of(Printed("x.pdf", bytes(999_700), 9, "")) == "9 pages, 1.0 MB"


def test_names_of_points_sort_as_their_numbers_do(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    edit(root, "mkdocs.yml", "points: 5", "points: 12")
    names = file_names(read_briefing(root))
    assert names[1:6] == [f"handouts/point-0{number}.pdf" for number in range(1, 6)]


def test_no_files_without_pdf(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    edit(root, "mkdocs.yml", "  briefing:\n", "  briefing:\n    pdf: false\n")
    assert file_names(read_briefing(root)) == []
