"""A document put together: links find their goals, claims their ids, citations their references."""

import copy
from collections import Counter
from typing import Any

import pytest
from building import add, add_kinds_of_page, copy_small

from briefing.briefing import Briefing, read_briefing
from briefing.pdf.assembly import Assembler, Data, each_text, nodes_of, row_heads
from briefing.pdf.chapters import Chapter, ChapterMaker
from briefing.pdf.documents import Document, handouts, pack, whole
from briefing.pdf.nodes import Node, walk

SITE = "https://example.org/harbour"
RECORDS = """
@book{adams1960, author = {Adams, Ann}, title = {Late}, date = {1960}, consulted = {full}}
@book{zorn, author = {Zorn, Zoe}, title = {Undated}, consulted = {full}}
@book{zorn1960, author = {Zorn, Zoe}, title = {Early}, date = {1960-02}, consulted = {full}}
@book{zorn1960b, author = {Zorn, Zoe}, title = {Later}, date = {1960-02-03}, consulted = {full}}
@book{dahl1900, author = {de Dahl, Dan}, title = {First}, date = {1900}, consulted = {full}}
"""


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    root = add_kinds_of_page(copy_small(tmp_path_factory.mktemp("assembly") / "small"))
    add(root, "harbour.bib", RECORDS)
    return read_briefing(root)


def unpublished(src: str) -> str:
    return f"to/{src}"


def published(src: str) -> str:
    return f"{SITE}/{src}"


def assemble(briefing: Briefing, *nodes: Node, layout: str = "columns", **urls: Any) -> Data:
    document = Document("x.pdf", "X", layout, (Chapter("One", list(nodes)),))
    return Assembler(briefing, urls.get("urls", unpublished), "00000000").assemble(document)


def first_node(data: Data) -> dict[str, Any]:
    node: dict[str, Any] = data["chapters"][0]["nodes"][0]
    return node


def heading(label: str, *content: Node, also: str = "") -> dict[str, Any]:
    return {"t": "heading", "level": 1, "label": label, "also": also, "c": list(content)}


def par(*content: Node, **more: str) -> dict[str, Any]:
    return {"t": "par", "kind": "", "c": list(content), **more}


def claim(src: str, name: str, *content: Node) -> dict[str, Any]:
    return par(*content, id=name.upper(), label=f"{src}#{name}")


def repeated(name: str, *content: Node) -> dict[str, Any]:
    return {"t": "repeated", "claim": name, "block": True, "c": list(content)}


def ref(to: str, *content: Node, **more: Any) -> dict[str, Any]:
    return {"t": "ref", "to": to, "c": list(content), **more}


def cite(key: str) -> dict[str, Any]:
    return {"t": "cite", "key": key, "c": [key]}


def all_documents(briefing: Briefing) -> list[Document]:
    maker = ChapterMaker(briefing)
    packs = [pack(maker, [3, 1], ["union"]), pack(maker, [], ["press", "port"])]
    return [whole(maker, unpublished), *handouts(maker), *packs]


# Whole documents


@pytest.mark.parametrize("urls", [unpublished, published])
def test_every_link_of_every_document_has_a_goal(briefing: Briefing, urls: Any) -> None:
    assembler = Assembler(briefing, urls, "00000000")
    documents = all_documents(briefing)
    assert len(documents) == 13
    for document in documents:
        data = assembler.assemble(document)
        references = data["references"]
        within = [node["label"] for node in walk(nodes_of(data)) if node.get("label")]
        labels = Counter([*within, *(one["label"] for one in references), "references"])
        assert max(labels.values()) == 1, document.name
        links = [*walk(nodes_of(data)), *walk(use for one in references for use in one["uses"])]
        goals = {node["to"] for node in links if node["t"] in ("ref", "cite")}
        assert goals <= labels.keys(), document.name
        elsewhere = {node["t"] for node in links if node.get("to", "").startswith(urls(""))}
        assert elsewhere <= {"url" if urls is published else "span"}, document.name
        assert all(one["uses"] for one in references), document.name


def test_every_claim_has_exactly_one_home(briefing: Briefing) -> None:
    assembler = Assembler(briefing, unpublished, "00000000")
    for document in all_documents(briefing):
        nodes = nodes_of(assembler.assemble(document))
        homes = [(node["label"], node["id"]) for node in walk(nodes) if {"id", "label"} <= {*node}]
        printed = {chapter.path for chapter in document.chapters}
        own = {one.id for one in briefing.claims if one.page in printed}
        shown = own | {node["claim"] for node in walk(nodes) if node["t"] == "repeated"}
        by_id = briefing.claims_by_id
        assert sorted(homes) == sorted((by_id[name].anchor, name.upper()) for name in shown)


def test_the_whole_briefing_has_every_claim_on_its_own_page(briefing: Briefing) -> None:
    document = whole(ChapterMaker(briefing), unpublished)
    data = Assembler(briefing, unpublished, "00000000").assemble(document)
    homes = [node["id"] for node in walk(nodes_of(data)) if "id" in node and "label" in node]
    assert homes == [one.id.upper() for one in in_order_of(document, briefing)]
    assert not [node for node in walk(nodes_of(data)) if node["t"] == "repeated" and "id" in node]


def in_order_of(document: Document, briefing: Briefing) -> list[Any]:
    places = [chapter.path for chapter in document.chapters]
    return sorted(briefing.claims, key=lambda one: (places.index(one.page), one.line))


def test_assembling_leaves_the_chapters_as_they_are(briefing: Briefing) -> None:
    assembler = Assembler(briefing, unpublished, "00000000")
    document = whole(ChapterMaker(briefing), unpublished)
    before = copy.deepcopy(document.chapters)
    first = assembler.assemble(document)
    assert document.chapters == before
    assert assembler.assemble(document) == first


# Links

HEAD = heading("points/1.md", "Point 1", also="points/1.md#point-1")
SAID = claim("points/1.md", "p1-1", "Said.")


@pytest.mark.parametrize(
    ("given", "settled"),
    [
        (ref("points/1.md", "x"), ref("points/1.md", "x")),
        (ref("points/1.md#point-1", "x"), ref("points/1.md", "x")),
        (ref("points/1.md#p1-1", "x"), ref("points/1.md#p1-1", "x", id="P1-1")),
        (
            ref("points/1.md#p1-1", "P1-1", shows_id=True),
            ref("points/1.md#p1-1", "P1-1", shows_id=True),
        ),
        (ref("points/1.md#here", "x"), ref("points/1.md#here", "x")),
        (ref("sources/index.md", "x"), ref("references", "x")),
    ],
)
def test_links_to_what_the_document_has(
    briefing: Briefing, given: dict[str, Any], settled: dict[str, Any]
) -> None:
    here = par("Here", label="points/1.md#here")
    for urls in (unpublished, published):
        data = assemble(briefing, par(given), HEAD, SAID, here, par(cite("zorn")), urls=urls)
        assert first_node(data)["c"] == [settled]


@pytest.mark.parametrize(
    ("given", "to", "content"),
    [
        (ref("points/2.md", "x"), "points/2.md", ["x"]),
        (ref("points/1.md#gone", "x"), "points/1.md#gone", ["x"]),
        (ref("points/2.md#p2-1", "x"), "points/2.md#p2-1", ["x", " (P2-1)"]),
        (ref("points/2.md#p2-1", "P2-1", shows_id=True), "points/2.md#p2-1", ["P2-1"]),
        (ref("points/3.md#p2-1", "x"), "points/3.md#p2-1", ["x"]),
        (ref("claims.csv", "x"), "claims.csv", ["x"]),
        (ref("sources/gazette1931.md#claims", "x"), "sources/gazette1931.md#claims", ["x"]),
    ],
)
def test_links_to_what_the_document_lacks(
    briefing: Briefing, given: dict[str, Any], to: str, content: list[Node]
) -> None:
    rest = {key: given[key] for key in given if key == "shows_id"}
    data = assemble(briefing, par(given), HEAD, SAID, urls=published)
    assert first_node(data)["c"] == [{"t": "url", "to": f"{SITE}/{to}", "c": content, **rest}]
    data = assemble(briefing, par(given), HEAD, SAID, urls=unpublished)
    assert first_node(data)["c"] == [{"t": "span", "to": f"to/{to}", "c": content, **rest}]


def test_whole_briefing_says_what_only_the_website_has(briefing: Briefing) -> None:
    page = par(ref("about/rules.md", "rules"), " and ", ref("points/1.md", "point 1"))
    document = Document("briefing.pdf", "X", "book", (Chapter("One", [page, HEAD]),))
    for urls, kind in ((unpublished, "span"), (published, "url")):
        data = Assembler(briefing, urls, "00000000").assemble(document)
        rules, _, point = first_node(data)["c"]
        assert (rules["t"], rules["c"]) == (kind, ["rules", " (on the website)"])
        assert point == ref("points/1.md", "point 1")


def test_the_list_of_sources_is_its_own_page_where_that_is_printed(briefing: Briefing) -> None:
    page = heading("sources/index.md", "Sources")
    data = assemble(briefing, par(ref("sources/index.md", "x"), cite("zorn")), page)
    assert first_node(data)["c"][0] == ref("sources/index.md", "x")


def test_a_claim_does_not_link_to_itself(briefing: Briefing) -> None:
    said = claim("points/1.md", "p1-1", "Said, ", ref("points/1.md#p1-1", "here"), ".")
    data = assemble(briefing, said)
    itself = {"t": "span", "to": "points/1.md#p1-1", "c": ["here"]}
    assert first_node(data) == {**said, "c": ["Said, ", itself, "."]}


def test_links_in_every_place_are_settled(briefing: Briefing) -> None:
    link = ref("points/1.md#point-1", "x")
    table = {
        "t": "table",
        "kind": "",
        "caption": "",
        "heads": [[link], ["b"]],
        "rows": [[{"t": "cell", "head": False, "c": [par(link)]}]],
    }
    listing = {"t": "list", "ordered": False, "items": [{"t": "item", "c": [par(link)]}]}
    terms = {"t": "terms", "items": [{"t": "term", "label": "", "c": [link]}]}
    strong = par({"t": "strong", "c": [{"t": "emph", "c": [link]}]})
    nodes = [HEAD, heading("", link), table, listing, terms, strong, {"t": "quote", "c": [strong]}]
    data = assemble(briefing, *nodes)
    found = [node["to"] for node in walk(nodes_of(data)) if node["t"] == "ref"]
    assert found == ["points/1.md"] * 7


# Claims that are repeated


def test_in_a_handout_a_repeated_claim_is_at_home_where_it_stands_first(
    briefing: Briefing,
) -> None:
    data = assemble(briefing, repeated("p1-1", "a"), repeated("p1-1", "b"), repeated("p2-1", "c"))
    assert data["chapters"][0]["nodes"] == [
        {
            **repeated("p1-1", "a"),
            "about": "points/1.md#p1-1",
            "label": "points/1.md#p1-1",
            "id": "P1-1",
        },
        {**repeated("p1-1", "b"), "about": "points/1.md#p1-1"},
        {
            **repeated("p2-1", "c"),
            "about": "points/2.md#p2-1",
            "label": "points/2.md#p2-1",
            "id": "P2-1",
        },
    ]


def test_a_repeated_claim_is_at_home_on_its_page_where_that_is_printed(
    briefing: Briefing,
) -> None:
    data = assemble(briefing, repeated("p1-1", "a"), HEAD, SAID)
    assert data["chapters"][0]["nodes"] == [
        {**repeated("p1-1", "a"), "about": "points/1.md#p1-1"},
        HEAD,
        SAID,
    ]


# Citations


def test_citations_lead_to_references_and_back(briefing: Briefing) -> None:
    data = assemble(
        briefing,
        par(cite("zorn1960")),
        heading("points/1.md", "Point 1"),
        claim("points/1.md", "p1-1", cite("gazette1931"), cite("zorn1960"), cite("gazette1931")),
        par(cite("gazette1931")),
        repeated("p2-1", cite("gazette1931")),
        heading("", "No place to link to"),
        par(cite("gazette1931")),
        heading("points/1.md#more", "More"),
        {"t": "list", "ordered": False, "items": [{"t": "item", "c": [cite("gazette1931")]}]},
    )
    assert first_node(data)["c"] == [{**cite("zorn1960"), "to": "references:zorn1960"}]
    said = ref("points/1.md#p1-1", "P1-1", itself="points/1.md#p1-1")
    uses = [
        ref("points/1.md", "Point 1"),
        said,
        ref("points/2.md#p2-1", "P2-1", itself="points/2.md#p2-1"),
        ref("points/1.md#more", "More"),
    ]
    assert data["references"] == [
        {
            "label": "references:gazette1931",
            "name": "Harbour Gazette, 5 May 1931",
            "c": ["Harbour Gazette (1931) ‘The Accord in full’, 5 May."],
            "note": "Newspaper; read in full.",
            "uses": uses,
        },
        {
            "label": "references:zorn1960",
            "name": "Zorn, Feb 1960",
            "c": ["Zorn, Z. (1960) ", {"t": "emph", "c": ["Early"]}, "."],
            "note": "read in full.",
            "uses": [said],
        },
    ]


def test_references_stand_in_the_order_of_who_and_then_of_date(briefing: Briefing) -> None:
    keys = ["zorn", "zorn1960b", "minutes1931", "zorn1960", "dahl1900", "adams1960", "olsen1950"]
    data = assemble(briefing, *(par(cite(key)) for key in keys))
    assert [one["name"] for one in data["references"]] == [
        "Adams, 1960",
        "de Dahl, 1900",
        "Olsen and Berg, 1950",
        "Port Authority, 4 May 1931",
        "Zorn, Feb 1960",
        "Zorn, 3 Feb 1960",
        "Zorn, no date",
    ]


def test_a_document_without_citations_has_no_references(briefing: Briefing) -> None:
    assert assemble(briefing, HEAD, par("Text."))["references"] == []


# What the template is told


def test_only_books_turn_wide_chapters(briefing: Briefing) -> None:
    chapters = (
        Chapter("One", [HEAD], "docs/points/1.md", landscape=True),
        Chapter("Two", [SAID], notes=True),
    )
    for layout, landscape, digits in (("book", True, 1), ("columns", False, 1)):
        document = Document("x.pdf", "X", layout, chapters)
        data = Assembler(briefing, unpublished, "00000000").assemble(document)
        assert data["chapters"] == [
            {"title": "One", "nodes": [HEAD], "landscape": landscape, "notes": False},
            {"title": "Two", "nodes": [SAID], "landscape": False, "notes": True},
        ]
        assert (data["layout"], data["digits"], data["language"]) == (layout, digits, "en")
        assert data["front"]["title"] == "X"


def test_room_is_kept_for_the_page_numbers_of_a_long_document(briefing: Briefing) -> None:
    assembler = Assembler(briefing, unpublished, "00000000")
    chapters = tuple(Chapter("One", [HEAD], "docs/points/1.md") for _ in range(10))
    long = Chapter("Long", [HEAD, par("Word. " * 400_000)])
    of_many = assembler.assemble(Document("x.pdf", "X", "book", chapters))
    of_one = assembler.assemble(Document("x.pdf", "X", "columns", (long,)))
    assert (of_many["digits"], of_one["digits"]) == (2, 3)


def test_the_nodes_of_all_chapters() -> None:
    chapters = [{"nodes": ["a", {"t": "br"}]}, {"nodes": []}, {"nodes": ["b"]}]
    assert nodes_of({"chapters": chapters}) == ["a", {"t": "br"}, "b"]


def test_rows_with_a_head_are_told_table_by_table() -> None:
    def cells(*heads: bool) -> list[Node]:
        return [{"t": "cell", "head": head, "c": []} for head in heads]

    inner = {"t": "table", "heads": [], "rows": [cells(True, False), cells(False, True)]}
    empty = {"t": "table", "heads": [["a"]], "rows": []}
    outer = {"t": "table", "heads": [], "rows": [cells(True)]}
    data = {"chapters": [{"nodes": [inner, par("a"), empty]}, {"nodes": [outer]}]}
    assert row_heads(data) == [[True, False], [], [True]]


def test_every_text_is_changed_and_no_label() -> None:
    data = {
        "t": "t t",
        "to": "to t",
        "label": "label t",
        "path": "path t",
        "c": ["a t", ["b t", {"t": "t", "c": "c t", "alt": "alt t"}]],
        "id": "id t",
        "number": 3,
        "nothing": None,
        "yes": True,
    }
    assert each_text(data, lambda text: text.replace("t", "T")) == {
        "t": "t t",
        "to": "to t",
        "label": "label t",
        "path": "path t",
        "c": ["a T", ["b T", {"t": "t", "c": "c T", "alt": "alT T"}]],
        "id": "id T",
        "number": 3,
        "nothing": None,
        "yes": True,
    }


def test_without_citations_nothing_leads_to_the_references(briefing: Briefing) -> None:
    data = assemble(briefing, par(ref("sources/index.md", "x")))
    assert first_node(data)["c"] == [{"t": "span", "to": "to/sources/index.md", "c": ["x"]}]


def test_a_use_names_the_whole_heading(briefing: Briefing) -> None:
    title = ["A ", {"t": "emph", "c": ["b ", {"t": "strong", "c": ["c"]}]}, {"t": "code", "c": "d"}]
    data = assemble(briefing, heading("points/1.md", *title), par(cite("zorn")))
    assert data["references"][0]["uses"] == [ref("points/1.md", "A b cd")]
