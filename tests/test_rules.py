"""For every rule a fault is planted in a copy of the real site, and found at its line.

A site takes more than a second to read, so faults that leave each other alone are planted in one
copy. What is found there must be exactly what the plants of the copy name: each its own finding
and, where a fault cannot come alone, what follows from it.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from briefing.briefing import read_briefing
from briefing.findings import Finding
from briefing.report import errors
from briefing.rules import RULES, check

ROOT = Path(__file__).parents[1]
PARTS = ("mkdocs.yml", "references.bib", "styles", "fonts", "docs")

CONFIG, BIBLIOGRAPHY = "mkdocs.yml", "references.bib"


class Place(NamedTuple):
    """Where a finding must be."""

    rule: str
    path: str
    line: int


class Site:
    """A copy of the real site in which faults are planted; every change returns its line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in PARTS:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, root / part)
        keys = re.findall(r"^@\w+\{([\w-]+),", self.read(BIBLIOGRAPHY), re.MULTILINE)
        self.key = keys[0]
        """The key of a source."""
        # The day on which the tests run makes no search stale: only one of 1991 is.
        self.replace(CONFIG, r"    stale_after: \d+", "    stale_after: 9000")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str, encoding: str = "utf-8") -> None:
        (self.root / path).write_bytes(text.encode(encoding))

    def add(self, path: str, text: str) -> int:
        """Put text at the end of a file."""
        before = self.read(path).rstrip("\n") + "\n\n"
        self.write(path, f"{before}{text}\n")
        return before.count("\n") + 1

    def key_with(self, field: str) -> str:
        """Return the key of the first source whose record has a field, given by a pattern."""
        entries = re.split(r"^(?=@)", self.read(BIBLIOGRAPHY), flags=re.MULTILINE)
        entry = next(one for one in entries if re.search(f"^  {field}", one, re.MULTILINE))
        return entry[entry.index("{") + 1 : entry.index(",")]

    def add_claim(self, path: str, attributes: str) -> int:
        """Put a claim with attributes at the end of a page; return the line of the attributes."""
        return self.add(path, f"A claim [@{self.key}].\n{{: {attributes} }}") + 1

    def replace(self, path: str, pattern: str, new: str) -> int:
        """Replace the first match of a pattern of one line; it begins where a line does."""
        text = self.read(path)
        match = re.search(f"^{pattern}", text, re.MULTILINE)
        assert match, f"{pattern} is not in {path}"
        self.write(path, text[: match.start()] + new + text[match.end() :])
        return text.count("\n", 0, match.start()) + 1


def point(number: int) -> str:
    return f"docs/points/{number:02}.md"


def party(name: str) -> str:
    return f"docs/parties/{name}.md"


def extracts(key: str) -> str:
    return f"docs/sources/{key}.md"


Plant = Callable[[Site], Iterator[Place | tuple[str, int]]]
PLANTS: dict[str, dict[str, Plant]] = defaultdict(dict)
"""By copy, then by rule: what plants the rule's fault and says where findings must be."""


def plant(copy: str) -> Callable[[Plant], Plant]:
    """Register a function under the copy it goes into; its name is the rule's.

    It yields the path and line of the rule's findings, and a Place for those of other rules.
    """

    def register(function: Plant) -> Plant:
        PLANTS[copy][function.__name__.replace("_", "-")] = function
        return function

    return register


# The settings: nothing else is checked until they are right.


@plant("settings")
def bad_config(site: Site) -> Iterator[tuple[str, int]]:
    yield CONFIG, site.replace(CONFIG, r"    points: \d+$", "    points: many")


# Pages.


@plant("pages")
def not_utf8(site: Site) -> Iterator[tuple[str, int]]:
    site.write("docs/points/cafe.md", f"# A page\n\nA café [@{site.key}].\n", "latin-1")
    yield "docs/points/cafe.md", 3


@plant("pages")
def broken_front_matter(site: Site) -> Iterator[tuple[str, int]]:
    page = "docs/compare/index.md"
    site.write(page, "---\ntitle: [Compare]]\n---\n" + site.read(page))
    yield page, 2


@plant("pages")
def misplaced_front_matter(site: Site) -> Iterator[tuple[str, int]]:
    page = "docs/compare/texts.md"
    site.write(page, "\n" + site.read(page))
    yield page, 2


@plant("pages")
def unknown_front_matter(site: Site) -> Iterator[tuple[str, int]]:
    yield point(28), site.replace(point(28), "theme:", "weather: fine\ntheme:")


@plant("pages")
def unknown_attribute(site: Site) -> Iterator[tuple[str, int]]:
    yield point(1), site.add_claim(point(1), 'stanse="rejects"')


@plant("pages")
def stray_attributes(site: Site) -> Iterator[tuple[str, int]]:
    yield point(2), site.add(point(2), f"A claim [@{site.key}].\n\n{{: .editorial }}") + 2


@plant("pages")
def raw_html(site: Site) -> Iterator[tuple[str, int]]:
    yield point(3), site.add(point(3), "<div>A claim.</div>")


@plant("pages")
def own_footnote(site: Site) -> Iterator[tuple[str, int]]:
    yield point(4), site.add(point(4), f"A claim[^1] [@{site.key}].\n\n[^1]: A footnote.")


@plant("pages")
def unknown_table(site: Site) -> Iterator[tuple[str, int]]:
    yield point(5), site.add(point(5), "<!-- table: positons -->")


@plant("pages")
def bad_print(site: Site) -> Iterator[tuple[str, int]]:
    yield point(24), site.replace(point(24), "theme:", "print: maybe\ntheme:")


@plant("pages")
def missing_alt(site: Site) -> Iterator[tuple[str, int]]:
    picture = "../assets/briefing.png"
    yield point(25), site.add(point(25), f"![]({picture})\n\n![A page]({picture})")


@plant("pages")
def unprintable_letter(site: Site) -> Iterator[tuple[str, int]]:
    yield point(26), site.add(point(26), f"The Old Italic \U00010300 [@{site.key}].")


@plant("pages")
def unknown_party(site: Site) -> Iterator[tuple[str, int]]:
    yield point(6), site.add_claim(point(6), 'party="ukrainian"')
    yield point(6), site.add_claim(point(6), 'binds="ukrainian"')


@plant("pages")
def unknown_stance(site: Site) -> Iterator[tuple[str, int]]:
    yield point(7), site.add_claim(point(7), 'stance="doubts"')


@plant("pages")
def unknown_text(site: Site) -> Iterator[tuple[str, int]]:
    yield point(8), site.add_claim(point(8), 'text="us-29"')


@plant("pages")
def unknown_theme(site: Site) -> Iterator[tuple[str, int]]:
    yield point(9), site.replace(point(9), "theme: .*$", "theme: weather")


@plant("pages")
def unknown_point(site: Site) -> Iterator[tuple[str, int]]:
    yield point(10), site.add_claim(point(10), 'points="0"')


@plant("pages")
def bad_date(site: Site) -> Iterator[tuple[str, int]]:
    yield point(11), site.add_claim(point(11), 'on="2025-11-31"')


@plant("pages")
def malformed_citation(site: Site) -> Iterator[tuple[str, int]]:
    yield point(12), site.add(point(12), f"A claim [@{site.key} p. 3].")


@plant("pages")
def unknown_key(site: Site) -> Iterator[tuple[str, int]]:
    yield point(13), site.add(point(13), "A claim [@nobody1900].")


@plant("pages")
def uncited_claim(site: Site) -> Iterator[tuple[str, int]]:
    yield point(14), site.add(point(14), "A claim.")


@plant("pages")
def text_after_citation(site: Site) -> Iterator[tuple[str, int]]:
    yield point(15), site.add(point(15), f"A claim [@{site.key}].\nAnother one.") + 1


@plant("pages")
def duplicate_anchor(site: Site) -> Iterator[tuple[str, int]]:
    yield point(16), site.add_claim(point(16), "#p16-1")


@plant("pages")
def broken_link(site: Site) -> Iterator[tuple[str, int]]:
    yield point(17), site.add(point(17), f"A [link](29.md) [@{site.key}].")


@plant("pages")
def lost_anchor(site: Site) -> Iterator[tuple[str, int]]:
    link = "[link](../about/contribute.md#nowhere)"
    yield point(18), site.add(point(18), f"A {link} [@{site.key}].")


# What a briefing must have.


@plant("a point more")
def missing_point_page(site: Site) -> Iterator[Place | tuple[str, int]]:
    site.replace(CONFIG, r"    points: 28$", "    points: 29")
    yield CONFIG, 1
    for page in ("analysts", "europe", "russia", "ukraine", "united-states"):
        line = site.replace(party(page), "no_position:", "no_position:")
        yield Place("unknown-position", party(page), line)


@plant("coverage")
def duplicate_point_page(site: Site) -> Iterator[tuple[str, int]]:
    site.write("docs/points/zz.md", "---\ntheme: territory\npoint: 7\n---\n# Again\n")
    yield "docs/points/zz.md", 3


@plant("coverage")
def missing_party_page(site: Site) -> Iterator[tuple[str, int]]:
    site.replace(CONFIG, "    parties:$", "    parties:\n      moldova: Moldova")
    yield CONFIG, 1


@plant("coverage")
def duplicate_party_page(site: Site) -> Iterator[tuple[str, int]]:
    site.write(party("zz"), "---\ntitle: Again\nparty: ukraine\n---\n# Again\n")
    yield party("zz"), 3


@plant("coverage")
def bad_no_position(site: Site) -> Iterator[tuple[str, int]]:
    line = site.replace(party("russia"), r"  searched: .*$", "  searched: 2026")
    yield party("russia"), line - 1


@plant("coverage")
def unknown_position(site: Site) -> Iterator[tuple[str, int]]:
    several = r"  points: \[\d+, "
    pages = map(party, ("united-states", "europe", "analysts"))
    page = next(one for one in pages if re.search(f"^{several}", site.read(one), re.MULTILINE))
    yield page, site.replace(page, several, "  points: [") - 2


@plant("coverage")
def contradicted_silence(site: Site) -> Iterator[tuple[str, int]]:
    yield party("ukraine"), site.replace(party("ukraine"), r"  points: \[", "  points: [21, ")


# Timelines, differences, glossaries.


TIMELINE, DIFFERENCES, GLOSSARY = (
    "docs/timeline.md",
    "docs/compare/differences.md",
    "docs/glossary.md",
)


@plant("kinds of page")
def bad_timeline(site: Site) -> Iterator[tuple[str, int]]:
    line = site.replace(TIMELINE, r"  searched: .*$", "  searched: 2026-11")
    yield TIMELINE, line - 1


@plant("kinds of page")
def undated_event(site: Site) -> Iterator[tuple[str, int]]:
    yield TIMELINE, site.add(TIMELINE, f"A claim [@{site.key}].")


@plant("kinds of page")
def unordered_event(site: Site) -> Iterator[tuple[str, int]]:
    yield TIMELINE, site.add_claim(TIMELINE, 'on="1991-12-26"') - 1


@plant("kinds of page")
def misplaced_parties(site: Site) -> Iterator[tuple[str, int]]:
    yield point(1), site.add_claim(point(1), 'parties="russia ukraine"')


@plant("kinds of page")
def lone_version(site: Site) -> Iterator[tuple[str, int]]:
    site.add(DIFFERENCES, "### One more")
    yield DIFFERENCES, site.add_claim(DIFFERENCES, 'version="This"') - 1


@plant("kinds of page")
def hidden_difference(site: Site) -> Iterator[tuple[str, int]]:
    site.replace(point(7), "<!-- table: differences -->$", "")
    yield point(7), 1


@plant("kinds of page")
def undefined_term(site: Site) -> Iterator[tuple[str, int]]:
    yield GLOSSARY, site.add(GLOSSARY, "Russia\n:   <!-- to come -->")


@plant("kinds of page")
def duplicate_term(site: Site) -> Iterator[tuple[str, int]]:
    text = site.read(GLOSSARY)
    (term,) = re.findall(
        r"\A.*?^([A-Z][^\n{]*?)(?: \{:[^\n]*)?\n:   ", text, re.DOTALL | re.MULTILINE
    )
    yield GLOSSARY, site.add(GLOSSARY, f"{term}\n:   Again.\n    {{: .editorial }}")


@plant("kinds of page")
def unused_term(site: Site) -> Iterator[tuple[str, int]]:
    definition = "Zyzzyva\n:   A weevil.\n    {: .editorial }"
    yield GLOSSARY, site.add(GLOSSARY, definition)


# Evidence: what is quoted, counted and kept of sources, and how old the searches are.


@plant("evidence")
def misquotation(site: Site) -> Iterator[tuple[str, int]]:
    yield point(1), site.add(point(1), f'A claim of "words never said" [@{site.key}].')


@plant("evidence")
def unsupported_figure(site: Site) -> Iterator[tuple[str, int]]:
    yield point(2), site.add(point(2), f"A claim of\n4,711 crowns [@{site.key}].") + 1


@plant("evidence")
def bad_arithmetic(site: Site) -> Iterator[tuple[str, int]]:
    yield point(3), site.add_claim(point(3), 'arithmetic="2 + 2 = 5"')


@plant("evidence")
def bad_extract(site: Site) -> Iterator[tuple[str, int]]:
    page = extracts(site.key)
    yield page, site.add(page, "A note.")


@plant("evidence")
def unknown_source(site: Site) -> Iterator[tuple[str, int]]:
    site.write(extracts("nobody1900"), 'A note.\n{: at="p. 1" }\n')
    yield extracts("nobody1900"), 1


@plant("evidence")
def long_extract(site: Site) -> Iterator[tuple[str, int]]:
    page = extracts(site.key)
    yield page, site.add(page, f'A note{" that goes on" * 8}.\n{{: at="p. 1" }}')


@plant("evidence")
def unread_source(site: Site) -> Iterator[tuple[str, int]]:
    key = site.key_with(r"consulted *= \{via\}")
    yield point(4), site.add(point(4), f"A claim [@{key}].")


@plant("evidence")
def relay_alone(site: Site) -> Iterator[tuple[str, int]]:
    key = site.key_with(r"original *= ")
    yield point(5), site.add(point(5), f"A claim [@{key}].")


@plant("evidence")
def stale_search(site: Site) -> Iterator[tuple[str, int]]:
    page = party("russia")
    yield page, site.replace(page, r"  searched: .*$", "  searched: 1991-12-26")


# The bibliography.


@plant("bibliography")
def duplicate_key(site: Site) -> Iterator[tuple[str, int]]:
    entry = f"@misc{{{site.key.upper()}, title = {{Again}}, publisher = {{Nobody}}}}"
    yield BIBLIOGRAPHY, site.add(BIBLIOGRAPHY, entry)


@plant("bibliography")
def bad_key(site: Site) -> Iterator[Place | tuple[str, int]]:
    line = site.add(BIBLIOGRAPHY, "@misc{a:1900, title = {A}, publisher = {Nobody}}")
    yield BIBLIOGRAPHY, line
    yield Place("unused-entry", BIBLIOGRAPHY, line)


@plant("bibliography")
def unknown_entry_type(site: Site) -> Iterator[tuple[str, int]]:
    yield BIBLIOGRAPHY, site.replace(BIBLIOGRAPHY, r"@article\{", "@newspaper{")


@plant("bibliography")
def missing_field(site: Site) -> Iterator[tuple[str, int]]:
    site.add("docs/about/index.md", "A claim [@b1900].")
    yield BIBLIOGRAPHY, site.add(BIBLIOGRAPHY, "@article{b1900, title = {B}}")


@plant("bibliography")
def bad_url(site: Site) -> Iterator[tuple[str, int]]:
    yield BIBLIOGRAPHY, site.replace(BIBLIOGRAPHY, r" *url *= \{https://", "  url = {")


@plant("bibliography")
def duplicate_source(site: Site) -> Iterator[tuple[str, int]]:
    urls = re.findall(r"^  url *= \{(.*)\}", site.read(BIBLIOGRAPHY), re.MULTILINE)
    entry = f"@misc{{e1900, title = {{E}}, publisher = {{Nobody}},\n  url = {{{urls[5]}}}}}"
    site.add("docs/about/index.md", "A claim [@e1900].")
    yield BIBLIOGRAPHY, site.add(BIBLIOGRAPHY, entry) + 1


@plant("bibliography")
def bad_entry_date(site: Site) -> Iterator[tuple[str, int]]:
    yield BIBLIOGRAPHY, site.replace(BIBLIOGRAPHY, r" *date *= \{.*\}", "  date = {2025-11-31}")


@plant("bibliography")
def bad_record(site: Site) -> Iterator[tuple[str, int]]:
    yield BIBLIOGRAPHY, site.replace(BIBLIOGRAPHY, r" *kind *= \{.*\}", "  kind = {rumour}")
    yield BIBLIOGRAPHY, site.replace(BIBLIOGRAPHY, r" *consulted *= \{.*\}", "  consulted = {no}")


@plant("bibliography")
def unused_entry(site: Site) -> Iterator[tuple[str, int]]:
    entry = "@misc{c1900, title = {C}, publisher = {Nobody}}"
    yield BIBLIOGRAPHY, site.add(BIBLIOGRAPHY, entry)


@plant("bibliography")
def bib_syntax(site: Site) -> Iterator[tuple[str, int]]:
    """Goes last, as nothing is read behind a record without its closing brace."""
    yield BIBLIOGRAPHY, site.add(BIBLIOGRAPHY, "@misc{d1900,\n  title = {D},\n")


class Result(NamedTuple):
    expected: list[Place]
    found: list[Finding]

    def of_rule(self, name: str) -> tuple[list[Place], list[Place]]:
        return (
            [place for place in self.expected if place.rule == name],
            [place_of(finding) for finding in self.found if finding.rule == name],
        )


def place_of(finding: Finding) -> Place:
    return Place(finding.rule, finding.path, finding.line)


@cache
def check_copy(copy: str) -> Result:
    """Plant the faults of a copy, all of them, and check it once."""
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        expected = [
            place if isinstance(place, Place) else Place(name, *place)
            for name, function in PLANTS[copy].items()
            for place in function(site)
        ]
        return Result(sorted(expected), check(read_briefing(site.root)))


RULES_PLANTED = [(copy, name) for copy, plants in PLANTS.items() for name in plants]


def test_every_rule_has_a_plant() -> None:
    assert sorted(name for _, name in RULES_PLANTED) == sorted(RULES)


def test_real_site_has_no_findings() -> None:
    """Warnings are left out: they come with time."""
    assert errors(check(read_briefing(ROOT))) == []


@pytest.mark.parametrize(("copy", "name"), RULES_PLANTED, ids=[name for _, name in RULES_PLANTED])
def test_rule_finds_its_fault_in_the_real_site(copy: str, name: str) -> None:
    expected, found = check_copy(copy).of_rule(name)
    assert sorted(found) == expected
    assert expected


@pytest.mark.parametrize("copy", PLANTS)
def test_nothing_is_found_beside_the_faults(copy: str) -> None:
    expected, found = check_copy(copy)
    assert [finding for finding in found if place_of(finding) not in expected] == []
    assert sorted(place_of(finding) for finding in found) == expected
    assert found == sorted(found)
