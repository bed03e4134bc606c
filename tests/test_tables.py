"""The generated tables: what stands in their cells, where their links lead, what they refuse."""

import json
import posixpath
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import lxml.html
import pytest
from building import SMALL, add, add_kinds_of_page, build, copy_small, edit, undress, write
from lxml.html import HtmlElement

from briefing.briefing import Briefing, read_briefing
from briefing.findings import START
from briefing.pages import Directive, Page
from briefing.rules import check
from briefing.tables import TABLES
from briefing.tables.evidence import source_claims, source_record
from briefing.tables.registry import TableKind

PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "positions": ("index.md", {}),
    "positions-by-theme": ("about/index.md", {}),
    "positions-of-party": ("parties/port.md", {}),
    "who-says-what": ("points/1.md", {}),
    "points": ("about/index.md", {}),
    "parties": ("about/index.md", {}),
    "obligations": ("about/index.md", {}),
    "texts": ("about/index.md", {}),
    "differences": ("about/index.md", {}),
    "events": ("about/index.md", {}),
    "balance": ("about/index.md", {}),
    "balance-by-point": ("about/index.md", {}),
    "sources": ("about/index.md", {}),
    "searches": ("about/index.md", {}),
    "register": ("index.md", {}),
}
"""A page on which each kind may stand, and what its directive gives."""
ANYWHERE = [kind for kind, (src, _) in PLACES.items() if src in ("index.md", "about/index.md")]
SILENT = "no position found (searched to 31 Dec 1999)"
PAPER = "[paper, in full]"
GAZETTE = f"Harbour Gazette, 5 May 1931 {PAPER}"
MINUTES = "Port Authority, 4 May 1931 [Minutes, excerpt]"
UNION = [f"Against Ada Holm, {day} May 1931" for day in (6, 6, 6, 6, 6)]


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    return read_briefing(SMALL)


PORT = """\
Lund doubted point 1 [@minutes1931].
{: points="1" stance="against" by="Director Lund" on="1931-05-03" #pa-1 }

Lund agreed to point 1 again [@minutes1931].
{: points="1" stance="for" by="Director Lund" on="1931-05-04" #pa-2 }

Lund agreed to point 1 once more [@minutes1931].
{: points="1" stance="for" by="Director Lund" on="1931-05-04" #pa-3 }

Somebody agreed to point 1 in May [@echo1930].
{: points="1" stance="for" on="1931-05" #pa-4 }

The port took note of point 1 [@undated].
{: points="1" #pa-5 }
"""
BIB = """
@article{echo1930, title = {An echo}, journaltitle = {Echo}, date = {1930-01-02}, kind = {paper}}
@article{undated, title = {No day}, journaltitle = {Almanac}, kind = {paper}}
"""


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The small briefing with several claims in a cell, empty cells, a timeline, differences."""
    root = copy_small(tmp_path_factory.mktemp("busy") / "small")
    add(root, "docs/parties/port.md", f"\n{PORT}")
    add(root, "harbour.bib", BIB)
    edit(root, "docs/points/5.md", "binds: port", "binds: port city")
    point = (root / "docs/points/5.md").read_text(encoding="utf-8")
    write(root, "docs/points/5.md", point[: point.index("## The union's reply")])
    silent = "party: union\nno_position: {searched: 1999-11-30, points: [5]}\n"
    edit(root, "docs/parties/union.md", "party: union\n", silent)
    made = read_briefing(add_kinds_of_page(root))
    assert check(made) == []
    return made


@pytest.fixture(scope="session", params=["briefing", "busy"])
def either(request: pytest.FixtureRequest) -> Briefing:
    given: Briefing = request.getfixturevalue(request.param)
    return given


def _page(briefing: Briefing, src: str) -> Page:
    return next((page for page in briefing.pages if page.src == src), Page(f"docs/{src}", src))


def _make(briefing: Briefing, kind: str, src: str = "", **given: str) -> list[Element]:
    place, arguments = PLACES[kind]
    return list(TABLES[kind].make(briefing, _page(briefing, src or place), arguments | given))


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _rows(table: Element) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in table.iter("tr")]


def _tables(elements: list[Element]) -> list[Element]:
    return [table for element in elements for table in element.iter("table")]


def test_each_kind_is_tried_here() -> None:
    assert sorted(PLACES) == sorted(TABLES)


# Who holds what


def test_positions_have_a_cell_for_each_point_and_party(briefing: Briefing) -> None:
    (table,) = _tables(_make(briefing, "positions"))
    agreed = "In favour Director Lund, 4 May 1931"
    assert _rows(table) == [
        ["Point", "Port authority", "Union", "Press"],
        ["1. Article 1", agreed, UNION[0], "Undecided Press, 1931"],
        ["2. Article 2", agreed, UNION[1], SILENT],
        ["3. Article 3", agreed, UNION[2], SILENT],
        ["4. Article 4", SILENT, UNION[3], SILENT],
        ["5. Article 5", SILENT, UNION[4], SILENT],
        ["The plan as a whole", "no stance recorded", "Undecided Union, May 1931",
         "no stance recorded"],
    ]  # fmt: skip


def test_positions_of_a_theme_have_its_points_only(briefing: Briefing) -> None:
    (table,) = _tables(_make(briefing, "positions", theme="water"))
    assert [row[0] for row in _rows(table)] == ["Point", "4. Article 4", "5. Article 5"]
    assert table.findtext("caption") == "Positions by point and party: Water"


def test_cell_groups_claims_by_stance_and_holder(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "positions"))
    cell = table.findall("tbody/tr")[0][1]
    assert [_text(held) for held in cell] == [
        "In favour Port authority, May 1931; Director Lund, 4 May 1931 (2, 3)",
        "Against Director Lund, 3 May 1931",
        "No stance recorded Port authority",
    ]
    told = [(link.get("href"), link.get("aria-label")) for link in cell.iter("a")]
    (lund,) = (claim.id for claim in busy.claims if claim.statement.endswith("to the accord."))
    assert told == [
        ("parties/port.md#pa-4", None),
        (f"parties/port.md#{lund}", None),
        ("parties/port.md#pa-2", "Director Lund, 4 May 1931, 2"),
        ("parties/port.md#pa-3", "Director Lund, 4 May 1931, 3"),
        ("parties/port.md#pa-1", None),
        ("parties/port.md#pa-5", None),
    ]


def test_brief_positions_have_stances_that_lead_to_the_first_claim(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "positions", form="brief"))
    links = list(table.findall("tbody/tr")[0][1].iter("a"))
    assert [(_text(link), link.get("title")) for link in links] == [
        ("In favour", "In favour: 4 claims of Port authority"),
        ("Against", "Against: 1 claim of Port authority"),
        ("No stance recorded", "No stance recorded: 1 claim of Port authority"),
    ]
    assert links[1].get("href") == "parties/port.md#pa-1"
    assert _text(table.findall("tbody/tr")[3][1]) == SILENT


def test_silence_is_dated_for_each_party_by_its_own_search(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "positions"))
    assert _rows(table)[5][1:] == [
        SILENT,
        "no position found (searched to 30 Nov 1999)",
        SILENT,
    ]


def test_positions_by_theme_stand_under_their_themes(briefing: Briefing) -> None:
    made = _make(briefing, "positions-by-theme")
    assert [_text(one) for one in made if one.tag == "h2"] == ["Work", "Water"]
    points = [[row[0] for row in _rows(table)[1:]] for table in _tables(made)]
    assert points == [
        ["1. Article 1", "2. Article 2", "3. Article 3"],
        ["4. Article 4", "5. Article 5"],
    ]


def test_positions_of_a_party_have_each_point(briefing: Briefing) -> None:
    (table,) = _tables(_make(briefing, "positions-of-party", "parties/press.md"))
    assert table.findtext("caption") == "Positions of Press by point"
    assert _rows(table) == [
        ["Point", "Positions"],
        ["1. Article 1", "Undecided Press, 1931"],
        *([f"{number}. Article {number}", SILENT] for number in (2, 3, 4, 5)),
    ]


def test_who_says_what_names_claims_of_its_page_that_are_alike_once(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    said = 'The union {} [@gazette1931, p. 2].\n{{: by="Ada Holm" on="{}" }}\n\n'
    more = "".join(
        said.format(*given) for given in (("repeated it", "1931-05-06"), ("wrote", "1931-05-07"))
    )
    edit(root, "docs/points/4.md", "## Who says what", f"{more}## Who says what")
    briefing = read_briefing(root)
    items = _make(briefing, "who-says-what", "points/4.md")[3]
    assert [_text(item) for item in items] == [
        "Against Ada Holm, 6 May 1931 (2) See above: The union’s reply.",
        "Against Ada Holm, 7 May 1931 See above: The union’s reply.",
    ]
    theirs = [claim.id for claim in briefing.claims if claim.src == "points/4.md" and claim.by]
    assert [link.get("href") for link in items.iter("a")] == [f"#{one}" for one in theirs]
    assert items[0].find(".//span[@class='more']/a").get("aria-label") == "Ada Holm, 6 May 1931, 2"


def test_who_says_what_has_each_party_with_its_words_or_its_silence(briefing: Briefing) -> None:
    made = _make(briefing, "who-says-what", "points/4.md")
    assert [one.tag for one in made] == ["h3", "p", "h3", "ul", "h3", "p"]
    heads = [_text(one) for one in made if one.tag == "h3"]
    assert heads == ["Port authority", "Dockers' union", "Press"]
    silent = "No position found (sources searched to 31 December 1999). All of"
    assert _text(made[1]) == f"{silent} Port authority."
    assert _text(made[5]) == f"{silent} Press."
    assert made[5].find("a").get("href") == "../parties/press.md"
    (item,) = made[3]
    assert _text(item) == "Against Ada Holm, 6 May 1931 See above: The union’s reply."
    (lund,) = next(
        one for one in _make(briefing, "who-says-what", "points/1.md") if one.tag == "ul"
    )
    assert [_text(part) for part in lund] == [
        "In favour Director Lund, 4 May 1931",
        "The port authority agreed to the accord.",
        MINUTES,
    ]
    assert "1931 The port" in _text(lund)


def test_who_says_what_has_all_claims_of_a_party_earliest_first(busy: Briefing) -> None:
    says = _make(busy, "who-says-what")[1]
    links = [next(item.iter("a")).get("href") for item in says]
    (lund,) = (claim.id for claim in busy.claims if claim.statement.endswith("to the accord."))
    assert [str(href).split("#")[1] for href in links] == [
        "pa-4", "pa-1", lund, "pa-2", "pa-3", "pa-5",
    ]  # fmt: skip


def test_points_stand_under_their_themes_with_their_first_claims(briefing: Briefing) -> None:
    made = _make(briefing, "points")
    assert [_text(one) for one in made if one.tag == "h2"] == ["Work", "Water"]
    items = [_text(item) for one in made if one.tag == "ul" for item in one]
    cited = f"Harbour Gazette, 5 May 1931, art. {{0}} {PAPER}; {MINUTES}"
    told = "Point {0}: Article {0}The port authority would carry out article {0}. (" + cited + ")"
    assert items == [told.format(number) for number in range(1, 6)]


def test_parties_tell_how_much_rests_on_what(briefing: Briefing) -> None:
    made = _make(briefing, "parties")
    assert [_text(one) for one in made if one.tag == "p"] == [
        "1 claim that rests on 1 source.",
        "7 claims that rest on 2 sources.",
        "1 claim that rests on 1 source.",
    ]
    heads = [one.find("a") for one in made if one.tag == "h2"]
    assert [(_text(head), head.get("href")) for head in heads if head is not None] == [
        ("Port authority", "../parties/port.md"),
        ("Dockers' union", "../parties/union.md"),
        ("Press", "../parties/press.md"),
    ]


# What the texts provide


def test_obligations_stand_under_those_whom_they_bind(busy: Briefing) -> None:
    made = _make(busy, "obligations")
    assert [_text(one) for one in made if one.tag == "h2"] == ["Port authority", "The city"]
    port, city = _tables(made)
    assert [row[0] for row in _rows(port)] == ["Point", *(f"{n}. Article {n}" for n in range(1, 6))]
    sources = f"Harbour Gazette, 5 May 1931, art. 5 {PAPER}; {MINUTES}"
    provision = f"The port authority would carry out article 5. ({sources}) P5-1"
    assert _rows(city) == [["Point", "Provision"], ["5. Article 5", provision]]
    caption = "The city: what the Harbour accord would have it do or accept"
    assert city.findtext("caption") == caption


def test_texts_stand_side_by_side(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "texts"))
    rows = _rows(table)
    assert rows[0] == ["Point", "Harbour accord", "Reply"]
    assert rows[1][1].startswith("The port authority would carry out article 1. (")
    assert rows[1][2].startswith("The union answered article 1 in its reply. (")
    assert rows[5][0] == "5. Article 5"
    assert rows[5][2] == "not known"


# On what sources differ

OLSEN = f"Olsen and Berg, 1950, p. 9 [not read], cited in {GAZETTE}"
FORTY, FIFTY, PORT_PAID, CITY_PAID = (
    f" (Harbour Gazette, 5 May 1931, p. 2 {PAPER})",
    f" ({MINUTES}; {OLSEN})",
    f" ({MINUTES})",
    f" ({GAZETTE})",
)


def _items(table: Element) -> list[list[str]]:
    """Return the versions in each row."""
    return [[_text(item) for item in row.iter("li")] for row in table.iter("tr")][1:]


def test_differences_have_each_version_with_its_sources(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "differences"))
    assert table.findtext("caption") == "Where sources differ"
    heads = [row[0] for row in _rows(table)]
    assert heads == ["What is at issue", "How many metpoints 2, 3", "Who paid"]
    assert _items(table) == [
        [f"Forty{FORTY}", f"Fifty & more{FIFTY}"],
        [f"The port{PORT_PAID}", f"The city{CITY_PAID}"],
    ]


def test_brief_differences_leave_the_sources_out(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "differences", form="brief"))
    assert _items(table) == [["Forty", "Fifty & more"], ["The port", "The city"]]
    links = [str(link.get("href")) for link in table.iter("a")]
    page = "../compare/differences.md"
    points = ["../points/2.md", "../points/3.md"]
    assert links == [
        *(f"{page}#how-many-met", *points, f"{page}#df-forty", f"{page}#df-fifty"),
        *(f"{page}#who-paid", f"{page}#df-port", f"{page}#df-city"),
    ]


def test_differences_on_a_points_page_are_those_on_the_point(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "differences", "points/2.md"))
    assert table.findtext("caption") == "Where sources differ on point 2"
    assert [row[0] for row in _rows(table)] == ["What is at issue", "How many met"]
    assert _items(table) == [[f"Forty{FORTY}", f"Fifty & more{FIFTY}"]]


def test_differences_link_within_their_own_page(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "differences", "compare/differences.md", form="brief"))
    links = [str(link.get("href")) for link in table.iter("a")]
    assert [one for one in links if not one.startswith("../points/")] == [
        *("#how-many-met", "#df-forty", "#df-fifty", "#who-paid", "#df-port", "#df-city"),
    ]


@pytest.mark.parametrize("src", ["points/4.md", "points/2.md", "about/index.md"])
@pytest.mark.parametrize("given", [{}, {"form": "brief"}], ids=["full", "brief"])
def test_no_difference_is_told(briefing: Briefing, src: str, given: dict[str, str]) -> None:
    (told,) = _make(briefing, "differences", src, **given)
    assert (told.tag, told.get("class")) == ("p", "generated silent")
    assert _text(told) == "No question on which the sources differ is recorded."


def test_point_on_which_nothing_differs_has_no_difference_of_another(busy: Briefing) -> None:
    (told,) = _make(busy, "differences", "points/4.md")
    assert told.get("class") == "generated silent"


# Events

STRIKE = ["May 1931", f"The strike began. (Harbour Gazette, 5 May 1931, p. 1 {PAPER})"]
SIGNED = ["4 May 1931", f"The accord was signed. ({MINUTES})"]
PRINTED = ["5 May 1931", f"The Gazette printed it. ({GAZETTE})"]


@pytest.mark.parametrize(
    ("src", "rows"),
    [
        ("about/index.md", [STRIKE, SIGNED, PRINTED]),
        ("timeline.md", [STRIKE, SIGNED, PRINTED]),
        ("points/1.md", [STRIKE]),
        ("points/5.md", [PRINTED]),
        ("parties/port.md", [STRIKE, SIGNED]),
        ("parties/union.md", [STRIKE]),
    ],
)
def test_events_are_those_that_concern_the_page(
    busy: Briefing, src: str, rows: list[list[str]]
) -> None:
    (table,) = _tables(_make(busy, "events", src))
    assert table.findtext("caption") == "Events"
    assert _rows(table) == [["Date", "Event"], *rows]


def _links_in_heads(made: list[Element]) -> list[Element]:
    return [link for table in _tables(made) for link in table.findall("tbody/tr/th/a")]


def test_date_of_an_event_leads_to_it(busy: Briefing) -> None:
    links = [str(link.get("href")) for link in _links_in_heads(_make(busy, "events"))]
    assert links == [f"../timeline.md#ev-{name}" for name in ("strike", "signed", "printed")]


@pytest.mark.parametrize("src", ["points/3.md", "parties/press.md"])
def test_page_that_no_event_concerns_says_so(busy: Briefing, src: str) -> None:
    (told,) = _make(busy, "events", src)
    assert (told.tag, told.get("class")) == ("p", "generated silent")
    assert _text(told) == "No event of the timeline is recorded for it."


def test_briefing_without_a_timeline_has_no_events(briefing: Briefing) -> None:
    assert [one.get("class") for one in _make(briefing, "events")] == ["generated silent"]


# How evenly the parties are heard


def test_balance_counts_what_the_pages_hold(briefing: Briefing) -> None:
    heard, stances = _tables(_make(briefing, "balance"))
    assert _rows(heard) == [
        ["Party", "Claims", "Words", "Speakers", "Sources",
         "Own words", "Reports from its country or region", "Reports by others"],
        ["Port authority", "1", "7", "1", "1", "0 (0%)", "0 (0%)", "1 (100%)"],
        ["Union", "7", "54", "1", "2", "0 (0%)", "0 (0%)", "2 (100%)"],
        ["Press", "1", "9", "0", "1", "0 (0%)", "0 (0%)", "1 (100%)"],
    ]  # fmt: skip
    assert _rows(stances) == [
        ["Party", "In favour", "Against", "Undecided", "No stance recorded"],
        ["Port authority", "1 (100%)", "0 (0%)", "0 (0%)", "0 (0%)"],
        ["Union", "0 (0%)", "5 (71%)", "1 (14%)", "1 (14%)"],
        ["Press", "0 (0%)", "0 (0%)", "1 (100%)", "0 (0%)"],
    ]


def test_balance_names_parties_by_their_pages(briefing: Briefing) -> None:
    names = [f"../parties/{name}.md" for name in ("port", "union", "press")]
    assert list(_links(_make(briefing, "balance"))) == [*names, *names]


def test_balance_says_in_numbers_what_is_uneven(briefing: Briefing) -> None:
    told = [_text(item) for item in _make(briefing, "balance")[-1]]
    assert told[:2] == [
        "Most claims: Union (7); fewest: Port authority (1); 7.0 times as many.",
        "Most words: Union (54); fewest: Port authority (7); 7.7 times as many.",
    ]
    assert "Most sources: Union (2); fewest: Port authority (1); 2.0 times as many." in told
    none = "Port authority 0%, Union 0%, Press 0%"
    assert told[-6:] == [
        f"Of the sources, own words: {none}.",
        f"Of the sources, reports from its country or region: {none}.",
        "Of the sources, reports by others: Port authority 100%, Union 100%, Press 100%.",
        "Points with no claim of Port authority: 2 (4, 5).",
        "Points with no claim of Press: 4 (2, 3, 4, 5).",
        "Most claims of parties: point 1 (3); fewest: point 4 (1).",
    ]


def test_balance_says_that_a_party_has_none_of_what_others_have(briefing: Briefing) -> None:
    told = [_text(item) for item in _make(briefing, "balance")[-1]]
    (speakers,) = (one for one in told if "speakers" in one)
    assert "Press (0)" in speakers


def test_balance_of_what_is_even_says_nothing_of_it(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    for number in range(1, 6):
        page = root / f"docs/points/{number}.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(' party="union"', ""), encoding="utf-8")
    for name in ("port", "union", "press"):
        said = "---\nparty: {0}\n---\n# It\n\nThe {0} met on the quay [@gazette1931].\n"
        points = '{: points="1 2 3 4 5" by="Ada Holm" }\n'
        write(root, f"docs/parties/{name}.md", said.format(name) + points)
    made = _make(read_briefing(root), "balance")
    told = [_text(item) for item in made[-1]]
    assert told[3:] == []
    assert [one.split(",")[0] for one in told[:3]] == ["Of the sources"] * 3
    assert [row[1:5] for row in _rows(_tables(made)[0])][1:] == [["1", "6", "1", "1"]] * 3


def test_balance_of_a_party_that_says_nothing_has_no_shares(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    write(root, "docs/parties/press.md", "---\nparty: press\n---\n# Press\n")
    made = _make(read_briefing(root), "balance")
    heard, stances = _tables(made)
    assert _rows(heard)[3] == ["Press", "0", "0", "0", "0", "0", "0", "0"]
    assert _rows(stances)[3] == ["Press", "0", "0", "0", "0"]
    shares = [_text(one) for one in made[-1] if _text(one).startswith("Of the sources")]
    assert len(shares) == 3
    assert [one for one in shares if "Press" in one] == []


def test_balance_by_point_counts_claims_and_parties(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "balance-by-point"))
    assert _rows(table) == [
        ["Point", "Port authority", "Union", "Press", "Parties heard"],
        ["1. Article 1", "6", "1", "1", "3 of 3"],
        ["2. Article 2", "1", "1", "0", "2 of 3"],
        ["3. Article 3", "1", "1", "0", "2 of 3"],
        ["4. Article 4", "0", "1", "0", "1 of 3"],
        ["5. Article 5", "0", "0", "0", "0 of 3"],
    ]


# What the briefing rests on


def test_sources_stand_by_kind_and_date(busy: Briefing) -> None:
    made = _make(busy, "sources")
    heads = [_text(one) for one in made if one.tag == "h2"]
    assert heads == ["Minutes (1)", "Newspaper (3)", "Other sources (1)"]
    assert [row[0] for row in _rows(_tables(made)[1])] == [
        "Source",
        "Echo, 2 Jan 1930",
        "Harbour Gazette, 5 May 1931",
        "Almanac, no date",
    ]


def test_sources_tell_the_reference_and_the_number_of_claims(briefing: Briefing) -> None:
    made = _make(briefing, "sources")
    address = "https://archive.example.org/minutes/1931?no=4&lang=en"
    minutes = "Port Authority (1931) Minutes of the meeting of 4 May. Port Authority. "
    minutes += f"Available at: {address}."
    gazette = "Harbour Gazette (1931) ‘The Accord in full’, 5 May."
    book = "Olsen, K. and Berg, N. (1950) Cranes & men: a history. Pier Press."
    assert [_rows(table)[1] for table in _tables(made)] == [
        ["Port Authority, 4 May 1931", f"{minutes}Minutes; read in excerpt", "6"],
        ["Harbour Gazette, 5 May 1931", f"{gazette}Newspaper; read in full", "14"],
        ["Olsen and Berg, 1950", f"{book}not read itself: cited through another source", "1"],
    ]


def _claims_on(briefing: Briefing, key: str) -> Element:
    src = f"sources/{key}.md"
    made = source_claims(briefing, briefing.bibliography.entries[key], _page(briefing, src))
    return list(made)[-1]


def test_source_tells_its_record_and_its_claims(briefing: Briefing) -> None:
    entry = briefing.bibliography.entries["minutes1931"]
    _, record = source_record(briefing, entry)
    told = [_text(part) for part in record]
    assert dict(zip(told[::2], told[1::2], strict=True)) == {
        "Kind of source": "Minutes",
        "Published by": "Port Authority",
        "Date": "4 May 1931",
        "How it was read": "read in excerpt",
        "Citation key": "minutes1931",
    }
    claims = [_text(item) for item in _claims_on(briefing, "minutes1931")]
    assert len(claims) == 6
    assert claims[0] == (
        "The port authority agreed to the accord. [Director Lund, 4 May 1931] "
        f"({MINUTES}) " + next(iter(briefing.claims[1:])).id.upper()
    )


def test_source_that_was_read_through_another_names_both(briefing: Briefing) -> None:
    (item,) = _claims_on(briefing, "olsen1950")
    assert f"(Olsen and Berg, 1950, p. 12 [not read], cited in {GAZETTE})" in _text(item)
    gazette = [_text(one) for one in _claims_on(briefing, "gazette1931")]
    assert sum("cited in" in one for one in gazette) == 1


def test_searches_stand_the_oldest_first(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "searches"))
    positions = "positions of the party"
    assert _rows(table) == [
        ["Page", "Searched for", "Last searched"],
        ["Dockers’ union", positions, "30 November 1999"],
        ["Port authority", positions, "31 December 1999"],
        ["Press", positions, "31 December 1999"],
        ["Timeline", "events", "2 January 2000"],
    ]
    assert [*_links([table])] == [
        *(f"../parties/{party}.md" for party in ("union", "port", "press")),
        "../timeline.md",
    ]


def test_register_has_every_claim_in_order(busy: Briefing) -> None:
    (table,) = _tables(_make(busy, "register"))
    rows = _rows(table)[1:]
    assert [row[0] for row in rows] == [claim.id.upper() for claim in busy.claims]
    assert [row[1] for row in rows] == [claim.statement for claim in busy.claims]


def test_register_tells_who_when_what_about_and_on_what(briefing: Briefing) -> None:
    (table,) = _tables(_make(briefing, "register"))
    rows = {row[1]: row[2:] for row in _rows(table)}
    assert rows["The accord has five points."] == [
        "", f"Harbour Gazette, 5 May 1931, p. 1 {PAPER}",
    ]  # fmt: skip
    assert rows["The port authority agreed to the accord."] == [
        "In favour Director Lund, 4 May 1931points 1, 2, 3",
        MINUTES,
    ]
    assert rows["The union would “weigh each word” of it."] == [
        "Undecided Union, May 1931",
        f"Olsen and Berg, 1950, p. 12 [not read], cited in {GAZETTE}",
    ]


# All kinds


@pytest.mark.parametrize("kind", PLACES)
def test_table_has_a_caption_and_heads_with_a_scope(either: Briefing, kind: str) -> None:
    for wrap in _make(either, kind):
        for table in wrap.iter("table"):
            caption, head, body = table
            assert (caption.tag, head.tag, body.tag) == ("caption", "thead", "tbody")
            assert _text(caption)
            assert wrap.get("aria-label") == _text(caption)
            assert (wrap.get("role"), wrap.get("tabindex")) == ("region", "0")
            (heads,) = head
            assert {(one.tag, one.get("scope")) for one in heads} == {("th", "col")}
            for row in body:
                assert (row[0].tag, row[0].get("scope")) == ("th", "row")
                assert [one.tag for one in row[1:]] == ["td"] * (len(heads) - 1)
                labels = [one.get("data-label") for one in row[1:]]
                assert labels == [_text(one) for one in heads[1:]]


def _links(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        for link in element.iter("a"):
            yield str(link.get("href"))


@pytest.mark.parametrize("kind", PLACES)
def test_every_link_leads_to_a_page_and_a_claim(either: Briefing, kind: str) -> None:
    src, _ = PLACES[kind]
    anchors = {f"{page.src}#{anchor}" for page in either.pages for anchor in page.anchors}
    pages = {page.src for page in either.pages}
    pages |= {f"sources/{key}.md" for key in either.bibliography.entries}
    made = _make(either, kind)
    links = [one for one in _links(made) if not one.startswith("https://")]
    for href in links:
        path, _, anchor = href.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(src), path)) if path else src
        assert target in pages, href
        assert not anchor or f"{target}#{anchor}" in anchors, href
    assert len(links) >= 2 or [one.get("class") for one in made] == ["generated silent"]


@pytest.mark.parametrize("kind", PLACES)
def test_kind_takes_its_own_directive(briefing: Briefing, kind: str) -> None:
    src, given = PLACES[kind]
    directive = Directive(kind, given, START)
    assert TABLES[kind].fault(briefing, _page(briefing, src), directive) == ""


@pytest.mark.parametrize(
    ("kind", "src", "given", "fault"),
    [
        (
            "positions", "index.md", {"thme": "work"},
            "the table 'positions' takes no 'thme'; did you mean 'theme'?",
        ),
        (
            "register", "index.md", {"theme": "work"},
            "the table 'register' takes no 'theme'; give none",
        ),
        (
            "positions", "index.md", {"theme": "wrok"},
            "unknown theme 'wrok'; did you mean 'work'?",
        ),
        ("positions", "index.md", {"theme": ""}, "unknown theme ''; use one of: work, water"),
        (
            "who-says-what", "parties/port.md", {},
            "the table 'who-says-what' stands on a page with `point:`",
        ),
        (
            "positions-of-party", "index.md", {},
            "the table 'positions-of-party' stands on a page with `party:`",
        ),
    ],
)  # fmt: skip
def test_directive_that_cannot_be_used_has_a_fault(
    briefing: Briefing, kind: str, src: str, given: dict[str, str], fault: str
) -> None:
    directive = Directive(kind, given, START)
    assert TABLES[kind].fault(briefing, _page(briefing, src), directive) == fault


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [("differences", {"form": ""}, "''"), ("positions", {"form": "breif"}, "breif")],
)
def test_directive_with_a_value_that_nothing_knows_has_a_fault(
    briefing: Briefing, kind: str, given: dict[str, str], named: str
) -> None:
    directive = Directive(kind, given, START)
    assert named in TABLES[kind].fault(briefing, _page(briefing, "index.md"), directive)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "the table 'speakers' needs party=\"...\""),
        ({"party": "unoin"}, "unknown party 'unoin'; did you mean 'union'?"),
        ({"party": "union"}, ""),
    ],
)
def test_argument_that_must_be_given(briefing: Briefing, given: dict[str, str], fault: str) -> None:
    kind = TableKind("speakers", lambda *_: (), arguments=("party",), needs="")
    directive = Directive("speakers", given, START)
    assert kind.fault(briefing, _page(briefing, "index.md"), directive) == fault


# In a page


def _shown(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="session")
def page_of_tables(tmp_path_factory: pytest.TempPathFactory) -> list[HtmlElement]:
    """The elements of a page on which several tables stand, each after a line of its own."""
    root = undress(copy_small(tmp_path_factory.mktemp("several") / "small"))
    parts = [f"Here begins {kind}.\n\n<!-- table: {kind} -->" for kind in [*ANYWHERE, *ANYWHERE]]
    write(root, "docs/about/tables.md", "# Tables\n\n" + "\n\n".join([*parts, "Here it ends."]))
    tree = lxml.html.parse(str(build(root) / "about/tables.html"))
    return list(tree.getroot().xpath("//article/*"))


def test_tables_stand_where_they_are_asked_for(
    page_of_tables: list[HtmlElement], briefing: Briefing
) -> None:
    begun = ""
    found: dict[str, list[str]] = {}
    for element in page_of_tables[1:]:
        if element.tag == "p" and _shown(element).startswith("Here "):
            begun = _shown(element).removeprefix("Here begins ").rstrip(".")
            found.setdefault(begun, [])
        else:
            found[begun].append(_shown(element).removesuffix("¶").strip())
    found.pop("Here it ends")
    for kind, texts in found.items():
        expected = [_text(one) for one in _make(briefing, kind, "about/index.md")]
        assert texts == [*expected, *expected], kind
    assert list(found) == ANYWHERE


def test_tables_of_one_kind_on_a_page_have_ids_of_their_own(
    page_of_tables: list[HtmlElement],
) -> None:
    ids = [one for element in page_of_tables for one in element.xpath(".//@id | ./@id")]
    assert sorted(set(ids)) == sorted(ids)


HOSTILE = {
    "tags": "Wrote &lt;script&gt;alert(1)&lt;/script&gt; in it",
    "tags-in-code": "Wrote `<b>` and `</td><script>` in it",
    "entity-in-code": "Wrote `&lt;b&gt;` and `&amp;` in it",
    "entity-escaped": "Wrote &amp;copy; and &amp;lt; in it",
    "quotation-marks": "Wrote \"double\" and 'single' and &quot;entity&quot; in it",
    "backslashes": "Wrote C:\\new and \\* and \\\\ and \\`x\\` in it",
    "signs": "Wrote 100% of $5 and $6 to #1 {x} ~y~ ^z^ in it",
    "cyrillic": "Написав «так» — і ні",
    "emphasis": "Wrote *this* and **that** and <em>those</em> in it",
    "links": "Wrote [this](../index.md) and <https://e.org/?a=1&copy=2> in it",
    "comment": "Wrote this <!-- not that --> and more",
    "pipes": "Wrote a | b || c",
    "ampersands": "Wrote R&D & AT&T; and &nosuch; and &copy too",
    "dashes": "Wrote this -- or that --- and so on...",
    "long": "Wrote " + "дуже довго, " * 300 + "done",
    "tokens": "Wrote wzxhzdk:0 and klzzwxh:0003 and {{reference}} in it",
    "beyond-the-plane": "Wrote \U0001f6a2 and \U000f0001 and \U00100001 and \ue000 in it",
    "brackets": "Wrote \\[1] and \\[@minutes1931\\] in it",
    "formula": "=HYPERLINK(\"x\") was written in it",
}  # fmt: skip
QUOTED_AND_COUNTED = """\
> A double, a single, an entity, x; так
{: by="Director Lund" at="p. 1" }

100%, $5, $6, 0, 1, 2 and 3.
{: at="p. 1" }
"""
SPEAKERS = {
    "plain": ("Ada Holm", "Ada Holm"),
    "entity": ("R&amp;D", "R&D"),
    "tags": ("A &lt;b&gt; C", "A <b> C"),
    "ampersand": ("Holm & Lund", "Holm & Lund"),
    "apostrophe": ("Mary O'Neil", "Mary O'Neil"),
    "cyrillic": ("Ада Гольм", "Ада Гольм"),
    "underscores": ("Ada_M_Holm", "Ada_M_Holm"),
    "percent": ("100% {Ada} $1", "100% {Ada} $1"),
}


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose claims and speakers are hard to write into HTML."""
    root = undress(copy_small(tmp_path_factory.mktemp("hostile") / "small"))
    edit(root, "docs/parties/port.md", "points: [4, 5]", "points: [5]")
    blocks = [
        f'{text} [@minutes1931].\n{{: points="4" stance="for" on="1931" #pa-{name} }}\n'
        for name, text in HOSTILE.items()
    ]
    blocks += [
        f'Said {name} [@minutes1931].\n{{: points="4" stance="for" by="{by}" #pa-by-{name} }}\n'
        for name, (by, _) in SPEAKERS.items()
    ]
    add(root, "docs/parties/port.md", "\n" + "\n".join(blocks))
    write(root, "docs/sources/minutes1931.md", QUOTED_AND_COUNTED)
    return build(root)


@pytest.fixture(scope="session")
def hostile_pages(hostile_site: Path) -> dict[str, HtmlElement]:
    names = ["parties/port", "about/index", "points/4", "sources/minutes1931"]
    return {
        name: lxml.html.document_fromstring((hostile_site / f"{name}.html").read_bytes())
        for name in names
    }


@pytest.fixture(scope="session")
def hostile_claims(hostile_site: Path) -> dict[str, dict[str, str]]:
    claims = json.loads((hostile_site / "claims.json").read_text(encoding="utf-8"))["claims"]
    return {claim["id"]: claim for claim in claims}


def _without(element: HtmlElement, *classes: str) -> str:
    copy = lxml.html.fromstring(lxml.html.tostring(element, encoding="unicode"))
    for name in classes:
        for part in copy.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            part.drop_tree()
    return _shown(copy)


def _link_to(anchor: str) -> str:
    return f"a[substring-after(@href, '#') = '{anchor}']"


@pytest.mark.parametrize("name", HOSTILE)
def test_page_tables_and_exports_say_the_same_words(
    hostile_pages: dict[str, HtmlElement], hostile_claims: dict[str, dict[str, str]], name: str
) -> None:
    (block,) = hostile_pages["parties/port"].xpath(f"//*[@id='pa-{name}']")
    on_page = _without(block, "citation", "claim-meta").removesuffix(" .") + "."
    exported = hostile_claims[f"pa-{name}"]["statement"]
    link = _link_to(f"pa-{name}")
    (registered,) = hostile_pages["about/index"].xpath(
        f"//table[@class='register']//tr[th/{link}]/td[1]"
    )
    (said,) = hostile_pages["points/4"].xpath(
        f"//li[span[@class='said-by']/{link}]/span[@class='said']"
    )
    (listed,) = hostile_pages["sources/minutes1931"].xpath(f"//li[{link}]")
    in_list = _shown(listed)
    assert {
        "exported": exported,
        "register": _shown(registered),
        "who says what": _shown(said),
        "source": in_list[: len(on_page)],
    } == dict.fromkeys(["exported", "register", "who says what", "source"], on_page)


@pytest.mark.parametrize("name", SPEAKERS)
def test_page_tables_and_exports_name_the_same_speaker(
    hostile_pages: dict[str, HtmlElement], hostile_claims: dict[str, dict[str, str]], name: str
) -> None:
    _, expected = SPEAKERS[name]
    link = _link_to(f"pa-by-{name}")
    (block,) = hostile_pages["parties/port"].xpath(f"//*[@id='pa-by-{name}']")
    (told,) = block.xpath("./span[@class='claim-meta']/span[not(@class)][1]")
    (registered,) = hostile_pages["about/index"].xpath(
        f"//table[@class='register']//tr[th/{link}]/td[2]"
    )
    (said,) = hostile_pages["points/4"].xpath(f"//li/span[@class='said-by']/{link}")
    assert hostile_claims[f"pa-by-{name}"]["by"] == expected
    assert _shown(told) == expected
    assert _shown(registered) == f"In favour {expected}point 4"
    assert _shown(said) == expected


def test_no_statement_becomes_markup(hostile_pages: dict[str, HtmlElement]) -> None:
    for name in ("about/index", "points/4", "sources/minutes1931"):
        page = hostile_pages[name]
        assert page.xpath("//article//*[self::script or self::b or self::em]") == [], name
        links = page.xpath("//article//a/@href")
        assert [one for one in links if one.startswith("http") and "example" not in one] == []


def test_no_placeholder_reaches_a_reader(hostile_site: Path) -> None:
    for path in [*hostile_site.rglob("*.html"), *hostile_site.glob("claims.*")]:
        text = path.read_text(encoding="utf-8")
        assert "\x02" not in text, path.name
        assert "\\u0002" not in text, path.name
