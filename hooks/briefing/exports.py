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

from briefing.briefing import Briefing
from briefing.claims import Claim
from briefing.csl import csl_item

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


def claim_record(claim: Claim, urls: Urls) -> dict[str, Any]:
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
        "section": claim.section,
        "statement": claim.statement,
        "citations": [
            {"key": one.key, "locator": one.locator or None, "via": one.via or None}
            for one in claim.citations
        ],
    }


@export("claims.json")
def claims_json(briefing: Briefing, urls: Urls) -> bytes:
    """Every claim, in the order of the pages."""
    return _json({
        "$schema": "claims.schema.json",
        "plan": briefing.settings.plan,
        "as_of": briefing.as_of or None,
        "claims": [claim_record(claim, urls) for claim in briefing.claims],
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
        "section": {"type": "string"},
        "statement": {**text, "description": "Plain text without citation marks."},
        "citations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/citation"}},
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
            "citation": _closed_object({"key": text, "locator": maybe, "via": maybe}),
        },
    })  # fmt: skip


@export("claims.csv")
def claims_csv(briefing: Briefing, urls: Urls) -> bytes:
    """Every claim as a row; no cell begins a formula when a spreadsheet opens it."""
    rows = [claim_record(claim, urls) for claim in briefing.claims]
    out = io.StringIO()
    names = [
        "id", "page", "url", "line", "party", "text", "points", "stance", "by", "on", "binds",
        "parties", "version", "section", "statement", "citations",
    ]  # fmt: skip
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


@export("references.json")
def references_json(briefing: Briefing, urls: Urls) -> bytes:
    """Every source as CSL-JSON."""
    return _json([csl_item(entry) for entry in briefing.sources])


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
    parts = [citation["key"], citation["locator"], f"via {via}" if via else None]
    return ", ".join(part for part in parts if part)
