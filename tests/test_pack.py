"""A pack: one PDF of what someone picks, with a cover and a page for notes after each point."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import copy_small, edit, write
from pypdf import PdfReader

from briefing.__main__ import main

WITHOUT_CHOICE = (
    "name what to print, such as: make pack POINTS=",
    "points: 1 to 5; parties: port, union, press\n",
)


@dataclass
class Made:
    root: Path
    status: int
    out: str
    err: str

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in (self.root / "packs").glob("*"))


def pack(root: Path, capsys: pytest.CaptureFixture[str], *given: str) -> Made:
    status = main(["pack", "--root", str(root), *given])
    printed = capsys.readouterr()
    return Made(root, status, printed.out, printed.err)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a pack was made."""
    root = copy_small(tmp_path_factory.mktemp("pack") / "small")
    given = ["--points", "4,1,1-2", "--parties", "Union, port"]
    assert main(["pack", "--root", str(root), *given]) == 0
    return root


@pytest.fixture(scope="session")
def printed(made: Path) -> PdfReader:
    return PdfReader(io.BytesIO((made / "packs/pack-4-1-2-union-port.pdf").read_bytes()))


TITLES = [
    "Point 4: Article 4",
    "Point 1: Article 1",
    "Point 2: Article 2",
    "Dockers’ union",
    "Port authority",
    "References",
]


def lines_of(printed: PdfReader, number: int) -> list[str]:
    return [line.strip() for line in printed.pages[number - 1].extract_text().splitlines()]


@pytest.fixture(scope="session")
def begins(printed: PdfReader) -> dict[str, int]:
    """The page on which each chapter begins, by its title."""
    marks = [one for one in printed.outline if not isinstance(one, list)]
    return {one.title: printed.get_destination_page_number(one) + 1 for one in marks}


def test_pack_is_a_file_named_for_what_is_in_it(made: Path) -> None:
    assert [path.name for path in (made / "packs").iterdir()] == ["pack-4-1-2-union-port.pdf"]


def test_cover_tells_what_was_picked(printed: PdfReader) -> None:
    cover = printed.pages[0].extract_text().splitlines()
    assert cover[:2] == [
        "The harbour accord",
        "A selection: point 4, point 1, point 2, Dockers' union, Port authority",
    ]
    assert re.fullmatch(
        r"Version [0-9a-f]{8} of 31 December 1999\. The sources were searched to that day\.",
        cover[2],
    )
    assert "How to cite" in cover


def test_chapters_stand_in_the_order_given(begins: dict[str, int]) -> None:
    chapters = [title for title in begins if title != "How to read it"]
    assert chapters == TITLES
    pages = list(begins.values())
    assert pages == sorted(set(pages))


def test_each_point_is_followed_by_a_page_for_notes(
    printed: PdfReader, begins: dict[str, int]
) -> None:
    last = [begins[title] - 1 for title in TITLES[1:4]]  # before the next chapter
    notes = {
        number: lines
        for number in range(1, len(printed.pages) + 1)
        if "Notes" in (lines := lines_of(printed, number))
    }
    assert list(notes) == last
    for title, (number, lines) in zip(TITLES, notes.items(), strict=False):
        assert number > begins[title]
        head, *body, foot = lines
        assert (head, body) == (f"The harbour accord {title}", ["Notes"])
        dated = rf"Version [0-9a-f]{{8}} of 31 December 1999 {number} / {len(printed.pages)}"
        assert re.fullmatch(dated, foot)


def test_contents_give_the_pages(printed: PdfReader, begins: dict[str, int]) -> None:
    pages = [lines_of(printed, number) for number in range(1, begins[TITLES[0]])]
    (lines,) = [lines[lines.index("Contents") :] for lines in pages if "Contents" in lines]
    entries = [re.sub(r"[ .]{4,}", " ", line) for line in lines[1 : len(TITLES) + 1]]
    assert entries == [f"{title} {begins[title]}" for title in TITLES]


def test_pack_of_points_alone(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = pack(small, capsys, "--points", "2-3")
    assert (done.status, done.err, done.files) == (0, "", ["pack-2-3.pdf"])
    content = (small / "packs/pack-2-3.pdf").read_bytes()
    count = len(PdfReader(io.BytesIO(content)).pages)
    told = f"{count} pages, {round(len(content) / 1000)} kB"
    assert done.out == f"{small / 'packs/pack-2-3.pdf'} ({told})\n"


def test_pack_of_a_party_alone_has_no_page_for_notes(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = pack(small, capsys, "--parties", "press")
    assert (done.status, done.err, done.files) == (0, "", ["pack-press.pdf"])
    printed = PdfReader(small / "packs/pack-press.pdf")
    shown = [page.extract_text().splitlines() for page in printed.pages]
    assert [lines for lines in shown if "Notes" in lines] == []
    assert [lines for lines in shown if "Contents" in lines] != []


def test_pack_is_made_again_with_the_same_bytes(
    made: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = pack(small, capsys, "--points", "4 1 2", "--parties", "union;port")
    assert done.status == 0
    name = "packs/pack-4-1-2-union-port.pdf"
    assert (small / name).read_bytes() == (made / name).read_bytes()


def test_pack_is_made_where_the_site_has_no_pdf(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(small, "mkdocs.yml", "  briefing:\n", "  briefing:\n    pdf: false\n")
    done = pack(small, capsys, "--parties", "press")
    assert (done.status, done.err, done.files) == (0, "", ["pack-press.pdf"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            ("--points", "1,6"),
            "POINTS: there is no point '6'; points are numbered 1 to 5",
        ),
        (
            ("--points", "two", "--parties", "nobody"),
            "POINTS: there is no point 'two'; points are numbered 1 to 5",
        ),
        (
            ("--points", "1", "--parties", "unoin"),
            (
                "PARTIES: unknown party 'unoin'; did you mean 'union'? "
                "use one of: port, union, press"
            ),
        ),
        (
            ("--parties", "city"),
            "PARTIES: unknown party 'city'; use one of: port, union, press",
        ),
    ],
)
def test_wrong_choice_is_told_in_a_line(
    small: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], message: str
) -> None:
    done = pack(small, capsys, *given)
    assert (done.status, done.out, done.err) == (2, "", f"{message}\n")
    assert not (small / "packs").exists()


@pytest.mark.parametrize("given", [(), ("--points", " ", "--parties", ",")])
def test_no_choice_is_told_what_there_is(
    small: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    done = pack(small, capsys, *given)
    example, allowed = WITHOUT_CHOICE
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(example)
    assert done.err.endswith(f"\n{allowed}")
    assert not (small / "packs").exists()


def test_findings_stop_it(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(small, "docs/case.md", "# Case\n\nA claim [@nobody].\n")
    done = pack(small, capsys, "--points", "1")
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines() == [
        (
            "docs/case.md:3:10: unknown-key: no entry 'nobody' in harbour.bib; "
            "add an entry, or mend the key"
        ),
        "1 finding in 1 file",
    ]
    assert not (small / "packs").exists()


def test_warnings_do_not(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(small, "docs/points/1.md", "## Who says what", "## Who says \U00010300 what")
    done = pack(small, capsys, "--points", "1")
    assert (done.status, done.files) == (0, ["pack-1.pdf"])
    assert done.err == (
        "docs/points/1.md:18:13: warning: unprintable-letter: no font prints '\U00010300'; "
        "the PDF has [U+10300] for it; write it otherwise, or put a font that has it into fonts/\n"
    )
    pages = PdfReader(small / "packs/pack-1.pdf").pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    assert lines.count("Who says [U+10300] what") == 1


def test_pack_that_cannot_be_set_names_the_page(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(small, "docs/points/chart.png", "no picture")
    edit(small, "docs/points/2.md", "## Who says what", "![A chart](chart.png)\n\n## Who says what")
    done = pack(small, capsys, "--points", "1,2", "--parties", "port")
    assert (done.status, done.out) == (1, "")
    assert done.err == (
        "docs/points/2.md:1:1: unprinted: the page cannot be printed: failed to decode image "
        "(Format error decoding Png: Invalid PNG signature.); mend what is named\n"
    )
    assert not (small / "packs").exists()
