"""The register of table kinds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from briefing.briefing import Briefing
from briefing.findings import did_you_mean, one_of
from briefing.pages import Directive, Page

_CHOICES: dict[str, Callable[[Briefing], Collection[str]]] = {
    "theme": lambda briefing: briefing.settings.themes,
    "party": lambda briefing: briefing.settings.parties,
    "form": lambda briefing: ("brief",),
}
"""What each argument of a directive may be."""

Make = Callable[[Briefing, Page, dict[str, str]], Iterable[Element]]


@dataclass(frozen=True)
class TableKind:
    """One kind of generated table."""

    name: str
    make: Make
    arguments: tuple[str, ...]
    """What the directive may give; those without `?` must be given."""
    needs: str
    """What the page's front matter must have: `point`, `party` or nothing."""

    def fault(self, briefing: Briefing, page: Page, directive: Directive) -> str:
        """Return what is wrong with a directive for this table; empty if nothing is."""
        allowed = [name.rstrip("?") for name in self.arguments]
        for name in directive.arguments:
            if name not in allowed:
                hint = did_you_mean(name, allowed, one_of(allowed) if allowed else "give none")
                return f"the table {self.name!r} takes no {name!r}; {hint}"
        for name in self.arguments:
            if not name.endswith("?") and name not in directive.arguments:
                return f'the table {self.name!r} needs {name}="..."'
        for name, value in directive.arguments.items():
            known = _CHOICES[name](briefing) if name in _CHOICES else (value,)
            if value not in known:
                return f"unknown {name} {value!r}; {did_you_mean(value, known, one_of(known))}"
        if self.needs and self.needs not in page.meta:
            return f"the table {self.name!r} stands on a page with `{self.needs}:`"
        return ""


TABLES: dict[str, TableKind] = {}
"""Every table kind by the name that directives use."""


def table_kind(*arguments: str, needs: str = "") -> Callable[[Make], Make]:
    """Register a function as a table kind; its name with hyphens is the directive's word."""

    def register(make: Make) -> Make:
        name = make.__name__.replace("_", "-")
        TABLES[name] = TableKind(name, make, arguments, needs)
        return make

    return register
