import pytest

from briefing.citations import Citation, CitationFault, parse_citations

GOOD = {
    "@key": [("key", "", "")],
    "@key, para. 4": [("key", "para. 4", "")],
    "@a; @b, p. 3": [("a", "", ""), ("b", "p. 3", "")],
    "@mills2025, p. 3, via @samant2025": [("mills2025", "p. 3", "samant2025")],
    "@a, via @b": [("a", "", "b")],
    "@a, via @b; @c, p. 1; @d": [("a", "", "b"), ("c", "p. 1", ""), ("d", "", "")],
    "@a;@b": [("a", "", ""), ("b", "", "")],
    "@a,p. 3,via @b": [("a", "p. 3", "b")],
    "  @a ,  p. 3 ,  via   @b  ": [("a", "p. 3", "b")],
    "@a, ": [("a", "", "")],
    "@a, p. 3,": [("a", "p. 3", "")],
    "@a, p. 3, note 4": [("a", "p. 3, note 4", "")],
    "@a, pp. 3–4": [("a", "pp. 3–4", "")],
    "@a, § 4(2), “Scope”": [("a", "§ 4(2), “Scope”", "")],
    "@a, viaduct, p. 3": [("a", "viaduct, p. 3", "")],
    "@a, previa 2": [("a", "previa 2", "")],
    "@a-b_c-1": [("a-b_c-1", "", "")],
    "@1": [("1", "", "")],
    "@джерело2025, с. 3": [("джерело2025", "с. 3", "")],
    "@a, 100% of $5 & <b>, #4 \\ {x}": [("a", "100% of $5 & <b>, #4 \\ {x}", "")],
    "@a, point 4: the text": [("a", "point 4: the text", "")],
    "@a, p. 3. More": [("a", "p. 3. More", "")],
}


@pytest.mark.parametrize(("inside", "expected"), GOOD.items(), ids=GOOD)
def test_what_may_stand_in_brackets(inside, expected):
    parsed = parse_citations(inside)
    assert not isinstance(parsed, CitationFault)
    assert [citation for citation, _ in parsed] == [Citation(*parts) for parts in expected]
    for citation, offset in parsed:
        assert inside[offset:].startswith("@" + citation.key)


FAULTS = {
    "@k p. 4": ("no comma between the key and 'p. 4'", "write [@k, p. 4]"),
    "@k via @b": ("no comma between the key and 'via @b'", "write [@k, via @b]"),
    "@k (p. 4)": ("no comma between the key and '(p. 4)'", "write [@k, (p. 4)]"),
    "@k!": ("no comma between the key and '!'", ""),
    "@k*": ("no comma between the key and '*'", ""),
    "@a @b": ("", "`;`"),
    "@a, @b": ("a second @ in one citation", "`;`"),
    "@a,@b": ("a second @ in one citation", "`;`"),
    "@a and @b": ("", ""),
    "@a, p. 3 via @b": ("a second @ in one citation", "`via @key` last"),
    "@a, via @b, p. 3": ("a second @ in one citation", "`via @key` last"),
    "@a, via @b, via @c": ("a second @ in one citation", ""),
    "@a, via @b.c": ("", ""),
    "@a, via @b:2": ("", ""),
    "@a, via": ("`via` names no source", "via @key"),
    "@a, via b": ("`via` names no source", "via @key"),
    "@a, p. 3, via b": ("`via` names no source", "via @key"),
    "@a, via @": ("", ""),
    "-@k": ("`-@` is not supported", "delete the `-`"),
    "see @k": ("text before the key: 'see'", "in front of the bracket"),
    "see -@k": ("text before the key: 'see -'", ""),
    "a@b.org": ("text before the key: 'a'", ""),
    "*@k*": ("text before the key: '*'", ""),
    "@a; see @b": ("text before the key: 'see'", ""),
    "@Smith:2019": ("the key has a ':' in it", "letters, digits, `_` and `-`"),
    "@a.b": ("the key has a '.' in it", "letters, digits, `_` and `-`"),
    "@a/b": ("the key has a '/' in it", "letters, digits, `_` and `-`"),
    "@{a b}": ("there is no key after `@`", ""),
    "@": ("there is no key after `@`", ""),
    "@ k": ("there is no key after `@`", ""),
    "@, p. 3": ("there is no key after `@`", ""),
    "@@k": ("there is no key after `@`", ""),
    "@a;": ("there is nothing after a `;`", "delete the `;`"),
    "@a; ; @b": ("there is nothing after a `;`", "delete the `;`"),
    "@a; b": ("'b' has no @key", "[@key]"),
    "@a, p. 3; p. 5": ("'p. 5' has no @key", "[@key]"),
    "@a,\np. 3": ("the citation runs over two lines", "one line"),
    "@a;\n@b": ("the citation runs over two lines", "one line"),
}


@pytest.mark.parametrize(("inside", "told"), FAULTS.items(), ids=FAULTS)
def test_what_may_not(inside, told):
    fault = parse_citations(inside)
    assert isinstance(fault, CitationFault)
    message, hint = told
    assert message in fault.message
    assert hint in fault.hint
    assert fault.message
    assert fault.hint


@pytest.mark.parametrize(
    ("inside", "faulty"),
    [
        ("see @k", "see"),
        ("@a; see @b", " see"),
        ("@a; b; @c", " b"),
        ("@a, p. 3; -@b", "@b"),
        ("@a; @b p. 4", " p. 4"),
        ("@a; @b.c", ".c"),
        ("@a; @", "@"),
        ("@a; @b, via c", "@b"),
    ],
)
def test_a_fault_says_where_in_the_brackets_it_is(inside, faulty):
    fault = parse_citations(inside)
    assert isinstance(fault, CitationFault)
    assert inside[fault.offset :].startswith(faulty)


# On pages. "gazette1931" and "minutes1931" are keys of the small briefing.


def citations(page):
    return [placed.citation for block in page.blocks for placed in block.citations]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("It is so [@gazette1931].", "It is so."),
        ("It is so [@gazette1931], and so [@minutes1931, p. 3].", "It is so, and so."),
        ("It is so.[@gazette1931]", "It is so."),
        ("It is so [@gazette1931] [@minutes1931].", "It is so."),
        ("It **is so [@gazette1931]**.", "It is so."),
        ("*It is so [@gazette1931].*", "It is so."),
        ("- It is so [@gazette1931].", "It is so."),
        ("> It is so [@gazette1931].", "It is so."),
        ("It said “so” [@gazette1931].", "It said “so”."),
        ('It said "so" [@gazette1931].', "It said “so”."),
        ("It said \\[so [@gazette1931].", "It said [so."),
        ("It said [so] [@gazette1931].", "It said [so]."),
        ("A & B said 5 < 6 &amp; 7 [@gazette1931].", "A & B said 5 < 6 & 7."),
        ("See `a[0]` there [@gazette1931].", "See a[0] there."),
        ("See [this](index.md) [@gazette1931].", "See this."),
        ("It<br>is so [@gazette1931].", "It is so."),
        ("It is  \nso [@gazette1931].", "It is so."),
    ],
)
def test_statements_are_without_their_citations(text, statement, read_page):
    (block,) = read_page(text).claim_blocks
    assert block.statement == statement


@pytest.mark.parametrize(
    "text",
    [
        "See `[@gazette1931]` there.",
        "See ``[@gazette1931] ` `` there.",
        "See there:\n\n    [@gazette1931]\n",
        "See there:\n\n```\n[@gazette1931]\n\\bibliography\n```\n",
        "See there:\n\n~~~ md\n[@gazette1931, p. 3\n~~~\n",
        "See <code>\\[@nobody]</code> there.",
        "Write to me@example.org or [a@example.org; b@example.org].",
        "Write to <me@example.org>.",
        "Thank @nobody for this, and [@nobody](https://example.org/@nobody).",
        "It is at https://example.org/@nobody now.",
        "See [this @nobody](https://example.org).",
        "See this <!-- [@gazette1931] --> there.",
        "See this.\n\n<!-- [@gazette1931 -->\n",
        "It is \\[@gazette1931\\] there.",
        "An @ alone, and a@b.",
        "`@gazette1931` is a key.",
    ],
)
def test_what_only_looks_like_a_citation(text, read_page):
    page = read_page(text)
    assert citations(page) == []
    assert page.faults == []


MALFORMED = {
    "no comma": "It is so [¦@gazette1931 p. 4].",
    "prefix": "It is so [see ¦@gazette1931].",
    "author suppressed": "It is so [-¦@gazette1931].",
    "colon in the key": "It is so [¦@Smith:2019].",
    "dot in the key": "It is so [¦@gazette1931.b].",
    "slash in the key": "It is so [¦@gazette1931/b].",
    "no key": "It is so [¦@].",
    "nothing after semicolon": "It is so [¦@gazette1931;].",
    "two lines": "It is\nso [¦@gazette1931,\np. 4].",
    "two lines in an item": "- It is so [¦@gazette1931;\n  @minutes1931].",
    "not closed": "It is so [¦@gazette1931, p. 4.",
    "not closed in its block": "It is so [¦@gazette1931\n\np. 4].",
    "nested": "It is so [see [¦@gazette1931]].",
    "nested behind text": "It is so [see [¦@gazette1931] there].",
    "brackets inside": "It is so [see [this] ¦@gazette1931].",
    "in a link": "It is [so ¦@gazette1931](https://example.org).",
    "as a link": "It is so [¦@gazette1931](https://example.org).",
    "in a reference link": "It is [so ¦@gazette1931][a].\n\n[a]: https://example.org",
    "in an image": "It is ![so ¦@gazette1931](a.png) so.",
    "bare": "It is so ¦@gazette1931.",
    "bare at the start": "¦@gazette1931 said it is so.",
    "in round brackets": "It is so (¦@gazette1931).",
    "full-width brackets": "It is so ［¦@gazette1931］.",
    "in emphasis": "It is so [**¦@gazette1931**].",
    "two in one": "It is so [¦@gazette1931, @minutes1931].",
    "via without key": "It is so [¦@gazette1931, via minutes1931].",
    "in a cell": "| a | b |\n| - | - |\n| c | It is so [see ¦@gazette1931]. |",
    "in a quotation": "- a\n\n    > It is\n    > so [see ¦@gazette1931].",
    "alone": "Text.\n\n[¦@gazette1931]",
    "alone in an item": "- [¦@gazette1931, p. 4]",
    "in a heading": "# It is so [¦@gazette1931]\n\nText.",
    "in an underlined heading": "It is so [¦@gazette1931]\n---\n\nText.",
    "in the head of a table": "| a | b [¦@gazette1931] |\n| - | - |\n| c | d |",
    "in a term": "It [¦@gazette1931]\n: is so",
    "in a title": '!!! note "It is so [¦@gazette1931]"\n    Text.',
}  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_citation_is_reported_at_its_place(text, read_page):
    before = text[: text.index("¦")]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    page = read_page(text.replace("¦", "") + "\n")
    faults = [fault for fault in page.faults if fault.rule == "malformed-citation"]
    assert [fault.position for fault in faults] == [place]
    assert faults[0].hint


def test_a_fault_in_the_second_citation_is_reported_there(read_page):
    (fault,) = read_page("It is so [@gazette1931; see @minutes1931].\n").faults
    assert fault.position.line == 1
    assert 24 <= fault.position.column <= 29


def test_each_of_two_equal_citations_has_its_place(read_page):
    page = read_page("It is [@gazette1931, p. 3] so [@gazette1931, p. 3].\n")
    (block,) = page.claim_blocks
    assert [placed.position for placed in block.citations] == [(1, 8), (1, 32)]


def test_each_citation_in_brackets_has_its_place(read_page):
    page = read_page("It is so\n[@gazette1931, p. 3; @minutes1931, via @olsen1950].\n")
    (block,) = page.claim_blocks
    assert [(one.citation.key, one.position) for one in block.citations] == [
        ("gazette1931", (2, 2)),
        ("minutes1931", (2, 22)),
    ]


@pytest.mark.parametrize(
    ("written", "locator"),
    [
        ("p. 3--4", "p. 3--4"),
        ("p. 3–4", "p. 3–4"),
        ("p. 3\\_a", "p. 3_a"),
        ("p. 3\\*", "p. 3*"),
        ("`p`", "p"),
        ("§ 4 & 5", "§ 4 & 5"),
        ("с. 3, «Мир»", "с. 3, «Мир»"),
        ("p. 3 “so”", "p. 3 “so”"),
    ],
)
def test_locators_are_text(written, locator, read_page):
    (citation,) = citations(read_page(f"It is so [@gazette1931, {written}].\n"))
    assert citation.locator == locator
