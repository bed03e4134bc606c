"""Builds of copies of tests/small: in process, or by command where the exit status counts."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

SMALL = Path(__file__).parent / "small"
HOOK = Path(__file__).parents[1] / "hooks" / "build.py"
_OUTSIDE_WORLD = ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH", "SITE_URL", "EDIT_URI", "CI")


def copy_small(to: Path) -> Path:
    """Copy the small briefing; it builds where it then stands."""
    shutil.copytree(SMALL, to)
    edit(to, "mkdocs.yml", "../../hooks/build.py", HOOK.as_posix())
    return to


def undress(root: Path, *, pdf: bool = False) -> Path:
    """Take the theme and the PDFs off a site: what a page says is built in a third of the time."""
    edit(root, "mkdocs.yml", "{name: material, font: false}", "{name: null, custom_dir: theme}")
    if not pdf:
        edit(root, "mkdocs.yml", "  briefing:\n", "  briefing:\n    pdf: false\n")
    head = '<head><meta charset="utf-8"><title>{{ page.title }}</title></head>'
    page = (
        f"<!doctype html><html>{head}<body><article>{{{{ page.content }}}}</article></body></html>"
    )
    write(root, "theme/main.html", page)
    return root


def write(root: Path, name: str, text: str | bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def add(root: Path, name: str, text: str) -> None:
    """Put text at the end of a file."""
    write(root, name, (root / name).read_text(encoding="utf-8") + text)


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    write(root, name, text.replace(old, new))


TIMELINE = """\
---
timeline: {searched: 2000-01-02}
---
# Timeline

What happened, in its order.
{: .editorial }

The strike began [@gazette1931, p. 1].
{: on="1931-05" points="1 2" parties="union port" #ev-strike }

- The accord was signed [@minutes1931].
  {: on="1931-05-04" parties="port" by="Director Lund" #ev-signed }
- The Gazette printed it [@gazette1931].
  {: on="1931-05-05" points="5" #ev-printed }
"""
DIFFERENCES = """\
# Where sources differ

## How many met {: points="3 2" }

Forty met [@gazette1931, p. 2].
{: version="Forty" #df-forty }

Fifty met [@minutes1931; @olsen1950, p. 9, via @gazette1931].
{: version="Fifty & more" by="Ada Holm" #df-fifty }

Nobody counted them [@gazette1931].

## Who paid

The port paid [@minutes1931].
{: version="The port" #df-port }

The city paid [@gazette1931].
{: version="The city" #df-city }
"""


def add_kinds_of_page(root: Path) -> Path:
    """Give a copy of the small briefing a timeline, and questions on which its sources differ."""
    write(root, "docs/timeline.md", TIMELINE)
    write(root, "docs/compare/differences.md", DIFFERENCES)
    for number in (2, 3):
        add(root, f"docs/points/{number}.md", "\n<!-- table: differences -->\n")
    return root


def add_hook(root: Path, source: str) -> None:
    """Give the site a further MkDocs hook, which runs before the briefing's."""
    write(root, "further.py", source)
    edit(root, "mkdocs.yml", "hooks: [", f"hooks: [{(root / 'further.py').as_posix()}, ")


def build(root: Path, command: str = "build", **overrides: Any) -> Path:
    """Build in this process; return the site's folder. Any warning in the log is an error."""
    with _surroundings(), no_warnings():
        return _load_and_build(root, command, overrides)


def refuse(root: Path) -> None:
    """Build in this process where findings must end it, in MkDocs' orderly way."""
    with _surroundings(), pytest.raises(Abort):
        _load_and_build(root, "build", {})


def _load_and_build(root: Path, command: str, overrides: dict[str, Any]) -> Path:
    config = load_config(str(root / "mkdocs.yml"), **overrides)
    config.plugins.on_startup(command=command, dirty=False)
    mkdocs_build(config)
    return Path(config.site_dir)


def run(root: Path, *flags: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in _OUTSIDE_WORLD}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *flags],
        cwd=root,
        env={**kept, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def temporary_folders(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith(".site"))


@contextmanager
def _surroundings() -> Iterator[None]:
    """Give the build the environment of nowhere in particular, and take back what it sets."""
    with mock.patch.dict(os.environ, {"NO_MKDOCS_2_WARNING": "1"}):
        for name in _OUTSIDE_WORLD:
            os.environ.pop(name, None)
        yield


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@contextmanager
def no_warnings() -> Iterator[None]:
    """Fail on any warning that reaches the log."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield
    finally:
        root.removeHandler(collector)
    assert not collector.messages, "\n".join(collector.messages)
