"""Prints documents, several at a time, and keeps what was printed for as long as it holds."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from briefing.briefing import Briefing
from briefing.exports import Urls
from briefing.findings import Finding
from briefing.pdf.assembly import Assembler, Data, each_text, letters_of, row_heads
from briefing.pdf.documents import Document
from briefing.pdf.finishing import FINISHING, count_pages, finish
from briefing.pdf.front import version_of
from briefing.pdf.letters import FONTS, Letters
from briefing.pdf.typesetting import Layout, Typesetter, TypesettingError
from briefing.settings import CONFIG_FILE

CACHE = Path(".cache", "pdf")
"""Where printed files are kept, in the project's folder."""
_HASH = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    name: str
    content: bytes
    pages: int
    kept_as: str
    """Its file in the cache."""


Result = tuple[dict[str, Printed], list[Finding]]
"""What was printed, by its name, and why the rest could not be."""


@dataclass
class Store:
    """A folder with what was made before, by the hash of all that it rests on."""

    folder: Path
    used: set[str] = field(default_factory=set)

    def recall(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a name, or else make and keep it."""
        self.used.add(name)
        path = self.folder / name
        content = self.kept(name)
        if content is not None:
            path.touch()
            return content
        content = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{name}.{os.getpid()}-{threading.get_ident()}.new")
        fresh.write_bytes(hashlib.sha256(content).digest() + content)
        fresh.replace(path)
        return content

    def kept(self, name: str) -> bytes | None:
        """Return what is kept under a name, None if it is not there or was broken since.

        Each file begins with the hash (SHA-256) of what it keeps.
        """
        try:
            file = (self.folder / name).read_bytes()
        except OSError:
            return None
        content = file[_HASH:]
        return content if hashlib.sha256(content).digest() == file[:_HASH] else None

    def layout(self, name: str, make: Callable[[], Layout]) -> Layout:
        """Return a part's layout that is kept under a name, or else make and keep it."""

        def made() -> bytes:
            layout = make()
            return json.dumps([layout.pages, layout.places]).encode()

        pages, places = json.loads(self.recall(f"{name}.json", made))
        return Layout(pages, {label: (page, top) for label, (page, top) in places.items()})

    def drop_unused(self) -> None:
        """Delete the files that this run had no use for, and layouts that none had for a month."""
        long_ago = time.time() - 30 * 24 * 3600
        for path in self.folder.glob("*.*"):
            is_layout = path.suffix == ".json"
            if path.name not in self.used and not (is_layout and path.stat().st_mtime > long_ago):
                path.unlink(missing_ok=True)


class Press:
    """Prints the documents of one briefing."""

    def __init__(self, briefing: Briefing, urls: Urls, store: Store) -> None:
        self.briefing = briefing
        self.store = store
        self._letters = Letters(briefing.root / FONTS)
        self._assembler = Assembler(briefing, urls, version_of(briefing))
        fonts = briefing.root / FONTS
        docs = briefing.root / briefing.settings.docs_dir
        self._typesetter = Typesetter(docs, fonts, store.layout)

    def print(self, documents: Iterable[Document]) -> Result:
        """Print documents, as many at a time as there are processors."""
        with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="press") as pool:
            # The first is set while the next ones are still put together.
            running = {
                document.name: pool.submit(self._print, document, self._data(document))
                for document in documents
            }
        results = {name: future.result() for name, future in running.items()}
        printed = {name: one for name, one in results.items() if isinstance(one, Printed)}
        return printed, sorted({one for one in results.values() if isinstance(one, Finding)})

    def _data(self, document: Document) -> Data:
        """Return a document put together, with `[U+4E2D]` for each letter that no font has."""
        data = self._assembler.assemble(document)
        missing = self._letters.missing("".join(letters_of(data)))
        table = {ord(letter): f"[U+{ord(letter):04X}]" for letter in missing}
        return each_text(data, lambda text: text.translate(table)) if table else data

    def _print(self, document: Document, data: Data) -> Printed | Finding:
        name = f"{self._name(document, data)}.pdf"
        try:
            content = self.store.recall(name, lambda: self._make(document, data))
        except TypesettingError as error:
            return self._finding(document, error)
        return Printed(document.name, content, count_pages(content), name)

    def _make(self, document: Document, data: Data) -> bytes:
        return finish(self._typesetter.set(data, document.attached), row_heads(data))

    def _name(self, document: Document, data: Data) -> str:
        """Return a name for a printed file that changes with anything that it rests on."""
        pictures = [path.read_bytes() for path in self._typesetter.pictures(data)]
        attached = [one.content for one in document.attached]
        told = f"{self._typesetter.setting} {FINISHING} {json.dumps(data)}"
        rests_on = hashlib.sha256(told.encode())
        for content in (*pictures, *attached):
            rests_on.update(hashlib.sha256(content).digest())
        return rests_on.hexdigest()

    def _finding(self, document: Document, error: TypesettingError) -> Finding:
        """Name the page at fault, in words that are the same for every document it is in."""
        path = document.chapters[error.chapter].path if error.chapter is not None else ""
        what = "the page" if path else document.name
        message = f"{what} cannot be printed: {error}"
        return Finding(path or CONFIG_FILE, 1, 1, "unprinted", message, "mend what is named")
