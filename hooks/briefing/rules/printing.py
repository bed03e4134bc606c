"""Rules on what the PDF needs: whether a page is printed, words for pictures, letters of fonts."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.findings import Position
from briefing.pdf.chapters import printed_pages
from briefing.pdf.letters import FONTS, Letters
from briefing.rules.registry import Fault, briefing_pages, rule, warning


@rule
def bad_print(briefing: Briefing) -> Iterator[Fault]:
    """Front matter does not say in one word, `true` or `false`, whether the page is printed."""
    for page in briefing.pages:
        given = page.meta.get("print", True)
        if not isinstance(given, bool):
            message = f"print is {given!r}"
            yield page.path, page.front.at("print"), message, "write `true` or `false`"


@rule
def missing_alt(briefing: Briefing) -> Iterator[Fault]:
    """A picture has no words for those who cannot see it (WCAG 2.2, 1.1.1)."""
    shown = {page.src for page, _ in printed_pages(briefing)}
    shown |= {page.src for page in briefing_pages(briefing)}
    for page in briefing.pages:
        for link in page.links if page.src in shown else ():
            if link.alt is not None and not link.alt.strip():
                message = f"no words for the picture {link.target!r}"
                hint = f"say what it shows: ![...]({link.target})"
                yield page.path, link.position, message, hint


@warning
def unprintable_letter(briefing: Briefing) -> Iterator[Fault]:
    """No font of the PDF has a letter, so that its number is printed in its place."""
    if not briefing.settings.pdf:
        return
    letters = Letters(briefing.root / FONTS)
    texts = {page.path: page.text for page, _ in printed_pages(briefing)}
    texts[briefing.settings.bibliography] = briefing.bibliography.text
    for path, text in texts.items():
        for letter in letters.missing(text):
            number = f"U+{ord(letter):04X}"
            message = f"no font prints {letter!r}; the PDF has [{number}] for it"
            hint = f"write it otherwise, or put a font that has it into {FONTS}/"
            yield path, _place(text, letter), message, hint


def _place(text: str, letter: str) -> Position:
    before = text[: text.index(letter)]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
