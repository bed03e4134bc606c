"""Rules on the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from briefing.bibliography import CONSULTED, Entry
from briefing.briefing import Briefing
from briefing.csl import CSL_TYPES
from briefing.dates import parse_date
from briefing.findings import Position, did_you_mean, one_of
from briefing.rules.registry import Fault, rule

# One of each group must be given, beside a title (biblatex manual 3.20, section 2.1.1).
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("journaltitle",),),
    "book": (("author", "editor", "organization"),),
    "incollection": (("author", "editor"), ("booktitle",)),
    "inbook": (("author", "editor"), ("booktitle",)),
    "inproceedings": (("author", "editor"), ("booktitle",)),
    "report": (("author", "editor", "institution"),),
    "techreport": (("author", "editor", "institution"),),
    "thesis": (("author",), ("institution",)),
    "phdthesis": (("author",), ("institution",)),
    "mastersthesis": (("author",), ("institution",)),
    "online": (("author", "editor", "organization"),),
}
_RESPONSIBLE = (("author", "editor", "organization", "institution", "journaltitle", "publisher"),)


def _entries(briefing: Briefing) -> Iterator[tuple[str, Entry]]:
    for entry in briefing.bibliography.entries.values():
        yield briefing.bibliography.path, entry


def _faults(briefing: Briefing, name: str) -> Iterator[Fault]:
    for fault in briefing.bibliography.faults:
        if fault.rule == name:
            yield briefing.bibliography.path, fault.position, fault.message, fault.hint


@rule
def bib_syntax(briefing: Briefing) -> Iterator[Fault]:
    """The bibliography has something that is no BibTeX."""
    yield from _faults(briefing, "bib-syntax")


@rule
def duplicate_key(briefing: Briefing) -> Iterator[Fault]:
    """Two entries have one key, or keys that differ by capitals only."""
    yield from _faults(briefing, "duplicate-key")


@rule
def bad_key(briefing: Briefing) -> Iterator[Fault]:
    """A key cannot be cited because it holds other characters than letters, digits, _ and -."""
    for path, entry in _entries(briefing):
        if not re.fullmatch(r"[\w-]+", entry.key):
            message = f"the key {entry.key!r} cannot be cited"
            yield path, _at(entry), message, "use letters, digits, `_` and `-` only"


@rule
def unknown_entry_type(briefing: Briefing) -> Iterator[Fault]:
    """An entry is of a type that BibTeX and BibLaTeX do not have."""
    for path, entry in _entries(briefing):
        if entry.type not in CSL_TYPES:
            hint = did_you_mean(entry.type, CSL_TYPES, "use @online, @article, @report or @book")
            yield path, _at(entry), f"unknown entry type '@{entry.type}'", hint


@rule
def missing_field(briefing: Briefing) -> Iterator[Fault]:
    """An entry lacks a field that a reference of its type needs."""
    for path, entry in _entries(briefing):
        groups = (("title", "titleaddon"), *REQUIRED.get(entry.type, _RESPONSIBLE))
        if entry.type in CSL_TYPES:
            for group in groups:
                if not entry.get(*group):
                    message = f"@{entry.type} {entry.key!r} has no {' or '.join(group)}"
                    yield path, _at(entry), message, f"add `{group[0]} = {{...}}`"


@rule
def bad_url(briefing: Briefing) -> Iterator[Fault]:
    """A url is not a web address, or a doi is not the bare identifier."""
    for path, entry in _entries(briefing):
        url, doi = entry.get("url"), entry.get("doi")
        if url and not _is_url(url):
            hint = "write the whole address, beginning with https://"
            yield path, _at(entry, "url"), f"{url!r} is not a web address", hint
        if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
            hint = "write 10.1000/xyz, without https://doi.org/"
            yield path, _at(entry, "doi"), f"{doi!r} is not a DOI", hint


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not re.search(r"\s", url)


@rule
def duplicate_source(briefing: Briefing) -> Iterator[Fault]:
    """Two entries are for one page on the web, so that one source counts as two."""
    first: dict[str, Entry] = {}
    for path, entry in _entries(briefing):
        url = entry.get("url").rstrip("/")
        if url and first.setdefault(url, entry) is not entry:
            message = f"{entry.key!r} has the address of {first[url].key!r}"
            yield path, _at(entry, "url"), message, "cite that one, and delete this"


@rule
def bad_entry_date(briefing: Briefing) -> Iterator[Fault]:
    """A date of an entry is not one that exists."""
    hint = "write 2025-11-21, 2025-11 or 2025"
    for path, entry in _entries(briefing):
        for name in ("date", "urldate"):
            for part in filter(None, entry.get(name).split("/")):
                if parse_date(part) is None:
                    message = f"{name}: {part!r} is not a date"
                    yield path, _at(entry, name), message, hint
        if "date" not in entry.fields and entry.get("year") and entry.date is None:
            message = f"year or month: {entry.date_text!r} is not a date"
            yield path, _at(entry, "year"), message, "write year = {2025}, month = nov"


@rule
def bad_record(briefing: Briefing) -> Iterator[Fault]:
    """`kind`, `consulted` or `original` of an entry has a value that is not known."""
    kinds = briefing.settings.kinds
    for path, entry in _entries(briefing):
        kind, consulted = entry.get("kind"), entry.get("consulted")
        if kind and kinds and kind not in kinds:
            hint = did_you_mean(kind, kinds, one_of(kinds))
            yield path, _at(entry, "kind"), f"unknown kind of source {kind!r}", hint
        original = entry.get("original")
        if original and original not in briefing.bibliography.entries:
            hint = did_you_mean(original, briefing.bibliography.entries, "give its key")
            message = f"original: no entry {original!r} in {path}"
            yield path, _at(entry, "original"), message, hint
        if consulted and consulted not in CONSULTED:
            hint = did_you_mean(consulted, CONSULTED, one_of(CONSULTED))
            yield path, _at(entry, "consulted"), f"consulted: {consulted!r}", hint


@rule
def unused_entry(briefing: Briefing) -> Iterator[Fault]:
    """An entry of the bibliography is cited nowhere."""
    cited = {entry.key for entry in briefing.sources_cited()}
    for path, entry in _entries(briefing):
        if entry.key not in cited:
            message = f"nothing cites {entry.key!r}"
            yield path, _at(entry), message, "cite it, or delete the entry"


def _at(entry: Entry, name: str = "") -> Position:
    return Position(entry.line_of(name), 1)
