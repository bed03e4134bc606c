"""Word marks: whatever becomes of a text in the parser, its line and column stay known."""

import itertools
import random
import re
from collections.abc import Iterator

import markdown
import pytest

from briefing import frontmatter
from briefing.findings import Position
from briefing.marks import RawText, WordMarks, strip_marks
from briefing.pages import Page
from briefing.parsing import BriefingExtension

EXTENSIONS = ["toc", "tables", "fenced_code", "abbr", "admonition", "attr_list", "def_list",
              "footnotes", "md_in_html", "smarty"]  # fmt: skip
WORD = re.compile(r"[a-z]*\d+x\b")


def places_of_words(text):
    """Return where each numbered word of a file stands, as an editor shows it."""
    return {
        match.group(): Position(number, match.start() + 1)
        for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1)
        for match in WORD.finditer(line)
    }


def reported_starts(page):
    """Return the position of each block by the word with which it begins."""
    found = {}
    for block in page.blocks:
        match = WORD.match(block.statement)
        assert match, f"a block that begins with no word of ours: {block.statement!r}"
        found[match.group()] = block.position
    return found


def reported_citations(page):
    return {
        placed.citation.key: Position(placed.position.line, placed.position.column + 1)
        for block in page.blocks
        for placed in block.citations
    }


def convert(text, extension=None):
    extra = [extension] if extension else []
    return markdown.Markdown(extensions=[*EXTENSIONS, *extra]).convert(text)


def read_tree(text):
    """Return what the parser knew of each element's text once the marks were lifted."""
    page = Page("docs/page.md", "page.md", frontmatter.split(text), text=text)
    extension = BriefingExtension()
    extension.begin(page, "page", frozenset())
    html = convert(page.front.body, extension)
    assert extension.reading is not None
    return list(extension.reading.raws.values()), html


# Documents of which every part begins with a word of its own ("w1x") and cites a key of its own.

KINDS = {
    "paragraph": "W [C].",
    "two lines": "W said, W\nthat W W [C] and\n   W [C].",
    "indented paragraph": "   W and W [C].",
    "hard breaks": "W  \nW [C]\\\nW.",
    "list": "- W [C]\n- W [C]\n* W",
    "ordered list": "1. W [C]\n2. W\n10. W [C]",
    "nested deep": "- W [C]\n    - W [C]\n        - W [C]\n            1. W [C]\n    - W\n- W [C]",
    "nested by tabs": "-\tW [C]\n\t-\tW [C]\n\t\t-\tW [C]\n\n1.\tW",
    "loose list": "- W [C]\n\n    W [C]\n    W\n\n- W\n\n    - W [C]\n\n        W [C]",
    "lazy item": "- W\nW [C]\n   W [C]\n    - W\nW [C]",
    "quotation": "> W [C]\n> W [C]\n>\n> W\n>W [C]",
    "lazy quotation": "> W\nW [C]",
    "nested quotation": "> W\n>\n> > W [C]\n> >\n> > > W\n> > W [C]",
    "quotation in a list": "- W\n\n    > W [C]\n    > W\n    >\n    > - W [C]\n\n- > W [C]",
    "list in a quotation": "> - W [C]\n>     - W [C]\n>         - W\n>\n>     W [C]\n>\n> 1. W",
    "table": "| HEAD | HEAD |\n| --- | :-: |\n| W [C] | W [C] |\n|W|   W W [C]|",
    "table without bars": "HEAD | HEAD\n--- | ---\nW [C] | W\nW \\| W [C] | W [C]",
    "definitions": "HEAD\n: W [C]\n: W\n\nHEAD\n:   W\n    W [C]\n\n    W [C]\n\n    - W [C]",
    "admonition": '!!! note "HEAD"\n    W [C]\n    W\n\n    - W [C]\n        - W\n\n    > W [C]',
    "heading": "## HEAD\nW [C]",
    "closed heading": "###HEAD ###\n\nW",
    "underlined heading": "HEAD\n====\nW [C]\n\nHEAD\n---\n\nW",
    "heading with attributes": '## HEAD {: #ID points="1 2" stance="for" }\n\nW [C]',
    "attributes": 'W [C]\n{: #ID by="SOMEONE" }\n\n- W [C]\n  {: stance="for" }',
    "fenced code": "```\nCODE [@code]\n\n- CODE\n```\n\n~~~ python\nCODE\n~~~",
    "code spans": "W `CODE [@code]` W [C] ``CODE ` [@code]`` [C]",
    "comment": "<!-- CODE\n[@code] CODE -->\n\nW <!-- CODE --> [C]",
    "directive": '<!-- table: positions theme="work" -->\n\n<!-- table: register -->',
    "block of HTML": '<div markdown="1" class="c">\nW [C]\n\n- W [C]\n\n</div>',
    "tags in a line": 'W <b class="c d">W</b> W <br> W [C]',
    "rule": "***\n\nW [C]\n\n- - -\n\n_____",
    "definitions of links": '[l]: http://e.org/a "T"\n[m]: <http://e.org/b>\n\nW [W][l] [C]',
    "abbreviation": "*[ABC]: A b c\n\nW ABC [C]",
    "links": 'W [W](a.md "t") [C] ![W](b.png) <http://e.org/a> http://e.org/b [C]',
    "markup inside": "W *W* **W [C]** __W__ ***W*** \\*W\\* [C] &amp; W &#8217;W [C]",
    "signs": "W $5 #W 100% W_W {W} (W) “W” \"W\" 'W' W's @W W@W.org W\\W W&W < W <3 [C]",
    "letters": "W Зеленський «сказав» é́ 한국어 👩‍👩‍👧 \u202eabc\u202c\u00a0W\u2028W [C]",
    "numbers": "W 2025. W\n1931\\. W 1.5 W [C]",
}  # fmt: skip


class Writer:
    """Fills in the words and keys of a document, each another."""

    def __init__(self) -> None:
        self.count = itertools.count(1)
        self.starts: set[str] = set()
        self.citations: set[str] = set()

    def fill(self, kind: str) -> str:
        def word(match: re.Match[str]) -> str:
            number = next(self.count)
            if match.group() == "[C]":
                self.citations.add(f"c{number}x")
                return f"[@c{number}x]"
            if match.group() == "W":
                return f"w{number}x"
            return f"{match.group().lower()}{number}x"

        return re.sub(r"\[C\]|\b(?:W|HEAD|CODE|ID|SOMEONE)\b", word, KINDS[kind])


def assert_true_places(text: str, page: Page, writer: Writer) -> None:
    true = places_of_words(text)
    starts, citations = reported_starts(page), reported_citations(page)
    assert citations.keys() == writer.citations
    assert {**starts, **citations} == {word: true[word] for word in {**starts, **citations}}


def as_file(text: str, form: str) -> bytes:
    if form == "CRLF":
        return text.replace("\n", "\r\n").encode()
    if form == "BOM":
        return b"\xef\xbb\xbf" + text.encode()
    if form == "front matter":
        return f"---\nparty: port # an aside\n---\n\n\n{text}".encode()
    return text.encode()


FORMS = ["plain", "CRLF", "BOM", "front matter"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_block(kind, read_page):
    writer = Writer()
    text = writer.fill(kind) + "\n"
    page = read_page(text)
    assert_true_places(text, page, writer)
    shown = sum(len(re.findall(r"\bw\d+x", block.statement)) for block in page.blocks)
    of_images = KINDS[kind].count("![W]")
    assert shown == len(re.findall(r"\bW\b", KINDS[kind])) - of_images


OF_ONE_LINE = {
    *("indented paragraph", "hard breaks", "closed heading", "heading with attributes", "rule"),
    *("code spans", "tags in a line", "links", "markup inside", "signs", "letters", "numbers"),
    *("comment", "directive", "definitions of links", "abbreviation"),
}
STRUCTURES = [kind for kind in KINDS if kind not in OF_ONE_LINE]


@pytest.mark.parametrize("kind", STRUCTURES)
def test_each_structure_before_and_after_each_other(kind, read_page):
    writer = Writer()
    others = STRUCTURES[STRUCTURES.index(kind) :]
    text = "\n\n".join(writer.fill(one) for other in others for one in (kind, other)) + "\n"
    assert_true_places(text, read_page(text), writer)


@pytest.mark.parametrize("form", FORMS)
def test_all_kinds_in_each_form_of_file(form, read_page):
    writer = Writer()
    raw = as_file("\n\n".join(writer.fill(kind) for kind in KINDS), form)
    assert_true_places(raw.decode("utf-8-sig"), read_page(raw), writer)


@pytest.mark.parametrize("seed", range(20))
def test_documents_of_many_blocks(seed, read_page):
    choose = random.Random(seed)
    writer = Writer()
    blocks = [writer.fill(kind) for kind in choose.choices(list(KINDS), k=12)]
    gaps = choose.choices(["\n\n", "\n\n\n", "\n \t\n", "\n\n   \n"], k=12)
    text = "".join(itertools.chain(*zip(blocks, gaps, strict=True)))
    raw = as_file(text, choose.choice(FORMS))
    assert_true_places(raw.decode("utf-8-sig"), read_page(raw), writer)


def words_in_tree(raws: list[RawText]) -> Iterator[tuple[str, Position | None]]:
    for raw in raws:
        for match in re.finditer(r"\bw\d+x\b", raw.text):
            yield match.group(), raw.position(match.start())


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_in_the_tree(kind):
    text = Writer().fill(kind) + "\n"
    raws, _ = read_tree(text)
    true = places_of_words(text)
    found = dict(words_in_tree(raws))
    assert found == {word: true[word] for word in found}
    assert found.keys() == {word for word in true if word.startswith("w")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_what_it_is_without_marks(kind):
    text = re.sub(r"\bW\b", "word", re.sub(r" ?\[(?:C|@code)\]", "", KINDS[kind])) + "\n"
    _, html = read_tree(text)
    assert html == re.sub(r' (?:stance|points|by)="[^"]*"', "", convert(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<div\n class="c"\n markdown="1">\n\nword\n\n</div>\n', id="tag over lines"),
        pytest.param('[l]: http://example.org\n  "a title"\n\nword [word][l]\n', id="link's title"),
        pytest.param("*[ABC]:\n    A b c\n\nword ABC\n", id="abbreviation"),
        pytest.param("- [l]: http://example.org/a\n\nword [word][l]\n", id="link in an item"),
        pytest.param("a\tb\tc\n\n    code\tin\tcolumns\n", id="tabs"),
        pytest.param("```{ .python title='a`b' }\nword word\n```\n", id="fence's title"),
        pytest.param("```\nword\n  ```\nword\n```\n\nword\n", id="indented end of a fence"),
        pytest.param("- word\n\n    ```\n    word\n    ```\n", id="fence in an item"),
        pytest.param("```\nword\n\nword\n", id="fence left open"),
        pytest.param("<pre>word\n\n*word*</pre>\n\n<script>var a = 1;</script>\n", id="raw HTML"),
        pytest.param('<p title="a b">word</p>\n\n<!-- a\n\nb -->\n', id="raw attributes"),
        pytest.param("word <span title='a\nb'>word</span>\n", id="attribute over lines"),
        pytest.param("a <b c\n\n<div markdown='1'>\nword\n</div>\n", id="tag left open"),
        pytest.param("<http://example.org/a_b> <me@example.org>\n", id="addresses"),
        pytest.param("# A_b c-d 'e' & f\n\n# A_b c-d 'e' & f\n", id="ids of headings"),
    ],
)
def test_hostile_text_is_what_it_is_without_marks(text):
    _, html = read_tree(text)
    assert html == convert(text)


def test_private_use_characters_of_the_author_do_no_harm(read_page):
    page = read_page("w1x \U000f0000w2x \U00100000w3x [@c4x]\n\n\U000f0001\U000ffffd\n\nw5x\n")
    first, last = page.blocks
    assert first.statement == "w1x \N{REPLACEMENT CHARACTER}w2x \N{REPLACEMENT CHARACTER}w3x"
    assert reported_citations(page) == {"c4x": (1, 17)}
    assert last.position == (5, 1)


def test_a_very_long_line(read_page):
    page = read_page("word " * 20_000 + "[@c1x]\n\n" + "w2x [@c3x]\n")
    assert reported_citations(page) == {"c1x": (1, 100_003), "c3x": (3, 7)}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        pytest.param("*w1x* said\n", (1, 1), id="emphasis"),
        pytest.param("   **w1x** said\n", (1, 4), id="indented emphasis"),
        pytest.param("- “w1x” said\n", (1, 3), id="quotation mark"),
        pytest.param("a\n\n[w1x](a.md) said\n", (3, 1), id="link"),
        pytest.param("a\n\n`code` w1x\n", (3, 1), id="code"),
        pytest.param("a\n\n<em>w1x</em> said\n", (3, 1), id="tag"),
        pytest.param("a\n\n- <em>w1x</em> said\n", (3, 3), id="tag in an item"),
        pytest.param("a\n\n> $5 w1x\n", (3, 3), id="dollar"),
        pytest.param("a\n\n{w1x} said\n", (3, 1), id="brace"),
        pytest.param("a\n\n[w1x] said\n", (3, 1), id="bracket"),
        pytest.param("a\n\n<3 w1x\n", (3, 1), id="less than"),
        pytest.param("a\n\n1931\\. w1x\n", (3, 1), id="escaped number"),
        pytest.param("| a | b |\n| - | - |\n| **w1x** | `c` |\n", (3, 3), id="cell"),
        pytest.param("a\n\n\\- w1x\n", (3, 1), id="escaped marker"),
        pytest.param("> a\n>\n> ```\n> w1x\n> ```\n", (3, 3), id="fence in a quotation"),
        pytest.param("a\n\n—w1x\n", (3, 1), id="dash"),
        pytest.param("a\n\n…\n\n&nbsp;w1x\n", (5, 1), id="entity"),
    ],
)
def test_a_block_that_begins_with_a_sign(text, position, read_page):
    (block,) = [block for block in read_page(text).blocks if "w1x" in block.statement]
    assert block.position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        pytest.param("a\n\n<abbr title='t'>b</abbr> said [@key].\n", (3, 32), id="tag"),
        pytest.param("a\n\n{b} said [@key].\n", (3, 11), id="brace"),
        pytest.param("a\n\n- <b>b</b> [@key]\n", (3, 13), id="tag in an item"),
        pytest.param("a\n\n<3 b [@key]\n", (3, 7), id="less than"),
        pytest.param("a\n\n<b>b</b>\nc [@key]\n", (4, 4), id="tag on the line above"),
        pytest.param("a\n\nc\n<b>b</b> [@key]\n", (4, 11), id="tag on the second line"),
        pytest.param('a\n\n<p markdown="1">b [@key]</p>\n', (3, 20), id="paragraph of HTML"),
        pytest.param("a\tb\t\t[@key]\n", (1, 7), id="after tabs"),
        pytest.param("- a\n    -\tb\tc\t[@key]\n", (2, 12), id="after tabs in an item"),
        pytest.param("```\na\n  ```\nb\n```\n\nc [@key]\n", (7, 4), id="after a fence"),
        pytest.param("a\n[@key]\n", (2, 2), id="first of its line"),
        pytest.param("> a\n[@key] b\n", (2, 2), id="first of a lazy line"),
        pytest.param("a | b\n- | -\n`c` d\\|e | f \\| [@key]\n", (3, 18), id="cell"),
        pytest.param("a “b” &amp; *c*, `d` [@key]\n", (1, 23), id="markup before it"),
        pytest.param("a <b c\n\nd [@key]\n", (3, 4), id="below a tag left open"),
        pytest.param("a\n\n*[@key] b*\n", (3, 3), id="first of an emphasis"),
        pytest.param("a\n\n“[@key] b”\n", (3, 3), id="first of a quotation"),
        pytest.param("a\n\n—\n[@key] b\n", (4, 2), id="below a line without words"),
    ],
)  # fmt: skip
def test_a_citation_has_its_place(text, position, read_page):
    (placed,) = [placed for block in read_page(text).blocks for placed in block.citations]
    assert placed.position == position


def test_headings_have_their_places(read_page):
    page = read_page(
        "---\nparty: port\n---\n\n# One\n\ntext\n\n##  Two ##\n\nThree\n---\n> ### Four\n"
    )
    assert page.anchors == {"one": (5, 3), "two": (9, 5), "three": (11, 1), "four": (13, 7)}


def test_attributes_links_and_directives_have_their_places(read_page):
    page = read_page(
        "\ufeff---\nstance: for\nby: Ada\n---\n"
        '## Two {: #two points="1 2" }\n'
        "\n"
        "- text [a link](other.md) text\n"
        '  {: #three by="Nils" on="1931" }\n'
        "\n"
        "  <!-- table: register -->\n"
    )
    (block,) = page.blocks
    assert {name: tuple(one.position) for name, one in block.attributes.items()} == {
        "stance": (2, 1),
        "by": (8, 13),
        "points": (5, 16),
        "on": (8, 23),
    }
    assert page.given_anchors == [("two", (5, 11)), ("three", (8, 6))]
    assert [(link.target, link.position) for link in page.links] == [("other.md", (7, 17))]
    assert [(one.kind, one.position) for one in page.directives] == [("register", (10, 3))]


@pytest.mark.parametrize(
    ("text", "end", "position"),
    [
        ("a [@key], but b.\n", "but b.", (1, 11)),
        ("a [@key] b\n", "b", (1, 10)),
        ("> a\n> [@key]\n> and (b).\n", "and (b).", (3, 3)),
        ("a\n\n<i>a</i> [@key] b\n", "b", (3, 17)),
    ],
)
def test_text_after_the_last_citation_has_its_place(text, end, position, read_page):
    block = read_page(text).blocks[-1]
    assert block.uncited_end == (end, position)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a\n", (1, 2)),
        ("a\nb\nc.  \n\nd\n", (3, 3)),
        ("a\nb\n{: .editorial }\n", (3, 16)),
        ("> a\nb [@key]\n\nc\n", (2, 9)),
        ("- a\n- b\n", (1, 4)),
        ("- a\n  b [@key].\n    - c\n", (2, 12)),
        ("<b>b</b>\n<i>c</i>\n", (2, 9)),
        ("a\n<i>c</i> &amp;\n", (2, 15)),
        ("a\tb\tc\n", (1, 6)),
    ],
)
def test_where_a_block_ends(text, end, read_page):
    assert read_page(text).blocks[0].end == end


@pytest.mark.parametrize(
    "line", ["", "   ", "- - -", "word", "> - **word** two_words", "$5 & «слово»"]
)
def test_marks_come_off_as_they_went_on(line):
    marks = WordMarks((line,))
    (marked,) = marks.mark([line], 1)
    assert strip_marks(marked) == line
    raw = marks.lift(marked)
    assert raw.text == line
    assert [line[place.column - 1] for place in raw.places] == [line[at] for at in raw.offsets]


@pytest.mark.parametrize(
    "text",
    [
        "*a*{_} [@key]\n",
        "a [@key]{>} b\n",
        "`a`{ = } [@key]\n",
        "a [@key]\n{: _ }\n",
        "# a {: ' }\n",
        "- a [@key]\n{: # . }\n",
        "a [@key]\n{: by= }\n",
        'a [@key]\n{: by="b }\n',
        "{: }\n",
    ],
)
def test_hostile_attribute_lists_are_survived(text, read_page):
    page = read_page(text + "\nw1x [@c2x]\n")
    assert page.blocks[-1].statement == "w1x"
    assert page.blocks[-1].citations[0].position == (text.count("\n") + 2, 6)


def test_text_without_words_has_no_place():
    assert WordMarks(("* * *",)).lift("* * *").position(0) is None
