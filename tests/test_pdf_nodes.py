"""The HTML of a page as plain nodes: what each kind of element becomes in print."""

from typing import Any

import pytest

from briefing.pdf.nodes import Node, NodeReader, walk

SRC = "points/1.md"


def read(text: str, level: int = 1) -> list[Node]:
    return NodeReader(SRC, level).read(text)


def plain(*content: Node) -> dict[str, Any]:
    return {"t": "plain", "c": list(content)}


def par(*content: Node, kind: str = "") -> dict[str, Any]:
    return {"t": "par", "kind": kind, "c": list(content)}


def heading(level: int, *content: Node, label: str = "") -> dict[str, Any]:
    return {"t": "heading", "level": level, "label": label, "c": list(content)}


def item(*content: Node) -> dict[str, Any]:
    return {"t": "item", "c": list(content)}


def listing(*items: Node, ordered: bool = False) -> dict[str, Any]:
    return {"t": "list", "ordered": ordered, "items": list(items)}


def cell(*content: Node, head: bool = False) -> dict[str, Any]:
    return {"t": "cell", "head": head, "c": list(content)}


def ref(to: str, *content: Node) -> dict[str, Any]:
    return {"t": "ref", "to": to, "c": list(content)}


def id_ref(to: str, shown: str) -> dict[str, Any]:
    return {"t": "ref", "to": to, "shows_id": True, "c": [shown]}


# Headings


@pytest.mark.parametrize(
    ("level", "written", "levels"),
    [
        (1, "1", [1]),
        (1, "123456", [1, 2, 3, 4, 5, 6]),
        (1, "14", [1, 2]),
        (1, "1426", [1, 2, 2, 3]),
        (1, "14443", [1, 2, 3, 4, 3]),
        (1, "36", [1, 2]),
        (1, "1213", [1, 2, 1, 2]),
        (2, "122", [2, 3, 3]),
        (2, "1323", [2, 3, 3, 4]),
        (3, "1236", [3, 4, 5, 6]),
    ],
)
def test_headings_begin_on_the_level_given_and_skip_none(
    level: int, written: str, levels: list[int]
) -> None:
    text = "".join(f"<h{number}>Head</h{number}>" for number in written)
    assert read(text, level) == [heading(one, "Head") for one in levels]


def test_each_reading_begins_its_headings_anew() -> None:
    reader = NodeReader(SRC)
    text = "<h1>Head</h1><h2>Head</h2>"
    assert reader.read(text) == reader.read(text) == [heading(1, "Head"), heading(2, "Head")]


def test_a_heading_has_a_label_and_no_permalink() -> None:
    text = '<h2 id="pay">Pay <em>and</em> hours<a class="headerlink" href="#pay">¶</a></h2>'
    content = ["Pay ", {"t": "emph", "c": ["and"]}, " hours"]
    assert read(text) == [heading(1, *content, label="points/1.md#pay")]


# Paragraphs


def test_paragraphs() -> None:
    text = '<p>One</p>\n\n<p class="editorial">Two</p>\n<p class="generated silent">Three</p>'
    assert read(text) == [par("One"), par("Two", kind="editorial"), par("Three", kind="editorial")]


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "<p></p>", "<p> \n </p>", "<hr>", "<!-- gone -->", "<div><div></div></div>"],
)
def test_what_has_no_text_is_left_out(text: str) -> None:
    assert read(text) == []


def test_text_between_blocks_becomes_paragraphs() -> None:
    text = "before <b>b</b><p>one</p> between <div>in a <i>div</i></div> behind"
    assert read(text) == [
        {"t": "par", "c": ["before ", {"t": "strong", "c": ["b"]}]},
        par("one"),
        {"t": "par", "c": ["between"]},
        {"t": "par", "c": ["in a ", {"t": "emph", "c": ["div"]}]},
        {"t": "par", "c": ["behind"]},
    ]


def test_text_alone_stays_plain() -> None:
    assert read("text <u>alone</u>") == [plain("text ", "alone")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("  a \n\t b  ", ["a b"]),
        (" a <b> b </b> c ", ["a ", {"t": "strong", "c": [" b "]}, " c"]),
        ("a\u00a0 b", ["a\u00a0 b"]),
        ("<span> </span>a", ["a"]),
        ("a&nbsp;b &amp; &lt;i&gt; &quot;&#35;&#x24; &copy;", ['a\u00a0b & <i> "#$ ©']),
        ("&amp;lt; &amp;amp;", ["&lt; &amp;"]),
        ("a<!-- #gone -->b", ["a", "b"]),
    ],
)
def test_white_space_entities_and_comments(text: str, content: list[Node]) -> None:
    assert read(f"<p>{text}</p>") == [par(*content)]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("<b>x</b>", {"t": "strong", "c": ["x"]}),
        ("<strong>x</strong>", {"t": "strong", "c": ["x"]}),
        ('<time class="event-date">x</time>', {"t": "strong", "c": ["x"]}),
        ("<em>x</em>", {"t": "emph", "c": ["x"]}),
        ("<i>x</i>", {"t": "emph", "c": ["x"]}),
        ("<cite>x</cite>", {"t": "emph", "c": ["x"]}),
        ("<dfn>x</dfn>", {"t": "emph", "c": ["x"]}),
        ("<var>x</var>", {"t": "emph", "c": ["x"]}),
        ("<sup>x</sup>", {"t": "super", "c": ["x"]}),
        ("<sub>x</sub>", {"t": "sub", "c": ["x"]}),
        ("<br>", {"t": "br"}),
        ('<span class="stance stance-for">x</span>', {"t": "strong", "c": ["x"]}),
        ('<span class="silent">x</span>', {"t": "emph", "c": ["x"]}),
        ('<span class="grade">[x]</span>', {"t": "grade", "c": ["[x]"]}),
        ("<em>a <b>x</b></em>", {"t": "emph", "c": ["a ", {"t": "strong", "c": ["x"]}]}),
        ("<code>a  &lt;b&gt; *x* </code>", {"t": "code", "c": "a  <b> *x* "}),
        ('<abbr title="long">x</abbr>', "x"),
        ('<span class="citation">x</span>', "x"),
    ],
)
def test_parts_of_a_line(text: str, node: Node) -> None:
    assert read(f"<p>a{text}b</p>") == [par("a", node, "b")]


@pytest.mark.parametrize("tag", ["script", "style", "template", "button", "svg", "iframe"])
def test_what_is_no_text_is_dropped(tag: str) -> None:
    assert read(f"<p>a<{tag}>x</{tag}>b</p>") == [par("a", "b")]


# Lists


def test_lists_in_lists() -> None:
    text = """
      <ul>
        <li>one</li>
        <li><p>two</p><ol><li>deep</li><li>deeper<ul><li>deepest</li></ul></li></ol></li>
      </ul>"""
    deepest = listing(item(plain("deepest")))
    deep = [item(plain("deep")), item({"t": "par", "c": ["deeper"]}, deepest)]
    two = item(par("two"), listing(*deep, ordered=True))
    assert read(text) == [listing(item(plain("one")), two)]


def test_a_list_of_terms() -> None:
    text = '<dl><dt id="quay">Quay</dt><dd>Here</dd><dd><p>a</p><p>b</p></dd><dt>Pier</dt></dl>'
    items = [
        {"t": "term", "label": "points/1.md#quay", "c": ["Quay"]},
        {"t": "definition", "c": [plain("Here")]},
        {"t": "definition", "c": [par("a"), par("b")]},
        {"t": "term", "label": "", "c": ["Pier"]},
    ]
    assert read(text) == [{"t": "terms", "items": items}]


# Tables


def test_a_table_with_heads_row_heads_and_a_caption() -> None:
    text = """
      <div class="generated table-wrap" role="region">
        <table class="texts extra">
          <caption>The <b>texts</b></caption>
          <thead><tr><th>Point</th><th>The <em>accord</em></th></tr></thead>
          <tbody>
            <tr><th><a href="2.md">2</a></th><td data-label="Accord">a</td></tr>
            <tr><th>3</th><td><p>a</p><ul><li>b</li></ul></td></tr>
            <tr><th></th><td></td></tr>
          </tbody>
        </table>
      </div>"""
    rows = [
        [cell(plain(ref("points/2.md", "2")), head=True), cell(plain("a"))],
        [cell(plain("3"), head=True), cell(par("a"), listing(item(plain("b"))))],
        [cell(head=True), cell()],
    ]
    assert read(text) == [
        {
            "t": "table",
            "kind": "extra texts",
            "caption": "The texts",
            "heads": [["Point"], ["The ", {"t": "emph", "c": ["accord"]}]],
            "rows": rows,
            "longest": [9, 32, 0],
        }
    ]


def test_a_table_with_nothing_but_cells() -> None:
    text = "<table><tr><td>1</td><td>2</td></tr></table>"
    rows = [[cell(plain("1")), cell(plain("2"))]]
    made = {"t": "table", "kind": "", "caption": "", "heads": [], "rows": rows, "longest": [1]}
    assert read(text) == [made]


def test_a_brief_table_says_the_stances_without_links() -> None:
    text = (
        '<table class="positions brief"><tbody><tr><th><a href="2.md">2</a></th>'
        '<td><a href="2.md#a"><span class="stance">For</span></a>, '
        '<a href="2.md#b"><span class="stance">Open</span></a></td></tr></tbody></table>'
    )
    stances = [{"t": "par", "c": [{"t": "strong", "c": [word]}]} for word in ("For", "Open")]
    rows = [[cell(plain(ref("points/2.md", "2")), head=True), cell(*stances)]]
    made = {"t": "table", "kind": "brief positions", "caption": "", "heads": [], "rows": rows}
    made["longest"] = [9]
    assert read(text) == [made]


# Quotations, code, images


def test_block_quotations() -> None:
    text = "<blockquote>\n<p>a</p>\n<blockquote><p>b</p><p>c</p></blockquote></blockquote>"
    inner = {"t": "quote", "c": [par("b"), par("c")]}
    assert read(text) == [{"t": "quote", "c": [par("a"), inner]}]


def test_code_keeps_its_lines_and_spaces() -> None:
    text = "<pre><code>#let x = 1\n  &lt;b&gt; [@key]\n\n</code></pre>"
    assert read(text) == [{"t": "code-block", "c": "#let x = 1\n  <b> [@key]"}]
    highlighted = '<div class="highlight"><pre><span>a</span> <span>b\n</span></pre></div>'
    assert read(highlighted) == [{"t": "code-block", "c": "a b"}]


def test_images_are_files_of_the_site() -> None:
    reader = NodeReader(SRC)
    text = '<p><img src="../pictures/a%20quay.png" alt="A quay"><img src="b.svg"></p>'
    assert reader.read(text) == [
        par(
            {"t": "image", "path": "pictures/a quay.png", "alt": "A quay"},
            {"t": "image", "path": "points/b.svg", "alt": ""},
        )
    ]


def test_of_an_image_elsewhere_only_the_words_are_left() -> None:
    reader = NodeReader(SRC)
    text = '<p>a <img src="https://example.org/a.png" alt="A quay"></p>'
    assert reader.read(text) == [par("a ", "A quay")]
    assert reader.read('<p><img src="//example.org/a.png"></p>') == []


def test_a_picture_with_its_words_below() -> None:
    text = '<figure><img src="a.png" alt="A"><figcaption>B</figcaption></figure>'
    image = {"t": "image", "path": "points/a.png", "alt": "A"}
    assert read(text) == [{"t": "par", "c": [image]}, {"t": "par", "c": ["B"]}]


# Links


@pytest.mark.parametrize(
    ("href", "node"),
    [
        ("https://example.org/?a=1&amp;b=#c", {"t": "url", "to": "https://example.org/?a=1&b=#c"}),
        ("//example.org/a", {"t": "url", "to": "//example.org/a"}),
        ("mailto:a@example.org", {"t": "url", "to": "mailto:a@example.org"}),
        ("2.md", {"t": "ref", "to": "points/2.md"}),
        ("2.md#pay", {"t": "ref", "to": "points/2.md#pay"}),
        ("../parties/union.md#du-1", {"t": "ref", "to": "parties/union.md#du-1"}),
        ("../index.md", {"t": "ref", "to": "index.md"}),
        ("#pay", {"t": "ref", "to": "points/1.md#pay"}),
        ("", {"t": "ref", "to": "points/1.md"}),
        ("a%20b.md#c%20d", {"t": "ref", "to": "points/a b.md#c d"}),
        ("../claims.csv", {"t": "ref", "to": "claims.csv"}),
        ("../sources/gazette1931.md", {"t": "cite", "key": "gazette1931"}),
        ("../sources/gazette1931.md#claims", {"t": "ref", "to": "sources/gazette1931.md#claims"}),
        ("../sources/index.md", {"t": "ref", "to": "sources/index.md"}),
        ("../sources/data.csv", {"t": "ref", "to": "sources/data.csv"}),
    ],
)
def test_links(href: str, node: dict[str, Any]) -> None:
    content = ["a ", {"t": "strong", "c": ["b"]}]
    assert read(f'<p><a href="{href}">a <b>b</b></a></p>') == [par({**node, "c": content})]


@pytest.mark.parametrize(
    ("src", "href", "to"),
    [
        ("index.md", "points/1.md", "points/1.md"),
        ("index.md", "#a", "index.md#a"),
        ("a/b/c.md", "../../index.md", "index.md"),
        ("sources/index.md", "index.md#a", "sources/index.md#a"),
    ],
)
def test_links_lead_from_the_folder_of_their_page(src: str, href: str, to: str) -> None:
    made = NodeReader(src).read(f'<p><a href="{href}">x</a></p>')
    assert made == [par(ref(to, "x"))]


def test_a_link_to_a_claim_that_shows_its_id() -> None:
    text = '<p><a class="claim-id" href="../parties/union.md#du-1">du-1</a></p>'
    assert read(text) == [par(id_ref("parties/union.md#du-1", "DU-1"))]


def test_further_claims_of_a_holder_show_their_ids() -> None:
    text = (
        '<p><a href="2.md#a-1">Ada Holm</a><span class="more"> (<a href="2.md#a-2">2</a>, '
        '<a href="#a-3">3</a>)</span></p>'
    )
    assert read(text) == [
        par(
            ref("points/2.md#a-1", "Ada Holm"),
            ", ",
            id_ref("points/2.md#a-2", "A-2"),
            ", ",
            id_ref("points/1.md#a-3", "A-3"),
        )
    ]


# Claims


META = (
    ' <span class="claim-meta"><span class="stance">For</span> · <span>Ada</span> · '
    '<a class="claim-link" href="#du-1">DU-1</a></span>'
)
TOLD = {"t": "meta", "c": [{"t": "strong", "c": ["For"]}, " · ", "Ada"]}
MARKED = {"id": "DU-1", "label": "points/1.md#du-1"}


def test_a_claim_has_its_id_and_what_is_told_of_it() -> None:
    text = f'<p class="claim" id="du-1">Said.{META}</p>'
    assert read(text) == [{**par("Said. ", TOLD), **MARKED}]


def test_items_and_definitions_can_be_claims() -> None:
    text = f'<ul><li class="claim" id="du-1">Said.{META}</li></ul>'
    claim = {**item(plain("Said. ", TOLD)), **MARKED}
    assert read(text) == [listing(claim)]
    text = '<dl><dd class="claim" id="du-1">Said.</dd></dl>'
    claim = {"t": "definition", "c": [plain("Said.")], **MARKED}
    assert read(text) == [{"t": "terms", "items": [claim]}]


def test_of_a_claim_with_nothing_told_only_the_id_is_left() -> None:
    meta = '<span class="claim-meta"><a class="claim-link" href="#du-1">DU-1</a></span>'
    assert read(f'<p class="claim" id="du-1">Said. {meta}</p>') == [{**par("Said."), **MARKED}]


def test_a_paragraph_with_an_anchor_is_no_claim() -> None:
    assert read('<p id="here">Text</p>') == [{**par("Text"), "label": "points/1.md#here"}]


def repeated(*content: Node, block: bool) -> dict[str, Any]:
    return {"t": "repeated", "claim": "du-1", "block": block, "c": list(content)}


def test_repeated_claims_are_nodes_of_their_own() -> None:
    statement = repeated("Said ", {"t": "emph", "c": ["so"]}, ".", block=True)
    assert read('<div data-claim="du-1">Said <em>so</em>.</div>') == [statement]
    assert read('<ul><li data-claim="du-1">Said <em>so</em>.</li></ul>') == [
        listing(item(statement))
    ]
    two = repeated({"t": "par", "c": ["a"]}, par("b"), block=False)
    assert read('<div data-claim="du-1">a<p>b</p></div>') == [two]
    line = repeated("Said.", block=False)
    assert read('<p>a <span data-claim="du-1">Said.</span></p>') == [par("a ", line)]


# A line, and walking


def test_a_line_of_html() -> None:
    text = "Gazette (1931) ‘The &amp; all’, <i>Pier</i>. <a href='https://example.org/'>x</a>."
    assert NodeReader("").read_inline(text) == [
        "Gazette (1931) ‘The & all’, ",
        {"t": "emph", "c": ["Pier"]},
        ". ",
        {"t": "url", "to": "https://example.org/", "c": ["x"]},
        ".",
    ]
    assert NodeReader("").read_inline("") == []


def test_walking_meets_every_node_outer_ones_first() -> None:
    text = (
        "<h1>a<b>b</b></h1><ul><li>c<p>d</p></li></ul><blockquote><p>e<br></p></blockquote>"
        "<table><thead><tr><th><i>f</i></th></tr></thead><tr><td><p>g</p></td></tr></table>"
    )
    kinds = "heading strong list item par par quote par br table emph cell par"
    assert [node["t"] for node in walk(read(text))] == kinds.split()


def test_a_cell_can_be_a_claim() -> None:
    text = f'<table><tr><td class="claim" id="du-1">Said.{META}</td></tr></table>'
    (table,) = read(text)
    assert isinstance(table, dict)
    assert table["rows"] == [[{**cell(plain("Said. ", TOLD)), **MARKED}]]


def test_no_row_of_a_table_is_lost() -> None:
    text = "<table><thead><tr><th>a</th></tr><tr><th>b</th></tr></thead></table>"
    (table,) = read(text)
    assert isinstance(table, dict)
    assert (table["heads"], table["rows"]) == ([["a"]], [[cell(plain("b"), head=True)]])


def test_an_anchor_is_no_link() -> None:
    assert read('<p>a <a name="here">b</a></p>') == [par("a ", "b")]
