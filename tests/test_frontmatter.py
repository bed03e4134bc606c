import pytest
from mkdocs.utils.meta import get_data

from briefing.briefing import read_briefing
from briefing.frontmatter import split
from briefing.rules import check

GOOD = {
    "none": ("# Title\n\nText.\n", {}, "# Title\n\nText.\n", 1),
    "one key": ("---\nparty: port\n---\n# Title\n", {"party": "port"}, "# Title\n", 4),
    "blank lines after": ("---\na: 1\n---\n\n\n# Title\n", {"a": 1}, "# Title\n", 6),
    "three dots": ("---\na: 1\n...\n# Title\n", {"a": 1}, "# Title\n", 4),
    "blanks behind": ("--- \t\na: 1\n---  \n# Title\n", {"a": 1}, "# Title\n", 4),
    "blanks on a line after": ("---\na: 1\n---\n  \n# Title\n", {"a": 1}, "  \n# Title\n", 4),
    "dashes in a text": ("---\na: |\n  ---\n  b\n---\nText\n", {"a": "---\nb\n"}, "Text\n", 6),
    "rule further down": ("---\na: 1\n---\nText\n\n---\n", {"a": 1}, "Text\n\n---\n", 4),
    "no text": ("---\na: 1\n---\n", {"a": 1}, "", 4),
    "empty file": ("", {}, "", 1),
    "blank file": ("\n \n", {}, " \n", 2),
    "rule first": ("\n---\n\nText\n", {}, "---\n\nText\n", 2),
    "four dashes": ("----\na: 1\n---\n", {}, "----\na: 1\n---\n", 1),
    "two words": ("Two words: text\n", {}, "Two words: text\n", 1),
    "another script": ("Приклад: текст\n", {}, "Приклад: текст\n", 1),
    "code": ("    key: value\n", {}, "    key: value\n", 1),
    "word below a blank line": ("\nNote: text\n", {}, "Note: text\n", 2),
    "word in a heading": ("# Note: text\n", {}, "# Note: text\n", 1),
    "emphasised word": ("**Note**: text\n", {}, "**Note**: text\n", 1),
    "underlined heading": ("Title\n---\nText\n", {}, "Title\n---\nText\n", 1),
    "in code": ("Text\n\n```\n---\na: 1\n---\n```\n", {}, "Text\n\n```\n---\na: 1\n---\n```\n", 1),
    "nothing in braces": ("---\n{}\n---\nText\n", {}, "Text\n", 4),
}


@pytest.mark.parametrize(("text", "data", "body", "body_line"), GOOD.values(), ids=GOOD)
def test_what_stands_in_front(text, data, body, body_line):
    front = split(text)
    assert (front.data, front.body, front.body_line) == (data, body, body_line)
    assert front.fault is None


@pytest.mark.parametrize("text", [text for text, *_ in GOOD.values()], ids=GOOD)
def test_mkdocs_reads_the_same(text):
    front = split(text)
    body, data = get_data(text)
    assert data == front.data
    assert body.strip() == front.body.strip()


BROKEN, MISPLACED = "broken-front-matter", "misplaced-front-matter"
FAULTS = {
    "no YAML": ("---\na: 1\nb: [2\n---\nText\n", BROKEN, (4, 1)),
    "colon in a value": ("---\na: 1\nb: c: d\n---\n", BROKEN, (3, 5)),
    "tab": ("---\na:\n\tb: 1\n---\n", BROKEN, (3, 1)),
    "at sign": ("---\nby: @someone\n---\n", BROKEN, (2, 5)),
    "no such date": ("---\na: 1\non: 2024-13-40\n---\n", BROKEN, (3, 5)),
    "no such date in a list": ("---\non: [2024-01-01,\n  2024-02-30]\n---\n", BROKEN, (3, 3)),
    "key twice": ("---\na: 1\nb: 2\na: 3\n---\n", BROKEN, (4, 1)),
    "only a word": ("---\nparty\n---\n", BROKEN, (2, 1)),
    "a list": ("---\n- party\n---\n", BROKEN, (2, 1)),
    "a blank line": ("---\n\n---\n", BROKEN, (2, 1)),
    "only an aside": ("---\n# party: port\n---\n", BROKEN, (2, 1)),
    "tag of mkdocs.yml": ("---\ntitle: !ENV HOME\n---\n", BROKEN, (2, 8)),
    "tag of a name": ("---\ntitle: !!python/name:os.sep\n---\n", BROKEN, (2, 8)),
    "tag that does not fit": ("---\nparty: port\npoint: !!int one\n---\n", BROKEN, (3, 8)),
    "control character": ("---\nparty: po\x07rt\n---\n", BROKEN, (2, 10)),
    "itself": ("---\na: &a [*a]\n---\n", BROKEN, (2, 4)),
    "blank line above": ("\n---\na: 1\n---\nText\n", MISPLACED, (2, 1)),
    "blank lines above": ("\n \n\n---\na: 1\n---\nText\n", MISPLACED, (4, 1)),
    "heading above": ("# Title\n\n---\na: 1\nb: 2\n---\nText\n", MISPLACED, (3, 1)),
    "comment above": ("<!-- a -->\n---\na: 1\n---\nText\n", MISPLACED, (2, 1)),
    "not closed": ("---\na: 1\n\nText\n", MISPLACED, (1, 1)),
    "not closed at all": ("---\n", MISPLACED, (1, 1)),
    "no line end": ("---\na: 1\n---", MISPLACED, (1, 1)),
    "indented end": ("---\na: 1\n ---\nText\n", MISPLACED, (1, 1)),
    "empty": ("---\n---\nText\n", MISPLACED, (1, 1)),
    "word and colon": ("Note: text\n", MISPLACED, (1, 1)),
    "word and colon, no text": ("Note:\n", MISPLACED, (1, 1)),
    "indented word": ("   a-b_1: text\n", MISPLACED, (1, 1)),
    "address": ("https://example.org is it\n", MISPLACED, (1, 1)),
    "time": ("12:30 was the time\n", MISPLACED, (1, 1)),
}


@pytest.mark.parametrize(("text", "rule", "position"), FAULTS.values(), ids=FAULTS)
def test_faults_have_their_places(text, rule, position):
    front = split(text)
    assert front.fault is not None
    assert (front.fault.rule, front.fault.position) == (rule, position)
    assert front.fault.message
    assert front.fault.hint
    assert front.data == {}


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in ("key twice", "itself")])
def test_mkdocs_does_not_read_it_as_meant(name):
    """Each is a fault because MkDocs shows it to readers or takes away what they should see."""
    text = FAULTS[name][0]
    body, data = get_data(text)
    shown_as_text = not data and body.strip() == text.strip()
    taken_away = bool(data) and not text.startswith("---")
    assert shown_as_text or taken_away


@pytest.mark.parametrize("text", [text for text, *_ in FAULTS.values()], ids=FAULTS)
def test_the_text_below_a_fault_keeps_its_lines(text):
    front = split(text)
    assert "\n".join(text.split("\n")[front.body_line - 1 :]).endswith(front.body)
    if "Text" in front.body:
        number = front.body.split("\n").index("Text")
        assert text.split("\n")[front.body_line - 1 + number] == "Text"


def test_places_of_keys():
    front = split("---\nparty: port\nno_position:\n  points: [4,\n    5]\n---\n# Title\n")
    assert front.at("party") == (2, 1)
    assert front.at("no_position") == (3, 1)
    assert front.at("no_position", "points") == (4, 3)
    assert front.at("no_position", "points", 1) == (5, 5)


def test_a_place_that_is_not_there_is_that_of_the_key_above():
    front = split("---\na: 1\nno_position: {points: [4]}\n---\n")
    assert front.at("no_position", "points", 7) == (3, 15)
    assert front.at("no_position", "searched") == (3, 1)
    assert front.at("missing") == (1, 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_forms_of_file(mark, newline, read_page):
    text = f"{mark}---\nparty: port\nstance: for\n---\n\n# Title\n\nText.\n".replace("\n", newline)
    page = read_page(text)
    assert page.meta == {"party": "port", "stance": "for"}
    assert page.front.at("stance") == (3, 1)
    assert page.title == "Title"
    assert [block.position for block in page.blocks] == [(8, 1)]


def test_one_fault_is_one_finding(small):
    """What readers would see of broken front matter is not reported again as an uncited text."""
    index = small / "docs" / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(f"---\ntitle: [port\n---\n\n{text}", encoding="utf-8")
    assert [(one.rule, one.line) for one in check(read_briefing(small))] == [(BROKEN, 3)]
