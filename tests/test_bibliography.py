from pathlib import Path

import pytest

from briefing.bibliography import read_bibliography
from briefing.bibtex import Person, decode, people

# As Zotero's own BibLaTeX and BibTeX exports and Better BibTeX write them.
BIBLATEX = r"""
@article{koshiw2025,
	title = {Zelenskyy won’t accept it: {EU} says “no” to the {US} plan},
	url = {https://www.theguardian.com/world/2025/nov/21/a_b-c?x=1&y=%20},
	abstract = {Long, with 100\% of it \& more.},
	journaltitle = {The Guardian},
	shortjournal = {Guardian},
	author = {Koshiw, Isobel and {von der} Heide, Jörg},
	urldate = {2025-12-01},
	date = {2025-11-21},
	langid = {british},
	entrysubtype = {newspaper},
	keywords = {peace, plan},
}

@article{menon2024,
	title = {The {NATO} question},
	volume = {66},
	issn = {0039-6338, 1468-2699},
	doi = {10.1080/00396338.2024.1},
	pages = {7--28},
	number = {3},
	journaltitle = {Survival},
	author = {Menon, Rajan and de la Cruz, Juan},
	date = {2024-06/2024-07},
}

@online{mfa2025,
	title = {Statement on the so-called “plan”},
	url = {https://mfa.gov.ua/en/news/1},
	titleaddon = {{MFA} of Ukraine},
	author = {{Ministry of Foreign Affairs of Ukraine}},
	urldate = {2025-12-05},
	date = {2025-11-23},
	langid = {english},
}

@report{mills2025,
	location = {London},
	title = {Ukraine: {US} peace plan},
	url = {https://researchbriefings.files.parliament.uk/documents/CBP-1/CBP-1.pdf},
	number = {CBP-10431},
	institution = {House of Commons Library},
	type = {Research Briefing},
	author = {Mills, Claire},
	date = {2025-12-01},
}

@thesis{olsen2020,
	location = {Oslo},
	title = {Neutrality},
	institution = {University of Oslo},
	type = {{PhD} thesis},
	author = {Ølsen, Åse},
	date = {2020},
}

@book{plokhy2021,
	edition = {2},
	title = {The gates of Europe},
	subtitle = {A history of Ukraine},
	isbn = {978-0-465-05091-8},
	publisher = {Basic Books},
	author = {Plokhy, Serhii},
	date = {2021},
}

@incollection{charap2019,
	title = {A chapter},
	booktitle = {A book},
	pages = {1--20},
	publisher = {Oxford University Press},
	author = {Charap, Samuel},
	editor = {Doe, John and Roe, Ann},
	date = {2019},
}

@inproceedings{kay2019,
	title = {A paper},
	booktitle = {Proceedings of a conference},
	eventtitle = {A conference},
	author = {Kay, Alan},
	date = {2019-05-02},
}
"""

BIBTEX = r"""
@article{menon_question_2024,
	title = {The {NATO} question in 100\% of cases},
	volume = {66},
	url = {https://example.org/a_b},
	doi = {10.1080/00396338.2024.1},
	number = {3},
	journal = {Survival},
	author = {Menon, Rajan and {European Union}},
	month = jun,
	year = {2024},
	pages = {7--28},
}

@misc{noauthor_statement_2025,
	title = {Statement},
	url = {https://mfa.gov.ua/en/news/1},
	howpublished = {Web site},
	month = nov,
	year = {2025},
	note = {Accessed 5 December},
}

@techreport{mills_ukraine_2025,
	address = {London},
	type = {Research {Briefing}},
	title = {Ukraine},
	institution = {House of Commons Library},
	author = {Mills, Claire},
	month = dec,
	year = {2025},
}

@phdthesis{olsen_neutrality_2020,
	title = {Neutrality},
	school = {University of Oslo},
	author = {{\O}lsen, {\AA}se},
	year = {2020},
}
"""


@pytest.fixture
def read(tmp_path: Path):
    def read_text(text: str | bytes):
        raw = text.encode("utf-8") if isinstance(text, str) else text
        (tmp_path / "refs.bib").write_bytes(raw)
        return read_bibliography(tmp_path, "refs.bib")

    return read_text


def test_types_and_lines_as_biblatex(read):
    bibliography = read(BIBLATEX)
    assert bibliography.faults == []
    assert [(one.key, one.type, one.line) for one in bibliography.entries.values()] == [
        ("koshiw2025", "article", 2),
        ("menon2024", "article", 16),
        ("mfa2025", "online", 28),
        ("mills2025", "report", 38),
        ("olsen2020", "thesis", 49),
        ("plokhy2021", "book", 58),
        ("charap2019", "incollection", 68),
        ("kay2019", "inproceedings", 78),
    ]


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("koshiw2025", "title", "Zelenskyy won’t accept it: EU says “no” to the US plan"),
        ("koshiw2025", "journaltitle", "The Guardian"),
        ("koshiw2025", "entrysubtype", "newspaper"),
        ("koshiw2025", "langid", "british"),
        ("koshiw2025", "abstract", "Long, with 100% of it & more."),
        ("koshiw2025", "url", "https://www.theguardian.com/world/2025/nov/21/a_b-c?x=1&y=%20"),
        ("menon2024", "title", "The NATO question"),
        ("menon2024", "pages", "7–28"),
        ("menon2024", "doi", "10.1080/00396338.2024.1"),
        ("mfa2025", "title", "Statement on the so-called “plan”"),
        ("mfa2025", "titleaddon", "MFA of Ukraine"),
        ("mills2025", "institution", "House of Commons Library"),
        ("mills2025", "type", "Research Briefing"),
        ("mills2025", "location", "London"),
        ("olsen2020", "type", "PhD thesis"),
        ("plokhy2021", "subtitle", "A history of Ukraine"),
        ("charap2019", "booktitle", "A book"),
        ("kay2019", "booktitle", "Proceedings of a conference"),
    ],
)
def test_fields_as_biblatex(key, name, value, read):
    assert read(BIBLATEX).entries[key].get(name) == value


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("koshiw2025", [Person("Koshiw", "Isobel"), Person("von der Heide", "Jörg")]),
        ("menon2024", [Person("Menon", "Rajan"), Person("de la Cruz", "Juan")]),
        ("mfa2025", [Person("Ministry of Foreign Affairs of Ukraine", corporate=True)]),
        ("olsen2020", [Person("Ølsen", "Åse")]),
    ],
)
def test_authors_as_biblatex(key, expected, read):
    assert read(BIBLATEX).entries[key].authors == expected


def test_types_lines_and_dates_as_bibtex(read):
    bibliography = read(BIBTEX)
    assert bibliography.faults == []
    found = [(one.key, one.type, one.line, one.date) for one in bibliography.entries.values()]
    assert found == [
        ("menon_question_2024", "article", 2, (2024, 6, 0)),
        ("noauthor_statement_2025", "misc", 15, (2025, 11, 0)),
        ("mills_ukraine_2025", "techreport", 24, (2025, 12, 0)),
        ("olsen_neutrality_2020", "phdthesis", 34, (2020, 0, 0)),
    ]


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("menon_question_2024", "title", "The NATO question in 100% of cases"),
        ("menon_question_2024", "journaltitle", "Survival"),
        ("menon_question_2024", "url", "https://example.org/a_b"),
        ("noauthor_statement_2025", "howpublished", "Web site"),
        ("mills_ukraine_2025", "location", "London"),
        ("mills_ukraine_2025", "type", "Research Briefing"),
        ("olsen_neutrality_2020", "institution", "University of Oslo"),
        ("olsen_neutrality_2020", "author", "Ølsen, Åse"),
    ],
)
def test_fields_as_bibtex(key, name, value, read):
    assert read(BIBTEX).entries[key].get(name) == value


def test_fields_have_their_lines(read):
    entry = read(BIBLATEX).entries["mills2025"]
    assert {name: entry.line_of(name) for name in ("location", "url", "date")} == {
        "location": 39,
        "url": 41,
        "date": 46,
    }
    assert entry.line_of("publisher") == 38


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_forms_of_file(mark, newline, read):
    bibliography = read((mark + BIBLATEX.lstrip("\n")).replace("\n", newline))
    assert bibliography.faults == []
    assert list(bibliography.entries)[-1] == "kay2019"
    assert bibliography.entries["kay2019"].line == 77
    assert bibliography.entries["kay2019"].line_of("date") == 82


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("@misc{k, title = {A}}", "A"),
        ('@misc{k, title = "A {B} \\"{o}"}', "A B ö"),
        ("@misc{k, title = {{A}}}", "A"),
        ("@misc{k, title = {A\n   b\n\tc}}", "A b c"),
        ("@MISC{k, TITLE = {A}}", "A"),
        ("@misc(k, title = {A})", "A"),
        ("@misc{k,title={A},}", "A"),
        ("@misc { k , title = {A} , }", "A"),
        ("@string{a = {A b}}\n@misc{k, title = a}", "A b"),
        ('@string{a = "A"}\n@misc{k, title = a # " b" # {c}}', "A bc"),
        ("@comment{x}\n@misc{k, title = {A}}\n@comment{y, {z}}", "A"),
        ("@preamble{{\\newcommand{\\x}{y}}}\n@misc{k, title = {A}}", "A"),
        ("% a comment with @ and {\n@misc{k, title = {A}}\n% another", "A"),
        ("@misc{k, title = {A}, note = {a = b, c}}", "A"),
        ("@misc{k, title = {A @ b}}", "A @ b"),
        ("@misc{k, title = {A # b}}", "A # b"),
        ("@misc{k, title = 1931}", "1931"),
    ],
)
def test_ways_of_writing_an_entry(text, title, read):
    bibliography = read(text)
    assert bibliography.faults == []
    assert bibliography.entries["k"].title == title


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2025}", (2025, 0, 0)),
        ("date = {2025-11}", (2025, 11, 0)),
        ("date = {2025-11-20}", (2025, 11, 20)),
        ("date = {2025-11-20/2025-11-23}", (2025, 11, 20)),
        ("date = {2025-11/}", (2025, 11, 0)),
        ("year = 2025", (2025, 0, 0)),
        ("year = {2025}, month = nov", (2025, 11, 0)),
        ("year = {2025}, month = {nov}", (2025, 11, 0)),
        ("year = {2025}, month = {November}", (2025, 11, 0)),
        ("year = {2025}, month = {Nov.}", (2025, 11, 0)),
        ("year = {2025}, month = 11", (2025, 11, 0)),
        ("year = {2025}, month = {3}, day = {5}", (2025, 3, 5)),
        ('year = 2025, month = nov # "~20"', (2025, 11, 0)),
        ("month = nov, year = 2025, day = 20", (2025, 11, 20)),
        ("date = {}, year = {2025}", (2025, 0, 0)),
        ("date = {2024-01-05}, year = {2025}", (2024, 1, 5)),
        ("month = nov", None),
        ("date = {2025-11-31}", None),
        ("date = {soon}", None),
        ("year = {n.d.}", None),
        ("year = {2025}, month = {13}", None),
        ("year = {2025}, month = nov, day = 31", None),
        ("title = {A}", None),
    ],
)
def test_dates(fields, date, read):
    assert read(f"@misc{{k, {fields}}}").entries["k"].date == date


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ("journal = {Survival}", "Survival"),
        ("journaltitle = {Survival}, publisher = {Taylor}", "Survival"),
        ("organization = {OSCE}, publisher = {P}", "OSCE"),
        ("institution = {SIPRI}", "SIPRI"),
        ("school = {University of Oslo}", "University of Oslo"),
        ("booktitle = {A book}, publisher = {P}", "A book"),
        ("publisher = {P}", "P"),
        ("howpublished = {Blog}", "Blog"),
        ("journaltitle = {}, publisher = {P}", "P"),
        ("title = {T}", ""),
    ],
)
def test_outlets(fields, outlet, read):
    assert read(f"@misc{{k, {fields}}}").entries["k"].outlet == outlet


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Koshiw, Isobel", [("Koshiw", "Isobel")]),
        ("Isobel Koshiw", [("Koshiw", "Isobel")]),
        ("Isobel Anne Koshiw", [("Koshiw", "Isobel Anne")]),
        ("Doe, J. and Roe, R. and Poe, E. A.", [("Doe", "J."), ("Roe", "R."), ("Poe", "E. A.")]),
        ("Doe, J.  and\n Roe, R.", [("Doe", "J."), ("Roe", "R.")]),
        ("von der Leyen, Ursula", [("von der Leyen", "Ursula")]),
        ("Ursula von der Leyen", [("von der Leyen", "Ursula")]),
        ("{von der Leyen}, Ursula", [("von der Leyen", "Ursula")]),
        ("de Hoop Scheffer, Jaap", [("de Hoop Scheffer", "Jaap")]),
        ("Charles de Gaulle", [("de Gaulle", "Charles")]),
        ("Plato", [("Plato", "")]),
        ("Anderson, Alexander", [("Anderson", "Alexander")]),
        ("Rand, Ayn and Sand, George", [("Rand", "Ayn"), ("Sand", "George")]),
        ("Зеленський, Володимир", [("Зеленський", "Володимир")]),
        ("Сергей Лавров", [("Лавров", "Сергей")]),
        ("{\\'A}lvarez, Jos{\\'e}", [("Álvarez", "José")]),
        ('G{\\"o}del, Kurt', [("Gödel", "Kurt")]),
        ("Ha\\v{s}ek, Jaroslav", [("Hašek", "Jaroslav")]),
        ("Wałęsa, Lech and {\\L}ukasz {\\.Z}ak", [("Wałęsa", "Lech"), ("Żak", "Łukasz")]),
        ("O'Brien, Patrick", [("O’Brien", "Patrick")]),
        ("Erd{\\H o}s, P{\\'a}l", [("Erdős", "Pál")]),
        ("Smith-Jones, A.-B.", [("Smith-Jones", "A.-B.")]),
    ],
)
def test_names_of_people(raw, expected):
    assert people(raw) == [Person(family, given) for family, given in expected]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("{European Union}", ["European Union"]),
        ("{{European Union}}", ["European Union"]),
        ("{Ministry of Foreign Affairs}", ["Ministry of Foreign Affairs"]),
        ("{Barnes and Noble}", ["Barnes and Noble"]),
        ("{Barnes and Noble} and {Simon and Schuster}", ["Barnes and Noble", "Simon and Schuster"]),
        ("{Foreign, Commonwealth \\& Development Office}",
         ["Foreign, Commonwealth & Development Office"]),
        ("{{NATO} Secretary General}", ["NATO Secretary General"]),
        ("{Офіс Президента України}", ["Офіс Президента України"]),
    ],
)  # fmt: skip
def test_names_of_organisations(raw, names):
    assert people(raw) == [Person(name, corporate=True) for name in names]


def test_authors_and_editors_of_an_entry(read):
    entry = read("@book{k, author = {{Port Authority}}, editor = {Doe, J. and Roe, R.}}").entries[
        "k"
    ]
    assert entry.authors == [Person("Port Authority", corporate=True)]
    assert entry.editors == [Person("Doe", "J."), Person("Roe", "R.")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("{NATO} and {{The EU}}", "NATO and The EU"),
        ("100\\% of it", "100% of it"),
        ("100% of it", "100% of it"),
        ("100 % of it", "100 % of it"),
        ("A \\& B & C", "A & B & C"),
        ("\\$300 billion", "$300 billion"),
        ("$300 billion and $100 million", "$300 billion and $100 million"),
        ("a loss of 5 US$", "a loss of 5 US$"),
        ("{\\$}300 {\\%} \\# \\_ \\{x\\}", "$300 % # _ {x}"),
        ("C# and #4", "C# and #4"),
        ("a_b and c^d", "a_b and c^d"),
        ("1990--1995", "1990–1995"),
        ("so --- and so", "so — and so"),
        ("1990–1995 — “so”", "1990–1995 — “so”"),
        ("so \\textendash{} and \\textemdash{} so", "so – and — so"),
        ("``so'' he said", "“so” he said"),
        ("`so' he said", "‘so’ he said"),
        ("it's", "it’s"),
        ("it's 100\\%", "it’s 100%"),
        ("{\\textquoteleft}so{\\textquoteright}", "‘so’"),
        ("{\\textquotedblleft}so{\\textquotedblright}", "“so”"),
        ("Z{\\\"u}rich, S\\~ao, {\\'\\i}le, \\c{c}a, {\\o}, \\ss{}", "Zürich, São, íle, ça, ø, ß"),
        ("{\\v C}apek {\\k a} {\\.Z} \\u{g} \\r{a} \\AE{}", "Čapek ą Ż ğ å Æ"),
        ("\\emph{Kyiv} \\textit{Post} \\textbf{now} \\textsc{us}", "Kyiv Post now us"),
        ("the 20\\textsuperscript{th}", "the 20th"),
        ("a~b\\ c", "a b c"),
        ("so{\\ldots}", "so…"),
        ("{\\textless}b{\\textgreater}", "<b>"),
        ("a \\textbackslash{} b {\\textasciitilde} c {\\textbar} d", "a \\ b ~ c | d"),
        ("<b>so</b> &amp; so", "<b>so</b> &amp; so"),
        ("10\\,000 a\\@.", "10 000 a."),
        ("€5 – «Мир» 🕊", "€5 – «Мир» 🕊"),
        ("\\textsterling{}5 {\\texteuro}6 \\S{}4", "£5 €6 §4"),
        ("see \\href{https://example.org}{this}", "see this"),
        ("see \\url{https://example.org/a_b%20c}", "see https://example.org/a_b%20c"),
        ("{open", "open"),
        ("open}", "open"),
        ("", ""),
    ],
)
def test_latex_as_readers_see_it(raw, text):
    assert " ".join(decode(raw).split()) == text


@pytest.mark.parametrize(
    "raw",
    ["\\", "\\'", "\\'{", "$", "$$", "$x", "\\(", "\\begin{x}", "\\end{x}", "\\verb", "\\char",
     "\\href", "\\href{a", "\\textcolor{red}{a}", "\\textcolor", "\\fcolorbox{a}", "\\frac{1}",
     "\\unknown{a}[b]", "\\input{/etc/passwd}", "a\\b\\c", "{{{", "}}}",
     "\\newcommand{\\a}{\\a}\\a"],
)  # fmt: skip
def test_bad_latex_is_survived(raw):
    text = decode(f"so {raw}")
    assert text.startswith("so")
    assert "root:" not in text


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("https://example.org/a_b?c=%20&d=~e#f", "https://example.org/a_b?c=%20&d=~e#f"),
        ("https://example.org/a\\_b\\%20\\#f\\&g", "https://example.org/a_b%20#f&g"),
        ("https://example.org/a--b''c", "https://example.org/a--b''c"),
        ("https://example.org/звернення", "https://example.org/звернення"),
    ],
)
def test_addresses_are_left_as_they_are(raw, value, read):
    assert read(f"@misc{{k, url = {{{raw}}}}}").entries["k"].get("url") == value


X, B = "@misc{x, title={X}}\n", "@misc{b, title={B}}\n"
FAULTS = {
    "never closed": ("@misc{a,\n title = {A},\n\n" + B, "bib-syntax", 1, "b"),
    "brace open": (X + "\n@misc{a,\n title = {A,\n}\n\n" + B, "bib-syntax", 3, "xb"),
    "no comma after the key": ("\n@misc{a title = {A}}\n" + B, "bib-syntax", 2, "b"),
    "no comma after a field": (
        "@misc{a,\n title = {A}\n year = {2025},\n}\n" + B, "bib-syntax", 2, "ab"),
    "no value": ("@misc{a,\n title,\n}\n" + B, "bib-syntax", 1, "b"),
    "no @": (X + "\n\nmisc{a, title = {A}}\n", "bib-syntax", 4, "x"),
    "no brace": (X + "\n@misc a\n", "bib-syntax", 3, "x"),
    "stray text": (X + "\n\n  and so on\n\n" + B, "bib-syntax", 4, "xb"),
    "text below a comment": ("% all\n\nand so on\n\n" + B, "bib-syntax", 3, "b"),
    "field twice": (
        "@misc{a,\n title = {A},\n year = 2025,\n title = {B},\n}\n", "bib-syntax", 4, "a"),
    "field twice, in capitals": (
        "@misc{a,\n title = {A},\n year = 2025,\n Title = {B},\n}\n", "bib-syntax", 4, "a"),
    "key twice": (X + "\n@misc{x, title={B}}\n", "duplicate-key", 3, "x"),
    "key twice, in capitals": (X + "@misc{X, title={B}}\n", "duplicate-key", 2, "x"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "line", "keys"), FAULTS.values(), ids=FAULTS)
def test_a_fault_has_its_line_and_the_rest_is_read(text, rule, line, keys, read):
    bibliography = read(text)
    assert [(one.rule, one.position) for one in bibliography.faults] == [(rule, (line, 1))]
    assert all(one.message and one.hint for one in bibliography.faults)
    assert "".join(bibliography.entries) == keys


def test_faults_of_many_kinds_in_one_run(read):
    bibliography = read(
        "@misc{a, title={A}}\n"
        "@misc{A, title={B}}\n"
        "stray\n"
        "@misc{b title={B}\n"
        "@misc{c,\n title={C},\n title={D},\n}\n"
        "@misc{d, title={D}}\n"
    )
    assert list(bibliography.entries) == ["a", "c", "d"]
    assert sorted((one.position.line, one.rule) for one in bibliography.faults) == [
        (2, "duplicate-key"),
        (3, "bib-syntax"),
        (4, "bib-syntax"),
        (7, "bib-syntax"),
    ]


def test_the_first_of_two_equal_keys_is_kept(read):
    bibliography = read("@misc{a, title={First}}\n@misc{A, title={Second}}\n")
    assert bibliography.entries["a"].title == "First"
    (fault,) = bibliography.faults
    assert "'A'" in fault.message
    assert "line 1" in fault.hint


def test_a_file_that_is_not_utf8(read):
    bibliography = read(b"@misc{a, title={A}}\n@misc{b,\n title={M\xfcller}}\n")
    assert [(one.rule, one.position.line) for one in bibliography.faults] == [("not-utf8", 3)]
    assert bibliography.entries == {}


def test_a_file_that_is_not_there(tmp_path):
    bibliography = read_bibliography(tmp_path, "no.bib")
    assert (bibliography.entries, bibliography.faults) == ({}, [])


@pytest.mark.parametrize("text", ["", "\n\n", "% only a comment\n", "@comment{so}\n"])
def test_a_file_without_entries(text, read):
    bibliography = read(text)
    assert (bibliography.entries, bibliography.faults) == ({}, [])


def test_the_text_of_the_file_is_kept_for_export(read):
    assert read(BIBLATEX).text == BIBLATEX
