import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.briefing import Briefing, read_briefing
from briefing.ids import assign_ids
from briefing.rules import check

C = "[@gazette1931]"


@pytest.fixture
def project(_one_page_root: Path) -> Callable[..., Path]:
    """Give the small briefing these pages and no others."""

    def make(pages: dict[str, str | bytes]) -> Path:
        shutil.rmtree(_one_page_root / "docs", ignore_errors=True)
        for src, text in pages.items():
            path = _one_page_root / "docs" / src
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return _one_page_root

    return make


def ids(briefing: Briefing) -> list[str]:
    return [claim.id for claim in briefing.claims]


# The page before, and after: each line that is written stands where readers of the file expect it.
PAGES = {
    "paragraph": (f"A {C}.\n", f"A {C}.\n{{: #page-1 }}\n"),
    "paragraph at the end of the file": (f"A {C}.", f"A {C}.\n{{: #page-1 }}"),
    "paragraph of many lines": (
        f"A {C}\nand b\nand c {C}.\n\nD.\n",
        f"A {C}\nand b\nand c {C}.\n{{: #page-1 }}\n\nD.\n",
    ),
    "paragraph below another": (
        f"A {C}.\n\n\nB {C}.\n",
        f"A {C}.\n{{: #page-1 }}\n\n\nB {C}.\n{{: #page-2 }}\n",
    ),
    "paragraph above a heading": (
        f"A {C}.\n## B\nC {C}.\n",
        f"A {C}.\n{{: #page-1 }}\n## B\nC {C}.\n{{: #page-2 }}\n",
    ),
    "paragraph above a quotation": (
        f"A {C}.\n> B {C}.\n",
        f"A {C}.\n{{: #page-1 }}\n> B {C}.\n> {{: #page-2 }}\n",
    ),
    "paragraph above code": (f"A {C}.\n```\nb\n```\n", f"A {C}.\n{{: #page-1 }}\n```\nb\n```\n"),
    "hard break": (f"A  \nb {C}.  \n", f"A  \nb {C}.  \n{{: #page-1 }}\n"),
    "attributes": (
        f'A {C}.\n{{: by="B" on="1931" }}\n',
        f'A {C}.\n{{: #page-1 by="B" on="1931" }}\n',
    ),
    "attributes, written close": (f'A {C}.\n{{:by="B"}}\n', f'A {C}.\n{{: #page-1 by="B"}}\n'),
    "attributes without a colon": (f"A {C}.\n{{ .b }}\n", f"A {C}.\n{{: #page-1 .b }}\n"),
    "attributes of an item": (
        f"- A {C}\n  {{: .b }}\n- C {C}\n",
        f"- A {C}\n  {{: #page-1 .b }}\n- C {C}\n  {{: #page-2 }}\n",
    ),
    "attributes of a quotation": (
        f'> A {C}\n> {{: stance="for" }}\n',
        f'> A {C}\n> {{: #page-1 stance="for" }}\n',
    ),
    "items": (
        f"- A {C}\n* B {C}\n+ C\n  d {C}\n",
        f"- A {C}\n  {{: #page-1 }}\n* B {C}\n  {{: #page-2 }}\n+ C\n  d {C}\n  {{: #page-3 }}\n",
    ),
    "numbered items": (
        f"1. A {C}\n10. B {C}\n",
        f"1. A {C}\n   {{: #page-1 }}\n10. B {C}\n    {{: #page-2 }}\n",
    ),
    "nested items": (
        f"- A {C}\n    - B {C}\n        1. C {C}\n    - D {C}\n- E {C}\n",
        (f"- A {C}\n  {{: #page-1 }}\n    - B {C}\n      {{: #page-2 }}\n        1. C {C}\n"
        f"           {{: #page-3 }}\n    - D {C}\n      {{: #page-4 }}\n- E {C}\n"
        "  {: #page-5 }\n"),
    ),
    "items by tabs": (
        f"-\tA {C}\n\t-\tB {C}\n",
        f"-\tA {C}\n  {{: #page-1 }}\n\t-\tB {C}\n\t  {{: #page-2 }}\n",
    ),
    "loose items": (
        f"- A {C}\n\n    B {C}\n\n- C {C}\n",
        (f"- A {C}\n  {{: #page-1 }}\n\n    B {C}\n    {{: #page-2 }}\n\n- C {C}\n"
        "  {: #page-3 }\n"),
    ),
    "quotation": (
        f"> A\n> b {C}\n>\n> C {C}\n",
        f"> A\n> b {C}\n> {{: #page-1 }}\n>\n> C {C}\n> {{: #page-2 }}\n",
    ),
    "lazy quotation": (f"> A\nb {C}\n\nC.\n", f"> A\nb {C}\n> {{: #page-1 }}\n\nC.\n"),
    "quotation in an item": (
        f"- A\n\n    > B {C}\n    > c\n\n- D\n",
        f"- A\n\n    > B {C}\n    > c\n    > {{: #page-1 }}\n\n- D\n",
    ),
    "items in a quotation": (
        f"> - A {C}\n>     - B {C}\n",
        f"> - A {C}\n>   {{: #page-1 }}\n>     - B {C}\n>       {{: #page-2 }}\n",
    ),
    "definitions": (
        f"A\n: B {C}\n\nC\n:   D {C}\n    e\n\n    F {C}\n",
        (f"A\n: B {C}\n  {{: #page-1 }}\n\nC\n:   D {C}\n    e\n    {{: #page-2 }}\n\n    F {C}\n"
        "    {: #page-3 }\n"),
    ),
    "admonition": (
        f"!!! note\n    A {C}\n\n    - B {C}\n",
        f"!!! note\n    A {C}\n    {{: #page-1 }}\n\n    - B {C}\n      {{: #page-2 }}\n",
    ),
    "block of HTML": (
        f'<div markdown="1">\nA {C}\n</div>\n',
        f'<div markdown="1">\nA {C}\n{{: #page-1 }}\n</div>\n',
    ),
    "ends in emphasis": (f"A **b {C}**\n", f"A **b {C}**\n{{: #page-1 }}\n"),
    "begins with a tag": (f"<b>A</b> {C}\n", f"<b>A</b> {C}\n{{: #page-1 }}\n"),
    "last line begins with a brace": (f"A\n{{b}} c {C}\n", f"A\n{{b}} c {C}\n{{: #page-1 }}\n"),
    "only line begins with a brace": (f"{{b}} c {C}\n", f"{{b}} c {C}\n{{: #page-1 }}\n"),
    "what has one": (
        f"A {C}\n{{: #a }}\n\nB {C}\n\nC {C}\n{{: #page-7 }}\n",
        f"A {C}\n{{: #a }}\n\nB {C}\n{{: #page-8 }}\n\nC {C}\n{{: #page-7 }}\n",
    ),
    "cells": ("| a |\n| - |\n| B [@gazette1931] |\n",) * 2,
    "no claims": ("# A\n\nB.\n\n```\n[@gazette1931]\n```\n",) * 2,
    "a heading has the first id": (
        f"## A {{: #page-1 }}\n\nB {C}\n",
        f"## A {{: #page-1 }}\n\nB {C}\n{{: #page-2 }}\n",
    ),
    "an uncited block has the first id": (
        f"A.\n{{: #page-1 .editorial }}\n\nB {C}\n",
        f"A.\n{{: #page-1 .editorial }}\n\nB {C}\n{{: #page-2 }}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PAGES.values(), ids=PAGES)
def test_where_ids_are_written_and_that_a_second_run_changes_nothing(before, after, project):
    root = project({"page.md": before})
    assert assign_ids(read_briefing(root)) == after.count("#page-") - before.count("#page-")
    assert (root / "docs" / "page.md").read_bytes().decode() == after
    assert assign_ids(read_briefing(root)) == 0
    assert (root / "docs" / "page.md").read_bytes().decode() == after


@pytest.mark.parametrize("before", [before for before, _ in PAGES.values()], ids=PAGES)
def test_claims_have_those_ids_and_are_the_same_otherwise(before, project):
    root = project({"page.md": before})
    old = read_briefing(root)
    assign_ids(old)
    new = read_briefing(root)
    written = re.findall(r"#([\w-]+)", (root / "docs" / "page.md").read_text(encoding="utf-8"))
    assert set(ids(new)) <= {*written, *(one for one in ids(old) if len(one) == len("page-123456"))}
    for one, other in zip(old.claims, new.claims, strict=True):
        kept = ("statement", "citations", "by", "on", "stance", "section", "column")
        assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
    assert len(set(ids(new))) == len(ids(new))
    assert [page.faults for page in new.pages] == [page.faults for page in old.pages] == [[]]


def without_ids(raw: bytes) -> bytes:
    return re.sub(rb"(?:\r\n|\n)[\s>]*\{: #[\w-]+ \}", b"", raw)


FORMS = {
    "CRLF": "\r\n",
    "LF": "\n",
}
TEXT = (
    f"---\nparty: port\n---\n\n# A\n\nB {C}\nc «ї» 🕊\n\n- D {C}\n\t- E {C}\n\n> F {C}\n\nG.  \n\n\n"
)


@pytest.mark.parametrize("newline", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("tail", ["", f"H {C}"], ids=["", "no line end"])
def test_forms_of_file(mark, newline, tail, project):
    raw = (mark + TEXT + tail).replace("\n", newline).encode()
    root = project({"parties/port.md": raw})
    count = assign_ids(read_briefing(root))
    written = (root / "docs" / "parties" / "port.md").read_bytes()
    assert count == raw.count(b"[@gazette1931]")
    assert without_ids(written) == raw
    assert written.replace(b"\r\n", b"").count(b"\n") == (
        0 if newline == "\r\n" else written.count(b"\n")
    )
    assert ids(read_briefing(root)) == [f"pa-{number}" for number in range(1, count + 1)]


def test_line_ends_of_two_kinds_stay(project):
    raw = f"A {C}\r\n\r\nB {C}\n\nC.\r\n".encode()
    root = project({"page.md": raw})
    assert assign_ids(read_briefing(root)) == 2
    assert without_ids((root / "docs" / "page.md").read_bytes()) == raw


@pytest.mark.parametrize(
    ("src", "front", "expected"),
    [
        ("points/3.md", "point: 3\ntheme: work", "p3-1"),
        ("parties/port.md", "party: port", "pa-1"),
        ("points/3.md", "point: 3\nparty: port", "p3-1"),
        ("timeline.md", "title: Time", "timeline-1"),
        ("compare/index.md", "title: Compare", "compare-1"),
        ("index.md", "title: Start", "ov-1"),
    ],
)
def test_what_ids_begin_with(src, front, expected, project):
    root = project({src: f"---\n{front}\n---\n\nA {C}\n"})
    assign_ids(read_briefing(root))
    assert ids(read_briefing(root)) == [expected]


def test_numbers_go_on_from_the_highest_of_the_briefing(project):
    root = project({
        "a.md": f"---\nparty: port\n---\n\nA {C}\n{{: #pa-12 }}\n\nB {C}\n",
        "b.md": f"---\nparty: union\n---\n\nC {C}\n{{: #du-x }}\n\nD {C}\n\nE {C}\n{{: #pa-20 }}\n",
    })  # fmt: skip
    assign_ids(read_briefing(root))
    assert ids(read_briefing(root)) == ["pa-12", "pa-21", "du-x", "du-1", "pa-20"]


@pytest.mark.parametrize(
    "pages",
    [
        {"a/notes.md": f"A {C}\n", "b/notes.md": f"B {C}\n"},
        {"pa.md": f"A {C}\n", "port.md": f"---\nparty: port\n---\nB {C}\n"},
        {"index.md": f"A {C}\n", "ov.md": f"B {C}\n"},
    ],
)
def test_pages_whose_ids_begin_alike_share_the_numbers(pages, project):
    root = project(pages)
    assert assign_ids(read_briefing(root)) == 2
    assert sorted(one.rsplit("-")[-1] for one in ids(read_briefing(root))) == ["1", "2"]


def test_pages_outside_are_left_alone(project):
    text = f"A {C}\n"
    root = project({"about/index.md": text})
    assert assign_ids(read_briefing(root)) == 0
    assert (root / "docs" / "about" / "index.md").read_text(encoding="utf-8") == text


def test_pages_without_new_ids_are_not_written(project):
    root = project({"page.md": f"A {C}\n{{: #a }}\n"})
    path = root / "docs" / "page.md"
    path.chmod(0o444)
    before = path.stat().st_mtime_ns
    assert assign_ids(read_briefing(root)) == 0
    assert path.stat().st_mtime_ns == before


def test_the_small_briefing(small):
    old = read_briefing(small)
    count = assign_ids(old)
    new = read_briefing(small)
    assert count == sum(not block.anchor_given for page in old.pages for block in page.claim_blocks)
    assert check(new) == []
    assert [claim.statement for claim in new.claims] == [claim.statement for claim in old.claims]
    assert {"pa-1", "du-1", "du-2", "pr-1", "ov-1", "p1-1", "p1-2"} <= set(ids(new))
