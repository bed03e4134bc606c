"""How terms are found in a text, however their apostrophes and spaces are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN_MARKS = str.maketrans("‘’“”", "''\"\"")


def as_searched(text: str) -> str:
    """Return a text, sign for sign, with plain apostrophes and quotation marks."""
    return text.translate(_PLAIN_MARKS)


def forms_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these forms as whole words, the longest first."""
    longest_first = sorted(map(as_searched, forms), key=len, reverse=True)
    either = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
