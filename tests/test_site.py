"""The site as mkdocs.yml describes it; the addresses of its files are those that MkDocs gives."""

from pathlib import Path
from typing import Any

import pytest
from building import copy_small, edit, write
from mkdocs.config import load_config
from mkdocs.structure.files import File, get_files

from briefing.briefing import read_briefing
from briefing.site import Site, read_site

FURTHER = [
    "parties/README.md",
    "about/a page.md",
    "about/100%.md",
    "about/v1.2.md",
    "about/Порт.md",
    "about/it's.md",
    "about/a+b&c.md",
    "points/index.txt",
    "about/a picture #1.svg",
    "about/README.pdf",
]
ADDRESSES = {
    "index.md": ("", "index.html"),
    "README.md": ("", "index.html"),
    "timeline.md": ("timeline/", "timeline.html"),
    "points/1.md": ("points/1/", "points/1.html"),
    "points/index.md": ("points/", "points/index.html"),
    "points/README.md": ("points/", "points/index.html"),
    "about/v1.2.md": ("about/v1.2/", "about/v1.2.html"),
    "about/a page.md": ("about/a%20page/", "about/a%20page.html"),
    "claims.csv": ("claims.csv", "claims.csv"),
    "assets/index.svg": ("assets/index.svg", "assets/index.svg"),
    "assets/a b.svg": ("assets/a%20b.svg", "assets/a%20b.svg"),
}


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small briefing with files that have awkward names."""
    root = copy_small(tmp_path_factory.mktemp("site") / "small")
    for name in FURTHER:
        write(root, f"docs/{name}", "# Page\n")
    return root


@pytest.mark.parametrize("given", [{}, {"site_url": "https://example.org/harbour/"}])
@pytest.mark.parametrize("directory_urls", [True, False])
def test_addresses_are_those_of_mkdocs(
    root: Path, directory_urls: bool, given: dict[str, str]
) -> None:
    config = load_config(str(root / "mkdocs.yml"), use_directory_urls=directory_urls, **given)
    site = read_site({"use_directory_urls": directory_urls, **given})
    names = ("claims.csv", "handouts/point-1.pdf", "sources/x.md")
    made = [File(name, None, config.site_dir, directory_urls) for name in names]
    files = [*get_files(config), *made]
    base = given.get("site_url", "")
    addresses = {file.src_uri: base + file.url.removeprefix("./") for file in files}
    assert {src: site.address(src) for src in addresses} == addresses
    assert set(FURTHER) < addresses.keys()
    assert "points/5.md" in addresses


@pytest.mark.parametrize(("src", "expected"), ADDRESSES.items(), ids=str)
def test_address_with_and_without_folders(src: str, expected: tuple[str, str]) -> None:
    shown = (Site().address(src), Site(directory_urls=False).address(src))
    assert shown == expected


def test_address_is_absolute_where_that_of_the_site_is_known() -> None:
    site = Site(url="https://example.org/harbour")
    assert site.address("index.md") == "https://example.org/harbour/"
    assert site.address("points/1.md") == "https://example.org/harbour/points/1/"
    assert site.address("claims.csv") == "https://example.org/harbour/claims.csv"


def test_site_is_read_from_the_settings_of_mkdocs() -> None:
    config = {
        "site_name": "The harbour\n  accord",
        "site_author": "Ada Holm ",
        "site_description": "What the accord says.\n",
        "copyright": 'Text: <a href="https://example.org/by">CC BY</a>.\n',
        "site_url": "https://example.org/harbour/",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "pt-BR"},
    }
    assert read_site(config) == Site(
        name="The harbour accord",
        author="Ada Holm",
        description="What the accord says.",
        copyright='Text: <a href="https://example.org/by">CC BY</a>.',
        url="https://example.org/harbour",
        language="pt",
        directory_urls=False,
    )


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"site_name": None, "site_url": "", "copyright": None, "theme": "material"},
        {"theme": {"name": "material"}, "use_directory_urls": True},
        {"theme": {"language": None}, "use_directory_urls": None},
    ],
    ids=["nothing", "empty", "theme", "theme-without-language"],
)
def test_what_is_not_said_has_a_default(config: dict[str, Any]) -> None:
    assert read_site(config) == Site()
    assert Site().language == "en"
    assert Site().directory_urls is True


def test_site_of_a_briefing_is_that_of_its_file(small: Path) -> None:
    edit(small, "mkdocs.yml", "{name: material, font: false}", "{name: material, language: nb}")
    edit(small, "mkdocs.yml", "site_name: The harbour accord", "site_name: 1931")
    expected = Site(name="1931", language="nb", directory_urls=False)
    assert read_briefing(small).settings.site == expected
