"""Rules on pages: front matter, attributes, directives, raw HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.briefing import Briefing
from briefing.claims import is_point
from briefing.dates import parse_date
from briefing.findings import Position, did_you_mean, one_of
from briefing.pages import CLAIM_ATTRIBUTES, SEVERAL, Page, attribute_text, words_of
from briefing.rules.registry import Fault, briefing_pages, faults_on_pages, rule
from briefing.tables import TABLES

KNOWN_FRONT_MATTER = {
    *CLAIM_ATTRIBUTES, "theme", "no_position", "timeline", "glossary", "print",
    # MkDocs and Material
    "title", "description", "hide", "template", "search", "icon", "status", "tags", "subtitle",
}  # fmt: skip


@rule
def broken_front_matter(briefing: Briefing) -> Iterator[Fault]:
    """Front matter is not YAML, so that MkDocs would show it to readers as text."""
    yield from _front_matter(briefing, "broken-front-matter")


@rule
def misplaced_front_matter(briefing: Briefing) -> Iterator[Fault]:
    """Front matter does not begin on line 1, is not closed, or a first line is taken for it."""
    yield from _front_matter(briefing, "misplaced-front-matter")


def _front_matter(briefing: Briefing, name: str) -> Iterator[Fault]:
    for page in briefing.pages:
        fault = page.front.fault
        if fault is not None and fault.rule == name:
            yield page.path, fault.position, fault.message, fault.hint


@rule
def unknown_front_matter(briefing: Briefing) -> Iterator[Fault]:
    """Front matter has a key that nothing reads."""
    for page in briefing.pages:
        for key in page.meta:
            if key not in KNOWN_FRONT_MATTER:
                hint = did_you_mean(str(key), KNOWN_FRONT_MATTER, one_of(CLAIM_ATTRIBUTES))
                yield page.path, page.front.at(str(key)), f"unknown key {key!r}", hint


@rule
def unknown_attribute(briefing: Briefing) -> Iterator[Fault]:
    """An attribute list has a name that nothing reads."""
    for path, position, name, _ in faults_on_pages(briefing, "unknown-attribute"):
        hint = did_you_mean(name, CLAIM_ATTRIBUTES, one_of(CLAIM_ATTRIBUTES))
        yield path, position, f"unknown attribute {name!r}", hint


@rule
def stray_attributes(briefing: Briefing) -> Iterator[Fault]:
    """An attribute list belongs to no block, so that readers would see it and the block lack it."""
    yield from faults_on_pages(briefing, "stray-attributes")


@rule
def raw_html(briefing: Briefing) -> Iterator[Fault]:
    """Text stands in raw HTML, where no claim can be checked."""
    yield from faults_on_pages(briefing, "raw-html")


@rule
def own_footnote(briefing: Briefing) -> Iterator[Fault]:
    """A footnote was written by hand; footnotes are the build's, one for each source cited."""
    yield from faults_on_pages(briefing, "own-footnote")


@rule
def unknown_table(briefing: Briefing) -> Iterator[Fault]:
    """A directive asks for a table that does not exist, or gives it what it cannot use."""
    yield from faults_on_pages(briefing, "unknown-table")
    for page in briefing.pages:
        for directive in page.directives:
            kind = TABLES.get(directive.kind)
            if directive.fault:
                example = f"write <!-- table: {directive.kind or 'positions'} -->"
                yield page.path, directive.position, directive.fault, example
            elif kind is None:
                hint = did_you_mean(directive.kind, TABLES, one_of(TABLES))
                message = f"there is no table {directive.kind!r}"
                yield page.path, directive.position, message, hint
            else:
                fault = kind.fault(briefing, page, directive)
                if fault:
                    yield page.path, directive.position, fault, ""


@rule
def unknown_party(briefing: Briefing) -> Iterator[Fault]:
    """`party`, `parties` or `binds` names someone who is not in mkdocs.yml."""
    yield from _unknown(briefing, "party", briefing.settings.parties, "party")
    yield from _unknown(briefing, "parties", briefing.settings.parties, "party")
    yield from _unknown(briefing, "binds", briefing.settings.bound, "party")


@rule
def unknown_stance(briefing: Briefing) -> Iterator[Fault]:
    """`stance` is not one of the stances in mkdocs.yml."""
    yield from _unknown(briefing, "stance", briefing.settings.stances, "stance")


@rule
def unknown_text(briefing: Briefing) -> Iterator[Fault]:
    """`text` is not one of the texts in mkdocs.yml."""
    yield from _unknown(briefing, "text", briefing.settings.texts, "text")


@rule
def unknown_theme(briefing: Briefing) -> Iterator[Fault]:
    """`theme` is not one of the themes in mkdocs.yml, or a point's page has none."""
    themes = briefing.settings.themes
    for page in briefing.pages:
        theme = page.meta.get("theme")
        if theme is not None and (not isinstance(theme, str) or theme not in themes):
            hint = did_you_mean(str(theme), themes, one_of(themes))
            yield page.path, page.front.at("theme"), f"unknown theme {theme!r}", hint
        elif theme is None and "point" in page.meta:
            message = "the point has no theme"
            yield page.path, page.front.at("point"), message, f"add `theme:`; {one_of(themes)}"


@rule
def unknown_point(briefing: Briefing) -> Iterator[Fault]:
    """`point` or `points` is not the number of a point of the plan."""
    last = briefing.settings.points
    hint = f"points are numbered 1 to {last}; separate several by spaces"
    for page, name, word, position in _words(briefing, {"point", "points"}):
        if not is_point(word, briefing.settings):
            yield page.path, position, f"{name}: there is no point {word!r}", hint


@rule
def bad_date(briefing: Briefing) -> Iterator[Fault]:
    """`on` is not a date that exists, as year, month or day in ISO 8601."""
    hint = "write 2025-11-21, 2025-11 or 2025"
    for page, name, value, position in _words(briefing, {"on"}):
        if parse_date(value) is None:
            yield page.path, position, f"{name}: {value!r} is not a date", hint


def _unknown(briefing: Briefing, name: str, known: Iterable[str], noun: str) -> Iterator[Fault]:
    known = list(known)
    for page, where, word, position in _words(briefing, {name}):
        if word not in known:
            hint = did_you_mean(word, known, one_of(known))
            message = f"unknown {noun} {word!r}" + (f" in `{where}`" if where in SEVERAL else "")
            yield page.path, position, message, hint


def _words(briefing: Briefing, names: set[str]) -> Iterator[tuple[Page, str, str, Position]]:
    """Yield each word of these attributes wherever they are given, with its place.

    An empty value yields none: on a block it takes back what its heading or page says.
    """
    for page in briefing.pages:
        for name in names & page.meta.keys():
            value = page.meta[name]
            if name in SEVERAL:
                for index, word in enumerate(words_of(value)):
                    yield page, name, word, page.front.at(name, index)
            else:
                yield page, name, attribute_text(name, value), page.front.at(name)
    for page in briefing_pages(briefing):
        for name, attribute in page.attributes:
            if name in names:
                value = attribute.value
                words = words_of(value) if name in SEVERAL else [value]
                for word in filter(None, words):
                    yield page, name, word, attribute.position
