"""What a briefing is about: `extra.briefing` in mkdocs.yml, read and checked.

The engine knows no plan: parties, stances, themes, texts and the number of points come from here.
"""

from __future__ import annotations

import datetime
import fnmatch
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import markdown

from briefing import yamltext
from briefing.dates import parse_date
from briefing.findings import START, Finding, Position, did_you_mean, one_of
from briefing.site import Site, read_site

CONFIG_FILE = "mkdocs.yml"


@dataclass(frozen=True)
class Named:
    """A party, stance, theme, text, body or kind of source: a key and what readers see for it."""

    key: str
    name: str
    short: str = ""
    """A shorter name for table heads; the name where none is given."""
    code: str = ""
    """What claim ids on the party's page begin with; the key where none is given."""
    voice: bool = False
    """For a party: it comments on the plan but is not bound by it. For a kind: such a comment."""
    compare: bool = False
    """For a text: it has a column where texts stand side by side."""
    own: bool = False
    """For a kind of source: it holds its author's own words, not a report of them."""
    relay: bool = False
    """For a kind of source: it repeats what somebody else published."""
    outlets: tuple[str, ...] = ()
    """For a party: authors and publishers who are the party or work from where it is."""
    date: str = ""

    @property
    def label(self) -> str:
        return self.short or self.name

    @property
    def prefix(self) -> str:
        return self.code or self.key


@dataclass(frozen=True)
class NavEntry:
    """A page that mkdocs.yml names in `nav`."""

    src: str
    position: Position
    sections: tuple[str, ...] = ()
    """The titles of the sections it stands in, the outermost first."""


@dataclass(frozen=True)
class Settings:
    """The settings of one briefing."""

    site: Site = field(default_factory=Site)

    plan: str = "the plan"
    points: int = 0
    """How many numbered items the plan has."""
    parties: dict[str, Named] = field(default_factory=dict)
    bodies: dict[str, Named] = field(default_factory=dict)
    """Who may be bound by a point without being a party with a page."""
    stances: dict[str, Named] = field(default_factory=dict)
    themes: dict[str, Named] = field(default_factory=dict)
    texts: dict[str, Named] = field(default_factory=dict)
    kinds: dict[str, Named] = field(default_factory=dict)
    """Kinds of source."""
    main_text: str = ""
    """The text whose provisions the obligations are read from; the first text by default."""
    outside: tuple[str, ...] = ()
    """Patterns of pages (below docs/) that are not part of the briefing and need no citations."""
    stale_after: int = 0
    """After how many days without a search of the sources the check warns; 0 for never."""
    pdf: bool = True
    """Whether the site gets PDFs."""
    citation_style: str = ""
    """The CSL style file, relative to the project folder."""
    bibliography: str = "references.bib"
    docs_dir: str = "docs"
    nav: tuple[NavEntry, ...] = ()
    """The pages that mkdocs.yml names in `nav`, in its order."""
    extensions: tuple[str, ...] = ()
    extension_configs: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def bound(self) -> dict[str, Named]:
        """Who `binds` may name: the parties that are not only a voice, and the bodies."""
        parties = {key: party for key, party in self.parties.items() if not party.voice}
        return parties | self.bodies

    def is_outside(self, src: str) -> bool:
        """Whether the page (its path below docs/) is one of those that need no citations."""
        return any(fnmatch.fnmatchcase(src, pattern) for pattern in self.outside)


_NAMED = ("parties", "bodies", "stances", "themes", "texts", "kinds")
_REQUIRED = ("plan", "points", "parties", "stances", "themes", "texts", "citation_style")
_NAMED_KEYS: dict[str, type] = {
    "name": str,
    "short": str,
    "code": str,
    "voice": bool,
    "compare": bool,
    "own": bool,
    "relay": bool,
    "outlets": tuple,
    "date": str,
}
_WORDS: dict[type, str] = {int: "a whole number", str: "a text", bool: "true or false"}
_NUMBERS = {"points": "the number of the plan's points", "stale_after": "a number of days"}
_DEFAULT_EXTENSIONS = ("toc", "tables", "fenced_code")  # those that MkDocs always turns on


def read_settings(root: Path) -> tuple[Settings, list[Finding]]:
    """Return the settings in `root`/mkdocs.yml and what is wrong with them."""
    findings: list[Finding] = []

    def fault(message: str, hint: str = "", position: Position = START) -> None:
        findings.append(Finding(CONFIG_FILE, *position, "bad-config", message, hint))

    try:
        text = (root / CONFIG_FILE).read_text(encoding="utf-8-sig")
        data, places = yamltext.read_yaml(text)
    except FileNotFoundError:
        fault("there is no mkdocs.yml here", "run this in the project's folder")
        return Settings(), findings
    except UnicodeDecodeError:
        fault("the file is not UTF-8", "save it as UTF-8")
        return Settings(), findings
    except yamltext.YamlError as error:
        fault(f"the file is not valid YAML: {error}", "mend the YAML here", error.position)
        return Settings(), findings

    config = data if isinstance(data, dict) else {}
    extra = config.get("extra")
    raw = extra.get("briefing") if isinstance(extra, dict) else None
    if not isinstance(raw, dict):
        where = places.get(("extra", "briefing"), places.get(("extra",), START))
        fault(
            "extra.briefing is missing or not a mapping",
            "give the plan, points, parties, stances, themes and texts there",
            where,
        )
        return Settings(), findings

    def at(*path: str | int) -> Position:
        full: yamltext.Path = ("extra", "briefing", *path)
        while full not in places:
            full = full[:-1]
        return places[full]

    values = _read_values(raw, at, fault)
    extensions, configs = _read_extensions(config.get("markdown_extensions"), places, fault)
    settings = Settings(
        **values,
        site=read_site(config),
        docs_dir=str(config.get("docs_dir") or "docs"),
        nav=tuple(_read_nav(config.get("nav"), ("nav",), places)),
        extensions=extensions,
        extension_configs=configs,
    )
    findings.extend(_check_files(root, settings, at))
    return settings, findings


Fault = Callable[..., None]
At = Callable[..., Position]


def _read_values(raw: dict[Any, Any], at: At, fault: Fault) -> dict[str, Any]:
    values: dict[str, Any] = {}
    simple: dict[str, type] = {
        "plan": str,
        "points": int,
        "stale_after": int,
        "main_text": str,
        "citation_style": str,
        "bibliography": str,
        "pdf": bool,
    }
    allowed = (*simple, *_NAMED, "outside")
    for key, value in raw.items():
        if key in simple:
            is_other = isinstance(value, bool) != (simple[key] is bool)
            if not isinstance(value, simple[key]) or is_other or value == "":
                fault(f"{key} is {value!r}", f"give {_WORDS[simple[key]]}", at(key))
            elif isinstance(value, int) and value < 1 and simple[key] is int:
                fault(f"{key} is {value}", f"give {_NUMBERS[key]}", at(key))
            else:
                values[key] = value
        elif key in _NAMED:
            values[key] = dict(_read_named(key, value, at, fault))
        elif key == "outside":
            if _is_texts(value):
                values[key] = tuple(value)
            else:
                fault("outside is not a list of page patterns", 'such as ["about/*"]', at(key))
        else:
            hint = did_you_mean(str(key), allowed, one_of(allowed))
            fault(f"unknown setting {key!r}", hint, at(str(key)))
    misspelt = {did_you_mean(str(key), _REQUIRED) for key in raw if key not in allowed}
    for key in _REQUIRED:
        if key not in raw and f"did you mean {key!r}?" not in misspelt:
            fault(f"the setting {key!r} is missing", "add it under extra.briefing", at())
    texts = values.get("texts", {})
    main = values.setdefault("main_text", next(iter(texts), ""))
    if texts and main not in texts:
        hint = did_you_mean(main, texts, one_of(texts))
        fault(f"main_text is {main!r}, which is not among the texts", hint, at("main_text"))
    return values


def _read_named(section: str, value: Any, at: At, fault: Fault) -> Iterator[tuple[str, Named]]:
    if not isinstance(value, dict) or not value:
        fault(f"{section} is not a mapping of keys to names", "", at(section))
        return
    for key, details in value.items():
        given = {"name": details} if isinstance(details, str) else details
        if not isinstance(given, dict) or not given.get("name"):
            fault(f"{section}: {key!r} has no name", "give it a name", at(section, str(key)))
            continue
        good: dict[str, Any] = {}
        for detail, chosen in given.items():
            kind = _NAMED_KEYS.get(detail)
            if kind is None:
                hint = did_you_mean(str(detail), _NAMED_KEYS, one_of(_NAMED_KEYS))
                fault(f"unknown setting {detail!r}", hint, at(section, str(key), str(detail)))
            elif kind is str:
                text = chosen.isoformat() if isinstance(chosen, datetime.date) else chosen
                wrong = _check_text(detail, text)
                if wrong:
                    fault(f"{detail} is {chosen!r}", wrong, at(section, str(key), detail))
                good[detail] = str(text)
            elif kind is tuple and _is_texts(chosen):
                good[detail] = tuple(chosen)
            elif kind is tuple:
                fault(f"{detail} is no list of names", "", at(section, str(key), detail))
            elif isinstance(chosen, bool):
                good[detail] = chosen
            else:
                fault(f"{detail} is {chosen!r}", "use true or false", at(section, str(key), detail))
        yield str(key), Named(str(key), **good)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _check_text(detail: str, text: Any) -> str:
    """Return what to do about a text that is none, or no code or date; empty if nothing."""
    if not isinstance(text, str | int) or isinstance(text, bool) or not str(text):
        return "give a text"
    if detail == "code" and not re.fullmatch(r"[\w-]+", str(text)):
        return "use letters, digits, `_` and `-` only, as it begins the ids of claims"
    if detail == "date" and parse_date(str(text)) is None:
        return "write 2025-11-21, 2025-11 or 2025"
    return ""


def _read_extensions(
    given: Any, places: dict[yamltext.Path, Position], fault: Fault
) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    names = list(_DEFAULT_EXTENSIONS)
    configs: dict[str, dict[str, Any]] = {}
    items = [{key: value} for key, value in given.items()] if isinstance(given, dict) else given
    for index, item in enumerate(items or []):
        for name, options in (item if isinstance(item, dict) else {item: None}).items():
            where = ("markdown_extensions", index)
            wrong = _try_extension(str(name), options or {})
            if wrong:
                position = places.get(where) or places.get((where[0], str(name)), START)
                fault(f"markdown_extensions: {wrong[0]}", wrong[1], position)
                continue
            if name not in names:
                names.append(str(name))
            if options:
                configs[str(name)] = options
    return tuple(names), configs


def _read_nav(
    given: Any,
    path: yamltext.Path,
    places: dict[yamltext.Path, Position],
    sections: tuple[str, ...] = (),
) -> Iterator[NavEntry]:
    """Yield the pages that `nav` names, with their places; links to elsewhere are left out."""
    if isinstance(given, str) and "://" not in given and given.endswith(".md"):
        yield NavEntry(given, places.get(path, START), sections)
    elif isinstance(given, list):
        for index, value in enumerate(given):
            yield from _read_nav(value, (*path, index), places, sections)
    elif isinstance(given, dict):
        for title, value in given.items():
            within = (*sections, str(title)) if isinstance(value, list) else sections
            yield from _read_nav(value, (*path, title), places, within)


def _try_extension(name: str, options: dict[str, Any]) -> tuple[str, str] | None:
    """Return what is wrong with a Markdown extension and what to do, None if it loads."""
    try:
        markdown.Markdown(extensions=[name], extension_configs={name: options})
    except ModuleNotFoundError:
        hint = "mend the name, or add the package to requirements.in"
        return f"there is no extension {name!r}", hint
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"{name!r} cannot be used: {error}", "mend its name or options"
    return None


def _check_files(root: Path, settings: Settings, at: At) -> Iterator[Finding]:
    for setting in ("citation_style", "bibliography"):
        name = getattr(settings, setting)
        if name and not (root / name).is_file():
            yield Finding(
                CONFIG_FILE,
                *at(setting),
                "bad-config",
                f"{setting}: there is no file {name!r}",
                "give a path from the project's folder",
            )
