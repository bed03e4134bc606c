"""The one place that prints findings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from briefing.findings import Finding


def summary(findings: Sequence[Finding]) -> str:
    """Return the count: `3 findings in 2 files`."""
    files = len({finding.path for finding in findings})
    return f"{_count(len(findings), 'finding')} in {_count(files, 'file')}"


def print_findings(findings: Iterable[Finding], to: TextIO | None = None) -> None:
    """Print each finding on one line, then, on GitHub, as an annotation of the pull request."""
    stream = to or sys.stderr
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for finding in findings:
        print(finding, file=stream)
        if on_github:
            print(_annotation(finding), file=stream)


def say(text: str) -> None:
    """Print one line for whoever started the build."""
    print(text, flush=True)


def _annotation(finding: Finding) -> str:
    text = f"{finding.rule}: {finding.message}" + (f"; {finding.hint}" if finding.hint else "")
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={finding.path},line={finding.line},col={finding.column}"
    return f"::error {place}::{escaped}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
