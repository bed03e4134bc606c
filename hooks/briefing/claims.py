"""Claims: the blocks of the briefing that cite sources, with all that holds for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.citations import Citation
from briefing.pages import Block, Page, words_of
from briefing.settings import Settings


@dataclass(frozen=True)
class Claim:
    """One block of text that states facts and cites sources."""

    id: str
    page: str
    """The page's path relative to the project folder."""
    src: str
    """The page's path below docs/."""
    line: int
    column: int
    party: str
    text: str
    """The key of the version of the plan whose content it states; empty for none."""
    points: tuple[int, ...]
    """Empty for the plan as a whole."""
    stance: str
    by: str
    on: str
    binds: tuple[str, ...]
    """Who would have to do or accept what it says; only for what a text provides."""
    parties: tuple[str, ...]
    """Whom an event concerns; only on a timeline."""
    version: str
    """What a source says on a question on which sources differ, in a few words."""
    section: str
    """The heading it stands under."""
    section_anchor: str
    statement: str
    """What readers see, without the citations."""
    citations: tuple[Citation, ...]
    arithmetic: str
    """The sums by which its figures were made from those of its sources; empty for none."""
    block: Block = field(compare=False, repr=False)
    """The block of text that it is."""

    @property
    def anchor(self) -> str:
        return f"{self.src}#{self.id}"

    @property
    def source_keys(self) -> list[str]:
        """The keys of the sources it rests on, `via` ones too, each once."""
        named = [key for one in self.citations for key in (one.key, one.via) if key]
        return list(dict.fromkeys(named))


def collect_claims(page: Page, settings: Settings) -> list[Claim]:
    """Return a page's claims in the order in which they stand.

    A page outside the briefing has none, nor has a page of extracts.
    """
    if page.outside or page.source:
        return []
    return [_claim(page, block, settings) for block in page.claim_blocks]


def _claim(page: Page, block: Block, settings: Settings) -> Claim:
    def value(name: str) -> str:
        attribute = block.attributes.get(name)
        return attribute.value.strip() if attribute else ""

    heading = page.headings[block.heading]
    return Claim(
        id=block.anchor,
        page=page.path,
        src=page.src,
        line=block.position.line,
        column=block.position.column,
        party=value("party"),
        text=value("text"),
        points=points_of(block, settings),
        stance=value("stance"),
        by=value("by"),
        on=value("on"),
        binds=tuple(words_of(value("binds"))) if value("text") else (),
        parties=tuple(words_of(value("parties"))),
        version=value("version"),
        section=heading.title,
        section_anchor=heading.anchor,
        statement=block.statement,
        citations=tuple(placed.citation for placed in block.citations),
        arithmetic=value("arithmetic"),
        block=block,
    )


def points_of(block: Block, settings: Settings) -> tuple[int, ...]:
    """Return the points a block is about: the nearest of `points` and `point`."""
    attribute = block.attributes.get("points") or block.attributes.get("point")
    words = attribute.value.replace(",", " ").split() if attribute else []
    numbers = {int(word) for word in words if is_point(word, settings)}
    return tuple(sorted(numbers))


def is_point(word: str, settings: Settings) -> bool:
    return word.isdecimal() and 1 <= int(word) <= settings.points
