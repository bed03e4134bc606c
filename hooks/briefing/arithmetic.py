"""A briefing's own arithmetic: `arithmetic="30 - 12 = 18"` on a claim, with its terms.

Terms are quantities as in a text, or days in ISO 8601: `1931-05-06 - 1931-05-04 = 2 days`.
Several sums are separated by `;`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction

from briefing.dates import parse_date, read_day
from briefing.figures import Figure, read_figures

_OPERATOR = re.compile(r"\s+([-−–+*×/÷])\s+")
_EXAMPLE = 'write arithmetic="30 - 12 = 18"'
_DAY = "date"


@dataclass(frozen=True)
class Sum:
    """A sum that is right."""

    terms: tuple[Figure, ...]
    """The quantities it starts from; days are no quantities."""
    result: Figure
    text: str
    """As readers see it."""


def read_sums(text: str) -> list[Sum | str]:
    """Return each sum, or what is wrong with it."""
    return [_read(part.strip()) for part in text.split(";") if part.strip()]


def _read(text: str) -> Sum | str:
    left, equals, right = text.partition("=")
    result = _one_figure(right)
    if not equals or result is None:
        return f"{text!r} is no sum; {_EXAMPLE}"
    pieces = _OPERATOR.split(left.strip())
    terms = [_term(piece) for piece in pieces[::2]]
    known = [term for term in terms if term is not None]
    if len(known) < len(terms) or len(terms) < 2:
        wrong = next((p for p, t in zip(pieces[::2], terms, strict=True) if t is None), left)
        return f"{wrong.strip()!r} in {text!r} is no quantity or day; {_EXAMPLE}"
    try:
        value = _calculate(known, pieces[1::2])
    except ZeroDivisionError:
        return f"{text!r} divides by zero"
    if value is None or value.unit == _DAY:
        return f"{text!r} mixes units"
    as_share = (value.value * 100, "%") if not value.unit else None
    if result.quantity not in ((value.value, value.unit), as_share):
        return f"{text!r} is wrong: it makes {_shown(value)}"
    signs = {"-": "−", "–": "−", "*": "×", "/": "÷"}
    shown = "".join(
        f" {signs.get(piece, piece)} " if index % 2 else _long(piece)
        for index, piece in enumerate(pieces)
    )
    figures = tuple(term for term in known if term.unit != _DAY)
    return Sum(figures, result, f"{shown} = {right.strip()}")


def _one_figure(text: str) -> Figure | None:
    if text.strip().casefold() == "one":
        return Figure(Fraction(1), "", text.strip(), 0)
    found = read_figures(text.strip())
    return found[0] if len(found) == 1 and found[0].text == text.strip() else None


def _term(text: str) -> Figure | None:
    if day := read_day(text.strip()):
        number = datetime.date.fromisoformat(day).toordinal()
        return Figure(Fraction(number), _DAY, text, 0)
    return _one_figure(text)


def _calculate(terms: list[Figure], operators: list[str]) -> Figure | None:
    """Return the result, multiplications first; None where units do not go together."""
    waiting, signs = [terms[0]], []
    for operator, term in zip(operators, terms[1:], strict=True):
        if operator in "*×/÷":
            product = _multiply(waiting[-1], term, divide=operator in "/÷")
            if product is None:
                return None
            waiting[-1] = product
        else:
            signs.append(operator)
            waiting.append(term)
    total = waiting[0]
    for sign, term in zip(signs, waiting[1:], strict=True):
        if total.unit != term.unit or (total.unit == _DAY and sign == "+"):
            return None
        value = total.value + term.value if sign == "+" else total.value - term.value
        unit = "day" if total.unit == _DAY else total.unit
        total = Figure(value, unit, "", 0)
    return total


def _multiply(one: Figure, other: Figure, *, divide: bool) -> Figure | None:
    if _DAY in (one.unit, other.unit):
        return None
    if divide:
        if other.unit not in ("", one.unit):
            return None
        return Figure(one.value / other.value, "" if other.unit else one.unit, "", 0)
    if "%" in (one.unit, other.unit):  # a share of the other
        share, whole = (one, other) if one.unit == "%" else (other, one)
        return Figure(share.value * whole.value / 100, whole.unit, "", 0)
    if one.unit and other.unit:
        return None
    return Figure(one.value * other.value, one.unit or other.unit, "", 0)


def _shown(figure: Figure) -> str:
    value = figure.value
    if abs(value) >= 10**18:
        return "far more"
    number = f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.4g}"
    return f"{number} {figure.unit}".strip()


def _long(piece: str) -> str:
    date = parse_date(piece.strip())
    return date.long if date and date.day else piece.strip()
