"""Dates as sources give them: a year, a month or a day (ISO 8601), or a span of two."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class PartialDate(NamedTuple):
    """A date of which the month or the day may be unknown (0)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def long(self) -> str:
        """`20 November 2025`, `November 2025` or `2025`."""
        parts = [str(self.day)] if self.day else []
        return " ".join(
            [*parts, *([_MONTHS[self.month - 1]] if self.month else []), str(self.year)]
        )

    @property
    def short(self) -> str:
        """`20 Nov 2025`, `Nov 2025` or `2025`."""
        return self._written(_MONTHS[self.month - 1][:3])

    def _written(self, month: str) -> str:
        day = f"{self.day} " if self.day else ""
        return f"{day}{month} {self.year}" if self.month else str(self.year)


def parse_date(text: str) -> PartialDate | None:
    """Return the date written as `2025`, `2025-11` or `2025-11-20`; None where it is not one."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)
