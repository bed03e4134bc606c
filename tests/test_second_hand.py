"""Sources known through others: who was not read, who repeats, who alone reports a position."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest
import yaml
from building import add, build, copy_small, edit, undress, write
from lxml.html import HtmlElement
from mkdocs.utils import yaml_load

from briefing.briefing import Briefing, read_briefing
from briefing.rules import RULES, check
from briefing.voices import reported_by, reporters

BIB = """
@article{quay1931, title = {The quay}, journaltitle = {Quay Times}, kind = {paper},
  consulted = {full}}
@article{quayextra1931, title = {An extra}, journaltitle = {Quay Times}, kind = {paper}}
@article{berth1931, title = {The berth}, journaltitle = {The Berth}, kind = {paper}}
@article{docker1931, title = {The docker}, journaltitle = {The Docker}, kind = {paper},
  consulted = {excerpt}}
@article{crew1931, title = {On board}, journaltitle = {Crew \\& Co}, kind = {paper}}
@article{wire1931, title = {By wire}, journaltitle = {Sea Wire}, kind = {wire}}
@online{speech1931, author = {{Port Authority}}, title = {A speech},
  organization = {Port Authority}, kind = {speech}}
@online{vow1931, title = {A vow}, organization = {Somebody}, kind = {speech}}
@article{letter1931, author = {{The Docker}}, title = {A letter}, journaltitle = {Quay Times},
  kind = {paper}}
@book{leaflet1931, author = {{The Docker}}, title = {A leaflet}, publisher = {Pier Press},
  kind = {paper}}
@online{poster1931, author = {{The Docker}}, title = {A poster}, url = {https://e.org/poster}}
@article{essay1931, title = {An essay}, journaltitle = {Pier Review}, kind = {essay}}
@misc{rumour1931, title = {No kind at all}, publisher = {The Docker}}
"""
OUTLETS = {
    "port": ["Port Authority", "Quay Times", "The Berth"],
    "union": ["The Docker"],
    "crews": ["Crew & Co"],
    "press": ["Harbour Gazette"],
}
KINDS: dict[str, Any] = {
    "speech": {"name": "A speech", "own": True},
    "wire": {"name": "Agency report", "short": "wire"},
    "essay": {"name": "Essay", "voice": True},
}


class Told(NamedTuple):
    """A claim of a party, its citations, and who then is said to report it."""

    party: str
    cited: str
    by: str


DOCKER, QUAY, CREW = "The Docker (Union)", "Quay Times (Port authority)", "Crew & Co (Crews)"
CLAIMS = {
    # Only other sides.
    "other-side": Told("port", "@docker1931", DOCKER),
    "other-side-without-a-kind": Told("port", "@rumour1931", DOCKER),
    "own-words-of-another": Told("union", "@speech1931", "Port Authority (Port authority)"),
    "two-outlets-of-a-side": Told(
        "union", "@quay1931; @berth1931", "Quay Times, The Berth (Port authority)"
    ),
    "two-outlets-as-they-are-cited": Told(
        "union", "@berth1931; @quay1931", "The Berth, Quay Times (Port authority)"
    ),
    "outlet-twice": Told("union", "@quay1931; @quayextra1931; @quay1931, p. 2", QUAY),
    "two-sides": Told("union", "@quay1931; @crew1931", f"{QUAY}; {CREW}"),
    "two-sides-in-our-order": Told("union", "@crew1931; @quay1931", f"{QUAY}; {CREW}"),
    "three-of-two-sides": Told(
        "union",
        "@berth1931; @crew1931; @quay1931",
        f"The Berth, Quay Times (Port authority); {CREW}",
    ),
    "two-sides-of-the-third": Told("crews", "@docker1931; @quay1931", f"{QUAY}; {DOCKER}"),
    # Its own words, or a report from where it is.
    "own-words": Told("port", "@speech1931", ""),
    "own-words-beside": Told("port", "@docker1931; @speech1931", ""),
    "own-words-first": Told("port", "@speech1931; @docker1931", ""),
    "own-words-that-nobody-printed": Told("port", "@vow1931", ""),
    "home": Told("port", "@quay1931", ""),
    "home-beside": Told("port", "@docker1931; @crew1931; @quay1931", ""),
    # From elsewhere.
    "agency": Told("port", "@wire1931", ""),
    "agency-beside": Told("port", "@docker1931; @wire1931", ""),
    "analysis": Told("port", "@essay1931", ""),
    "outlet-of-those-who-comment": Told("port", "@gazette1931", ""),
    "outlet-of-those-who-comment-beside": Told("port", "@docker1931; @gazette1931", ""),
    # Organisations are themselves, whoever prints them.
    "organisation": Told("port", "@letter1931", DOCKER),
    "organisation-of-a-book": Told("port", "@leaflet1931", DOCKER),
    "organisation-alone": Told("port", "@poster1931", DOCKER),
    "organisation-beside-its-outlet": Told("port", "@letter1931; @docker1931", DOCKER),
    "organisation-at-home": Told("union", "@letter1931", ""),
    # Through another source.
    "other-side-through-an-agency": Told("port", "@docker1931, p. 2, via @wire1931", DOCKER),
    "other-side-through-a-third": Told("port", "@docker1931, via @crew1931", DOCKER),
    "home-through-an-agency": Told("port", "@quay1931, via @wire1931", ""),
    "own-words-through-an-agency": Told("port", "@speech1931, via @wire1931", ""),
    "own-words-through-another-side": Told("port", "@speech1931, via @docker1931", DOCKER),
    "own-words-through-another-side-beside-home": Told(
        "port", "@speech1931, via @docker1931; @quay1931", ""
    ),
    # No position of a party that the plan would bind.
    "those-who-comment": Told("press", "@docker1931", ""),
    "nobody": Told("", "@docker1931", ""),
}


def _page() -> str:
    made = ["# Told"]
    for name, told in CLAIMS.items():
        party = f'party="{told.party}" stance="open" points="1" ' if told.party else ""
        made.append(f"They would talk of it [{told.cited}].\n{{: {party}#sh-{name} }}")
    return "\n\n".join(made) + "\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small briefing with a third party, outlets of each, and a page of claims of theirs."""
    root = undress(copy_small(tmp_path_factory.mktemp("told") / "small"))
    config = yaml_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    given = config["extra"]["briefing"]
    given["parties"] = {
        "port": given["parties"]["port"],
        "union": given["parties"]["union"],
        "crews": {"name": "The crews", "short": "Crews"},
        "press": given["parties"]["press"],
    }
    for party, outlets in OUTLETS.items():
        given["parties"][party]["outlets"] = outlets
    given["kinds"] |= KINDS
    write(root, "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    silent = "---\nparty: crews\nno_position: {searched: 1999-12-31, points: [2, 3, 4, 5]}\n---\n"
    write(root, "docs/parties/crews.md", f"{silent}# Crews\n\nThey sailed [@crew1931].\n")
    add(root, "harbour.bib", BIB)
    write(root, "docs/told.md", _page())
    return root


@pytest.fixture(scope="module")
def briefing(root: Path) -> Briefing:
    made = read_briefing(root)
    assert check(made) == []
    return made


# Who alone reports what a party holds


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_says_who_reports_it_where_only_other_sides_do(briefing: Briefing, name: str) -> None:
    claim = next(one for one in briefing.claims if one.id == f"sh-{name}")
    assert reported_by(claim, briefing.bibliography, briefing.settings) == CLAIMS[name].by


def test_reporters_are_all_the_sources_or_none(briefing: Briefing) -> None:
    by_id = {claim.id: claim for claim in briefing.claims}

    def keys(name: str) -> list[str]:
        entries = reporters(by_id[f"sh-{name}"], briefing.bibliography, briefing.settings)
        return [entry.key for entry in entries]

    assert keys("three-of-two-sides") == ["berth1931", "crew1931", "quay1931"]
    assert keys("home-beside") == []


def test_nobody_is_said_to_report_where_no_outlets_are_listed(small: Path) -> None:
    made = read_briefing(small)
    assert {reported_by(one, made.bibliography, made.settings) for one in made.claims} == {""}


# The mark, wherever the claim is shown

MARKED = {f"sh-{name}": f"reported by {told.by}" for name, told in CLAIMS.items() if told.by}
UNMARKED = [f"sh-{name}" for name, told in CLAIMS.items() if not told.by]


@pytest.fixture(scope="module")
def site(root: Path, briefing: Briefing) -> Path:
    return build(root)


def _html(site: Path, name: str) -> HtmlElement:
    return lxml.html.document_fromstring((site / name).read_bytes())


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_mark_stands_below_the_claim_on_its_page(site: Path) -> None:
    page = _html(site, "told.html")
    marks = {
        claim.get("id"): [_text(mark) for mark in claim.xpath(".//span[@class='reported']")]
        for claim in page.xpath("//p[contains(@class, 'claim')]")
    }
    assert marks == {key: [mark] for key, mark in MARKED.items()} | {key: [] for key in UNMARKED}
    (line,) = page.xpath("//p[@id='sh-two-sides']/span[@class='claim-meta']")
    assert _text(line) == f"Undecided · reported by {QUAY}; {CREW} · point 1 · SH-TWO-SIDES"


def test_mark_stands_in_the_register(site: Path) -> None:
    rows = _html(site, "about/index.html").xpath("//table[@class='register']/tbody/tr")
    cells = {
        head.get("href").split("#")[1]: _text(row[2])
        for row in rows
        for head in row[0].xpath("./a")
    }
    for key, mark in MARKED.items():
        assert f", {mark}point 1" in cells[key]
    assert [key for key, cell in cells.items() if "reported by" in cell] == list(MARKED)
    assert cells["sh-two-sides"] == f"Undecided Union, reported by {QUAY}; {CREW}point 1"


def test_mark_stands_where_it_is_told_who_says_what(site: Path) -> None:
    page = _html(site, "points/1.html")
    links = page.xpath("//ul[contains(@class, 'says')]//span[@class='said-by']/a")
    shown = {link.get("href").split("#")[1]: _text(link) for link in links}
    for key, mark in MARKED.items():
        assert shown[key].endswith(f", {mark}")
    assert [key for key in UNMARKED if "reported by" in shown.get(key, "")] == []


def test_positions_tell_apart_who_reports_them(site: Path) -> None:
    (table,) = _html(site, "index.html").xpath("//table[@class='positions']")
    point, *_ = table.xpath("./tbody/tr")
    crews = point.xpath("./td[@data-label='Crews']")[0]
    assert _text(crews) == f"Undecided Crews, reported by {QUAY}; {DOCKER}"
    shown = {link.get("href").split("#")[1]: link for link in point.xpath("./td//a")}
    assert _text(shown["sh-other-side"]) == f"Port authority, reported by {DOCKER}"
    assert _text(shown["sh-own-words"]) == "Port authority"


def test_mark_stands_on_the_page_of_a_source(site: Path) -> None:
    items = _html(site, "sources/docker1931.html").xpath("//ul[contains(@class, 'says')]/li")
    shown = {item.xpath("./a[@class='claim-id']/@href")[0].split("#")[1]: item for item in items}
    assert f"[Port authority, reported by {DOCKER}]" in _text(shown["sh-other-side"])
    assert "reported by" not in _text(shown["sh-agency-beside"])


def test_exports_say_who_reports(site: Path) -> None:
    claims = json.loads((site / "claims.json").read_bytes())["claims"]
    told = {one["id"]: one["reported_by"] for one in claims if one["reported_by"] is not None}
    assert told == {f"sh-{name}": told.by for name, told in CLAIMS.items() if told.by}
    text = (site / "claims.csv").read_text(encoding="utf-8-sig")
    rows = {row["id"]: row["reported_by"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == {one["id"]: one["reported_by"] or "" for one in claims}


# Sources that were not read, and sources that repeat others

SECOND_HAND = """
@article{echo1931, title = {The echo}, journaltitle = {Echo}, kind = {reprint},
  original = {gazette1931}}
@article{mirror1931, title = {The mirror}, journaltitle = {Mirror}, kind = {reprint},
  original = {minutes1931}}
@article{far1931, title = {From far}, journaltitle = {Far Echo}, kind = {reprint},
  original = {echo1931}}
@article{lone1931, title = {From nowhere}, journaltitle = {Nowhere}, kind = {reprint}}
@article{copy1931, title = {No relay}, journaltitle = {Copy}, kind = {paper},
  original = {gazette1931}}
@article{plain1931, title = {No kind}, journaltitle = {Plain}, original = {gazette1931}}
@book{berg1960, author = {Berg, Nils}, title = {The pier}, publisher = {Pier Press},
  consulted = {via}}
"""


@pytest.fixture(scope="module")
def relayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_small(tmp_path_factory.mktemp("relayed") / "small")
    add(root, "harbour.bib", SECOND_HAND)
    return root


def _found(root: Path, rule: str, cited: str, page: str = "docs/case.md") -> list[str]:
    """Return the keys at the places where a claim with these citations breaks the rule."""
    line = f"The dockers met [{cited}]."
    write(root, page, f"# Case\n\n{line}\n")
    found = list(RULES[rule](read_briefing(root)))
    (root / page).unlink()
    assert {(one.path, one.line, line[one.column - 1]) for one in found} <= {(page, 3, "@")}
    return [re.split(r"[],;]", line[one.column :])[0] for one in found]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("@olsen1950, p. 9", ["olsen1950"]),
        ("@gazette1931; @olsen1950", ["olsen1950"]),
        ("@olsen1950; @gazette1931", ["olsen1950"]),
        ("@olsen1950; @olsen1950, p. 3", ["olsen1950", "olsen1950"]),
        ("@olsen1950; @berg1960", ["olsen1950", "berg1960"]),
        ("@gazette1931, via @olsen1950", ["gazette1931"]),
        ("@berg1960, via @olsen1950", ["berg1960"]),
        ("@olsen1950, p. 9, via @gazette1931", []),
        ("@olsen1950, via @minutes1931; @olsen1950, p. 3, via @gazette1931", []),
        ("@minutes1931", []),
        ("@gazette1931; @plain1931", []),
        ("@nobody1931; @gazette1931", []),
    ],
)
def test_source_that_was_not_read_names_the_one_that_was(
    relayed: Path, cited: str, found: list[str]
) -> None:
    assert _found(relayed, "unread-source", cited) == found


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("@echo1931", ["echo1931"]),
        ("@echo1931, p. 2; @echo1931, p. 3", ["echo1931", "echo1931"]),
        ("@echo1931; @mirror1931", ["echo1931", "mirror1931"]),
        ("@echo1931; @lone1931", ["echo1931"]),
        ("@echo1931, via @lone1931", ["echo1931"]),
        ("@far1931; @echo1931", ["echo1931"]),
        ("@far1931", ["far1931"]),
        ("@echo1931; @gazette1931", []),
        ("@gazette1931; @echo1931", []),
        ("@gazette1931, via @echo1931", []),
        ("@echo1931; @minutes1931", []),
        ("@echo1931; @copy1931", []),
        ("@echo1931; @olsen1950, via @minutes1931", []),
        ("@lone1931", []),
        ("@copy1931", []),
        ("@plain1931", []),
        ("@nobody1931", []),
    ],
)
def test_relay_stands_beside_its_original_or_something_else(
    relayed: Path, cited: str, found: list[str]
) -> None:
    assert _found(relayed, "relay-alone", cited) == found


@pytest.mark.parametrize("rule", ["unread-source", "relay-alone"])
@pytest.mark.parametrize("cited", ["@olsen1950", "@echo1931"])
def test_pages_outside_the_briefing_may_cite_as_they_like(
    relayed: Path, rule: str, cited: str
) -> None:
    assert _found(relayed, rule, cited, "docs/about/case.md") == []


@pytest.mark.parametrize(
    ("cited", "rule", "mended"),
    [
        ("@berg1960, p. 7", "unread-source", "@berg1960, p. 7, via @gazette1931"),
        ("@echo1931", "relay-alone", "@gazette1931"),
        ("@echo1931", "relay-alone", "@gazette1931, via @echo1931"),
        ("@echo1931", "relay-alone", "@gazette1931; @echo1931"),
    ],
)
def test_what_the_hint_says_mends_it(relayed: Path, cited: str, rule: str, mended: str) -> None:
    assert _found(relayed, rule, cited)
    assert _found(relayed, "unread-source", mended) == []
    assert _found(relayed, "relay-alone", mended) == []


def test_no_kind_is_a_relay_unless_the_settings_say_so(relayed: Path, tmp_path: Path) -> None:
    root = copy_small(tmp_path / "small")
    write(root, "harbour.bib", (relayed / "harbour.bib").read_bytes())
    assert _found(root, "relay-alone", "@echo1931") == ["echo1931"]
    edit(root, "mkdocs.yml", "relay: true", "relay: false")
    assert _found(root, "relay-alone", "@echo1931") == []
