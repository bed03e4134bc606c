"""The engine knows no plan: another one needs only other content and configuration."""

import json
import re
from pathlib import Path

import lxml.html
import pytest
import yaml
from building import add, build, edit, undress, write

from briefing.briefing import read_briefing
from briefing.rules import check
from briefing.yamltext import read_yaml

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "hooks").rglob("*.py"))


def _words_of_the_plan() -> list[str]:
    """Return what only this plan's briefing may say: its parties, bodies, texts and number."""
    config, _ = read_yaml((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = config["extra"]["briefing"]
    words = {"Ukraine", "Ukrainian", "Russia", "Russian", "Kyiv", "Moscow", "peace plan"}
    words |= {settings["plan"], str(settings["points"])}
    for section in ("parties", "bodies", "texts"):
        for key, given in settings[section].items():
            details = given if isinstance(given, dict) else {"name": given}
            words |= {key, details["name"], details.get("short", key)}
    return sorted(words)


WORDS = _words_of_the_plan()


def test_the_words_of_the_plan_are_known() -> None:
    assert {"28", "russia", "United States", "Europe", "nato", "us-28", "20-point"} <= set(WORDS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_engine_says_no_word_of_the_plan(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # a word of its own: not the 28 in 2028 or 0x28, not a part of an address
    found = [
        word
        for word in WORDS
        if re.search(rf"(?<![\w./-]){re.escape(word)}(?![\w/-])", text, re.IGNORECASE)
    ]
    assert found == []


SIXTH = """\
---
point: 6
theme: air
binds: chapel port
---
# Point 6: Bells

## What the accord provides {: text="accord" }

The chapel would ring a bell at noon [@gazette1931, art. 6].
{: #p6-1 }

## What the draft provides {: text="draft" }

The draft has more bells [@minutes1931].

## Who says what

<!-- table: who-says-what -->
"""
CHAPEL = """\
---
party: chapel
no_position: {searched: 1999-12-30, points: [1, 2, 3, 4, 5]}
---
# The chapel

The chapel liked the bell [@gazette1931].
{: points="6" stance="delighted" by="Sister Ruth" on="1931-06" #ch-1 }

<!-- table: positions-of-party -->
"""


@pytest.fixture
def grown(small: Path) -> Path:
    """The small briefing with a sixth point, and one more party, stance, theme and text."""
    config = yaml.safe_load((small / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = config["extra"]["briefing"]
    settings["points"] = 6
    settings["parties"]["chapel"] = {"name": "Seamen's chapel", "short": "Chapel", "code": "ch"}
    settings["stances"]["delighted"] = "Delighted"
    settings["themes"]["air"] = "Air"
    settings["texts"]["draft"] = {"name": "An early draft", "compare": True}
    write(small, "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    write(small, "docs/points/6.md", SIXTH)
    write(small, "docs/parties/chapel.md", CHAPEL)
    for name, points in (("port", "[4, 5]"), ("press", "[2, 3, 4, 5]")):
        edit(small, f"docs/parties/{name}.md", points, points.replace("]", ", 6]"))
    silent = "party: union\nno_position: {searched: 1999-12-31, points: [6]}\n"
    edit(small, "docs/parties/union.md", "party: union\n", silent)
    add(small, "docs/index.md", '\n<!-- table: positions theme="air" -->\n')
    return small


def test_new_words_need_only_configuration_and_pages(grown: Path) -> None:
    assert check(read_briefing(grown)) == []


def test_new_words_are_unknown_without_configuration(small: Path) -> None:
    write(small, "docs/points/6.md", SIXTH)
    write(small, "docs/parties/chapel.md", CHAPEL)
    found = {finding.rule for finding in check(read_briefing(small))}
    assert {
        "unknown-point",
        "unknown-party",
        "unknown-theme",
        "unknown-text",
        "unknown-stance",
    } <= found


def test_sixth_point_and_fourth_party_reach_every_table(grown: Path) -> None:
    edit(grown, "mkdocs.yml", "\n  name: material\n  font: false", " {name: material, font: false}")
    folder = build(undress(grown))

    def rows(page: str, table: str) -> list[list[str]]:
        tree = lxml.html.document_fromstring((folder / page).read_bytes())
        (found,) = tree.xpath("//table[caption = $caption]", caption=table)
        cells = [row.xpath("./th | ./td") for row in found.iter("tr")]
        return [[" ".join(cell.text_content().split()) for cell in row] for row in cells]

    positions = rows("index.html", "Positions by point and party")
    assert positions[0] == ["Point", "Port authority", "Union", "Press", "Chapel"]
    silent = "no position found (searched to 31 Dec 1999)"
    assert positions[6] == [
        "6. Bells", silent, silent, silent, "Delighted Sister Ruth, Jun 1931",
    ]  # fmt: skip
    assert rows("index.html", "Positions by point and party: Air") == [positions[0], positions[6]]
    assert positions[1][4] == "no position found (searched to 30 Dec 1999)"
    texts = rows("about/index.html", "The texts side by side")
    assert texts[0] == ["Point", "Harbour accord", "Reply", "An early draft"]
    assert texts[6][2] == "not known"
    assert texts[6][3].startswith("The draft has more bells.")
    bound = "Seamen's chapel: what the Harbour accord would have it do or accept"
    assert [row[0] for row in rows("about/index.html", bound)] == ["Point", "6. Bells"]
    schema = json.loads((folder / "claims.schema.json").read_bytes())
    claim = schema["$defs"]["claim"]["properties"]
    assert "chapel" in claim["party"]["enum"]
    assert claim["points"]["items"]["maximum"] == 6
