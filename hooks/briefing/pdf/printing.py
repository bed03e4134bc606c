"""What is printed for a site, and for a seminar that picks its own selection."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib.metadata import version
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from briefing.briefing import Briefing
from briefing.csl import ReferenceFormatter
from briefing.exports import Urls
from briefing.findings import Finding
from briefing.pdf.chapters import ChapterMaker
from briefing.pdf.documents import handouts, pack, whole
from briefing.pdf.letters import FONTS
from briefing.pdf.press import CACHE, Press, Printed, Result, Store
from briefing.settings import CONFIG_FILE

_ENGINE = Path(__file__).parents[1]
_LIBRARIES = ("typst", "pikepdf", "markdown", "citeproc-py", "lxml")


class Printing:
    """The PDFs of a site, printed by a process of its own while the caller goes on.

    MkDocs leaves a second processor idle, and Python's lock would let no thread of its process have
    it. Where nothing that they rest on has changed, the PDFs are taken from the cache.
    """

    def __init__(self, briefing: Briefing, urls: Urls) -> None:
        """Start the process; `urls` must be able to go there (be picklable)."""
        index = _index(briefing, urls)
        self._kept = _kept(Store(briefing.root / CACHE), index)
        if not self._kept:
            self._pipe, self._process = _start_process()
            given = ForkingPickler.dumps((briefing, urls, index))
            # It reads them when it has started, which takes a second.
            self._sending = threading.Thread(target=self._send, args=(given,), daemon=True)
            self._sending.start()

    def go_on(self, references: ReferenceFormatter) -> None:
        """Give it the references, which the caller needs as well and has set meanwhile."""
        if not self._kept:
            self._sending.join()
            self._send(ForkingPickler.dumps(references))

    def _send(self, pickled: memoryview) -> None:
        with suppress(OSError):  # `finish` tells of a process that has ended
            self._pipe.send_bytes(pickled)

    def finish(self) -> Result:
        """Wait for the end; return what was printed, by name, and why the rest could not be."""
        if self._kept:
            return self._kept, []
        try:
            result: Result = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            message = f"the process that prints ended early, with code {self._process.exitcode}"
            hint = "build again; report what stands above if that does not help"
            return {}, [Finding(CONFIG_FILE, 1, 1, "unprinted", message, hint)]
        self._process.join()
        return result


def _start_process() -> tuple[Connection, SpawnProcess]:
    """Start a process that waits for a briefing to print; it ends with this one."""
    processes = multiprocessing.get_context("spawn")  # the one way there is on every system
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_print_for, args=(theirs,), name="press", daemon=True)
    path = [*sys.path]
    sys.path.insert(0, str(_ENGINE.parent))  # MkDocs has it there only while it loads the hooks
    try:
        process.start()
    finally:
        sys.path[:] = path
    theirs.close()
    return ours, process


def _print_for(pipe: Connection) -> None:
    """Print a site for the process at the other end of a pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one says so
    if sys.platform != "win32":
        os.nice(10)  # Typst takes every processor, and the build waits for MkDocs first
    gc.disable()  # it does not live long enough to have much garbage
    briefing, urls, index = pipe.recv()
    store = Store(briefing.root / CACHE)
    maker = ChapterMaker(briefing)
    documents = [whole(maker, urls), *handouts(maker)]
    briefing.references = pipe.recv()
    printed, findings = Press(briefing, urls, store).print(documents)
    if not findings and _index(briefing, urls) == index:  # no file was changed meanwhile
        names = {one.name: [one.kept_as, one.pages] for one in printed.values()}
        store.recall(index, json.dumps(names).encode)
        store.drop_unused()
    pipe.send((printed, findings))


def print_pack(briefing: Briefing, points: list[int], parties: list[str]) -> Printed | Finding:
    """Print a selection; the finding says why it cannot be printed."""
    urls = briefing.settings.site.address
    press = Press(briefing, urls, Store(briefing.root / CACHE))
    document = pack(ChapterMaker(briefing), points, parties)
    printed, findings = press.print([document])
    return findings[0] if findings else printed[document.name]


def _kept(store: Store, index: str) -> dict[str, Printed]:
    """Return what an earlier run printed from the same input; empty if any of it is gone."""
    found: dict[str, Printed] = {}
    for name, (kept_as, pages) in json.loads(store.kept(index) or b"{}").items():
        content = store.kept(kept_as)
        if content is None:
            return {}
        found[name] = Printed(name, content, pages, kept_as)
    return found


def _index(briefing: Briefing, urls: Urls) -> str:
    """Return the name under which a site is kept: a hash of all that its PDFs rest on."""
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
    return f"{told.hexdigest()}.index"
