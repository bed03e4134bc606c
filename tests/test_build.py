"""Real builds of small sites: what is left in site/, what is printed, what readers get."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
import yaml
from building import (
    HOOK,
    add,
    add_hook,
    build,
    copy_small,
    edit,
    files_in,
    refuse,
    run,
    temporary_folders,
    undress,
    write,
)
from lxml.html import HtmlElement
from mkdocs.utils import yaml_load

from briefing.briefing import read_briefing
from briefing.rules import check


@pytest.fixture
def bare(small: Path) -> Path:
    """The small briefing without a theme."""
    return undress(small)


_FINDING = re.compile(r"\S[^:]*:\d+:\d+: [a-z0-9-]+: ")


# Good builds, by command


@dataclass
class Built:
    root: Path
    status: int
    output: str


@pytest.fixture(scope="session")
def two_good_builds(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Two builds of the same input: other folder, flags, hash seed, time zone, language."""
    roots = [
        copy_small(tmp_path_factory.mktemp("good") / name)
        for name in ("one", "another folder, 100% Порт #2")
    ]
    write(roots[1], ".site.new/stale.html", "left over from a build that was broken off")
    write(roots[1], ".site.old/stale.html", "likewise")
    write(roots[1], "site/stale.html", "a page that is no more")
    surroundings: list[tuple[tuple[str, ...], dict[str, str]]] = [
        ((), {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
        (("-q", "--strict"), {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland", "LC_ALL": "C"}),
    ]
    with ThreadPoolExecutor() as pool:
        done = pool.map(lambda root, given: run(root, *given[0], **given[1]), roots, surroundings)
        return [
            Built(root, one.returncode, one.stdout + one.stderr)
            for root, one in zip(roots, done, strict=True)
        ]


@pytest.mark.parametrize("which", [0, 1], ids=["plain", "quiet-strict"])
def test_good_build_leaves_the_site_and_no_temporary_folders(
    two_good_builds: list[Built], which: int
) -> None:
    built = two_good_builds[which]
    assert built.status == 0, built.output
    assert (built.root / "site/index.html").is_file()
    assert temporary_folders(built.root) == []


@pytest.mark.parametrize("which", [0, 1], ids=["plain", "quiet-strict"])
def test_good_build_says_what_it_made_and_warns_of_nothing(
    two_good_builds: list[Built], which: int
) -> None:
    built = two_good_builds[which]
    assert not re.search("warning|error|traceback|finding(?!s:)", built.output, re.IGNORECASE)
    pages = len(list((built.root / "site").rglob("*.html"))) - 1
    made = (
        f"No findings: 15 claims, 3 sources, {pages} pages; oldest search of the sources "
        f"31 December 1999 (docs/parties/port.md). Open {built.root}/site/index.html"
    )
    assert built.output.splitlines().count(made) == 1


def test_same_input_gives_the_same_bytes(two_good_builds: list[Built]) -> None:
    first, second = (files_in(built.root / "site") for built in two_good_builds)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert len(first) > 20


def test_site_map_is_dated_by_the_briefing_and_not_by_the_clock(small: Path) -> None:
    text = (build(small, site_url="https://example.org/") / "sitemap.xml").read_text("utf-8")
    assert set(re.findall("<lastmod>(.*?)</lastmod>", text)) == {"1999-12-31"}


def test_says_what_it_made_where_the_terminal_lacks_the_letters(tmp_path: Path) -> None:
    root = undress(copy_small(tmp_path / "Порт"))
    done = run(root, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    assert done.stdout.startswith("No findings: 15 claims")


# Builds with findings, by command


def _on_pages(root: Path) -> None:
    add(root, "docs/index.md", f"\nЦе правда [@{'довгий_ключ_' * 40}].\n")
    add(root, "docs/parties/union.md", '\nA "quoted" 100% {of} <em>it</em> \\n costs $5.\n')
    add(root, "docs/parties/port.md", "\nThe port said [@minutes1931 p. 3].\n")


def _in_the_bibliography(root: Path) -> None:
    add(root, "harbour.bib", "\n@book{broken,\n  title = {Never closed\n}\n")


def _not_utf8(root: Path) -> None:
    write(root, "docs/about/latin.md", "# Café\n\nRésumé.\n".encode("latin-1"))


def _in_front_matter(root: Path) -> None:
    write(root, "docs/about/broken.md", "---\ntitle: [never closed\n---\n# Broken\n")


def _bad_style(root: Path) -> None:
    write(root, "harvard.csl", "<style>\nnever closed")


def _bad_config(root: Path) -> None:
    edit(root, "mkdocs.yml", "points: 5", "points: several")
    edit(root, "mkdocs.yml", "  briefing:\n", "  briefing:\n    colour: blue\n")


def _broken_yaml(root: Path) -> None:
    add(root, "mkdocs.yml", "\nnav: [index.md\n")


def _changed_by_a_plugin(root: Path) -> None:
    add_hook(
        root,
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown.replace('carry out article 1', 'ignore article 1')\n",
    )


def _broken_link_made(root: Path) -> None:
    add_hook(
        root,
        "def on_page_content(html, page, **_):\n"
        "    return html + '<a href=\"nowhere.html\">x</a>' if page.is_homepage else html\n",
    )


EARLY: dict[str, Callable[[Path], None]] = {
    "pages": _on_pages,
    "bibliography": _in_the_bibliography,
    "not-utf8": _not_utf8,
    "front-matter": _in_front_matter,
    "style": _bad_style,
    "config": _bad_config,
}
LATE: dict[str, tuple[Callable[[Path], None], str]] = {
    "changed-after-check": (
        _changed_by_a_plugin,
        "docs/points/1.md:1:1: changed-after-check: ",
    ),
    "broken-generated-link": (
        _broken_link_made,
        "docs/index.md:1:1: broken-generated-link: 'nowhere.html' leads to no file",
    ),
}
RULES_EXPECTED = {
    "pages": ["unknown-key", "malformed-citation", "uncited-claim"],
    "bibliography": ["bib-syntax"],
    "not-utf8": ["not-utf8"],
    "front-matter": ["broken-front-matter"],
    "style": ["bad-config"],
    "config": ["bad-config", "bad-config"],
}


Case = tuple[str, tuple[str, ...]]
CASES: list[Case] = [  # a process takes half a second: not every kind with all flags
    (kind, flags)
    for kind in [*EARLY, "broken-yaml", *LATE]
    for flags in [(), ("--strict",), ("-q",), ("-q", "--strict")]
    if kind in ("pages", "changed-after-check") or flags in [(), ("-q", "--strict")]
]
LAST_GOOD = {"index.html": b"the last good site\r\n", "a/b.bin": bytes(range(256))}


def _build_refused(root: Path, case: Case) -> Built:
    kind, flags = case
    undress(copy_small(root))
    prepare = _broken_yaml if kind == "broken-yaml" else EARLY.get(kind) or LATE[kind][0]
    prepare(root)
    for name, content in LAST_GOOD.items():
        write(root, f"site/{name}", content)
    done = run(root, *flags, COLUMNS="40")
    return Built(root, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def all_refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Case, Future[Built]]]:
    """The builds that must not touch the last good site, under way side by side."""
    folder = tmp_path_factory.mktemp("refused")
    pool = ThreadPoolExecutor(os.cpu_count())
    yield {
        case: pool.submit(_build_refused, folder / str(number), case)
        for number, case in enumerate(CASES)
    }
    pool.shutdown(cancel_futures=True)


@pytest.fixture(params=CASES, ids=lambda case: " ".join([case[0], *case[1]]))
def case(request: pytest.FixtureRequest) -> Case:
    given: Case = request.param
    return given


@pytest.fixture
def refused(all_refused: dict[Case, Future[Built]], case: Case) -> Built:
    return all_refused[case].result()


def test_refused_build_exits_with_1(refused: Built) -> None:
    assert refused.status == 1, refused.output
    assert "Traceback" not in refused.output


def test_refused_build_leaves_the_last_good_site(refused: Built) -> None:
    assert files_in(refused.root / "site") == LAST_GOOD


def test_refused_build_prints_each_finding_once_on_one_line(refused: Built, case: Case) -> None:
    kind, _ = case
    printed = [line for line in refused.output.splitlines() if _FINDING.match(line)]
    if kind == "broken-yaml":  # MkDocs stops before the hook is loaded
        assert printed == []
        assert re.search(r"mkdocs\.yml\", line 3\d, column \d", refused.output)
    elif kind in LATE:
        begins = LATE[kind][1]
        assert [line[: len(begins)] for line in printed] == [begins]
    else:
        findings = check(read_briefing(refused.root))
        assert [finding.rule for finding in findings] == RULES_EXPECTED[kind]
        assert printed == [str(finding) for finding in findings]


def test_late_findings_do_not_stop_the_next_good_build(bare: Path) -> None:
    as_it_was = (bare / "mkdocs.yml").read_bytes()
    _broken_link_made(bare)
    refuse(bare)
    assert not (bare / "site").exists()
    write(bare, "mkdocs.yml", as_it_was)
    build(bare)
    assert (bare / "site/index.html").is_file()
    assert temporary_folders(bare) == []


@pytest.mark.parametrize(
    ("flags", "status", "replaced"), [((), 0, True), (("--strict",), 1, False)], ids=["", "strict"]
)
def test_late_warning_ends_a_strict_build_only(
    bare: Path, flags: tuple[str, ...], status: int, replaced: bool
) -> None:
    write(bare, "site/index.html", "the last good site")
    add_hook(
        bare,
        "import logging\n"
        "def on_env(env, **_):\n"
        "    logging.getLogger('mkdocs.hooks.further').warning('a late warning')\n",
    )
    done = run(bare, *flags)
    assert done.returncode == status, done.stderr
    assert done.stderr.count("a late warning") == 1
    assert "Traceback" not in done.stderr
    shown = (bare / "site/index.html").read_text(encoding="utf-8")
    assert (shown != "the last good site") is replaced


# Set-ups that are mistaken: an orderly finding, not a traceback


def _without_bibtex(root: Path) -> None:
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(root, "mkdocs.yml", re.sub(r"  - bibtex: .*\n", "", config))


def _other_bib_file(root: Path) -> None:
    edit(root, "mkdocs.yml", "bib_file: harbour.bib", "bib_file: harbor.bib")


def _no_bib_file(root: Path) -> None:
    (root / "harbour.bib").unlink()


def _no_style(root: Path) -> None:
    (root / "harvard.csl").unlink()


def _style_without_bibliography(root: Path) -> None:
    style = (root / "harvard.csl").read_text(encoding="utf-8")
    shorter = re.sub(r"<bibliography.*</bibliography>", "", style, flags=re.DOTALL)
    assert shorter != style
    write(root, "harvard.csl", shorter)


def _dependent_style(root: Path) -> None:
    write(
        root,
        "harvard.csl",
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>T</title>'
        '<id>t</id><link href="http://www.zotero.org/styles/t" rel="independent-parent"/>'
        "<updated>2014-01-01T00:00:00+00:00</updated></info></style>",
    )


def _not_a_style(root: Path) -> None:
    write(root, "harvard.csl", "<html><body>Not found</body></html>")


@pytest.mark.parametrize(
    ("prepare", "place"),
    [
        (_without_bibtex, "mkdocs.yml:"),
        (_other_bib_file, "mkdocs.yml:"),
        (_no_bib_file, "mkdocs.yml:"),
        (_no_style, "mkdocs.yml:"),
        (_style_without_bibliography, "harvard.csl:"),
        (_dependent_style, "harvard.csl:"),
        (_not_a_style, "harvard.csl:"),
    ],
)
def test_mistaken_set_up_is_a_finding(
    bare: Path, capsys: pytest.CaptureFixture[str], prepare: Callable[[Path], None], place: str
) -> None:
    prepare(bare)
    refuse(bare)
    printed = [line for line in capsys.readouterr().err.splitlines() if _FINDING.match(line)]
    assert len(printed) == 1
    assert printed[0].startswith(place)
    assert ": bad-config: " in printed[0]


def test_address_that_is_none_is_found(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(bare, "docs/about/link.md", "# Link\n\nSee [there](<http://[::1>).\n")
    refuse(bare)
    printed = [line for line in capsys.readouterr().err.splitlines() if _FINDING.match(line)]
    assert len(printed) == 1
    assert printed[0].startswith("docs/about/link.md:3:")
    assert ": broken-link: " in printed[0]


def test_warning_in_the_log_fails_a_test(bare: Path) -> None:
    add_hook(
        bare,
        "import logging\n"
        "def on_env(env, **_):\n"
        "    logging.getLogger('somewhere').warning('not asked for')\n",
    )
    with pytest.raises(AssertionError, match="not asked for"):
        build(bare)


# What is rendered is what is checked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("carry out article 1", "ignore article 1"),
        ("[@gazette1931, art. 1; @minutes1931]", "[@minutes1931]"),
        ("[@gazette1931, p. 2]", "[@minutes1931, p. 2]"),
        ("art. 1", "art. 9"),
        ('by="Ada Holm"', 'by="Somebody Else"'),
        ('stance="against"', 'stance="for"'),
        ('on="1931-05-06"', 'on="1931-05-07"'),
        ("{: #p1-1 }", "{: #p1-9 }"),
        ("## Who says what", "Everybody agreed.\n\n## Who says what"),
        ("## Who says what", "<div>Everybody agreed.</div>\n\n## Who says what"),
        ("## The union's reply", "## The union's surrender"),
        ("<!-- table: who-says-what -->", ""),
        ("<!-- table: who-says-what -->", "<!-- table: no-such-table -->"),
    ],
    ids=[
        "statement", "citation-dropped", "other-source", "locator", "speaker", "stance", "date",
        "id", "paragraph-added", "html-added", "heading", "table-dropped", "unknown-table",
    ],
)  # fmt: skip
def test_page_changed_after_the_check_is_refused(
    bare: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    assert (bare / "docs/points/1.md").read_text(encoding="utf-8").count(old) == 1
    add_hook(
        bare,
        "def on_page_markdown(markdown, page, **_):\n"
        "    if page.file.src_uri == 'points/1.md':\n"
        f"        return markdown.replace({old!r}, {new!r})\n"
        "    return markdown\n",
    )
    refuse(bare)
    printed = [line for line in capsys.readouterr().err.splitlines() if _FINDING.match(line)]
    assert [line.split(": ")[1] for line in printed] == ["changed-after-check"]
    assert printed[0].startswith("docs/points/1.md:")


def test_page_changed_by_the_last_hook_is_refused(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_hook(
        bare,
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(-1000)\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown.replace('carry out article 3', 'ignore article 3')\n",
    )
    refuse(bare)
    assert "docs/points/3.md:1:1: changed-after-check: " in capsys.readouterr().err


def test_preview_is_written_where_mkdocs_says(bare: Path, tmp_path: Path) -> None:
    preview = tmp_path / "preview"
    assert build(bare, command="serve", site_dir=str(preview)) == preview
    assert (preview / "claims.json").is_file()
    assert not (bare / "site").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["preview", "small"]


# What readers get: one site with every kind of block, and code examples


CITING = """\
# Citing

The first says so [@gazette1931, p. 1].

The second says so [@gazette1931, p. 2; @minutes1931].

The third was read through another [@olsen1950, p. 12, via @gazette1931].

The same is said again [@minutes1931].
{: #again-a }

The same is said again [@minutes1931].
{: #again-b }

- Item one [@minutes1931, item 4].
    - Item below [@gazette1931].

> Quoted words [@gazette1931, p. 3].
> {: by="Ada Holm" }

| Head     | Other          |
| -------- | -------------- |
| One [@gazette1931]. | Another [@minutes1931]. |

!!! note
    Noted words [@minutes1931].

Term
:   Its meaning [@gazette1931].
"""
QUOTED = """
> Quoted words.
{: by="Ada Holm" at="p. 3" }
"""
CODE = """\
# Code

Inline `[@olsen1950, p. 3]`, `` [@nosuch] `` and `\\[@olsen1950]`.

```
[@olsen1950; @nosuch]
```

~~~ text
@olsen1950 and {{reference olsen1950}}
~~~

    [@olsen1950] indented

- Item

        [@olsen1950] in a list

<pre><code>[@olsen1950] in HTML</code></pre>

One citation outside of code [@minutes1931].
"""
CODE_SHOWN = [
    "[@olsen1950, p. 3]",
    "[@nosuch]",
    "\\[@olsen1950]",
    "[@olsen1950; @nosuch]",
    "@olsen1950 and {{reference olsen1950}}",
    "[@olsen1950] indented",
    "[@olsen1950] in a list",
    "[@olsen1950] in HTML",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_small(tmp_path_factory.mktemp("rich") / "small")
    write(root, "docs/citing.md", CITING)
    write(root, "docs/about/code.md", CODE)
    add(root, "docs/sources/gazette1931.md", QUOTED)
    return build(root)


@pytest.fixture(scope="session")
def site_in_our_dress(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small briefing with the configuration of the project's own site."""
    root = copy_small(tmp_path_factory.mktemp("dress") / "small")
    ours = yaml_load((HOOK.parents[1] / "mkdocs.yml").read_text(encoding="utf-8"))
    theirs = yaml_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    del ours["nav"], ours["watch"]
    ours |= {"hooks": theirs["hooks"], "site_url": "", "edit_uri": ""}
    ours["extra"]["briefing"] = theirs["extra"]["briefing"]
    (bibtex,) = (one["bibtex"] for one in ours["plugins"] if "bibtex" in one)
    bibtex["bib_file"] = "harbour.bib"
    write(root, "mkdocs.yml", yaml.safe_dump(ours, allow_unicode=True))
    shutil.copytree(HOOK.parents[1] / "docs/assets", root / "docs/assets")
    return build(root)


@pytest.fixture(scope="session", params=["site", "site_in_our_dress"])
def any_site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def _pages(folder: Path) -> Iterator[tuple[str, HtmlElement]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), _page(path)


def _page(path: Path) -> HtmlElement:
    return lxml.html.document_fromstring(path.read_bytes())


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_each_citation_leads_to_its_entry_and_back(site: Path) -> None:
    for name, page in _pages(site):
        links = page.xpath("//a[@class='footnote-ref']")
        cited = [(link.get("id"), link.get("href")) for link in links]
        entries = page.xpath("//div[@class='footnote']/ol/li")
        back = [
            (link.get("href").removeprefix("#"), f"#{entry.get('id')}")
            for entry in entries
            for link in entry.xpath(".//a[@class='footnote-backref']")
        ]
        assert sorted(back) == sorted(cited), name
        assert all(entry.xpath(".//a[@class='footnote-backref']") for entry in entries), name
    assert len(_page(site / "citing.html").xpath("//a[@class='footnote-ref']")) == 14


def test_each_page_that_cites_lists_each_source_once(site: Path) -> None:
    for name, page in _pages(site):
        cited = [link.get("href") for link in page.xpath("//a[@class='footnote-ref']")]
        entries = [f"#{item.get('id')}" for item in page.xpath("//div[@class='footnote']/ol/li")]
        assert entries == list(dict.fromkeys(cited)), name
        heads = page.xpath("//div[@class='footnote']/h2[@id='references']")
        assert len(heads) == (1 if cited else 0), name


def test_reference_says_what_the_source_is(site: Path) -> None:
    entries = _page(site / "citing.html").xpath("//div[@class='footnote']/ol/li")
    assert [_text(entry).rstrip("↩ ") for entry in entries] == [
        (
            "Harbour Gazette (1931) ‘The Accord in full’, 5 May. "
            "Newspaper; read in full. Claims that rest on it"
        ),
        (
            "Port Authority (1931) Minutes of the meeting of 4 May. Port Authority. "
            "Available at: https://archive.example.org/minutes/1931?no=4&lang=en. "
            "Minutes; read in excerpt. Claims that rest on it"
        ),
        (
            "Olsen, K. and Berg, N. (1950) Cranes & men: a history. Pier Press. "
            "not read itself: cited through another source. Claims that rest on it"
        ),
    ]
    assert [entry.xpath(".//a[not(@class)]/@href")[-1] for entry in entries] == [
        "sources/gazette1931.html",
        "sources/minutes1931.html",
        "sources/olsen1950.html",
    ]


def test_citation_reads_as_label_and_locator(site: Path) -> None:
    citations = _page(site / "citing.html").xpath("//span[@class='citation']")
    assert [_text(citation) for citation in citations[:3]] == [
        "(Harbour Gazette, 5 May 1931, p. 1 [paper, in full])",
        (
            "(Harbour Gazette, 5 May 1931, p. 2 [paper, in full]; "
            "Port Authority, 4 May 1931 [Minutes, excerpt])"
        ),
        (
            "(Olsen and Berg, 1950, p. 12 [not read], "
            "cited in Harbour Gazette, 5 May 1931 [paper, in full])"
        ),
    ]
    assert len(citations) == 12


def test_citation_through_another_source_leads_to_both(site: Path) -> None:
    (citation,) = _page(site / "citing.html").xpath(
        "//span[@class='citation'][contains(., 'cited in')]"
    )
    assert citation.xpath("./a/@href") == ["#fn:ref-olsen1950", "#fn:ref-gazette1931"]


def test_ids_are_unique_on_each_page(any_site: Path) -> None:
    for name, page in _pages(any_site):
        counts = Counter(page.xpath("//@id"))
        assert [one for one, count in counts.items() if count > 1] == [], name
        assert [one for one in counts if not one or re.search(r"\s", one)] == [], name


def test_code_examples_stay_as_they_are(site: Path) -> None:
    page = _page(site / "about/code.html")
    assert [code.text_content().strip("\n") for code in page.xpath("//code")] == CODE_SHOWN


def test_code_examples_add_no_reference(site: Path) -> None:
    entries = _page(site / "about/code.html").xpath("//div[@class='footnote']/ol/li/@id")
    assert entries == ["fn:ref-minutes1931"]


@pytest.mark.parametrize(
    ("example", "shown"),
    [
        ("Inline `\\bibliography` code.", "\\bibliography"),
        ("Inline `\\full_bibliography` code.", "\\full_bibliography"),
        ("```\n\\bibliography\n```", "\\bibliography\n"),
        ("    \\full_bibliography", "\\full_bibliography\n"),
        ("Inline `{{reference olsen1950}}` code.", "{{reference olsen1950}}"),
    ],
)
def test_code_may_name_what_mkdocs_bibtex_replaces(bare: Path, example: str, shown: str) -> None:
    write(bare, "docs/about/code.md", f"# Code\n\nCited [@minutes1931].\n\n{example}\n")
    page = _page(build(bare) / "about/code.html")
    assert [code.text_content() for code in page.xpath("//code")] == [shown]
    assert page.xpath("//div[@class='footnote']/ol/li/@id") == ["fn:ref-minutes1931"]


@pytest.mark.parametrize(
    "statement",
    [
        "An interval `a[i` is open [@minutes1931, p. 3].",
        "An interval \\[i, k) is open [@minutes1931, p. 3].",
        "The sign `[` opens, `]` closes it [@minutes1931, p. 3].",
        "The sign &#91; opens [@minutes1931, p. 3].",
        "The mail is a@b.org; c@d.org [@minutes1931, p. 3].",
    ],
)
def test_citation_after_a_lone_bracket_has_its_reference(bare: Path, statement: str) -> None:
    write(bare, "docs/brackets.md", f"# Brackets\n\n{statement}\n")
    page = _page(build(bare) / "brackets.html")
    assert page.xpath("//span[@class='citation']/a/@href") == ["#fn:ref-minutes1931"]
    assert page.xpath("//div[@class='footnote']/ol/li/@id") == ["fn:ref-minutes1931"]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The form is `[@key]` or ``@key``", "The form is [@key] or @key."),
        ("Write to <harbour@example.org>", "Write to harbour@example.org."),
    ],
    ids=["code", "mail"],
)
def test_claim_with_an_at_sign_is_exported_as_it_is_shown(
    bare: Path, text: str, statement: str
) -> None:
    write(bare, "docs/case.md", f"{text} [@gazette1931].\n{{: #case-1 }}\n")
    folder = build(bare)
    (shown,) = _page(folder / "case.html").xpath("//*[@id='case-1']")
    assert _text(shown).startswith(f"{statement.rstrip('.')} (Harbour Gazette")
    claims = json.loads((folder / "claims.json").read_bytes())["claims"]
    assert [claim["statement"] for claim in claims if claim["id"] == "case-1"] == [statement]


def test_page_outside_the_briefing_may_cite_what_no_claim_rests_on(bare: Path) -> None:
    add(bare, "harbour.bib", "\n@book{kade1930,\n  author = {Kade, Eva},\n  title = {Quays},\n}\n")
    add(bare, "docs/about/index.md", "\nSee [@kade1930, ch. 2].\n")
    page = _page(build(bare) / "about/index.html")
    assert page.xpath("//div[@class='footnote']/ol/li/@id") == ["fn:ref-kade1930"]


@pytest.mark.parametrize(
    "text",
    [
        "## Heading [@nosuch]\n\nThe port said so [@minutes1931].",
        "| Head [@nosuch] | B |\n| --- | --- |\n| A [@minutes1931]. | C [@minutes1931]. |",
        "Term [@nosuch]\n:   Its meaning [@minutes1931].",
    ],
    ids=["heading", "table-head", "term"],
)
def test_unknown_key_is_found_wherever_it_would_be_rendered(
    bare: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(bare, "docs/extra.md", f"# Extra\n\n{text}\n")
    refuse(bare)
    printed = [line for line in capsys.readouterr().err.splitlines() if _FINDING.match(line)]
    assert len(printed) == 1
    place, rule = printed[0].split(": ")[:2]
    assert place == f"docs/extra.md:3:{text.index('@') + 1}"
    assert rule in ("unknown-key", "malformed-citation")


@pytest.mark.parametrize("name", ["a page", "Порт", "100%", "it's", "a&b", "a+b"])
def test_page_may_have_any_name(bare: Path, name: str) -> None:
    write(bare, f"docs/parties/{name}.md", "# Page\n\nThe port said so [@minutes1931].\n")
    page = _page(build(bare) / f"parties/{name}.html")
    (anchor,) = page.xpath("//p[contains(@class, 'claim')]/@id")
    assert not re.search(r"[\s#%&']", anchor)


# Nothing from elsewhere, and a site that works from a folder


def _asked_for(page: HtmlElement) -> list[str]:
    """Return the addresses that a browser would fetch for a page."""
    names = ("src", "srcset", "poster", "data", "background", "action", "formaction", "style")
    found = [value for name in names for value in page.xpath(f"//@{name}")]
    found += page.xpath("//*[not(self::a)]/@href")
    found += page.xpath("//meta[@http-equiv]/@content")
    found += page.xpath("//style/text()")
    return found


@pytest.mark.parametrize(
    ("made", "asks"),
    [
        ('<script src="https://unpkg.com/x.js"></script>', True),
        ('<link rel="preconnect" href="//fonts.gstatic.com">', True),
        ("<style>@import 'http://e.org/x.css'</style>", True),
        ('<p style="background: url(https://e.org/x.png)">', True),
        ('<a href="https://e.org/">', False),
        ('<link rel="stylesheet" href="assets/x.css">', False),
    ],
)
def test_requests_to_other_hosts_would_be_seen(made: str, asks: bool) -> None:
    page = lxml.html.document_fromstring(f"<html><body>{made}</body></html>")
    assert any(_ELSEWHERE.search(address) for address in _asked_for(page)) is asks


_ELSEWHERE = re.compile(r"(?:\bhttps?:|\bwss?:|^|[\s'\"(])//\w")


def test_no_page_asks_another_host_for_anything(any_site: Path) -> None:
    for name, page in _pages(any_site):
        asked = [one for one in _asked_for(page) if _ELSEWHERE.search(one)]
        assert asked == [], name
        assert "unpkg.com" not in lxml.html.tostring(page, encoding="unicode"), name


def test_no_style_sheet_asks_another_host_for_anything(any_site: Path) -> None:
    sheets = sorted(any_site.rglob("*.css"))
    assert sheets
    for path in sheets:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        targets = re.findall(r"url\(([^)]*)\)|@import\s*([^;]*)", text)
        fetched = [
            one for pair in targets for one in pair if not one.strip(" '\"").startswith("data:")
        ]
        asked = [one for one in fetched if _ELSEWHERE.search(one)]
        assert asked == [], path.name


def test_search_index_knows_each_page_that_someone_wrote(any_site: Path) -> None:
    index = (any_site / "search/search_index.json").read_text(encoding="utf-8")
    for name, _ in _pages(any_site):
        written = name != "404.html" and not name.startswith("sources/")
        assert (f'"location":"{name}"' in index) is written, name


def test_every_link_works_from_a_folder(any_site: Path) -> None:
    pages = dict(_pages(any_site))
    anchors = {name: set(page.xpath("//@id | //a/@name")) for name, page in pages.items()}
    checked = 0
    for name, page in pages.items():
        if name == "404.html":
            continue
        for target in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            parts = urlsplit(target)
            if parts.scheme:
                assert parts.scheme in ("https", "http"), (name, target)
                continue
            checked += 1
            path = PurePosixPath(name).parent.joinpath(unquote(parts.path)) if parts.path else name
            resolved = (any_site / path).resolve()
            assert resolved.is_file(), (name, target)
            leads_to = resolved.relative_to(any_site.resolve()).as_posix()
            if parts.fragment and leads_to in anchors:
                known = anchors[leads_to] | {"__tabbed"}
                assert unquote(parts.fragment) in known, (name, target)
    assert checked > 300


def test_claims_can_be_read_without_scripts(site: Path) -> None:
    page = _page(site / "citing.html")
    claims = page.xpath("//*[contains(concat(' ', @class, ' '), ' claim ')]")
    assert len(claims) == 12
    for claim in claims:
        (own,) = claim.xpath("./*[contains(@class, 'claim-meta')]//a[@class='claim-link']")
        assert own.get("href") == f"#{claim.get('id')}"
        assert own.text == claim.get("id").upper()
