"""The registry through which mkdocs-bibtex takes part: it finds citations and places references.

mkdocs-bibtex (4.4) looks for `[@key]` in a page's Markdown, replaces it by what the registry says
and appends a footnote for each source. Ours leaves the citation as it stands, for the parser to
render where it is (briefing/parsing.py), and gives the footnote a mark that the parser turns into
the reference. So code examples stay whole, and each citation keeps its locator and place.
"""

from __future__ import annotations

from typing import Any

from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from briefing.briefing import Briefing, known_keys
from briefing.citations import CitationFault, parse_citations
from briefing.findings import Finding
from briefing.parsing import FOOTNOTE_NAME
from briefing.settings import CONFIG_FILE


def take_part(plugins: Any, briefing: Briefing) -> list[Finding]:
    """Give mkdocs-bibtex our registry; return a finding where it is not set up for that.

    `plugins` is MkDocs' collection of plugins by name.
    """
    if "bibtex" not in plugins:
        hint = "add `bibtex:` under `plugins:`, as it places the references"
        return [Finding(CONFIG_FILE, 1, 1, "bad-config", "the plugin bibtex is missing", hint)]
    plugin, ours = plugins["bibtex"], briefing.settings.bibliography
    if plugin.config["bib_file"] != ours:
        message = f"the plugin bibtex reads {plugin.config['bib_file']!r}, not {ours!r}"
        hint = f"give it `bib_file: {ours}`"
        return [Finding(CONFIG_FILE, 1, 1, "bad-config", message, hint)]
    plugin.registry = BriefingRegistry(known_keys(briefing))
    # Its commands in the text, which would be replaced in code too, are not ours.
    plugin.config["bib_command"], plugin.config["full_bib_command"] = "\ue010", "\ue011"
    # Its own reader raises bare tracebacks; with nothing newer than this it does not read.
    plugin.last_configured = float("inf")
    return []


class BriefingRegistry(ReferenceRegistry):
    """Knows which keys there are; the bibliography itself is read by the core."""

    def __init__(self, known: frozenset[str]) -> None:
        # Not the base class's own: that reads the bibliography with pybtex.
        self.known = known
        self.footnote_format = FOOTNOTE_NAME

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Give each block the sources it cites, `via` ones too; findings were reported before."""
        for block in citation_blocks:
            # Its pattern begins at the first bracket of a line, ours at the last before the `@`.
            parsed = parse_citations(block.raw.rpartition("[")[2])
            found = [] if isinstance(parsed, CitationFault) else [one for one, _ in parsed]
            keys = [key for one in found for key in (one.key, one.via) if key in self.known]
            block.citations = [Citation(key) for key in keys]

    def validate_inline_references(
        self, inline_references: list[InlineReference]
    ) -> set[InlineReference]:
        """Accept none: a citation stands in square brackets."""
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        """Return the citation as it stands."""
        return str(citation_block)

    def reference_text(self, citation: Citation | InlineReference) -> str:
        """Return the mark that the parser replaces by the reference."""
        return f"{{{{reference {citation.key}}}}}"
