import re
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.briefing import read_briefing
from briefing.findings import Finding
from briefing.rules import check
from briefing.settings import Named, Settings, read_settings
from briefing.site import Site

GOOD = (Path(__file__).parent / "small" / "mkdocs.yml").read_text(encoding="utf-8")
(KINDS,) = re.findall(r"^    kinds: .*$", GOOD, re.MULTILINE)


@pytest.fixture(scope="session")
def _files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("settings")
    for name in ("harbour.bib", "harvard.csl"):
        (root / name).write_bytes((Path(__file__).parent / "small" / name).read_bytes())
    return root


@pytest.fixture
def read(_files: Path) -> Callable[..., tuple[Settings, list[Finding]]]:
    def read_text(text: str | bytes) -> tuple[Settings, list[Finding]]:
        raw = text.encode("utf-8") if isinstance(text, str) else text
        (_files / "mkdocs.yml").write_bytes(raw)
        return read_settings(_files)

    return read_text


def line_of(text: str, part: str) -> int:
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1


def test_settings_of_the_small_briefing(read):
    settings, findings = read(GOOD)
    assert findings == []
    assert settings == Settings(
        site=Site(name="The harbour accord", directory_urls=False),
        plan="the harbour accord",
        points=5,
        parties={
            "port": Named("port", "Port authority", code="pa"),
            "union": Named("union", "Dockers' union", short="Union", code="du"),
            "press": Named("press", "Press", code="pr", voice=True),
        },
        bodies={"city": Named("city", "The city")},
        stances={
            "for": Named("for", "In favour"),
            "against": Named("against", "Against"),
            "open": Named("open", "Undecided"),
        },
        themes={"work": Named("work", "Work"), "water": Named("water", "Water")},
        texts={
            "accord": Named("accord", "Harbour accord", date="1931-05-04", compare=True),
            "reply": Named("reply", "The union's reply", short="Reply", compare=True),
        },
        kinds={
            "minutes": Named("minutes", "Minutes"),
            "paper": Named("paper", "Newspaper", short="paper"),
            "reprint": Named("reprint", "Reprint", relay=True),
        },
        main_text="accord",
        outside=("about/*",),
        citation_style="harvard.csl",
        bibliography="harbour.bib",
        docs_dir="docs",
        extensions=(
            *("toc", "tables", "fenced_code", "abbr", "admonition", "attr_list", "def_list"),
            *("footnotes", "md_in_html", "smarty"),
        ),
        extension_configs={
            "footnotes": {"USE_DEFINITION_ORDER": False},
            "toc": {"permalink": True},
        },
    )


def test_names_and_prefixes():
    party = Named("europe", "Europe and NATO", short="Europe", code="eu")
    assert (party.label, party.prefix) == ("Europe", "eu")
    assert (Named("union", "The union").label, Named("union", "The union").prefix) == (
        "The union",
        "union",
    )


def test_who_is_bound(read):
    settings, _ = read(GOOD)
    assert list(settings.bound) == ["port", "union", "city"]


@pytest.mark.parametrize(
    ("patterns", "src", "outside"),
    [
        ("[about/*]", "about/index.md", True),
        ("[about/*]", "about/how/to.md", True),
        ("[about/*]", "about.md", False),
        ("[about/*]", "points/about/1.md", False),
        ("[about/*]", "About/index.md", False),
        ("[index.md, 'x*.md']", "xy.md", True),
        ("[]", "index.md", False),
    ],
)
def test_pages_outside(patterns, src, outside, read):
    settings, findings = read(GOOD.replace('outside: ["about/*"]', f"outside: {patterns}"))
    assert findings == []
    assert settings.is_outside(src) is outside


@pytest.mark.parametrize(
    ("old", "new", "name", "value"),
    [
        ("    kinds:", "    main_text: reply\n    kinds:", "main_text", "reply"),
        ("site_name:", "docs_dir: texts\nsite_name:", "docs_dir", "texts"),
        ('    outside: ["about/*"]\n', "", "outside", ()),
        ("    bodies: {city: The city}\n", "", "bodies", {}),
        (f"{KINDS}\n", "", "kinds", {}),
        ("    kinds:", "    stale_after: 90\n    kinds:", "stale_after", 90),
    ],
)
def test_what_may_be_left_out_or_chosen(old, new, name, value, read):
    assert old in GOOD
    settings, findings = read(GOOD.replace(old, new))
    assert findings == []
    assert getattr(settings, name) == value


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_forms_of_file(mark, newline, read):
    settings, findings = read(
        (mark + GOOD).replace("points: 5", "points: five").replace("\n", newline)
    )
    assert [(one.line, one.column) for one in findings] == [(line_of(GOOD, "points: 5"), 5)]
    assert settings.plan == "the harbour accord"


EXTENSIONS = """\
markdown_extensions:
  toc: {permalink: true}
  footnotes:
  pymdownx.superfences:
    custom_fences:
      - name: a
        format: !!python/name:no_such.thing
"""


def test_extensions_as_a_mapping(read):
    start, end = GOOD.index("markdown_extensions:"), GOOD.index("validation:")
    settings, findings = read(GOOD[:start] + EXTENSIONS + GOOD[end:])
    assert findings == []
    assert settings.extensions == (
        *("toc", "tables", "fenced_code"),
        *("footnotes", "pymdownx.superfences"),
    )
    assert settings.extension_configs["toc"] == {"permalink": True}


# What is replaced by what in the good file, and where the finding is: at the line of this text.
PORT = "port: {name: Port authority, code: pa}"
STANCES = "stances: {for: In favour, against: Against, open: Undecided}"
WRONG = {
    "points: a word": ("points: 5", "points: five", "points:"),
    "points: text": ("points: 5", "points: '5'", "points:"),
    "points: none": ("points: 5", "points: 0", "points:"),
    "points: fewer than none": ("points: 5", "points: -1", "points:"),
    "points: a fraction": ("points: 5", "points: 5.0", "points:"),
    "points: a truth": ("points: 5", "points: true", "points:"),
    "points: nothing": ("points: 5", "points:", "points:"),
    "points: a list": ("points: 5", "points: [5]", "points:"),
    "points: missing": ("    points: 5\n", "", "briefing:"),
    "stale_after: a word": ("points: 5", "points: 5\n    stale_after: soon", "stale_after:"),
    "stale_after: none": ("points: 5", "points: 5\n    stale_after: 0", "stale_after:"),
    "stale_after: a truth": ("points: 5", "points: 5\n    stale_after: true", "stale_after:"),
    "plan: a number": ("plan: the harbour accord", "plan: 28", "plan:"),
    "plan: a day": ("plan: the harbour accord", "plan: 1931-05-04", "plan:"),
    "plan: empty": ("plan: the harbour accord", "plan: ''", "plan:"),
    "plan: missing": ("    plan: the harbour accord\n", "", "briefing:"),
    "plan: misspelt": ("plan: the harbour accord", "plna: the accord", "plna:"),
    "parties: missing": ("parties:", "partys:", "partys:"),
    "parties: a party without a name": (PORT, "port: {code: pa}", "port: {code"),
    "parties: a misspelt name": (PORT, "port: {nmae: Port, code: pa}", "port: {nmae"),
    "parties: an empty party": (PORT, "port:", "port:\n"),
    "parties: a number": (PORT, "port: 5", "port: 5"),
    "parties: a list": (PORT, "port: [Port authority]", "port: [P"),
    "parties: unknown detail": (PORT, "port:\n        name: Port\n        colour: red", "colour:"),
    "parties: a name that is a list": (
        PORT, "port:\n        code: pa\n        name: [A]", "name: [A]"),
    "parties: a code that is no part of an id": (
        PORT, "port:\n        name: Port\n        code: 'p a'", "code: 'p a'"),
    "parties: voice": (
        PORT, "port:\n        name: Port\n        voice: maybe", "voice: maybe"),
    "parties: voice of a numbered party": (
        PORT, PORT + "\n      7:\n        name: Seven\n        voice: maybe", "voice: maybe"),
    "parties: twice": (PORT, PORT + "\n      port: {name: Port}", "port: {name: Port}"),
    "bodies: a list": ("bodies: {city: The city}", "bodies: [city]", "bodies:"),
    "bodies: a word": ("bodies: {city: The city}", "bodies: city", "bodies:"),
    "bodies: nothing": ("bodies: {city: The city}", "bodies:", "bodies:"),
    "bodies: misspelt": ("bodies: {city: The city}", "bodeis: {city: The city}", "bodeis:"),
    "stances: a list": (STANCES, "stances: [for, against]", "stances:"),
    "stances: none": (STANCES, "stances: {}", "stances:"),
    "stances: an empty list": (STANCES, "stances: []", "stances:"),
    "stances: missing": (f"    {STANCES}\n", "", "briefing:"),
    "themes: missing": ("    themes: {work: Work, water: Water}\n", "", "briefing:"),
    "themes: unnamed": ("water: Water}", "water: {}}", "themes:"),
    "texts: unnamed": ("reply: {name: The union's reply", "reply: {nam: The", "reply: {nam"),
    "texts: compare": ("short: Reply, compare: true", "short: Reply, compare: 1", "compare: 1"),
    "texts: no such day": ("date: 1931-05-04", "date: 1931-05-44", "date: 1931-05-44"),
    "texts: no day": ("date: 1931-05-04", "date: soon", "date: soon"),
    "main_text": ("    kinds:", "    main_text: acord\n    kinds:", "main_text:"),
    "main_text: a list": ("    kinds:", "    main_text: [accord]\n    kinds:", "main_text:"),
    "outside: a word": ('outside: ["about/*"]', "outside: about/*", "outside:"),
    "outside: numbers": ('outside: ["about/*"]', "outside: [1]", "outside:"),
    "outside: nothing": ('outside: ["about/*"]', "outside:", "outside:"),
    "citation_style: no file": ("harvard.csl", "oxford.csl", "citation_style:"),
    "citation_style: a folder": ("harvard.csl", ".", "citation_style:"),
    "citation_style: missing": ("    citation_style: harvard.csl\n", "", "briefing:"),
    "bibliography: no file": ("bibliography: harbour.bib", "bibliography: h.bib", "bibliography:"),
    "bibliography: missing": ("    bibliography: harbour.bib\n", "", "briefing:"),
    "unknown setting": ("    kinds:", "    colours: {a: b}\n    kinds:", "colours:"),
    "unknown number": ("    kinds:", "    5: a\n    kinds:", "5: a"),
    "briefing: a word": (
        "extra:\n  briefing:", "extra:\n  briefing: x\nnot:\n  here:", "briefing: x"),
    "briefing: misspelt": ("  briefing:", "  breifing:", "extra:"),
    "extra: missing": ("extra:", "xtra:", "# A second"),
    "no YAML": ("site_name: The", "site_name: The: ", "site_name:"),
    "key twice": ("theme:", "site_name: Again\ntheme:", "site_name: Again"),
    "unknown tag": ("site_name: The", "site_name: !what The", "site_name:"),
    "tag that does not fit": ("points: 5", "points: !!int five", "points:"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at"), WRONG.values(), ids=WRONG)
def test_each_wrong_setting_is_one_finding_at_its_line(old, new, at, read):
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    _, findings = read(text)
    assert [(one.path, one.rule, one.line) for one in findings] == [
        ("mkdocs.yml", "bad-config", line_of(text, at))
    ]
    assert findings[0].message
    assert "\n" not in str(findings[0])


def test_all_wrong_settings_in_one_run(read):
    text = (
        GOOD.replace("points: 5", "points: five")
        .replace("harvard.csl", "oxford.csl")
        .replace("voice: true", "voice: maybe")
        .replace("themes: {work: Work, water: Water}", "themes: {work: {}, water: Water}")
    )
    _, findings = read(text)
    parts = ("points: five", "oxford.csl", "voice: maybe", "work: {}")
    assert sorted(one.line for one in findings) == [line_of(text, part) for part in parts]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("plan: the", "plna: the", "did you mean 'plan'?"),
        ("bodies:", "bodeis:", "did you mean 'bodies'?"),
        ("    kinds:", "    main_text: acord\n    kinds:", "did you mean 'accord'?"),
        ("voice: true", "vocie: true", "did you mean 'voice'?"),
        (
            "voice: true",
            "xyz: true",
            "use one of: name, short, code, voice, compare, own, relay, outlets, date",
        ),
    ],
)
def test_hints(old, new, hint, read):
    _, findings = read(GOOD.replace(old, new))
    assert hint in [one.hint for one in findings]


def test_no_file(tmp_path):
    settings, (finding,) = read_settings(tmp_path)
    assert settings == Settings()
    assert (finding.path, finding.line, finding.rule) == ("mkdocs.yml", 1, "bad-config")
    assert "no mkdocs.yml" in finding.message


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "word\n", "5\n"])
def test_a_file_with_nothing_in_it(text, read):
    settings, (finding,) = read(text)
    assert settings == Settings()
    assert (finding.rule, finding.line) == ("bad-config", 1)


def test_a_file_that_is_not_utf8(read):
    settings, (finding,) = read(GOOD.replace("The city", "Malmö").encode("latin-1"))
    assert settings == Settings()
    assert (finding.path, finding.rule) == ("mkdocs.yml", "bad-config")
    assert "UTF-8" in finding.message


@pytest.mark.parametrize("wrong", ["points: five", "points: !!int five"])
def test_nothing_else_is_checked_without_settings(wrong, small):
    (small / "mkdocs.yml").write_text(GOOD.replace("points: 5", wrong), encoding="utf-8")
    (small / "docs" / "index.md").write_text("# A\n\nNo citation.\n", encoding="utf-8")
    findings = check(read_briefing(small))
    assert [finding.rule for finding in findings] == ["bad-config"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - abbr\n", "  - no_such_extension\n"),
        ("  - abbr\n", "  - 5\n"),
        ("  - abbr\n", "  - abbr: {no_such_option: 1}\n"),
        ("  - abbr\n", "  - abbr: word\n"),
    ],
)
def test_an_extension_that_cannot_be_loaded(old, new, small):
    text = GOOD.replace(old, new)
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    (finding,) = check(read_briefing(small))
    assert (finding.path, finding.rule) == ("mkdocs.yml", "bad-config")
    assert finding.line == line_of(text, new.strip())


@pytest.mark.parametrize("text", ["", "no XML\nat all", "<style/>", "<a><b>\n</a>"])
def test_a_style_that_is_none(text, small):
    (small / "harvard.csl").write_text(text, encoding="utf-8")
    (finding,) = check(read_briefing(small))
    assert (finding.path, finding.line, finding.rule) == ("harvard.csl", 1, "bad-config")
    assert "\n" not in str(finding)


PORT = "      port: {name: Port authority, code: pa}"


def test_kinds_say_whose_words_they_hold(read):
    kinds = "minutes: {name: M, own: true}, paper: {name: P, own: false}"
    kinds += ", essay: {name: E, voice: true}, relay: {name: R, relay: true}"
    kinds = f"    kinds: {{{kinds}}}"
    settings, findings = read(GOOD.replace(KINDS, kinds))
    assert findings == []
    told = {key: (kind.own, kind.voice, kind.relay) for key, kind in settings.kinds.items()}
    assert told == {
        "minutes": (True, False, False),
        "paper": (False, False, False),
        "essay": (False, True, False),
        "relay": (False, False, True),
    }


@pytest.mark.parametrize(
    ("given", "outlets"),
    [
        ("[]", ()),
        ("[Port Authority]", ("Port Authority",)),
        (
            "[\"Dockers' & Sons\", 'Порт «Схід»', Port (of call), '1931']",
            ("Dockers' & Sons", "Порт «Схід»", "Port (of call)", "1931"),
        ),
        ("\n          - Port Authority\n          - Quay", ("Port Authority", "Quay")),
    ],
)
def test_outlets_of_a_party(given, outlets, read):
    assert GOOD.count(PORT) == 1
    port = f"      port:\n        name: Port authority\n        outlets: {given}"
    settings, findings = read(GOOD.replace(PORT, port))
    assert findings == []
    assert settings.parties["port"] == Named("port", "Port authority", outlets=outlets)
    assert settings.parties["union"].outlets == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (PORT, "      port: {name: P, outlets: Port Authority}", "outlets is no list of names"),
        (PORT, "      port: {name: P, outlets: {a: b}}", "outlets is no list of names"),
        (PORT, "      port: {name: P, outlets: [Quay, 1931]}", "outlets is no list of names"),
        (PORT, "      port: {name: P, outlets: }", "outlets is no list of names"),
        (KINDS, "    kinds: {minutes: {name: M, own: 'yes'}}", "own is 'yes'"),
        (KINDS, "    kinds: {minutes: {name: M, own: [minutes]}}", "own is ['minutes']"),
        (KINDS, "    kinds: {minutes: {name: M, ownn: true}}", "unknown setting 'ownn'"),
        (KINDS, "    kinds: {minutes: {name: M, relay: 'yes'}}", "relay is 'yes'"),
    ],
)
def test_details_that_cannot_be_used(old, new, message, read):
    text = GOOD.replace(old, new)
    settings, (finding,) = read(text)
    detail = re.search(r"(?:outlets|ownn?|relay)(?=:)", new)
    line = text[: text.index(new)].count("\n") + 1
    assert (finding.message, finding.line, finding.column) == (message, line, detail.start() + 1)
    assert settings.parties["port"].outlets == ()
