"""Which letters the fonts can print. A PDF/UA file must show every letter of its text."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import typst

FONTS = "fonts"
"""The folder of the project with fonts for scripts that Typst's own fonts lack."""
_TEXT_FONT = "Libertinus Serif"
_MISSING = re.compile(r'the text (?:contains the disallowed codepoint )?`"(.+?)"`', re.DOTALL)
_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst's messages write a letter that has no shape of its own, such as an accent."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> typst.Fonts:
    """Return the fonts that come with Typst and those of a folder, none of the machine."""
    own = [str(folder)] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, font_paths=own)


def font_families(folder: Path) -> list[str]:
    """Return the families to set text in: Typst's serif first, then those of the folder."""
    own = {font.family for font in load_fonts(folder).fonts() if font.path}
    return [_TEXT_FONT, *sorted(own)]


class Letters:
    """Knows which letters can be printed; asks Typst about each letter once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, bool] = {}

    def missing(self, text: str) -> list[str]:
        """Return the letters of a text that no font has, sorted. Those of ASCII all fonts have."""
        letters = {one for one in text if one > "~" or (one < " " and one not in "\t\n\r")}
        if asked := letters - self._known.keys():
            missing = _missing(asked, self._folder)
            self._known.update((letter, letter not in missing) for letter in asked)
        return sorted(letter for letter in letters if not self._known[letter])


def _missing(letters: set[str], folder: Path) -> set[str]:
    found = {letter for letter in letters if _CONTROL.match(letter)}
    source = (
        '#set document(title: "Letters")\n'
        "#set text(font: json(bytes(sys.inputs.fonts)))\n"
        "#for letter in json(bytes(sys.inputs.letters)) {\n"
        "par(letter); par(strong(letter)); par(emph(letter)); par(strong(emph(letter)))\n"
        "par(raw(letter))\n"
        "}"
    )
    try:
        typst.compile(
            source.encode(),
            font_paths=load_fonts(folder),
            sys_inputs={
                "fonts": json.dumps(font_families(folder)),
                "letters": json.dumps(sorted(letters - found)),
            },
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        told = "".join(_MISSING.findall(error.diagnostic))
        found |= set(_NUMBER.sub(lambda match: chr(int(match.group(1), 16)), told))
    return found & letters
