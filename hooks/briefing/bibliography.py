"""references.bib, read with line numbers: BibTeX or BibLaTeX, as Zotero exports either."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry as BibtexEntry,
    ImplicitComment,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text

from briefing.dates import PartialDate, parse_date
from briefing.findings import Position

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its faults become our findings

# BibTeX's names for BibLaTeX's fields, and back (biblatex manual 3.20, section 2.2.5).
_SYNONYMS = {
    "journal": "journaltitle",
    "school": "institution",
    "address": "location",
    "annote": "annotation",
    "language": "langid",
}
_VERBATIM = {"url", "doi", "urldate", "date", "langid", "kind", "consulted", "original"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LATEX = re.compile(r"[\\$~`%]|--|''")
_PLAIN = str.maketrans({"{": None, "}": None, "'": "’"})
_DECODER = LatexNodes2Text(math_mode="text", keep_comments=False)


@dataclass(frozen=True)
class Field:
    value: str
    """As readers see it: LaTeX decoded, braces gone."""
    raw: str
    line: int


@dataclass(frozen=True)
class Person:
    """An author or editor; an organisation has only a family name and is `corporate`."""

    family: str
    given: str = ""
    corporate: bool = False


@dataclass(frozen=True)
class Entry:
    """The record of one source."""

    key: str
    type: str
    """In lower case, as in `@online`."""
    fields: dict[str, Field]
    """By BibLaTeX name, in lower case."""
    line: int

    def get(self, *names: str) -> str:
        """Return the first of these fields that has a value."""
        return next((self.fields[name].value for name in names if name in self.fields), "")

    def line_of(self, name: str) -> int:
        """Return the line of a field, or of the entry where it has none."""
        return self.fields[name].line if name in self.fields else self.line

    @property
    def authors(self) -> list[Person]:
        return people(self.fields["author"].raw) if "author" in self.fields else []

    @property
    def editors(self) -> list[Person]:
        return people(self.fields["editor"].raw) if "editor" in self.fields else []

    @property
    def outlet(self) -> str:
        """Who published it: newspaper, agency, site, institution or publisher."""
        return self.get(
            "journaltitle", "organization", "institution", "booktitle", "publisher", "howpublished"
        )

    @property
    def title(self) -> str:
        title, subtitle = self.get("title"), self.get("subtitle")
        return f"{title}: {subtitle}" if title and subtitle else title

    @property
    def date(self) -> PartialDate | None:
        return parse_date(self.date_text) if self.date_text else None

    @property
    def date_text(self) -> str:
        """The date as ISO 8601 as far as it is known, from `date`, or `year` and `month`."""
        if "date" in self.fields:
            return self.get("date").split("/")[0]
        year, month = self.get("year"), self.get("month").casefold()[:3]
        if year and month in _MONTHS:
            month = str(_MONTHS.index(month) + 1)
        if not (year and month.isdigit()):
            return year
        day = self.get("day")
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day.isdigit() else "")


@dataclass(frozen=True)
class BibFault:
    """Something in the file that is no usable entry."""

    rule: str
    message: str
    hint: str
    position: Position


@dataclass
class Bibliography:
    """All sources of a briefing, by key, in the order of the file."""

    path: str = "references.bib"
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[BibFault] = field(default_factory=list)
    text: str = ""


def read_bibliography(root: Path, path: str) -> Bibliography:
    """Read the file at `root`/`path`; what is wrong in it comes back as faults."""
    result = Bibliography(path)
    try:
        result.text = (root / path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return result  # bad-config says so
    except UnicodeDecodeError as error:
        line = (root / path).read_bytes()[: error.start].count(b"\n") + 1
        fault = BibFault("not-utf8", "the file is not UTF-8", "save it as UTF-8", Position(line, 1))
        result.faults.append(fault)
        return result
    for block in parse_string(result.text).blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, BibtexEntry):
            _add_entry(result, block, line)
        elif isinstance(block, DuplicateBlockKeyBlock):
            _add_entry(result, block.ignore_error_block, line)  # type: ignore[arg-type]
        elif isinstance(block, DuplicateFieldKeyBlock):
            names = ", ".join(sorted(block.duplicate_keys))
            message = f"an entry gives a field twice: {names}"
            _fault(result, "bib-syntax", message, "delete one of them", line)
            _add_entry(result, block.ignore_error_block, line)  # type: ignore[arg-type]
        elif isinstance(block, ParsingFailedBlock):
            _fault(result, "bib-syntax", *_explain(block), line)
        elif isinstance(block, ImplicitComment) and (block.comment or "").strip(" \n}"):
            text = block.comment.strip()
            if not text.startswith("%"):
                hint = "begin a comment with %, or mend the entry above"
                _fault(result, "bib-syntax", f"text outside entries: {text[:40]!r}", hint, line)
    return result


def _explain(block: ParsingFailedBlock) -> tuple[str, str]:
    head = (block.raw or "").strip().split("\n", 1)[0][:60]
    return (
        f"the entry that begins {head!r} cannot be read",
        "look for a missing brace, comma or `=`",
    )


def _fault(result: Bibliography, rule: str, message: str, hint: str, line: int) -> None:
    result.faults.append(BibFault(rule, message, hint, Position(line, 1)))


def _add_entry(result: Bibliography, block: BibtexEntry, line: int) -> None:
    folded = {key.casefold(): key for key in result.entries}
    earlier = folded.get(block.key.casefold())
    if earlier is not None:
        message = f"the key {block.key!r} is taken by {earlier!r}"
        where = f"line {result.entries[earlier].line}; keys differ by more than capitals"
        _fault(result, "duplicate-key", message, f"rename it or the one on {where}", line)
        return
    fields: dict[str, Field] = {}
    for item in block.fields:
        name = item.key.casefold()
        raw = " ".join(str(item.value).split())
        value = raw.replace("\\", "") if name in _VERBATIM else decode(raw)
        number = (item.start_line if item.start_line is not None else line - 1) + 1
        fields[_SYNONYMS.get(name, name)] = Field(value, raw, number)
    result.entries[block.key] = Entry(block.key, block.entry_type.casefold(), fields, line)


def decode(raw: str) -> str:
    """Turn a field's LaTeX into plain text: accents, dashes, quotation marks; braces go."""
    if not _LATEX.search(raw):
        return raw.translate(_PLAIN)  # the decoder takes a millisecond a field
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", raw)
    escaped = re.sub(r"(?<!\\)\$(?=\d)", r"\\$", escaped)  # an amount of money is no formula
    return " ".join(_DECODER.latex_to_text(escaped).split())


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
