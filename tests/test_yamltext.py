import datetime

import pytest

from briefing.yamltext import YamlError, read_yaml

TEXT = """\
# an aside
plan: the accord   # another
parties:
  port: {name: Port authority, code: pa}
  "union":
    name: Dockers' union
points: [1, 2,
         3]
list:
  - first
  - second: [a]
'ключ': «значення»
"""


def test_data_and_places():
    data, places = read_yaml(TEXT)
    assert data == {
        "plan": "the accord",
        "parties": {
            "port": {"name": "Port authority", "code": "pa"},
            "union": {"name": "Dockers' union"},
        },
        "points": [1, 2, 3],
        "list": ["first", {"second": ["a"]}],
        "ключ": "«значення»",
    }
    assert places == {
        ("plan",): (2, 1),
        ("parties",): (3, 1),
        ("parties", "port"): (4, 3),
        ("parties", "port", "name"): (4, 10),
        ("parties", "port", "code"): (4, 32),
        ("parties", "union"): (5, 3),
        ("parties", "union", "name"): (6, 5),
        ("points",): (7, 1),
        ("points", 0): (7, 10),
        ("points", 1): (7, 13),
        ("points", 2): (8, 10),
        ("list",): (9, 1),
        ("list", 0): (10, 5),
        ("list", 1): (11, 5),
        ("list", 1, "second"): (11, 5),
        ("list", 1, "second", 0): (11, 14),
        ("ключ",): (12, 1),
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n"])
def test_no_data(text):
    assert read_yaml(text) == (None, {})


@pytest.mark.parametrize("text", ["a: 1\r\nb: 2\r\n", "a: 1\nb: 2", "\ufeffa: 1\nb: 2\n"])
def test_forms_of_file(text):
    assert read_yaml(text) == ({"a": 1, "b": 2}, {("a",): (1, 1), ("b",): (2, 1)})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2025-11-20", datetime.date(2025, 11, 20)),
        ("a: 2025-11", "2025-11"),
        ("a: 2025", 2025),
        ("a: '2025-13-40'", "2025-13-40"),
        ("a: true", True),
        ("a: 'a: b # c'", "a: b # c"),
        ("a: |\n  a\n  b\n", "a\nb\n"),
        ("a:", None),
    ],
)
def test_values(text, value):
    assert read_yaml(text) == ({"a": value}, {("a",): (1, 1)})


def test_on_yes_and_no_are_words():
    data, places = read_yaml("on: yes\noff: No\n")
    assert data == {"on": "yes", "off": "No"}
    assert places == {("on",): (1, 1), ("off",): (2, 1)}


def test_an_alias_is_read_once_more():
    data, places = read_yaml("a: &x {b: 1}\nc: *x\n")
    assert data == {"a": {"b": 1}, "c": {"b": 1}}
    assert places["a", "b"] == (1, 8)


def test_a_tag_for_the_environment(monkeypatch):
    monkeypatch.setenv("BRIEFING_A", "https://example.org/")
    monkeypatch.delenv("BRIEFING_B", raising=False)
    text = 'a: !ENV BRIEFING_A\nb: !ENV [BRIEFING_B, BRIEFING_A, none]\nc: !ENV [BRIEFING_B, ""]\n'
    data, places = read_yaml(text)
    assert data == {"a": "https://example.org/", "b": "https://example.org/", "c": ""}
    assert places["b",] == (2, 1)


def test_a_tag_for_a_name():
    data, _ = read_yaml("a: !!python/name:os.path.join\nb: !!python/name:no_such.thing\n")
    assert data["a"].__name__ == "join"
    assert data["b"] is None


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("a: 1\nb: 2025-02-30\n", (2, 4), "'2025-02-30' is not a date"),
        ("a: [1, 2024-13-40]\n", (1, 8), "'2024-13-40' is not a date"),
        ("a: 2025-11-20T25:00:00\n", (1, 4), "is not a date"),
        ("2025-02-30: a\n", (1, 1), "'2025-02-30' is not a date"),
        ("a: 1\nb: 2\na: 3\n", (3, 1), "the key 'a' is given twice"),
        ("a: {b: 1, c: {}, b: 2}\n", (1, 18), "the key 'b' is given twice"),
        ("a:\n\tb: 1\n", (2, 1), "cannot start any token"),
        ("a: b: c\n", (1, 5), "mapping values are not allowed"),
        ("a: 'open\nb: 1\n", (3, 1), "unexpected end of stream"),
        ("a: [1\nb: 2\n", (2, 2), "expected ',' or ']'"),
        ("a: @b\n", (1, 4), "cannot start any token"),
        ("a: %b\n", (1, 4), "cannot start any token"),
        ("a: *b\n", (1, 4), "undefined alias"),
        ("a: !unknown b\n", (1, 4), "could not determine a constructor"),
        ("a: !!python/object/apply:os.system [b]\n", (1, 4), "could not determine"),
        ("a: 1\n---\nb: 2\n", (2, 1), "another document"),
        ("? [a]\n: 1\n", (1, 3), "unhashable key"),
        ("a: 1\nb: !!int c\n", (2, 4), "c"),
        ("a: 1\nb: !!float c\n", (2, 4), "c"),
        ("a: 1\nb: !!bool c\n", (2, 4), "c"),
        ("a: 1\nb: !!timestamp c\n", (2, 4), "c"),
        ("a: 1\nb: 0x_\n", (2, 4), "0x_"),
        ("a: 1\nb: &x [*x]\n", (2, 4), ""),
        ("a: 1\nb: \x07\n", (2, 4), "special characters are not allowed"),
        ("a: 1\nb: c\x7fd\n", (2, 5), "special characters are not allowed"),
        ("a: 1\nb: " + "[" * 500, (2, 4), ""),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_faults_have_their_places(text, position, message):
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.position.line == position[0]
    if "[[" not in text:
        assert caught.value.position == position
