"""Quotations: what stands in quotation marks, and whether a source has those words."""

import random
import re
import time
from collections.abc import Callable

import pytest

from briefing.pages import Page
from briefing.quotations import (
    Quotation,
    difference,
    is_in,
    nearest_passage,
    normalise,
    read_quotations,
)

# What is read


def read(text: str) -> list[str]:
    return [quotation.words for quotation in read_quotations(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “each word”.", ["each word"]),
        ('He said "each word".', ["each word"]),
        ("Er sagte „each word“.", ["each word"]),
        ("Er sagte „each word”.", ["each word"]),
        ("Il dit «each word».", ["each word"]),
        ("Il dit « each word ».", [" each word "]),
        ("Er sagte »each word«.", ["each word"]),
        ("Han sade ”each word”.", ["each word"]),
        ("He said ‘each word’.", ["each word"]),
        ("He said 'each word'.", ["each word"]),
        ("Er sagte ‚each word‘.", ["each word"]),
        ("“one” and “two”, “three”", ["one", "two", "three"]),
        ('"one" and "two","three"', ["one", "two", "three"]),
        ("‘one’, ‘two’ (‘three’)", ["one", "two", "three"]),
        ("‘one’ “two” 'three' \"four\"", ["one", "two", "three", "four"]),
        ("«one» „two“ ”three” »four«", ["one", "two", "three", "four"]),
        ("“a ‘b’ c”", ["a ‘b’ c"]),
        ("\"a 'b' c\"", ["a 'b' c"]),
        ("“a “b” c” d", ["a “b” c"]),
        ("“a “b “c” d” e” f", ["a “b “c” d” e"]),
        ("“a «b» c” d", ["a «b» c"]),
        ("“a „b“ c” d", ["a „b“ c"]),
        ("«a „b“ c» d", ["a „b“ c"]),
        ("«a «b» c» d", ["a «b» c"]),
        ('“a "b" c” d', ['a "b" c']),
        ('"a “b” c" d', ["a “b” c"]),
        ("‘a “b” c’ d", ["a “b” c"]),
        ("'a \"b\" c' d", ['a "b" c']),
        ("“[t]he word [...] it”", ["[t]he word [...] it"]),
        ("‘[t]he word […] it’", ["[t]he word […] it"]),
        ("'50%' and '$5bn' and '(so) it'", ["50%", "$5bn", "(so) it"]),
        ("‘... so’ and ‘so …’ and ‘so (it)’ and ‘so;’", ["... so", "so …", "so (it)", "so;"]),
        ("“each\nword” and ‘each\nword’", ["each\nword", "each\nword"]),
        ("“Так”, сказал он, ‘нет’", ["Так", "нет"]),
        ("“”", [""]),
        ("", []),
        ("no marks", []),
    ],
)
def test_quotations(text: str, words: list[str]) -> None:
    assert read(text) == words
    assert all(quotation.closed for quotation in read_quotations(text))


@pytest.mark.parametrize(
    "text",
    [
        "the states' rights and Ukraine's",
        "the states’ rights and Ukraine’s",
        "the '90s and the states' rights",
        "the ’90s and the states’ rights",
        "in the '90s, the parties' view, '80s",
        "the workers' (and the owners') pay",
        "the parties' lawyers' view",
        "don't, won’t, O'Brien's, d'Estaing",
        "’tis so, and 'tis not the states' word",
        "Zelensky's and Putin's",
        "it's the dockers'",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the dockers' and the port's 'own' word", ["own"]),
        ("it's ‘Ukraine’s own’ word", ["Ukraine’s own"]),
        ("it’s 'the port's own' word", ["the port's own"]),
        ("in the ’90s ‘so’ and 'so'", ["so", "so"]),
        ("“the dockers' own” and the states' word", ["the dockers' own"]),
        ("“the ’90s” and the states’ word", ["the ’90s"]),
        ("don't 'do' it", ["do"]),
    ],
)
def test_apostrophes_beside_quotation_marks(text: str, words: list[str]) -> None:
    assert read(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “each word.", ["each word."]),
        ('He said "each word.', ["each word."]),
        ("He said «each word.", ["each word."]),
        ("He said „each word.", ["each word."]),
        ("“one” and “two", ["one", "two"]),
        ('"one" and "two', ["one", "two"]),
        ("“a “b” c", ["a “b” c"]),
        ("each word“", [""]),
    ],
)
def test_a_quotation_that_is_not_closed_goes_on(text: str, words: list[str]) -> None:
    found = list(read_quotations(text))
    assert [quotation.words for quotation in found] == words
    assert [quotation.closed for quotation in found] == [True] * (len(words) - 1) + [False]


@pytest.mark.parametrize(
    "text",
    [
        '“one” and “one”, ‘one’ «one» "one"',
        "🚢 “one” у порту ‘two’ „three“",
        "“a “b” c” and ‘d’ and “e",
        "the states' “one” 'two' the port's \"three\" ’four",
        "« one » ‘two’s own’",
    ],
)
def test_quotations_stand_where_they_say_in_the_order_of_the_text(text: str) -> None:
    found = list(read_quotations(text))
    assert len(found) > 1
    for quotation in found:
        assert text[quotation.start :].startswith(quotation.words)
        assert text[quotation.start - 1] in "“‘«„\"'"
    starts = [quotation.start for quotation in found]
    assert starts == sorted(set(starts))


def test_a_quotation_is_closed_unless_it_says_otherwise() -> None:
    assert Quotation("a", 1) == Quotation("a", 1, closed=True)
    assert list(read_quotations("“a”")) == [Quotation("a", 1)]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('He said "each word".', ["each word"]),
        ("He said 'each word'.", ["each word"]),
        ("He said \"each\nword\" and 'it'.", ["each word", "it"]),
        ("The states' \"each 'own' word\" in the '90s.", ["each ‘own’ word"]),
        ('He said "each *own* `word`".', ["each own word"]),
        ('He said &quot;each word&quot; and "a & b".', ["each word", "a & b"]),
        ('He said "each -- [...] word".', ["each – […] word"]),
        ('He said "\\[t]he word".', ["[t]he word"]),
    ],
)
def test_quotations_on_a_page(
    read_page: Callable[..., Page], written: str, words: list[str]
) -> None:
    page = read_page(f"{written[:-1]} [@gazette1931].\n")
    assert read(page.blocks[0].statement) == words


# What may differ


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("each  word", "each word"),
        (" each\n\tword ", "each word"),
        ("each\u00a0word\u2009or\u202ftwo", "each word or two"),
        ("“each” ‘word’", "\"each\" 'word'"),
        ("«each» „word“", '"each" "word"'),
        ("Ukraine’s `word´ ′ ″", "Ukraine's 'word' ' \""),
        ("each – word", "each - word"),
        ("each—word", "each – word"),
        ("each ― word", "each — word"),
        ("each -- word", "each – word"),
        ("10–15", "10-15"),
        ("10 – 15", "10-15"),
        ("10 - 15", "10–15"),
        ("10—15", "10−15"),
        ("two\u2011year, two\u2010year", "two-year, two-year"),
        ("each…", "each..."),
        ("e\u0301ach", "\u00e9ach"),
        ("ea\u00adch\u200b w\u2060ord\ufeff", "each word"),
    ],
)
def test_normalised_texts_are_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)
    assert is_in(f"so {one} so", [f"so {other} so"])
    assert is_in(f"so {other} so", [f"so {one} so"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("each word", "eachword"),
        ("each, word", "each word"),
        ("each. Word", "each word"),
        ("Each", "each"),
        ("two-year", "two year"),
        ("re-sign", "resign"),
        ("each...", "each."),
        ("1,500", "1500"),
        ("10-15", "1015"),
        ("10%", "10 per cent"),
        ("so!", "so?"),
        ("so;", "so:"),
        ("(so)", "so"),
        ("cafe\u0301", "cafe"),
        ("naïve", "naive"),
        ("ø", "o"),
        ("а", "a"),
        ("favor", "favour"),
        ("$5", "5"),
    ],
)
def test_normalised_texts_differ(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)
    assert not is_in(f"so {one} so", [f"so {other} so"])
    assert not is_in(f"so {other} so", [f"so {one} so"])


@pytest.mark.parametrize("text", ["", "each word", "“a” – ‘b’ … 10–15 -- c", "- a -", "–", "--"])
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


# Whether a source has the words

SOURCE = "The union would “weigh each word” of it, and pay 1,500 crowns – no, 2.5 – by 10–15 May."


@pytest.mark.parametrize(
    "words",
    [
        SOURCE,
        "The union",
        "weigh each word",
        "“weigh each word”",
        "‘weigh each word’",
        "‘weigh each word’ of it, and",
        "word” of it,",
        "Weigh each word",
        "of it",
        "Of it, and pay",
        "the union would",
        "1,500 crowns",
        "1,500",
        "2.5",
        "crowns - no",
        "crowns—no, 2.5",
        "by 10-15 May.",
        "10 - 15 May",
        "by 10 – 15 May",
        " weigh\u00a0each\nword ",
        "May.",
    ],
)
def test_words_of_the_source(words: str) -> None:
    assert is_in(words, [SOURCE])
    assert is_in(words, ["Nothing of it.", SOURCE, "Nor here."])


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "?",
        "...",
        "weigh every word",
        "weigh Each word",
        "The Union",
        "WEIGH each word",
        "weigh each words",
        "eigh each word",
        "weigh each wor",
        "art",
        "rown",
        "500",
        "500 crowns",
        "1,50",
        "1",
        "2",
        "5 – by",
        "0-15 May",
        "by 10-1",
        "weigh each word. of it",
        "of it and pay",
        "of it; and pay",
        "of it , and pay",
        "pay 1500 crowns",
        "each word would",
        "May. It",
        "the union would weigh not each word",
    ],
)
def test_words_that_the_source_has_not(words: str) -> None:
    assert not is_in(words, [SOURCE])


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("500", "1,500"),
        ("500", "1.500"),
        ("1", "1,500"),
        ("1", "1.5"),
        ("500", "5000"),
        ("art", "part"),
        ("art", "arts"),
        ("part", "part2"),
        ("no", "no_one"),
        ("we can", "we can't go"),
        ("we can", "we can’t go"),
        ("can’", "we can’t go"),
        ("t go", "we can't go"),
        ("Ukraine’", "Ukraine’s plan"),
        ("s plan", "Ukraine’s plan"),
        ("aligned", "a non-aligned state"),
        ("aligned", "a non\u2011aligned state"),
        ("non", "a non-aligned state"),
        ("порт", "порту"),
        ("each", "ea\u0301ch"),
    ],
)
def test_part_of_a_word_or_number_is_not_enough(words: str, source: str) -> None:
    assert not is_in(words, [source])


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("500", "(500)"),
        ("500", "500, and"),
        ("500", "$500."),
        ("500", "500%"),
        ("art", "“art”"),
        ("art", "art; part"),
        ("non-aligned", "a non-aligned state"),
        ("can't", "we can’t go"),
        ("Ukraine’s", "of Ukraine's"),
        ("the dockers’", "the dockers' own"),
        ("so", "‘so’"),
        ("so", "no–so–no"),
        ("$500", "US$500"),
        ("порту", "У порту."),
        ("І все", "і все"),
    ],
)
def test_whole_words_and_numbers(words: str, source: str) -> None:
    assert is_in(words, [source])


# Words left out


@pytest.mark.parametrize(
    "words",
    [
        "The union [...] word",
        "The union […] word",
        "the union [. . .] of it",
        "The union [ ... ] of it",
        "union[...]word",
        "union […] word […] crowns [...] May",
        "The union would [...] “weigh",
        "[...] weigh each word",
        "weigh each word [...]",
        "[…] each […]",
        "each [...] [...] May",
    ],
)
def test_words_may_be_left_out_of_a_passage(words: str) -> None:
    assert is_in(words, [SOURCE])
    assert is_in(words, ["None.", SOURCE])


@pytest.mark.parametrize(
    "words",
    [
        "word [...] union",
        "each [...] each",
        "weigh each [...] each word",
        "May [...] crowns",
        "union [...] wor",
        "union [...] eigh",
        "union […] every word […] May",
        "union [...] Word",
        "union ... word",
        "union … word",
        "union (...) word",
        "[...]",
        "[…] […]",
        "[...] ?",
    ],
)
def test_what_is_left_has_its_order(words: str) -> None:
    assert not is_in(words, [SOURCE])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The union met [...] on the quay", True),
        ("union [...] quay [...] noon", True),
        ("union [...] noon", True),
        ("met [...] quay [...] left", True),
        ("quay [...] union", False),
        ("noon [...] quay", False),
        ("left [...] met", False),
        ("union met. They stood", False),
        ("met they", False),
        ("quay [...] quay", False),
        ("They [...] They", True),
        ("They [...] They [...] They", False),
    ],
)
def test_words_may_be_left_out_between_passages_in_their_order(words: str, found: bool) -> None:
    passages = ["The union met.", "They stood on the quay.", "They left at noon."]
    assert is_in(words, passages) == found


def test_passages_that_leave_words_out_themselves() -> None:
    passages = ["The union met [...] on the quay […] at noon."]
    assert is_in("The union met", passages)
    assert is_in("on the quay", passages)
    assert is_in("The union met [...] on the quay", passages)
    assert is_in("union […] noon", passages)
    assert not is_in("met on the quay", passages)
    assert not is_in("met [long] on the quay", passages)
    assert not is_in("quay [...] union", passages)


# Words put in


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("[t]he union would", "The union would"),
        ("[T]he union would", "But the union would"),
        ("promise[d] it", "They promise it"),
        ("promise[d] it", "They promises it"),
        ("promise[d]", "promise"),
        ("they [the dockers] met", "they met"),
        ("the [harbour] union met", "the union met"),
        ("[the dockers] met at noon", "they met at noon"),
        ("[The dockers] met", "They all met"),
        ("met [the dockers]", "met them"),
        ("met [the dockers] there", "met them there"),
        ("met [the dockers].", "met them."),
        ("met [all] [the dockers] there", "met them there"),
        ("[t]hey met [...] at [noon]", "They met all at twelve"),
        ("would [not] go", "would hardly ever go"),
        ("the union [of the dockers]", "the union"),
    ],
)
def test_words_may_be_put_in(words: str, source: str) -> None:
    assert is_in(words, [source])


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("[t]he unions", "The union"),
        ("[t]he union", "The onion"),
        ("[t]he union", "There union"),
        ("promise[d] it", "They compromise it"),
        ("promise[d] it", "They promise not it"),
        ("promi[s]ed", "promise"),
        ("[the dockers] met at noon", "they met at one"),
        ("met [the dockers] there", "saw them there"),
        ("met [the dockers] there", "met them here"),
        ("[x]", "met them"),
        ("[anything at all]", "met them"),
        ("[any] [thing]", "met them"),
        ("[x] [...] [y]", "met them"),
        ("[x], [y].", "met, them."),
        ("[]", "met them"),
        ("met [them", "met them"),
        ("met them]", "met them"),
        ("(met)", "met"),
    ],
)
def test_around_what_is_put_in_the_words_are_the_source_s(words: str, source: str) -> None:
    assert not is_in(words, [source])


def test_what_is_put_in_does_not_reach_another_passage() -> None:
    assert not is_in("met [and] left", ["They met.", "They left."])
    assert not is_in("met[ and ]left", ["met", "left"])


@pytest.mark.parametrize("passages", [[], [""], ["…"], ["[...]"]])
def test_no_source_no_words(passages: list[str]) -> None:
    assert not is_in("word", passages)
    assert not is_in("", passages)
    assert not is_in("[...]", passages)


def test_passages_may_come_one_by_one() -> None:
    assert is_in("one [...] two", (passage for passage in ["one", "two"]))


# Every change is found

PASSAGE = (
    "We shan’t sign (not now, not ever) a 28-point draft: by 10–15 May 2,500 men, 3.5% of all, "
    "“must go” – or else; is Kyiv's “no” enough? The non-aligned states, i.e. two, say so!"
)
QUOTED = [
    "sign (not now, not ever) a 28-point draft: by",
    "by 10–15 May 2,500 men, 3.5% of all, “must go” – or else; is Kyiv's",
    "Kyiv's “no” enough? The non-aligned states, i.e. two, say so!",
    "shan’t sign",
    "2,500 men",
    "The non-aligned states",
    "28-point",
    PASSAGE,
]
OTHERS = "aeo EZ059.,;:!?-–%'\"()é"


def _alike(changed: str) -> str:
    """Return a quotation without what may differ from the source."""
    text = re.sub(r"\s*[-–]\s*(?=\D)|(?<=\D)\s*[-–]\s*", "-", normalise(changed))
    return text[:1].lower() + text[1:]


def _wrong(words: str, changes: list[str]) -> list[str]:
    """Return those changes that are taken for the source's words, but are not."""
    kept = {_alike(words)}
    return [one for one in changes if _alike(one) not in kept and is_in(one, [PASSAGE])]


@pytest.mark.parametrize("words", QUOTED)
def test_every_other_character_is_found(words: str) -> None:
    assert is_in(words, [PASSAGE])
    changes = [
        f"{words[:place]}{other}{words[place + 1 :]}"
        for place in range(1, len(words) - 1)
        for other in OTHERS
    ]
    changes += [f"{other}{words[1:]}" for other in "aeoEZ059"]
    changes += [f"{words[:-1]}{other}" for other in "aeoEZ059"]
    assert _wrong(words, changes) == []


@pytest.mark.parametrize("words", QUOTED)
def test_every_character_more_is_found(words: str) -> None:
    changes = [
        f"{words[:place]}{other}{words[place:]}"
        for place in range(1, len(words))
        for other in OTHERS
    ]
    changes += [f"{other}{words}" for other in "aeoEZ059"]
    changes += [f"{words}{other}" for other in "aeoEZ059"]
    assert _wrong(words, changes) == []


@pytest.mark.parametrize("words", QUOTED)
def test_every_character_less_is_found(words: str) -> None:
    last = len(words) - (not words[-1].isalnum())
    changes = [f"{words[:place]}{words[place + 1 :]}" for place in range(last)]
    assert _wrong(words, changes) == []


@pytest.mark.parametrize("words", QUOTED)
def test_every_two_characters_in_another_order_are_found(words: str) -> None:
    changes = [
        f"{words[:place]}{words[place + 1]}{words[place]}{words[place + 2 :]}"
        for place in range(len(words) - 1)
    ]
    assert _wrong(words, changes) == []


@pytest.mark.parametrize("words", QUOTED)
def test_every_other_case_is_found_but_of_the_first_letter(words: str) -> None:
    for place, letter in enumerate(words):
        if letter.isalpha():
            changed = f"{words[:place]}{letter.swapcase()}{words[place + 1 :]}"
            assert is_in(changed, [PASSAGE]) == (place == 0), changed


@pytest.mark.parametrize("words", QUOTED)
def test_every_word_more_or_less_inside_is_found(words: str) -> None:
    parts = words.split()
    inside = range(1, len(parts) - 1)
    changes = [" ".join(parts[:at] + parts[at + 1 :]) for at in inside if parts[at] != "–"]
    changes += [" ".join([*parts[:at], "not", *parts[at:]]) for at in range(1, len(parts))]
    assert _wrong(words, changes) == []


@pytest.mark.parametrize("words", QUOTED)
def test_whole_words_left_out_are_found_unless_it_is_said(words: str) -> None:
    parts = words.split()
    for at in range(1, len(parts) - 1):
        assert is_in(" ".join([*parts[:at], "[...]", *parts[at + 1 :]]), [PASSAGE])
        assert is_in(" ".join([*parts[:at], "[word]", *parts[at + 1 :]]), [PASSAGE])
        assert not is_in(" ".join([*parts[:at], "...", *parts[at + 1 :]]), [PASSAGE])


# The nearest passage, and the difference

PASSAGES = [
    "The union would weigh each word of it.",
    "On the quay they counted forty men.",
    "The port authority will not sign.",
]


@pytest.mark.parametrize(
    ("words", "index"),
    [
        ("weigh every word", 0),
        ("they counted fifty men", 1),
        ("THE PORT AUTHORITY", 2),
        ("will now sign", 2),
        ("weigh [...] words of it", 0),
        (PASSAGES[2], 2),
    ],
)
def test_nearest_passage(words: str, index: int) -> None:
    found, nearness = nearest_passage(words, PASSAGES)
    assert found == index
    assert 0.6 < nearness <= 1


def test_words_of_a_passage_are_as_near_as_can_be() -> None:
    assert nearest_passage("counted forty men.", PASSAGES) == (1, 1.0)
    assert nearest_passage("“Counted  forty men.”", PASSAGES)[1] > 0.9
    nearer = nearest_passage("counted fifty men.", PASSAGES)[1]
    assert 0.5 < nearest_passage("counted fifty ships.", PASSAGES)[1] < nearer < 1


@pytest.mark.parametrize(
    ("words", "passages"),
    [("word", []), ("word", [""]), ("xyz", ["www"]), ("", PASSAGES), ("", [])],
)
def test_no_passage_is_near(words: str, passages: list[str]) -> None:
    assert nearest_passage(words, passages) == (-1, 0.0)


def test_first_of_equal_passages_is_the_nearest() -> None:
    assert nearest_passage("weigh every word", [PASSAGES[0], PASSAGES[0]])[0] == 0


def test_long_quotation_is_near_its_passage_too() -> None:
    chance = random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmno", k=5)) for _ in range(60)]
    changed = [*words[:30], "other", *words[31:]]
    index, nearness = nearest_passage(" ".join(changed), ["no", " ".join(words)])
    assert index == 1
    assert nearness > 0.95


@pytest.mark.parametrize(
    ("words", "passage", "told"),
    [
        ("weigh every word", PASSAGES[0], "here 'every', there 'each'"),
        ("Weigh every word", PASSAGES[0], "here 'every', there 'each'"),
        ("weigh each of it", PASSAGES[0], "there 'word' stands before 'of'"),
        ("weigh each and every word", PASSAGES[0], "here 'and every', there nothing"),
        ("counted fifty men.", PASSAGES[1], "here 'fifty', there 'forty'"),
        ("counted forty Men.", PASSAGES[1], "here 'Men.', there 'men.'"),
        ("counted forty men,", PASSAGES[1], "here 'men,', there 'men.'"),
        ("weigh each word", PASSAGES[0], ""),
        ("weigh  “each” word", "would weigh 'each' word", ""),
        ("", "word", ""),
        ("word", "", "here 'word', there nothing"),
        ("two 10–15", "two 10-16", "here '10-15', there '10-16'"),
    ],
)
def test_difference(words: str, passage: str, told: str) -> None:
    assert difference(words, passage) == told


# Hostile texts


def test_no_text_is_too_strange() -> None:
    pieces = [
        *("word", "each", "no", "28", "1,500", "[...]", "[…]", "[x]", "[]", "--", "{2}", "\\d"),
        *"“”„«»‘’'\"[]–-.,()\\*+?^$| \n\u00a0İßǆ\u0301\x00😀т",
    ]
    chance = random.Random(1931)
    for _ in range(3000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 10)))
        other = "".join(chance.choices(pieces, k=chance.randint(1, 10)))
        for quotation in read_quotations(text):
            assert text[quotation.start :].startswith(quotation.words), text
        if re.search(r"\w", normalise(re.sub(r"\[[^\[\]]*\]", "", text))) and "[" not in text:
            assert is_in(text, [f"({text})"]), text
        assert isinstance(is_in(text, [other, text]), bool)
        assert nearest_passage(text, [other])[0] in (-1, 0)
        assert isinstance(difference(text, other), str)


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        ("[a]" * 6 + "zzz", "word " * 30),
        ("[a] " * 6 + "zzz", "word " * 30),
        ("word [...] " * 40 + "zzz", "word " * 60),
        ("'a " * 300, "'a " * 300),
        ("“" * 500, "“" * 500),
        ("– " * 500, "– " * 500),
    ],
    ids=["put-in", "put-in-apart", "left-out", "single", "double", "dashes"],
)
def test_reading_takes_no_time(words: str, passage: str) -> None:
    begun = time.perf_counter()
    list(read_quotations(words))
    is_in(words, [passage])
    assert time.perf_counter() - begun < 0.5
