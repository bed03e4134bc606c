"""How evenly the parties are heard: the counts, against counts of the exported claims."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from building import SMALL, add, add_kinds_of_page, copy_small, edit, write

from briefing.balance import Share, heard_on, share_of
from briefing.briefing import Briefing, read_briefing
from briefing.exports import EXPORTS
from briefing.rules import check
from briefing.voices import Voice

OWN, HOME, OTHERS = Voice.OWN, Voice.HOME, Voice.OTHERS

PORT = """
Lund said that the "quays — all of them" cost $5 & more [@speech1931, p. 3; @gazette1931].
{: points="4" by="Director Lund" stance="for" }

- Holm, of the port, did not agree [@echo1930, via @gazette1931].
  {: points="4 5" by="Ada Holm" }
- He did [@echo1930].
  {: by=" Director Lund " stance="for" }
"""
SPEECH = """\
> The quays — all of them
{: by="Director Lund" at="p. 3" }

They cost $5.
{: at="p. 3" }
"""
BIB = """
@online{speech1931, author = {{Port Authority}}, title = {Words}, date = {1931}, kind = {speech}}
@article{echo1930, title = {An echo}, journaltitle = {Quay Echo}, date = {1930}, kind = {paper}}
"""


@pytest.fixture(scope="session")
def small_one() -> Briefing:
    return read_briefing(SMALL)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The small briefing with outlets, own words, events, and more that the port says."""
    root = add_kinds_of_page(copy_small(tmp_path_factory.mktemp("balance") / "small"))
    add(root, "docs/parties/port.md", PORT)
    add(root, "harbour.bib", BIB)
    write(root, "docs/sources/speech1931.md", SPEECH)
    edit(root, "docs/parties/port.md", "points: [4, 5]", "points: []")
    kinds = "{minutes: {name: Minutes, own: true}, speech: {name: Speech, own: true}, "
    essay = "essay: {name: Essay, voice: true}, "
    edit(root, "mkdocs.yml", "{minutes: Minutes, ", kinds + essay)
    outlets = 'code: pa, outlets: ["Port Authority", "Quay Echo"]'
    edit(root, "mkdocs.yml", "code: pa", outlets)
    edit(root, "mkdocs.yml", "code: pr, voice: true", "code: pr, voice: true, outlets: []")
    edit(root, "mkdocs.yml", "short: Union, code: du", "short: Union, outlets: [Harbour Gazette]")
    made = read_briefing(root)
    assert check(made) == []
    return made


@pytest.mark.parametrize(
    "share",
    [
        Share("port", 1, 7, 1, 1, Counter({OTHERS: 1}), Counter({"for": 1})),
        Share(
            "union", 7, 54, 1, 2, Counter({OTHERS: 2}), Counter({"against": 5, "open": 1, "": 1})
        ),
        Share("press", 1, 9, 0, 1, Counter({OTHERS: 1}), Counter({"open": 1})),
    ],
    ids=lambda share: share.party,
)
def test_shares_of_the_small_briefing(small_one: Briefing, share: Share) -> None:
    assert share_of(small_one, share.party) == share


@pytest.mark.parametrize(
    ("party", "voices"),
    [
        # minutes1931 and speech1931; echo1930; gazette1931
        ("port", {OWN: 2, HOME: 1, OTHERS: 1}),
        ("union", {HOME: 1, OTHERS: 1}),
        ("press", {OTHERS: 1}),
    ],
)
def test_voices_are_of_sources_each_once(
    planted: Briefing, party: str, voices: dict[Voice, int]
) -> None:
    assert share_of(planted, party).voices == Counter(voices)


def test_port_is_counted_by_hand(planted: Briefing) -> None:
    share = share_of(planted, "port")
    words = 7 + 13 + 7 + 2  # signs that stand alone are counted as words, as wc does
    assert (share.claims, share.words, share.speakers, share.sources) == (4, words, 2, 4)
    assert share.stances == Counter({"for": 3, "": 1})


def _exported(briefing: Briefing) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads(EXPORTS["claims.json"](briefing, str))["claims"]
    return claims


@pytest.mark.parametrize("party", ["port", "union", "press"])
def test_shares_are_those_of_the_exported_claims(planted: Briefing, party: str) -> None:
    claims = [claim for claim in _exported(planted) if claim["party"] == party]
    cited = [one for claim in claims for one in claim["citations"]]
    share = share_of(planted, party)
    assert share.claims == len(claims) > 0
    assert share.words == len(" ".join(claim["statement"] for claim in claims).split())
    assert share.speakers == len({claim["by"] for claim in claims} - {None})
    assert share.sources == len({one[name] for one in cited for name in ("key", "via")} - {None})
    assert share.stances == Counter(claim["stance"] or "" for claim in claims)
    assert share.voices.total() == share.sources
    assert share.stances.total() == share.claims


def test_claims_of_no_party_are_in_no_share(planted: Briefing) -> None:
    counted = sum(share_of(planted, party).claims for party in planted.settings.parties)
    assert counted == sum(claim["party"] is not None for claim in _exported(planted))
    assert counted < len(planted.claims)


@pytest.mark.parametrize("point", range(1, 6))
def test_heard_on_a_point_are_those_whose_claims_touch_it(planted: Briefing, point: int) -> None:
    heard = heard_on(planted, point)
    assert list(heard) == ["port", "union", "press"]
    assert {party: sorted(claim.id for claim in claims) for party, claims in heard.items()} == {
        party: sorted(
            claim["id"]
            for claim in _exported(planted)
            if claim["party"] == party and point in claim["points"]
        )
        for party in heard
    }


def test_party_that_is_not_heard_on_a_point_has_an_empty_list(small_one: Briefing) -> None:
    assert {party: len(claims) for party, claims in heard_on(small_one, 5).items()} == {
        "port": 0,
        "union": 1,
        "press": 0,
    }
    assert heard_on(small_one, 6) == {"port": [], "union": [], "press": []}


def test_party_that_says_nothing_has_an_empty_share(small: Path) -> None:
    (small / "docs/parties/press.md").write_text("---\nparty: press\n---\n# Press\n")
    share = share_of(read_briefing(small), "press")
    assert share == Share("press", 0, 0, 0, 0, Counter(), Counter())
