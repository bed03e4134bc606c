"""Rules on links inside the site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from briefing.briefing import Briefing, source_page
from briefing.exports import EXPORTS
from briefing.findings import did_you_mean, nearest
from briefing.pages import Link, Page
from briefing.pdf.documents import file_names
from briefing.rules.registry import Fault, rule
from briefing.settings import CONFIG_FILE
from briefing.tables import TABLES


@rule
def broken_link(briefing: Briefing) -> Iterator[Fault]:
    """A link leads to a page or file that is not there."""
    known = _targets(briefing)
    for entry in briefing.settings.nav:
        if entry.src not in known:
            hint = did_you_mean(entry.src, known, "name a file below docs/")
            yield CONFIG_FILE, entry.position, f"nav: no file {entry.src!r}", hint
    for page, link, target, _ in _internal_links(briefing):
        if target and target not in known:
            near = nearest(target, known)
            hint = "links go to the .md file, from this page's folder"
            if near:
                hint = (
                    f"did you mean {posixpath.relpath(near, posixpath.dirname(page.src) or '.')!r}?"
                )
            yield page.path, link.position, f"no file {target!r} for the link {link.target!r}", hint


@rule
def lost_anchor(briefing: Briefing) -> Iterator[Fault]:
    """A link leads to an anchor that its page does not have."""
    pages = {page.src: page for page in briefing.pages}
    for page, link, target, anchor in _internal_links(briefing):
        found = pages.get(target or page.src)
        if not anchor or found is None or anchor in found.anchors:
            continue
        anchors = _made_anchors(briefing, found)
        if anchors is not None and anchor not in anchors:
            hint = did_you_mean(anchor, [*found.anchors, *anchors], "see the page for its anchors")
            yield page.path, link.position, f"{found.path} has no anchor {anchor!r}", hint


def _made_anchors(briefing: Briefing, page: Page) -> set[str] | None:
    """Return the anchors that the build adds to a page; None while tables cannot be made."""
    anchors = {"references"} if page.claim_blocks else set()
    if page.source:
        anchors |= {"extracts", "claims"}  # of the frame
    if not page.directives:
        return anchors
    points, parties = range(1, briefing.settings.points + 1), briefing.settings.parties
    whole = all(point in briefing.point_pages for point in points)
    whole = whole and all(party in briefing.party_pages for party in parties)
    keys = {key for claim in briefing.claims for key in claim.source_keys}
    if not whole or not keys <= briefing.bibliography.entries.keys():
        return None
    for directive in page.directives:
        kind = TABLES.get(directive.kind)
        if kind is not None and not directive.fault and not kind.fault(briefing, page, directive):
            made = kind.make(briefing, page, directive.arguments)
            anchors |= {name for one in made for inner in one.iter() if (name := inner.get("id"))}
    return anchors


def _targets(briefing: Briefing) -> set[str]:
    files = {page.src for page in briefing.pages} | briefing.assets | EXPORTS.keys()
    files |= set(file_names(briefing))
    return files | {source_page(entry.key) for entry in briefing.sources_cited()}


def _internal_links(briefing: Briefing) -> Iterator[tuple[Page, Link, str, str]]:
    """Yield the links within the site: page, link, the file below docs/ and the anchor."""
    for page in briefing.pages:
        for link in page.links:
            try:
                parts = urlsplit(link.target)
            except ValueError:
                yield page, link, link.target, ""
                continue
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            if path.startswith("/"):
                target = path  # an absolute link is right on one server only: no file has it
            elif path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(page.src), path))
            else:
                target = ""
            yield page, link, target, unquote(parts.fragment)
