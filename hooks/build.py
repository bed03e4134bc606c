"""The MkDocs hook: events only. What they call is in the core, hooks/briefing/.

A build reads and checks everything before it touches the last good site; it writes the new one
beside it and puts it in its place when all has gone well.
"""

from __future__ import annotations

import datetime
import html as entities
import logging
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import CountHandler, get_relative_url

from bibtex_registry import take_part
from briefing import report
from briefing.briefing import Briefing, claim_prefix, known_keys, read_briefing
from briefing.exports import EXPORTS
from briefing.findings import Finding
from briefing.generated import generated_pages
from briefing.pages import Page
from briefing.parsing import BriefingExtension, is_as_checked
from briefing.pdf.documents import file_names
from briefing.pdf.downloads import with_downloads, with_place
from briefing.pdf.printing import Printing
from briefing.render import PageRenderer
from briefing.rules import check
from briefing.sitecheck import check_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as MkDocsPage


class _Build:
    """What one build knows; made anew for each, as `mkdocs serve` keeps this module."""

    def __init__(self, briefing: Briefing, extension: BriefingExtension, site: Path) -> None:
        self.briefing = briefing
        self.extension = extension
        self.site = site
        """Where the finished site goes."""
        self.pages = {page.src: page for page in briefing.pages}
        self.generated: dict[str, str] = {}
        self.rendered: Page | None = None
        self.printing: Printing | None = None
        self.offering: list[tuple[Page, File]] = []
        """The pages on which what is printed of them is offered."""


_command = "build"
# MkDocs dates the site map by SOURCE_DATE_EPOCH, or else by the clock.
_epoch_is_given = "SOURCE_DATE_EPOCH" in os.environ
_build: _Build
_summary = ""


def on_startup(command: str, dirty: bool) -> None:
    global _command
    _command = command


@event_priority(100)  # before mkdocs-bibtex reads the bibliography
def _read_and_check(config: MkDocsConfig) -> MkDocsConfig:
    global _build, _summary
    _summary = ""
    briefing = read_briefing(Path(config.config_file_path).parent)
    _stop_on(check(briefing))
    _stop_on(take_part(config.plugins, briefing))
    if briefing.as_of and not _epoch_is_given:
        day = datetime.datetime.fromisoformat(f"{briefing.as_of}T00:00:00+00:00")
        os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
    extension = BriefingExtension()
    # MkDocs types the list as names; Python-Markdown takes instances too.
    config.markdown_extensions.append(extension)  # type: ignore[arg-type]
    _build = _Build(briefing, extension, Path(config.site_dir))
    if _command != "serve":
        config.site_dir = str(_build.site.with_name(f".{_build.site.name}.new"))
    return config


on_config = _read_and_check


def _stop_on(findings: list[Finding]) -> None:
    report.print_findings(findings)
    if report.errors(findings):
        raise PluginError(f"{report.summary(findings)}; the last good site is left as it was")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    briefing = _build.briefing
    # Plugins may have changed what mkdocs.yml says, as `offline` does.
    address, folders = (config.site_url or "").rstrip("/"), config.use_directory_urls
    urls = replace(briefing.settings.site, url=address, directory_urls=folders).address
    if _command != "serve" and briefing.settings.pdf:
        _build.printing = Printing(briefing, urls)
    _build.generated = generated_pages(briefing)
    for src, text in _build.generated.items():
        page = File.generated(config, src, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(page)
    for name, make in EXPORTS.items():
        files.append(File.generated(config, name, content=make(briefing, urls)))
    for name in file_names(briefing):
        # `mkdocs serve`, which builds into another folder, prints nothing: each save shows at once.
        last = briefing.root / "site" / name
        content = last.read_bytes() if _command == "serve" and last.is_file() else b""
        files.append(File.generated(config, name, content=content))
    if _build.printing is not None:
        _build.printing.go_on(briefing.references)
    return files


@event_priority(-100)  # after mkdocs-bibtex has placed the references
def _begin_page(markdown: str, page: MkDocsPage, **_: Any) -> str:
    src = page.file.src_uri
    source = _build.pages.get(src)
    fresh = Page(_path(src), src, outside=True, text=markdown)
    if source is not None:
        fresh = Page(source.path, src, source.front, source.outside, text=source.text)
        fresh.source = source.source
        if source.claim_blocks and not source.outside:
            page.meta.setdefault("description", _shorten(source.claim_blocks[0].statement))
    elif src in _build.generated:
        fresh.source = Path(src).stem
    if fresh.source:
        _entitle(page, fresh.source)
    renderer = PageRenderer(_build.briefing, fresh)
    prefix = claim_prefix(fresh, _build.briefing.settings)
    _build.extension.begin(fresh, prefix, known_keys(_build.briefing), renderer)
    _build.rendered = fresh
    return markdown


on_page_markdown = _begin_page


def _entitle(page: MkDocsPage, key: str) -> None:
    """Give a source's page its title, and leave it out of the search, which leads to claims."""
    page.meta["title"] = entities.escape(_build.briefing.labels[key], quote=False)
    page.meta.setdefault("search", {"exclude": True})


def on_page_content(html: str, page: MkDocsPage, **_: Any) -> str:
    """Make sure that what was rendered is what was checked."""
    src = page.file.src_uri
    source, rendered = _build.pages.get(src), _build.rendered
    if source is None and src not in _build.generated:
        message, hint = "the page was added after the check", "turn off the plugin that adds it"
        _stop_on([Finding(_path(src), 1, 1, "changed-after-check", message, hint)])
    if source is not None and rendered is not None:
        given = _build.extension.reading.text if _build.extension.reading else ""
        same = is_as_checked(given, source.front.body) and rendered.blocks == source.blocks
        if not same:
            message = "the page was changed after it was checked"
            hint = "turn off the plugin or hook that changes it"
            _stop_on([Finding(source.path, 1, 1, "changed-after-check", message, hint)])
    if source is not None and _build.printing is not None:
        placed = with_place(html, source, _build.briefing)
        if placed != html:
            _build.offering.append((source, page.file))
        return placed
    return html


def _path(src: str) -> str:
    return f"{_build.briefing.settings.docs_dir}/{src}"


def _shorten(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


@event_priority(-100)  # after all that writes into the site
def _put_in_place(config: MkDocsConfig) -> None:
    global _summary
    if _command == "serve":
        return
    _stop_on(check_site(Path(config.site_dir), _build.briefing.settings.docs_dir))
    if config.strict and _warnings():
        return  # MkDocs aborts next; the last good site stays
    _take_up_printed(Path(config.site_dir))
    site = _build.site
    _replace(site, Path(config.site_dir))
    config.site_dir = str(site)
    pages = sum(1 for _ in site.rglob("*.html")) - 1  # without 404.html
    briefing = _build.briefing
    claims, sources = f"{len(briefing.claims):,} claims", f"{len(briefing.sources)} sources"
    counts = f"{claims}, {sources}, {pages} pages"
    told = "; ".join(filter(None, (counts, briefing.oldest_search)))
    _summary = f"No findings: {told}. Open {site / 'index.html'}"


on_post_build = _put_in_place


def _take_up_printed(site: Path) -> None:
    """Put what was printed into the new site, and tell of it on the pages that offer it."""
    if _build.printing is None:
        return
    printed, findings = _build.printing.finish()
    _stop_on(findings)
    for name, one in printed.items():
        (site / name).write_bytes(one.content)
    for source, file in _build.offering:

        def href(name: str, url: str = file.url) -> str:
            return get_relative_url(name, url)

        path = site / file.dest_uri
        shown = path.read_text(encoding="utf-8")
        shown = with_downloads(shown, source, _build.briefing, printed, href)
        path.write_text(shown, encoding="utf-8")


def _replace(site: Path, new: Path) -> None:
    """Put the new site in the place of the old one, which goes when the new one is there."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _warnings() -> int:
    handlers = logging.getLogger("mkdocs").handlers
    counters = [handler for handler in handlers if isinstance(handler, CountHandler)]
    return sum(count for counter in counters for _, count in counter.get_counts())


def on_shutdown() -> None:
    """Say last, in one line, what was made."""
    if _summary:
        report.say(_summary)
