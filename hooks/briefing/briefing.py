"""One briefing, read whole: settings, bibliography, pages and claims."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

import markdown

from briefing import frontmatter
from briefing.bibliography import Bibliography, Entry, read_bibliography
from briefing.claims import Claim, collect_claims
from briefing.csl import ReferenceFormatter, plain
from briefing.dates import parse_date, read_day
from briefing.extracts import Extract, collect_extracts
from briefing.figures import names_with_numbers
from briefing.findings import Finding, Position
from briefing.labels import make_labels
from briefing.pages import Page, Term
from briefing.parsing import BriefingExtension
from briefing.settings import Settings, read_settings

SEARCHED = {"no_position": "positions of the party", "timeline": "events"}
"""What in the front matter of pages says until when sources were searched, and for what."""

SOURCES = "sources"
"""The folder below docs/ that holds a page for each source."""


@dataclass(frozen=True)
class Search:
    """A search of the sources, for what a page says to be all that was found."""

    day: str
    """ISO date."""
    page: Page
    name: str
    """What in the front matter tells of it: one of `SEARCHED`."""


@dataclass
class Briefing:
    """Everything that checks, tables and exports look at."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    bibliography: Bibliography = field(default_factory=Bibliography)
    pages: list[Page] = field(default_factory=list)
    """The pages that someone wrote, sorted by path."""
    claims: list[Claim] = field(default_factory=list)
    """In the order of the pages and, on a page, of its text."""
    assets: frozenset[str] = frozenset()
    """The other files below docs/."""
    early: list[Finding] = field(default_factory=list)
    """What was found while reading: configuration, encoding."""

    @cached_property
    def labels(self) -> dict[str, str]:
        return make_labels(self.bibliography.entries)

    @cached_property
    def references(self) -> ReferenceFormatter:
        style = self.root / self.settings.citation_style
        return ReferenceFormatter(style, self.bibliography.entries)

    def sources_cited(self) -> list[Entry]:
        """Return the entries that any page cites, in the order of the bibliography."""
        cited = {
            key
            for page in self.pages
            for block in page.blocks
            for placed in block.citations
            for key in (placed.citation.key, placed.citation.via)
        }
        return [entry for key, entry in self.bibliography.entries.items() if key in cited]

    @cached_property
    def sources(self) -> list[Entry]:
        """The entries that any page cites, in alphabetical order of their references."""
        return sorted(
            self.sources_cited(),
            key=lambda entry: plain(self.references.html(entry.key)).casefold(),
        )

    @cached_property
    def claims_by_source(self) -> dict[str, list[Claim]]:
        by_source: dict[str, list[Claim]] = {key: [] for key in self.bibliography.entries}
        for claim in self.claims:
            for key in claim.source_keys:
                by_source[key].append(claim)
        return by_source

    @cached_property
    def claims_by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def extracts(self) -> dict[str, list[Extract]]:
        """The extracts of each source, by its key, in the order of its page."""
        return {page.source: collect_extracts(page) for page in self.pages if page.source}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that hold a number, which is no quantity in them: `12-part reply`."""
        settings = self.settings
        groups = (settings.parties, settings.bodies, settings.texts, settings.kinds)
        named = [one for group in groups for one in group.values()]
        names = [name for one in named for name in (one.name, one.short, *one.outlets)]
        names += [name for term in self.glossary for name in term.names]
        for entry in self.bibliography.entries.values():
            names += [entry.outlet, *(author.family for author in entry.authors)]
        return names_with_numbers(names)

    @cached_property
    def point_pages(self) -> dict[int, Page]:
        """The page of each point."""
        found: dict[int, Page] = {}
        for page in self.pages:
            point = page.meta.get("point")
            if isinstance(point, int) and not isinstance(point, bool) and not page.source:
                found.setdefault(point, page)
        return found

    @cached_property
    def party_pages(self) -> dict[str, Page]:
        """The page of each party."""
        found: dict[str, Page] = {}
        for page in self.pages:
            if "party" in page.meta and "point" not in page.meta and not page.source:
                found.setdefault(str(page.meta["party"]), page)
        return found

    @cached_property
    def searches(self) -> list[Search]:
        """When sources were last searched for what pages say, the oldest first."""
        given = [(page, name, page.meta.get(name)) for page in self.pages for name in SEARCHED]
        found = [
            Search(read_day(one.get("searched")), page, name)
            for page, name, one in given
            if isinstance(one, dict)
        ]
        return sorted((one for one in found if one.day), key=lambda one: (one.day, one.page.path))

    @property
    def oldest_search(self) -> str:
        """Where and when sources were searched longest ago; empty where nothing is said of it."""
        if not self.searches:
            return ""
        first = self.searches[0]
        date = parse_date(first.day)
        return f"oldest search of the sources {date.long if date else ''} ({first.page.path})"

    @property
    def as_of(self) -> str:
        """The latest day on which sources were searched: the date of the briefing, in ISO form."""
        return self.searches[-1].day if self.searches else ""

    @cached_property
    def terms(self) -> dict[str, str]:
        """What glossaries explain: each form of a term, and its definition."""
        return {form: term.definition for term in self.glossary for form in term.forms}

    @property
    def glossary(self) -> list[Term]:
        """The terms that pages explain."""
        return [term for page in self.pages for term in page.terms if term.definition]

    def theme_of(self, point: int) -> str:
        page = self.point_pages.get(point)
        return str(page.meta.get("theme", "")) if page else ""

    def points_of_theme(self, theme: str) -> list[int]:
        """Return the points of a theme; all for an empty key."""
        every = range(1, self.settings.points + 1)
        return [point for point in every if not theme or self.theme_of(point) == theme]

    def point_title(self, point: int) -> str:
        """Return the title of a point's page without the `Point 7:` in front."""
        page = self.point_pages.get(point)
        title = page.title if page else ""
        return title.split(":", 1)[1].strip() if ":" in title else title or f"Point {point}"


def source_page(key: str) -> str:
    """Return the path below docs/ of a source's page."""
    return f"{SOURCES}/{key}.md"


def read_briefing(root: Path) -> Briefing:
    """Read the project in a folder: its configuration, bibliography and pages.

    Nothing is raised for bad input: what is wrong is in the parts' faults, for the rules to report.
    """
    settings, early = read_settings(root)
    briefing = Briefing(root, settings, early=early)
    if not settings.points:
        return briefing
    briefing.bibliography = read_bibliography(root, settings.bibliography)
    if not early:
        try:
            _ = briefing.references
        except ValueError as error:
            briefing.early.append(_style_finding(settings, str(error)))
    docs = root / settings.docs_dir
    files = sorted(path for path in docs.rglob("*") if path.is_file() and not _hidden(path, docs))
    for path in files:
        if path.suffix == ".md":
            page = _read_page(briefing, path, docs)
            if page is not None:
                briefing.pages.append(page)
                briefing.claims.extend(collect_claims(page, settings))
    briefing.assets = frozenset(
        path.relative_to(docs).as_posix() for path in files if path.suffix != ".md"
    )
    return briefing


def _style_finding(settings: Settings, message: str) -> Finding:
    hint = "take a style from the Citation Style Language project"
    return Finding(settings.citation_style, 1, 1, "bad-config", message, hint)


def _hidden(path: Path, docs: Path) -> bool:
    """Whether MkDocs leaves a file out (its default `exclude_docs`)."""
    parts = path.relative_to(docs).parts
    return any(part.startswith(".") for part in parts) or parts[0] == "templates"


def _read_page(briefing: Briefing, path: Path, docs: Path) -> Page | None:
    src = path.relative_to(docs).as_posix()
    shown = (PurePosixPath(briefing.settings.docs_dir) / src).as_posix()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        before = path.read_bytes()[: error.start]
        position = Position(before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        finding = Finding(shown, *position, "not-utf8", "the file is not UTF-8", "save it as UTF-8")
        briefing.early.append(finding)
        return None
    page = Page(shown, src, frontmatter.split(text), briefing.settings.is_outside(src), text=text)
    page.source = _source_of(page, known_keys(briefing))
    extension = BriefingExtension()
    extension.begin(page, claim_prefix(page, briefing.settings), known_keys(briefing))
    settings = briefing.settings
    parser = markdown.Markdown(
        extensions=[*settings.extensions, extension],
        extension_configs=settings.extension_configs,
    )
    parser.convert(page.front.body)
    return page


def _source_of(page: Page, keys: frozenset[str]) -> str:
    """Return the key of the source whose extracts a page holds; empty for any other page.

    In the folder of sources, a page without a title is taken for one, so that a misspelt key shows.
    """
    path = PurePosixPath(page.src)
    if str(path.parent) != SOURCES:
        return ""
    has_title = "title" in page.meta or re.search(r"(?m)^#\s|^=+\s*$", page.front.body)
    return path.stem if path.stem in keys or not has_title else ""


def known_keys(briefing: Briefing) -> frozenset[str]:
    return frozenset(briefing.bibliography.entries)


def claim_prefix(page: Page, settings: Settings) -> str:
    """Return what the ids of a page's claims begin with."""
    party = settings.parties.get(str(page.meta.get("party", "")))
    if "point" in page.meta:
        return f"p{page.meta['point']}"
    if party is not None:
        return party.prefix
    path = PurePosixPath(page.src)
    name = path.stem if path.stem != "index" else (path.parent.name or "ov")
    return re.sub(r"[^\w-]+", "-", name).strip("-").casefold() or "page"
