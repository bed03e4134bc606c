"""Rules on evidence: what claims quote and count must stand in extracts of their sources."""

from __future__ import annotations

from collections.abc import Iterator

from briefing import quotations
from briefing.arithmetic import Sum, read_sums
from briefing.briefing import Briefing, source_page
from briefing.claims import Claim
from briefing.evidence import (
    PlacedFigure,
    figures_in,
    is_supported,
    known_figures,
    passages,
    quotations_in,
    unsupported_figures,
)
from briefing.extracts import WORDS_IN_AN_EXTRACT, WORDS_OF_A_SOURCE, Extract
from briefing.findings import START, Position, did_you_mean
from briefing.pages import CLAIM_ATTRIBUTES, Page
from briefing.quotations import Quotation
from briefing.rules.registry import Fault, rule

_NEAR = 0.6
"""How alike a quotation and a passage must be for a finding to name the passage."""


@rule
def misquotation(briefing: Briefing) -> Iterator[Fault]:
    """Words in quotation marks stand in no extract of a source that the claim cites."""
    for claim in _of_known_sources(briefing):
        for placed in quotations_in(claim):
            quotation = placed.quotation
            if not quotation.closed:
                message = f"the quotation that begins {_start(quotation.words)} is not closed"
                yield claim.page, placed.position, message, "put the second quotation mark"
            elif not is_supported(quotation, claim, briefing):
                message = f"{_quoted(quotation.words)} stands in no extract of {_sources(claim)}"
                hint = _nearest_quotation(quotation, claim, briefing)
                yield claim.page, placed.position, message, hint


def _nearest_quotation(quotation: Quotation, claim: Claim, briefing: Briefing) -> str:
    extracts = [extract for extract in passages(claim, briefing) if extract.quoted]
    words = [extract.words for extract in extracts]
    which, nearness = quotations.nearest_passage(quotation.words, words)
    if nearness < 1 and (elsewhere := _found_elsewhere(quotation, briefing)):
        return f"{_place(elsewhere)} has it; cite [@{elsewhere.key}]"
    if nearness < _NEAR:
        where = _extract_page(briefing, claim.source_keys[-1])
        return f"add the source's words to {where}, or leave the quotation marks out"
    nearest = extracts[which]
    change = quotations.difference(quotation.words, nearest.words)
    told = f"; {change}" if change else ""
    return f"{_place(nearest)} has {_quoted(nearest.words)}{told}"


def _found_elsewhere(quotation: Quotation, briefing: Briefing) -> Extract | None:
    """Return an extract of another source than those cited that has a quotation's words."""
    for extracts in briefing.extracts.values():
        for extract in extracts:
            if extract.quoted and quotations.is_in(quotation.words, [extract.words]):
                return extract
    return None


@rule
def unsupported_figure(briefing: Briefing) -> Iterator[Fault]:
    """A quantity in a claim stands in no extract of a source that the claim cites."""
    for claim in _of_known_sources(briefing):
        for placed in unsupported_figures(claim, briefing):
            message = f"{placed.figure.text!r} stands in no extract of {_sources(claim)}"
            yield claim.page, placed.position, message, _nearest_figure(placed, claim, briefing)


def _nearest_figure(placed: PlacedFigure, claim: Claim, briefing: Briefing) -> str:
    figure = placed.figure
    alike = [
        (abs(known.value - figure.value), known.text, extract)
        for known, extract in known_figures(claim, briefing)
        if known.unit == figure.unit
    ]
    if alike:
        _, text, extract = min(alike, key=lambda one: one[0])
        return f"the nearest is {text!r} in {_place(extract)}; mend one of them"
    where = _extract_page(briefing, claim.source_keys[-1])
    return f"add what the source says to {where}, or leave the figure out"


@rule
def bad_arithmetic(briefing: Briefing) -> Iterator[Fault]:
    """A sum of our own is wrong, unused, or starts from a quantity that no extract gives."""
    for claim in _of_known_sources(briefing):
        if not claim.arithmetic:
            continue
        position = claim.block.attributes["arithmetic"].position
        known = {figure.quantity for figure, _ in known_figures(claim, briefing)}
        stated = {placed.figure.quantity for placed in figures_in(claim, briefing)}
        for one in read_sums(claim.arithmetic):
            if not isinstance(one, Sum):
                yield claim.page, position, one, "mend the sum"
                continue
            if one.result.quantity not in stated:
                message = f"the claim does not state {one.result.text!r}"
                yield claim.page, position, message, "take the sum away, or mend it"
            for term in one.terms:
                if term.quantity not in known:
                    message = f"{term.text!r} stands in no extract of {_sources(claim)}"
                    where = _extract_page(briefing, claim.source_keys[-1])
                    yield claim.page, position, message, f"add what the source says to {where}"


@rule
def bad_extract(briefing: Briefing) -> Iterator[Fault]:
    """An extract does not say who speaks or where it stands, or `at` belongs to no extract."""
    for page in briefing.pages:
        if not page.source:
            for name, position in _given(page):
                if name == "at" and not page.outside:
                    hint = "put it in the citation: [@key, para. 4]"
                    yield page.path, position, "`at` on a page that holds no extracts", hint
            continue
        yield from _not_an_extract(page)
    for extracts in briefing.extracts.values():
        for extract in extracts:
            lacking = [
                *([("who speaks", 'by="..."')] if extract.quoted and not extract.by else []),
                *([("where it stands", 'at="para. 4"')] if not extract.at else []),
            ]
            if lacking:
                told = " and ".join(what for what, _ in lacking)
                message = f"{_start(extract.words)} does not say {told}"
                hint = f"add {{: {' '.join(example for _, example in lacking)} }} below it"
                yield extract.page, extract.position, message, hint


def _given(page: Page) -> Iterator[tuple[str, Position]]:
    """Yield each claim attribute that a page gives, in its front matter too, and where."""
    for name in CLAIM_ATTRIBUTES:
        if name in page.meta:
            yield name, page.front.at(name)
    for name, given in page.attributes:
        yield name, given.position


def _not_an_extract(page: Page) -> Iterator[Fault]:
    if not page.blocks:
        yield page.path, START, "the page holds no extract", "add one, or delete the page"
    for directive in page.directives:
        yield page.path, directive.position, "a table on a page of extracts", "delete it"
    for anchor, position in page.given_anchors:
        if anchor in ("extracts", "claims"):
            message = f"the anchor {anchor!r} is the build's own on this page"
            yield page.path, position, message, "delete it, or give another"
    for heading in page.headings[1:]:
        position = page.anchors.get(heading.anchor, START)
        hint = "delete it; the build gives the page its title"
        yield page.path, position, "a heading on a page of extracts", hint
    for name, position in _given(page):
        if name not in ("by", "at"):
            message = f"`{name}` says nothing of an extract"
            yield page.path, position, message, "give `by` and `at` only"
    for block in page.claim_blocks:
        message = "an extract cites a source"
        position = block.citations[0].position
        yield page.path, position, message, f"delete it; the page is {page.source!r} itself"


@rule
def unknown_source(briefing: Briefing) -> Iterator[Fault]:
    """A page of extracts is named after no entry of the bibliography."""
    entries = briefing.bibliography.entries
    for page in briefing.pages:
        known = page.source in entries or page.source in briefing.bibliography.torn
        if page.source and not known and briefing.bibliography.readable:
            hint = did_you_mean(page.source, entries, "name it <key>.md, or give it a title")
            yield page.path, START, f"no entry {page.source!r} in {_bib(briefing)}", hint


@rule
def long_extract(briefing: Briefing) -> Iterator[Fault]:
    """More of a source is kept than is fair: words of an extract, or words quoted in all."""
    for key, extracts in briefing.extracts.items():
        total = 0
        for extract in extracts:
            if extract.length > WORDS_IN_AN_EXTRACT:
                message = f"the extract has {extract.length} words"
                hint = f"keep at most {WORDS_IN_AN_EXTRACT}, or make two of it"
                yield extract.page, extract.position, message, hint
            before, total = total, total + (extract.length if extract.quoted else 0)
            if before <= WORDS_OF_A_SOURCE < total:
                message = f"more than {WORDS_OF_A_SOURCE} words are quoted from {key!r}"
                hint = "quote less, or say it in your own words"
                yield extract.page, extract.position, message, hint


def _of_known_sources(briefing: Briefing) -> Iterator[Claim]:
    """Yield the claims that cite known sources only; unknown ones are findings themselves."""
    entries = briefing.bibliography.entries
    return (claim for claim in briefing.claims if all(key in entries for key in claim.source_keys))


def _sources(claim: Claim) -> str:
    return ", ".join(repr(key) for key in claim.source_keys)


def _bib(briefing: Briefing) -> str:
    return briefing.bibliography.path


def _extract_page(briefing: Briefing, key: str) -> str:
    return f"{briefing.settings.docs_dir}/{source_page(key)}"


def _place(extract: Extract) -> str:
    return f"{extract.page}:{extract.position.line}"


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def _start(text: str) -> str:
    words = text.split()
    return _quoted(" ".join(words[:6]) + (" ..." if len(words) > 6 else ""))
