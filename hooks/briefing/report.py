"""The one place that prints findings."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from briefing.findings import Finding


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with which no site is made: all but the warnings."""
    return [finding for finding in findings if not finding.is_warning]


def summary(findings: Sequence[Finding]) -> str:
    """Return the count: `3 findings in 2 files`, `3 findings and 1 warning in 2 files`."""
    files = len({finding.path for finding in findings})
    found = errors(findings)
    warnings = len(findings) - len(found)
    counts = _count(len(found), "finding")
    if warnings:
        counts += f" and {_count(warnings, 'warning')}"
    return f"{counts} in {_count(files, 'file')}"


def print_findings(findings: Iterable[Finding], to: TextIO | None = None) -> None:
    """Print each finding on one line, then, on GitHub, as an annotation of the pull request."""
    stream = to or sys.stderr
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for finding in findings:
        say(str(finding), stream)
        if on_github:
            say(_annotation(finding), stream)


def say(text: str, to: TextIO | None = None) -> None:
    """Print one line; letters that the terminal lacks are spelt out."""
    stream = to or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    text = re.sub(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*", " ", text)
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def _annotation(finding: Finding) -> str:
    text = f"{finding.rule}: {finding.message}" + (f"; {finding.hint}" if finding.hint else "")
    escaped = text.replace("%", "%25")
    path = finding.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    place = f"file={path},line={finding.line},col={finding.column}"
    return f"::{'warning' if finding.is_warning else 'error'} {place}::{escaped}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
