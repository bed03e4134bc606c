"""The second, fictional briefing of tests/small, whole or as the surroundings of one page."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.briefing import read_briefing
from briefing.pages import Page

SMALL = Path(__file__).parent / "small"
HOOK = Path(__file__).parents[1] / "hooks" / "build.py"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A fresh copy of the small briefing, which builds and has no findings."""
    root = tmp_path / "small"
    shutil.copytree(SMALL, root)
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "../../hooks/build.py" in text
    config.write_text(text.replace("../../hooks/build.py", HOOK.as_posix()), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def _one_page_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("one-page") / "small"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("docs", "site"))
    return root


@pytest.fixture
def read_page(_one_page_root: Path) -> Callable[..., Page]:
    """Read one page of Markdown (text, or bytes as they stand in the file) in the small briefing.

    Its settings and bibliography are those of tests/small; no other page is there. `src` is the
    path below docs/: `about/...` is outside the briefing.
    """

    def read(text: str | bytes, src: str = "page.md") -> Page:
        docs = _one_page_root / "docs"
        shutil.rmtree(docs, ignore_errors=True)
        path = docs / src
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        (page,) = read_briefing(_one_page_root).pages
        return page

    return read
