"""Rules on how old the searches are on which a briefing rests."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from briefing.briefing import Briefing
from briefing.rules.registry import Fault, today, warning


@warning
def stale_search(briefing: Briefing) -> Iterator[Fault]:
    """Sources were last searched longer ago than `stale_after` in mkdocs.yml allows."""
    limit = briefing.settings.stale_after
    for search in briefing.searches:
        age = (today() - datetime.date.fromisoformat(search.day)).days
        if limit and age > limit:
            message = f"sources were last searched on {search.day}, over {limit} days ago"
            hint = "search again, and renew the date"
            yield search.page.path, search.page.front.at(search.name, "searched"), message, hint
