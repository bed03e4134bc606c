"""Questions on which sources differ: their titles, places, versions and points."""

from pathlib import Path

import pytest
from building import add_kinds_of_page, write

from briefing.briefing import Briefing, read_briefing
from briefing.differences import differences_on
from briefing.rules import check


@pytest.fixture
def read(small: Path):
    def read_text(text: str, src: str = "case.md") -> Briefing:
        write(small, f"docs/{src}", text)
        return read_briefing(small)

    return read_text


def _version(text: str, words: str, more: str = "") -> str:
    return f'{text} [@gazette1931].\n{{: version="{words}" {more}}}\n\n'


def _told(briefing: Briefing, point: int | None = None) -> list[tuple[str, str, list[str]]]:
    return [
        (one.title, one.anchor, [claim.version for claim in one.versions])
        for one in differences_on(briefing, point)
    ]


MET = ("How many met", "compare/differences.md#how-many-met", ["Forty", "Fifty & more"])
PAID = ("Who paid", "compare/differences.md#who-paid", ["The port", "The city"])


@pytest.mark.parametrize(
    ("point", "told"), [(None, [MET, PAID]), (2, [MET]), (3, [MET]), (1, []), (5, [])]
)
def test_differences_are_those_on_the_point(small: Path, point: int | None, told: list) -> None:
    made = read_briefing(add_kinds_of_page(small))
    assert check(made) == []
    assert _told(made, point) == told


def test_points_of_a_question_are_those_of_its_versions_each_once(read) -> None:
    text = _version("Forty met", "Forty", 'points="3 1"') + _version("All", "All", 'points="1 2"')
    (one,) = differences_on(read(f"# How many met\n\n{text}"))
    assert one.points == (1, 2, 3)


def test_question_on_the_plan_as_a_whole_has_no_points(read) -> None:
    text = _version("Forty met", "Forty") + _version("All", "All")
    (one,) = differences_on(read(f"# How many met\n\n{text}"))
    assert one.points == ()


def test_point_of_a_page_is_that_of_its_questions(read, small: Path) -> None:
    text = (small / "docs/points/4.md").read_text(encoding="utf-8")
    text += "\n## How many met\n\n" + _version("Forty met", "Forty") + _version("All", "All")
    (one,) = differences_on(read(text, "points/4.md"))
    assert (one.anchor, one.points) == ("points/4.md#how-many-met", (4,))


def test_claims_without_a_version_belong_to_no_question(read) -> None:
    text = "# Who\n\n" + _version("Forty met", "Forty") + "It rained [@gazette1931].\n\n"
    assert _told(read(text + _version("All", "") + _version("Fifty", " Fifty "))) == [
        ("Who", "case.md#who", ["Forty", "Fifty"])
    ]


def test_headings_of_one_name_are_questions_of_their_own(read) -> None:
    both = _version("Forty met", "Forty") + _version("All", "All")
    again = both.replace("met", "left")
    briefing = read(f"# Case\n\n## Who\n\n{both}## Who\n\n{again}### Who\n\n{both}")
    assert _told(briefing) == [
        ("Who", "case.md#who", ["Forty", "All"]),
        ("Who", "case.md#who_1", ["Forty", "All"]),
        ("Who", "case.md#who_2", ["Forty", "All"]),
    ]
    assert {"who", "who_1", "who_2"} <= set(
        next(page for page in briefing.pages if page.src == "case.md").anchors
    )


def test_question_on_two_pages_is_two_questions(read) -> None:
    both = "# Who\n\n" + _version("Forty met", "Forty") + _version("All", "All")
    read(both, "a.md")
    assert [anchor for _, anchor, _ in _told(read(both, "b/c.md"))] == ["a.md#who", "b/c.md#who"]


def test_versions_under_a_lower_heading_are_not_those_of_the_upper(read) -> None:
    text = "# Case\n\n## Who\n\n" + _version("Forty met", "Forty") + "### At night\n\n"
    text += _version("All", "All") + "## When\n\n" + _version("In May", "May")
    assert [(title, words) for title, _, words in _told(read(text))] == [
        ("Who", ["Forty"]),
        ("At night", ["All"]),
        ("When", ["May"]),
    ]


@pytest.mark.parametrize(
    ("heading", "title", "anchor"),
    [
        ("Who *met* `there`", "Who met there", "who-met-there"),
        ("Who met {: #met }", "Who met", "met"),
        ("R&D & more", "R&D & more", "rd-more"),
        ("Who's who?", "Who’s who?", "whos-who"),
        ("Хто?", "Хто?", "_1"),
        ('A "quoted" \\*sign\\*', "A “quoted” *sign*", "a-quoted-sign"),
        ("1. &copy; 1931", "1. © 1931", "1-1931"),
    ],
)
def test_title_is_what_readers_see(read, heading: str, title: str, anchor: str) -> None:
    text = f"# Case\n\n## {heading}\n\n" + _version("Forty", "Forty") + _version("All", "All")
    told = _told(read(text.replace("\n", "\r\n")))
    assert told == [(title, f"case.md#{anchor}", ["Forty", "All"])]


def test_versions_in_any_block_and_from_a_heading(read) -> None:
    text = '# Case {: version="All" }\n\n- Forty met [@gazette1931]\n  {: version="Forty" }\n\n'
    text += "> They met [@gazette1931]\n\n| a |\n| --- |\n| They ate [@gazette1931] |\n"
    assert _told(read(text)) == [("Case", "case.md#case", ["Forty", "All", "All"])]


def test_no_question_is_without_a_name(read) -> None:
    made = read(_version("Forty met", "Forty") + _version("All", "All") + "# Case\n")
    assert check(made) or all(one.title for one in differences_on(made))


def test_version_above_any_heading_stands_alone_too(read) -> None:
    found = check(read(_version("Forty met", "Forty") + "# Case\n"))
    assert [(one.rule, one.path, one.line) for one in found] == [
        ("lone-version", "docs/case.md", 1)
    ]


def test_pages_outside_the_briefing_have_no_questions(read) -> None:
    both = "# Who\n\n" + _version("Forty met", "Forty") + _version("All", "All")
    assert _told(read(both, "about/who.md")) == []
