"""Glossaries: what is read of a term, and where a built page explains it."""

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from building import add, build, copy_small, undress, write
from lxml.html import HtmlElement

from briefing.briefing import Briefing, read_briefing
from briefing.findings import Position
from briefing.pages import Page, Term
from briefing.rules import check

GLOSSARY = "---\nglossary: true\n---\n# Glossary\n\n"


@pytest.fixture
def terms(read_page: Callable[..., Page]) -> Callable[[str], list[Term]]:
    def read(text: str) -> list[Term]:
        return read_page(GLOSSARY + text, "glossary.md").terms

    return read


# What is read


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_terms_are_read_with_names_places_and_definitions(
    read_page: Callable[..., Page], newline: str, mark: str
) -> None:
    text = 'Quay {: also="wharf" }\n:   Where ships lie [@gazette1931].\n\n'
    text += "Low water\n:   When boats lie dry.\n    {: .editorial }\n"
    page = read_page((mark + GLOSSARY + text).replace("\n", newline), "glossary.md")
    assert page.terms == [
        Term(("Quay", "wharf"), "term-quay", Position(6, 1), "Where ships lie."),
        Term(("Low water",), "term-low-water", Position(9, 1), "When boats lie dry."),
    ]
    assert page.anchors["term-quay"] == Position(6, 1)


@pytest.mark.parametrize(
    ("written", "names", "anchor"),
    [
        ("Quay", ("Quay",), "term-quay"),
        ("Quay   wall", ("Quay wall",), "term-quay-wall"),
        ("*Quay* **wall**", ("Quay wall",), "term-quay-wall"),
        ("`Quay`", ("Quay",), "term-quay"),
        ("[Quay](index.md)", ("Quay",), "term-quay"),
        ("R&D", ("R&D",), "term-rd"),
        ("R&amp;D", ("R&D",), "term-rd"),
        ("Dockers' wage", ("Dockers’ wage",), "term-dockers-wage"),
        ('"Red" quay', ("“Red” quay",), "term-red-quay"),
        ("Quay \\*", ("Quay *",), "term-quay"),
        ("20-point draft", ("20-point draft",), "term-20-point-draft"),
        ("Quay {: #here }", ("Quay",), "here"),
        ("Quay {: #here .bold }", ("Quay",), "here"),
        ('Quay {: also="wharf;pier" #here }', ("Quay", "wharf", "pier"), "here"),
        ('Quay {: also=" wharf ; ; the  pier ;" }', ("Quay", "wharf", "the  pier"), "term-quay"),
        ('Quay {: also="" }', ("Quay",), "term-quay"),
        ('Quay {: also=" ; " }', ("Quay",), "term-quay"),
        ("Quay {: also=wharf }", ("Quay", "wharf"), "term-quay"),
        ('Quay {: also="R&D; R&amp;D" }', ("Quay", "R&D", "R&D"), "term-quay"),
        ('Quay {: also="причал; «Схід»" }', ("Quay", "причал", "«Схід»"), "term-quay"),
    ],
)
def test_names_are_what_readers_see(
    terms: Callable[[str], list[Term]], written: str, names: tuple[str, ...], anchor: str
) -> None:
    (term,) = terms(f"{written}\n:   Where ships lie [@gazette1931].\n")
    assert (term.names, term.anchor) == (names, anchor)
    assert term.definition == "Where ships lie."


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Quay", ["Quay", "quay"]),
        ("quay", ["quay", "Quay"]),
        ("Low Water", ["Low Water", "low Water"]),
        ("20-point draft", ["20-point draft"]),
        ("NATO", ["NATO", "nATO"]),
        ("Причал", ["Причал", "причал"]),
        ("Ї", ["Ї", "ї"]),
    ],
)
def test_forms_have_a_capital_in_front_and_none(name: str, forms: list[str]) -> None:
    assert Term((name,), "a", Position(1, 1)).forms == forms


def test_forms_of_all_names_are_there_once() -> None:
    term = Term(("Quay", "quay", "wharf"), "a", Position(1, 1))
    assert term.forms == ["Quay", "quay", "wharf", "Wharf"]


def test_definition_is_the_first_paragraph(terms: Callable[[str], list[Term]]) -> None:
    text = "Quay\n:   Where ships\n    lie [@gazette1931].\n\n    And boats [@gazette1931].\n"
    text += "\n:   Or where they stay [@gazette1931].\n\nPier\n:   A quay [@gazette1931].\n"
    assert [(term.names[0], term.definition) for term in terms(text)] == [
        ("Quay", "Where ships lie."),
        ("Pier", "A quay."),
    ]


def test_terms_before_one_definition_share_it(terms: Callable[[str], list[Term]]) -> None:
    text = 'Quay\nPier {: #pier }\nWharf {: also="dock" }\n:   Here [@gazette1931].\n\n'
    found = terms(text + "Ship\n:   Lies there [@gazette1931].\n")
    assert [(term.names, term.anchor, term.position.line) for term in found] == [
        (("Quay",), "term-quay", 6),
        (("Pier",), "pier", 7),
        (("Wharf", "dock"), "term-wharf", 8),
        (("Ship",), "term-ship", 11),
    ]
    assert [term.definition for term in found] == ["Here."] * 3 + ["Lies there."]


@pytest.mark.parametrize(
    ("written", "definition"),
    [
        ("Where *ships* [lie](index.md) & `wait`", "Where ships lie & wait."),
        ("Where \"ships\" lie -- 'all' of them", "Where “ships” lie – ‘all’ of them."),
        ("Where &lt;ships&gt; &amp;copy; lie", "Where <ships> &copy; lie."),
        ("Де стоять кораблі", "Де стоять кораблі."),
        ("Where C:\\new and 100% of $5 #1", "Where C:\\new and 100% of $5 #1."),
    ],
)
def test_definition_is_what_readers_see_without_citations(
    terms: Callable[[str], list[Term]], written: str, definition: str
) -> None:
    (term,) = terms(f"Quay\n:   {written} [@gazette1931].\n")
    assert term.definition == definition


@pytest.mark.parametrize("between", ["", "Between them stands a paragraph [@gazette1931].\n\n"])
def test_term_has_no_definition_of_another(
    terms: Callable[[str], list[Term]], between: str
) -> None:
    text = "Quay\n:   <!-- to come -->\n\n" + between + "Pier\n:   A wall [@gazette1931].\n"
    assert [(term.names[0], term.definition) for term in terms(text)] == [
        ("Quay", ""),
        ("Pier", "A wall."),
    ]


def test_terms_stand_in_lists_and_quotations_too(terms: Callable[[str], list[Term]]) -> None:
    text = "- In a list\n\n    Quay\n    :   Here [@gazette1931].\n\n"
    found = terms(text + "> Pier\n> :   There [@gazette1931].\n")
    assert [(term.names[0], term.definition, term.position) for term in found] == [
        ("Quay", "Here.", Position(8, 5)),
        ("Pier", "There.", Position(11, 3)),
    ]


@pytest.mark.parametrize("given", ["glossary: false\n", "title: Glossary\n", ""])
def test_page_that_is_no_glossary_has_no_terms(read_page: Callable[..., Page], given: str) -> None:
    page = read_page(f"---\n{given}title: x\n---\nQuay\n:   Here.\n".replace("title: x\n", ""))
    assert page.terms == []
    assert "term-quay" not in page.anchors


def test_terms_in_other_letters_have_anchors_of_their_own(
    terms: Callable[[str], list[Term]],
) -> None:
    text = "".join(f"{name}\n:   Here [@gazette1931].\n\n" for name in ("Порт", "Союз", "C", "C++"))
    anchors = [term.anchor for term in terms(text)]
    assert len(set(anchors)) == len(anchors)


def test_anchor_of_a_term_is_not_that_of_a_heading(read_page: Callable[..., Page]) -> None:
    text = "## Term quay\n\nQuay\n:   Here [@gazette1931].\n"
    page = read_page(GLOSSARY + text, "glossary.md")
    assert page.terms[0].anchor not in {heading.anchor for heading in page.headings}


@pytest.mark.parametrize("glossary", ["true", "false"])
@pytest.mark.parametrize("name", ["onclick", "alos", "stanse"])
def test_attribute_of_a_term_that_nothing_reads_is_found(
    small: Path, glossary: str, name: str
) -> None:
    text = f'---\nglossary: {glossary}\n---\nQuay {{: {name}="x" }}\n:   Here [@gazette1931].\n'
    write(small, "docs/glossary.md", text)
    found = [(one.rule, one.path, one.line) for one in check(read_briefing(small))]
    assert found == [("unknown-attribute", "docs/glossary.md", 4)]


def test_also_on_a_page_that_is_no_glossary_is_found(small: Path) -> None:
    write(small, "docs/case.md", 'Quay {: also="wharf" }\n:   Here [@gazette1931].\n')
    found = [(one.rule, one.path, one.line) for one in check(read_briefing(small))]
    assert found == [("unknown-attribute", "docs/case.md", 1)]


def test_id_of_a_term_that_another_block_has_is_found(small: Path) -> None:
    text = "Quay {: #here }\n:   Here [@gazette1931].\n    {: #here }\n"
    write(small, "docs/glossary.md", GLOSSARY + text)
    found = [one.rule for one in check(read_briefing(small))]
    assert found == ["duplicate-anchor"]


# Where it is explained

TERMS = """\
Quay {: also="wharf" }
:   Where "ships" & boats lie [@gazette1931].

    A second paragraph on the quay and the port [@gazette1931].

Long quay wall {: also="long quay" }
:   A wall of &lt;stone&gt;
    on the quay [@gazette1931].

Hull
Keel
:   Parts of a ship, as is the quay [@gazette1931].

Порт {: also="порту; порті" }
:   Де стоять кораблі [@gazette1931].

R&D
:   What engineers do &amp;copy; sell [@gazette1931].

Dockers' wage
:   What a docker earns [@gazette1931].

Low water
:   When boats lie dry [@gazette1931].

Port (of call) {: also="port-of-call" }
:   Where ships stop [@gazette1931].
"""
QUAY, WALL, SHIP, PORT, RD, WAGE, WATER, CALL = (
    "Where “ships” & boats lie.",
    "A wall of <stone> on the quay.",
    "Parts of a ship, as is the quay.",
    "Де стоять кораблі.",
    "What engineers do &copy; sell.",
    "What a docker earns.",
    "When boats lie dry.",
    "Where ships stop.",
)
SECTIONS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "first-use": (
        "A quay stands. The quay and the wharf stand [@gazette1931].\n\nThe quay [@gazette1931].",
        [("quay", QUAY)],
    ),
    "first-use-in-a-list": (
        "- A wharf [@gazette1931].\n- A Quay [@gazette1931].\n- A keel [@gazette1931].",
        [("wharf", QUAY), ("keel", SHIP)],
    ),
    "capital": ("Quay and Hull [@gazette1931].", [("Quay", QUAY), ("Hull", SHIP)]),
    "longest-form": (
        "A long quay wall, a quay [@gazette1931].",
        [("long quay wall", WALL), ("quay", QUAY)],
    ),
    "longer-form-first": ("The long quays, long quay [@gazette1931].", [("long quay", WALL)]),
    "whole-words": ("quays quayside aquay quay_x ships' keels QUAY [@gazette1931].", []),
    "beside-punctuation": (
        "(quay), “keel”—all; порту. [@gazette1931]",
        [("quay", QUAY), ("keel", SHIP), ("порту", PORT)],
    ),
    "in-emphasis-and-links": (
        "*The quay* and [a keel](index.md) [@gazette1931].",
        [("quay", QUAY), ("keel", SHIP)],
    ),
    "not-in-code": ("`quay` and ``the keel`` [@gazette1931].\n\n    quay\n\n```\nkeel\n```", []),
    "not-in-citations": ("It stands [@gazette1931, quay 3; @minutes1931, keel].", []),
    "not-in-comments": ("It stands [@gazette1931]. <!-- quay -->\n\n<!-- keel -->", []),
    "not-in-titles": ('[It](index.md "quay") stands [@gazette1931].', []),
    "in-a-quotation": ("> The quay [@gazette1931].", [("quay", QUAY)]),
    "in-a-table": (
        "| Who | What |\n| --- | --- |\n| quay [@gazette1931] | a keel [@gazette1931] |",
        [("quay", QUAY), ("keel", SHIP)],
    ),
    "in-a-note": ('!!! note "It"\n    The quay [@gazette1931].', [("quay", QUAY)]),
    "ampersand": ("The R&D [@gazette1931].", [("R&D", RD)]),
    "entity": ("The R&amp;D [@gazette1931].", [("R&D", RD)]),
    "apostrophe": ("A dockers' wage [@gazette1931].", [("dockers’ wage", WAGE)]),
    "over-two-lines": ("At low\nwater [@gazette1931].", [("low water", WATER)]),
    "signs-at-the-end": (
        "A port (of call), a port-of-call [@gazette1931].",
        [("port (of call)", CALL)],
    ),
    "cyrillic": ("У порті й у Порту [@gazette1931].", [("порті", PORT)]),
    "generated": ("<!-- table: parties -->\n\n<!-- table: register -->", []),
}
EXTRACTS = """
> The quay.
{: by="Ada Holm" at="p. 3" }

> The ships lie keel to keel.
{: by="Ada Holm" at="p. 3" }
"""
PAGE = "# A quay and a keel\n\n" + "\n\n".join(
    f"## The quay: {name} {{: #{name} }}\n\n{text}" for name, (text, _) in SECTIONS.items()
)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = undress(copy_small(tmp_path_factory.mktemp("terms") / "small"))
    write(made, "docs/glossary.md", f"{GLOSSARY}{TERMS}")
    add(made, "docs/sources/gazette1931.md", EXTRACTS)
    write(made, "docs/case.md", PAGE)
    lower = "The quay [@gazette1931].\n\n### Below\n\nThe quay [@gazette1931].\n\n# End\n\nA quay."
    write(made, "docs/about/quote.md", "# It\n\n> ### The keel\n>\n> A keel.\n")
    write(made, "docs/about/note.md", '# It\n\n!!! note "The keel"\n    A keel.\n')
    write(made, "docs/about/case.md", f"A quay.\n\n# Case\n\n{lower}\n")
    return made


@pytest.fixture(scope="session")
def planted(root: Path) -> Briefing:
    return read_briefing(root)


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    return build(root)


@pytest.fixture(scope="session")
def articles(site: Path) -> dict[str, HtmlElement]:
    return {
        name: lxml.html.document_fromstring((site / f"{name}.html").read_bytes()).find(".//article")
        for name in (
            *("case", "glossary", "sources/gazette1931"),
            *("about/index", "about/case", "about/quote", "about/note"),
        )
    }


def _shown(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _explained(elements: list[HtmlElement]) -> list[tuple[str, str]]:
    return [
        (_shown(abbr), str(abbr.get("title")))
        for element in elements
        for abbr in element.iter("abbr")
    ]


@pytest.fixture(scope="session")
def sections(articles: dict[str, HtmlElement]) -> dict[str, list[HtmlElement]]:
    """The elements of each section of the page, its heading first."""
    found: dict[str, list[HtmlElement]] = {}
    for element in articles["case"]:
        if element.tag == "h2":
            name = str(element.get("id"))
        if element.tag != "h1" and element.get("class") != "footnote":
            found.setdefault(name, []).append(element)
    return found


@pytest.mark.parametrize("name", SECTIONS)
def test_section_explains_the_terms_that_it_uses(
    sections: dict[str, list[HtmlElement]], name: str
) -> None:
    _, told = SECTIONS[name]
    assert _explained(sections[name]) == told


def test_headings_and_references_explain_nothing(articles: dict[str, HtmlElement]) -> None:
    path = ".//*[self::h1 or self::h2 or self::h3 or @class='footnote' or @class='citation']//abbr"
    assert articles["case"].xpath(path) == []
    assert articles["case"].xpath(".//h1//text()[contains(., 'quay')]") != []


@pytest.mark.parametrize("name", ["quote", "note"])
def test_headings_in_other_blocks_explain_nothing(
    articles: dict[str, HtmlElement], name: str
) -> None:
    article = articles[f"about/{name}"]
    assert "The keel" in _shown(article)
    assert article.xpath(".//abbr/parent::*/text()") == ["A ", "."]


def test_each_section_begins_anew(articles: dict[str, HtmlElement]) -> None:
    assert _explained([articles["about/case"]]) == [("quay", QUAY)] * 4


def test_glossary_and_generated_pages_explain_nothing(articles: dict[str, HtmlElement]) -> None:
    for name in ("glossary", "about/index", "sources/gazette1931"):
        assert "quay" in _shown(articles[name])
        assert _explained([articles[name]]) == [], name


def test_glossary_has_the_anchors_of_its_terms(
    articles: dict[str, HtmlElement], planted: Briefing
) -> None:
    (page,) = (page for page in planted.pages if page.terms)
    shown = [(one.get("id"), _shown(one)) for one in articles["glossary"].iter("dt")]
    assert shown == [(term.anchor, term.names[0]) for term in page.terms]
    assert {name for one in articles["glossary"].iter("dt") for name in one.attrib} == {"id"}


def test_terms_change_no_statement(articles: dict[str, HtmlElement], planted: Briefing) -> None:
    (page,) = (page for page in planted.pages if page.src == "case.md")
    for block in page.claim_blocks:
        (element,) = articles["case"].xpath(f".//*[@id='{block.anchor}']")
        text = re.sub(r" \([^()]*\d{4}[^()]*\)", "", _shown(element))
        assert text.startswith(block.statement.rstrip(".")), block.anchor


@pytest.mark.parametrize(
    "text",
    [
        'It is *"quay"* and "Quay"',
        "The 'quay' -- 'quay' -- ...quay...",
        "The tug's tugs",
        "A tug\\*s quay\\_x \\[quay\\]",
    ],
)
def test_page_that_uses_terms_is_rendered_as_it_was_checked(tmp_path: Path, text: str) -> None:
    root = undress(copy_small(tmp_path / "small"))
    terms = 'Quay {: also="tug\'s; tug...; R&D; tug*s" }\n:   Where ships lie [@gazette1931].\n'
    write(root, "docs/glossary.md", GLOSSARY + terms)
    add(root, "docs/sources/gazette1931.md", EXTRACTS)
    write(
        root,
        "docs/case.md",
        f"# Case\n\nA quay [@gazette1931].\n\n## It\n\n{text} [@gazette1931].\n",
    )
    *_, block = (claim for claim in read_briefing(root).claims if claim.src == "case.md")
    tree = lxml.html.document_fromstring((build(root) / "case.html").read_bytes())
    (shown,) = tree.xpath(f"//*[@id='{block.id}']")
    assert _shown(shown).startswith(block.statement.rstrip("."))
    assert len(list(shown.iter("abbr"))) == 1


def test_claims_keep_their_ids_when_a_term_is_explained(root: Path, tmp_path: Path) -> None:
    plain = copy_small(tmp_path / "small")
    write(plain, "docs/case.md", PAGE)
    before = [(claim.id, claim.statement) for claim in read_briefing(plain).claims]
    after = [(c.id, c.statement) for c in read_briefing(root).claims if c.src != "glossary.md"]
    assert after == before


def test_what_is_explained_can_be_called_up_by_keyboard(site: Path) -> None:
    tree = lxml.html.document_fromstring((site / "case.html").read_bytes())
    found = [abbr.get("tabindex") for abbr in tree.iter("abbr")]
    assert set(found) == {"0"}
