"""The citation syntax: Pandoc's bracketed citations, as mkdocs-bibtex reads them, and `via`.

[@key]   [@key, para. 4]   [@a; @b, p. 3]   [@mills2025, p. 3, via @samant2025]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EXAMPLE = "write [@key], [@key, para. 4] or [@key, p. 3, via @other]"

_SECOND = "put `;` between citations, or `via @key` last"
_KEY = re.compile(r"@([\w-]+)")
_VIA = re.compile(r"(?:^|,)\s*via\s+@([\w-]+)\s*$")


@dataclass(frozen=True)
class Citation:
    """One source cited for a claim."""

    key: str
    locator: str = ""
    """Where in the source: `para. 4`, `pp. 3-4`."""
    via: str = ""
    """The key of the source through which this one was read."""


@dataclass(frozen=True)
class CitationFault:
    message: str
    hint: str = EXAMPLE
    offset: int = 0
    """Where in the text between the brackets."""


def parse_citations(inside: str) -> list[tuple[Citation, int]] | CitationFault:
    """Read the text between the brackets of `[...]`, in which an `@` stands.

    Returns each citation with the offset of its `@`, or the first fault.
    """
    if "\n" in inside:
        return CitationFault("the citation runs over two lines", "put it on one line")
    found: list[tuple[Citation, int]] = []
    start = 0
    for part in inside.split(";"):
        result = _parse_one(part, start)
        if isinstance(result, CitationFault):
            return result
        found.append(result)
        start += len(part) + 1
    return found


def _parse_one(part: str, start: int) -> tuple[Citation, int] | CitationFault:
    at = part.find("@")
    if not part.strip():
        return CitationFault("there is nothing after a `;`", "delete the `;`", start)
    if at < 0:
        return CitationFault(f"{part.strip()!r} has no @key", EXAMPLE, start)
    before = part[:at].strip()
    if before == "-":
        return CitationFault("`-@` is not supported", "delete the `-`", start + at)
    if before:
        return CitationFault(
            f"text before the key: {before!r}", "move it in front of the bracket", start
        )
    match = _KEY.match(part, at)
    if match is None:
        return CitationFault("there is no key after `@`", EXAMPLE, start + at)
    key, rest = match.group(1), part[match.end() :]
    if rest[:1] in (":", ".", "/") and rest[1:2].strip():
        return CitationFault(
            f"the key has a {rest[0]!r} in it",
            "keys hold letters, digits, `_` and `-` only; rename it in the bibliography",
            start + match.end(),
        )
    if rest.strip() and not rest.lstrip().startswith(","):
        if rest.lstrip().startswith("@"):
            return CitationFault(
                "a second @ in one citation", _SECOND, start + match.end() + rest.index("@")
            )
        return CitationFault(
            f"no comma between the key and {rest.strip()!r}",
            f"write [@{key}, {rest.strip()}]",
            start + match.end(),
        )
    rest = rest.lstrip().removeprefix(",")
    return _parse_rest(key, rest, start + at)


def _parse_rest(key: str, rest: str, at: int) -> tuple[Citation, int] | CitationFault:
    via = ""
    match = _VIA.search(rest)
    if match is not None:
        via, rest = match.group(1), rest[: match.start()]
    if "@" in rest:
        return CitationFault("a second @ in one citation", _SECOND, at)
    if re.search(r"(?:^|,)\s*via\b", rest):
        return CitationFault("`via` names no source", "write `via @key`", at)
    return (Citation(key, rest.strip().rstrip(","), via), at)
