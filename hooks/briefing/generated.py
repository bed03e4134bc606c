"""The pages that nobody wrote: one for each source of which no extracts are kept."""

from __future__ import annotations

from briefing.briefing import Briefing, source_page

# The build puts the record before it and the claims behind it, as on any source's page.
_NO_EXTRACTS = """No extract of this source is kept: no quotation or figure rests on it alone.
{: .editorial }
"""


def generated_pages(briefing: Briefing) -> dict[str, str]:
    """Return the Markdown of each page to be made, by its path below docs/."""
    written = {page.src for page in briefing.pages}
    return {
        source_page(entry.key): _NO_EXTRACTS
        for entry in briefing.sources
        if source_page(entry.key) not in written
    }
