"""Sets an assembled document: Typst with one fixed template, tagged PDF/UA-1 and PDF/A-3a.

A document is set twice. First each of its parts by itself, with room for the page numbers, to
learn on which page every label comes to stand; then the whole, with the numbers. Typst can look up
labels itself, but lays everything out three times for it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import typst

from briefing.pdf.assembly import REFERENCES, Data, nodes_of
from briefing.pdf.documents import AttachedFile
from briefing.pdf.letters import font_families, load_fonts
from briefing.pdf.nodes import walk

TEMPLATE = Path(__file__).with_name("template.typ")
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
_TRIES = 4
_FOLDER = "briefing-"
"""What the names of the folders begin with in which documents are set."""
_BODY = "body"
"""The label of the first page behind the contents."""

Attached = tuple[AttachedFile, ...]


class TypesettingError(Exception):
    """A document cannot be set; the message says why, and `chapter` which one is at fault."""

    def __init__(self, message: str, chapter: int | None = None) -> None:
        super().__init__(message)
        self.chapter = chapter


@dataclass(frozen=True)
class Layout:
    """What is learnt of a part by setting it."""

    pages: int
    places: dict[str, tuple[int, float]]
    """Where each label stands: the page, and how far from its top, in points (1/72 inch)."""

    @property
    def page_of(self) -> dict[str, int]:
        return {label: page for label, (page, _) in self.places.items()}


Remember = Callable[[str, Callable[[], Layout]], Layout]
"""Gives what is kept under a name, or else makes it and keeps it."""


@dataclass(frozen=True)
class Typesetter:
    """Sets documents; may be used from several threads, as Typst works outside Python's lock."""

    docs: Path
    """The folder in which pictures are."""
    fonts: Path
    """The project's folder of fonts; it need not be there."""
    remember: Remember = lambda name, make: make()

    @cached_property
    def setting(self) -> str:
        """What a set document rests on besides its data."""
        own = sorted(self.fonts.glob("*.*")) if self.fonts.is_dir() else []
        fonts = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in own]
        return f"{version('typst')} {STANDARDS} {fonts} {TEMPLATE.read_text('utf-8')}"

    def set(self, data: Data, attached: Attached = ()) -> bytes:
        """Return a document as PDF.

        Raises TypesettingError where it cannot be set as PDF/UA-1 and PDF/A-3a.
        """
        try:
            layout = self._measure(data)
            while len(str(layout.pages)) > data["digits"]:
                data = {**data, "digits": data["digits"] + 1}
                layout = self._measure(data)
            for _ in range(_TRIES):
                found, pdf = self._compile(data, layout, attached)
                if found.page_of == layout.page_of and found.pages == layout.pages:
                    return pdf
                layout = found
        except RuntimeError as error:  # TypstError, or its base class from a query
            raise TypesettingError(_told(error), self._chapter_at_fault(data)) from error
        message = "its page numbers do not come to rest"
        raise TypesettingError(message)

    def _measure(self, data: Data) -> Layout:
        """Return where every label of a document comes to stand, and how many pages it has."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            layouts = list(pool.map(self._layout, _parts(data)))
        places: dict[str, tuple[int, float]] = {}
        before = 0
        for layout in layouts:
            if _BODY in layout.places:
                before = layout.places[_BODY][0] - 1
                continue
            for label, (page, top) in layout.places.items():
                places[label] = (before + page, top)
            before += layout.pages
        return Layout(before, places)

    def _layout(self, part: Data) -> Layout:
        def lay_out() -> Layout:
            with self._compiler(part, None) as compiler:
                return _read_layout(compiler)

        pictures = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.pictures(part)]
        rests_on = f"{self.setting} {json.dumps(part)} {pictures}"
        return self.remember(hashlib.sha256(rests_on.encode()).hexdigest(), lay_out)

    def pictures(self, data: Data) -> list[Path]:
        """Return the files of the pictures in a document, as far as they are below docs/."""
        named = {node["path"] for node in walk(nodes_of(data)) if node["t"] == "image"}
        found = [self.docs / name for name in sorted(named) if not name.startswith(("/", "../"))]
        return [path for path in found if path.is_file()]

    def _compile(
        self, data: Data, layout: Layout | None, attached: Attached = ()
    ) -> tuple[Layout, bytes]:
        with self._compiler(data, layout, attached) as compiler:
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=STANDARDS, timestamp=_timestamp(data)
            )
            if warnings:  # Typst warns of what it leaves out
                raise typst.TypstError(warnings[0].message, "", warnings[0].hints)
            assert isinstance(pdf, bytes)
            return _read_layout(compiler), pdf

    @contextmanager
    def _compiler(
        self, data: Data, layout: Layout | None, attached: Attached = ()
    ) -> Iterator[typst.Compiler]:
        """Give a compiler in a folder of its own, with the data, the pictures and nothing else."""
        given = {
            **data,
            "fonts": font_families(self.fonts),
            "labels": [node["label"] for node in _labelled(data)],
            "places": layout.places if layout else {},
            "total": layout.pages if layout else 0,
            "attached": [
                {"name": one.name, "type": one.media_type, "about": one.about} for one in attached
            ],
        }
        with tempfile.TemporaryDirectory(prefix=_FOLDER) as name:
            folder = Path(name)
            (folder / "document.json").write_text(json.dumps(given), encoding="utf-8")
            template = folder / TEMPLATE.name
            shutil.copyfile(TEMPLATE, template)
            for one in attached:
                (folder / "attached").mkdir(exist_ok=True)
                (folder / "attached" / one.name).write_bytes(one.content)
            for picture in self.pictures(data):
                goal = folder / "docs" / picture.relative_to(self.docs)
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(picture, goal)
            yield typst.Compiler(template, root=folder, font_paths=load_fonts(self.fonts))

    def _chapter_at_fault(self, data: Data) -> int | None:
        """Return which chapter cannot be set by itself, None if it is none of them."""
        for index, chapter in enumerate(data["chapters"]):
            try:
                self._compile({**data, "chapters": [chapter], "references": []}, None)
            except RuntimeError:
                return index
        return None


def _parts(data: Data) -> Iterator[Data]:
    """Yield what of a document begins on a page of its own, each as a document.

    The first has the cover and contents; headings alone stand for the chapters behind it.
    """
    if data["layout"] != "book":
        yield data
        return
    chapters, references = data["chapters"], data["references"]
    heads = [
        {**node, "label": "", "also": ""}
        for node in walk(nodes_of(data))
        if node.get("in_contents")
    ]
    if heads:
        heads[0]["label"] = _BODY
    stand_in = {"title": "", "nodes": heads, "landscape": False, "notes": False}
    yield {**data, "chapters": [stand_in], "references": []}
    for chapter in chapters:
        yield {**data, "front": None, "chapters": [chapter], "references": []}
    if references:
        yield {**data, "front": None, "chapters": []}


def _labelled(data: Data) -> list[Data]:
    found = [node for node in walk(nodes_of(data)) if node.get("label")]
    references = data["references"]
    return [*found, *references, *([{"label": REFERENCES}] if references else [])]


def _read_layout(compiler: typst.Compiler) -> Layout:
    """Read what the template says of its own layout."""
    found = json.loads(compiler.query("<layout>", field="value", one=True))
    return Layout(found["pages"], {label: (page, top) for label, page, top in found["places"]})


def _told(error: RuntimeError) -> str:
    """Return Typst's message without what every message has in front."""
    hints = getattr(error, "hints", [])
    message = re.sub(
        r"^(?:PDF/[\w-]+(?:, )?)+ error: |^failed to compile document: ", "", str(error)
    )
    folder = rf"[^\s(]*{_FOLDER}[^/\\]*[/\\]"  # it has another name each time
    return re.sub(folder, "", "; ".join([message, *hints]))


def _timestamp(data: Data) -> datetime.datetime:
    """Return the day of the briefing, so that the same input gives the same bytes."""
    year, month, day = (data["front"] or {}).get("date") or (2000, 1, 1)
    return datetime.datetime(year, month or 1, day or 1, tzinfo=datetime.UTC)
