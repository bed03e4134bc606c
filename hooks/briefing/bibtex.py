"""What BibTeX's values stand for: parts joined by `#`, LaTeX as plain text, lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pylatexenc.latex2text import LatexNodes2Text

_LATEX = re.compile(r"[\\$~`%]|--|''")
_PLAIN = str.maketrans({"{": None, "}": None})
_DECODER = LatexNodes2Text(math_mode="text", keep_comments=False)


@dataclass(frozen=True)
class Person:
    """An author or editor; an organisation has only a family name and is `corporate`."""

    family: str
    given: str = ""
    corporate: bool = False


def evaluate(raw: str, strings: dict[str, str]) -> tuple[str, str]:
    """Return what a field's value stands for, and what is left behind it that is no value.

    A value is `{...}`, `"..."`, a number or the name of an @string, or several joined by `#`
    (Patashnik, BibTeXing, 1988, section 2).
    """
    parts: list[str] = []
    rest = raw.strip()
    while rest:
        if rest[0] in '{"':
            end = _closing(rest)
            parts.append(rest[1:end])
            rest = rest[end + 1 :].lstrip()
        else:
            word = re.match(r"[^\s#{}\",]*", rest)
            name = word.group() if word else ""
            text = strings.get(name.casefold(), name)
            parts.append(evaluate(text, {})[0] if name.casefold() in strings else name)
            rest = rest[len(name) :].lstrip()
        if not rest.startswith("#"):
            break
        rest = rest[1:].lstrip()
    return "".join(parts), rest


def _closing(text: str) -> int:
    """Return the index of the brace or quotation mark that closes the first one."""
    for index, depth in enumerate(_depths(text)):
        if index and text[0] == "{" and depth == 0:
            return index
        if index and text[0] == text[index] == '"' and depth == 0 and text[index - 1] != "\\":
            return index
    return len(text)


def decode(raw: str) -> str:
    """Turn a field's LaTeX into plain text: accents, dashes, quotation marks; braces go."""
    if not _LATEX.search(raw):
        return _quotes(raw.translate(_PLAIN))  # the decoder takes a millisecond a field
    known = re.sub(r"\\url\s*\{([^{}]*)\}", lambda match: _shield(match.group(1)), raw)
    known = re.sub(r"\\href\s*\{[^{}]*\}\s*\{([^{}]*)\}", r"\1", known)
    known = re.sub(r"\\(textless|textgreater|textbar|S|P)(?![A-Za-z])(?:\{\})?", _symbol, known)
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", known)
    # Only `$x$` without spaces is a formula; any other `$` is an amount of money.
    escaped = re.sub(r"(?<!\\)(\$[^\s$]+\$)|(?<!\\)\$", lambda m: m.group(1) or r"\$", escaped)
    try:
        text = _DECODER.latex_to_text(escaped)
    except (IndexError, KeyError, ValueError):  # a macro without what it needs
        text = re.sub(r"\\[A-Za-z]+|[\\{}]", "", raw)
    text = text.translate(_UNSHIELD)
    return " ".join(_quotes(text.replace("`", "‘")).split())


def _quotes(text: str) -> str:
    """Round straight single quotation marks: opening before a word, else closing or apostrophe."""
    return re.sub(r"(?<![^\s(\[“‘-])'(?=\w)", "‘", text).replace("'", "’")


def _symbol(match: re.Match[str]) -> str:
    return {"textless": "<", "textgreater": ">", "textbar": "|", "S": "§", "P": "¶"}[match.group(1)]


# Characters of an address that LaTeX would read are put out of its way.
_SHIELD = {ord(mark): 0xE020 + index for index, mark in enumerate("\\%&#_~$^{}")}
_UNSHIELD = {code: chr(mark) for mark, code in _SHIELD.items()}


def _shield(text: str) -> str:
    return text.translate(_SHIELD)


def people(raw: str) -> list[Person]:
    """Split a BibTeX name list; names in double braces are organisations.

    The forms are those of BibTeX: `Family, Given`, `Given Family` and `{Organisation}`, joined
    by `and` (Patashnik, BibTeXing, 1988, section 4).
    """
    return [_person(name) for name in _split_top(raw, r"\s+and\s+") if name.strip()]


def _person(name: str) -> Person:
    name = name.strip()
    if name.startswith("{") and name.endswith("}") and list(_depths(name))[:-1].count(0) == 0:
        return Person(decode(name), corporate=True)
    parts = [part.strip() for part in _split_top(name, r",")]
    if len(parts) > 1:
        given = " ".join(reversed(parts[1:])) if len(parts) > 2 else parts[1]
        return Person(decode(parts[0]), decode(given))
    words = list(_split_top(name, r"\s+"))
    first = next((i for i, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
    return Person(decode(" ".join(words[first:])), decode(" ".join(words[:first])))


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        yield depth


def _split_top(text: str, separator: str) -> Iterator[str]:
    """Split a text where the separator stands outside braces."""
    depths = list(_depths(text))
    last = 0
    for match in re.finditer(separator, text):
        if depths[match.start()] == 0:
            yield text[last : match.start()]
            last = match.end()
    yield text[last:]
