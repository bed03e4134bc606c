"""The rules: each is one generator function that yields the findings of one kind of fault.

A rule's name in messages and documentation is its function's name with hyphens. To add one, write
a function with `@rule` in the module of its subject and describe it in docs/about/rules.md.
"""

from __future__ import annotations

import importlib

from briefing.briefing import Briefing
from briefing.findings import Finding
from briefing.rules.registry import RULES

for _subject in (
    *("configuration", "pages", "citations", "claims", "evidence", "second_hand", "coverage"),
    *("timeline", "differences", "glossary", "links", "sources", "printing", "freshness"),
):
    importlib.import_module(f"briefing.rules.{_subject}")

__all__ = ["RULES", "check"]


def check(briefing: Briefing) -> list[Finding]:
    """Run all rules; return their findings sorted by path and line, each once."""
    if not briefing.settings.points or any(f.path == "mkdocs.yml" for f in briefing.early):
        return sorted(set(briefing.early))  # without settings every page would seem wrong
    return sorted({finding for run in RULES.values() for finding in run(briefing)})
