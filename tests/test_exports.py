"""The files that carry the claims and sources out of the site."""

import csv
import io
import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import lxml.html
import pytest
from building import (
    SMALL,
    add,
    add_kinds_of_page,
    build,
    copy_small,
    edit,
    files_in,
    undress,
    write,
)

from briefing.bibliography import Bibliography, read_bibliography
from briefing.briefing import Briefing, read_briefing
from briefing.exports import EXPORTS
from briefing.rules import check

NAMES = [
    *("claims.json", "claims.schema.json", "claims.csv"),
    *("extracts.json", "extracts.schema.json", "references.json", "references.bib"),
]
Record = dict[str, Any]


def _url(src: str) -> str:
    return src.removesuffix(".md") + ".html"


def _made(briefing: Briefing, name: str) -> bytes:
    return EXPORTS[name](briefing, _url)


def _claims(briefing: Briefing) -> list[Record]:
    made: list[Record] = json.loads(_made(briefing, "claims.json"))["claims"]
    return made


def _rows(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline=""), strict=True))


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    return read_briefing(SMALL)


HOSTILE = """\
=A1+A2 is what they wrote, "quoted"; and more [@minutes1931, =p. 3; @kade1930, via @gazette1931].
{: by="=HYPERLINK(1)" on="1931" #pa-equals }

+A1 was what they wrote [@-dash].
{: by="+Ada" points="4, 5" stance="for" #pa-plus }

\\-A1 was what they wrote [@minutes1931].
{: by="-Ada" #pa-minus }

@SUM(A1) was what they wrote, над «Портом» [@minutes1931].
{: by="@Ada" #pa-at }

## =SUM(A1:A9)

Plain [@ukr2001, pp. 3–4].
{: #pa-formula }
"""
EXTRACT = """\
> Над «Портом» it was quoted
{: by="Lund" at="p. 3" }
"""
BIB = """
@thesis{kade1930,
  author = {Kade, Eva and {Port of \\"Ubersee} and van der Berg, Nils},
  title = {Quays {\\&} R\\&D: 100\\% of \\emph{it}},
  type = {PhD thesis}, institution = {University of the Sea}, date = {1930-07}, doi = {10.1000/182},
}
@incollection{-dash,
  author = {Lund, O.}, editor = {Holm, Ada}, title = {On dashes}, booktitle = {Of signs},
  publisher = {Pier Press}, pages = {3--9}, year = {1931}, month = may, urldate = {1932-01-02},
  url = {https://e.org/?a=1&b=2}, langid = {english},
}
@online{ukr2001, title = {Порт «Схід» <b> & "інші"}, organization = {Місто}, url = {https://e.org/}}
"""


@pytest.fixture(scope="session")
def hostile_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_small(tmp_path_factory.mktemp("hostile") / "small")
    edit(root, "docs/parties/port.md", "points: [4, 5]", "points: []")
    add(root, "docs/parties/port.md", f"\n{HOSTILE}")
    add(root, "harbour.bib", BIB)
    write(root, "docs/sources/minutes1931.md", EXTRACT)
    return root


@pytest.fixture(scope="session")
def hostile(hostile_root: Path) -> Briefing:
    made = read_briefing(hostile_root)
    assert check(made) == []
    return made


@pytest.fixture(scope="session", params=["briefing", "hostile"])
def either(request: pytest.FixtureRequest) -> Briefing:
    given: Briefing = request.getfixturevalue(request.param)
    return given


def test_every_export_is_tried_here() -> None:
    assert list(EXPORTS) == NAMES


# claims.json


def _validator(briefing: Briefing) -> jsonschema.Draft202012Validator:
    schema = json.loads(_made(briefing, "claims.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_claims_hold_to_their_schema(either: Briefing) -> None:
    data = json.loads(_made(either, "claims.json"))
    assert [error.message for error in _validator(either).iter_errors(data)] == []
    assert data["$schema"] == "claims.schema.json"
    assert (data["plan"], data["as_of"]) == ("the harbour accord", "1999-12-31")
    assert len(data["claims"]) >= 15


def _drop_id(claim: Record) -> None:
    del claim["id"]


def _add_unknown(claim: Record) -> None:
    claim["colour"] = "blue"


@pytest.mark.parametrize(
    "spoil",
    [
        _drop_id,
        _add_unknown,
        lambda claim: claim.update(party="nobody"),
        lambda claim: claim.update(stance="perhaps"),
        lambda claim: claim.update(text="no-such-text"),
        lambda claim: claim.update(points=[6]),
        lambda claim: claim.update(points=[0]),
        lambda claim: claim.update(points=[1, 1]),
        lambda claim: claim.update(on="4 May 1931"),
        lambda claim: claim.update(binds=["press"]),
        lambda claim: claim.update(parties=["city"]),
        lambda claim: claim.update(parties="port"),
        lambda claim: claim.update(version=""),
        lambda claim: claim.update(version=["Forty"]),
        lambda claim: claim.update(statement=""),
        lambda claim: claim.update(by=""),
        lambda claim: claim.update(citations=[]),
        lambda claim: claim.update(reported_by=""),
        lambda claim: claim.update(arithmetic=""),
        lambda claim: claim["citations"][0].update(key=""),
        lambda claim: claim["citations"][0].update(kind="rumour"),
        lambda claim: claim["citations"][0].update(consulted="no"),
        lambda claim: claim["citations"][0].update(colour="blue"),
        lambda claim: claim.update(citations=[{"key": "gazette1931"}]),
        lambda claim: claim.update(line=0),
    ],
)
def test_schema_refuses_what_is_no_claim(
    briefing: Briefing, spoil: Callable[[Record], None]
) -> None:
    data = json.loads(_made(briefing, "claims.json"))
    spoil(data["claims"][0])
    assert not _validator(briefing).is_valid(data)


def test_schema_knows_the_words_of_the_briefing(briefing: Briefing) -> None:
    schema = json.loads(_made(briefing, "claims.schema.json"))["$defs"]
    claim = schema["claim"]["properties"]
    assert claim["party"]["enum"] == ["port", "union", "press", None]
    assert claim["stance"]["enum"] == ["for", "against", "open", None]
    assert claim["text"]["enum"] == ["accord", "reply", None]
    assert claim["binds"]["items"]["enum"] == ["port", "union", "city"]
    assert claim["parties"]["items"]["enum"] == ["port", "union", "press"]
    assert claim["points"]["items"]["maximum"] == 5
    citation = schema["citation"]["properties"]
    assert citation["kind"]["enum"] == ["minutes", "paper", "reprint", None]
    assert citation["consulted"]["enum"] == ["full", "excerpt", "via", None]


def test_claim_is_told_in_full(briefing: Briefing) -> None:
    by_id = {claim["id"]: claim for claim in _claims(briefing)}
    assert by_id["p3-1"] == {
        "id": "p3-1",
        "page": "docs/points/3.md",
        "url": "points/3.html#p3-1",
        "line": 10,
        "party": None,
        "text": "accord",
        "points": [3],
        "stance": None,
        "by": None,
        "on": None,
        "binds": ["port"],
        "parties": [],
        "version": None,
        "reported_by": None,
        "arithmetic": None,
        "section": "What the accord provides",
        "statement": "The port authority would carry out article 3.",
        "citations": [
            {
                "key": "gazette1931",
                "locator": "art. 3",
                "via": None,
                "kind": "paper",
                "consulted": "full",
            },
            {
                "key": "minutes1931",
                "locator": None,
                "via": None,
                "kind": "minutes",
                "consulted": "excerpt",
            },
        ],
    }
    (quoted,) = (claim for claim in by_id.values() if claim["on"] == "1931-05")
    assert quoted["statement"] == "The union would “weigh each word” of it."
    read = {"via": "gazette1931", "kind": None, "consulted": "via"}
    assert quoted["citations"] == [{"key": "olsen1950", "locator": "p. 12"} | read]
    assert (quoted["party"], quoted["points"], quoted["stance"]) == ("union", [], "open")


def test_ids_are_the_briefings_own_and_each_is_there_once(either: Briefing) -> None:
    ids = [claim["id"] for claim in _claims(either)]
    assert ids == [claim.id for claim in either.claims]
    assert len(set(ids)) == len(ids)


@pytest.fixture(scope="session")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    made = read_briefing(add_kinds_of_page(copy_small(tmp_path_factory.mktemp("ev") / "small")))
    assert check(made) == []
    return made


def test_events_and_versions_hold_to_the_schema(eventful: Briefing) -> None:
    data = json.loads(_made(eventful, "claims.json"))
    assert [error.message for error in _validator(eventful).iter_errors(data)] == []
    assert data["as_of"] == "2000-01-02"
    claims = data["claims"]
    parties = {claim["id"]: claim["parties"] for claim in claims if claim["parties"]}
    assert parties == {"ev-strike": ["union", "port"], "ev-signed": ["port"]}
    assert {claim["id"]: claim["version"] for claim in claims if claim["version"]} == {
        "df-forty": "Forty",
        "df-fifty": "Fifty & more",
        "df-port": "The port",
        "df-city": "The city",
    }


def test_events_and_versions_are_in_their_columns(eventful: Briefing) -> None:
    made = _made(eventful, "claims.csv")
    rows = {row["id"]: row for row in _rows(made)}
    told = {key: (row["on"], row["parties"], row["version"]) for key, row in rows.items()}
    assert told["ev-strike"] == ("1931-05", "union; port", "")
    assert told["ev-printed"] == ("1931-05-05", "", "")
    assert told["df-fifty"] == ("", "", "Fifty & more")
    head = made.decode("utf-8-sig").split("\r\n")[0].split(",")
    assert head == list(_claims(eventful)[0])


# claims.csv


def test_rows_are_the_claims_in_order(either: Briefing) -> None:
    def in_cell(value: Any) -> str:
        if isinstance(value, list):
            return "; ".join(cited(one) if isinstance(one, dict) else str(one) for one in value)
        return "" if value is None else str(value)

    def cited(one: Record) -> str:
        parts = one["key"], one["locator"], one["via"] and f"via {one['via']}"
        grade = ", ".join(filter(None, (one["kind"], one["consulted"])))
        return ", ".join(filter(None, parts)) + (f" [{grade}]" if grade else "")

    rows = _rows(_made(either, "claims.csv"))
    expected = [{name: in_cell(value) for name, value in one.items()} for one in _claims(either)]
    unguarded = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]
    assert unguarded == expected


def test_csv_is_what_spreadsheets_open(hostile: Briefing) -> None:
    made = _made(hostile, "claims.csv")
    assert made.startswith(b"\xef\xbb\xbfid,page,url,line,party,text,points,stance,by,on,")
    assert made.endswith(b"\r\n")
    assert "над «Портом»" in made.decode("utf-8-sig")
    lines = made.count(b"\n")
    assert lines == made.count(b"\r\n") == len(hostile.claims) + 1


def test_no_cell_begins_a_formula(hostile: Briefing) -> None:
    rows = _rows(_made(hostile, "claims.csv"))
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@]|[\t\r\n]", cell)] == []
    by_id = {row["id"]: row for row in rows}
    assert by_id["pa-equals"]["statement"].startswith("'=A1+A2 is what they wrote, “quoted”;")
    assert by_id["pa-equals"]["by"] == "'=HYPERLINK(1)"
    assert by_id["pa-plus"]["statement"] == "'+A1 was what they wrote."
    assert by_id["pa-plus"]["citations"] == "'-dash"
    assert by_id["pa-minus"]["statement"] == "'-A1 was what they wrote."
    assert by_id["pa-at"]["statement"].startswith("'@SUM(A1) was")
    assert by_id["pa-at"]["by"] == "'@Ada"
    assert by_id["pa-formula"]["section"] == "'=SUM(A1:A9)"


def test_plain_cells_are_not_guarded(briefing: Briefing) -> None:
    assert "'" not in _made(briefing, "claims.csv").decode("utf-8-sig")


# references.json and references.bib

# CSL 1.0.2, appendix III; the names that CSL-JSON's schema knows.
CSL_TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter",
    "dataset", "document", "legislation", "manuscript", "motion_picture", "pamphlet",
    "paper-conference", "personal_communication", "report", "software", "song", "speech",
    "thesis", "webpage",
}  # fmt: skip
CSL_TEXTS = {
    "id", "type", "title", "volume", "issue", "page", "edition", "DOI", "URL", "ISBN", "language",
    "publisher", "publisher-place", "container-title", "collection-title", "genre", "number",
}  # fmt: skip


def test_references_are_csl_json(either: Briefing) -> None:
    for item in json.loads(_made(either, "references.json")):
        assert item["type"] in CSL_TYPES
        for name, value in item.items():
            if name in ("author", "editor"):
                assert value
                for person in value:
                    assert set(person) in ({"family", "given"}, {"literal"}), item["id"]
                    assert all(isinstance(part, str) and part for part in person.values())
            elif name in ("issued", "accessed"):
                ((parts,),) = value.values()
                assert list(value) == ["date-parts"]
                assert 1 <= len(parts) <= 3
                assert all(type(part) is int and part > 0 for part in parts)
            elif name == "custom":
                assert value
                assert set(value) <= {"kind", "consulted"}
            else:
                assert name in CSL_TEXTS
                assert isinstance(value, str)
                assert value


def test_references_are_the_sources_that_claims_cite(either: Briefing) -> None:
    cited = {
        key
        for claim in _claims(either)
        for one in claim["citations"]
        for key in (one["key"], one["via"])
        if key
    }
    keys = [item["id"] for item in json.loads(_made(either, "references.json"))]
    assert sorted(keys) == sorted(cited)


def test_references_say_what_the_entries_say(hostile: Briefing) -> None:
    items = {item["id"]: item for item in json.loads(_made(hostile, "references.json"))}
    assert items["kade1930"] == {
        "id": "kade1930",
        "type": "thesis",
        "title": "Quays & R&D: 100% of it",
        "genre": "PhD thesis",
        "publisher": "University of the Sea",
        "DOI": "10.1000/182",
        "author": [
            {"family": "Kade", "given": "Eva"},
            {"literal": "Port of Übersee"},
            {"family": "van der Berg", "given": "Nils"},
        ],
        "issued": {"date-parts": [[1930, 7]]},
    }
    assert items["-dash"] == {
        "id": "-dash",
        "type": "chapter",
        "title": "On dashes",
        "container-title": "Of signs",
        "publisher": "Pier Press",
        "page": "3–9",
        "language": "english",
        "URL": "https://e.org/?a=1&b=2",
        "author": [{"family": "Lund", "given": "O."}],
        "editor": [{"family": "Holm", "given": "Ada"}],
        "issued": {"date-parts": [[1931, 5]]},
        "accessed": {"date-parts": [[1932, 1, 2]]},
    }
    assert items["gazette1931"]["custom"] == {"kind": "paper", "consulted": "full"}
    assert items["ukr2001"]["title"] == 'Порт «Схід» <b> & "інші"'
    assert "issued" not in items["ukr2001"]


def _read_again(root: Path, made: bytes) -> Bibliography:
    write(root, "again.bib", made)
    return read_bibliography(root, "again.bib")


def test_bibliography_can_be_read_again(hostile: Briefing, tmp_path: Path) -> None:
    again = _read_again(tmp_path, _made(hostile, "references.bib"))
    assert again.faults == []
    assert again.entries == hostile.bibliography.entries
    assert len(again.entries) == 6


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_bibliography_of_any_editor_can_be_read_again(
    small: Path, tmp_path: Path, mark: bytes, newline: bytes
) -> None:
    text = (small / "harbour.bib").read_bytes()
    write(small, "harbour.bib", mark + text.replace(b"\n", newline))
    briefing = read_briefing(small)
    again = _read_again(tmp_path, _made(briefing, "references.bib"))
    assert check(briefing) == []
    assert again.entries == briefing.bibliography.entries
    assert list(again.entries) == ["gazette1931", "minutes1931", "olsen1950"]


# In a site


@pytest.fixture(
    scope="session",
    params=[
        {"use_directory_urls": False},
        {"use_directory_urls": True},
        {"use_directory_urls": False, "site_url": "https://example.org/a/plan/"},
        {"use_directory_urls": True, "site_url": "https://example.org/a/plan"},
    ],
    ids=["files", "folders", "files-at-an-address", "folders-at-an-address"],
)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    root = undress(copy_small(tmp_path_factory.mktemp("exports") / "small"))
    page = "# Page\n\nThe port said so [@minutes1931].\n"
    write(root, "docs/deep/er/index.md", page)
    write(root, "docs/deep/Порт і місто.md", page.replace("so", "more"))
    base = request.param.get("site_url", "").rstrip("/")
    return build(root, **request.param), f"{base}/" if base else ""


def _site_claims(folder: Path) -> list[Record]:
    claims: list[Record] = json.loads((folder / "claims.json").read_bytes())["claims"]
    return claims


def _ids(path: Path) -> list[str]:
    tree = lxml.html.document_fromstring(path.read_bytes())
    return [
        str(one) for one in tree.xpath("//*[contains(concat(' ', @class, ' '), ' claim ')]/@id")
    ]


def _file(url: str) -> str:
    """Return the file that an address leads to, as a server of files finds it."""
    path = unquote(url.partition("#")[0])
    return posixpath.normpath(path + "index.html" if path.endswith("/") or not path else path)


def test_every_url_leads_to_its_claim(site: tuple[Path, str]) -> None:
    folder, base = site
    for claim in _site_claims(folder):
        assert claim["url"].startswith(base)
        url = claim["url"].removeprefix(base)
        assert "://" not in url
        assert unquote(url.partition("#")[2]) == claim["id"]
        assert claim["id"] in _ids(folder / _file(url)), claim["url"]


def test_every_url_is_one_that_can_be_copied(site: tuple[Path, str]) -> None:
    folder, _ = site
    for claim in _site_claims(folder):
        assert re.fullmatch(r"[A-Za-z0-9:/._~%#-]+", claim["url"])
        assert "/./" not in claim["url"]


def test_pages_have_the_same_claims_in_the_same_order(site: tuple[Path, str]) -> None:
    folder, base = site
    by_file: dict[str, list[str]] = {}
    for claim in _site_claims(folder):
        by_file.setdefault(_file(claim["url"].removeprefix(base)), []).append(claim["id"])
    on_pages = {
        path.relative_to(folder).as_posix(): ids
        for path in sorted(folder.rglob("*.html"))
        if (ids := _ids(path))
    }
    assert by_file == on_pages


def test_site_holds_the_exports(site: tuple[Path, str]) -> None:
    folder, _ = site
    files = files_in(folder)
    assert set(NAMES) <= set(files)
    schema = json.loads(files["claims.schema.json"])
    jsonschema.validate(json.loads(files["claims.json"]), schema)
    schema = json.loads(files["extracts.schema.json"])
    jsonschema.validate(json.loads(files["extracts.json"]), schema)
    urls = [row["url"] for row in _rows(files["claims.csv"])]
    assert urls == [claim["url"] for claim in _site_claims(folder)]
    assert files["references.bib"] == (SMALL / "harbour.bib").read_bytes()


def test_hostile_claims_stand_in_the_site_as_exported(hostile_root: Path) -> None:
    folder = build(undress(hostile_root))
    ids = _ids(folder / "parties/port.html")
    exported = [claim for claim in _site_claims(folder) if claim["page"] == "docs/parties/port.md"]
    assert ids == [claim["id"] for claim in exported]
    assert {"pa-equals", "pa-formula"} <= set(ids)
