"""Where each word of a page stands in its file, carried through Python-Markdown's block parser.

Python-Markdown keeps no positions. So before it parses, a mark is put in front of each word: one
private-use character that stands for a line and column. The block parser moves text about but
leaves words whole; once it is done, the marks are lifted out of the tree again, and for each
element's text the places are known. Inline parsing, headings, slugs and code never see a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from briefing.findings import Position

_FIRST, _LAST = 0xF0000, 0xFFFFD  # Supplementary Private Use Area-A
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")

# What opens a line's blocks: quotes, list items, headings, definitions, cells.
_PREFIX = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)]|:)\s+|\#{1,6}\s*|\|\s*|>\s*)*")
# Lines that other parsers take apart by their words: definitions, fences, block syntax, HTML.
_LEFT_ALONE = re.compile(
    r"[\s>]*(?:\[[^\]]*\]:|\*\[|!!!|\?\?\?|===|--8<--|:::|///|`{3,}|~{3,}"
    r"|\{[^}]*\}\s*$|<[A-Za-z/?]|<!(?!--))"
)
_WORD = re.compile(r"(?<![\w<&/#{])(?=[^\W_])")
_OPEN_TAG = re.compile(r"<[A-Za-z][^<>]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})(?!.*`)")


@dataclass(frozen=True)
class RawText:
    """The Markdown text of one element, with the places of its words."""

    text: str
    offsets: tuple[int, ...] = ()
    places: tuple[Position, ...] = ()
    lines: tuple[str, ...] = ()
    """The lines of the file."""

    def position(self, offset: int) -> Position | None:
        """Return where the character at `offset` stands in the file; None if nothing is known."""
        if not self.offsets:
            return None
        before = bisect_right(self.offsets, offset) - 1
        neighbours = range(max(before, 0), min(before + 2, len(self.offsets)))
        for nearest in sorted(neighbours, key=lambda index: abs(self.offsets[index] - offset)):
            start, end = sorted((self.offsets[nearest], offset))
            if "\n" not in self.text[start:end]:
                line, column = self.places[nearest]
                return Position(line, column + offset - self.offsets[nearest])
        return self._on_unmarked_line(offset, max(before, 0))

    def _on_unmarked_line(self, offset: int, nearest: int) -> Position:
        start, end = sorted((self.offsets[nearest], offset))
        step = self.text.count("\n", start, end)
        line = self.places[nearest].line + (step if self.offsets[nearest] <= offset else -step)
        begin = self.text.rfind("\n", 0, offset) + 1
        text = self.text[begin:].split("\n", 1)[0]
        in_file = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        begin += len(text) - len(text.lstrip())
        return Position(line, max(in_file.find(text.strip()), 0) + 1 + max(offset - begin, 0))


@dataclass
class WordMarks:
    """The marks of one page."""

    lines: tuple[str, ...]
    """The lines of the file."""
    places: list[Position] = field(default_factory=list)

    def mark(self, body: list[str], first_line: int) -> list[str]:
        """Put a mark in front of each word; `first_line` is the body's first line in the file."""
        left_alone = fenced_lines(body) | _lines_in_tags(body)
        return [
            line if index in left_alone else self._mark_line(line, first_line + index)
            for index, line in enumerate(body)
        ]

    def _mark_line(self, line: str, number: int) -> str:
        line = _MARK.sub("\N{REPLACEMENT CHARACTER}", line)
        words = _words(line)
        # Python-Markdown puts spaces for tabs by their columns, which a mark would shift.
        line = line.expandtabs(4)
        marked, last = [], 0
        for start, in_file in zip(_words(line), words, strict=True):
            if len(self.places) > _LAST - _FIRST:
                break
            marked += [line[last:start], chr(_FIRST + len(self.places))]
            self.places.append(Position(number, in_file + 1))
            last = start
        return "".join([*marked, line[last:]])

    def lift(self, text: str, after: int = 1) -> RawText:
        """Take the marks out of a text and return it with the places they stood for.

        A text without marks, such as one that begins with an HTML tag, is looked for in the file
        from line `after` on.
        """
        offsets: list[int] = []
        places: list[Position] = []
        for count, mark in enumerate(_MARK.finditer(text)):
            offsets.append(mark.start() - count)
            places.append(self.places[ord(mark.group()) - _FIRST])
        text = strip_marks(text)
        begin = len(text) - len(text.lstrip())
        first = text[begin:].split("\n", 1)[0].rstrip()
        if not offsets and re.search(r"\w", first):
            for number, line in enumerate(self.lines[after - 1 :], start=after):
                if first in line:
                    return RawText(
                        text, (begin,), (Position(number, line.index(first) + 1),), self.lines
                    )
        return RawText(text, tuple(offsets), tuple(places), self.lines)


def strip_marks(text: str) -> str:
    """Return the text without marks."""
    return _MARK.sub("", text)


def _words(line: str) -> list[int]:
    """Return where the words begin that may be marked."""
    prefix = _PREFIX.match(line)
    begin = prefix.end() if prefix else 0
    if _LEFT_ALONE.match(line) or _LEFT_ALONE.match(line, begin):
        return []
    return [word.start() for word in _WORD.finditer(line, begin)]


def _lines_in_tags(lines: list[str]) -> set[int]:
    """Return the indexes of lines on which an HTML tag goes on that an earlier line began."""
    inside: set[int] = set()
    is_open = False
    for index, line in enumerate(lines):
        if is_open:
            inside.add(index)
        if not line.strip():
            is_open = False
        elif is_open:
            is_open = ">" not in line
        else:
            is_open = bool(_OPEN_TAG.search(line))
    return inside


def fenced_lines(lines: list[str]) -> set[int]:
    """Return the indexes of the lines in fenced code; a fence that is never closed opens none."""
    fenced: set[int] = set()
    index = 0
    while index < len(lines):
        fence = _FENCE.match(lines[index].lstrip(" \t>"))
        index += 1
        if fence is None:
            continue
        closing = next(
            (
                later
                for later in range(index, len(lines))
                if lines[later].strip(" \t>") == fence.group(1)
            ),
            None,
        )
        if closing is not None:
            fenced.update(range(index - 1, closing + 1))
            index = closing + 1
    return fenced
