"""Dates as sources give them: a year, a month or a day (ISO 8601), or a span of two."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
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
    def iso(self) -> str:
        """`2025-11-20`, `2025-11` or `2025` (ISO 8601)."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

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


def read_day(given: object) -> str:
    """Return the day that YAML gives, as a date or as text, in ISO form; empty if it is none."""
    text = given.isoformat() if isinstance(given, datetime.date) else str(given or "")
    date = parse_date(text)
    return text if date and date.day else ""


def parse_date(text: str) -> PartialDate | None:
    """Return the date written as `2025`, `2025-11` or `2025-11-20`; None where it is not one."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year or 0, month or 0, day or 0)
