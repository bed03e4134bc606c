"""What is printed for a site, and for a seminar that picks its own selection."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import Future
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from briefing.briefing import Briefing
from briefing.exports import Urls
from briefing.findings import Finding
from briefing.pdf.chapters import ChapterMaker
from briefing.pdf.documents import handouts, pack, whole
from briefing.pdf.letters import FONTS
from briefing.pdf.press import CACHE, Press, Printed, Printing, Store
from briefing.settings import CONFIG_FILE

_ENGINE = Path(__file__).parents[1]
_LIBRARIES = ("typst", "pikepdf", "markdown", "citeproc-py", "lxml")


def start_printing(briefing: Briefing, urls: Urls) -> Printing:
    """Begin to print the whole briefing and all handouts, in threads of their own.

    Where nothing that they rest on has changed, they are taken from the cache.
    """
    store = Store(briefing.root / CACHE)
    index = f"{_fingerprint(briefing, urls)}.index"
    if kept := _kept(store, index):
        return Printing({one.name: _done(one) for one in kept})
    maker = ChapterMaker(briefing)
    press = Press(briefing, urls, store)

    def keep(printed: dict[str, Printed]) -> None:
        names = {one.name: [one.kept_as, one.pages] for one in printed.values()}
        store.recall(index, json.dumps(names).encode)
        store.drop_unused()

    # One by one: the first is set while the next ones are still put together.
    return press.start(chain([whole(maker, urls)], handouts(maker)), keep)


def print_pack(briefing: Briefing, points: list[int], parties: list[str]) -> Printed | Finding:
    """Print a selection; the finding says why it cannot be printed."""
    urls = briefing.settings.site.address
    press = Press(briefing, urls, Store(briefing.root / CACHE))
    document = pack(ChapterMaker(briefing), points, parties)
    printed, findings = press.start([document]).finish()
    return findings[0] if findings else printed[document.name]


def _kept(store: Store, index: str) -> list[Printed]:
    """Return what an earlier run printed from the same input; empty if any of it is gone."""
    found: list[Printed] = []
    for name, (kept_as, pages) in json.loads(store.kept(index) or b"{}").items():
        content = store.kept(kept_as)
        if content is None:
            return []
        found.append(Printed(name, content, pages, kept_as))
    return found


def _done(printed: Printed) -> Future[Printed | Finding]:
    future: Future[Printed | Finding] = Future()
    future.set_result(printed)
    return future


def _fingerprint(briefing: Briefing, urls: Urls) -> str:
    """Return a hash of all that the printed files rest on."""
    settings = briefing.settings
    root = briefing.root
    given = [root / CONFIG_FILE, root / settings.bibliography, root / settings.citation_style]
    folders = [
        (root / settings.docs_dir, "*"),
        (root / FONTS, "*"),
        (_ENGINE, "*.py"),
        (_ENGINE, "*.typ"),
    ]
    for folder, pattern in folders:
        given += sorted(path for path in folder.rglob(pattern) if path.is_file())
    told = hashlib.sha256(json.dumps([urls("index.md"), *map(version, _LIBRARIES)]).encode())
    for path in given:
        told.update(hashlib.sha256(path.as_posix().encode() + path.read_bytes()).digest())
    return told.hexdigest()
