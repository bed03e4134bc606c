"""The command line: `python -m briefing check`, `ids` and `pack`, in hooks/."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from briefing import report
from briefing.briefing import Briefing, read_briefing
from briefing.findings import Finding
from briefing.ids import assign_ids
from briefing.pdf.choice import pack_name, read_parties, read_points
from briefing.pdf.downloads import size_of
from briefing.pdf.printing import print_pack
from briefing.rules import RULES, check


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 1 where there are findings, 2 for a wrong choice."""
    parser = argparse.ArgumentParser(prog="briefing", description=__doc__)
    parser.add_argument("command", choices=list(_COMMANDS))
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    parser.add_argument("--points", default="", help="for a pack: numbers, such as 6,7-9")
    parser.add_argument("--parties", default="", help="for a pack: keys or names, by commas")
    given = parser.parse_args(arguments)
    briefing = read_briefing(given.root)
    findings = check(briefing)
    report.print_findings(findings)
    if report.errors(findings):
        report.say(report.summary(findings), sys.stderr)
        return 1
    return _COMMANDS[given.command](briefing, given)


def _check(briefing: Briefing, given: argparse.Namespace) -> int:
    extracts = sum(len(some) for some in briefing.extracts.values())
    told = (
        f"no findings: {len(briefing.claims):,} claims on {len(briefing.pages)} pages, "
        f"{len(briefing.sources_cited())} sources, {extracts:,} extracts, {len(RULES)} rules"
    )
    report.say("; ".join(filter(None, (told, briefing.oldest_search))))
    return 0


def _ids(briefing: Briefing, given: argparse.Namespace) -> int:
    report.say(f"{assign_ids(briefing)} claims were given an id; all others keep theirs")
    return 0


def _pack(briefing: Briefing, given: argparse.Namespace) -> int:
    try:
        points = read_points(given.points, briefing.settings)
        parties = read_parties(given.parties, briefing.settings)
    except ValueError as error:
        report.say(str(error), sys.stderr)
        return 2
    if not points and not parties:
        report.say("name what to print, such as: make pack POINTS=1,2 PARTIES=...", sys.stderr)
        parties_there = ", ".join(briefing.settings.parties)
        report.say(f"points: 1 to {briefing.settings.points}; parties: {parties_there}", sys.stderr)
        return 2
    made = print_pack(briefing, points, parties)
    if isinstance(made, Finding):
        report.print_findings([made])
        return 1
    path = given.root / "packs" / pack_name(points, parties)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(made.content)
    report.say(f"{path} ({size_of(made)})")
    return 0


_COMMANDS: dict[str, Callable[[Briefing, argparse.Namespace], int]] = {
    "check": _check,
    "ids": _ids,
    "pack": _pack,
}


if __name__ == "__main__":
    sys.exit(main())
