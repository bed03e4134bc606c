"""The front matter of a page: the YAML between two lines of `---` at its very top.

MkDocs shows front matter that it cannot read to readers as text, and takes a first line such as
`Note: text` away as metadata (mkdocs.utils.meta, MkDocs 1.6); both are faults here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from briefing import yamltext
from briefing.findings import START, Position
from briefing.marks import fenced_lines

# The two patterns by which MkDocs takes metadata off a page.
_YAML = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_RULE = "misplaced-front-matter"
_KEY_LINE = re.compile(r"[a-z_]+:(?:\s|$)")
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
        return _misplaced(text)
    try:
        data, places = yamltext.read_yaml(match.group(1), tags=False)
    except yamltext.YamlError as error:
        line, column = error.position
        return _broken(text, text[match.end() :], str(error), Position(line + 1, column))
    if not isinstance(data, dict):
        why = "it is not a list of `key: value` lines"
        return _broken(text, text[match.end() :], why, Position(2, 1))
    shifted = {path: Position(line + 1, column) for path, (line, column) in places.items()}
    fault = _below(text, text[: match.end()].count("\n"))
    return replace(_page(text, text[match.end() :], fault), data=data, places=shifted)


def _page(text: str, rest: str, fault: FrontMatterFault | None) -> FrontMatter:
    """Return a page whose Markdown is the rest of its text, without blank lines before it."""
    body = rest.lstrip("\n")
    line = text[: len(text) - len(body)].count("\n") + 1
    return FrontMatter(body=body, body_line=line, fault=fault)


def _broken(text: str, rest: str, why: str, position: Position) -> FrontMatter:
    """Return front matter that cannot be read; what readers would see of it is no text."""
    hint = "mend the YAML, or readers will see it as text"
    fault = FrontMatterFault("broken-front-matter", f"front matter: {why}", hint, position)
    return _page(text, rest, fault)


def _misplaced(text: str) -> FrontMatter:
    """Return the page of a text that has no front matter where it should be."""
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if re.fullmatch(r"-{3}[ \t]*", lines[first]):
        whole = _YAML.match("\n".join(lines[first:]))
        if first == 0 and whole is None:
            hint = "close it with a line `---`"
            fault = FrontMatterFault(_RULE, "front matter is not closed", hint, START)
            return FrontMatter(fault=fault)
        if whole is not None:
            rest = "\n".join(lines[first:])[whole.end() :]
            return _page(text, rest, _above(first + 1))
    elif _MULTIMARKDOWN.match(lines[0]):
        fault = FrontMatterFault(
            _RULE,
            "the page begins with `word:`, which MkDocs takes away as metadata",
            "put front matter between two lines `---`, or begin with a heading",
            START,
        )
        blank = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
        return _page(text, "\n".join(lines[blank:]), fault)
    return _page(text, text, _below(text, 0))


def _below(text: str, after: int) -> FrontMatterFault | None:
    """Find front matter further down in a page, which readers would see as a line and a heading."""
    lines = text.split("\n")
    fenced = fenced_lines(lines)
    for index in range(after, len(lines) - 2):
        closing = index + 1
        while closing < len(lines) and _KEY_LINE.match(lines[closing]):
            closing += 1
        is_rule = lines[index].rstrip() == "---" and lines[closing : closing + 1] == ["---"]
        above = lines[index - 1].strip() if index else ""
        is_underline = bool(above) and not above.startswith(("#", "<!--"))
        if is_rule and closing > index + 1 and index not in fenced and not is_underline:
            return _above(index + 1)
    return None


def _above(line: int) -> FrontMatterFault:
    message, hint = "front matter does not begin on line 1", "delete the lines above `---`"
    return FrontMatterFault(_RULE, message, hint, Position(line, 1))
