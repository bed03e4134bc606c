"""Reads a printed PDF: its structure tree with the text in it, its links, where its letters are.

The text is that of the file itself, letter by letter, as a program reads it aloud.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
_SHOWN = "BDC BMC EMC Tf Tj TJ ' \""


class Text(NamedTuple):
    """Text under one mark of a page, which is a part of a line."""

    page: int
    mark: int
    text: str


@dataclass(frozen=True)
class Link:
    """An annotation that leads somewhere; pages are counted from 1."""

    page: int
    contents: str
    goal: int | None
    """The page it leads to, None where it leads out of the file or nowhere."""
    url: str = ""


@dataclass
class Element:
    """An element of the structure tree."""

    kind: str
    alt: str = ""
    made: pikepdf.Object = None
    """Itself, as it stands in the file."""
    kids: list[Element | Text | Link] = field(default_factory=list)

    def walk(self, *kinds: str) -> Iterator[Element]:
        """Yield the elements in it, outer ones first; all of them, or those of some kinds."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if not kinds or kid.kind in kinds:
                    yield kid
                yield from kid.walk(*kinds)

    def texts(self) -> Iterator[Text]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.texts()
            elif isinstance(kid, Text):
                yield kid

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.texts())

    @property
    def pages(self) -> list[int]:
        return sorted({one.page for one in self.texts()})

    @property
    def attributes(self) -> dict[str, Any]:
        """What is told of it besides, whoever its owner is: `Scope`, `Headers`."""
        every = (given.items() for given in _several(self.made.get("/A")))
        return {name[1:]: value for given in every for name, value in given}

    @property
    def links(self) -> list[Link]:
        return [kid for kid in self.kids if isinstance(kid, Link)]


class PrintedText(NamedTuple):
    """What stands on a page: text by its mark, what is no part of the text, and what is neither."""

    marked: dict[int, str]
    artifacts: list[str]
    stray: list[str]


class Reading:
    """A PDF, read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pikepdf.open(io.BytesIO(content))
        self._numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        self._letters: dict[tuple[int, int], dict[int, str]] = {}

    @cached_property
    def pages(self) -> list[PrintedText]:
        return [self._read_page(page) for page in self.pdf.pages]

    @cached_property
    def document(self) -> Element:
        """The structure tree from its root; its one child is the document."""
        return self._element(self.pdf.Root.StructTreeRoot, 0)

    @cached_property
    def links(self) -> list[Link]:
        """Every link on the pages, whether the structure tree knows of it or not."""
        return [
            self._link(annotation)
            for page in self.pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if annotation.Subtype == pikepdf.Name.Link
        ]

    @cached_property
    def headings(self) -> list[Element]:
        return [one for one in self.document.walk() if re.fullmatch("H[1-9]", one.kind)]

    @cached_property
    def tables(self) -> list[Element]:
        return list(self.document.walk("Table"))

    def page_boxes(self) -> list[Box]:
        """Return the part of each page that is shown."""
        return [tuple(float(side) for side in page.cropbox) for page in self.pdf.pages]

    def outline(self) -> list[tuple[int, str, int | None]]:
        """Return the bookmarks: how deep each stands from 1, its title, the page it leads to."""
        with self.pdf.open_outline(max_depth=9) as outline:
            return list(self._bookmarks(outline.root, 1))

    def _bookmarks(
        self, items: list[pikepdf.OutlineItem], level: int
    ) -> Iterator[tuple[int, str, int | None]]:
        for item in items:
            goal = item.destination
            if item.action is not None and item.action.get("/S") == pikepdf.Name.GoTo:
                goal = item.action.D
            yield level, item.title, self._goal(goal)
            yield from self._bookmarks(item.children, level + 1)

    def attachments(self) -> dict[str, tuple[bytes, str, str]]:
        """Return the files attached: content, media type, what each is to the document."""
        found = {}
        for one in self.pdf.Root.get("/AF", []):
            stream = one.EF.F
            media_type = str(stream.Subtype).removeprefix("/")
            found[str(one.UF)] = (stream.read_bytes(), media_type, str(one.AFRelationship))
        return found

    def _element(self, made: pikepdf.Object, page: int) -> Element:
        element = Element(
            str(made.get("/S", "")).removeprefix("/"),
            str(made.get("/Alt", "")),
            made,
        )
        page = self._number(made.get("/Pg"), page)
        for kid in _several(made.get("/K")):
            if isinstance(kid, int):
                element.kids.append(self._text(page, kid))
            elif "/S" in kid:
                element.kids.append(self._element(kid, page))
            elif kid.Type == pikepdf.Name.MCR:
                element.kids.append(self._text(self._number(kid.get("/Pg"), page), int(kid.MCID)))
            elif kid.Type == pikepdf.Name.OBJR:
                element.kids.append(self._link(kid.Obj))
        return element

    def _text(self, page: int, mark: int) -> Text:
        return Text(page, mark, self.pages[page - 1].marked[mark])

    def _number(self, page: pikepdf.Object | None, otherwise: int) -> int:
        return otherwise if page is None else self._numbers[page.objgen]

    def _link(self, annotation: pikepdf.Object) -> Link:
        url, goal = "", annotation.get("/Dest")
        if action := annotation.get("/A"):
            url, goal = str(action.get("/URI", "")), action.get("/D")
        page = self._number(annotation.get("/P"), 0) or self._page_of[annotation.objgen]
        return Link(page, str(annotation.get("/Contents", "")), self._goal(goal), url)

    @cached_property
    def _page_of(self) -> dict[tuple[int, int], int]:
        return {
            annotation.objgen: number
            for number, page in enumerate(self.pdf.pages, 1)
            for annotation in page.obj.get("/Annots", [])
        }

    @cached_property
    def _named_goals(self) -> dict[str, pikepdf.Object]:
        names = self.pdf.Root.get("/Names", {}).get("/Dests")
        return dict(pikepdf.NameTree(names).items()) if names is not None else {}

    def _goal(self, goal: Any) -> int | None:
        if isinstance(goal, pikepdf.String | pikepdf.Name):
            goal = self._named_goals.get(str(goal))
        if isinstance(goal, pikepdf.Dictionary):
            goal = goal.get("/D")
        if not isinstance(goal, pikepdf.Array):
            return None
        return self._numbers.get(goal[0].objgen)

    def _read_page(self, page: pikepdf.Page) -> PrintedText:
        marked: dict[int, str] = {}
        artifacts: list[str] = []
        stray: list[str] = []
        open_marks: list[tuple[str, int | None, str | None]] = []
        fonts = {
            name: self._letters_of(font) for name, font in page.resources.get("/Font", {}).items()
        }
        letters: dict[int, str] = {}

        def show(text: str) -> None:
            mark = next((mark for _, mark, _ in open_marks if mark is not None), None)
            if mark is not None:
                marked[mark] = marked.get(mark, "") + text
            elif any(tag == "/Artifact" for tag, _, _ in open_marks):
                artifacts.append(text)
            else:
                stray.append(text)

        for operands, operator in pikepdf.parse_content_stream(page, _SHOWN):
            name = str(operator)
            if name in ("BDC", "BMC"):
                told = operands[1] if name == "BDC" else {}
                mark = told.get("/MCID")
                actual = told.get("/ActualText")
                number = None if mark is None else int(mark)
                if number is not None:
                    marked.setdefault(number, "")
                open_marks.append((str(operands[0]), number, actual and str(actual)))
            elif name == "EMC":
                *_, actual = open_marks[-1]
                if actual is not None:
                    show(actual)
                open_marks.pop()
            elif name == "Tf":
                letters = fonts[str(operands[0])]
            elif all(actual is None for *_, actual in open_marks):
                show(_shown(operands[-1], letters))
        assert not open_marks
        return PrintedText(marked, artifacts, stray)

    def _letters_of(self, font: pikepdf.Object) -> dict[int, str]:
        """Return what each code of a font stands for (ISO 32000-1, 9.10.3)."""
        if font.objgen not in self._letters:
            told = font.ToUnicode.read_bytes().decode("latin-1")
            assert "beginbfrange" not in told
            found: dict[int, str] = {}
            for part in re.findall("beginbfchar(.*?)endbfchar", told, re.DOTALL):
                for code, letters in re.findall(r"<(\w+)>\s*<(\w+)>", part):
                    found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
            self._letters[font.objgen] = found
        return self._letters[font.objgen]


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _shown(operand: pikepdf.Object, letters: dict[int, str]) -> str:
    """Return the text of an operand of Tj or TJ; codes of composite fonts have two bytes."""
    parts = _several(operand)
    codes = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
    pairs = zip(codes[::2], codes[1::2], strict=True)
    return "".join([letters[high << 8 | low] for high, low in pairs])


def boxes_of_letters(content: bytes) -> list[list[tuple[str, Box]]]:
    """Return for each page its letters, and the box of each, as another program finds them."""
    found = []
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [
                (letter, text.get_charbox(index))
                for index, letter in enumerate(text.get_text_range())
            ]
            found.append(boxes)
    return found


def boxes_of_marks(content: bytes) -> dict[tuple[int, int], Box]:
    """Return where the text under each mark of each page stands."""
    found: dict[tuple[int, int], Box] = {}
    with pypdfium2.PdfDocument(content) as pdf:
        for number, page in enumerate(pdf, 1):
            for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                mark = raw.FPDFPageObj_GetMarkedContentID(one.raw)
                if mark >= 0:
                    box = one.get_bounds()
                    found[number, mark] = _around(found.get((number, mark), box), box)
    return found


def _around(one: Box, other: Box) -> Box:
    left, bottom, right, top = zip(one, other, strict=True)
    return min(left), min(bottom), max(right), max(top)
