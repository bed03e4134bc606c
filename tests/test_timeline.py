"""Timelines: what front matter says, events, the date of the briefing, the date in front."""

import datetime
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from building import add, add_kinds_of_page, build, copy_small, edit, undress, write
from lxml.html import HtmlElement

from briefing.briefing import Briefing, read_briefing
from briefing.rules import check, registry
from briefing.timeline import Timeline, events, events_on, read_timeline


@pytest.fixture(scope="session")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    root = add_kinds_of_page(copy_small(tmp_path_factory.mktemp("timeline") / "small"))
    made = read_briefing(root)
    assert check(made) == []
    return made


@pytest.mark.parametrize(
    "searched", [datetime.date(1999, 12, 31), "1999-12-31"], ids=["date", "text"]
)
def test_day_of_the_search_is_read(searched: object) -> None:
    assert read_timeline({"searched": searched}) == Timeline("1999-12-31")


@pytest.mark.parametrize("given", [None, True, False, "1999-12-31", ["1999-12-31"], 1999])
def test_timeline_that_is_no_mapping_has_a_fault(given: object) -> None:
    fault = "timeline is not a mapping with `searched`"
    assert read_timeline(given) == Timeline(fault=fault)


@pytest.mark.parametrize("more", ["until", "points", "Searched", 1])
def test_timeline_with_more_than_is_read_has_a_fault(more: object) -> None:
    found = read_timeline({"searched": "1999-12-31", more: "1999-12-31"})
    assert found.fault == "timeline is not a mapping with `searched`"


@pytest.mark.parametrize("searched", [None, "", 1999, "1999", "1999-12", "1999-02-30", "today"])
def test_search_without_a_day_has_a_fault(searched: object) -> None:
    for given in ({"searched": searched}, {}):
        found = read_timeline(given)
        assert found == Timeline(fault="timeline does not say on which day sources were searched")


@pytest.mark.parametrize(
    ("now", "is_to_come"),
    [
        (datetime.datetime(1999, 12, 30, 23, 59, tzinfo=datetime.UTC), True),
        (datetime.datetime(1999, 12, 31, 0, 0, tzinfo=datetime.UTC), False),
        (datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.UTC), False),
    ],
)
def test_day_of_a_search_may_be_today_and_not_later(
    small: Path, monkeypatch: pytest.MonkeyPatch, now: datetime.datetime, is_to_come: bool
) -> None:
    """The parties' pages of the small briefing were searched on the same day."""
    clock = SimpleNamespace(now=now.astimezone)
    fake = SimpleNamespace(UTC=datetime.UTC, datetime=clock)
    monkeypatch.setattr(registry, "datetime", fake)
    write(small, "docs/when.md", "---\ntimeline: {searched: 1999-12-31}\n---\n# When\n")
    found = check(read_briefing(small))
    assert [(one.rule, one.path, one.line) for one in found] == [
        ("bad-no-position", "docs/parties/port.md", 3),
        ("bad-no-position", "docs/parties/press.md", 3),
        ("bad-timeline", "docs/when.md", 2),
    ] * is_to_come


# Events


def test_events_are_the_claims_of_timelines_in_their_order(eventful: Briefing) -> None:
    assert [claim.id for claim in events(eventful)] == ["ev-strike", "ev-signed", "ev-printed"]
    assert [claim.on for claim in events(eventful)] == ["1931-05", "1931-05-04", "1931-05-05"]
    assert [claim.parties for claim in events(eventful)] == [("union", "port"), ("port",), ()]


@pytest.mark.parametrize(
    ("concerned", "ids"),
    [
        ({}, ["ev-strike", "ev-signed", "ev-printed"]),
        ({"point": 1}, ["ev-strike"]),
        ({"point": 5}, ["ev-printed"]),
        ({"point": 3}, []),
        ({"party": "port"}, ["ev-strike", "ev-signed"]),
        ({"party": "union"}, ["ev-strike"]),
        ({"party": "press"}, []),
        ({"point": 1, "party": "port"}, ["ev-strike"]),
        ({"point": 5, "party": "port"}, []),
    ],
)
def test_events_that_concern_a_point_or_party(
    eventful: Briefing, concerned: dict[str, object], ids: list[str]
) -> None:
    assert [claim.id for claim in events_on(eventful, **concerned)] == ids


def test_events_of_several_timelines_stand_page_by_page(small: Path) -> None:
    for name, day in (("b", "1931-05-04"), ("a", "1931-05-06")):
        text = "---\ntimeline: {searched: 1999-12-31}\n---\n# Days\n\nOne came [@gazette1931].\n"
        write(small, f"docs/{name}.md", f'{text}{{: on="{day}" #ev-{name} }}\n')
    made = read_briefing(small)
    assert check(made) == []
    assert [claim.id for claim in events(made)] == ["ev-a", "ev-b"]


def test_small_briefing_has_no_events(small: Path) -> None:
    assert events(read_briefing(small)) == []


# The date of the briefing


@pytest.mark.parametrize(
    ("searched", "as_of"),
    [
        ("1999-12-30", "1999-12-31"),
        ("1999-12-31", "1999-12-31"),
        ("2000-01-01", "2000-01-01"),
        ("'2000-01-01'", "2000-01-01"),
        ("2000-01", "1999-12-31"),
        ("x", "1999-12-31"),
        ("[2001-01-01]", "1999-12-31"),
    ],
)
def test_briefing_is_of_the_latest_search(small: Path, searched: str, as_of: str) -> None:
    write(small, "docs/when.md", f"---\ntimeline: {{searched: {searched}}}\n---\n# When\n")
    assert read_briefing(small).as_of == as_of


def test_briefing_without_silence_is_of_its_timelines_search(small: Path) -> None:
    for name, points in (("port", "[4, 5]"), ("press", "[2, 3, 4, 5]")):
        given = f"no_position: {{searched: 1999-12-31, points: {points}}}\n"
        edit(small, f"docs/parties/{name}.md", given, "")
    assert read_briefing(small).as_of == ""
    write(small, "docs/when.md", "---\ntimeline: {searched: 1931-06-01}\n---\n# When\n")
    assert read_briefing(small).as_of == "1931-06-01"


# In a page


STOPPED = '\n> It stopped.\n{: by="Ada Holm" at="p. 4" }\n'


@pytest.fixture(scope="session")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HtmlElement]:
    """The elements of a built timeline, and of another page, by their ids."""
    root = undress(add_kinds_of_page(copy_small(tmp_path_factory.mktemp("page") / "small")))
    event = '{{: on="1931-06{}" points="2" parties="{}" by="Ada Holm" #{} }}\n\n'
    add(root, "docs/timeline.md", "\n*All* went on & on [@gazette1931].\n")
    add(root, "docs/timeline.md", event.format("", "press, union", "ev-all"))
    add(root, "docs/timeline.md", "> [It](index.md) stopped [@gazette1931].\n> ")
    add(root, "docs/timeline.md", event.format("-07", "", "ev-stop"))
    add(root, "docs/timeline.md", "`x` was said [@gazette1931].\n{: on=1932 #ev-code }\n")
    add(root, "docs/sources/gazette1931.md", STOPPED)
    write(root, "docs/case.md", 'It met [@gazette1931].\n{: on="1931-06-07" #no-event }\n')
    found = {}
    site = build(root)
    for name in ("timeline", "case"):
        tree = lxml.html.document_fromstring((site / f"{name}.html").read_bytes())
        found |= {str(one.get("id")): one for one in tree.xpath("//*[@id]")}
    return found


def _shown(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


GAZETTE, READ = "(Harbour Gazette, 5 May 1931", "[paper, in full]"


@pytest.mark.parametrize(
    ("anchor", "shown"),
    [
        ("ev-strike", f"May 1931 The strike began {GAZETTE}, p. 1 {READ})."),
        (
            "ev-signed",
            "4 May 1931 The accord was signed (Port Authority, 4 May 1931 [Minutes, excerpt]).",
        ),
        ("ev-all", f"June 1931 All went on & on {GAZETTE} {READ})."),
        ("ev-stop", f"7 June 1931 It stopped {GAZETTE} {READ})."),
        ("ev-code", f"1932 x was said {GAZETTE} {READ})."),
        ("no-event", f"It met {GAZETTE} {READ})."),
    ],
)
def test_event_begins_with_its_date(
    blocks: dict[str, HtmlElement], anchor: str, shown: str
) -> None:
    told = _shown(blocks[anchor])
    assert told.split(" " + _shown(blocks[anchor].find_class("claim-meta")[0]))[0] == shown


@pytest.mark.parametrize(
    ("anchor", "meta"),
    [
        ("ev-strike", "points 1, 2 · Union, Port authority · EV-STRIKE"),
        ("ev-signed", "Director Lund · Port authority · EV-SIGNED"),
        ("ev-printed", "point 5 · EV-PRINTED"),
        ("ev-all", "Ada Holm · point 2 · Press, Union · EV-ALL"),
        ("ev-stop", "Ada Holm · point 2 · EV-STOP"),
        ("no-event", "7 June 1931 · NO-EVENT"),
    ],
)
def test_parties_stand_below_an_event_and_its_date_only_in_front(
    blocks: dict[str, HtmlElement], anchor: str, meta: str
) -> None:
    (told,) = blocks[anchor].find_class("claim-meta")
    assert _shown(told) == meta


def test_parties_of_an_event_are_links_to_their_pages(blocks: dict[str, HtmlElement]) -> None:
    (meta,) = blocks["ev-strike"].find_class("claim-meta")
    links = [link.get("href") for link in meta.iter("a")]
    assert links == [
        *("points/1.html", "points/2.html", "parties/union.html", "parties/port.html"),
        "#ev-strike",
    ]


def test_date_in_front_can_be_read_by_machines(blocks: dict[str, HtmlElement]) -> None:
    given = {
        anchor: block.xpath("./time/@datetime | ./p/time/@datetime")
        for anchor, block in blocks.items()
        if anchor.startswith("ev-")
    }
    assert given == {
        "ev-strike": ["1931-05"],
        "ev-signed": ["1931-05-04"],
        "ev-printed": ["1931-05-05"],
        "ev-all": ["1931-06"],
        "ev-stop": ["1931-06-07"],
        "ev-code": ["1932"],
    }
