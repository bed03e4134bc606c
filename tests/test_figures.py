"""Quantities: what is one, which are equal, and where each stands."""

import itertools
import random
import re
import time
from collections.abc import Callable
from fractions import Fraction

import pytest

from briefing.figures import Figure, names_with_numbers, read_figures
from briefing.pages import Page

Quantity = tuple[Fraction, str]


def quantities(text: str, names: tuple[str, ...] = ()) -> list[Quantity]:
    return [figure.quantity for figure in read_figures(text, names)]


def of(value: Fraction | float | str, unit: str = "") -> Quantity:
    return (Fraction(value), unit)


# Equal quantities

EQUAL = {
    of(600_000): [
        *("600,000", "600000", "600 thousand", "six hundred thousand", "600k", "0.6 million"),
        *("600.0 thousand", "six-hundred-thousand", "Six hundred thousand", "SIX HUNDRED THOUSAND"),
        *("600\u00a0000", "600\u202f000", "600\u2009000", "600\u00a0thousand", "600\nthousand"),
    ],
    of(500_000): ["500,000", "half a million", "Half a million", "half-million", "0.5 million"],
    of(1_500_000): ["1,500,000", "1.5 million", "1.5m", "one and a half million"],
    of(1_234_567): ["1,234,567", "1\u202f234\u202f567", "1234567"],
    of(100_000): ["100,000", "a hundred thousand", "one hundred thousand", "100 thousand"],
    of(1200): ["1,200", "twelve hundred", "1.2 thousand"],
    of(250): ["250", "two hundred and fifty", "Two hundred and fifty"],
    of(101): ["101", "one hundred and one"],
    of(28): ["28", "twenty-eight", "twenty eight", "Twenty-eight", "28.0"],
    of(12): ["12", "twelve", "a dozen", "one dozen", "A dozen"],
    of(24): ["24", "two dozen", "twenty-four"],
    of(6): ["6", "six", "half a dozen", "half-dozen"],
    of(2): ["2", "two", "twice", "Twice"],
    of(0): ["0", "zero"],
    of("4.25"): ["4.25", "4.250"],
    of("2.5"): ["2.5", "two and a half", "2½", "two-and-a-half"],
    of(300): ["300", "300 km", "300km", "300-km"],
    of(100 * 10**9, "dollar"): [
        *("$100bn", "$100 bn", "$100 billion", "$100-billion", "$100B", "$100,000 million"),
        *("US$100bn", "US$100 billion", "USD 100 billion", "$0.1 trillion", "$0.1tn"),
        *("100 billion dollars", "100 billion US dollars", "100 billion American dollars"),
        *("100bn dollars", "one hundred billion dollars", "a hundred billion dollars"),
        *("100-billion-dollar", "100 billion USD", "100\u00a0billion\u00a0dollars"),
        "$ 100 billion",
    ],
    of(5_000_000, "pound"): ["£5m", "GBP 5 million", "five million pounds", "£5 million"],
    of(2 * 10**9, "euro"): ["€2bn", "EUR 2 billion", "two billion euros", "2 billion euro"],
    of(3 * 10**6, "rouble"): ["RUB 3 million", "₽3m", "3 million rubles", "three million roubles"],
    of(7, "hryvnia"): ["₴7", "UAH 7", "seven hryvnias", "7 hryvnia"],
    of(500_000, "dollar"): ["$500,000", "half a million dollars", "$500k", "$0.5m"],
    of(2000, "dollar"): ["$2,000", "$2000", "2000 dollars", "two thousand dollars"],
    of(1950, "euro"): ["€1,950", "€1950", "1950 euros"],
    of(2 * 10**9): ["2 billion", "2,000 million", "2000 million"],
    of(50, "%"): [
        *("half", "Half", "50%", "50 %", "50 per cent", "50 percent", "50-per-cent"),
        "fifty per cent",
        *("50-50", "50:50", "50–50", "50/50", "one half", "one-half", "1/2", "½"),
        *("50.0%", "50\u00a0%", "50\u00a0per\u00a0cent", "50 percentage points", "fifty-fifty"),
    ],
    of("0.5", "%"): ["0.5%", "0.5 per cent", "half a per cent", "half per cent"],
    of(Fraction(200, 3), "%"): ["two-thirds", "two thirds", "2/3", "Two-thirds", "two\u2011thirds"],
    of(Fraction(100, 3), "%"): ["one-third of", "a third of", "1/3", "one third", "A third of"],
    of(75, "%"): ["75%", "75 per cent", "three quarters", "three-quarters", "3/4", "three-fourths"],
    of(25, "%"): ["25%", "a quarter of", "one-quarter of", "25 per cent"],
    of(20, "%"): ["20%", "a fifth of", "twenty per cent"],
    of(70, "%"): ["70%", "seven-tenths", "seven tenths"],
    of(1, "%"): ["1%", "one per cent", "one percentage point"],
    of(1000, "%"): ["1,000%", "a thousand per cent"],
    of(24, "month"): [
        *("two years", "24 months", "2 years", "two-year", "24-month", "twenty-four months"),
        *("2-year", "two calendar years", "two full years", "two more years", "24\u00a0months"),
        *("two\nyears", "two\u2011year", "Two years"),
    ],
    of(30, "month"): [
        *("two and a half years", "30 months", "2.5 years", "two-and-a-half years", "2½ years"),
        *("two years and a half", "2 1/2 years"),
    ],
    of(18, "month"): ["18 months", "a year and a half", "one and a half years", "1.5 years"],
    of(12, "month"): ["one year", "12 months", "twelve months", "1 year", "one-year"],
    of(6, "month"): ["six months", "half a year", "half-year"],
    of(120, "month"): ["ten years", "one decade", "10 years", "120 months", "ten-year"],
    of(24000, "month"): ["2,000 years", "2000 years", "two thousand years"],
    of(14, "day"): [
        *("14 days", "a fortnight", "A fortnight", "two weeks", "fourteen days", "two-week"),
    ],
    of(1, "day"): ["one day", "1 day", "one-day"],
    of(30, "minute"): ["half an hour", "30 minutes", "thirty minutes", "half-hour", "0.5 hours"],
    of(90, "minute"): ["90 minutes", "one and a half hours", "1.5 hours", "an hour and a half"],
    of(1440, "minute"): ["24 hours", "24-hour", "twenty-four hours", "1,440 minutes"],
}


@pytest.mark.parametrize(
    ("text", "quantity"),
    [(text, quantity) for quantity, texts in EQUAL.items() for text in texts],
)
def test_forms_of_one_quantity(text: str, quantity: Quantity) -> None:
    assert quantities(f"They said that {text}.") == [quantity]
    assert quantities(text) == [quantity]


ALL_FORMS = [text for texts in EQUAL.values() for text in texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40 per cent", "40"),
        ("40 per cent", "40 dollars"),
        ("$40", "€40"),
        ("$40", "£40"),
        ("40 roubles", "40 hryvnias"),
        ("40 days", "40"),
        ("40 days", "40 months"),
        ("40 minutes", "40 hours"),
        ("40 hours", "40 days"),
        ("two years", "two months"),
        ("two years", "two weeks"),
        ("half", "0.5"),
        ("half a million", "half"),
        ("half an hour", "half a year"),
        ("two-thirds", "66.7%"),
        ("a third of", "33%"),
        ("$100bn", "$100m"),
        ("$100bn", "$100"),
        ("100 billion", "100 trillion"),
        ("600,000", "60,000"),
        ("6.5", "65"),
        ("1.234", "1,234"),
        ("1 dozen", "1 hundred"),
        ("two hundred", "two thousand"),
        ("thirteen", "thirty"),
        ("fourteen", "forty"),
        ("sixty", "sixteen"),
        ("two in five", "one in five"),
        ("one in five", "one in four"),
        ("one to three years", "two to three years"),
        ("between one and two million", "two million"),
    ],
)
def test_different_quantities(one: str, other: str) -> None:
    assert quantities(one)
    assert quantities(one) != quantities(other)


# Several in one text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 to 15 years", [of(120, "month"), of(180, "month")]),
        ("10–15 years", [of(120, "month"), of(180, "month")]),
        ("10-15 years", [of(120, "month"), of(180, "month")]),
        ("10 - 15 years", [of(120, "month"), of(180, "month")]),
        ("10 or 15 years", [of(120, "month"), of(180, "month")]),
        ("between 10 and 15 years", [of(120, "month"), of(180, "month")]),
        ("from 10 to about 15 years", [of(120, "month"), of(180, "month")]),
        ("ten to fifteen years", [of(120, "month"), of(180, "month")]),
        ("10- to 15-year", [of(120, "month"), of(180, "month")]),
        ("10 years to 15 months", [of(120, "month"), of(15, "month")]),
        ("one to three years", [of(12, "month"), of(36, "month")]),
        ("one or two years", [of(12, "month"), of(24, "month")]),
        ("3, 5 or 10 years", [of(36, "month"), of(60, "month"), of(120, "month")]),
        ("5 or 10 or 15 years", [of(60, "month"), of(120, "month"), of(180, "month")]),
        ("five to ten million", [of(5_000_000), of(10_000_000)]),
        ("5-10 million", [of(5_000_000), of(10_000_000)]),
        ("5m-10m", [of(5_000_000), of(10_000_000)]),
        ("5m–10m", [of(5_000_000), of(10_000_000)]),
        ("5 million to 10 million", [of(5_000_000), of(10_000_000)]),
        ("one to two million", [of(1_000_000), of(2_000_000)]),
        ("600 to 800 thousand", [of(600_000), of(800_000)]),
        ("from 600,000 to 1 million", [of(600_000), of(1_000_000)]),
        ("600,000–1 million", [of(600_000), of(1_000_000)]),
        ("600,000–800,000", [of(600_000), of(800_000)]),
        ("600,000-800,000", [of(600_000), of(800_000)]),
        ("600 or 800", [of(600), of(800)]),
        ("$1-2 million", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1–2 million", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1 to 2 million", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1 million to $2 million", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1m-$2m", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1m–2m", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("$1bn-2bn", [of(10**9, "dollar"), of(2 * 10**9, "dollar")]),
        ("1-2 million dollars", [of(1_000_000, "dollar"), of(2_000_000, "dollar")]),
        ("two to three billion euros", [of(2 * 10**9, "euro"), of(3 * 10**9, "euro")]),
        ("75 and 72 per cent", [of(75, "%"), of(72, "%")]),
        ("75 to 72%", [of(75, "%"), of(72, "%")]),
        ("75%–72%", [of(75, "%"), of(72, "%")]),
        ("75, 72 and 70 per cent", [of(75, "%"), of(72, "%"), of(70, "%")]),
        ("$5 million and 300 men", [of(5_000_000, "dollar"), of(300)]),
        ("$100bn and 50 ships", [of(100 * 10**9, "dollar"), of(50)]),
        ("20 ships, 3 years and $5", [of(20), of(36, "month"), of(5, "dollar")]),
        ("100, 200", [of(100), of(200)]),
        ("60:40", [of(60), of(40)]),
        ("50:40", [of(50), of(40)]),
        ("nine in ten", [of(9), of(10)]),
        ("75% against a third, half for", [of(75, "%"), of(Fraction(100, 3), "%"), of(50, "%")]),
    ],
)
def test_each_of_several_has_its_unit(text: str, expected: list[Quantity]) -> None:
    assert quantities(text) == expected
    assert quantities(f"It was {text}, he said.") == expected


@pytest.mark.parametrize("verb", ["saw", "is", "was", "had", "wanted", "said", "would", "could"])
def test_a_third_that_does_something_is_a_share(verb: str) -> None:
    assert quantities(f"Of those asked a third {verb} it.") == [of(Fraction(100, 3), "%")]


@pytest.mark.parametrize("noun", ["party", "point", "text", "European text", "round", "country"])
def test_a_third_of_a_kind_is_the_one_after_the_second(noun: str) -> None:
    assert quantities(f"They spoke of a third {noun}.") == []
    assert quantities(f"They spoke of the third {noun}.") == []


# Beside what is no quantity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under point 7, 600,000 men stay", [of(600_000)]),
        ("Under point 21, 75 per cent stay", [of(75, "%")]),
        ("Points 6, 7 and 8 cost 9 million", [of(9_000_000)]),
        ("Article 5 gives two years", [of(24, "month")]),
        ("an army that numbers 800,000", [of(800_000)]),
        ("it rules 40 per cent of the land", [of(40, "%")]),
        ("it rules 5 million people", [of(5_000_000)]),
        ("On November 24, 50 men came", [of(50)]),
        ("On 24 November, 50 men came", [of(50)]),
        ("On November 24, 600,000 men came", [of(600_000)]),
        ("On November 24, 2025, 50 men came", [of(50)]),
        ("In May 12,000 men came", [of(12_000)]),
        ("On 5 May 12,000 men came", [of(12_000)]),
        ("In March 50 ships sank", [of(50)]),
        ("In 2025, 600 men came", [of(600)]),
        ("In 2025 600 men came", [of(600)]),
        ("At 11:30 two men came", [of(2)]),
        ("In the 1990s 20 ships sank", [of(20)]),
        ("The G7 and 20 others", [of(20)]),
        ("the 21st of 30 ships", [of(30)]),
        ("one of the two ships", [of(2)]),
        ("the first half and half of the rest", [of(50, "%")]),
        ("it costs 2.50 EUR", [of("2.5", "euro")]),
        ("it grew by 2.50 per cent", [of("2.5", "%")]),
        ("the 28-point plan", [of(28)]),
        ("twenty-one points", [of(21)]),
        ("a 600,000-strong army", [of(600_000)]),
        ("he may 3 times", [of(3)]),
        ("(600,000)", [of(600_000)]),
        ("“600,000”", [of(600_000)]),
        ("600,000; 600,000.", [of(600_000), of(600_000)]),
    ],
)
def test_only_the_quantity_is_read(text: str, expected: list[Quantity]) -> None:
    assert quantities(text) == expected


# No quantities

NONE = {
    "dates": [
        *("21-22 November", "21–22 November 2025", "21 and 22 November", "21, 22 and 23 November"),
        *("November 21-22", "November 24 to 28, 2025", "November 24–28", "24 to 28 November"),
        *("20 Nov", "20 Nov.", "20 Nov 2025", "Nov 20", "Nov. 20, 2025", "November 20th"),
        *("20th November", "20th of November 2025", "the 20th", "November 2025", "1 May", "May 1"),
        *("2025-11-20", "2025-11", "20 November, 2025", "30 April to 2 May", "1 May 1931"),
        *("20-Nov-2025", "Thursday, 20 November", "20 November 2025–2 December 2025"),
        *("the night of 20–21 November", "5 to 6 May", "1 January 2026", "31 December"),
        *("20.11.2025", "24.02.2022", "20/11/2025", "11/20/2025", "SEPTEMBER 2025"),
    ],
    "years": [
        *("2025", "in 2025,", "(2025)", "2025’s", "1990s", "the 1990s", "’90s", "'90s", "90s"),
        *("2025-26", "2025–26", "2025/26", "2014–2022", "2014-2022", "2025/2026", "1939–45"),
        *("from 2014 to 2022", "2025 and 2026", "2025, 2026 and 2027", "1812", "early 2026"),
    ],
    "times": [
        *("10 a.m.", "10 am", "10am", "10 p.m.", "10:30 a.m.", "10.30 a.m.", "11:30", "11.30pm"),
        *("09.30 GMT", "09:30 GMT", "9.30 CET", "11.30 Moscow time", "23:59", "0:15", "8pm"),
        *("20 November at 10 a.m.", "20 Nov 2025 10:00", "11:30:00", "10 o’clock", "10 A.M."),
    ],
    "points": [
        *("point 7", "Point 7", "POINT 7", "points 6, 7 and 8", "points 6, 7, and 8", "points 6-8"),
        *("points 6–8", "points 6 to 8", "points 6/7", "points 7, 8, 9, 10 and 11", "points 6 & 7"),
        *("items 12, 15 and 20", "item 12", "Article 42(7)", "Articles 5 and 42", "article 5"),
        *("paras 2-3", "para. 4", "paragraphs 2 to 3", "No. 12", "no. 12", "Nos. 12 and 13"),
        *("Nos 12 and 13", "Resolution 2202", "resolution 2202 (2015)", "p. 12", "pp. 3-4"),
        *("page 12", "Annex 2", "Protocol 16", "clause 7", "Article 4, paragraph 2", "point 7a"),
        *("section 4.2", "Article 5.1", "version 2.0", "Art. 5", "§ 4", "point seven"),
        *("points six and seven", "Article Five"),
    ],
    "names": [
        *("G7", "G20", "G-7", "E3", "F-16", "F-16s", "S-300", "S-400", "COVID-19", "B-52", "T-72"),
        *("MH17", "Su-35", "MiG-29", "9M729", "Tu-22M3", "PAC-3", "H1N1", "TVN24", "1news.az"),
        *("161-FZ", "5G", "B922", "room 3b", "the A4"),
    ],
    "ordinals": [
        *("1st", "2nd", "3rd", "21st", "the 21st century", "20th-century", "the sixth", "a fourth"),
        *("the twenty-first century", "the twenty-second", "the ninth package", "fifth column"),
        *("first half of 2026", "the second half", "second quarter", "the second quarter of 2026"),
        *("the last quarter", "the latter half", "the third quarter"),
    ],
    "pronouns": [
        *("one of them", "no one", "the only one", "one another", "one by one", "this one", "One"),
        *("one-sided", "one-to-one", "on the one hand", "the one he meant", "anyone", "one said"),
    ],
    "other words": [
        *("often", "tenet", "attend", "weighten", "lonely", "stone", "headquarters", "quarters"),
        *("on behalf", "halfway", "sixties", "hundreds", "thousands of men", "tens of thousands"),
        *("dozens", "millions", "second-hand", "a year", "an hour", "a month", "once", "double"),
        *("", " ", "…", "a", "%", "$", "per cent", "million", "dollars", "years"),
    ],
}


@pytest.mark.parametrize("text", [text for texts in NONE.values() for text in texts])
def test_no_quantity(text: str) -> None:
    assert quantities(text) == []
    assert quantities(f"It was {text}, he said.") == []


# Where they stand


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some 600,000 men.", ["600,000"]),
        ("They want $100bn in two years.", ["$100bn", "two years"]),
        ("US$100 billion dollars", ["US$100 billion dollars"]),
        ("USD 100 billion", ["USD 100 billion"]),
        ("75 and 72 per cent", ["75", "72 per cent"]),
        ("10–15 years", ["10", "15 years"]),
        ("3 percentage points more", ["3 percentage points"]),
        ("$1-2 million", ["$1", "2 million"]),
        ("half; 50-50; 50:50", ["half", "50-50", "50:50"]),
        ("a third of them", ["a third"]),
        ("half a million men, a dozen ships", ["half a million", "a dozen"]),
        ("Forty met; forty met.", ["Forty", "forty"]),
        ("On 20 November two men, one of them 50", ["two", "50"]),
        ("1\u202f234\u202f567 men", ["1\u202f234\u202f567"]),
        ("у порту 600,000 людей", ["600,000"]),
        ("🚢🚢 40 %", ["40 %"]),
        ("e\u0301 40", ["40"]),
        ("ﬀ 40 days' rest", ["40 days"]),
    ],
)
def test_words_and_places_are_those_of_the_text(text: str, words: list[str]) -> None:
    found = read_figures(text)
    assert [figure.text for figure in found] == words
    for figure in found:
        assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("before", ["", "It is ", "На 20 Nov 2025 у ", "point 7: ", "“", "😀"])
@pytest.mark.parametrize("after", ["", ".", " – no", "”", ", he said on 20 November"])
def test_places_move_with_what_stands_in_front(before: str, after: str) -> None:
    for text in ("600,000", "$100bn", "75 per cent", "two-thirds", "half an hour", "50-50"):
        (figure,) = read_figures(f"{before}{text}{after}")
        assert (figure.text, figure.start, figure.end) == (
            *(text, len(before)),
            len(before) + len(text),
        )


def test_figures_come_in_the_order_of_the_text() -> None:
    random.Random(4).shuffle(texts := list(ALL_FORMS))
    found = read_figures("; ".join(texts))
    starts = [figure.start for figure in found]
    assert starts == sorted(set(starts))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_figure_tells_its_quantity_and_end() -> None:
    figure = Figure(Fraction(24), "month", "two years", 7)
    assert (figure.quantity, figure.end) == (of(24, "month"), 16)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_spaces_between_digits_on_a_page(read_page: Callable[..., Page], space: str) -> None:
    page = read_page(f"An army of 600{space}000 men [@gazette1931].\n")
    assert quantities(page.blocks[0].statement) == [of(600_000)]


# Names


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("112 Ukraine reported it", ("112 Ukraine",), []),
        ("112 Ukraine reported 112 ships", ("112 Ukraine",), [of(112)]),
        ("Channel 24 and 24 men", ("Channel 24",), [of(24)]),
        ("Channel 24", (), [of(24)]),
        ("Channel 24/7", ("Channel 24/7", "Channel 24"), []),
        ("Channel 245", ("Channel 24",), [of(245)]),
        ("aChannel 24", ("Channel 24",), [of(24)]),
        ("channel 24", ("Channel 24",), [of(24)]),
        ("20 Minutes (Paris)", ("20 Minutes (Paris)",), []),
        ("20 minutes", ("20 Minutes",), [of(20, "minute")]),
        ("“20 Minutes” says half", ("20 Minutes",), [of(50, "%")]),
        ("20.Minutes 20xMinutes", ("20.Minutes",), []),
        ("40 men", ("",), [of(40)]),
    ],
)
def test_names_hold_no_quantity(
    text: str, names: tuple[str, ...], expected: list[Quantity]
) -> None:
    assert quantities(text, names) == expected
    for figure in read_figures(text, names):
        assert text[figure.start : figure.end] == figure.text


def test_names_with_numbers_are_found_longest_first() -> None:
    names = ["Gazette", "24 News", "Channel 24 News", "G7", "", "The 12-part series", "24 News"]
    assert names_with_numbers(names) == (
        "The 12-part series",
        "Channel 24 News",
        "12-part",
        "24 News",
    )
    assert names_with_numbers(["Gazette", "1931"]) == ()


# A change of one digit, or of one number word, is another quantity

FIGURES = [
    *("600,000", "1,234,567", "28", "7", "4.25", "0.6 million", "10 million", "600 thousand"),
    *("800k", "$100bn", "US$100 billion", "100 billion dollars", "€2.5bn", "$2,000", "£5m"),
    *("50%", "75 per cent", "72 percent", "3.5 %", "1,000%", "24 months", "14 days", "2 years"),
    *("10 to 15 years", "75 and 72 per cent", "$1-2 million", "600,000 to 1 million", "2/3"),
    *("48-hour", "30 minutes", "600\u202f000", "5-10 million", "20,000–30,000", "28-point"),
    *("28 of 65", "9 in 10", "$140bn or 45%", "12 hours, 5 days, 6 weeks", "155mm", "300km"),
]


def _differs(changed: str, text: str) -> bool:
    """Whether a claim states other quantities than a text, and no fewer."""
    before, after = quantities(f"It is {text}."), quantities(f"It is {changed}.")
    return after != before and len(after) >= len(before)


@pytest.mark.parametrize("text", FIGURES)
def test_every_other_digit_is_another_quantity(text: str) -> None:
    for match in re.finditer(r"\d", text):
        for digit in set("0123456789") - {match.group()}:
            changed = f"{text[: match.start()]}{digit}{text[match.end() :]}"
            assert _differs(changed, text), changed


@pytest.mark.parametrize("text", FIGURES)
def test_a_digit_more_is_another_quantity(text: str) -> None:
    for match in re.finditer(r"\d", text):
        changed = f"{text[: match.start()]}7{text[match.start() :]}"
        assert _differs(changed, text), changed


@pytest.mark.parametrize("text", [text for text in FIGURES if re.search(r"\d\d|\d[.,]\d", text)])
def test_a_digit_less_is_another_quantity(text: str) -> None:
    for number in re.finditer(r"\d[\d.,\u202f]*\d", text):
        for place in range(number.start(), number.end()):
            if text[place].isdigit():
                changed = f"{text[:place]}{text[place + 1 :]}"
                assert _differs(changed, text), changed


WORDS = [
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
    *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
]


def test_number_words_are_all_different() -> None:
    values = [quantities(f"{word} men") for word in WORDS]
    assert values == [[of(value)] for value in [*range(2, 20), *range(20, 100, 10)]]


@pytest.mark.parametrize("tens", WORDS[-8:])
def test_numbers_to_ninety_nine(tens: str) -> None:
    (base,) = quantities(tens)
    for ones, word in enumerate(["one", *WORDS[:8]], start=1):
        for joined in (f"{tens}-{word}", f"{tens} {word}", f"{tens.title()}-{word}"):
            assert quantities(f"{joined} men") == [(base[0] + ones, "")], joined


@pytest.mark.parametrize(
    "form",
    [
        "{} men",
        "{} per cent",
        "{} years",
        "{} hundred thousand",
        "{} million dollars",
        "{} and a half years",
        "{} to ninety-nine million",
        "one hundred and {}",
        "twelve or {} days",
        "ten and {} per cent",
    ],
)
def test_every_other_number_word_is_another_quantity(form: str) -> None:
    read = {word: tuple(quantities(form.format(word))) for word in WORDS}
    assert all(read.values())
    assert len(set(read.values())) == len(WORDS)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("100 {}", ["", "thousand", "million", "billion", "trillion", "hundred", "dozen"]),
        ("two {}", ["minutes", "hours", "days", "weeks", "months", "years", "decades"]),
        ("100 {}", ["dollars", "euros", "pounds", "roubles", "hryvnias", "per cent", "men"]),
        ("{}100", ["$", "€", "£", "₽", "₴", ""]),
        ("$100{}", ["", "k", "m", "bn", "tn"]),
        ("a {} of them", ["third", "quarter", "fifth", "sixth", "seventh", "eighth", "tenth"]),
        ("{} of them", ["half", "a third", "two-thirds", "three-quarters", "two-fifths"]),
        ("half {} more", ["a million", "a billion", "an hour", "a year", "a dozen", "the men"]),
    ],
)
def test_every_other_unit_or_scale_is_another_quantity(form: str, words: list[str]) -> None:
    read = [tuple(quantities(form.format(word))) for word in words]
    assert all(read)
    assert len(set(read)) == len(words)


# Hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "5 m\u0130llion",
        "two m\u0131nutes",
        "a th\u0130rd of",
        "two th\u0131rds",
        "5 \u017fhips",
        "5 \u212a",
        "9" * 5000,
        "0." + "9" * 5000,
        "5" + " million" * 5000,
        "1/0 2/0 0/0 50/0",
        "١٬٠٠٠ ٥٠٪ ５００ ² ½ Ⅷ 1⁄2",
        "$$$ €€5 --5 5-- 5,,5 5..5 ,5 .5 5,",
        "\x00 5\x00million \ud800",
    ],
)
def test_no_text_is_too_strange(text: str) -> None:
    for figure in read_figures(text):
        assert text[figure.start : figure.end] == figure.text


def test_any_pieces_in_any_order_are_read() -> None:
    pieces = [
        *("5", "600,000", "2025", "50-50", "2/3", "$", "US$", "€", "%", " per cent", " million"),
        *("bn", " years", "-year", " to ", "–", "-", " and ", " and a half", " half", " a third"),
        *(" one", " twenty-", "two", " hundred", " dozen", " 20 November", " point ", ", ", "."),
        *" \u00a0\u202f½İıſ\u0301т’“():/0",
    ]
    chance = random.Random(1931)
    for _ in range(4000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 9)))
        for figure in read_figures(text):
            assert text[figure.start : figure.end] == figure.text, text
            assert figure.value >= 0, text
            assert figure.text.strip() == figure.text, text


@pytest.mark.parametrize(
    "text",
    ["points 1" + " , " * 13 + "x", "5" + " , " * 13 + "x", "half " * 2000, "1,000" * 800],
    ids=["after-points", "after-a-number", "halves", "thousands"],
)
def test_reading_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    read_figures(text)
    assert time.perf_counter() - begun < 0.5
