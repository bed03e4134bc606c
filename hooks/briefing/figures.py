"""Quantities in a text: counts, money, percentages, shares and durations, however written.

`600,000`, `600 thousand` and `six hundred thousand` are one figure; so are `$100bn` and `100
billion dollars`, `half` and `50%`, `two years` and `24 months`. Dates, times of day, the numbers of
points and articles, and numbers that are part of a name are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SPELT = _SMALL | _TENS | {"twice": 2}
_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_SHORT_SCALES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9,
    "bln": 10**9, "tn": 10**12,
}  # fmt: skip
_ALL_SCALES = _SCALES | _SHORT_SCALES
_PARTS = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_SIGNS = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound",
    "gbp": "pound", "₽": "rouble", "rub": "rouble", "₴": "hryvnia", "uah": "hryvnia",
}  # fmt: skip
_CURRENCIES = {
    "dollar": "dollar", "euro": "euro", "pound": "pound", "rouble": "rouble", "ruble": "rouble",
    "hryvnia": "hryvnia",
}  # fmt: skip
_SPANS = {
    "minute": ("minute", 1), "hour": ("minute", 60), "day": ("day", 1), "week": ("day", 7),
    "fortnight": ("day", 14), "month": ("month", 1), "year": ("month", 12),
    "decade": ("month", 120),
}  # fmt: skip
"""Each unit of time as so many of a unit into which it goes exactly."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_UNIT_WORD = rf"(?:{_any(_TENS)})(?:[- ](?:{_any(list(_SMALL)[1:10])})\b)?|(?:{_any(_SMALL)})"
_SPELLED = rf"(?:{_UNIT_WORD})\b(?:[- ]hundred\b(?:\sand\s(?:{_UNIT_WORD})\b)?)?"

_MEASURED = (
    rf"(?!\w|[.,]\d|\s?%|[- ](?i:per\s?cent|{_any(_SCALES)}|(?:{_any(_CURRENCIES)})s?|years?)\b)"
)
"""What stands behind a number makes it no year, no day and no number of a point."""
_DAY = rf"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?{_MEASURED}"
_JOIN = r"\s*(?:[–—/;-]|,(?:\s+(?:and|or)\b)?|\b(?:to|and|or|until|through)\b)\s*"
_RANGE = r"\s*(?:[–—/-]|\b(?:to|and|or|until|through)\b)\s*"
_HOUR = r"(?:[01]?\d|2[0-4])"
_ZONE = r"(?:GMT|UTC|MSK|BST|CES?T|EES?T|[ECMP][SD]T)\b|[A-Z]\w+\stime"

_ONE_NUMBERED = (
    r"point|item|article|art\.|paragraph|para\.?|section|chapter|clause|resolution|number|no\."
    r"|version|annex|protocol|rule|page|pp?\."
)
_MANY_NUMBERED = (
    r"points|items|articles|paragraphs|paras\.?|sections|chapters|clauses|resolutions|nos\.?"
    r"|versions|annexes|protocols|pages"
)
_NUMBER = rf"(?:\d{{1,5}}(?:\.\d+)*[a-z]?(?:\(\w+\))*|(?i:{_any(list(_SMALL)[1:])})\b){_MEASURED}"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[–/-]|\bto\b)\s*{_NUMBER})?"
_NO_QUANTITY = re.compile(
    rf"""
    (?:(?<!\w)(?i:{_MANY_NUMBERED}|{_ONE_NUMBERED})\s+|§+\s*){_NUMBERS}
        (?:(?:,\s*{_NUMBERS})*,?\s*(?:and\b|or\b|&)\s*{_NUMBERS}
          |(?<=\w)(?:,\s*{_NUMBERS})+(?=\s*[).;:]|\s*$))?           # items 12, 15 and 20
    | \b{_DAY}(?:{_JOIN}{_DAY})*\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}}\b{_MEASURED})?
    | \b{_MONTH}\s+{_DAY}(?:{_RANGE}{_DAY})*(?:,?\s+\d{{4}}\b{_MEASURED})?
    | \b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b                                     # ISO 8601
    | \b\d{{1,2}}([./])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})\b
    | \b{_HOUR}[:.][0-5]\d\s*(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|{_ZONE})  # a time of day
    | \b{_HOUR}:[0-5]\d(?::[0-5]\d)?\b
    | \b\d{{1,2}}\s*(?:[ap]\.?m\b|[AP]\.?M\b)\.? | \b(?:\d{{1,2}}|(?i:{_any(_SMALL)}))\so['’]clock
    | (?<![$€£₽₴])(?<![$€£₽₴]\s)(?<!(?:USD|EUR|GBP|RUB|UAH)\s)
      \b(?:18|19|20)\d\d(?:[/–-]\d{{2,4}})?s?\b{_MEASURED}              # a year
    | \b\d+(?:st|nd|rd|th|s)\b                                             # 21st, 90s
    | \b(?i:{_any(_TENS)})[- ](?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b
    | \b(?:first|second|third|fourth|latter|last)\s+(?:half|quarter)\b
    | \[\^[^\]\s]+\] | \bhttps?://\S+                                       # footnotes, addresses
    | \b(?:one\s+another|no\s+one|one\s+by\s+one)\b
    """,
    re.VERBOSE,
)
_ALIKE = str.maketrans(
    dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\n\t", " ")
    | dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "-")
    # Letters that a pattern without regard to case takes for others.
    | dict.fromkeys("İıſ\N{KELVIN SIGN}", "_")
)
_VULGAR = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}  # fmt: skip

# What follows `a third` where it is a share, not one more: `a third saw`, but `a third party`.
_SHARE_VERBS = (
    "is|are|was|were|has|have|had|would|will|could|said|saw|held|thought|wanted|wants?|favou?red"
    "|support|supported|see|oppose|opposed|rejected|considered|believed|agreed|expected|trusted"
)
_DIGITS = r"\d{1,3}(?:\s\d{3})+(?!\d)(?:\.\d+)?|\d+(?:,\d+)*(?:\.\d+)?"
_AND_A_HALF = r"[- ]and[- ]a[- ]half\b"
_FIGURE = re.compile(
    rf"""
    (?<!\w)(?<![A-Za-z]-)(?<!\d[.,])
    (?P<sign>(?:US\$|[$€£₽₴])\s?|(?:USD|EUR|GBP|RUB|UAH)\s)?
    (?:
        (?P<share>
            (?P<half>(?:one-)?half|halves)\b|(?P<evenly>(?:50\s?[-:–/]\s?50|fifty-fifty)\b)
          | (?P<many>{_SPELLED}|an?)[- ](?P<part>{_any(_PARTS)})
            (?:s\b|(?<!fourth)(?=\s*[,.;:)]|\s*$|\s+(?:of|{_SHARE_VERBS})\b))
          | (?P<above>\d)/(?P<below>[1-9])(?![\d/]) | (?P<vulgar>[½¼¾⅓⅔])
        )
        (?:[- ]+(?:an?[- ]+)?(?P<share_scale>{_any(_SCALES)})\b)?
      | (?P<number>{_DIGITS}|{_SPELLED}|twice
            |an?(?=[- ](?:{_any(_SCALES)}|fortnight|(?:{_any(_SPANS)}){_AND_A_HALF})\b))
        (?P<more>{_AND_A_HALF}|[½¼¾⅓⅔]|\s[1-9]/[2-9](?![\d/]))?
        (?P<scales>(?:[- ]?(?:{_any(_SCALES)})s?\b
            |(?<=\d)\s?(?:{_any({*_SHORT_SCALES} - {"b"})}|(?-i:B))\b){{,3}})
        (?P<scaled_half>(?<=n){_AND_A_HALF})?
        (?:(?<=\d)(?:[kmc]m|kg|ha|nm|[kMGT]Wh?)\b)?
    )
    (?!\w|[.,]\d|-?(?-i:[A-Z]))
    (?:
        (?P<percent>\s?%|(?:\sa)?[- ](?:percentage[- ]points?|per[- ]?cent(?:age)?)\b)
      | \s?(?P<code>(?-i:USD|EUR|GBP|RUB|UAH))\b
      | [- ](?:US\s|U\.S\.\s|American\s|more\s)?(?P<currency>{_any(_CURRENCIES)})s?\b
      | [- ](?:(?:an?|calendar|working|full|more|consecutive|further)[- ])?
        (?P<span>{_any(_SPANS)})s?\b(?P<span_half>{_AND_A_HALF})?
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 60
_LINK = re.compile(
    r"\s*(?P<how>–|-|—|-?\s*\bto\b|\band\b|\bor\b|/|,)\s*(?:(?:about|some|up to|even|around)\s+)?"
)
_OUT_OF = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?")


@dataclass(frozen=True)
class Figure:
    """A quantity: its value in a unit, and the words that give it."""

    value: Fraction
    unit: str
    """`%` (for shares too), a currency, `minute`, `day` or `month`; empty for a count."""
    text: str
    start: int
    """Where its words begin in the text from which it was read."""

    @property
    def quantity(self) -> tuple[Fraction, str]:
        """What two figures have in common that say the same."""
        return (self.value, self.unit)

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.start + len(self.text)


def read_figures(text: str, names: tuple[str, ...] = ()) -> list[Figure]:
    """Return the quantities in a text, in its order.

    `names` are proper names with a number in them, such as a broadcaster's; they hold no quantity.
    Where one begins with another, the longer stands first.
    """
    blank = _blank(text, names)
    matches = [one for one in _FIGURE.finditer(blank) if len(one.group()) <= _LONGEST]
    figures = [_read(match, text) for match in matches]
    units = [_suffix(match) for match in matches]
    counts = [not _is_pronoun(match) for match in matches]
    is_listed = False
    for index in range(len(figures) - 2, -1, -1):
        this, following = figures[index], figures[index + 1]
        between = blank[this.end : following.start]
        link = _LINK.fullmatch(between)
        if link and (link["how"] != "," or is_listed):
            is_listed = _join(index, figures, units, matches, link["how"])
            counts[index] = counts[index] or is_listed or link["how"] not in ("and", "/", ",")
        else:
            is_listed = False
            counts[index] = counts[index] or bool(_OUT_OF.fullmatch(between))
    return [figure for figure, is_one in zip(figures, counts, strict=True) if is_one]


def names_with_numbers(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the names that hold a number, and their words such as `12-part`."""
    found = [name for name in names if name and read_figures(name)]
    parts = [word for name in found for word in re.findall(r"\d+-\w+", name)]
    return tuple(sorted({*found, *parts}, key=lambda name: (-len(name), name)))


def _blank(text: str, names: tuple[str, ...]) -> str:
    """Return the text with as many `_` in the place of what looks like a quantity and is none."""

    def underscores(match: re.Match[str]) -> str:
        return "_" * len(match.group())

    text = text.translate(_ALIKE)
    if names:
        text = _names_pattern(names).sub(underscores, text)
    text = re.sub(r"(?<=\d)(k|m|mn|b|bn|tn)-(?=[\d$€£₽₴])", r"\1–", text)
    return _NO_QUANTITY.sub(underscores, text)


@lru_cache(maxsize=8)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    alike = [re.escape(name.translate(_ALIKE)) for name in names]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alike)})(?!\w)")


def _is_pronoun(match: re.Match[str]) -> bool:
    """Whether a `one` counts nothing: `one of them`, `the only one`."""
    bare = match.group().casefold() == "one"
    return bare and match["number"] is not None


def _read(match: re.Match[str], text: str) -> Figure:
    unit, factor = _unit(match)
    return Figure(_value(match) * factor, unit, text[match.start() : match.end()], match.start())


def _unit(match: re.Match[str]) -> tuple[str, int]:
    """Return the unit in which a value is kept, and what makes the value one in it."""
    if sign := match["sign"] or match["code"]:
        return _SIGNS[sign.strip().casefold()], 1
    if span := match["span"]:
        return _SPANS[span.casefold()]
    if currency := match["currency"]:
        return _CURRENCIES[currency.casefold()], 1
    is_share = match["percent"] or (match["share"] and not match["share_scale"])
    return ("%", 1) if is_share else ("", 1)


def _value(match: re.Match[str]) -> Fraction:
    if match["share"]:
        is_all = any(match[name] for name in ("share_scale", "percent", "span", "sign", "currency"))
        return _share(match) * (_scale(match) if is_all else 100)
    number = match["number"]
    digits = re.sub(r"[,\s]", "", number)
    value = Fraction(digits) if number[0].isdigit() else Fraction(_spelled(number))
    return (value + _more(match)) * _scale(match)


def _share(match: re.Match[str]) -> Fraction:
    if match["half"] or match["evenly"]:
        return Fraction(1, 2)
    if part := match["part"]:
        return Fraction(_spelled(match["many"]), _PARTS[part.casefold()])
    if above := match["above"]:
        return Fraction(int(above), int(match["below"]))
    return _VULGAR[match["vulgar"]]


def _more(match: re.Match[str]) -> Fraction:
    """Return what `and a half` and the like add."""
    more = match["more"] or match["scaled_half"] or match["span_half"] or ""
    if "half" in more.casefold():
        return Fraction(1, 2)
    return _VULGAR.get(more) or Fraction(more.strip() or 0)


def _suffix(match: re.Match[str]) -> tuple[int, str, int]:
    """Return scale and unit of a figure, which those before it in a list share."""
    return (_scale(match) if match["scales"] else 1, *_unit(match))


def _scale(match: re.Match[str]) -> int:
    factor = 1
    for word in re.findall(r"[a-z]+", (match["scales"] or match["share_scale"] or "").casefold()):
        factor *= _ALL_SCALES.get(word) or _ALL_SCALES[word.removesuffix("s")]
    return factor


def _spelled(words: str) -> int:
    """Return the value of `twenty-eight`, `two hundred and fifty` or `a`."""
    value = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in ("a", "an"):
            return 1
        value = value * 100 if word == "hundred" else value + _SPELT.get(word, 0)
    return value


def _join(
    index: int,
    figures: list[Figure],
    units: list[tuple[int, str, int]],
    matches: list[re.Match[str]],
    how: str,
) -> bool:
    """Give a figure the scale and unit of the next, as in `10 to 15 years` or `$1-2 million`.

    Return whether it now has them.
    """
    this, following = figures[index], figures[index + 1]
    (own, unit, _), (scale, next_unit, factor) = units[index], units[index + 1]
    if own != 1 or this.value >= 1000:  # `from 600,000 to 1 million`
        scale = 1
    if not unit:
        units[index] = (scale, next_unit, factor)
        figures[index] = replace(this, value=this.value * scale * factor, unit=next_unit)
        return bool(next_unit) or scale != 1
    if matches[index]["sign"] and not next_unit and how != "and":
        figures[index] = replace(this, value=this.value * scale)
        figures[index + 1] = replace(following, unit=unit)
    return False
