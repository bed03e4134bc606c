"""The cases of tests/cases: files laid over the small briefing, and the findings they give.

tests/cases/README.md says how a case is written.
"""

import datetime
import re
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from briefing.briefing import read_briefing
from briefing.rules import RULES, check, registry

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

_HEAD = re.compile(r"^==== (?P<name>.+?)(?: \((?P<how>.*)\))?\n", re.MULTILINE)
_INSTEAD = "instead of: "
_NOTHING = "none"


class CaseError(Exception):
    """A case that is not written as it should be."""


class Layer(NamedTuple):
    """A file of a case, and how it is laid over the small briefing."""

    name: str
    how: tuple[str, ...]
    text: str


class Case(NamedTuple):
    title: str
    layers: list[Layer]
    findings: list[str]


def read_case(text: str) -> Case:
    heads = [*_HEAD.finditer(text)]
    if not heads or not text[: heads[0].start()].strip():
        raise CaseError("a case begins with a line that says what it shows, then its files")
    ends = [*(head.start() for head in heads[1:]), len(text)]
    layers = [
        Layer(
            head["name"], _read_how(head["how"] or ""), text[head.end() : end].rstrip("\n") + "\n"
        )
        for head, end in zip(heads, ends, strict=True)
    ]
    *files, last = layers
    if last.name != "findings" or any(layer.name == "findings" for layer in files):
        raise CaseError("a case ends with its findings, or `none`")
    findings = last.text.splitlines()
    if findings == [_NOTHING]:
        findings = []
    elif not any(findings) or not all(findings):
        raise CaseError("findings are one line each, or `none`")
    if not files:
        raise CaseError("a case has a file to lay over the small briefing")
    return Case(text[: heads[0].start()].strip(), files, findings)


def _read_how(given: str) -> tuple[str, ...]:
    if given.startswith(_INSTEAD):
        return (given,)
    words = tuple(filter(None, given.split(", ")))
    for word in words:
        if word not in ("add", "gone", "crlf", "cr", "bom", "latin-1"):
            raise CaseError(f"cannot lay a file over another by {word!r}")
    return words


def lay(root: Path, layer: Layer) -> None:
    """Lay one file of a case over a copy of the small briefing."""
    path = root / layer.name
    if "gone" in layer.how:
        path.unlink()
        return
    text = layer.text
    if layer.how and layer.how[0].startswith(_INSTEAD):
        old, before = layer.how[0].removeprefix(_INSTEAD), path.read_text(encoding="utf-8")
        if before.count(old) != 1:
            raise CaseError(f"{old!r} stands {before.count(old)} times in {layer.name}")
        text = before.replace(old, text.strip())
    if "add" in layer.how:
        text = path.read_text(encoding="utf-8") + "\n" + text
    for word, newline in (("crlf", "\r\n"), ("cr", "\r")):
        if word in layer.how:
            text = text.replace("\n", newline)
    data = text.encode("latin-1" if "latin-1" in layer.how else "utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((b"\xef\xbb\xbf" if "bom" in layer.how else b"") + data)


@pytest.fixture(autouse=True)
def _same_day_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the 31st of January 2000, as findings may say how long ago a day was."""
    now = datetime.datetime(2000, 1, 31, tzinfo=datetime.UTC)
    clock = SimpleNamespace(now=now.astimezone)
    fake = SimpleNamespace(UTC=datetime.UTC, datetime=clock)
    monkeypatch.setattr(registry, "datetime", fake)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_case_gives_exactly_its_findings(small: Path, path: Path) -> None:
    case = read_case(path.read_text(encoding="utf-8"))
    for layer in case.layers:
        lay(small, layer)
    assert [str(finding) for finding in check(read_briefing(small))] == case.findings, case.title


def test_example_of_the_readme_is_a_case(small: Path) -> None:
    readme = (CASES[0].parent / "README.md").read_text(encoding="utf-8")
    case = read_case(readme.split("```text\n")[1].split("```")[0])
    for layer in case.layers:
        lay(small, layer)
    assert [str(finding) for finding in check(read_briefing(small))] == case.findings != []


def test_cases_find_every_rule() -> None:
    found = {
        finding.replace(": warning: ", ": ").split(": ")[1]
        for path in CASES
        for finding in read_case(path.read_text(encoding="utf-8")).findings
    }
    assert sorted(found) == sorted(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No files.\n",
        "==== docs/case.md\nNo title.\n==== findings\nnone\n",
        "No findings.\n==== docs/case.md\nText\n",
        "Findings without a line.\n==== docs/case.md\nText\n==== findings\n",
        "Findings not last.\n==== findings\nnone\n==== docs/case.md\nText\n",
        "Findings twice.\n==== docs/case.md\nText\n==== findings\nnone\n==== findings\nnone\n",
        "Nothing to lay.\n==== findings\nnone\n",
        "Misspelt.\n==== docs/case.md (crfl)\nText\n==== findings\nnone\n",
    ],
    ids=lambda text: text.split("\n")[0] or "empty",
)
def test_case_that_is_not_written_as_it_should_be_is_an_error(text: str) -> None:
    with pytest.raises(CaseError):
        read_case(text)


def test_words_to_replace_must_stand_in_the_file_once(small: Path) -> None:
    for old in ("nowhere in it", "name"):
        with pytest.raises(CaseError):
            lay(small, Layer("mkdocs.yml", (f"instead of: {old}",), "new\n"))
