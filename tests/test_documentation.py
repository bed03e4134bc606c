"""What CONTRIBUTING.md and the README say of the project is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.exports import EXPORTS
from briefing.tables import TABLES

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / "hooks"
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MODULES = [
    path.relative_to(HOOKS).as_posix() for path in HOOKS.rglob("*.py") if path.name != "__init__.py"
]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_the_map_names_each_module(module: str) -> None:
    assert f"`{module.removeprefix('briefing/')}`" in MAP


def test_the_map_names_no_module_that_is_gone() -> None:
    named = set(re.findall(r"^\| `([\w/]+\.py)` \|", MAP, flags=re.MULTILINE))
    assert named
    assert named <= {module.removeprefix("briefing/") for module in MODULES}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_table_is_described_for_contributors(table: str) -> None:
    assert f"`{table}`" in (ROOT / "docs/about/contribute.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_each_export_is_linked_for_readers(name: str) -> None:
    assert f"(../{name})" in (ROOT / "docs/about/cite.md").read_text(encoding="utf-8")


def test_the_commands_of_the_readme_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z]+)", readme))
    assert {"site", "test"} <= named
    for command in named:
        assert re.search(rf"^{command}:", makefile, flags=re.MULTILINE), command
