"""Entries as CSL-JSON, and the reference list that a CSL style makes of them.

The mapping follows Zotero's from BibLaTeX types to CSL 1.0.2 types; the processor is citeproc-py.
"""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import (
    Citation as CslCitation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from briefing.bibliography import Entry
from briefing.bibtex import Person
from briefing.dates import PartialDate, parse_date

CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "booklet": "pamphlet",
    "incollection": "chapter",
    "inbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "report": "report",
    "techreport": "report",
    "manual": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "webpage",
    "legislation": "legislation",
    "legal": "legislation",
    "dataset": "dataset",
    "software": "software",
    "video": "motion_picture",
    "audio": "song",
    "letter": "personal_communication",
    "unpublished": "manuscript",
}
"""The CSL type of each entry type that is understood."""

_NEWS = {"newspaper", "newspaperarticle", "magazine", "news"}
_THESIS = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
}


def csl_type(entry: Entry) -> str:
    """Return the CSL type of an entry; Zotero marks newspapers by `entrysubtype`."""
    if entry.type == "article":
        subtype = entry.get("entrysubtype").casefold()
        dated = entry.date is not None and entry.date.day and not entry.get("volume", "number")
        if subtype in _NEWS or dated:
            return "article-magazine" if subtype == "magazine" else "article-newspaper"
    return CSL_TYPES.get(entry.type, "document")


def csl_item(entry: Entry) -> dict[str, Any]:
    """Return the CSL-JSON item of an entry (CSL-JSON schema 1.0.2)."""
    kind = csl_type(entry)
    item: dict[str, Any] = {"id": entry.key, "type": kind}
    plain = {
        "title": entry.title,
        "volume": entry.get("volume"),
        "issue": entry.get("number", "issue"),
        "page": entry.get("pages").replace("--", "–"),
        "edition": entry.get("edition"),
        "DOI": entry.get("doi"),
        "URL": entry.get("url"),
        "ISBN": entry.get("isbn"),
        "language": entry.get("langid"),
        "publisher-place": entry.get("location"),
        "collection-title": entry.get("series"),
        "genre": _THESIS.get(entry.get("type") or entry.type, entry.get("type")),
    }
    if kind in ("report", "thesis", "book", "chapter", "paper-conference", "pamphlet"):
        plain["publisher"] = entry.get("institution", "publisher", "organization")
    if kind in ("chapter", "paper-conference"):
        plain["container-title"] = entry.get("booktitle", "journaltitle")
    elif kind not in ("report", "thesis", "book", "pamphlet"):
        plain["container-title"] = entry.outlet
    if kind == "report":
        plain["number"] = plain.pop("issue")
    item.update({name: value for name, value in plain.items() if value})
    for role, persons in (("author", entry.authors), ("editor", entry.editors)):
        if persons:
            item[role] = [_name(person) for person in persons]
    for name, date in (("issued", entry.date), ("accessed", parse_date(entry.get("urldate")))):
        if date is not None:
            item[name] = {"date-parts": [_date_parts(date)]}
    return item


def _name(person: Person) -> dict[str, str]:
    if person.corporate:
        return {"literal": person.family}
    return (
        {"family": person.family, "given": person.given}
        if person.given
        else {"literal": person.family}
    )


def _date_parts(date: PartialDate) -> list[int]:
    return [part for part in date if part]


class ReferenceFormatter:
    """Sets entries in a CSL style, as HTML."""

    def __init__(self, style: Path, entries: dict[str, Entry]) -> None:
        """Load a style file; entries are set when they are asked for.

        Raises ValueError for a file that is no CSL style.
        """
        # The file stands for the style, so that a formatter can go to another process.
        self._style = (str(style), style.stat().st_mtime_ns)
        self._entries = entries
        self._made: dict[str, str] = {}
        _load_style(*self._style)

    def html(self, key: str) -> str:
        """Return the reference of an entry as well-formed HTML with `i`, `b`, `sup` and `a`."""
        if key not in self._made:
            item = _presented(csl_item(self._entries[key]), self._entries[key].outlet)
            style = _load_style(*self._style)
            self._made[key] = _set_reference(style, json.dumps(item, sort_keys=True))
        return self._made[key]


def _presented(item: dict[str, Any], outlet: str) -> dict[str, Any]:
    """Return an item as a list of references shows it, with nobody named twice.

    Cite Them Right: a work without a byline stands under the organisation that published it.
    """
    if "author" not in item and "editor" not in item and outlet:
        item["author"] = [{"literal": outlet}]
        if item.get("publisher") == outlet:
            del item["publisher"]
    author = item.get("author", [{}])[0].get("literal")
    if author and item.get("container-title") == author:
        del item["container-title"]
    return item


@lru_cache(maxsize=4)
def _load_style(path: str, changed: int) -> CitationStylesStyle:
    try:
        style = CitationStylesStyle(path, locale="en-GB", validate=False)
        if style.root.bibliography is None:
            missing = "it has no bibliography part"
            raise ValueError(missing)
    except Exception as error:  # lxml and citeproc-py raise many kinds for a bad file
        message = f"this is not a CSL style that can be read: {error}"
        raise ValueError(message) from error
    return style


@lru_cache(maxsize=20_000)  # a reference takes 5 ms to set; `mkdocs serve` asks again and again
def _set_reference(style: CitationStylesStyle, item: str) -> str:
    given = json.loads(item)
    editors = 0
    if "author" not in given and "editor" in given:
        # citeproc-py names editors twice where the style puts them in the author's place.
        given["author"] = given.pop("editor")
        editors = len(given["author"])
    bibliography = CitationStylesBibliography(style, CiteProcJSON([_guard(given)]), formatter.html)
    bibliography.register(CslCitation([CitationItem(given["id"])]))
    text = _tidy(str(bibliography.bibliography()[0]))
    if editors:
        text = text.replace(" (", f" ({'eds' if editors > 1 else 'ed.'}) (", 1)
    return _link(
        text, f"https://doi.org/{given['DOI']}" if "DOI" in given else given.get("URL", "")
    )


def _guard(item: dict[str, Any]) -> dict[str, Any]:
    """Keep `<`, `>` and `&` of the bibliography from being read as markup by the processor."""
    guard = {ord("<"): "\ue000", ord(">"): "\ue001", ord("&"): "\ue002"}

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(guard)
        if isinstance(value, list):
            return [walk(part) for part in value]
        if isinstance(value, dict):
            return {name: walk(part) for name, part in value.items()}
        return value

    guarded: dict[str, Any] = walk(item)
    return guarded


def _tidy(text: str) -> str:
    """Make the processor's output well-formed: entities, our guards, and links for addresses."""
    text = re.sub(r"&(?!amp;|lt;|gt;|#\d+;)", "&amp;", text)
    text = text.replace("&#8217;", "’")
    text = text.translate({0xE000: "&lt;", 0xE001: "&gt;", 0xE002: "&amp;"})
    return _repair_doubles(text)


def _link(text: str, address: str) -> str:
    """Make the last place where the address stands a link."""
    shown = html.escape(address, quote=False)
    before, found, after = text.rpartition(shown) if address else (text, "", "")
    if not found:
        return text
    return f'{before}<a href="{html.escape(address)}">{shown}</a>{after}'


def _repair_doubles(text: str) -> str:
    """Drop the full stop that a style adds after a title's own `?` or `!` or `.`."""
    return re.sub(r"([?!.])((?:</i>|’|”)?)\.(?=\s|$)", r"\1\2", text)


def plain(reference: str) -> str:
    """Return a set reference without its markup."""
    return html.unescape(re.sub(r"<[^>]*>", "", reference))
