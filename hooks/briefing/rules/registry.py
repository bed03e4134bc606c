"""The register of rules, and how a rule reports."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from briefing.briefing import Briefing
from briefing.findings import Finding, Position
from briefing.pages import Page

Fault = tuple[str, Position, str, str]
"""What a rule yields: path, place, what was found, what to do."""
Rule = Callable[[Briefing], Iterator[Finding]]

RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which they are described."""


def rule(check: Callable[[Briefing], Iterator[Fault]]) -> Rule:
    """Register a check as a rule; its findings carry the function's name."""
    return _register(check, is_warning=False)


def warning(check: Callable[[Briefing], Iterator[Fault]]) -> Rule:
    """Register a check as a rule whose findings do not keep the site from being built."""
    return _register(check, is_warning=True)


def _register(check: Callable[[Briefing], Iterator[Fault]], *, is_warning: bool) -> Rule:
    name = check.__name__.replace("_", "-")

    def run(briefing: Briefing) -> Iterator[Finding]:
        for path, position, message, hint in check(briefing):
            yield Finding(path, *position, name, message, hint, is_warning)

    run.__doc__ = check.__doc__
    RULES[name] = run
    return run


def faults_on_pages(briefing: Briefing, name: str) -> Iterator[Fault]:
    """Yield the faults of one kind that reading the pages left on them."""
    for page in briefing.pages:
        for fault in page.faults:
            if fault.rule == name:
                yield page.path, fault.position, fault.message, fault.hint


def briefing_pages(briefing: Briefing) -> list[Page]:
    """Return the pages of the briefing's own text: not those about it, nor those of extracts."""
    return [page for page in briefing.pages if not page.outside and not page.source]


def today() -> datetime.date:
    """Return the day it is, in UTC: the one place where a rule reads the clock."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def search_to_come(page: Page, name: str, searched: str) -> Iterator[Fault]:
    """Yield a fault where front matter says that sources were searched on a day to come."""
    if searched > today().isoformat():
        place = page.front.at(name, "searched")
        yield page.path, place, f"searched on {searched}, a day to come", "mend the date"
