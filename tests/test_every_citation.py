"""No citation of the real site can be deleted without the checks failing at its block.

Each pair of brackets is deleted, one at a time. To read a page of the site a thousand times would
take a minute, so a deletion is tried in its part of the page, with the lines of the other parts
emptied. That a part says the same alone as in the whole page is tested too.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import markdown
import pytest

from briefing import frontmatter
from briefing.bibliography import read_bibliography
from briefing.briefing import Briefing, claim_prefix, known_keys
from briefing.findings import Finding, Position
from briefing.pages import Block, Page
from briefing.parsing import BriefingExtension
from briefing.rules import RULES
from briefing.settings import Settings, read_settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WATCHED = ("uncited-claim", "text-after-citation")
PART = 12
"""The least number of lines of a part."""


@cache
def settings() -> Settings:
    return read_settings(ROOT)[0]


PAGES = [
    src
    for path in sorted(DOCS.rglob("*.md"))
    if not settings().is_outside(src := path.relative_to(DOCS).as_posix())
    and "[@" in path.read_text(encoding="utf-8")
]


@cache
def site() -> Briefing:
    """The real site without its pages."""
    return Briefing(ROOT, settings(), read_bibliography(ROOT, settings().bibliography))


def read_text(src: str, text: str) -> Page:
    """Read a page of the real site whose text is this."""
    page = Page(f"docs/{src}", src, frontmatter.split(text), text=text)
    extension = BriefingExtension()
    extension.begin(page, claim_prefix(page, settings()), known_keys(site()))
    markdown.Markdown(
        extensions=[*settings().extensions, extension],
        extension_configs=settings().extension_configs,
    ).convert(page.front.body)
    return page


@cache
def read_whole(src: str) -> Page:
    return read_text(src, (DOCS / src).read_bytes().decode("utf-8-sig"))


def findings_on(page: Page) -> list[Finding]:
    """Return what the two rules that watch over citations find on a page."""
    alone = replace(site(), pages=[page])
    return sorted(finding for name in WATCHED for finding in RULES[name](alone))


class Part(NamedTuple):
    """Some lines of a page, between two places where a heading or a paragraph begins."""

    first: int
    """Its first line, from 1."""
    end: int
    """The line after its last."""


def parts_of(page: Page) -> list[Part]:
    lines = page.text.split("\n")
    starts = [page.front.body_line]
    for number in range(page.front.body_line + 1, len(lines)):
        begins = not lines[number - 2] and re.match(r"\w|## ", lines[number - 1])
        if begins and number >= starts[-1] + PART:
            starts.append(number)
    ends = [*starts[1:], len(lines) + 1]
    return [Part(first, end) for first, end in zip(starts, ends, strict=True)]


def empty_the_rest(page: Page, part: Part) -> str:
    """Return the page's text with only its front matter and one part in it, in their lines."""
    kept = range(part.first, part.end)
    return "\n".join(
        line if number in kept or number < page.front.body_line else ""
        for number, line in enumerate(page.text.split("\n"), start=1)
    )


class Brackets(NamedTuple):
    """One pair of brackets with citations, in a line of a page."""

    line: int
    start: int
    end: int


def brackets_of(page: Page, block: Block) -> Iterator[Brackets]:
    """Yield each pair of brackets of a block once, found by the places of its citations."""
    lines = page.text.split("\n")
    seen = set()
    for placed in block.citations:
        line, column = placed.position
        text = lines[line - 1]
        assert text.startswith(f"@{placed.citation.key}", column - 1), (page.path, placed)
        start, end = text.rindex("[", 0, column), text.index("]", column) + 1
        if (line, start) not in seen:
            seen.add((line, start))
            yield Brackets(line, start, end)


def delete(text: str, brackets: Brackets) -> str:
    lines = text.split("\n")
    line = lines[brackets.line - 1]
    lines[brackets.line - 1] = line[: brackets.start].rstrip(" ") + line[brackets.end :]
    return "\n".join(lines)


def is_noticed(block: Block, pairs: list[Brackets], deleted: Brackets, page: Page) -> bool:
    """Whether a page without one pair of brackets has the one finding that it must have.

    Of several pairs in a block the last is missed; without an earlier one, the text in front of it
    belongs to the next.
    """
    findings = findings_on(page)
    if len(pairs) > 1 and deleted != pairs[-1]:
        return findings == []
    if len(findings) != 1:
        return False
    finding = findings[0]
    if len(pairs) == 1:
        place = (finding.line, finding.column)
        return finding.rule == "uncited-claim" and place == block.position
    lines = range(pairs[-2].line, deleted.line + 1)
    return finding.rule == "text-after-citation" and finding.line in lines


@pytest.mark.parametrize("src", PAGES)
def test_no_citation_can_be_deleted_unnoticed(src: str) -> None:
    page = read_whole(src)
    unnoticed = [
        (block.position, pair)
        for part in parts_of(page)
        for text in [empty_the_rest(page, part)]
        for block in page.claim_blocks
        if part.first <= block.position.line < part.end
        for pairs in [list(brackets_of(page, block))]
        for pair in pairs
        if not is_noticed(block, pairs, pair, read_text(src, delete(text, pair)))
    ]
    assert unnoticed == []


@pytest.mark.parametrize("src", PAGES)
def test_part_alone_says_what_it_says_in_the_page(src: str) -> None:
    page = read_whole(src)
    blocks = [
        (block.position, block.statement, block.citations, block.uncited_end, block.introduces)
        for part in parts_of(page)
        for block in read_text(src, empty_the_rest(page, part)).blocks
    ]
    assert blocks == [
        (block.position, block.statement, block.citations, block.uncited_end, block.introduces)
        for block in page.blocks
    ]


@pytest.mark.parametrize("src", PAGES)
def test_page_without_any_citation_fails_at_every_claim(src: str) -> None:
    page = read_whole(src)
    text = page.text
    places: list[Position] = []
    for block in page.claim_blocks:
        places.append(block.position)
        for brackets in sorted(brackets_of(page, block), reverse=True):
            text = delete(text, brackets)
    found = findings_on(read_text(src, text))
    assert [(finding.rule, finding.line, finding.column) for finding in found] == [
        ("uncited-claim", *place) for place in places
    ]
    assert places


def test_pages_are_those_of_the_whole_site() -> None:
    assert len(PAGES) >= settings().points + len(settings().parties)
    assert sum(len(read_whole(src).claim_blocks) for src in PAGES) > 500
