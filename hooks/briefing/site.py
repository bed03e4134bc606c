"""The website as mkdocs.yml describes it: its name, its makers, its addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Site:
    """What of MkDocs' own settings the exports and the PDF need."""

    name: str = ""
    author: str = ""
    description: str = ""
    copyright: str = ""
    """Its licence in a line, as HTML."""
    url: str = ""
    """Where it is published, without a slash at the end; empty where that is not known."""
    language: str = "en"
    """The code of its language (ISO 639-1)."""
    directory_urls: bool = True

    def address(self, src: str) -> str:
        """Return the address of a file below docs/: absolute where the site's own is known.

        The addresses of pages follow MkDocs 1.6 (`use_directory_urls`).
        """
        path = PurePosixPath(src)
        if path.suffix != ".md":
            shown = quote(src)
        elif not self.directory_urls:
            name = "index" if path.stem == "README" else path.stem
            shown = quote(path.with_name(f"{name}.html").as_posix())
        else:
            folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
            shown = "" if folder == PurePosixPath() else f"{quote(folder.as_posix())}/"
        return f"{self.url}/{shown}" if self.url else shown


def read_site(config: Mapping[str, Any]) -> Site:
    """Read what mkdocs.yml says of the site; MkDocs itself refuses what is wrong there."""

    def text(name: str) -> str:
        return " ".join(str(config.get(name) or "").split())

    theme = config.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    return Site(
        name=text("site_name"),
        author=text("site_author"),
        description=text("site_description"),
        copyright=text("copyright"),
        url=text("site_url").rstrip("/"),
        language=str(language or "en").partition("-")[0],
        directory_urls=config.get("use_directory_urls", True) is not False,
    )
