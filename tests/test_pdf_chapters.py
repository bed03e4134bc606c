"""Which pages are printed, in which order and how deep, and each as a chapter."""

from pathlib import Path
from typing import Any

import pytest
from building import add, edit, write

from briefing.briefing import Briefing, read_briefing
from briefing.pages import Page
from briefing.pdf.chapters import Chapter, ChapterMaker, briefing_chapters, printed_pages

GAZETTE = {"t": "cite", "key": "gazette1931", "c": ["Harbour Gazette, 5 May 1931"]}
MINUTES = {"t": "cite", "key": "minutes1931", "c": ["Port Authority, 4 May 1931"]}
GAZETTE_GRADE = {"t": "grade", "c": ["[paper, in full]"]}
MINUTES_GRADE = {"t": "grade", "c": ["[Minutes, excerpt]"]}


def order(root: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(page.src, sections) for page, sections in printed_pages(read_briefing(root))]


def give_nav(root: Path, *lines: str) -> None:
    add(root, "mkdocs.yml", "\nnav:\n" + "".join(f"  {line}\n" for line in lines))


def page_of(briefing: Briefing, src: str) -> Page:
    return next(page for page in briefing.pages if page.src == src)


def chapter_of(root: Path, src: str, **given: Any) -> Chapter:
    briefing = read_briefing(root)
    return ChapterMaker(briefing).chapter(page_of(briefing, src), **given)


def outline(root: Path) -> list[list[tuple[int, str]]]:
    """Return level and text of what each chapter of the whole briefing has in the contents."""
    return [
        [(node["level"], node["c"][0]) for node in chapter.nodes if in_contents(node)]
        for chapter in briefing_chapters(ChapterMaker(read_briefing(root)))
    ]


def in_contents(node: Any) -> bool:
    return node["t"] == "heading" and bool(node.get("in_contents"))


# Which pages, in which order

POINTS = [(f"points/{number}.md", ("Points",)) for number in range(1, 6)]
PARTIES = [(f"parties/{name}.md", ("Parties",)) for name in ("port", "press", "union")]


def test_without_nav_the_order_is_that_of_the_files(small: Path) -> None:
    write(small, "docs/notes.md", "# Notes\n")
    write(small, "docs/points/index.md", "# Points\n")
    write(small, "docs/back-to/sea_and land/1.md", "# Deep\n")
    assert order(small) == [
        ("index.md", ()),
        ("notes.md", ()),
        ("back-to/sea_and land/1.md", ("Back to", "Sea and land")),
        *PARTIES,
        ("points/index.md", ("Points",)),
        *POINTS,
    ]


def test_nav_gives_order_and_sections(small: Path) -> None:
    give_nav(
        small,
        "- points/2.md",
        "- The parties:",
        "  - parties/union.md",
        "  - Named otherwise: parties/port.md",
        "- Elsewhere: https://example.org/",
        "- All:",
        "  - Points:",
        "    - points/1.md",
        "  - index.md",
        "- Not there: points/9.md",
    )
    assert order(small) == [
        ("points/2.md", ()),
        ("parties/union.md", ("The parties",)),
        ("parties/port.md", ("The parties",)),
        ("points/1.md", ("All", "Points")),
        ("index.md", ("All",)),
    ]


def test_front_matter_puts_pages_in_and_leaves_them_out(small: Path) -> None:
    edit(small, "docs/points/2.md", "point: 2\n", "point: 2\nprint: false\n")
    edit(small, "docs/points/3.md", "point: 3\n", "point: 3\nprint: true\n")
    edit(small, "docs/about/index.md", "# About", "---\nprint: true\n---\n# About")
    write(small, "docs/about/rules.md", "---\nprint: false\n---\n# Rules\n")
    write(small, "docs/about/cite.md", "# How to cite\n")
    assert order(small) == [
        ("index.md", ()),
        ("about/index.md", ("About",)),
        *PARTIES,
        POINTS[0],
        *POINTS[2:],
    ]


def test_a_page_of_extracts_is_printed_only_where_it_says_so(small: Path) -> None:
    assert not [src for src, _ in order(small) if src.startswith("sources/")]
    extracts = small / "docs/sources/gazette1931.md"
    text = extracts.read_text(encoding="utf-8")
    write(small, "docs/sources/gazette1931.md", f"---\nprint: true\n---\n{text}")
    assert order(small)[-1] == ("sources/gazette1931.md", ("Sources",))


def test_what_nav_leaves_out_is_not_printed(small: Path) -> None:
    edit(small, "docs/points/2.md", "point: 2\n", "point: 2\nprint: true\n")
    give_nav(small, "- points/1.md")
    assert order(small) == [("points/1.md", ())]


# Parts and levels


def test_a_section_without_an_index_has_its_title_on_its_first_page(small: Path) -> None:
    assert outline(small) == [
        [(1, "The harbour accord in short")],
        [(1, "Parties"), (2, "Port authority")],
        [(2, "Press")],
        [(2, "Dockers’ union")],
        [(1, "Points"), (2, "Point 1: Article 1")],
        [(2, "Point 2: Article 2")],
        [(2, "Point 3: Article 3")],
        [(2, "Point 4: Article 4")],
        [(2, "Point 5: Article 5")],
    ]


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_an_index_page_heads_its_part(small: Path, name: str) -> None:
    write(small, f"docs/points/{name}", "# The points\n\n## How many\n")
    give_nav(
        small,
        "- index.md",
        "- Section:",
        f"  - points/{name}",
        "  - points/1.md",
        "  - Inner:",
        "    - points/2.md",
    )
    assert outline(small) == [
        [(1, "The harbour accord in short")],
        [(1, "The points")],
        [(2, "Point 1: Article 1")],
        [(2, "Point 2: Article 2")],
    ]


def test_an_index_page_behind_others_is_one_of_them(small: Path) -> None:
    write(small, "docs/points/index.md", "# The points\n")
    give_nav(small, "- Section:", "  - points/1.md", "  - points/index.md")
    assert outline(small) == [
        [(1, "Section"), (2, "Point 1: Article 1")],
        [(2, "The points")],
    ]


def test_a_page_outside_sections_ends_a_part(small: Path) -> None:
    give_nav(
        small,
        "- Section:",
        "  - points/1.md",
        "- points/2.md",
        "- Section:",
        "  - points/3.md",
        "- Another:",
        "  - points/4.md",
    )
    assert outline(small) == [
        [(1, "Section"), (2, "Point 1: Article 1")],
        [(1, "Point 2: Article 2")],
        [(1, "Section"), (2, "Point 3: Article 3")],
        [(1, "Another"), (2, "Point 4: Article 4")],
    ]


# A chapter


def test_a_page_as_a_chapter(small: Path) -> None:
    told = [
        {"t": "strong", "c": ["Undecided"]},
        " · ",
        "1931",
        " · ",
        "point ",
        {"t": "ref", "to": "points/1.md", "c": ["1"]},
    ]
    statement = "The Gazette called the hours of point 1 settled "
    assert chapter_of(small, "parties/press.md", notes=True) == Chapter(
        title="Press",
        nodes=[
            {
                "t": "heading",
                "level": 1,
                "label": "parties/press.md",
                "also": "parties/press.md#press",
                "in_contents": True,
                "c": ["Press"],
            },
            {
                "t": "par",
                "kind": "",
                "id": "PR-DA8D90",
                "label": "parties/press.md#pr-da8d90",
                "c": [statement, "(", GAZETTE, " ", GAZETTE_GRADE, ")", ". ", _meta(*told)],
            },
        ],
        path="docs/parties/press.md",
        landscape=False,
        notes=True,
    )


def _meta(*told: Any) -> dict[str, Any]:
    return {"t": "meta", "c": list(told)}


def test_a_chapter_with_a_part_stands_one_level_deeper(small: Path) -> None:
    chapter = chapter_of(small, "points/1.md", level=2, part="Points")
    assert (chapter.title, chapter.path) == ("Point 1: Article 1", "docs/points/1.md")
    heads = [node for node in chapter.nodes if isinstance(node, dict) and node["t"] == "heading"]
    part = {"t": "heading", "level": 1, "label": "", "c": ["Points"], "in_contents": True}
    title = {
        "t": "heading",
        "level": 2,
        "label": "points/1.md",
        "also": "points/1.md#point-1-article-1",
        "c": ["Point 1: Article 1"],
        "in_contents": True,
    }
    assert heads[:2] == [part, title] == chapter.nodes[:2]
    assert [(node["level"], node["label"], node["c"]) for node in heads[2:]] == [
        (3, "points/1.md#what-the-accord-provides", ["What the accord provides"]),
        (3, "points/1.md#the-unions-reply", ["The union’s reply"]),
        (3, "points/1.md#who-says-what", ["Who says what"]),
        (4, "points/1.md#says-port", ["Port authority"]),
        (4, "points/1.md#says-union", ["Dockers' union"]),
        (4, "points/1.md#says-press", ["Press"]),
    ]
    assert not [node for node in heads[2:] if "in_contents" in node]


def test_citations_lead_to_sources_and_leave_no_footnotes(small: Path) -> None:
    chapter = chapter_of(small, "points/1.md")
    claim = chapter.nodes[2]
    assert claim == {
        "t": "par",
        "kind": "",
        "id": "P1-1",
        "label": "points/1.md#p1-1",
        "c": [
            "The port authority would carry out article 1 ",
            "(",
            GAZETTE,
            ", art. 1 ",
            GAZETTE_GRADE,
            "; ",
            MINUTES,
            " ",
            MINUTES_GRADE,
            ")",
            ". ",
            _meta("binds Port authority"),
        ],
    }
    kinds = [node["t"] for node in chapter.nodes if isinstance(node, dict)]
    assert (
        kinds
        == ["heading", "heading", "par", "heading", "par", "heading"] + ["heading", "list"] * 3
    )


@pytest.mark.parametrize(
    ("text", "title", "first", "label"),
    [
        ("Text.\n\n## Head\n", "page.md", ["page.md"], ""),
        ("", "page.md", ["page.md"], ""),
        ("Text.\n\n# Title\n", "Title", ["Title"], ""),
        ("## Head\n", "page.md", ["Head"], "page.md#head"),
        ("# A *b* {: #here }\n", "A b", ["A ", {"t": "emph", "c": ["b"]}], "page.md#here"),
    ],
)
def test_every_chapter_begins_with_a_heading_that_has_the_pages_name(
    small: Path, text: str, title: str, first: list[Any], label: str
) -> None:
    write(small, "docs/page.md", text)
    chapter = chapter_of(small, "page.md")
    head = {"t": "heading", "level": 1, "label": "page.md", "also": label, "c": first}
    assert chapter.title == title
    assert chapter.nodes[0] == {**head, "in_contents": True}


def test_a_chapter_may_be_made_again(small: Path) -> None:
    briefing = read_briefing(small)
    maker, page = ChapterMaker(briefing), page_of(briefing, "points/1.md")
    first = maker.chapter(page, level=2, part="Points")
    first.nodes.clear()
    assert maker.chapter(page, level=2, part="Points") == ChapterMaker(briefing).chapter(
        page, level=2, part="Points"
    )


def test_a_chapter_that_no_file_holds(small: Path) -> None:
    made = ChapterMaker(read_briefing(small)).made_up("themes/x.md", "X", "# X\n\nText.\n")
    head = {"t": "heading", "level": 1, "label": "themes/x.md", "also": "themes/x.md#x"}
    text = {"t": "par", "kind": "", "c": ["Text."]}
    assert made == Chapter("X", [{**head, "c": ["X"], "in_contents": True}, text], path="")


# Wide chapters


@pytest.mark.parametrize(
    ("directive", "is_wide"),
    [
        ("", False),
        ("<!-- table: positions -->", True),
        ('<!-- table: positions theme="work" -->', True),
        ('<!-- table: positions form="brief" -->', False),
        ("<!-- table: positions-by-theme -->", True),
        ("<!-- table: texts -->", True),
        ("<!-- table: obligations -->", False),
        ("<!-- table: sources -->", False),
        ("<!-- table: register -->", False),
        ('<!-- table: positions form="brief" -->\n\n<!-- table: texts -->', True),
        ("| A | B |\n| - | - |\n| a | b |", False),
    ],
)
def test_tables_of_positions_and_texts_need_wide_pages(
    small: Path, directive: str, is_wide: bool
) -> None:
    write(small, "docs/page.md", f"# Page\n\n{directive}\n")
    assert chapter_of(small, "page.md").landscape is is_wide


def test_a_chapter_without_a_heading_gets_one_of_its_level(small: Path) -> None:
    write(small, "docs/page.md", "Text.\n")
    head = {"t": "heading", "level": 2, "label": "page.md", "also": "", "c": ["page.md"]}
    assert chapter_of(small, "page.md", level=2).nodes[0] == {**head, "in_contents": True}


def test_a_page_that_nav_names_twice_is_printed_once(small: Path) -> None:
    give_nav(small, "- points/1.md", "- Again:", "  - points/1.md", "  - points/2.md")
    assert order(small) == [("points/1.md", ()), ("points/2.md", ("Again",))]
