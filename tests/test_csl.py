import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from briefing.bibliography import read_bibliography
from briefing.csl import ReferenceFormatter, csl_item, csl_type, plain

HARVARD = Path(__file__).parent / "small" / "harvard.csl"


@pytest.fixture
def read(tmp_path: Path):
    def read_entry(text: str):
        (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
        bibliography = read_bibliography(tmp_path, "refs.bib")
        assert bibliography.faults == []
        (entry,) = bibliography.entries.values()
        return entry

    return read_entry


@pytest.fixture
def cite(read):
    def set_reference(text: str, style: Path = HARVARD) -> str:
        entry = read(text)
        html = ReferenceFormatter(style, {entry.key: entry}).html(entry.key)
        fromstring(f"<p>{html}</p>")
        return html

    return set_reference


# Pears and Shields, Cite Them Right, 12th edition, Harvard: one example of each kind.
HARVARD_OUTPUT = {
    "article in a journal": (
        """@article{k, author = {Smith, Anna B. and Jones, Carl}, title = {The NATO question},
        journal = {Journal of Peace Research}, year = 2024, volume = 61, number = 3,
        pages = {10--22}, doi = {10.1177/0022}}""",
        ("Smith, A.B. and Jones, C. (2024) ‘The NATO question’, Journal of Peace Research, 61(3), "
         "pp. 10–22. Available at: https://doi.org/10.1177/0022."),
    ),
    "article in a newspaper": (
        """@article{k, author = {Koshiw, Isobel}, title = {Zelenskyy won’t sign US Plan},
        journaltitle = {The Guardian}, entrysubtype = {newspaper}, date = {2025-11-21},
        url = {https://g.com/a?b=1&c=2}, urldate = {2025-12-01}}""",
        ("Koshiw, I. (2025) ‘Zelenskyy won’t sign US Plan’, The Guardian, 21 November. "
         "Available at: https://g.com/a?b=1&c=2 (Accessed: 1 December 2025)."),
    ),
    "newspaper known by its day": (
        """@article{k, author = {Roe, R.}, title = {A}, journaltitle = {The Times},
        date = {2025-11-27}}""",
        "Roe, R. (2025) ‘A’, The Times, 27 November.",
    ),
    "magazine": (
        """@article{k, author = {Roe, R.}, title = {A}, journaltitle = {Time},
        entrysubtype = {magazine}, date = {2025-11-27}, pages = {4}}""",
        "Roe, R. (2025) ‘A’, Time, 27 November, p. 4.",
    ),
    "month only": (
        """@article{k, author = {Doe, J.}, title = {A}, journaltitle = {Foreign Affairs},
        entrysubtype = {magazine}, date = {2025-11}}""",
        "Doe, J. (2025) ‘A’, Foreign Affairs, November.",
    ),
    "agency without a byline": (
        """@article{k, title = {The draft "could be a basis"}, journaltitle = {TASS},
        entrysubtype = {newspaper}, date = {2025-11-27}, url = {https://tass.com/1}}""",
        ('TASS (2025) ‘The draft "could be a basis"’, 27 November. '
         "Available at: https://tass.com/1."),
    ),
    "agency in another's pages": (
        """@article{k, author = {{Reuters}}, title = {A}, journaltitle = {Aaj English TV},
        entrysubtype = {newspaper}, date = {2025-12-20}}""",
        "Reuters (2025) ‘A’, Aaj English TV, 20 December.",
    ),
    "web page of an organisation": (
        """@online{k, author = {{Ministry of Defence}}, title = {Statement on the EU},
        organization = {Ministry of Defence}, date = {2025-11-23}, url = {https://mod.ua/1},
        urldate = {2025-12-05}}""",
        ("Ministry of Defence (2025) Statement on the EU. "
         "Available at: https://mod.ua/1 (Accessed: 5 December 2025)."),
    ),
    "web page without an author": (
        """@online{k, title = {Statement on the EU}, organization = {White House},
        date = {2025-11-23}, url = {https://wh.gov/1}}""",
        "White House (2025) Statement on the EU. Available at: https://wh.gov/1.",
    ),
    "web page without a date": (
        """@online{k, author = {{OSCE}}, title = {About us}, url = {https://osce.org/_us_}}""",
        "OSCE (no date) About us. Available at: https://osce.org/_us_.",
    ),
    "page of a site": (
        """@misc{k, author = {Roe, R.}, title = {A page}, howpublished = {The Site},
        year = 2025, month = nov}""",
        "Roe, R. (2025) A page, The Site.",
    ),
    "report": (
        """@report{k, author = {Mills, Claire}, title = {Ukraine: US peace plan},
        institution = {House of Commons Library}, type = {Research Briefing}, number = {10431},
        location = {London}, date = {2025-12-01}, url = {https://commons.uk/x.pdf}}""",
        ("Mills, C. (2025) Ukraine: US peace plan. Research Briefing 10431. "
         "London: House of Commons Library. Available at: https://commons.uk/x.pdf."),
    ),
    "report of its institution": (
        """@techreport{k, author = {{SIPRI}}, title = {Arms: A Report}, institution = {SIPRI},
        year = 2023, address = {Stockholm}}""",
        "SIPRI (2023) Arms: A Report. Stockholm: SIPRI.",
    ),
    "report without an author": (
        """@report{k, title = {Minutes}, institution = {Port Authority}, date = {1931-05-04}}""",
        "Port Authority (1931) Minutes.",
    ),
    "thesis": (
        """@thesis{k, author = {Olsen, A.}, title = {On NATO}, institution = {Oslo University},
        type = {PhD thesis}, date = {2020}}""",
        "Olsen, A. (2020) On NATO. PhD thesis. Oslo University.",
    ),
    "thesis by BibLaTeX's word": (
        """@thesis{k, author = {Olsen, A.}, title = {On NATO}, institution = {Oslo University},
        type = {phdthesis}, date = {2020}}""",
        "Olsen, A. (2020) On NATO. PhD thesis. Oslo University.",
    ),
    "thesis in BibTeX": (
        """@phdthesis{k, author = {Olsen, A.}, title = {On NATO}, school = {Oslo University},
        year = 2020}""",
        "Olsen, A. (2020) On NATO. PhD thesis. Oslo University.",
    ),
    "book": (
        """@book{k, author = {Plokhy, Serhii}, title = {The Gates}, subtitle = {A History},
        publisher = {Basic Books}, location = {New York}, edition = {2}, year = 2021}""",
        "Plokhy, S. (2021) The Gates: A History. 2nd edn. New York: Basic Books.",
    ),
    "edited book": (
        """@book{k, editor = {Doe, J. and Roe, R.}, title = {Papers}, publisher = {Pier Press},
        year = 2021}""",
        "Doe, J. and Roe, R. (eds) (2021) Papers. Pier Press.",
    ),
    "chapter": (
        """@incollection{k, author = {Menon, Rajan}, title = {A Chapter}, booktitle = {The Book},
        editor = {Doe, John and Roe, Ann}, publisher = {OUP}, address = {Oxford}, year = 2019,
        pages = {1--20}}""",
        ("Menon, R. (2019) ‘A Chapter’, in J. Doe and A. Roe (eds) The Book. Oxford: OUP, "
         "pp. 1–20."),
    ),
    "paper": (
        """@inproceedings{k, author = {Kay, A.}, title = {A Paper}, booktitle = {The Meeting},
        year = 2019, pages = {5}, publisher = {ACM}}""",
        "Kay, A. (2019) ‘A Paper’, The Meeting. ACM, p. 5.",
    ),
    "law": (
        """@legislation{k, title = {Law on the Budget}, organization = {Verkhovna Rada},
        date = {2020}}""",
        "Verkhovna Rada (2020) Law on the Budget.",
    ),
    "three authors": (
        """@book{k, author = {Aa, A. and Bb, B. and Cc, C.}, title = {T}, publisher = {P},
        year = 2000}""",
        "Aa, A., Bb, B. and Cc, C. (2000) T. P.",
    ),
    "four authors": (
        """@book{k, author = {Aa, A. and Bb, B. and Cc, C. and Dd, D.}, title = {T},
        publisher = {P}, year = 2000}""",
        "Aa, A. et al. (2000) T. P.",
    ),
    "name with a particle": (
        """@book{k, author = {von der Leyen, Ursula}, title = {T}, publisher = {P},
        year = 2000}""",
        "von der Leyen, U. (2000) T. P.",
    ),
    "other letters": (
        """@online{k, author = {Зеленський, Володимир}, title = {Звернення «до народу»},
        date = {2025-11-21}, url = {https://president.gov.ua/звернення}}""",
        ("Зеленський, В. (2025) Звернення «до народу». "
         "Available at: https://president.gov.ua/звернення."),
    ),
    "question": (
        """@article{k, author = {Doe, J.}, title = {Is it Over?}, journaltitle = {The Times},
        date = {2025-01-01}}""",
        "Doe, J. (2025) ‘Is it Over?’, The Times, 1 January.",
    ),
    "question in italics": (
        """@book{k, author = {Doe, J.}, title = {Is it Over?}, publisher = {P}, year = 2025}""",
        "Doe, J. (2025) Is it Over? P.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HARVARD_OUTPUT.values(), ids=HARVARD_OUTPUT)
def test_harvard(text, expected, cite):
    assert plain(cite(text)) == expected


@pytest.mark.parametrize(
    ("text", "italics"),
    [
        ("@book{k, author={A, B}, title={The T}, publisher={P}, year=2000}", "The T"),
        ("@online{k, author={A, B}, title={The T}, year=2000}", "The T"),
        ("@article{k, author={A, B}, title={T}, journal={The J}, volume=1, year=2000}", "The J"),
        ("@article{k, author={A, B}, title={T}, journal={The J}, date={2000-01-02}}", "The J"),
    ],
)
def test_italics(text, italics, cite):
    assert re.findall("<i>(.*?)</i>", cite(text)) == [italics]


@pytest.mark.parametrize(
    "title",
    [
        "The NATO Question In KYIV and the eBay iPhone",
        "russia's ‘red lines’ and “more”",
        "Why “it” won’t end",
        "<b>Bold</b> & <script>alert(1)</script>",
        "a < b > c && d",
        "&amp; &lt;b&gt; &#8217; &nbsp; ]]> <!-- x -->",
        "</span></p><p>out",
        "5 % of $300bn #1 @me \\ ~ ^ | {x}".replace("{x}", ""),
        "*stars* _lines_ `ticks` [@key] [a](b) {{reference k}} <https://x",
        "L'Été à Kyïv – «Мир» 한국어 🕊",
        "A" * 3000,
        "What happened in the U.S.",
        "No! Never?",
        "1990–1995: 5 Years",
    ],
)
@pytest.mark.parametrize(
    "record",
    ["@online{k, author = {{O}}, title = {%s}, date = {2025}}",
     "@article{k, author = {Doe, J.}, title = {%s}, journal = {J}, date = {2025-01-02}}"],
    ids=["italics", "quotes"],
)  # fmt: skip
def test_titles_stay_what_they_are(record, title, tmp_path):
    text = record % re.sub(r"([%&$#_])", r"\\\1", title).replace("\\ ", "\\textbackslash{} ")
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    entry = read_bibliography(tmp_path, "refs.bib").entries["k"]
    html = ReferenceFormatter(HARVARD, {"k": entry}).html("k")
    element = fromstring(f"<p>{html}</p>")
    assert {child.tag for child in element.iter()} <= {"p", "i", "a"}
    shown = "".join(element.itertext())
    assert entry.title in shown
    assert plain(html) == shown


def test_single_quotation_marks_in_a_title(cite):
    title = "EU 'robbery' failed, it's over"
    shown = plain(cite(f"@online{{k, author = {{{{O}}}}, title = {{{title}}}, year = 2025}}"))
    assert "EU ‘robbery’ failed, it’s over" in shown


@pytest.mark.parametrize("name", ["A & B <i>", 'The "Post"', "<script>", "O’Neil & Sons", "«Мир»"])
def test_outlets_stay_what_they_are(name, cite):
    record = "@article{k, author = {Doe, J.}, title = {T}, journal = {%s}, date = {2025-01-02}}"
    html = cite(record % name.replace("&", "\\&"))
    assert name in plain(html)


@pytest.mark.parametrize("name", ["A & B <i>", '"Post"', "Ministry of <x>", "{Офіс} Президента"])
def test_organisations_stay_what_they_are(name, cite):
    record = "@online{k, author = {{%s}}, title = {T}, date = {2025}}"
    html = cite(record % name.replace("&", "\\&"))
    assert plain(html).startswith(re.sub("[{}]", "", name) + " (2025)")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org/",
        "https://example.org/a?b=1&c=2#d",
        "https://example.org/a_(b)",
        "https://example.org/a;b,c",
        "https://example.org/a--b",
        "https://example.org/it's",
        "https://example.org/~me/%20x",
        'https://example.org/?q="a"',
        "https://example.org/?q=<b>",
        "https://example.org/звернення",
        "http://example.org:8080/a@b",
    ],
)
@pytest.mark.parametrize("urldate", ["", ", urldate = {2025-12-01}"])
def test_a_link_leads_where_the_entry_says(url, urldate, cite):
    record = "@online{k, author = {{O}}, title = {T}, year = 2025, url = {%s}%s}"
    (link,) = fromstring(f"<p>{cite(record % (url, urldate))}</p>").iter("a")
    assert link.get("href") == url
    assert link.text == url


def test_an_address_in_a_title_does_no_harm(cite):
    title = 'See "https://example.org/a" & (https://b.org/c)'
    html = cite(f"@online{{k, author = {{{{O}}}}, title = {{{title}}}, year = 2025}}")
    assert plain(html) == f"O (2025) {title}."


def test_a_doi_is_a_link(cite):
    html = cite("@article{k, author={A, B}, title={T}, journal={J}, year=2000, doi={10.1/a_(b)}}")
    (link,) = fromstring(f"<p>{html}</p>").iter("a")
    assert link.get("href") == "https://doi.org/10.1/a_(b)"


STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info>
    <title>Plain</title>
    <id>http://example.org/plain</id>
    <updated>2020-01-01T00:00:00Z</updated>
  </info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout suffix="!">
      <group delimiter=" / ">
        <text variable="title" font-weight="bold"/>
        <names variable="author"><name initialize="false" name-as-sort-order="all"/></names>
        <date variable="issued" form="numeric" date-parts="year"/>
      </group>
    </layout>
  </bibliography>
</style>
"""
BOOK = "@book{k, author = {Doe, Jane and Roe, Rick}, title = {A & B}, publisher = {P}, year = 1999}"


def test_another_style_is_used(cite, tmp_path):
    style = tmp_path / "plain.csl"
    style.write_text(STYLE, encoding="utf-8")
    assert cite(BOOK, style) == "<b>A &amp; B</b> / Doe, Jane, Roe, Rick / 1999!"


def test_a_style_that_changed_is_read_again(cite, tmp_path):
    style = tmp_path / "plain.csl"
    style.write_text(STYLE, encoding="utf-8")
    assert cite(BOOK, style).endswith("!")
    style.write_text(STYLE.replace('suffix="!"', 'suffix="?"'), encoding="utf-8")
    assert cite(BOOK, style).endswith("?")


@pytest.mark.parametrize(
    "text", ["", "no XML", "<style/>", "<a><b></a>", "<?xml version='1.0'?><html></html>"]
)
def test_a_file_that_is_no_style(text, tmp_path):
    style = tmp_path / "bad.csl"
    style.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="not a CSL style") as caught:
        ReferenceFormatter(style, {})
    assert "\n" not in str(caught.value)


def test_the_same_entry_gives_the_same_reference(read, cite):
    text = HARVARD_OUTPUT["book"][0]
    entry = read(text)
    formatter = ReferenceFormatter(HARVARD, {"k": entry, "l": entry})
    assert formatter.html("k") == formatter.html("k") == formatter.html("l") == cite(text)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("article", "article-journal"),
        ("article{k, entrysubtype = {newspaper}}", "article-newspaper"),
        ("article{k, entrysubtype = {NewspaperArticle}}", "article-newspaper"),
        ("article{k, entrysubtype = {magazine}}", "article-magazine"),
        ("article{k, date = {2025-11-20}}", "article-newspaper"),
        ("article{k, date = {2025-11-20}, volume = 3}", "article-journal"),
        ("article{k, date = {2025-11}}", "article-journal"),
        ("online", "webpage"),
        ("misc", "webpage"),
        ("report", "report"),
        ("techreport", "report"),
        ("thesis", "thesis"),
        ("phdthesis", "thesis"),
        ("book", "book"),
        ("incollection", "chapter"),
        ("inproceedings", "paper-conference"),
        ("ONLINE", "webpage"),
        ("poem", "document"),
    ],
)
def test_types(head, expected, read):
    assert csl_type(read("@" + (head if "{" in head else head + "{k, title = {T}}"))) == expected


def test_item_as_csl_json(read):
    entry = read(
        """@report{mills2025, author = {Mills, Claire and {{SIPRI}}}, title = {Ukraine: {US} Plan},
        institution = {House of Commons Library}, type = {Research Briefing}, number = {10431},
        location = {London}, date = {2025-12}, urldate = {2025-12-05}, langid = {english},
        url = {https://example.org/a_b?c=1&d=2}, kind = {analysis}, consulted = {full}}"""
    )
    assert csl_item(entry) == {
        "id": "mills2025",
        "type": "report",
        "title": "Ukraine: US Plan",
        "author": [{"family": "Mills", "given": "Claire"}, {"literal": "SIPRI"}],
        "publisher": "House of Commons Library",
        "publisher-place": "London",
        "genre": "Research Briefing",
        "number": "10431",
        "issued": {"date-parts": [[2025, 12]]},
        "accessed": {"date-parts": [[2025, 12, 5]]},
        "language": "english",
        "URL": "https://example.org/a_b?c=1&d=2",
    }


def test_item_of_an_article(read):
    entry = read(
        """@article{k, author = {Smith, A.}, title = {T}, journal = {J}, volume = 61, number = 3,
        pages = {10--22}, year = 2024, month = may, doi = {10.1000/x}, issn = {1234-5678}}"""
    )
    assert csl_item(entry) == {
        "id": "k",
        "type": "article-journal",
        "title": "T",
        "author": [{"family": "Smith", "given": "A."}],
        "container-title": "J",
        "volume": "61",
        "issue": "3",
        "page": "10–22",
        "issued": {"date-parts": [[2024, 5]]},
        "DOI": "10.1000/x",
    }
