"""A briefing's own sums: right, wrong, or none."""

import random
from fractions import Fraction

import pytest

from briefing.arithmetic import Sum, read_sums


def right(text: str) -> Sum:
    (one,) = read_sums(text)
    assert isinstance(one, Sum), one
    return one


def wrong(text: str) -> str:
    (one,) = read_sums(text)
    assert isinstance(one, str), one
    return one


# Right


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("30 - 12 = 18", 18, ""),
        ("30 + 12 = 42", 42, ""),
        ("30 * 12 = 360", 360, ""),
        ("30 / 12 = 2.5", Fraction(5, 2), ""),
        ("30 × 12 = 360", 360, ""),
        ("30 ÷ 12 = 2.5", Fraction(5, 2), ""),
        ("30 − 12 = 18", 18, ""),
        ("30 – 12 = 18", 18, ""),
        ("  30  -  12  =  18  ", 18, ""),
        ("30 - 12=18", 18, ""),
        ("forty - 30 = ten", 10, ""),
        ("1 + 1 = two", 2, ""),
        ("one + one = two", 2, ""),
        ("two - one = 1", 1, ""),
        ("20 - 5 - 5 = 10", 10, ""),
        ("20 - 5 + 5 = 20", 20, ""),
        ("20 / 4 / 5 = 1", 1, ""),
        ("2 + 3 * 4 = 14", 14, ""),
        ("2 * 3 + 4 = 10", 10, ""),
        ("2 + 12 / 4 - 1 = 4", 4, ""),
        ("100 - 2 * 3 * 4 - 6 / 3 = 74", 74, ""),
        ("1,000 + 1 = 1,001", 1001, ""),
        ("1000 + 1 = 1,001", 1001, ""),
        ("1\u202f000 + 1 = 1,001", 1001, ""),
        ("800,000 - 600,000 = 200 thousand", 200_000, ""),
        ("600 thousand + 1 = 600,001", 600_001, ""),
        ("5 - 5 = 0", 0, ""),
        ("5 - 5 = zero", 0, ""),
        ("10 * 0 = 0", 0, ""),
        ("0 / 5 = 0", 0, ""),
        ("0.1 + 0.2 = 0.3", Fraction(3, 10), ""),
        ("3.3 - 1.1 = 2.2", Fraction(11, 5), ""),
        ("two dozen + 1 = 25", 25, ""),
        ("12 - 30 + 20 = 2", 2, ""),
        ("$140bn - $100bn = $40bn", 40 * 10**9, "dollar"),
        ("$100bn - $40bn = 60 billion dollars", 60 * 10**9, "dollar"),
        ("2 * $5 = $10", 10, "dollar"),
        ("$10 / 5 = $2", 2, "dollar"),
        ("$10 / $5 = 2", 2, ""),
        ("€100 - 2 * €30 = €40", 40, "euro"),
        ("75% - 72% = 3 percentage points", 3, "%"),
        ("100% - half = 50 per cent", 50, "%"),
        ("50% * 200 = 100", 100, ""),
        ("150 / 200 = 75%", 75, "%"),
        ("75% * $200 = $150", 150, "dollar"),
        ("20% / 5 = 4%", 4, "%"),
        ("two-thirds + 1/3 = 100%", 100, "%"),
        ("10 years - 24 months = 8 years", 96, "month"),
        ("two years / 4 = six months", 6, "month"),
        ("two weeks - 2 days = 12 days", 12, "day"),
        ("24 hours - half an hour = 1,410 minutes", 1410, "minute"),
        ("1931-05-06 - 1931-05-04 = 2 days", 2, "day"),
        ("1931-05-06 − 1931-05-04 = 2 days", 2, "day"),
        ("1931-05-15 - 1931-05-01 = two weeks", 14, "day"),
        ("2024-03-01 - 2024-02-28 = 2 days", 2, "day"),
        ("2025-03-01 - 2025-02-28 = one day", 1, "day"),
        ("2026-01-01 - 2025-01-01 = 365 days", 365, "day"),
        ("9999-12-31 - 0001-01-01 = 3,652,058 days", 3_652_058, "day"),
        ("1931-05-06 - 1931-05-04 + 2 days = 4 days", 4, "day"),
    ],
)
def test_right_sums(text: str, value: Fraction | int, unit: str) -> None:
    assert right(text).result.quantity == (value, unit)


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("30 - 12 = 18", ["30", "12"], "30 − 12 = 18"),
        ("30 – 12 = 18", ["30", "12"], "30 − 12 = 18"),
        ("30 − 12 = 18", ["30", "12"], "30 − 12 = 18"),
        (" 2 +  3 * 4=14 ", ["2", "3", "4"], "2 + 3 × 4 = 14"),
        ("30 / 12 = 2.5", ["30", "12"], "30 ÷ 12 = 2.5"),
        ("30 ÷ 12 = 2.5", ["30", "12"], "30 ÷ 12 = 2.5"),
        ("$140bn - $100bn = $40bn", ["$140bn", "$100bn"], "$140bn − $100bn = $40bn"),
        ("forty - 30 = ten", ["forty", "30"], "forty − 30 = ten"),
        ("1931-05-06 - 1931-05-04 = 2 days", [], "6 May 1931 − 4 May 1931 = 2 days"),
        (
            "1931-05-06 - 1931-05-04 + 2 days = 4 days",
            ["2 days"],
            "6 May 1931 − 4 May 1931 + 2 days = 4 days",
        ),
    ],
)
def test_terms_and_what_readers_see(text: str, terms: list[str], shown: str) -> None:
    one = right(text)
    assert [term.text for term in one.terms] == terms
    assert one.text == shown


def test_days_are_no_quantities_that_a_source_must_give() -> None:
    assert right("1931-05-06 - 1931-05-04 = 2 days").terms == ()


# Wrong


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("30 - 12 = 19", "it makes 18"),
        ("30 - 12 = 180", "it makes 18"),
        ("30 - 12 = 18.5", "it makes 18"),
        ("12 - 30 = 18", "it makes -18"),
        ("10 / 4 = 2", "it makes 2.5"),
        ("10 / 3 = 3.33", "it makes 3.333"),
        ("2 + 3 * 4 = 20", "it makes 14"),
        ("20 - 5 - 5 = 20", "it makes 10"),
        ("20 / 4 / 5 = 25", "it makes 1"),
        ("800,000 - 600,000 = 20,000", "it makes 200,000"),
        ("$140bn - $100bn = $4bn", "it makes 40,000,000,000 dollar"),
        ("$140bn - $100bn = €40bn", "it makes 40,000,000,000 dollar"),
        ("$140bn - $100bn = 40 billion", "it makes 40,000,000,000 dollar"),
        ("75% - 72% = 3", "it makes 3 %"),
        ("1 + 2 = 3 days", "it makes 3"),
        ("5 + 5 = 10%", "it makes 10"),
        ("two years - one year = 12 days", "it makes 12 month"),
        ("1931-05-06 - 1931-05-04 = 3 days", "it makes 2 day"),
        ("1931-05-06 - 1931-05-04 = 2", "it makes 2 day"),
        ("1931-05-04 - 1931-05-06 = 2 days", "it makes -2 day"),
        ("1931-05-06 - 1931-03-06 = two months", "it makes 61 day"),
        ("150 / 200 = 74%", "is wrong"),
        ("50% * 200 = 101", "is wrong"),
        ("50% * 200 = 10,000", "is wrong"),
    ],
)
def test_wrong_sums_say_what_they_make(text: str, made: str) -> None:
    fault = wrong(text)
    assert fault.startswith(repr(text))
    assert made in fault


@pytest.mark.parametrize(
    "text",
    [
        "$5 + 5 = $10",
        "$5 + €5 = $10",
        "$5 * $5 = $25",
        "10 / $5 = 2",
        "$10 / two years = $5",
        "5% + 5 = 10%",
        "two years - 7 days = 23 months",
        "two years + 5 = 29 months",
        "1931-05-06 - 2 days = 2 days",
        "2 days + 1931-05-06 = 2 days",
        "1931-05-06 - 1931-05-04 - 1931-05-02 = 2 days",
        "1931-05-06 - 1931-05-04 + 2 = 4 days",
        "1931-05-06 + 1931-05-04 = 2 days",
        "1931-05-06 + 1931-05-04 = 1,410,084 days",
        "1931-05-04 / 1931-05-04 = 1",
        "1931-05-04 * 2 - 1931-05-04 * 2 = 0 days",
        "2 * 1931-05-04 = 2 days",
        "1931-05-04 / 2 = 2 days",
    ],
)
def test_units_that_do_not_go_together(text: str) -> None:
    assert wrong(text) == f"{text!r} mixes units"


@pytest.mark.parametrize(
    "text",
    ["1 / 0 = 1", "0 / 0 = 0", "5 / zero = 5", "$5 ÷ $0 = 1", "2 + 1 / 0 = 2", "1 / 0 / 0 = 0"],
)
def test_nothing_is_divided_by_zero(text: str) -> None:
    fault = wrong(text)
    assert fault.startswith(repr(text))
    assert "zero" in fault.removeprefix(repr(text))


# None


@pytest.mark.parametrize(
    "text",
    [
        "30",
        "30 - 12",
        "30 - 12 =",
        "= 18",
        "=",
        "==",
        "a = b",
        "18 = 18",
        "18 = 30 - 12",
        "1 + 1 = 2 = 2",
        "1 + 1 == 2",
        "30 - = 18",
        "- 30 = 18",
        "30 - 12 - = 18",
        "30-12 = 18",
        "30 minus 12 = 18",
        "30 12 = 18",
        "30 x 12 = 360",
        "30 ^ 2 = 900",
        "(30 - 12) * 2 = 36",
        "30 men - 12 men = 18 men",
        "about 30 - 12 = 18",
        "30 - 12 = about 18",
        "30 - 12 = 18.",
        "30 - 12 = 18 or 19",
        "10 to 15 years + 5 years = 20 years",
        "12 - 30 = -18",
        "2026 - 2025 = 1",
        "1931-02-30 - 1931-01-01 = 60 days",
        "1931-05 - 1931-04 = 30 days",
        "6 May 1931 - 4 May 1931 = 2 days",
        "2 days + 2 days = 1931-05-04",
        "many - few = some",
        "30 - 12 = 18, 1 + 1 = 2",
        "½ = ½",
        "тридцать - 12 = 18",
    ],
)
def test_no_sums(text: str) -> None:
    fault = wrong(text)
    assert repr(text) in fault
    assert 'write arithmetic="30 - 12 = 18"' in fault


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("30 - many = 18", "'many'"),
        ("several - 12 = 18", "'several'"),
        ("30 - 12 men = 18", "'12 men'"),
        ("30-12 = 18", "'30-12'"),
        ("1931-02-30 - 1931-01-01 = 60 days", "'1931-02-30'"),
        ("30 = 30", "'30'"),
    ],
)
def test_fault_names_what_is_no_quantity(text: str, piece: str) -> None:
    assert wrong(text).startswith(f"{piece} in {text!r}")


# Several


@pytest.mark.parametrize("text", ["", " ", ";", " ; ;; ", "\n"])
def test_nothing_is_no_sum_and_no_fault(text: str) -> None:
    assert read_sums(text) == []


@pytest.mark.parametrize(
    ("text", "are_right"),
    [
        ("1 + 2 = 3; 2 + 2 = 4", [True, True]),
        ("1 + 2 = 3;2 + 2 = 4;", [True, True]),
        (";1 + 2 = 3;;2 + 2 = 5", [True, False]),
        ("1 + 2 = 4; 2 + 2 = 4; x", [False, True, False]),
        ("1 + 2 = 3, 2 + 2 = 4", [False]),
        ("1 + 2; = 3", [False, False]),
        ("1931-05-06 - 1931-05-04 = 2 days; $5 + $5 = $10", [True, True]),
    ],
)
def test_several_sums_each_for_itself(text: str, are_right: list[bool]) -> None:
    assert [isinstance(one, Sum) for one in read_sums(text)] == are_right


# Any sum


def test_any_sum_is_right_if_python_says_so() -> None:
    chance = random.Random(1931)
    for _ in range(800):
        numbers = [chance.randint(1, 60) for _ in range(chance.randint(2, 5))]
        signs = chance.choices("+-*/", k=len(numbers) - 1)
        made = "".join(f" {sign} Fraction({n})" for sign, n in zip(signs, numbers[1:], strict=True))
        value = eval(f"Fraction({numbers[0]}){made}", {"Fraction": Fraction})
        left = f"{numbers[0]}" + "".join(
            f" {sign} {number}" for sign, number in zip(signs, numbers[1:], strict=True)
        )
        whole = abs(int(value))
        if value == whole:
            assert right(f"{left} = {whole:,}").result.value == value, left
        else:
            assert "is wrong" in wrong(f"{left} = {whole:,}"), left
        assert "is wrong" in wrong(f"{left} = {whole + 1:,}"), left


@pytest.mark.parametrize(
    "text", ["30 - 12 = 18", "800,000 - 650,000 = 150,000", "$140bn / 7 = $20bn"]
)
def test_every_other_digit_makes_a_sum_wrong(text: str) -> None:
    right(text)
    for place, written in enumerate(text):
        for digit in set("0123456789") - {written} if written.isdigit() else ():
            wrong(f"{text[:place]}{digit}{text[place + 1 :]}")


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000 + " + 1 = 2",
        "9" * 4000 + " * " + "9" * 4000 + " = 1",
        " * ".join(["9" * 30] * 200) + " = 1",
        "1 / " + " / ".join(["9" * 30] * 200) + " = 1",
        "1" + " million" * 100 + " / 3 = 1",
        " * ".join(["1 trillion trillion"] * 40) + " / 3 = 1",
        "5 m\u0130llion + 1 = 2",
        "two m\u0131nutes + 1 = 2",
        "1 + 1 = 5 m\u0130llion",
        "1e400 + 1 = 2",
        "nan + inf = nan",
        "٣ + ٤ = ٨",
        "1 + 1 = 2\x00",
        "\ud800 = \ud800",
        "{} % %s = {0}",
        " + ".join(["1"] * 2000) + " = 1",
    ],
)
def test_no_text_is_too_strange(text: str) -> None:
    fault = wrong(text)
    assert text in fault or repr(text)[1:-1] in fault


def test_any_pieces_in_any_order_are_a_sum_or_a_fault() -> None:
    pieces = [
        *("30", "12", "18", "0", "1,000", "$5", "€5", "50%", "half", "2/3", "two years", "7 days"),
        *("1931-05-06", "1931-05-04", "one", "many", "½", "İ", "2025", "10 to 15", "−5", ""),
        *(" + ", " - ", " − ", " – ", " * ", " / ", " × ", " ÷ ", " = ", " = ", "=", "-", " ", ";"),
    ]
    chance = random.Random(4)
    for _ in range(4000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 9)))
        sums = read_sums(text)
        assert len(sums) == len([part for part in text.split(";") if part.strip()]), text
        assert all(one.result.text if isinstance(one, Sum) else one for one in sums), text
