"""The front matter of a page: the YAML between two lines of `---` at its very top.

MkDocs shows front matter that it cannot read to readers as text, and takes a first line such as
`Note: text` away as metadata (mkdocs.utils.meta, MkDocs 1.6); both are faults here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from briefing import yamltext
from briefing.findings import START, Position

# The two patterns by which MkDocs takes metadata off a page.
_YAML = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_MULTIMARKDOWN = re.compile(r"^[ ]{0,3}[A-Za-z0-9_-]+:\s*")


@dataclass(frozen=True)
class FrontMatterFault:
    rule: str
    message: str
    hint: str
    position: Position


@dataclass(frozen=True)
class FrontMatter:
    """What stands in front of a page's text."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[yamltext.Path, Position] = field(default_factory=dict)
    """Where each key and list item stands in the file."""
    body: str = ""
    """The text after it, as Markdown reads it."""
    body_line: int = 1
    """The line of the file on which the body begins."""
    fault: FrontMatterFault | None = None

    def at(self, *path: str | int) -> Position:
        """Return the place of a key in the file, or of the nearest key above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, START)


def split(text: str) -> FrontMatter:
    """Take the front matter off a page's text."""
    match = _YAML.match(text)
    if match is None:
        return FrontMatter(body=text, fault=_misplaced(text))
    try:
        data, places = yamltext.read_yaml(match.group(1))
    except yamltext.YamlError as error:
        line, column = error.position
        return _broken(text, str(error), Position(line + 1, column))
    if not isinstance(data, dict):
        return _broken(text, "it is not a list of `key: value` lines", Position(2, 1))
    body = text[match.end() :].lstrip("\n")
    return FrontMatter(
        data=data,
        places={path: Position(line + 1, column) for path, (line, column) in places.items()},
        body=body,
        body_line=text[: len(text) - len(body)].count("\n") + 1,
    )


def _broken(text: str, why: str, position: Position) -> FrontMatter:
    hint = "mend the YAML, or readers will see it as text"
    fault = FrontMatterFault("broken-front-matter", f"front matter: {why}", hint, position)
    return FrontMatter(body=text, fault=fault)


def _misplaced(text: str) -> FrontMatterFault | None:
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    rule, here = "misplaced-front-matter", Position(first + 1, 1)
    if re.fullmatch(r"-{3}[ \t]*", lines[first]):
        if first > 0 and _YAML.match("\n".join(lines[first:])):
            hint = "delete the lines above `---`"
            return FrontMatterFault(rule, "front matter does not begin on line 1", hint, here)
        if first == 0:
            hint = "close it with a line `---`"
            return FrontMatterFault(rule, "front matter is not closed", hint, here)
    elif first == 0 and _MULTIMARKDOWN.match(lines[0]):
        return FrontMatterFault(
            rule,
            "the page begins with `word:`, which MkDocs takes away as metadata",
            "put front matter between two lines `---`, or begin with a heading",
            here,
        )
    return None
