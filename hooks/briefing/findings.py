"""A finding: one fault in the input, as a value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a source file; line and column count from 1, columns in characters."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True, order=True)
class Finding:
    """One fault, at one place, found by one rule. Findings sort by path, line and column."""

    path: str
    """Relative to the project folder, with forward slashes."""
    line: int
    column: int
    rule: str
    message: str
    """What was found."""
    hint: str = ""
    """What to do about it."""
    is_warning: bool = False
    """Whether the site can be built all the same."""

    def __str__(self) -> str:
        tail = f"; {self.hint}" if self.hint else ""
        rule = f"warning: {self.rule}" if self.is_warning else self.rule
        return f"{self.path}:{self.line}:{self.column}: {rule}: {self.message}{tail}"


def nearest(given: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to the given one, None if none is near."""
    by_folded = {word.casefold(): word for word in known}
    near = difflib.get_close_matches(given.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def did_you_mean(given: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the known word nearest to the given one, or `otherwise`."""
    near = nearest(given, known)
    return f"did you mean {near!r}?" if near else otherwise


def one_of(known: Iterable[str]) -> str:
    """Return a hint that lists the words that are allowed."""
    return "use one of: " + ", ".join(known)
