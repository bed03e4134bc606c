"""The last look at a built site: links that lead to no file or anchor inside it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.sitecheck import check_site

HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>'
Look = Callable[..., list[str]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Check a site of several pages, in which one more page holds the given HTML."""

    def look(body: str, at: str = "folder/page.html") -> list[str]:
        pages = {
            "index.html": '<h1 id="top">Top</h1><a name="old">Old</a>',
            "other.html": '<h1 id="top">Other</h1>',
            "folder/index.html": '<h1 id="here">Here</h1>',
            "folder/a page.html": '<p id="a-1">A</p>',
            "folder/100%25.html": "<p>Per cent</p>",
            "папка/сторінка.html": '<p id="якір">Я</p><p id="a b">B</p>',
        }
        for name, text in {**pages, at: body}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEAD + text, encoding="utf-8")
        for name in ("assets/x.png", "claims.json", "no-index/page.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(b"x")
        return [str(finding) for finding in check_site(tmp_path, "docs")]

    return look


def _link(target: str) -> str:
    return f'<a id="own" href="{target}">x</a>'


@pytest.mark.parametrize(
    "target",
    [
        "../other.html",
        "../other.html#top",
        "../other.html?q=1#top",
        "../index.html#old",
        "../assets/x.png",
        "../claims.json",
        "../claims.json#anything",
        "page.html",
        "page.html#own",
        "#own",
        "#",
        "",
        "./page.html",
        "../folder/../other.html",
    ],
)
def test_link_to_what_is_there_is_right(look: Look, target: str) -> None:
    assert look(_link(target)) == []


@pytest.mark.parametrize(
    "target",
    [
        "a%20page.html",
        "a page.html#a-1",
        "100%2525.html",
        "../%D0%BF%D0%B0%D0%BF%D0%BA%D0%B0/%D1%81%D1%82%D0%BE%D1%80%D1%96%D0%BD%D0%BA%D0%B0.html",
        "../папка/сторінка.html#якір",
        "../папка/сторінка.html#%D1%8F%D0%BA%D1%96%D1%80",
        "../папка/сторінка.html#a%20b",
        "page.html#%6Fwn",
    ],
)
def test_percent_encoding_is_undone(look: Look, target: str) -> None:
    assert look(_link(target)) == []


@pytest.mark.parametrize("target", ["..", "../", ".", "./", "../folder", "../folder/#here", "./?q"])
def test_link_to_a_folder_leads_to_its_index(look: Look, target: str) -> None:
    assert look(_link(target)) == []


@pytest.mark.parametrize("target", ["other.html", ".", "./", "folder/", "folder", "./#top"])
def test_links_of_the_first_page_are_understood(look: Look, target: str) -> None:
    assert look('<h1 id="top">Top</h1>' + _link(target), at="index.html") == []


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/nowhere.html",
        "http://example.org/#nothing",
        "//example.org/nowhere.html",
        "mailto:a@example.org",
        "tel:+123",
        "data:text/plain,x",
        "javascript:void(0)",
        "/absolute/on/one/server/only.html",
        "http://[not an address/",
    ],
)
def test_links_to_elsewhere_are_not_looked_at(look: Look, target: str) -> None:
    assert look(_link(target)) == []


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("nowhere.html", "file"),
        ("other.html", "file"),
        ("../Other.html", "file"),
        ("../other.html/", "file"),
        ("nowhere.html#top", "file"),
        ("../no-index/", "file"),
        ("../no-index", "file"),
        ("../../other.html", "file"),
        ("a%2520page.html", "file"),
        ("../other.md", "file"),
        ("#nowhere", "anchor"),
        ("#Own", "anchor"),
        ("../other.html#nowhere", "anchor"),
        ("../folder/#top", "anchor"),
        ("..#here", "anchor"),
        ("../папка/сторінка.html#якорь", "anchor"),
    ],
)
def test_broken_link_is_found_once(look: Look, target: str, missing: str) -> None:
    twice = _link(target) + _link(target).replace(' id="own"', "")
    told = f"broken-generated-link: {target!r} leads to no {missing}"
    hint = "mend the page, or report it as a fault of the generated part"
    assert look(twice) == [f"docs/folder/page.md:1:1: {told}; {hint}"]


def test_missing_image_is_found(look: Look) -> None:
    (finding,) = look('<img src="../assets/y.png"><img src="../assets/x.png">')
    assert "'../assets/y.png' leads to no file" in finding


def test_all_broken_links_are_found_in_order(look: Look) -> None:
    found = look(_link("../b.html") + _link("../a.html#x") + _link("#z"))
    assert [one.split("'")[1] for one in found] == ["#z", "../a.html#x", "../b.html"]


def test_page_for_what_is_not_found_may_link_absolutely(look: Look) -> None:
    assert look(_link("nowhere.html"), at="404.html") == []


@pytest.mark.parametrize(
    "content",
    ["", " \n", "<!-- only a comment -->", "plain text", "\ufeff<p id='a'>", "<p id=a><p id=a>"],
    ids=["empty", "blank", "comment", "text", "mark", "no-head"],
)
def test_any_html_file_can_be_read(tmp_path: Path, content: str) -> None:
    (tmp_path / "part.html").write_text(content, encoding="utf-8")
    (tmp_path / "index.html").write_text(HEAD + _link("part.html"), encoding="utf-8")
    assert check_site(tmp_path, "docs") == []


def test_names_the_docs_folder_that_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(HEAD + _link("nowhere.html"), encoding="utf-8")
    (finding,) = check_site(tmp_path, "content")
    assert (finding.path, finding.line, finding.column) == ("content/index.md", 1, 1)
