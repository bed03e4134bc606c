"""Rules on glossaries."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.glossary import as_searched, forms_pattern
from briefing.rules.registry import Fault, rule


@rule
def undefined_term(briefing: Briefing) -> Iterator[Fault]:
    """A term of a glossary has no definition."""
    for page in briefing.pages:
        for term in page.terms:
            if not term.definition:
                hint = "write what it means on the next line, behind `:   `"
                yield page.path, term.position, f"no definition of {term.names[0]!r}", hint


@rule
def duplicate_term(briefing: Briefing) -> Iterator[Fault]:
    """A form of a term is explained twice."""
    seen: dict[str, str] = {}
    for page in briefing.pages:
        for term in page.terms:
            for name in term.names:
                where = f"{page.path}:{term.position.line}"
                first = seen.setdefault(name.casefold(), where)
                if first != where:
                    message = f"{name!r} is explained at {first} too"
                    yield (
                        page.path,
                        term.position,
                        message,
                        "join the two, or take the form off one",
                    )


@rule
def unused_term(briefing: Briefing) -> Iterator[Fault]:
    """A term of a glossary occurs on no other page."""
    pages = [page for page in briefing.pages if not page.is_glossary]
    said = as_searched("\n".join(block.statement for page in pages for block in page.blocks))
    for page in briefing.pages:
        for term in page.terms:
            if not forms_pattern(term.forms).search(said):
                hint = 'delete it, or add the form that pages use: {: also="..." }'
                yield page.path, term.position, f"no page uses {term.names[0]!r}", hint
