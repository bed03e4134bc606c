"""The command line: `python -m briefing check` and `python -m briefing ids`, in hooks/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from briefing import report
from briefing.briefing import Briefing, read_briefing
from briefing.ids import assign_ids
from briefing.rules import RULES, check


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 1 where there are findings."""
    parser = argparse.ArgumentParser(prog="briefing", description=__doc__)
    parser.add_argument("command", choices=["check", "ids"])
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    given = parser.parse_args(arguments)
    briefing = read_briefing(given.root)
    findings = check(briefing)
    report.print_findings(findings)
    if report.errors(findings):
        report.say(report.summary(findings), sys.stderr)
        return 1
    if given.command == "ids":
        report.say(f"{assign_ids(briefing)} claims were given an id; all others keep theirs")
        return 0
    report.say(_checked(briefing))
    return 0


def _checked(briefing: Briefing) -> str:
    extracts = sum(len(some) for some in briefing.extracts.values())
    told = (
        f"no findings: {len(briefing.claims):,} claims on {len(briefing.pages)} pages, "
        f"{len(briefing.sources_cited())} sources, {extracts:,} extracts, {len(RULES)} rules"
    )
    return "; ".join(filter(None, (told, briefing.oldest_search)))


if __name__ == "__main__":
    sys.exit(main())
