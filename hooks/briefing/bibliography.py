"""references.bib, read with line numbers: BibTeX or BibLaTeX, as Zotero exports either."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry as BibtexEntry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from briefing.bibtex import Person, decode, evaluate, people
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
CONSULTED = {
    "full": "read in full",
    "excerpt": "read in excerpt",
    "via": "not read itself: cited through another source",
}
"""How a source was read: what `consulted` of an entry may be, and what readers see for it."""
CONSULTED_IN_SHORT = {"full": "in full", "excerpt": "excerpt", "via": "not read"}
_VERBATIM = {"url", "doi", "urldate", "date", "langid", "kind", "consulted", "original"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True)
class Field:
    value: str
    """As readers see it: LaTeX decoded, braces gone."""
    raw: str
    line: int


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
    torn: set[str] = field(default_factory=set)
    """The keys of entries that cannot be read."""
    readable: bool = True
    """Whether the file could be read at all."""


def read_bibliography(root: Path, path: str) -> Bibliography:
    """Read the file at `root`/`path`; what is wrong in it comes back as faults."""
    result = Bibliography(path)
    try:
        result.text = (root / path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        result.readable = False  # bad-config says so
        return result
    except UnicodeDecodeError as error:
        line = (root / path).read_bytes()[: error.start].count(b"\n") + 1
        fault = BibFault("not-utf8", "the file is not UTF-8", "save it as UTF-8", Position(line, 1))
        result.faults.append(fault)
        result.readable = False
        return result
    blocks = parse_string(result.text, parse_stack=[]).blocks
    strings = {block.key.casefold(): block.value for block in blocks if isinstance(block, String)}
    torn = False  # whether what follows may be the rest of an entry that was reported
    for block in blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ImplicitComment):
            if not torn:
                _report_stray_text(result, block.comment, line)
            continue
        torn = isinstance(block, ParsingFailedBlock) and not isinstance(
            block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock
        )
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        if isinstance(entry, BibtexEntry):
            _add_entry(result, entry, line, strings)
        elif torn:
            if key := re.match(r"\s*@\w+\s*[{(]\s*([\w-]+)", block.raw or ""):
                result.torn.add(key.group(1))
            head = (block.raw or "").strip().split("\n", 1)[0][:60]
            message = f"the entry that begins {head!r} cannot be read"
            _fault(result, "bib-syntax", message, "look for a missing brace, comma or `=`", line)
    return result


def _report_stray_text(result: Bibliography, text: str, line: int) -> None:
    for offset, words in enumerate(text.split("\n")):
        if words.strip(" }") and not words.lstrip().startswith("%"):
            message = f"text outside entries: {words.strip()[:40]!r}"
            hint = "begin a comment with %, or mend the entry above"
            _fault(result, "bib-syntax", message, hint, line + offset)
            return


def _fault(result: Bibliography, rule: str, message: str, hint: str, line: int) -> None:
    result.faults.append(BibFault(rule, message, hint, Position(line, 1)))


def _add_entry(
    result: Bibliography, block: BibtexEntry, line: int, strings: dict[str, str]
) -> None:
    folded = {key.casefold(): key for key in result.entries}
    earlier = folded.get(block.key.casefold())
    if earlier is not None:
        message = f"the key {block.key!r} is taken by {earlier!r}"
        where = f"line {result.entries[earlier].line}; keys differ by more than capitals"
        _fault(result, "duplicate-key", message, f"rename it or the one on {where}", line)
        return
    fields: dict[str, Field] = {}
    seen: set[str] = set()
    for item in block.fields:
        name = item.key.casefold()
        number = (item.start_line if item.start_line is not None else line - 1) + 1
        if name in seen:
            message = f"{block.key!r} gives the field {name!r} twice"
            _fault(result, "bib-syntax", message, "delete one of them", number)
            continue
        seen.add(name)
        text, rest = evaluate(str(item.value), strings)
        if rest:
            begin = re.match(r"[\w-]+", rest)
            message = f"no comma between {name!r} and {begin.group() if begin else rest[:20]!r}"
            _fault(result, "bib-syntax", message, "end each field with a comma", number)
        raw = " ".join(text.split())
        value = raw.replace("\\", "") if name in _VERBATIM else decode(raw)
        if value:
            fields.setdefault(_SYNONYMS.get(name, name), Field(value, raw, number))
    result.entries[block.key] = Entry(block.key, block.entry_type.casefold(), fields, line)
