"""What in a claim must stand in an extract of a source that it cites: quotations and figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing import quotations
from briefing.arithmetic import Sum, read_sums
from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.extracts import Extract
from briefing.figures import Figure, read_figures
from briefing.findings import Position
from briefing.quotations import Quotation, read_quotations

_OF_POINTS = re.compile(r"-point\b")  # as in `the 5-point plan`, which is its name
_HAS_WORDS = re.compile(r"\w")


@dataclass(frozen=True)
class PlacedQuotation:
    quotation: Quotation
    position: Position


@dataclass(frozen=True)
class PlacedFigure:
    figure: Figure
    position: Position


def passages(claim: Claim, briefing: Briefing) -> list[Extract]:
    """Return the extracts of the sources that a claim cites, `via` ones too."""
    return [extract for key in claim.source_keys for extract in briefing.extracts.get(key, ())]


def quotations_in(claim: Claim) -> Iterator[PlacedQuotation]:
    """Yield what a claim quotes; a block quotation is quoted as a whole."""
    for text, place in _texts(claim):
        is_whole = claim.block.quoted and text is claim.statement
        for quotation in [_whole(text)] if is_whole else read_quotations(text):
            if _HAS_WORDS.search(quotation.words) or not quotation.closed:
                yield PlacedQuotation(quotation, place(quotation.start))


def figures_in(claim: Claim, briefing: Briefing) -> Iterator[PlacedFigure]:
    """Yield the quantities that a claim states; one in a quotation is part of the quotation."""
    for text, place in _texts(claim):
        is_whole = claim.block.quoted and text is claim.statement
        for figure in _figures(text, briefing, quoted=is_whole):
            yield PlacedFigure(figure, place(figure.start))


def _texts(claim: Claim) -> Iterator[tuple[str, Callable[[int], Position]]]:
    """Yield what readers see of a claim, and what tells where in the file its words stand."""
    yield claim.statement, claim.block.place
    if claim.version:
        at = claim.block.attributes["version"].position
        yield claim.version, lambda _: at


def _whole(statement: str) -> Quotation:
    """Return what a block quotation quotes: all of it, without marks around the whole."""
    within = list(read_quotations(statement))
    if len(within) == 1 and len(within[0].words) + 2 >= len(statement.rstrip(".")):
        return within[0]
    return Quotation(statement.rstrip("."), 0)


def _figures(text: str, briefing: Briefing, *, quoted: bool = False) -> Iterator[Figure]:
    """Yield the writer's own figures in a text; `quoted` where the text is a quotation."""
    within = [
        range(one.start, one.start + len(one.words)) for one in read_quotations(text) if one.closed
    ]
    inserted = [range(*match.span()) for match in quotations.INSERTED.finditer(text)]
    for figure in read_figures(text, briefing.names):
        is_quoted = quoted or _is_among(figure, within)
        is_name = figure.value == briefing.settings.points and _OF_POINTS.match(text, figure.end)
        if not is_name and (not is_quoted or _is_among(figure, inserted)):
            yield figure


def _is_among(figure: Figure, places: list[range]) -> bool:
    return any(figure.start in place for place in places)


def is_supported(quotation: Quotation, claim: Claim, briefing: Briefing) -> bool:
    """Whether a quotation stands in one speaker's words, in one source that the claim cites."""
    spoken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for extract in passages(claim, briefing):
        if extract.quoted:
            spoken[extract.key, extract.by].append(extract.words)
    return any(quotations.is_in(quotation.words, words) for words in spoken.values())


def known_figures(claim: Claim, briefing: Briefing) -> list[tuple[Figure, Extract]]:
    """Return every quantity in the extracts on which a claim rests."""
    return [
        (figure, extract)
        for extract in passages(claim, briefing)
        for figure in read_figures(extract.words, briefing.names)
    ]


def unsupported_figures(claim: Claim, briefing: Briefing) -> list[PlacedFigure]:
    """Return the quantities of a claim that neither an extract nor a sum of its own gives."""
    stated = list(figures_in(claim, briefing))
    if not stated:
        return []
    known = {figure.quantity for figure, _ in known_figures(claim, briefing)}
    known |= {one.result.quantity for one in read_sums(claim.arithmetic) if isinstance(one, Sum)}
    return [placed for placed in stated if placed.figure.quantity not in known]
