"""No quotation or figure of the real site can be altered without the checks noticing it.

In memory each character, digit and number word of each is altered in turn. On disk, in a copy of
the site, each is altered once, one in every claim at a time, and must be found at its place.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.briefing import Briefing, read_briefing
from briefing.claims import Claim
from briefing.evidence import (
    figures_in,
    is_supported,
    known_figures,
    passages,
    quotations_in,
    unsupported_figures,
)
from briefing.findings import Position
from briefing.rules import RULES

ROOT = Path(__file__).parents[1]
PARTS = range(8)
"""Into so many parts the claims are dealt, for several processes."""
PASSES = range(5)
"""As many as a claim has quotations and figures at most."""
MISQUOTED, UNSUPPORTED = "misquotation", "unsupported-figure"

# A number word is altered by putting another of its row in its place. `one` is not put there: it
# is most often a pronoun, so alone it counts nothing.
CARDINALS = [
    "zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
SHARES = ["third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
TIMES = ["minute", "hour", "day", "week", "month", "year"]
MONEY = ["dollar", "euro", "pound"]
ROWS = [
    CARDINALS,
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
    ["hundred", "thousand", "million", "billion", "trillion"],
    *(row for one in (SHARES, TIMES, MONEY) for row in (one, [f"{word}s" for word in one])),
]


class Item(NamedTuple):
    """A quotation or figure of a claim."""

    rule: str
    """The rule that watches over it."""
    where: str
    """`statement` or `version`."""
    start: int
    text: str
    position: Position


class Alteration(NamedTuple):
    where: str
    start: int
    old: str
    new: str

    def of(self, claim: Claim) -> Claim:
        text = getattr(claim, self.where)
        assert text.startswith(self.old, self.start)
        text = text[: self.start] + self.new + text[self.start + len(self.old) :]
        altered = replace(claim, **{self.where: text})
        return replace(altered, block=replace(claim.block, statement=altered.statement))


@cache
def site() -> Briefing:
    return read_briefing(ROOT)


def quotations_of(claim: Claim) -> list[Item]:
    return [
        Item(MISQUOTED, where, placed.quotation.start, placed.quotation.words, placed.position)
        for where, other in (("statement", "version"), ("version", "statement"))
        for placed in quotations_in(replace(claim, **{other: ""}))
        if placed.quotation.words
    ]


def figures_of(claim: Claim) -> list[Item]:
    return [
        Item(UNSUPPORTED, where, placed.figure.start, placed.figure.text, placed.position)
        for where, other in (("statement", "version"), ("version", "statement"))
        for placed in figures_in(replace(claim, **{other: ""}), site())
    ]


def other_characters(item: Item) -> Iterator[Alteration]:
    """Put another letter, digit or sign in the place of each."""
    for start, old in enumerate(item.text, item.start):
        if old.isdigit():
            new = str((int(old) + 1) % 10)
        elif old.isalpha():
            new = "a" if old in "zZ" else chr(ord(old) + 1)
        else:
            new = "," if old == ";" else ";"
        if not old.isspace():
            yield Alteration(item.where, start, old, new)


def lost_characters(item: Item) -> Iterator[Alteration]:
    for start, old in enumerate(item.text, item.start):
        if not old.isspace():
            yield Alteration(item.where, start, old, "")


def other_numbers(item: Item) -> Iterator[list[Alteration]]:
    """Yield, for each digit and number word, all that is put in its place, one at a time."""
    for match in re.finditer(r"\d|[^\W\d_]+", item.text):
        old = match.group()
        row = next((row for row in ROWS if old.casefold() in row), [])
        if old.casefold() in ("one", "half", "twice"):
            row = CARDINALS
        others = [one for one in ("0123456789" if old.isdigit() else row) if one != old.casefold()]
        if others:
            yield [
                Alteration(
                    item.where,
                    item.start + match.start(),
                    old,
                    one.title() if old.istitle() else one,
                )
                for one in others
            ]


def misquotations_of(claim: Claim) -> list[str]:
    return [
        placed.quotation.words
        for placed in quotations_in(claim)
        if not placed.quotation.closed or not is_supported(placed.quotation, claim, site())
    ]


def is_noticed(altered: Claim) -> bool:
    return bool(unsupported_figures(altered, site()))


def still_stands(quotation: Item, alteration: Alteration, claim: Claim) -> bool:
    """Whether what an alteration made of a quotation stands in an extract to the letter.

    So it is where a quotation lost its first or last word, of one letter, or its full stop.
    """
    text, at = quotation.text, alteration.start - quotation.start
    left = (text[:at] + alteration.new + text[at + 1 :]).strip()
    whole = re.compile(
        rf"(?<!\w){re.escape(left[:1])}(?-i:{re.escape(left[1:])})(?!\w)", re.IGNORECASE
    )
    quoted = [extract.words for extract in passages(claim, site()) if extract.quoted]
    return any(whole.search(words) for words in quoted)


def is_excused(alteration: Alteration, altered: Claim) -> bool:
    """Whether by chance an extract has what an alteration made of a figure, or it is no quantity.

    No quantity is a time of day: `50:50`, `10:50`.
    """
    text = getattr(altered, alteration.where)
    known = {figure.quantity for figure, _ in known_figures(altered, site())}
    alone = replace(altered, **{"statement": "", "version": "", alteration.where: text})
    for placed in figures_in(alone, site()):
        figure = placed.figure
        if figure.start <= alteration.start < figure.end:
            return figure.quantity in known
    other = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\b")
    return any(one.start() <= alteration.start < one.end() for one in other.finditer(text))


def claims_of(part: int) -> list[Claim]:
    return site().claims[part :: len(PARTS)]


@pytest.mark.parametrize("part", PARTS)
def test_every_word_of_a_claim_is_found_at_its_place(part: int) -> None:
    for claim in claims_of(part):
        lines = (ROOT / claim.page).read_text(encoding="utf-8").split("\n")
        words = list(re.finditer(r"[^\W_]+", claim.statement))
        places = [claim.block.place(word.start()) for word in words]
        assert places == sorted(set(places)), claim.anchor
        for word, (line, column) in zip(words, places, strict=True):
            assert lines[line - 1].startswith(word.group(), column - 1), (claim.anchor, word)


@pytest.mark.parametrize("part", PARTS)
def test_altered_character_of_a_quotation_is_noticed(part: int) -> None:
    unnoticed = [
        (claim.page, quotation.position, alteration)
        for claim in claims_of(part)
        for quotation in quotations_of(claim)
        for alteration in other_characters(quotation)
        if len(misquotations_of(alteration.of(claim))) != 1
    ]
    assert unnoticed == []


@pytest.mark.parametrize("part", PARTS)
def test_lost_character_of_a_quotation_is_noticed(part: int) -> None:
    unnoticed = [
        (claim.page, quotation.position, alteration)
        for claim in claims_of(part)
        for quotation in quotations_of(claim)
        for alteration in lost_characters(quotation)
        if len(misquotations_of(alteration.of(claim))) != 1
        and not still_stands(quotation, alteration, claim)
    ]
    assert unnoticed == []


@pytest.mark.parametrize("part", PARTS)
def test_altered_digit_or_number_word_of_a_figure_is_noticed(part: int) -> None:
    for claim in claims_of(part):
        for figure in figures_of(claim):
            for alterations in other_numbers(figure):
                unnoticed = [one for one in alterations if not is_noticed(one.of(claim))]
                place = (claim.page, figure.position)
                assert len(unnoticed) < len(alterations), (place, alterations[0])
                assert [one for one in unnoticed if not is_excused(one, one.of(claim))] == [], place


def test_there_is_much_to_alter() -> None:
    quotations = [item for claim in site().claims for item in quotations_of(claim)]
    figures = [item for claim in site().claims for item in figures_of(claim)]
    assert len(quotations) > 200
    assert len(figures) > 200
    assert all(list(other_numbers(figure)) for figure in figures)
    assert max(len(items_of(claim)) for claim in site().claims) <= len(PASSES)


def items_of(claim: Claim) -> list[Item]:
    return [*quotations_of(claim), *figures_of(claim)]


class Altered(NamedTuple):
    """A claim of which one quotation or figure is altered, and what must be found."""

    claim: Claim
    alteration: Alteration
    place: Position
    """Where in the file the alteration begins."""
    found: list[Item]

    @property
    def path(self) -> str:
        return self.claim.page


def alter(claim: Claim, number: int) -> Altered:
    """Alter one of a claim's quotations and figures, in one place or another."""
    item = items_of(claim)[number]
    if item.rule == MISQUOTED:
        possible = [one for one in other_characters(item) if one.old.isalnum()]
    else:
        possible = [one for alterations in other_numbers(item) for one in alterations]
    first = claim.line % len(possible)
    possible = [*possible[first:], *possible[:first]]
    alteration = next((one for one in possible if is_one_fault(one.of(claim))), None)
    if alteration:
        return Altered(claim, alteration, place_of(alteration, claim), [item])
    # Of `50:50`, where one number is altered, both are found: they are no halves any more.
    alteration = next(one for one in possible if is_noticed(one.of(claim)))
    line, column = item.position
    numbers = [
        item._replace(text=one.group(), position=Position(line, column + one.start()))
        for one in re.finditer(r"\d+", item.text)
    ]
    return Altered(claim, alteration, place_of(alteration, claim), numbers)


def is_one_fault(altered: Claim) -> bool:
    """Whether a claim has one quotation or figure that nothing supports, and no more."""
    return len(unsupported_figures(altered, site())) + len(misquotations_of(altered)) == 1


def place_of(alteration: Alteration, claim: Claim) -> Position:
    if alteration.where == "version":
        line, column = claim.block.attributes["version"].position
        return Position(line, column + len('version="') + alteration.start)
    before = re.split(r"[\W_]", claim.statement[: alteration.start])
    into = len(before[-1])
    line, column = claim.block.place(alteration.start - into)
    return Position(line, column + into)


def write_altered(root: Path, altered: list[Altered]) -> None:
    """Write the alterations into the files, the last of each line first."""
    files = {one.path: (root / one.path).read_bytes().decode().split("\n") for one in altered}
    for one in sorted(altered, key=lambda one: one.place, reverse=True):
        lines, (number, column) = files[one.path], one.place
        before, behind = lines[number - 1][: column - 1], lines[number - 1][column - 1 :]
        assert behind.startswith(one.alteration.old), (one.path, one.place, one.alteration)
        lines[number - 1] = before + behind.replace(one.alteration.old, one.alteration.new, 1)
    for path, lines in files.items():
        (root / path).write_bytes("\n".join(lines).encode())


def expected_place(path: str, item: Item, altered: list[Altered]) -> Position:
    """Where the finding must stand, given what was made longer or shorter before it on its line."""
    line, column = item.position
    moved = sum(
        len(other.alteration.new) - len(other.alteration.old)
        for other in altered
        if (other.path, other.place.line) == (path, line) and other.place.column < column
    )
    return Position(line, column + moved)


@pytest.mark.parametrize("number", PASSES)
def test_alteration_in_the_files_is_found_at_its_place(number: int, tmp_path: Path) -> None:
    settings = site().settings
    shutil.copytree(ROOT / settings.docs_dir, tmp_path / settings.docs_dir)
    for name in ("mkdocs.yml", settings.bibliography, settings.citation_style):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    altered = [alter(claim, number) for claim in site().claims if len(items_of(claim)) > number]
    write_altered(tmp_path, altered)

    briefing = read_briefing(tmp_path)
    by_anchor = {one.claim.anchor: one.alteration.of(one.claim) for one in altered}
    expected = [by_anchor.get(claim.anchor, claim) for claim in site().claims]
    assert [(claim.statement, claim.version) for claim in briefing.claims] == [
        (claim.statement, claim.version) for claim in expected
    ]
    found = [finding for rule in (MISQUOTED, UNSUPPORTED) for finding in RULES[rule](briefing)]
    assert sorted((one.path, one.line, one.column, one.rule) for one in found) == sorted(
        (one.path, *expected_place(one.path, item, altered), item.rule)
        for one in altered
        for item in one.found
    )
