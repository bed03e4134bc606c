"""Text of a claim, a title or a `.bib` field never becomes markup or code in the typesetter."""

import ctypes
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from building import add, copy_small, edit, write
from pypdfium2 import raw

from briefing.bibtex import decode
from briefing.briefing import Briefing, read_briefing
from briefing.pdf.chapters import ChapterMaker
from briefing.pdf.documents import handouts, whole
from briefing.pdf.press import Press, Store

SECRET = "What no document may tell"
CODE = (
    '#read("/etc/passwd")', '#read("secret.txt")', '#read("document.json")', '#eval("1+1")',
    "#let x = 1", '#import "x"', '#include "template.typ"', "#show: none", "#context here()",
    '#panic("no")', "#sys.version", "#{1+1}", "#[x]", "#x", "#", "\\#x",
)  # fmt: skip
MARKUP = (
    "$x^2$", "$ sum_1^2 $", "$", "@key", "@key[x]", "<label>", "\\u{41}", "\\", "\\ ", "[", "]",
    "{", "}", "[[x]]", "*b*", "_i_", "`", "``c``", "```typ #1```", "= Heading", "== Heading",
    "- item", "+ item", "1. item", "/ term: x", "//comment", "/* comment", "*/", "/* */", "~",
    "--", "---", "-?", "...", "'", '"', "'q'", '"q"', "https://x", 'https://x.org/#read("a")',
)  # fmt: skip
OTHERS = (
    "{{reference x}}", "{% include 'x' %}", "<b>", "</p>", "<!-- x -->", "<script>x</script>",
    "&amp;", "&lt;b&gt;", "\\n", "%PDF-1.7", "(x) Tj", ") Tj ET (", "endstream endobj", ">>", "<<",
    "x" * 300, "y_" * 120,
)  # fmt: skip
HOSTILE = [text.strip() for text in (*CODE, *MARKUP, *OTHERS)]
NAMES = {
    "site": 'The #read("secret.txt") accord [*b*] $x$ \\ <label> @key',
    "author": "#eval(1) _Ann_ & `Bo` </p>",
    "about": '= About "all" // of #it {{x}} ~',
    "plan": "the #plan $x$ [*b*]",
    "party": '#panic("port") *authority*',
    "stance": "_In_ #favour @key",
    "theme": "Work #[x] <label>",
    "text": "Accord #read(1) $y$",
    "kind": "Paper #x [*k*]",
    "section": "- Points /* #x */",
}


def escaped(text: str) -> str:
    """Escape what Markdown itself would read."""
    text = re.sub(r"([\\`*_{}\[\]()#+\-.!])", r"\\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_quotes(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def latex(text: str) -> str:
    """Escape what LaTeX itself would read."""
    names = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return re.sub(r"[\\{}#$%&_~^]", lambda m: names.get(m[0], "\\" + m[0]), text)


BIBLIOGRAPHIC = [
    text
    for text in HOSTILE
    if decode(latex(text)) == text and text.count("{") == text.count("}") and text != "..."
]
"""Those that a record keeps as they are.

BibTeX rounds quotation marks and wants braces in pairs; the citation style drops a second stop.
"""
TITLES = {
    number: f"Point {number}: begins {' | '.join(HOSTILE[number:60:5])} ends"
    for number in range(1, 6)
}


def make_hostile(root: Path) -> None:
    """Put the strings wherever a briefing can have text, and a secret beside it."""
    write(root, "secret.txt", SECRET)
    write(root, "docs/secret.txt", SECRET)
    edit(root, "mkdocs.yml", "  - smarty\n", "")  # which rounds quotation marks
    for old, name in (
        ("site_name: The harbour accord", "site"),
        ("plan: the harbour accord", "plan"),
        ("name: Port authority", "party"),
        ("for: In favour", "stance"),
        ("work: Work", "theme"),
        ("name: Harbour accord", "text"),
        ("name: Newspaper", "kind"),
    ):
        edit(root, "mkdocs.yml", old, f"{old.partition(':')[0]}: {json.dumps(NAMES[name])}")
    points = {NAMES["section"]: [f"points/{number}.md" for number in range(1, 6)]}
    nav = ["index.md", *(f"parties/{name}.md" for name in ("port", "union", "press")), points]
    more = {"site_author": NAMES["author"], "site_description": NAMES["about"], "nav": nav}
    add(root, "mkdocs.yml", "".join(f"{name}: {json.dumps(more[name])}\n" for name in more))
    for number, title in TITLES.items():
        edit(root, f"docs/points/{number}.md", f"Point {number}: Article {number}", escaped(title))
    records = [
        f"@book{{h{number}, author = {{{{A{number} {latex(text)} a}}}},"
        f" title = {{T{number} {latex(text)} t}}, publisher = {{P{number} {latex(text)} p}},"
        f" annotation = {{N{number} {latex(text)} n}}, date = {{1931}}, kind = {{paper}},"
        f" consulted = {{full}},\n}}\n"
        for number, text in enumerate(BIBLIOGRAPHIC)
    ]
    add(root, "harbour.bib", "".join(records))
    add(root, "docs/points/1.md", "\n".join(["", "## More", "", *_hostile_lines()]))


def _hostile_lines() -> Iterator[str]:
    for number, text in enumerate(HOSTILE):
        yield f"Claim {number} {escaped(text)} said [@gazette1931]."
        yield f'{{: by="Speaker {number} {in_quotes(text)} spoke" }}\n'
    yield "| Head | Cell |\n| --- | --- |"
    for number, text in enumerate(HOSTILE):
        yield f"| Row {number} {escaped(text)} r | Cell {number} {escaped(text)} c [@gazette1931] |"
    yield "\n~~~~~"
    yield from (f"Code {number} {text} e" for number, text in enumerate(HOSTILE))
    yield "~~~~~\n"
    yield from (f"- Source {number} [@h{number}]" for number in range(len(BIBLIOGRAPHIC)))
    for number, text in enumerate(HOSTILE):
        yield f"\n## Heading {number} {escaped(text)} h"


@dataclass(frozen=True)
class Printed:
    """What is printed on a briefing full of hostile strings."""

    briefing: Briefing
    files: dict[str, bytes]


WHOLE, POINT, THEME = "briefing.pdf", "handouts/point-1.pdf", "handouts/theme-work.pdf"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    root = copy_small(tmp_path_factory.mktemp("hostile") / "small")
    make_hostile(root)
    return print_of(root, WHOLE, POINT, THEME)


def print_of(root: Path, *names: str) -> Printed:
    briefing = read_briefing(root)
    maker, urls = ChapterMaker(briefing), briefing.settings.site.address
    documents = [one for one in (whole(maker, urls), *handouts(maker)) if one.name in names]
    printed, findings = Press(briefing, urls, Store(root / "cache")).print(documents)
    assert findings == []
    return Printed(briefing, {name: printed[name].content for name in names})


@lru_cache(maxsize=4)
def text_of(pdf: bytes) -> str:
    """Return the text of a file in reading order, without its white space.

    Running heads, page numbers and the like, which the file marks as artifacts, are left out.
    """
    parts: list[str] = []
    file = pypdfium2.PdfDocument(pdf)
    for page in file:
        found = page.get_objects([raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
        parts.extend(one.extract() for one in found if "Artifact" not in _marks(one))
    return squeezed("".join(parts))


def _marks(one: pypdfium2.PdfObject) -> set[str]:
    names: set[str] = set()
    for index in range(raw.FPDFPageObj_CountMarks(one)):
        mark = raw.FPDFPageObj_GetMark(one, index)
        letters, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, letters, 64, ctypes.byref(length))
        names.add(bytes(letters)[: length.value - 2].decode("utf-16-le"))
    return names


def squeezed(text: str) -> str:
    return "".join(text.split())


def lacking(pdf: bytes, expected: Iterable[str]) -> list[str]:
    """Return which of the texts a file does not have letter for letter."""
    text = text_of(pdf)
    return [one for one in expected if squeezed(one) not in text]


def each(form: str, texts: list[str]) -> list[str]:
    """Return a sentence about each text: `#` is its number, `$` the text."""
    return [form.replace("#", str(number)).replace("$", text) for number, text in enumerate(texts)]


# What goes in


def test_the_strings_are_what_the_briefing_says(hostile: Printed) -> None:
    """They reach the PDF as they are only if Markdown and LaTeX were escaped rightly here."""
    claims = hostile.briefing.claims
    said = {one.statement for one in claims}
    assert [one for one in each("Claim # $ said.", HOSTILE) if one not in said] == []
    spoke = {one.by for one in claims}
    assert [one for one in each("Speaker # $ spoke", HOSTILE) if one not in spoke] == []
    entries = hostile.briefing.bibliography.entries
    assert [entries[f"h{n}"].title for n in range(len(BIBLIOGRAPHIC))] == each(
        "T# $ t", BIBLIOGRAPHIC
    )
    assert set(CODE) <= set(BIBLIOGRAPHIC)
    assert len(BIBLIOGRAPHIC) > 50


# What comes out


@pytest.mark.parametrize("name", [WHOLE, POINT])
@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("Claim # $ said (Harbour", HOSTILE),
        ("Speaker # $ spoke", HOSTILE),
        ("Row # $ r", HOSTILE),
        ("Cell # $ c (Harbour", HOSTILE),
        ("Code # $ e", HOSTILE),
        ("Heading # $ h", HOSTILE),
        ("Source # (A# $ a, 1931", BIBLIOGRAPHIC),
        ("A# $ a (1931) T# $ t. P# $ p", BIBLIOGRAPHIC),
        ("read in full; N# $ n.", BIBLIOGRAPHIC),
    ],
)
def test_every_string_is_printed_letter_for_letter(
    hostile: Printed, name: str, form: str, texts: list[str]
) -> None:
    assert lacking(hostile.files[name], each(form, texts)) == []


def test_titles_and_names_are_printed_letter_for_letter(hostile: Printed) -> None:
    section, about = NAMES["section"], NAMES["about"]
    whole_text = [NAMES[name] for name in ("site", "author", "plan", "party", "stance", "kind")]
    assert lacking(hostile.files[WHOLE], [section, about, *whole_text, *TITLES.values()]) == []
    head = f"{TITLES[1]}Handout from: {NAMES['site']}. Version"
    assert lacking(hostile.files[POINT], [head, NAMES["party"], NAMES["stance"]]) == []
    points = [TITLES[number].partition(": ")[2] for number in (1, 2, 3)]
    assert lacking(hostile.files[THEME], [NAMES["text"], *points]) == []


def test_the_name_of_a_theme_is_printed_letter_for_letter(hostile: Printed) -> None:
    head = f"{NAMES['theme']}Handout from: {NAMES['site']}. Version"
    assert lacking(hostile.files[THEME], [head]) == []


@pytest.mark.parametrize(("name", "title"), [(WHOLE, NAMES["site"]), (POINT, TITLES[1])])
def test_a_reader_shows_title_and_author_as_they_are(
    hostile: Printed, name: str, title: str
) -> None:
    with pikepdf.open(io.BytesIO(hostile.files[name])) as file:
        assert str(file.docinfo.Title) == title
        assert str(file.docinfo.Author) == NAMES["author"]
        with file.open_metadata() as told:
            assert (told["dc:title"], told["dc:creator"]) == (title, [NAMES["author"]])


def test_bookmarks_are_the_headings_as_they_are(hostile: Printed) -> None:
    file = pypdfium2.PdfDocument(hostile.files[WHOLE])
    titles = [one.get_title() for one in file.get_toc()]
    headings = each("Heading # $ h", HOSTILE)
    assert [one for one in titles if one.startswith("Heading")] == headings
    assert [one for one in titles if one.startswith("Point ")] == list(TITLES.values())
    assert NAMES["section"] in titles


@pytest.mark.parametrize("name", [WHOLE, POINT, THEME])
def test_the_file_is_whole_and_holds_nothing_from_elsewhere(hostile: Printed, name: str) -> None:
    with pikepdf.open(io.BytesIO(hostile.files[name])) as file:
        assert file.check_pdf_syntax() == []
        attached = sorted(Path(one).name for one in file.attachments)
        assert attached == (["claims.csv", "claims.json"] if name == WHOLE else [])
        content = [
            one.read_bytes()
            for one in file.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image"
        ]
    told = b"".join(content).decode("latin-1") + text_of(hostile.files[name])
    assert SECRET not in told
    assert squeezed(SECRET) not in told
    assert "root:x:0:0" not in told


@pytest.mark.parametrize("name", [WHOLE, POINT, THEME])
def test_no_string_becomes_a_link_or_an_action(hostile: Printed, name: str) -> None:
    goals: set[str] = set()
    with pikepdf.open(io.BytesIO(hostile.files[name])) as file:
        assert not {"/OpenAction", "/AA", "/JavaScript"} & set(file.Root.keys())
        for page in file.pages:
            for one in page.get("/Annots", []):
                assert one.Subtype == "/Link"
                if "/A" in one and one.A.S != "/GoTo":
                    assert one.A.S == "/URI"
                    goals.add(str(one.A.URI))
    assert goals == {"https://archive.example.org/minutes/1931?no=4&lang=en"}


# Letters that no font has


def test_letters_that_no_font_has_are_printed_as_their_numbers(tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    edit(root, "mkdocs.yml", "The harbour accord", '"Accord \\U0001F600"')
    edit(root, "mkdocs.yml", "short: paper", 'short: "paper \\U0001F601"')
    edit(root, "docs/points/1.md", "Article 1\n", "Article \U0001f602\n")
    edit(root, "docs/points/1.md", "out article 1 ", "*out* \U0001f603 `\U0001f604`\u4dc0 ")
    edit(root, "docs/points/1.md", 'by="Ada Holm"', 'by="Ada \U0001f605"')
    edit(root, "harbour.bib", "Pier Press", "Pier \U0001f606")
    printed = print_of(root, WHOLE, POINT)
    numbers = [0x1F602, 0x1F603, 0x1F604, 0x1F605]
    expected = [f"[U+{number:04X}]" for number in (0x1F600, 0x1F601, *numbers, 0x4DC0)]
    assert lacking(printed.files[WHOLE], [*expected, "[U+1F606]"]) == []
    assert lacking(printed.files[POINT], expected) == []
    said = "would carry out [U+1F603] [U+1F604][U+4DC0] (Harbour Gazette, 5 May 1931 (p."
    assert lacking(printed.files[WHOLE], [said, "[paper [U+1F601], in full]"]) == []
    for name, title in ((WHOLE, "Accord [U+1F600]"), (POINT, "Point 1: Article [U+1F602]")):
        with pikepdf.open(io.BytesIO(printed.files[name])) as file:
            assert file.check_pdf_syntax() == []
            assert str(file.docinfo.Title) == title


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("**\u20b9**", "\u20b9"),
        ("**_\u0491_**", "\u0491"),
        ("`\u2132`", "\u2132"),
        ("\ue300", "[U+E300]"),
        ("\x01", "[U+0001]"),
    ],
)
def test_letters_in_every_style_are_printed_or_their_numbers(
    tmp_path: Path, written: str, printed: str
) -> None:
    root = copy_small(tmp_path / "small")
    edit(root, "docs/points/1.md", "would carry out article 1", f"would {written} article 1")
    content = print_of(root, POINT).files[POINT]
    assert lacking(content, [f"The port authority would {printed} article 1 (Harbour"]) == []


@pytest.mark.parametrize("before", ["> ", "    "])
def test_tables_in_quotations_and_lists_are_printed(tmp_path: Path, before: str) -> None:
    root = copy_small(tmp_path / "small")
    lines = ["| #x | $y$ |", "| - | - |", "| a | b [@gazette1931] |"]
    item = "\n- item\n\n" if before.isspace() else "\n"
    add(root, "docs/points/1.md", item + "".join(f"{before}{line}\n" for line in lines))
    assert lacking(print_of(root, POINT).files[POINT], ["#x $y$ a", "b (Harbour"]) == []
