import io

import pytest

from briefing.findings import Finding, did_you_mean, one_of
from briefing.report import errors, print_findings, say, summary

KEY = Finding("docs/a.md", 42, 7, "unknown-key", "no entry 'x'", "did you mean 'y'?")
DATE = Finding("docs/b.md", 3, 1, "bad-date", "on: '2024-13-40' is not a date")
OLD = Finding("docs/b.md", 2, 4, "stale-search", "searched long ago", "search", is_warning=True)


@pytest.fixture(autouse=True)
def _not_on_github(monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def printed(*findings):
    stream = io.StringIO()
    print_findings(findings, stream)
    return stream.getvalue()


def test_a_finding_is_one_line():
    assert str(KEY) == "docs/a.md:42:7: unknown-key: no entry 'x'; did you mean 'y'?"


def test_a_finding_without_a_hint():
    assert str(DATE) == "docs/b.md:3:1: bad-date: on: '2024-13-40' is not a date"


def test_a_warning_says_that_it_is_one():
    assert str(OLD) == "docs/b.md:2:4: warning: stale-search: searched long ago; search"


def test_errors_are_the_findings_that_are_no_warnings():
    assert errors([KEY, OLD, DATE]) == [KEY, DATE]
    assert errors([OLD]) == []


def test_findings_sort_by_path_line_and_column():
    places = [("b.md", 1, 1), ("a/b.md", 1, 1), ("a.md", 10, 2), ("a.md", 10, 1), ("a.md", 2, 1)]
    findings = [Finding(*place, "rule", "message") for place in places]
    assert sorted(findings) == findings[::-1]


def test_equal_findings_are_one():
    assert {KEY, Finding(*[getattr(KEY, name) for name in KEY.__dataclass_fields__])} == {KEY}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], "0 findings in 0 files"),
        ([KEY], "1 finding in 1 file"),
        ([KEY, KEY], "2 findings in 1 file"),
        ([KEY, DATE], "2 findings in 2 files"),
        ([KEY] * 1234, "1,234 findings in 1 file"),
        ([KEY, OLD], "1 finding and 1 warning in 2 files"),
        ([DATE, OLD, OLD], "1 finding and 2 warnings in 1 file"),
        ([OLD], "0 findings and 1 warning in 1 file"),
    ],
)
def test_summary(findings, expected):
    assert summary(findings) == expected


def test_each_finding_is_printed_on_its_line():
    assert printed(KEY, DATE) == f"{KEY}\n{DATE}\n"


def test_nothing_is_printed_for_no_findings():
    assert printed() == ""


def test_findings_go_to_standard_error(capsys):
    print_findings([DATE])
    assert capsys.readouterr() == ("", f"{DATE}\n")


def test_what_is_said_goes_to_standard_output(capsys):
    say("No findings")
    assert capsys.readouterr() == ("No findings\n", "")


def test_on_github_each_is_an_annotation_too(monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert printed(KEY, DATE).splitlines() == [
        str(KEY),
        "::error file=docs/a.md,line=42,col=7::unknown-key: no entry 'x'; did you mean 'y'?",
        str(DATE),
        "::error file=docs/b.md,line=3,col=1::bad-date: on: '2024-13-40' is not a date",
    ]


def test_on_github_a_warning_is_annotated_as_one(monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert printed(OLD).splitlines() == [
        str(OLD),
        "::warning file=docs/b.md,line=2,col=4::stale-search: searched long ago; search",
    ]


@pytest.mark.parametrize("value", ["false", "", "1"])
def test_elsewhere_there_are_none(value, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert printed(KEY) == f"{KEY}\n"


def test_signs_of_an_annotation_are_escaped(monkeypatch):
    """As github.com/actions/toolkit escapes them: % CR LF, in properties also : and ,."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    finding = Finding("docs/a,b:c%.md", 1, 2, "rule", "100% of «слово», x: y")
    last = printed(finding).splitlines()[-1]
    assert last == ("::error file=docs/a%2Cb%3Ac%25.md,line=1,col=2::rule: 100%25 of «слово», x: y")


@pytest.mark.parametrize("text", ["two\nlines", "two\r\nlines", "two\rlines", "two\u2028lines"])
def test_a_finding_is_one_line_whatever_it_tells_of(text):
    finding = Finding("docs/a.md", 1, 1, "rule", f"found {text}", f"mend {text}")
    assert len(printed(finding).splitlines()) == 1


def test_an_annotation_is_one_line_too(monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    finding = Finding(
        "docs/a.md", 1, 1, "rule", "found\n::warning::b", "mend\r\n::stop-commands::c"
    )
    first, second = printed(finding).splitlines()
    assert first.startswith("docs/a.md:1:1: rule: found")
    assert second.startswith("::error file=docs/a.md,line=1,col=1::rule: found")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("koshiw2052", "did you mean 'koshiw2025'?"),
        ("Koshiw2025", "did you mean 'koshiw2025'?"),
        ("KOSHIW", "did you mean 'koshiw2025'?"),
        ("mils2025", "did you mean 'Mills2025'?"),
        ("zzz", "otherwise"),
        ("", "otherwise"),
    ],
)
def test_did_you_mean(given, hint):
    assert did_you_mean(given, ["koshiw2025", "Mills2025"], "otherwise") == hint


def test_did_you_mean_of_nothing():
    assert did_you_mean("a", []) == ""


def test_one_of():
    assert one_of({"for": 1, "against": 2}) == "use one of: for, against"
