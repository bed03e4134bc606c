"""Real builds of the small site with its PDFs: the files, the links to them, what stops them."""

import io
import re
from pathlib import Path, PurePosixPath

import lxml.html
import pytest
from building import add, build, copy_small, edit, files_in, refuse, run, undress, write
from lxml.html import HtmlElement
from pypdf import PdfReader

from briefing.pdf import printing
from briefing.pdf.chapters import ChapterMaker

OFFERED = {
    "index": ["briefing"],
    "points/1": ["handouts/point-1"],
    "points/2": ["handouts/point-2"],
    "points/3": ["handouts/point-3"],
    "points/4": ["handouts/point-4"],
    "points/5": ["handouts/point-5"],
    "parties/port": ["handouts/party-port"],
    "parties/union": ["handouts/party-union"],
    "parties/press": ["handouts/party-press"],
    "about/index": ["handouts/theme-work", "handouts/theme-water"],
}
"""Which files the pages offer."""
FILES = sorted(f"{name}.pdf" for names in OFFERED.values() for name in names)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small briefing, built with its PDFs."""
    root = undress(copy_small(tmp_path_factory.mktemp("pdf-build") / "small"), pdf=True)
    add(
        root,
        "docs/about/index.md",
        "\nThe [whole](../briefing.pdf) and [one](../handouts/point-1.pdf).\n",
    )
    build(root)
    return root


def pdfs_in(site: Path) -> dict[str, bytes]:
    return {name: one for name, one in files_in(site).items() if name.endswith(".pdf")}


def pages_of(site: Path) -> dict[str, HtmlElement]:
    return {
        path.relative_to(site).as_posix(): lxml.html.document_fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


def offered_on(site: Path, name: str, page: HtmlElement) -> list[tuple[str, str]]:
    """Return the files that a page offers, and what it tells of each."""
    folder = (site / name).parent
    return [
        (
            (folder / link.get("href")).resolve().relative_to(site.resolve()).as_posix(),
            " ".join(link.getparent().text_content().split()),
        )
        for link in page.xpath("//p[@class='downloads']/span/a")
    ]


def told_of(content: bytes) -> str:
    """Return the pages and the size of a file as a page tells them."""
    count, size = len(PdfReader(io.BytesIO(content)).pages), round(len(content) / 1000)
    return f"({count} page{'' if count == 1 else 's'}, {size} kB)"


@pytest.mark.parametrize("directory_urls", [False, True], ids=["files", "folders"])
def test_pages_offer_the_files_with_their_pages_and_size(
    root: Path, tmp_path: Path, directory_urls: bool
) -> None:
    site = build(root, use_directory_urls=directory_urls, site_dir=str(tmp_path / "site"))
    files = pdfs_in(site)
    assert sorted(files) == FILES
    offered = {
        name: found
        for name, page in pages_of(site).items()
        if (found := offered_on(site, name, page))
    }
    named = {"about/index": ["Work", "Water"], "index": ["the whole briefing"]}
    expected = {}
    for page, names in OFFERED.items():
        shown = f"{page}/index.html" if directory_urls and "index" not in page else f"{page}.html"
        expected[shown] = [
            (f"{name}.pdf", f"{word} {told_of(files[f'{name}.pdf'])}")
            for name, word in zip(names, named.get(page, ["handout"]), strict=True)
        ]
    assert offered == expected


def test_files_are_whole_pdfs_of_what_they_are_named_for(root: Path) -> None:
    titles = {}
    for name, content in pdfs_in(root / "site").items():
        assert content.startswith(b"%PDF-1.7"), name
        metadata = PdfReader(io.BytesIO(content)).metadata
        assert metadata is not None, name
        titles[PurePosixPath(name).stem] = metadata.title
    assert titles == {
        "briefing": "The harbour accord",
        **{f"point-{number}": f"Point {number}: Article {number}" for number in range(1, 6)},
        "party-port": "Port authority",
        "party-union": "Dockers’ union",
        "party-press": "Press",
        "theme-work": "Work",
        "theme-water": "Water",
    }


def test_line_stands_below_the_title_and_is_left_out_of_the_search(root: Path) -> None:
    for name in ("index.html", "points/1.html", "parties/port.html", "about/index.html"):
        (line,) = pages_of(root / "site")[name].xpath("//p[@class='downloads']")
        assert line.getprevious().tag == "h1", name
        assert line.get("data-search-exclude") == "", name


def test_link_of_an_author_leads_to_the_file(root: Path) -> None:
    page = pages_of(root / "site")["about/index.html"]
    links = [link for link in page.xpath("//p/a/@href") if link.endswith(".pdf")]
    assert links == ["../briefing.pdf", "../handouts/point-1.pdf"]


def test_wrong_link_to_a_file_is_found(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    undress(small, pdf=True)
    text = "\nThe [whole](../breifing.pdf) and [one](../handouts/point-6.pdf).\n"
    add(small, "docs/about/index.md", text)
    refuse(small)
    assert capsys.readouterr().err.splitlines() == [
        (
            "docs/about/index.md:19:13: broken-link: no file 'breifing.pdf' for the link "
            "'../breifing.pdf'; did you mean '../briefing.pdf'?"
        ),
        (
            "docs/about/index.md:19:40: broken-link: no file 'handouts/point-6.pdf' for the link "
            "'../handouts/point-6.pdf'; did you mean '../handouts/point-5.pdf'?"
        ),
    ]
    assert not (small / "site").exists()
    assert not (small / ".cache").exists()


def test_second_build_reuses_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pdfs_in(build(root))

    def unused(*_: object, **__: object) -> None:
        raise AssertionError("all this was kept")

    monkeypatch.setattr(ChapterMaker, "chapter", unused)
    monkeypatch.setattr(printing, "Press", unused)
    assert pdfs_in(build(root)) == first


def test_build_elsewhere_without_a_cache_gives_the_same_bytes(root: Path, small: Path) -> None:
    first = files_in(build(root))
    undress(small, pdf=True)
    write(small, "docs/about/index.md", (root / "docs/about/index.md").read_text("utf-8"))
    second = files_in(build(small))
    assert sorted(second) == sorted(first)
    assert [name for name in first if first[name] != second[name]] == []


def test_site_without_pdf_has_none_and_no_links(small: Path) -> None:
    undress(small)
    site = build(small)
    assert pdfs_in(site) == {}
    for name, page in pages_of(site).items():
        assert page.xpath("//a[contains(@href, '.pdf')] | //*[@class='downloads']") == [], name
    assert not (small / ".cache").exists()


def test_link_to_a_file_is_broken_where_none_is_printed(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undress(small)
    add(small, "docs/about/index.md", "\nThe [whole](../briefing.pdf).\n")
    refuse(small)
    assert re.fullmatch(
        r"docs/about/index\.md:19:13: broken-link: no file 'briefing\.pdf' for the link "
        r"'\.\./briefing\.pdf'; .*\n",
        capsys.readouterr().err,
    )


# A document that cannot be set


def plant_no_picture(root: Path, page: str) -> None:
    write(root, "docs/chart.png", "no picture")
    up = "../" * page.count("/")
    add(root, f"docs/{page}", f"\n![A chart]({up}chart.png)\n")


@pytest.mark.parametrize("flags", [(), ("-q", "--strict")], ids=["plain", "quiet-strict"])
def test_what_cannot_be_set_stops_the_build(small: Path, flags: tuple[str, ...]) -> None:
    undress(small, pdf=True)
    plant_no_picture(small, "points/3.md")
    last_good = {"index.html": b"the last good site", "briefing.pdf": b"the last good file"}
    for name, content in last_good.items():
        write(small, f"site/{name}", content)
    done = run(small, *flags)
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert "Traceback" not in output
    assert [line for line in output.splitlines() if "unprinted" in line] == [
        (
            "docs/points/3.md:1:1: unprinted: the page cannot be printed: failed to decode image "
            "(Format error decoding Png: Invalid PNG signature.); mend what is named"
        )
    ]
    assert output.count("1 finding in 1 file; the last good site is left as it was") == 1
    assert files_in(small / "site") == last_good


def test_page_that_only_the_whole_prints_is_named(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undress(small, pdf=True)
    plant_no_picture(small, "index.md")
    refuse(small)
    assert capsys.readouterr().err == (
        "docs/index.md:1:1: unprinted: the page cannot be printed: failed to decode image "
        "(Format error decoding Png: Invalid PNG signature.); mend what is named\n"
    )


def test_mended_site_is_built(small: Path) -> None:
    undress(small, pdf=True)
    plant_no_picture(small, "index.md")
    refuse(small)
    edit(small, "docs/index.md", "\n![A chart](chart.png)\n", "")
    (small / "docs/chart.png").unlink()
    assert len(pdfs_in(build(small))) == len(FILES)


# The live preview


@pytest.fixture
def printless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any printing be an error."""

    def print_nothing(*_: object) -> None:
        raise AssertionError("nothing is printed here")

    monkeypatch.setattr(printing, "Press", print_nothing)


@pytest.mark.usefixtures("printless")
def test_preview_prints_nothing(small: Path, tmp_path: Path) -> None:
    undress(small, pdf=True)
    add(small, "docs/about/index.md", "\nThe [whole](../briefing.pdf).\n")
    preview = build(small, command="serve", site_dir=str(tmp_path / "preview"))
    assert not (small / ".cache").exists()
    assert not (small / "site").exists()
    for name, page in pages_of(preview).items():
        assert page.xpath("//*[@class='downloads']") == [], name


@pytest.mark.usefixtures("printless")
def test_preview_has_what_was_printed_last(small: Path, tmp_path: Path) -> None:
    undress(small, pdf=True)
    write(small, "site/briefing.pdf", "printed last")
    preview = build(small, command="serve", site_dir=str(tmp_path / "preview"))
    again = build(small, command="serve", site_dir=str(preview))
    assert (again / "briefing.pdf").read_bytes() == b"printed last"
    assert (again / "handouts/point-1.pdf").read_bytes() == b""


@pytest.mark.usefixtures("printless")
def test_preview_shows_a_picture_that_cannot_be_printed(small: Path, tmp_path: Path) -> None:
    undress(small, pdf=True)
    plant_no_picture(small, "points/3.md")
    preview = build(small, command="serve", site_dir=str(tmp_path / "preview"))
    assert pages_of(preview)["points/3.html"].xpath("//img/@alt") == ["A chart"]
