"""The registry through which mkdocs-bibtex takes part: it finds citations and places references.

mkdocs-bibtex (4.4) looks for `[@key]` in a page's Markdown, replaces it by what the registry says
and appends a footnote for each source. Ours leaves the citation as it stands, for the parser to
render where it is (briefing/parsing.py), and gives the footnote a mark that the parser turns into
the reference. So code examples stay whole, and each citation keeps its locator and place.
"""

from __future__ import annotations

from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from briefing.citations import CitationFault, parse_citations
from briefing.parsing import FOOTNOTE_NAME


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
