"""The files that carry the claims and sources out of the site, each made by one function.

To add one, write a function with `@export` that returns the file's bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from briefing.bibliography import CONSULTED, Entry
from briefing.briefing import Briefing, source_page
from briefing.citations import Citation
from briefing.claims import Claim
from briefing.csl import csl_item
from briefing.voices import reported_by

Urls = Callable[[str], str]
"""Gives the address of a page, from its path below docs/."""
Export = Callable[[Briefing, Urls], bytes]

EXPORTS: dict[str, Export] = {}
"""Every export by its file name, at the top of the site."""


def export(name: str) -> Callable[[Export], Export]:
    def register(make: Export) -> Export:
        EXPORTS[name] = make
        return make

    return register


def claim_record(claim: Claim, briefing: Briefing, urls: Urls) -> dict[str, Any]:
    """Return a claim as claims.json holds it; the schema is in `claims_schema`."""
    return {
        "id": claim.id,
        "page": claim.page,
        "url": f"{urls(claim.src)}#{quote(claim.id)}",
        "line": claim.line,
        "party": claim.party or None,
        "text": claim.text or None,
        "points": list(claim.points),
        "stance": claim.stance or None,
        "by": claim.by or None,
        "on": claim.on or None,
        "binds": list(claim.binds),
        "parties": list(claim.parties),
        "version": claim.version or None,
        "reported_by": reported_by(claim, briefing.bibliography, briefing.settings) or None,
        "arithmetic": claim.arithmetic or None,
        "section": claim.section,
        "statement": claim.statement,
        "citations": [_citation_record(one, briefing) for one in claim.citations],
    }


def _citation_record(citation: Citation, briefing: Briefing) -> dict[str, str | None]:
    entry = briefing.bibliography.entries[citation.key]
    return {
        "key": citation.key,
        "locator": citation.locator or None,
        "via": citation.via or None,
        "kind": entry.get("kind") or None,
        "consulted": entry.get("consulted") or None,
    }


@export("claims.json")
def claims_json(briefing: Briefing, urls: Urls) -> bytes:
    """Every claim, in the order of the pages."""
    return _json({
        "$schema": "claims.schema.json",
        "plan": briefing.settings.plan,
        "as_of": briefing.as_of or None,
        "claims": [claim_record(claim, briefing, urls) for claim in briefing.claims],
    })  # fmt: skip


@export("claims.schema.json")
def claims_schema(briefing: Briefing, urls: Urls) -> bytes:
    """The JSON Schema of claims.json (draft 2020-12)."""
    settings = briefing.settings
    text = {"type": "string", "minLength": 1}
    maybe = {"type": ["string", "null"], "minLength": 1}
    date = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    point = {"type": "integer", "minimum": 1, "maximum": settings.points}
    claim = {
        "id": {**text, "description": "Stable; the claim's anchor on its page."},
        "page": {**text, "description": "The page's file in the project."},
        "url": {**text, "description": "The page's address in the site, with the anchor."},
        "line": {"type": "integer", "minimum": 1},
        "party": {"enum": [*settings.parties, None], "description": "Who speaks."},
        "text": {"enum": [*settings.texts, None], "description": "Whose provision it states."},
        "points": {"type": "array", "items": point, "uniqueItems": True},
        "stance": {"enum": [*settings.stances, None]},
        "by": {**maybe, "description": "The speaker."},
        "on": {**date, "description": "ISO date, month or year of what is claimed."},
        "binds": {"type": "array", "items": {"enum": [*settings.bound]}},
        "parties": {
            "type": "array",
            "items": {"enum": [*settings.parties]},
            "description": "Whom an event concerns.",
        },
        "version": {**maybe, "description": "In short, where sources differ: what this one says."},
        "reported_by": {
            **maybe,
            "description": "Who reports a party's position, where only other sides' sources do.",
        },
        "arithmetic": {**maybe, "description": "The briefing's own sums behind its figures."},
        "section": {"type": "string"},
        "statement": {**text, "description": "Plain text without citation marks."},
        "citations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/citation"}},
    }
    citation = {
        "key": {**text, "description": "The source, in references.json and references.bib."},
        "locator": maybe,
        "via": {**maybe, "description": "The source through which it was read."},
        "kind": {
            **({"enum": [*settings.kinds, None]} if settings.kinds else maybe),
            "description": "The kind of source.",
        },
        "consulted": {"enum": [*CONSULTED, None], "description": "How the source was read."},
    }
    return _json({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Claims on {settings.plan}",
        "type": "object",
        "required": ["plan", "as_of", "claims"],
        "properties": {
            "$schema": text,
            "plan": text,
            "as_of": {**date, "description": "The day on which sources were last searched."},
            "claims": {"type": "array", "items": {"$ref": "#/$defs/claim"}},
        },
        "additionalProperties": False,
        "$defs": {
            "claim": _closed_object(claim),
            "citation": _closed_object(citation),
        },
    })  # fmt: skip


@export("claims.csv")
def claims_csv(briefing: Briefing, urls: Urls) -> bytes:
    """Every claim as a row; no cell begins a formula when a spreadsheet opens it."""
    rows = [claim_record(claim, briefing, urls) for claim in briefing.claims]
    out = io.StringIO()
    names = [
        "id", "page", "url", "line", "party", "text", "points", "stance", "by", "on", "binds",
        "parties", "version", "reported_by", "arithmetic", "section", "statement", "citations",
    ]  # fmt: skip
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


@export("extracts.json")
def extracts_json(briefing: Briefing, urls: Urls) -> bytes:
    """Every extract that is kept of a source, by source, in the order of its page."""
    return _json({
        "$schema": "extracts.schema.json",
        "plan": briefing.settings.plan,
        "extracts": [
            {
                "source": extract.key,
                "kind": "quotation" if extract.quoted else "note",
                "words": extract.words,
                "by": extract.by or None,
                "at": extract.at,
                "url": urls(source_page(extract.key)),
            }
            for entry in briefing.sources
            for extract in briefing.extracts.get(entry.key, ())
        ],
    })  # fmt: skip


@export("extracts.schema.json")
def extracts_schema(briefing: Briefing, urls: Urls) -> bytes:
    """The JSON Schema of extracts.json (draft 2020-12)."""
    text = {"type": "string", "minLength": 1}
    extract = {
        "source": {**text, "description": "Its key in references.json and references.bib."},
        "kind": {"enum": ["quotation", "note"]},
        "words": {**text, "description": "Verbatim in a quotation, in our words in a note."},
        "by": {"type": ["string", "null"], "description": "Who speaks."},
        "at": {**text, "description": "Where in the source it stands."},
        "url": {**text, "description": "The address of the source's page in the site."},
    }
    return _json({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Extracts of sources on {briefing.settings.plan}",
        "type": "object",
        "required": ["plan", "extracts"],
        "properties": {
            "$schema": text,
            "plan": text,
            "extracts": {"type": "array", "items": _closed_object(extract)},
        },
        "additionalProperties": False,
    })  # fmt: skip


@export("references.json")
def references_json(briefing: Briefing, urls: Urls) -> bytes:
    """Every source as CSL-JSON; how it was read is under `custom` (CSL 1.0.2, input schema)."""
    return _json([csl_item(entry) | _grade(entry) for entry in briefing.sources])


def _grade(entry: Entry) -> dict[str, Any]:
    given = {name: entry.get(name) for name in ("kind", "consulted") if entry.get(name)}
    return {"custom": given} if given else {}


@export("references.bib")
def references_bib(briefing: Briefing, urls: Urls) -> bytes:
    """The bibliography as it was written."""
    return briefing.bibliography.text.encode()


def _closed_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(_citation(one) if isinstance(one, dict) else str(one) for one in value)
    text = "" if value is None else str(value)
    # A cell that begins so is run as a formula (OWASP, CSV Injection).
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _citation(citation: dict[str, str | None]) -> str:
    via = citation["via"]
    grade = [part for part in (citation["kind"], citation["consulted"]) if part]
    parts = [citation["key"], citation["locator"], f"via {via}" if via else None]
    told = ", ".join(part for part in parts if part)
    return f"{told} [{', '.join(grade)}]" if grade else told
