"""The last look at a built site: every link inside it leads to a file and an anchor.

Authors' links are checked before (rules/links.py); this finds what generated parts or the theme
got wrong.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html

from briefing.findings import Finding

RULE = "broken-generated-link"


def check_site(site: Path, docs: str) -> list[Finding]:
    """Return a finding for each link in the HTML files of `site` that leads nowhere inside it."""
    anchors: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name == "404.html":
            continue  # served from any address, so its links are absolute
        tree = lxml.html.parse(str(path)).getroot()
        if tree is None:
            anchors[name] = set()
            continue
        anchors[name] = set(tree.xpath("//@id")) | set(tree.xpath("//a/@name"))
        links += [(name, target) for target in sorted(set(tree.xpath("//a/@href | //img/@src")))]
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    findings = []
    for name, target in links:
        missing = _missing(name, target, files, anchors)
        if missing:
            page = f"{docs}/{name.removesuffix('.html')}.md"
            hint = "mend the page, or report it as a fault of the generated part"
            findings.append(Finding(page, 1, 1, RULE, f"{target!r} leads to no {missing}", hint))
    return sorted(findings)


def _missing(name: str, target: str, files: set[str], anchors: dict[str, set[str]]) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""  # an address that a source gave
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    path = name if not parts.path else path
    if path not in files or parts.path.endswith("/"):
        path = posixpath.join(path, "index.html") if path != "." else "index.html"
        if path not in files:
            return "file"
    wanted = unquote(parts.fragment)
    if wanted and path in anchors and wanted not in anchors[path] and wanted != "__":
        return "anchor"
    return ""
