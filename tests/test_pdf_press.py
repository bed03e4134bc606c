"""Documents printed side by side, what is kept of them, and what is told where one cannot be."""

import binascii
import io
import multiprocessing
import os
import re
import struct
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from building import copy_small, edit, write
from pypdf import PdfReader

from briefing.briefing import read_briefing
from briefing.findings import Finding
from briefing.pdf.chapters import ChapterMaker
from briefing.pdf.documents import Document, handouts, whole
from briefing.pdf.press import Press, Printed, Store
from briefing.pdf.printing import Printing
from briefing.pdf.typesetting import Layout, Typesetter, TypesettingError

PRINTED = ("briefing.pdf", "handouts/party-press.pdf", "handouts/theme-water.pdf")
"""What of the small briefing is printed here, for the sake of time."""


def picture(width: int = 2, height: int = 2) -> bytes:
    """Return a grey picture as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", binascii.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    parts = (
        chunk(b"IHDR", header),
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


# The store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a" / "cache")


def unmade() -> bytes:
    raise AssertionError("this was kept")


def test_store_keeps_what_was_made(store: Store) -> None:
    content = bytes(range(256))
    assert store.recall("x.pdf", lambda: content) == content
    assert store.recall("x.pdf", unmade) == content
    assert Store(store.folder).recall("x.pdf", unmade) == content
    assert store.recall("y.pdf", lambda: b"y") == b"y"
    assert store.used == {"x.pdf", "y.pdf"}
    assert sorted(path.name for path in store.folder.iterdir()) == ["x.pdf", "y.pdf"]


def test_store_keeps_nothing_of_what_failed(store: Store) -> None:
    def fail() -> bytes:
        raise TypesettingError("no")

    with pytest.raises(TypesettingError, match=r"^no$"):
        store.recall("x.pdf", fail)
    assert store.recall("x.pdf", lambda: b"x") == b"x"


def test_store_keeps_layouts(store: Store) -> None:
    layout = Layout(3, {"points/1.md": (1, 56.7), "points/1.md#p1-1": (2, 0.125)})
    assert store.layout("x", lambda: layout) == layout

    def unmade_layout() -> Layout:
        raise AssertionError("this was kept")

    again = Store(store.folder)
    assert again.layout("x", unmade_layout) == layout
    assert again.used == {"x.json"}


@pytest.mark.parametrize(
    "broken",
    [b"", b"[1", b"[]", b"\0\xff", b'{"a": 1}', b"[7, {}]"],
    ids=["empty", "cut", "other", "bytes", "shape", "untrue"],
)
def test_broken_file_is_made_anew(store: Store, broken: bytes) -> None:
    layout = Layout(1, {"a": (1, 2.0)})
    store.layout("x", lambda: layout)
    store.recall("x.pdf", lambda: b"x")
    for path in store.folder.iterdir():
        path.write_bytes(broken)
    assert store.layout("x", lambda: layout) == layout
    assert store.recall("x.pdf", lambda: b"x") == b"x"
    assert store.recall("x.pdf", unmade) == b"x"


def test_two_threads_may_make_the_same(store: Store) -> None:
    both = threading.Barrier(2)
    results: list[bytes | Exception] = []

    def make() -> bytes:
        both.wait()
        return b"x" * 1_000_000

    def recall() -> None:
        try:
            results.append(store.recall("x.pdf", make))
        except OSError as error:
            results.append(error)

    threads = [threading.Thread(target=recall) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [b"x" * 1_000_000] * 2
    assert [path.name for path in store.folder.iterdir()] == ["x.pdf"]


def test_unused_files_are_dropped_but_for_young_layouts(store: Store) -> None:
    for name in ("kept.pdf", "unused.pdf", "unused.index", "left.pdf.1.new"):
        store.recall(name, lambda: b"x")
    for name in ("kept", "young", "old", "old-and-used"):
        store.layout(name, lambda: Layout(1, {}))
    month = 31 * 24 * 3600
    for name in ("old", "old-and-used"):
        then = time.time() - month
        os.utime(store.folder / f"{name}.json", (then, then))
    later = Store(store.folder)
    later.recall("kept.pdf", unmade)
    later.layout("old-and-used", lambda: Layout(9, {}))
    later.drop_unused()
    left = sorted(path.name for path in store.folder.iterdir())
    assert left == ["kept.json", "kept.pdf", "old-and-used.json", "young.json"]


def test_dropping_needs_no_folder(store: Store) -> None:
    store.drop_unused()
    assert not store.folder.exists()


# The press


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small briefing with a picture, printed once."""
    root = copy_small(tmp_path_factory.mktemp("press") / "small")
    write(root, "docs/parties/chart.png", picture())
    text = (root / "docs/parties/press.md").read_text(encoding="utf-8")
    write(root, "docs/parties/press.md", f"{text}\n![A chart](chart.png)\n")
    return root


@pytest.fixture(scope="module")
def once(root: Path) -> dict[str, Printed]:
    printed, findings = press_at(root)
    assert findings == []
    return printed


def documents(root: Path) -> tuple[Press, list[Document]]:
    briefing = read_briefing(root)
    urls, maker = briefing.settings.site.address, ChapterMaker(briefing)
    press = Press(briefing, urls, Store(root / ".cache/pdf"))
    every = [whole(maker, urls), *handouts(maker)]
    return press, [document for document in every if document.name in PRINTED]


def press_at(root: Path) -> tuple[dict[str, Printed], list[Finding]]:
    press, chosen = documents(root)
    return press.print(chosen)


def content_of(printed: dict[str, Printed]) -> dict[str, bytes]:
    return {name: one.content for name, one in printed.items()}


def text_of(printed: Printed) -> str:
    pages = PdfReader(io.BytesIO(printed.content)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.fixture
def again(root: Path, once: dict[str, Printed], tmp_path: Path) -> Path:
    """A copy of the briefing as it was printed, with its cache."""
    assert once
    return _copy(root, tmp_path / "again")


def _copy(root: Path, to: Path) -> Path:
    for name, content in {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }.items():
        write(to, name, content)
    return to


class Work:
    """Counts what is set in type."""

    def __init__(self) -> None:
        self.whole = 0
        """Documents."""
        self.parts = 0
        """Parts of documents that were set to learn their layout."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    counted = Work()
    lock = threading.Lock()
    do_set, do_compile = Typesetter.set, Typesetter._compiler

    def set_(self: Typesetter, *given: Any) -> bytes:
        with lock:
            counted.whole += 1
        return do_set(self, *given)

    def compiler(self: Typesetter, data: object, layout: object, *given: Any) -> object:
        with lock:
            counted.parts += layout is None
        return do_compile(self, data, layout, *given)

    monkeypatch.setattr(Typesetter, "set", set_)
    monkeypatch.setattr(Typesetter, "_compiler", compiler)
    return counted


def test_all_are_printed_with_their_pages(once: dict[str, Printed]) -> None:
    assert tuple(once) == PRINTED
    for name, one in once.items():
        assert one.name == name
        assert one.content.startswith(b"%PDF-1.7")
        assert one.pages == len(PdfReader(io.BytesIO(one.content)).pages)
        assert re.fullmatch(r"[0-9a-f]{64}\.pdf", one.kept_as)


def test_printed_again_nothing_is_set_and_the_bytes_are_the_same(
    once: dict[str, Printed], again: Path, work: Work
) -> None:
    printed, findings = press_at(again)
    assert (printed, findings) == (once, [])
    assert (work.whole, work.parts) == (0, 0)


@pytest.mark.parametrize("workers", [1, 3, None])
def test_bytes_are_the_same_without_the_cache_and_for_any_number_of_workers(
    once: dict[str, Printed],
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    workers: int | None,
) -> None:
    elsewhere = copy_small(tmp_path / "Порт & 100%")
    for name in ("docs/parties/chart.png", "docs/parties/press.md"):
        write(elsewhere, name, (root / name).read_bytes())
    monkeypatch.setattr(os, "cpu_count", lambda: workers)
    printed, findings = press_at(elsewhere)
    assert findings == []
    assert content_of(printed) == content_of(once)


def test_kept_layouts_alone_give_the_same_bytes(
    once: dict[str, Printed], again: Path, work: Work
) -> None:
    for path in (again / ".cache/pdf").glob("*.pdf"):
        path.unlink()
    printed, _ = press_at(again)
    assert content_of(printed) == content_of(once)
    assert (work.whole, work.parts) == (3, 0)


def test_edit_of_one_page_leaves_the_rest(
    once: dict[str, Printed], again: Path, work: Work
) -> None:
    edit(again, "docs/points/1.md", "would carry out", "would honour")
    printed, findings = press_at(again)
    changed = [name for name in PRINTED if printed[name].content != once[name].content]
    assert findings == []
    # The version on each front changes with a claim; only the first point is laid out anew,
    # beside the parts that show the version: the cover and the handouts.
    assert changed == list(PRINTED)
    assert "would honour article 1" in text_of(printed["briefing.pdf"])
    assert work.whole == 3
    assert work.parts <= 5


def test_edit_that_changes_no_claim_leaves_the_other_documents(
    once: dict[str, Printed], again: Path, work: Work
) -> None:
    edit(again, "docs/index.md", "## Positions", "## Who holds what")
    printed, findings = press_at(again)
    changed = [name for name in PRINTED if printed[name].content != once[name].content]
    assert (changed, findings) == (["briefing.pdf"], [])
    assert (work.whole, work.parts) == (1, 1)
    assert "Who holds what" in text_of(printed["briefing.pdf"])


def test_another_picture_of_the_same_size_is_printed(once: dict[str, Printed], again: Path) -> None:
    old = (again / "docs/parties/chart.png").read_bytes()
    new = picture(3, 1)
    write(again, "docs/parties/chart.png", new + bytes(len(old) - len(new)))
    printed, findings = press_at(again)
    changed = [name for name in PRINTED if printed[name].content != once[name].content]
    assert (changed, findings) == (["briefing.pdf", "handouts/party-press.pdf"], [])
    for path in (again / ".cache/pdf").iterdir():
        path.unlink()
    assert content_of(press_at(again)[0]) == content_of(printed)


def test_names_in_the_cache_rest_on_the_program(
    once: dict[str, Printed], again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Typesetter, "setting", "another program")
    press, chosen = documents(again)
    for one in chosen:
        assert f"{press._name(one, press._data(one))}.pdf" != once[one.name].kept_as


def test_broken_pdf_in_the_cache_is_printed_anew(once: dict[str, Printed], again: Path) -> None:
    for number, path in enumerate(sorted((again / ".cache/pdf").glob("*.pdf"))):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number else b"no PDF")
    printed, findings = press_at(again)
    assert findings == []
    assert content_of(printed) == content_of(once)


def test_broken_layouts_in_the_cache_are_made_anew(once: dict[str, Printed], again: Path) -> None:
    for path in (again / ".cache/pdf").iterdir():
        if path.suffix == ".pdf":
            path.unlink()
        else:
            path.write_bytes(b'[1, {"parties')
    printed, findings = press_at(again)
    assert findings == []
    assert content_of(printed) == content_of(once)


def test_letters_that_no_font_has_are_printed_as_numbers(
    once: dict[str, Printed], again: Path
) -> None:
    edit(again, "docs/parties/press.md", "# Press", "# Press \U00010300 \ue000 \u0a51 Преса")
    edit(again, "docs/parties/press.md", "![A chart]", "![A \U00010300 chart]")
    printed, findings = press_at(again)
    assert findings == []
    text = text_of(printed["handouts/party-press.pdf"])
    assert text.splitlines().count("Press [U+10300] [U+E000] [U+0A51] Преса") == 1
    assert b"/Alt (A [U+10300] chart)" in _unpacked(printed["handouts/party-press.pdf"].content)
    assert once["handouts/party-press.pdf"].content != printed["handouts/party-press.pdf"].content


def _unpacked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


# What cannot be printed


def put_picture(root: Path, written: str) -> None:
    edit(root, "docs/parties/press.md", "![A chart](chart.png)", written)


def _no_picture(root: Path) -> None:
    write(root, "docs/parties/chart.png", "no picture")


def _no_words(root: Path) -> None:
    put_picture(root, "![](chart.png)")


def _no_words_in_html(root: Path) -> None:
    put_picture(root, '<div><img src="chart.png"></div>')


def _no_file(root: Path) -> None:
    put_picture(root, '<div><img src="gone.png" alt="A chart"></div>')


def _file_of_the_machine(root: Path) -> None:
    put_picture(root, f'<div><img src="{root.as_posix()}/docs/parties/chart.png" alt="A"></div>')


def _file_above_the_docs(root: Path) -> None:
    write(root, "chart.png", picture())
    put_picture(root, '<div><img src="../../chart.png" alt="A chart"></div>')


def _a_folder(root: Path) -> None:
    put_picture(root, '<div><img src="../points" alt="A chart"></div>')


NO_WORDS = "missing alt text; make sure your images and equations have alt text"
BEGIN = "docs/parties/press.md:1:1: unprinted: the page cannot be printed: "
END = "mend what is named"


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (
            _no_picture,
            "failed to decode image (Format error decoding Png: Invalid PNG signature.)",
        ),
        (_no_words, NO_WORDS),
        (_no_words_in_html, NO_WORDS),
        (_no_file, "file not found (searched at docs/parties/gone.png)"),
        (_file_above_the_docs, "file not found (searched at chart.png)"),
        (_a_folder, "file not found (searched at docs/points)"),
    ],
)
def test_document_that_cannot_be_set_is_a_finding_and_the_rest_is_printed(
    once: dict[str, Printed], again: Path, prepare: Callable[[Path], None], told: str
) -> None:
    prepare(again)
    printed, findings = press_at(again)
    assert [str(finding) for finding in findings] == [f"{BEGIN}{told}; {END}"]
    assert findings[0].is_warning is False
    assert list(printed) == ["handouts/theme-water.pdf"]
    assert printed["handouts/theme-water.pdf"] == once["handouts/theme-water.pdf"]


def test_file_of_the_machine_is_not_printed(again: Path) -> None:
    _file_of_the_machine(again)
    printed, findings = press_at(again)
    assert [str(finding)[: len(BEGIN)] for finding in findings] == [BEGIN]
    assert "file not found (searched at docs/" in findings[0].message
    assert list(printed) == ["handouts/theme-water.pdf"]


def test_finding_on_no_page_names_the_settings(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(again, "docs/points/4.md", "## Who says what", "## Who says what?")

    def set_(self: Typesetter, *_: object) -> bytes:
        raise TypesettingError("its page numbers do not come to rest")

    monkeypatch.setattr(Typesetter, "set", set_)
    printed, findings = press_at(again)
    assert [str(finding) for finding in findings] == [
        (
            "mkdocs.yml:1:1: unprinted: briefing.pdf cannot be printed: "
            "its page numbers do not come to rest; mend what is named"
        )
    ]
    assert sorted(printed) == sorted(PRINTED[1:])


def test_fault_of_the_program_is_not_taken_for_a_finding(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(again, "docs/points/4.md", "## Who says what", "## Who says what?")

    def set_(self: Typesetter, *_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(Typesetter, "set", set_)
    press, chosen = documents(again)
    with pytest.raises(ZeroDivisionError):
        press.print(chosen)


# What is printed for a site


def print_site(root: Path) -> tuple[dict[str, Printed], list[Finding]]:
    briefing = read_briefing(root)
    printing = Printing(briefing, briefing.settings.site.address)
    printing.go_on(briefing.references)
    return printing.finish()


@pytest.fixture(scope="module")
def printed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_small(tmp_path_factory.mktemp("print-site") / "small")
    printed, findings = print_site(root)
    assert (len(printed), findings) == (11, [])
    return root


def test_site_whose_input_is_the_same_is_not_even_put_together(
    printed_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = print_site(printed_site)
    monkeypatch.setattr(ChapterMaker, "chapter", unmade)
    monkeypatch.setattr(typst, "Compiler", unmade)
    assert print_site(printed_site) == (first, [])


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"briefing.pdf": 1}', b'{"a": ["b", 1]}'])
def test_broken_index_is_passed_over(printed_site: Path, broken: bytes) -> None:
    first, _ = print_site(printed_site)
    (index,) = (printed_site / ".cache/pdf").glob("*.index")
    was = index.read_bytes()
    index.write_bytes(broken)
    try:
        assert print_site(printed_site) == (first, [])
        assert index.read_bytes() == was
    finally:
        index.write_bytes(was)


def test_broken_pdf_behind_an_index_is_printed_anew(printed_site: Path) -> None:
    first, _ = print_site(printed_site)
    path = printed_site / ".cache/pdf" / first["handouts/point-1.pdf"].kept_as
    path.write_bytes(path.read_bytes()[:-1])
    assert print_site(printed_site) == (first, [])


def test_site_is_kept_only_when_all_went_well(printed_site: Path, tmp_path: Path) -> None:
    root = _copy(printed_site, tmp_path / "copy")
    before = {path.name for path in (root / ".cache/pdf").iterdir()}
    write(root, "docs/chart.png", "no picture")
    edit(
        root, "docs/points/1.md", "## Who says what", "![A chart](../chart.png)\n\n## Who says what"
    )
    _, findings = print_site(root)
    assert [finding.rule for finding in findings] == ["unprinted"]
    after = {path.name for path in (root / ".cache/pdf").iterdir()}
    assert before <= after
    assert {name for name in after if name.endswith(".index")} <= before


def test_site_is_not_kept_when_a_file_is_changed_meanwhile(
    printed_site: Path, tmp_path: Path
) -> None:
    root = _copy(printed_site, tmp_path / "copy")
    edit(root, "docs/index.md", "## Positions", "## Who holds what")
    briefing = read_briefing(root)
    printing = Printing(briefing, briefing.settings.site.address)
    edit(root, "docs/index.md", "## Who holds what", "## What is held by whom")
    printing.go_on(briefing.references)
    first, findings = printing.finish()
    second, _ = print_site(root)
    assert findings == []
    assert "Who holds what" in text_of(first["briefing.pdf"])
    assert "What is held by whom" in text_of(second["briefing.pdf"])
    edit(root, "docs/index.md", "## What is held by whom", "## Who holds what")
    third, _ = print_site(root)
    assert third == first


@pytest.mark.parametrize("goes_on_first", [True, False])
def test_process_that_is_killed_is_a_finding(tmp_path: Path, goes_on_first: bool) -> None:
    """As a machine does that runs out of memory."""
    briefing = read_briefing(copy_small(tmp_path / "small"))
    printing = Printing(briefing, briefing.settings.site.address)
    if goes_on_first:
        printing.go_on(briefing.references)
    (process,) = (one for one in multiprocessing.active_children() if one.name == "press")
    process.kill()
    process.join()
    if not goes_on_first:
        printing.go_on(briefing.references)
    printed, findings = printing.finish()
    assert printed == {}
    assert [str(finding) for finding in findings] == [
        (
            "mkdocs.yml:1:1: unprinted: the process that prints ended early, with code -9; "
            "build again; report what stands above if that does not help"
        )
    ]


def test_older_files_go_when_the_site_is_printed_anew(printed_site: Path, tmp_path: Path) -> None:
    root = _copy(printed_site, tmp_path / "copy")
    old, _ = print_site(printed_site)
    edit(root, "docs/points/1.md", "## Who says what", "## Who says what?")
    new, _ = print_site(root)
    left = {path.name for path in (root / ".cache/pdf").iterdir() if path.suffix == ".pdf"}
    assert left == {one.kept_as for one in new.values()}
    assert {one.kept_as for one in old.values()} - left != set()
    assert len(list((root / ".cache/pdf").glob("*.index"))) == 1
