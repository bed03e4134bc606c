"""The pages of sources, the grade beside citations, our own sums: what readers and exports get."""

import csv
import html
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import pytest
import yaml
from building import add, build, copy_small, write
from lxml.html import HtmlElement
from mkdocs.utils import yaml_load

from briefing.briefing import read_briefing
from briefing.exports import EXPORTS
from briefing.rules import check

BIB = """
@article{post1930, title = {All hands}, journaltitle = {Harbour Post}, date = {1930-02-01},
  langid = {ukrainian}, kind = {paper}, consulted = {full}, annotation = {Read on microfilm.}}
@article{herald1930, title = {On deck}, journaltitle = {Harbour Herald}, date = {1930-02-02},
  langid = {ukrainian}, kind = {paper}, consulted = {full}, annotation = {Read in the archive.}}
@article{echo1930, titleaddon = {A report on the strike}, journaltitle = {Echo},
  date = {1930-03}, kind = {reprint}, consulted = {via}}
@article{undated, title = {Bare}, journaltitle = {Almanac}}
@article{kindly1930, title = {Of a kind}, journaltitle = {Kindly}, date = {1930}, kind = {minutes}}
@article{partly1930, title = {In part}, journaltitle = {Partly}, date = {1930},
  consulted = {excerpt}}
@article{aside1930, title = {Aside}, journaltitle = {Aside}, date = {1930}}
@article{hostile1930, author = {{R\\&D <b>Bold</b> Ltd}}, journaltitle = {<i>Ad</i> \\&amp; Co},
  title = {<u>Under</u> \\&amp; "over"}, date = {1930-04-01}, annotation = {<s>Struck</s> \\&lt;}}
"""
POST = """\
> The crews would "weigh each word" of it [...] and [the port] would wait
{: by="Ada Holm" at="p. 3" }

Forty met on the quay, near the periwinkle; others counted fifty.
{: at="p. 2" }

> No ship sailed
{: by="Harbour Post" at="headline" #an-id-of-its-own }
"""
HOSTILE = """\
> &lt;b&gt;bold&lt;/b&gt; &amp;amp; {{ page.title }} {% raw %} "said" \\*so\\* `<i>&amp;</i>`
{: by='Ada &lt;b&gt; &amp; "Co" {{ x' at="p. 3 <> * &amp;lt;" }

A & B &amp;copy; 5 < 6 * 7 * 8 {{ 1 + 1 }} it's <!-- hidden --> [so](../index.md).
{: at="p. 'four' & \\"more" }
"""
HOSTILE_SHOWN = [
    (
        "<b>bold</b> &amp; {{ page.title }} {% raw %} “said” *so* <i>&amp;</i>",
        'Quotation · Ada <b> & "Co" {{ x · p. 3 <> * &lt;',
    ),
    (
        "A & B &copy; 5 < 6 * 7 * 8 {{ 1 + 1 }} it’s so.",
        "Note in our words · p. 'four' & \"more",
    ),
]
GRADED = """\
# Graded

The crews would "weigh each word" of it on the quay [@post1930, p. 3; @herald1930].
{: #gr-plain }

The strike was reported [@echo1930, p. 9, via @post1930; @undated].
{: #gr-via }

Much was noted [@kindly1930, p. 1; @partly1930; @undated, p. 2; @hostile1930].
{: #gr-parts }

The counts of those who met differ by ten [@post1930].
{: arithmetic="50 - 40 = ten" #gr-ten }

They met for two days; ninety were counted in all [@post1930].
{: arithmetic="1930-03-01 - 1930-02-27 = two days; 40 + 50 = ninety" #gr-days }

| Head |
| --- |
| No ship sailed [@herald1930, p. 1] |
"""
GLOSSARY = """\
---
glossary: true
---
# Words

Quay {: also="quay" }
:   Where ships lie.
    {: .editorial }
"""
GRADES = {
    "post1930": "[paper, in full]",
    "herald1930": "[paper, in full]",
    "echo1930": "[Reprint, not read]",
    "kindly1930": "[Minutes]",
    "partly1930": "[excerpt]",
    "gazette1931": "[paper, in full]",
    "minutes1931": "[Minutes, excerpt]",
    "olsen1950": "[not read]",
}
"""What is told of each source beside its citations; of the others nothing is known."""
Record = dict[str, Any]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_small(tmp_path_factory.mktemp("sources") / "small")
    add(root, "harbour.bib", BIB)
    write(root, "docs/sources/post1930.md", POST)
    write(root, "docs/sources/hostile1930.md", HOSTILE)
    write(root, "docs/graded.md", GRADED)
    write(root, "docs/words.md", GLOSSARY)
    add(root, "docs/about/index.md", "\nSee [@aside1930].\n")
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    assert [str(finding) for finding in check(read_briefing(root))] == []
    return build(root)


def _html(site: Path, name: str) -> HtmlElement:
    return lxml.html.document_fromstring((site / name).read_bytes())


def _article(site: Path, key: str) -> HtmlElement:
    (article,) = _html(site, f"sources/{key}.html").xpath("//article")
    return article


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _data(site: Path, name: str) -> Any:
    return json.loads((site / name).read_bytes())


def _source_pages(site: Path) -> list[str]:
    names = sorted(path.stem for path in (site / "sources").glob("*.html"))
    assert {"post1930", "herald1930", "hostile1930", "aside1930", "olsen1950"} <= {*names}
    return names


# The frame


def _frame(article: HtmlElement) -> list[tuple[str, str, str]]:
    """Return what is around the extracts: tag, class and id of each element."""
    inside = [*article.xpath("./h2[@id='extracts']/following-sibling::*[not(self::h2)]")]
    last = article.xpath("./h2[@id='claims']/following-sibling::*")
    shown = [element for element in article if element not in inside or element in last]
    return [(one.tag, one.get("class", ""), one.get("id", "")) for one in shown]


def test_written_page_and_generated_one_have_the_same_frame(site: Path) -> None:
    frame = [
        ("h1", "", ""),
        ("p", "generated", ""),
        ("dl", "generated record", ""),
        ("h2", "generated", "extracts"),
        ("h2", "generated", "claims"),
        ("ul", "generated says", ""),
    ]
    assert _frame(_article(site, "post1930")) == frame
    assert _frame(_article(site, "herald1930")) == frame


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("post1930", "Harbour Post, 1 Feb 1930"),
        ("herald1930", "Harbour Herald, 2 Feb 1930"),
        ("undated", "Almanac, no date"),
        ("hostile1930", "R&D <b>Bold</b> Ltd, 1 Apr 1930"),
    ],
)
def test_title_is_what_the_source_is_cited_as(site: Path, key: str, title: str) -> None:
    (shown,) = re.findall("<title>(.*?)</title>", (site / f"sources/{key}.html").read_text("utf-8"))
    assert html.unescape(shown) == f"{title} - The harbour accord"
    (head,) = _article(site, key).xpath("./h1")
    assert (_text(head), len(head)) == (title, 0)


def _record(article: HtmlElement) -> list[tuple[str, str]]:
    (listed,) = article.xpath("./dl[contains(@class, 'record')]")
    names, values = listed.xpath("./dt"), listed.xpath("./dd")
    return [(_text(name), _text(value)) for name, value in zip(names, values, strict=True)]


def test_record_says_what_the_source_is_and_how_it_was_read(site: Path) -> None:
    assert _record(_article(site, "post1930")) == [
        ("Kind of source", "Newspaper"),
        ("Published by", "Harbour Post"),
        ("Date", "1 February 1930"),
        ("Language", "Ukrainian"),
        ("How it was read", "read in full"),
        ("Note", "Read on microfilm."),
        ("Citation key", "post1930"),
    ]
    assert _record(_article(site, "echo1930")) == [
        ("Kind of source", "Reprint"),
        ("Published by", "Echo"),
        ("Date", "March 1930"),
        ("Headline", "not seen; A report on the strike"),
        ("How it was read", "not read itself: cited through another source"),
        ("Citation key", "echo1930"),
    ]
    assert _record(_article(site, "undated")) == [
        ("Published by", "Almanac"),
        ("Date", "not known"),
        ("Citation key", "undated"),
    ]


def test_record_of_a_written_page_is_that_of_a_generated_one(site: Path) -> None:
    written, generated = (_record(_article(site, key)) for key in ("post1930", "herald1930"))
    assert [name for name, _ in written] == [name for name, _ in generated]


def test_reference_stands_first(site: Path) -> None:
    for key in ("post1930", "herald1930"):
        first = _article(site, key).xpath("./p[1]/span[@class='reference']")[0]
        paper = {"post1930": "Harbour Post (1930) ‘All hands’", "herald1930": "Harbour Herald"}[key]
        assert _text(first).startswith(paper)


def test_page_of_a_source_has_no_list_of_references(site: Path) -> None:
    for key in _source_pages(site):
        assert _article(site, key).xpath(".//div[@class='footnote'] | .//sup") == []


# The extracts


def _extracts(article: HtmlElement) -> list[tuple[str, str]]:
    """Return the words of each extract, and what stands below it."""
    made = []
    for extract in article.xpath(".//*[contains(@class, 'extract')]"):
        *_, told = extract
        assert told.get("class") == "claim-meta"
        words, below = _text(extract), _text(told)
        assert words.endswith(f" {below}")
        made.append((words.removesuffix(below).strip(), below))
    return made


def test_extracts_say_whose_words_they_are_and_where_they_stand(site: Path) -> None:
    assert _extracts(_article(site, "post1930")) == [
        (
            "The crews would “weigh each word” of it […] and [the port] would wait",
            "Quotation · Ada Holm · p. 3",
        ),
        (
            "Forty met on the quay, near the periwinkle; others counted fifty.",
            "Note in our words · p. 2",
        ),
        ("No ship sailed", "Quotation · Harbour Post · headline"),
    ]


def test_quotations_alone_are_block_quotations(site: Path) -> None:
    article = _article(site, "post1930")
    quoted = [_text(one).split(" ·")[0] for one in article.xpath("./blockquote/p")]
    assert [one.rsplit(" ", 1)[1] for one in quoted] == ["Quotation", "Quotation"]
    (note,) = article.xpath("./p[contains(@class, 'extract')]")
    assert "Note in our words" in _text(note)


def test_page_without_extracts_says_so(site: Path) -> None:
    article = _article(site, "herald1930")
    assert _extracts(article) == []
    (told,) = article.xpath("./h2[@id='extracts']/following-sibling::*[following-sibling::h2]")
    assert _text(told).startswith("No extract of this source is kept")
    written = _article(site, "post1930")
    assert "No extract of this source is kept" not in _text(written)
    assert "Short passages, kept as evidence" in _text(written)


def test_hostile_extracts_are_shown_as_text(site: Path) -> None:
    article = _article(site, "hostile1930")
    assert _extracts(article) == HOSTILE_SHOWN
    inside = article.xpath(".//*[contains(@class, 'extract')]//*")
    assert [one.tag for one in inside] == ["code", "span", "a", "span"]
    assert [_text(one) for one in article.xpath(".//p//code")] == ["<i>&amp;</i>"]


def test_hostile_record_is_shown_as_text(site: Path) -> None:
    article = _article(site, "hostile1930")
    assert _record(article) == [
        ("Published by", "<i>Ad</i> &amp; Co"),
        ("Date", "1 April 1930"),
        ("Note", "<s>Struck</s> &lt;"),
        ("Citation key", "hostile1930"),
    ]
    (reference,) = article.xpath("./p/span[@class='reference']")
    assert _text(reference).startswith("R&D <b>Bold</b> Ltd (1930)")
    assert "<u>Under</u> &amp; " in _text(reference)


def test_terms_are_not_explained_in_extracts(site: Path) -> None:
    explained = _html(site, "graded.html").xpath("//*[@id='gr-plain']//abbr")
    assert [_text(one) for one in explained] == ["quay"]
    assert _article(site, "post1930").xpath(".//abbr") == []


# The claims that rest on a source


def test_each_source_lists_the_claims_that_rest_on_it(site: Path) -> None:
    claims = _data(site, "claims.json")["claims"]
    for key in _source_pages(site):
        links = _article(site, key).xpath("./ul[contains(@class, 'says')]//a[@class='claim-id']")
        resting = [
            f"../{one['url']}"
            for one in claims
            if any(key in (cited["key"], cited["via"]) for cited in one["citations"])
        ]
        assert [link.get("href") for link in links] == resting, key
    assert "../graded.html#gr-via" in _article(site, "post1930").xpath(".//a/@href")


def test_claim_is_listed_with_its_statement_and_its_sources(site: Path) -> None:
    (item,) = _article(site, "echo1930").xpath("./ul/li")
    assert _text(item) == (
        "The strike was reported. (Echo, Mar 1930, p. 9 [Reprint, not read], "
        "cited in Harbour Post, 1 Feb 1930 [paper, in full]; Almanac, no date) GR-VIA"
    )


def test_source_on_which_no_claim_rests_has_no_empty_list(site: Path) -> None:
    article = _article(site, "aside1930")
    assert article.xpath(".//ul[not(li)]") == []
    (told,) = article.xpath("./h2[@id='claims']/following-sibling::*")
    assert _text(told)


# Anchors, search


def test_anchors_of_the_frame_are_there_once(site: Path) -> None:
    for key in _source_pages(site):
        counts = Counter(_html(site, f"sources/{key}.html").xpath("//@id"))
        assert [one for one, count in counts.items() if count > 1] == [], key
        assert counts["extracts"] == counts["claims"] == 1
    assert _article(site, "post1930").xpath(".//*[@id='an-id-of-its-own']")


def _places(root: Path, page: str) -> list[tuple[str, int]]:
    """Write the page of the minutes; return what is found on it."""
    name = "docs/sources/minutes1931.md"
    write(root, name, page)
    found = check(read_briefing(root))
    return [(one.rule, one.line) for one in found if one.path == name]


@pytest.mark.parametrize("anchor", ["extracts", "claims"])
def test_extract_cannot_take_an_anchor_of_the_frame(small: Path, anchor: str) -> None:
    page = f'The port was closed.\n{{: at="p. 1" }}\n\nIt opened.\n{{: at="p. 2" #{anchor} }}\n'
    ((rule, line),) = _places(small, page)
    assert rule in ("bad-extract", "duplicate-anchor")
    assert line in (4, 5)


@pytest.mark.parametrize("text", ["", "\n \n", "<!-- to come -->\n"], ids=["", "blank", "comment"])
def test_page_that_holds_no_extract_is_found(small: Path, text: str) -> None:
    assert _places(small, text) == [("bad-extract", 1)]


def test_table_on_a_page_of_extracts_is_found(small: Path) -> None:
    page = 'The port was closed.\n{: at="p. 1" }\n\n<!-- table: sources -->\n'
    assert _places(small, page) == [("bad-extract", 4)]


def test_search_leads_to_no_source(site: Path) -> None:
    index = _data(site, "search/search_index.json")["docs"]
    places = [one["location"] for one in index]
    assert "graded.html" in places
    assert [place for place in places if place.startswith("sources/")] == []
    words = json.dumps(index)
    assert "periwinkle" not in words
    assert "weigh each word" in words


def test_grades_are_no_matter_for_a_search(site: Path) -> None:
    assert "in full]" not in json.dumps(_data(site, "search/search_index.json")["docs"])


# The grade beside citations


def test_citation_tells_the_grade_behind_its_locator(site: Path) -> None:
    page = _html(site, "graded.html")
    shown = [_text(one) for one in page.xpath("//span[@class='citation']")]
    post, herald = "Harbour Post, 1 Feb 1930", "Harbour Herald, 2 Feb 1930"
    assert shown[:3] == [
        f"({post}, p. 3 [paper, in full]; {herald} [paper, in full])",
        (
            f"(Echo, Mar 1930, p. 9 [Reprint, not read], cited in {post} [paper, in full]; "
            "Almanac, no date)"
        ),
        (
            "(Kindly, 1930, p. 1 [Minutes]; Partly, 1930 [excerpt]; Almanac, no date, p. 2; "
            "R&D <b>Bold</b> Ltd, 1 Apr 1930)"
        ),
    ]
    assert shown[-1] == f"({herald}, p. 1 [paper, in full])"


def _key_of(link: HtmlElement, page: str) -> str:
    """Return the key of the source to which a link of a citation leads."""
    target = link.get("href") or f"sources/{page}"
    return re.sub(r".*#fn:ref-|(.*/)?(?=[^/]*\.html$)|\.html$", "", target)


@pytest.mark.parametrize("kind", ["citation", "sources"])
def test_each_citation_in_texts_and_tables_has_its_grade(site: Path, kind: str) -> None:
    seen: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        for cited in _html(site, path.relative_to(site).as_posix()).xpath(
            f"//span[@class='{kind}']"
        ):
            key = ""
            told: dict[str, list[str]] = {}
            for part in cited:
                if part.tag == "a":
                    key = _key_of(part, path.name)
                    told[key] = []
                elif part.get("class") == "grade":
                    told[key].append(_text(part))
            wanted = {one: [GRADES[one]] if one in GRADES else [] for one in told}
            assert told == wanted, path.name
            seen.update(told)
    assert {*GRADES, "undated", "hostile1930"} <= seen


def test_tables_tell_the_grade(site: Path) -> None:
    rows = _html(site, "about/index.html").xpath("//table[@class='register']/tbody/tr")
    cells = {_text(row[0]): _text(row[3]) for row in rows}
    assert cells["GR-VIA"] == (
        "Echo, Mar 1930, p. 9 [Reprint, not read], "
        "cited in Harbour Post, 1 Feb 1930 [paper, in full]; Almanac, no date"
    )
    assert cells["GR-PARTS"].endswith("; Almanac, no date, p. 2; R&D <b>Bold</b> Ltd, 1 Apr 1930")


# Our own arithmetic


def test_sums_stand_below_the_claim(site: Path) -> None:
    page = _html(site, "graded.html")
    shown = {
        claim.get("id"): [_text(one) for one in claim.xpath(".//span[@class='arithmetic']")]
        for claim in page.xpath("//p[contains(@class, 'claim')]")
    }
    assert {key: sums for key, sums in shown.items() if sums} == {
        "gr-ten": ["our arithmetic: 50 − 40 = ten"],
        "gr-days": [
            "our arithmetic: 1 March 1930 − 27 February 1930 = two days",
            "our arithmetic: 40 + 50 = ninety",
        ],
    }
    (line,) = page.xpath("//*[@id='gr-ten']/span[@class='claim-meta']")
    assert _text(line) == "our arithmetic: 50 − 40 = ten · GR-TEN"


def test_sums_are_in_the_exports(site: Path) -> None:
    claims = {one["id"]: one["arithmetic"] for one in _data(site, "claims.json")["claims"]}
    assert {key: told for key, told in claims.items() if told} == {
        "gr-ten": "50 - 40 = ten",
        "gr-days": "1930-03-01 - 1930-02-27 = two days; 40 + 50 = ninety",
    }
    assert claims["gr-via"] is None


# The exports


def _errors(data: Any, schema: Any) -> list[str]:
    jsonschema.Draft202012Validator.check_schema(schema)
    return [one.message for one in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def test_extracts_hold_to_their_schema(site: Path) -> None:
    data = _data(site, "extracts.json")
    assert data["$schema"] == "extracts.schema.json"
    assert data["plan"] == "the harbour accord"
    assert _errors(data, _data(site, "extracts.schema.json")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rumour"},
        {"kind": None},
        {"source": ""},
        {"words": ""},
        {"words": None},
        {"at": ""},
        {"at": None},
        {"by": 1},
        {"url": ""},
        {"colour": "blue"},
    ],
    ids=str,
)
def test_schema_refuses_what_is_no_extract(site: Path, wrong: Record) -> None:
    data, schema = _data(site, "extracts.json"), _data(site, "extracts.schema.json")
    data["extracts"][0] |= wrong
    assert len(_errors(data, schema)) == 1


@pytest.mark.parametrize("name", ["source", "kind", "words", "by", "at", "url"])
def test_schema_asks_for_all_of_an_extract(site: Path, name: str) -> None:
    data, schema = _data(site, "extracts.json"), _data(site, "extracts.schema.json")
    del data["extracts"][0][name]
    assert _errors(data, schema) == [f"{name!r} is a required property"]


def test_extracts_are_those_of_the_pages_and_no_others(site: Path) -> None:
    exported = _data(site, "extracts.json")["extracts"]
    in_order = list(dict.fromkeys(one["source"] for one in exported))
    references = [item["id"] for item in _data(site, "references.json")]
    assert in_order == [key for key in references if key in in_order]
    for key in _source_pages(site):
        shown = _extracts(_article(site, key))
        kinds = {"quotation": "Quotation", "note": "Note in our words"}
        told = [
            (one["words"], " · ".join(filter(None, (kinds[one["kind"]], one["by"], one["at"]))))
            for one in exported
            if one["source"] == key
        ]
        assert told == shown, key
    assert {one["url"] for one in exported} == {f"sources/{key}.html" for key in in_order}
    assert len([one for one in exported if one["source"] == "post1930"]) == 3


def test_extract_is_told_in_full(site: Path) -> None:
    exported = _data(site, "extracts.json")["extracts"]
    assert [one for one in exported if one["source"] == "post1930"][:2] == [
        {
            "source": "post1930",
            "kind": "quotation",
            "words": "The crews would “weigh each word” of it […] and [the port] would wait",
            "by": "Ada Holm",
            "at": "p. 3",
            "url": "sources/post1930.html",
        },
        {
            "source": "post1930",
            "kind": "note",
            "words": "Forty met on the quay, near the periwinkle; others counted fifty.",
            "by": None,
            "at": "p. 2",
            "url": "sources/post1930.html",
        },
    ]


def test_references_say_how_each_source_was_read(site: Path) -> None:
    told = {item["id"]: item.get("custom") for item in _data(site, "references.json")}
    assert {key: told[key] for key in ("post1930", "echo1930", "kindly1930", "partly1930")} == {
        "post1930": {"kind": "paper", "consulted": "full"},
        "echo1930": {"kind": "reprint", "consulted": "via"},
        "kindly1930": {"kind": "minutes"},
        "partly1930": {"consulted": "excerpt"},
    }
    assert (told["undated"], told["hostile1930"]) == (None, None)


def test_citations_say_how_each_source_was_read(site: Path) -> None:
    data = _data(site, "claims.json")
    assert _errors(data, _data(site, "claims.schema.json")) == []
    cited = {one["id"]: one["citations"] for one in data["claims"]}
    assert cited["gr-via"] == [
        {
            "key": "echo1930",
            "locator": "p. 9",
            "via": "post1930",
            "kind": "reprint",
            "consulted": "via",
        },
        {"key": "undated", "locator": None, "via": None, "kind": None, "consulted": None},
    ]
    read = [(one["kind"], one["consulted"]) for one in cited["gr-parts"]]
    assert read == [("minutes", None), (None, "excerpt"), (None, None), (None, None)]


def test_rows_say_how_each_source_was_read(site: Path) -> None:
    text = (site / "claims.csv").read_text(encoding="utf-8-sig")
    cited = {row["id"]: row["citations"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert cited["gr-via"] == "echo1930, p. 9, via post1930 [reprint, via]; undated"
    assert cited["gr-parts"] == (
        "kindly1930, p. 1 [minutes]; partly1930 [excerpt]; undated, p. 2; hostile1930"
    )


@pytest.mark.parametrize("name", ["kind", "consulted"])
@pytest.mark.parametrize("wrong", ["rumour", "", 1])
def test_schema_refuses_what_is_no_grade(site: Path, name: str, wrong: object) -> None:
    data, schema = _data(site, "claims.json"), _data(site, "claims.schema.json")
    data["claims"][0]["citations"][0][name] = wrong
    assert len(_errors(data, schema)) == 1


def test_claims_hold_to_their_schema_where_the_settings_name_no_kinds(small: Path) -> None:
    config = yaml_load((small / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["extra"]["briefing"]["kinds"]
    write(small, "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True, sort_keys=False))
    made = read_briefing(small)
    assert check(made) == []
    claims, schema = (
        json.loads(EXPORTS[name](made, lambda src: src))
        for name in ("claims.json", "claims.schema.json")
    )
    assert _errors(claims, schema) == []
