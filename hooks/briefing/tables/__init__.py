"""The tables that a directive can ask for, each made from the claims by one function.

To add one, write a function with `@table_kind` in the module of its subject.
"""

from __future__ import annotations

import importlib

from briefing.tables.registry import TABLES

for _subject in ("positions", "provisions", "differences", "timeline", "balance", "evidence"):
    importlib.import_module(f"briefing.tables.{_subject}")

__all__ = ["TABLES"]
