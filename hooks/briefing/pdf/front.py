"""What a printed document says of itself: title, date, version, how to cite and to read it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from briefing.briefing import Briefing
from briefing.dates import parse_date
from briefing.exports import claim_record, references_json
from briefing.pdf.documents import Document
from briefing.pdf.nodes import Node, NodeReader, walk

_PLACES = ("page", "url", "line", "section")
_IN_SHORT = (
    "Each claim has its id beside it; in square brackets stand the kind of source and how it was "
    "read; a page number in round brackets is one of this handout."
)


def version_of(briefing: Briefing) -> str:
    """Return eight letters that change whenever a claim or source does (SHA-256)."""
    claims = [claim_record(claim, briefing, str) for claim in briefing.claims]
    said = [{name: one[name] for name in one if name not in _PLACES} for one in claims]
    content = json.dumps(said, sort_keys=True).encode() + references_json(briefing, str)
    return hashlib.sha256(content).hexdigest()[:8]


def front(document: Document, briefing: Briefing, version: str) -> dict[str, Any]:
    """Return what stands on a cover, or at the head of a handout, and in the file's metadata."""
    site = briefing.settings.site
    date = parse_date(briefing.as_of)
    dated = date.long if date else ""
    edition = f"Version {version}" + (f" of {dated}" if dated else "")
    counts = f"{len(briefing.claims):,} claims, {len(briefing.sources):,} sources"
    return {
        "title": document.title,
        "about": document.about,
        "edition": f"{edition}. The sources were searched to that day." if dated else f"{edition}.",
        "counts": counts if document.attached else "",
        "cite": _how_to_cite(document, briefing, edition),
        "licence": NodeReader("").read_inline(site.copyright),
        "reading": _how_to_read(document, briefing),
        "footer": ", ".join(part for part in (edition, site.url) if part),
        "running": site.name,
        "author": site.author,
        "language": site.language,
        "keywords": [
            briefing.settings.plan,
            *(party.name for party in briefing.settings.parties.values()),
        ],
        "date": list(date) if date else None,
    }


def _how_to_cite(document: Document, briefing: Briefing, edition: str) -> list[Node]:
    """Return the entry for a reference list, in the manner of Cite Them Right (Harvard)."""
    site = briefing.settings.site
    year = briefing.as_of[:4] or "no date"
    author = f"{site.author[:1].upper()}{site.author[1:]} " if site.author else ""
    made: list[Node] = [f"{author}({year}) "] if author else []
    if document.title != site.name:
        made.append(f"‘{document.title}’, ")
    made += [{"t": "emph", "c": [site.name]}, "" if author else f" ({year})", f". {edition}."]
    if site.url:
        made += [" Available at: ", {"t": "url", "to": f"{site.url}/", "c": [f"{site.url}/"]}]
        made.append(" (Accessed: day month year).")
    return made


def _how_to_read(document: Document, briefing: Briefing) -> list[Node]:
    """Return the explanations that a reader needs who has only the print."""
    if document.layout != "book":
        return [_item(_IN_SHORT)]
    settings = briefing.settings
    printed = (node for chapter in document.chapters for node in walk(chapter.nodes))
    example = next((node["id"] for node in printed if "id" in node), "")
    items = [
        f"Each claim has its id beside it, such as {example}. Cite a claim by its id and page.",
        (
            "Behind a claim stand its sources: who, when, and where in the source. In square "
            "brackets stand the kind of source and how it was read: in full, in excerpt, or not "
            "read itself."
        ),
        (
            "“Cited in” means that the first source was not read itself but through the second. "
            "“Reported by” means that only the named sources, of other sides, report it."
        ),
        (
            "The small line below a claim says what stance it takes, who spoke, when, on which "
            "points, and whom a provision would bind."
        ),
        "A page number in round brackets says where in this document to look, and is a link.",
    ]
    stances = ", ".join(f"“{stance.name}”" for stance in settings.stances.values())
    items.append(
        f"A stance says how one statement stands to a point of {settings.plan}: {stances}. “No "
        "position found” means that a search found no statement. It does not mean consent."
    )
    if document.attached:
        names = " and ".join(one.name for one in document.attached)
        items.append(f"All claims are attached to this PDF as data: {names}.")
    return [_item(item) for item in items]


def _item(text: str) -> Node:
    return {"t": "item", "c": [{"t": "plain", "c": [text]}]}
