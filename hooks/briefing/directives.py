"""The one-line directive that asks for a generated table: `<!-- table: positions theme="x" -->`.

It is an HTML comment, so that GitHub's preview of the page hides it.
"""

from __future__ import annotations

import difflib
import re

from briefing.findings import Position
from briefing.pages import Directive

_FORM = re.compile(
    r"<!--\s*([\w-]+)\s*:\s*([\w-]*)((?:\s+[\w-]+=\"[^\"]*\")*)\s*(.*?)\s*-->", re.DOTALL
)
_ARGUMENT = re.compile(r"([\w-]+)=\"([^\"]*)\"")


def read(comment: str, position: Position) -> Directive | None:
    """Return the directive in an HTML comment; None for a comment that is only a comment.

    A word in front of the colon that is nearly `table` is taken for a misspelt directive.
    """
    match = _FORM.match(comment.strip())
    if match is None:
        bare = re.fullmatch(r"<!--\s*table\s+([\w-]+)\s*-->", comment.strip())
        return Directive(bare.group(1), {}, position, "no colon after 'table'") if bare else None
    word, kind, arguments, rest = match.groups()
    if word != "table":
        if not difflib.get_close_matches(word.casefold(), ["table", "tables"], cutoff=0.7):
            return None
        return Directive(kind, {}, position, f"{word!r} is no directive")
    if rest:
        return Directive(kind, {}, position, f"cannot read {rest!r} in the directive")
    return Directive(kind, dict(_ARGUMENT.findall(arguments)), position)
