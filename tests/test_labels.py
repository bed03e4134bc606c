import re

import pytest

from briefing.bibliography import Entry, Field
from briefing.labels import make_labels


def entry(key="k", **fields):
    return Entry(
        key,
        "article",
        {name: Field(re.sub("[{}]", "", raw), raw, 1) for name, raw in fields.items()},
        1,
    )


def labels(*entries):
    return list(make_labels({one.key: one for one in entries}).values())


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"author": "Mills, Claire", "date": "2025-12-01"}, "Mills, 1 Dec 2025"),
        ({"author": "Mills, Claire", "date": "2025-12"}, "Mills, Dec 2025"),
        ({"author": "Mills, Claire", "year": "2025"}, "Mills, 2025"),
        ({"author": "Mills, Claire", "year": "2025", "month": "nov"}, "Mills, Nov 2025"),
        ({"author": "Mills, Claire"}, "Mills, no date"),
        ({"author": "Mills, Claire", "date": "soon"}, "Mills, no date"),
        ({"author": "Doe, J. and Roe, R.", "date": "2025"}, "Doe and Roe, 2025"),
        ({"author": "Doe, J. and Roe, R. and Poe, P.", "date": "2025"}, "Doe et al., 2025"),
        ({"author": "von der Leyen, Ursula", "date": "2025"}, "von der Leyen, 2025"),
        ({"author": "{European Union}", "date": "2025"}, "European Union, 2025"),
        ({"author": "{Foreign, Commonwealth and Development Office}", "date": "2025"},
         "Foreign, Commonwealth and Development Office, 2025"),
        ({"author": "{European Union}", "shortauthor": "EU", "date": "2025"}, "EU, 2025"),
        ({"author": "Зеленський, Володимир", "date": "2025-11-21"}, "Зеленський, 21 Nov 2025"),
        ({"editor": "Doe, J.", "date": "2025"}, "Doe, 2025"),
        ({"author": "Roe, R.", "editor": "Doe, J.", "date": "2025"}, "Roe, 2025"),
        ({"journaltitle": "TASS", "date": "2025-11-27"}, "TASS, 27 Nov 2025"),
        ({"organization": "White House", "title": "T", "date": "2025"}, "White House, 2025"),
        ({"title": "A title", "date": "2025"}, "A title, 2025"),
        ({"title": "<b> & \"x\"", "date": "2025"}, "<b> & \"x\", 2025"),
        ({}, "k, no date"),
    ],
)  # fmt: skip
def test_who_and_when(fields, label):
    assert labels(entry(**fields)) == [label]


def test_the_day_tells_reports_of_one_agency_apart():
    one = entry("a", journaltitle="TASS", date="2025-11-27")
    other = entry("b", journaltitle="TASS", date="2025-11-28")
    assert labels(one, other) == ["TASS, 27 Nov 2025", "TASS, 28 Nov 2025"]


def test_then_the_outlet():
    one = entry("a", author="Doe, J.", journaltitle="The Times", date="2025-11-27")
    other = entry("b", author="Doe, J.", journaltitle="Time", date="2025-11-27")
    third = entry("c", author="Doe, J.", journaltitle="Time", date="2025-11-28")
    assert labels(one, other, third) == [
        "Doe in The Times, 27 Nov 2025",
        "Doe in Time, 27 Nov 2025",
        "Doe, 28 Nov 2025",
    ]


def test_then_a_letter():
    entries = [entry(key, journaltitle="TASS", date="2025-11-27") for key in ("c", "a", "b")]
    assert labels(*entries) == [
        "TASS, 27 Nov 2025 (c)",
        "TASS, 27 Nov 2025 (a)",
        "TASS, 27 Nov 2025 (b)",
    ]


def test_letters_for_one_author_in_one_outlet():
    entries = [
        entry(key, author="Doe, J.", journaltitle="Time", date="2025-11-27") for key in ("a", "b")
    ]
    assert [label[-3:] for label in labels(*entries)] == ["(a)", "(b)"]


def test_an_agency_is_not_named_twice():
    """The outlet is named only where that tells sources apart."""
    one = entry("a", author="{Reuters}", journaltitle="Reuters", date="2025-11-27")
    other = entry("b", author="{Reuters}", journaltitle="Aaj TV", date="2025-11-27")
    third = entry("c", author="{Reuters}", journaltitle="Reuters", date="2025-11-27")
    made = labels(one, other, third)
    assert made[1] == "Reuters in Aaj TV, 27 Nov 2025"
    assert made[0] == "Reuters, 27 Nov 2025 (a)"
    assert made[2] == "Reuters, 27 Nov 2025 (b)"


def test_more_than_26_alike():
    entries = [entry(f"k{index:03}", journaltitle="TASS", date="2025") for index in range(60)]
    made = labels(*entries)
    assert made[0] == "TASS, 2025 (a)"
    assert made[25] == "TASS, 2025 (z)"
    assert made[26] == "TASS, 2025 (aa)"
    assert made[53] == "TASS, 2025 (bb)"
    assert len(set(made)) == 60


def test_no_two_are_alike_whatever_a_source_is_called():
    entries = [
        entry("a", journaltitle="TASS", date="2025"),
        entry("b", journaltitle="TASS", date="2025"),
        entry("c", shortauthor="TASS, 2025 (a)"),
        entry("d", author="TASS, x", journaltitle="TASS", year="2025"),
        entry("e", title="TASS", year="2025"),
        entry("f", author="{TASS in TASS}", year="2025"),
    ]
    assert len(set(labels(*entries))) == len(entries)


def test_labels_do_not_depend_on_the_order_of_the_file():
    entries = [entry(key, journaltitle="TASS", date="2025") for key in "abcde"]
    forward = make_labels({one.key: one for one in entries})
    backward = make_labels({one.key: one for one in reversed(entries)})
    assert forward == backward


def test_no_entries():
    assert make_labels({}) == {}
