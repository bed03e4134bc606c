"""Extracts of a source's page, how their words are counted, and where a block's words stand."""

import re
from collections.abc import Callable

import pytest

from briefing.extracts import Extract, collect_extracts, count_words
from briefing.findings import Position
from briefing.pages import Page

ReadPage = Callable[..., Page]
SRC = "sources/minutes1931.md"
GIVEN = '{: by="Ada Holm" at="para. 1" }'


def extracts(read_page: ReadPage, text: str | bytes, src: str = SRC) -> list[Extract]:
    return collect_extracts(read_page(text, src))


def test_quotation_has_all_that_is_given(read_page: ReadPage) -> None:
    assert extracts(read_page, f"> We shall be back\n{GIVEN}\n") == [
        Extract(
            key="minutes1931",
            words="We shall be back",
            quoted=True,
            by="Ada Holm",
            at="para. 1",
            page="docs/sources/minutes1931.md",
            position=Position(1, 3),
        )
    ]


def test_note_is_in_our_words(read_page: ReadPage) -> None:
    (note,) = extracts(read_page, 'Forty met.\n{: at="para. 2" }\n')
    assert (note.words, note.quoted, note.by, note.at) == ("Forty met.", False, "", "para. 2")


def test_extracts_are_in_the_order_of_the_page(read_page: ReadPage) -> None:
    text = f"""\
> We shall be back
{GIVEN}

Forty met.

- Fifty met.
    - Sixty met.

> - We shall stay
>
> We shall go

| Seen |
| --- |
| 70 |

1. Eighty met.
"""
    found = extracts(read_page, text)
    assert [(one.words, one.quoted, one.position.line) for one in found] == [
        ("We shall be back", True, 1),
        ("Forty met.", False, 4),
        ("Fifty met.", False, 6),
        ("Sixty met.", False, 7),
        ("We shall stay", True, 9),
        ("We shall go", True, 11),
        ("70", False, 15),
        ("Eighty met.", False, 17),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("> We shall\n> be back\n", "We shall be back"),
        ("> We shall\nbe   back\n", "We shall be back"),
        ("> We **shall** be *back*\n", "We shall be back"),
        ("> We [shall](../index.md) `be` back<!-- soon -->\n", "We shall be back"),
        ("> We shall [@gazette1931] be back\n", "We shall be back"),
        ("> We \\*shall\\* be &amp; stay\n", "We *shall* be & stay"),
        ("> \"We 'shall' be\" -- back\n", "“We ‘shall’ be” – back"),
        ("> We [...] be [soon] back\n", "We […] be [soon] back"),
        ("> Wir “bleiben” — да\n", "Wir “bleiben” — да"),
    ],
)
def test_words_are_what_readers_see(read_page: ReadPage, text: str, words: str) -> None:
    assert [one.words for one in extracts(read_page, text)] == [words]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("> We shall be back\n", ("", "")),
        ('> We shall be back\n{: by="Ada Holm" }\n', ("Ada Holm", "")),
        ('> We shall be back\n{: by=" " at=" p. 1 " }\n', ("", "p. 1")),
        ('> We shall be back\n> {: by="Ada Holm" at="p. 1" }\n', ("Ada Holm", "p. 1")),
        ("---\nby: Ada Holm\nat: p. 1\n---\n> We shall be back\n", ("Ada Holm", "p. 1")),
        ('---\nby: Ada Holm\nat: 1\n---\n> We\n{: at="p. 2" }\n', ("Ada Holm", "p. 2")),
        ('# Minutes {: by="Ada Holm" }\n\n> We\n{: at="p. 2" }\n', ("Ada Holm", "p. 2")),
        ("> We shall be back\n{: by='A \"Red\" Holm' at=p.1 }\n", ('A "Red" Holm', "p.1")),
    ],
)
def test_nearest_says_who_speaks_and_where(
    read_page: ReadPage, text: str, given: tuple[str, str]
) -> None:
    assert [(one.by, one.at) for one in extracts(read_page, text)] == [given]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["", "mark"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_mark_and_line_ends_change_nothing(
    read_page: ReadPage, before: bytes, newline: bytes
) -> None:
    text = f"---\nby: Ada Holm\n---\n> We shall\n> be back\n{GIVEN}\n\nForty met.\n".encode()
    found = extracts(read_page, before + text.replace(b"\n", newline))
    assert [(one.words, one.at, one.position) for one in found] == [
        ("We shall be back", "para. 1", Position(4, 3)),
        ("Forty met.", "", Position(8, 1)),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n \n", "<!-- nothing yet -->\n", "---\ntitle: Minutes\n---\n", "# Minutes\n"],
    ids=["empty", "blank", "comment", "front", "heading"],
)
def test_page_without_text_has_none(read_page: ReadPage, text: str) -> None:
    page = read_page(text, SRC)
    assert page.source == "minutes1931"
    assert collect_extracts(page) == []


def test_editorial_text_is_no_extract(read_page: ReadPage) -> None:
    text = f"Only page 1 was read.\n{{: .editorial }}\n\n> We shall be back\n{GIVEN}\n"
    assert [one.words for one in extracts(read_page, text)] == ["We shall be back"]


@pytest.mark.parametrize(
    ("src", "text", "source"),
    [
        ("sources/minutes1931.md", "> We\n", "minutes1931"),
        ("sources/minutes1931.md", "# Minutes\n\n> We\n", "minutes1931"),
        ("sources/minutes1931.md", "---\ntitle: Minutes\n---\n> We\n", "minutes1931"),
        ("sources/minuts1931.md", "> We\n", "minuts1931"),
        ("sources/minuts1931.md", "# Minutes\n\n> We\n", ""),
        ("sources/minuts1931.md", "---\ntitle: Minutes\n---\n> We\n", ""),
        ("sources/minuts1931.md", "Minutes\n=======\n\n> We\n", ""),
        ("sources/minuts1931.md", "## Below a title\n\n> We\n", "minuts1931"),
        ("sources/index.md", "# Sources\n\n> We\n", ""),
        ("sources/sub/minutes1931.md", "> We\n", ""),
        ("minutes1931.md", "> We\n", ""),
        ("about/minutes1931.md", "> We\n", ""),
    ],
)
def test_pages_of_the_folder_are_those_of_sources(
    read_page: ReadPage, src: str, text: str, source: str
) -> None:
    page = read_page(text, src)
    assert page.source == source
    assert [one.key for one in collect_extracts(page)] == ([source] if source else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t", 0),
        ("word", 1),
        ("two words", 2),
        ("over\ntwo   lines\u00a0now", 4),
        ("well-known, half-a-million", 2),
        ("don’t o'clock the ’30s", 4),
        ("600,000 or 3.5% of $5bn", 5),
        ("one – two — three - four", 4),
        ("[...] and … & so ... on.", 3),
        ("“Quoted” (words) [put in]", 4),
        ("and/or 1931–1933", 2),
        ("да і слово", 3),
        (" ".join(["word"] * 25), 25),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


def test_length_is_that_of_the_words(read_page: ReadPage) -> None:
    (one,) = extracts(read_page, f"> We **shall** – as we said –\n> be back\n{GIVEN}\n")
    assert one.length == count_words(one.words) == 7


# Where the words of a block stand

WORD = "sixty"


def placed(read_page: ReadPage, text: str | bytes) -> list[Position]:
    """Return where the word is said to stand, each time that readers see it."""
    return [
        block.place(match.start())
        for block in read_page(text).blocks
        for match in re.finditer(WORD, block.statement)
    ]


def places_in(text: str) -> list[Position]:
    """Return where the word stands in the place of each `{}` of a text."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        first, *others = line.split("{}")
        column = len(first) + 1
        for other in others:
            found.append(Position(number, column))
            column += len(WORD) + len(other)
    return found


SEEN = {
    "in a line": "It was {} [@gazette1931].",
    "first and last": "{} of them, or {} [@gazette1931].",
    "over lines": "There\nwere {},\n   then {} and\n{} [@gazette1931].",
    "again and again": "{}, {} and {}: {} {} [@gazette1931].",
    "another case": "Sixty or {}, SIXTY or {} [@gazette1931].",
    "joined": "{}-one, {}/{} and {}’s [@gazette1931].",
    "emphasis": "**{}**, *{}*, ***{}***, __{}__ and _{}_ [@gazette1931].",
    "code": "`{}` and `` {} `` [@gazette1931].",
    "link": "[{} men](index.md) and [{}](index.md) or {} [@gazette1931].",
    "quotation marks": "\"{}\", '{}' and “{}” [@gazette1931].",
    "signs": "({}); {}! – {} … {} & {} [@gazette1931].",
    "escapes": "\\*{}\\* and \\[{}\\] or {} [@gazette1931].",
    "hard break": "It was {}  \nor {} [@gazette1931].",
    "list": "- It was {} [@gazette1931].\n- Or {}\n  and {} [@gazette1931].",
    "list in a list": "1. It was {} [@gazette1931].\n    - Or {} [@gazette1931].",
    "paragraph in a list": "- It was {} [@gazette1931].\n\n    Or {}\n    and {} [@gazette1931].",
    "block quotation": "> It was {}\n> or {} [@gazette1931].\n> > Or {} [@gazette1931].",
    "lazy quotation": "> It was {}\nor {} [@gazette1931].",
    "table": "| A | B |\n| --- | --- |\n| {} [@gazette1931] | {} or {} [@gazette1931] |",
    "definition": "Term\n:   It was {}\n    or {} [@gazette1931].",
    "admonition": '!!! note "A title"\n    It was {}\n    or {} [@gazette1931].',
    "front matter": "---\ntitle: sixty\n---\nIt was {} [@gazette1931].",
    "several blocks": "# A sixty\n\nIt was {} [@gazette1931].\n\nOr {} [@gazette1931].",
    "unknown brackets": "It was [{}] or [ ] {} [@gazette1931].",
}
UNSEEN = {
    "citation": "{}, [@gazette1931, sixty] {} [@gazette1931].",
    "citations": "{} [@gazette1931; @olsen1950, sixty, via @minutes1931; @nobody, sixty] {}.",
    "citation on a line": "{}\n[@gazette1931, p. sixty]\n{} [@gazette1931].",
    "address": "[{} men](https://example.org/sixty) or {} [@gazette1931].",
    "address with a title": '[{}](https://example.org/sixty "sixty") or {} [@gazette1931].',
    "address with brackets": "[{}](https://example.org/a_(sixty)) or {} [@gazette1931].",
    "title with brackets": '[{}](https://example.org "a (sixty)") or {} [@gazette1931].',
    "reference": "[{}][sixty] or {} [@gazette1931].\n\n[sixty]: https://example.org",
    "picture": "![sixty](https://example.org/sixty.png) {} [@gazette1931].",
    "comment": "{}<!-- sixty --> or {} [@gazette1931].",
    "comment over lines": "{} <!-- sixty\nsixty --> or {} [@gazette1931].",
    "tag": '<span title="sixty">{}</span> or {} [@gazette1931].',
    "attributes of the block": '{} or {} [@gazette1931].\n{: by="sixty" #sixty }',
    "attributes of a word": "It was *{}*{: .sixty } or {} [@gazette1931].",
}


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_word_is_found_where_readers_see_it(read_page: ReadPage, text: str) -> None:
    expected = places_in(text)
    assert placed(read_page, text.replace("{}", WORD) + "\n") == expected != []


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_word_is_not_found_where_readers_do_not_see_it(read_page: ReadPage, text: str) -> None:
    expected = places_in(text)
    assert placed(read_page, text.replace("{}", WORD) + "\n") == expected != []


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["", "mark"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_word_is_found_whatever_the_line_ends(
    read_page: ReadPage, before: bytes, newline: bytes
) -> None:
    text = "---\ntitle: Case\n---\nIt was {}\nor {}\n\n- or {} [@gazette1931].\n"
    data = text.replace("{}", WORD).encode().replace(b"\n", newline)
    assert placed(read_page, before + data) == places_in(text)


def test_column_counts_characters_of_the_file(read_page: ReadPage) -> None:
    text = "-\tПорт\t“—” 🚢 sixty [@gazette1931].\n"
    assert placed(read_page, text) == [Position(1, text.index(WORD) + 1)]


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("", "A"),
        ("A", "few"),
        ("A ", "few"),
        ("A few", "men"),
        ("A few ", "men"),
        ("A few “", "men"),
        ("A few “men”", "5"),
        ("A few “men” $", "5"),
    ],
)
def test_place_is_that_of_the_next_word(read_page: ReadPage, before: str, word: str) -> None:
    text = "A **few** “men” $5 [@gazette1931].\n"
    (block,) = read_page(text).blocks
    assert block.statement == "A few “men” $5."
    assert block.place(len(before)) == Position(1, text.index(word) + 1)


def test_place_behind_the_last_word_is_that_of_the_block(read_page: ReadPage) -> None:
    (block,) = read_page("\nIt was\nsixty … [@gazette1931].\n").blocks
    assert block.place(block.statement.index("…")) == block.position == Position(2, 1)
    assert block.place(len(block.statement)) == Position(2, 1)


def test_word_that_markup_divides_is_said_to_stand_at_the_block(read_page: ReadPage) -> None:
    assert placed(read_page, "It was\nsix**ty** [@gazette1931].\n") == [Position(1, 1)]
