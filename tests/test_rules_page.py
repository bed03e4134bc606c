"""docs/about/rules.md describes every rule, and its examples do what they are said to do.

An example is a fence whose braces say where its text goes in the small briefing: `data-file` is the
whole file, `data-add` the file it is put at the end of, and `data-replace` the words by which the
line of `data-file` is known that it stands in place of. `data-encoding` is UTF-8 unless given. All
fences of one kind in a section go in together.
"""

import re
import shutil
import textwrap
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pytest
from building import HOOK, build, edit, refuse

from briefing.briefing import read_briefing
from briefing.rules import RULES, check
from briefing.sitecheck import RULE as BROKEN_GENERATED_LINK

PAGE = Path(__file__).parents[1] / "docs" / "about" / "rules.md"
ONLY_IN_A_BUILD = (BROKEN_GENERATED_LINK, "changed-after-check", "unprinted")

_FENCE = re.compile(
    r"^(?P<fence>`{3,}) ?(?:\{(?P<given>[^\n]*)\}|\w*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_GIVEN = re.compile(r'data-(\w+)="([^"]*)"')
_BESIDE = re.compile(r"^Found beside it: (.*)$", re.MULTILINE)


class Example(NamedTuple):
    kind: str
    """`wrong` or `right`."""
    given: dict[str, str]
    text: str


class Section(NamedTuple):
    intro: str
    """What stands before the first example."""
    beside: set[str]
    examples: list[Example]

    def of_kind(self, kind: str) -> list[Example]:
        return [example for example in self.examples if example.kind == kind]


def read_sections() -> dict[str, Section]:
    text = PAGE.read_text(encoding="utf-8")
    blank = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence.group()), text)
    heads = [*re.finditer(r"^#{2,} (.*)$", blank, re.MULTILINE)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return {
        head.group(1): _read_section(text[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    }


def _read_section(text: str) -> Section:
    beside = _BESIDE.search(text)
    return Section(
        intro=text.split("\nWrong", 1)[0].strip(),
        beside=set(re.findall(r"`([\w-]+)`", beside.group(1))) if beside else set(),
        examples=[_read_example(fence) for fence in _FENCE.finditer(text)],
    )


def _read_example(fence: re.Match[str]) -> Example:
    classes = re.findall(r"\.(\w+)", fence["given"].split("data-", 1)[0])
    assert len(classes) == 2, fence.group()
    assert classes[0] in ("markdown", "bibtex", "yaml"), fence.group()
    assert classes[1] in ("wrong", "right"), fence.group()
    return Example(classes[1], dict(_GIVEN.findall(fence["given"])), fence["text"])


SECTIONS = read_sections()
CHECKED = [name for name in SECTIONS if name not in ONLY_IN_A_BUILD]
BUILT = [name for name in SECTIONS if name in ONLY_IN_A_BUILD]


def put_in(root: Path, examples: list[Example]) -> None:
    """Put examples where they say into a copy of the small briefing."""
    for _, given, text in examples:
        path = root / given.get("file", given.get("add", ""))
        whole = text
        if "replace" in given:
            whole = _replace_line(path.read_text(encoding="utf-8"), given["replace"], text)
        elif "add" in given:
            whole = f"{path.read_text(encoding='utf-8')}\n{text}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(whole.encode(given.get("encoding", "utf-8")))


def _replace_line(whole: str, known_by: str, text: str) -> str:
    lines = whole.splitlines(keepends=True)
    (index,) = [index for index, line in enumerate(lines) if known_by in line]
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    return "".join([*lines[:index], textwrap.indent(text, indent), *lines[index + 1 :]])


def test_every_rule_has_its_section_in_the_order_of_the_rules() -> None:
    assert list(SECTIONS) == [*RULES, *ONLY_IN_A_BUILD]


@pytest.mark.parametrize("name", SECTIONS)
def test_section_says_what_is_wrong_and_has_both_examples(name: str) -> None:
    section = SECTIONS[name]
    assert re.fullmatch(r"[A-Z`].*\.", section.intro)
    assert section.of_kind("wrong")
    assert section.of_kind("right")
    assert section.of_kind("wrong") != section.of_kind("right")


@pytest.mark.parametrize("name", CHECKED)
def test_wrong_example_gives_findings_of_its_rule_only(small: Path, name: str) -> None:
    put_in(small, SECTIONS[name].of_kind("wrong"))
    findings = check(read_briefing(small))
    assert {finding.rule for finding in findings} == {name} | SECTIONS[name].beside, findings
    assert len([finding for finding in findings if finding.rule == name]) == 1, findings


@pytest.mark.parametrize("name", CHECKED)
def test_right_example_gives_no_finding(small: Path, name: str) -> None:
    put_in(small, SECTIONS[name].of_kind("right"))
    assert check(read_briefing(small)) == []


@pytest.fixture
def small_with_hooks(small: Path) -> Path:
    """The small briefing with the hooks that examples name: the project's and one that rewrites."""
    hooks = small / "hooks"
    hooks.mkdir()
    shutil.copy(HOOK, hooks / "build.py")
    hooks.joinpath("full_names.py").write_text(
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown.replace('The Gazette', 'The Harbour Gazette')\n"
    )
    return small


@pytest.mark.parametrize("name", BUILT)
def test_wrong_example_is_found_by_a_build_and_not_before(
    small_with_hooks: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    put_in(small_with_hooks, SECTIONS[name].of_kind("wrong"))
    assert check(read_briefing(small_with_hooks)) == []
    refuse(small_with_hooks)
    printed = capsys.readouterr().err
    assert re.findall(r"^\S+:\d+:\d+: ([\w-]+): ", printed, re.MULTILINE) == [name], printed


@pytest.mark.parametrize("name", BUILT)
def test_right_example_builds(small_with_hooks: Path, name: str) -> None:
    put_in(small_with_hooks, SECTIONS[name].of_kind("right"))
    assert (build(small_with_hooks) / "index.html").is_file()


def test_page_shows_every_example_as_it_is_written(small: Path) -> None:
    about = small / "docs" / "about"
    about.joinpath("rules.md").write_bytes(PAGE.read_bytes())
    about.joinpath("contribute.md").write_text(
        "# How to contribute\n\n## Extracts\n\n## When the check reports a finding\n",
        encoding="utf-8",
    )
    edit(small, "mkdocs.yml", "  - md_in_html\n", "  - md_in_html\n  - tables\n")
    page = lxml.html.parse(str(build(small) / "about" / "rules.html"))
    shown = [code.text_content() for code in page.xpath("//article//pre/code")]
    assert shown == [fence["text"] for fence in _FENCE.finditer(PAGE.read_text(encoding="utf-8"))]
    assert (
        page.xpath("//article//*[@class='claim' or @class='citation' or @class='footnote']") == []
    )
    assert [heading.get("id") for heading in page.xpath("//article//h2")] == list(SECTIONS)
