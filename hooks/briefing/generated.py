"""The pages that nobody wrote: one for each source without a page of its own."""

from __future__ import annotations

from briefing.briefing import Briefing, source_page

# Its claims stand on their own pages, where a search should lead.
_SOURCE_PAGE = """---
search:
  exclude: true
---
# {label}

<!-- table: source key="{key}" -->
"""


def generated_pages(briefing: Briefing) -> dict[str, str]:
    """Return the Markdown of each page to be made, by its path below docs/."""
    written = {page.src for page in briefing.pages}
    return {
        source_page(entry.key): _SOURCE_PAGE.format(label=briefing.labels[entry.key], key=entry.key)
        for entry in briefing.sources
        if source_page(entry.key) not in written
    }
