import datetime

import pytest

from briefing.dates import PartialDate, parse_date, read_day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025", (2025, 0, 0)),
        ("2025-11", (2025, 11, 0)),
        ("2025-11-20", (2025, 11, 20)),
        ("2024-02-29", (2024, 2, 29)),
        ("0001-01-01", (1, 1, 1)),
        ("9999-12-31", (9999, 12, 31)),
    ],
)
def test_year_month_or_day(text, date):
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "25",
        "2025-",
        "2025-1",
        "2025-11-2",
        "2025-13",
        "2025-13-40",
        "2025-02-29",
        "2025-11-31",
        "0000",
        "2025-00",
        "2025-00-20",
        "2025-11-00",
        "2025-00-00",
        "20251120",
        "2025/11/20",
        "20-11-2025",
        "20 November 2025",
        "November 2025",
        "2025-11-20T10:00",
        "2025-11-20/2025-11-23",
        "2025-11-20~",
        "2025-XX",
        "-2025",
        " 2025",
        "2025 ",
        "2025-11-20\n",
        "12025-11-20",
        "２０２５",
        "٢٠٢٥-١١-٢٠",
    ],
)
def test_anything_else_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        (PartialDate(2025), "2025", "2025"),
        (PartialDate(2025, 11), "November 2025", "Nov 2025"),
        (PartialDate(2025, 11, 20), "20 November 2025", "20 Nov 2025"),
        (PartialDate(2025, 5, 1), "1 May 2025", "1 May 2025"),
        (PartialDate(2026, 1, 31), "31 January 2026", "31 Jan 2026"),
        (PartialDate(2025, 12, 9), "9 December 2025", "9 Dec 2025"),
    ],
)
def test_dates_as_readers_see_them(date, long, short):
    assert (date.long, date.short) == (long, short)


def test_dates_sort_from_the_least_known():
    texts = ["2025-11-20", "2024", "2025-11", "2025", "2025-12", "2025-11-03"]
    dates = sorted(date for text in texts if (date := parse_date(text)))
    assert [date.short for date in dates] == [
        "2024",
        "2025",
        "Nov 2025",
        "3 Nov 2025",
        "20 Nov 2025",
        "Dec 2025",
    ]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (datetime.date(2025, 11, 20), "2025-11-20"),
        (datetime.date(1, 1, 1), "0001-01-01"),
        ("2025-11-20", "2025-11-20"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_day_that_yaml_gives_as_a_date_or_as_text(given, day):
    assert read_day(given) == day


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        0,
        False,
        True,
        2025,
        20251120,
        2025.11,
        "2025",
        "2025-11",
        "2025-02-29",
        "2025-11-20 ",
        "2025-11-20T10:00:00",
        "20 November 2025",
        datetime.datetime(2025, 11, 20, 10, tzinfo=datetime.UTC),
        datetime.datetime(2025, 11, 20, tzinfo=datetime.UTC),
        ["2025-11-20"],
        {"day": "2025-11-20"},
    ],
)
def test_what_is_no_day(given):
    assert read_day(given) == ""
