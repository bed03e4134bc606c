"""What Typst leaves to do on a finished PDF: head cells of rows, and a smaller file.

ISO 32000-1, 14.8.5.7: a header cell says by its Scope whether it heads a row or a column. Typst
0.15 marks column heads only; its call for row heads is not open to users of the library yet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import pikepdf

FINISHING = f"{version('pikepdf')} {Path(__file__).read_text('utf-8')}"
"""What a finished file rests on besides the one that Typst made."""
_GROUPS = {
    "/Document", "/Part", "/Sect", "/Div", "/NonStruct", "/Figure", "/Aside", "/Table",
    "/BlockQuote", "/L", "/LI", "/LBody",
}  # fmt: skip
"""The structure elements in which tables can be; those of text are not looked into."""


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def finish(pdf: bytes, heads: Sequence[Sequence[bool]]) -> bytes:
    """Return the finished file.

    `heads` says for each table, in the order of the document, which rows begin with a head cell.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        tables = _tables(file.Root.StructTreeRoot)
        for table, rows in zip(tables, heads, strict=True):
            _mark_heads(table, rows)
        out = io.BytesIO()
        # The file keeps the identifier that Typst made of its content; only that of the revision
        # is fixed, as a made-up one would change with every build.
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)
        return out.getvalue()


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _tables(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(element):
        kind = str(kid.S)
        if kind == "/Table":
            yield kid
        elif kind in _GROUPS:
            yield from _tables(kid)


def _mark_heads(table: pikepdf.Object, rows: Sequence[bool]) -> None:
    bodies = [kid for kid in _kids(table) if str(kid.S) == "/TBody"]
    found = [row for body in bodies for row in _kids(body) if str(row.S) == "/TR"]
    for row, has_head in zip(found, rows, strict=True):
        cells = _kids(row)
        if has_head and cells:
            cells[0].S = pikepdf.Name.TH
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            given = cells[0].get("/A")
            own = list(given) if isinstance(given, pikepdf.Array) else [given] if given else []
            cells[0].A = pikepdf.Array([*own, scope])
            for cell in cells:
                _drop_headers(cell)


def _drop_headers(cell: pikepdf.Object) -> None:
    """Let a cell be told by the scopes of heads: those that Typst names are of columns only."""
    given = cell.get("/A")
    for one in list(given) if isinstance(given, pikepdf.Array) else [given] if given else []:
        if "/Headers" in one:
            del one["/Headers"]
