"""How old searches are: a warning past the limit, and the oldest told in the last line."""

import datetime
import io
import re
from pathlib import Path

import pytest
from building import build, edit, refuse, run, temporary_folders, undress, write

from briefing.__main__ import main
from briefing.briefing import read_briefing
from briefing.findings import Finding
from briefing.report import errors, print_findings, summary
from briefing.rules import RULES, check, freshness

SEARCHED = datetime.date(1999, 12, 31)
"""When the small briefing says its sources were last searched, on the pages of two parties."""
PORT, PRESS = "docs/parties/port.md", "docs/parties/press.md"
OLDEST = f"oldest search of the sources 31 December 1999 ({PORT})"
TIMELINE = """\
---
timeline: {{searched: {0}}}
---
# Timeline

The strike began [@gazette1931].
{{: on="1931-05" }}
"""
SLIP = ("docs/case.md", "# Case\n\nNobody said so.\n")


@pytest.fixture(autouse=True)
def _not_on_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def limit(root: Path, days: object) -> Path:
    edit(root, "mkdocs.yml", "points: 5\n", f"points: 5\n    stale_after: {days}\n")
    return root


def pass_days(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let it be so many days after the search."""
    monkeypatch.setattr(freshness, "today", lambda: SEARCHED + datetime.timedelta(days))


def stale(root: Path) -> list[tuple[str, int, str]]:
    """Return where searches are found to be old, and what is said of them."""
    briefing = read_briefing(root)
    found = check(briefing)
    assert found == sorted(RULES["stale-search"](briefing))
    assert all(finding.is_warning for finding in found)
    return [(finding.path, finding.line, finding.message) for finding in found]


# The limit


@pytest.mark.parametrize(
    ("days", "is_stale"),
    [(-1, False), (0, False), (1, False), (29, False), (30, False), (31, True), (9999, True)],
)
def test_search_is_stale_a_day_past_the_limit(
    small: Path, monkeypatch: pytest.MonkeyPatch, days: int, is_stale: bool
) -> None:
    limit(small, 30)
    pass_days(monkeypatch, days)
    message = "sources were last searched on 1999-12-31, over 30 days ago"
    both = [(PORT, 3, message), (PRESS, 3, message)]
    assert stale(small) == (both if is_stale else [])


def test_least_limit_is_a_day(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(small, 1)
    pass_days(monkeypatch, 1)
    assert stale(small) == []
    pass_days(monkeypatch, 2)
    assert [path for path, _, _ in stale(small)] == [PORT, PRESS]


def test_without_a_limit_no_search_is_stale(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pass_days(monkeypatch, 999_999)
    assert stale(small) == []


def test_clock_is_read_where_there_is_no_other(small: Path) -> None:
    days = (datetime.datetime.now(tz=datetime.UTC).date() - SEARCHED).days
    limit(small, days + 2)  # a midnight may pass
    assert stale(small) == []
    edit(small, "mkdocs.yml", f"stale_after: {days + 2}", f"stale_after: {days - 1}")
    assert [path for path, _, _ in stale(small)] == [PORT, PRESS]


def test_warning_tells_where_and_what_to_do(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(small, 30)
    pass_days(monkeypatch, 31)
    first, _ = check(read_briefing(small))
    line = (small / PORT).read_text(encoding="utf-8").splitlines()[2]
    assert str(first) == (
        f"{PORT}:3:{line.index('searched') + 1}: warning: stale-search: sources were last searched "
        "on 1999-12-31, over 30 days ago; search again, and renew the date"
    )


# Several searches


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (30, []),
        (31, [PORT, PRESS]),
        (32, [PORT, PRESS]),
        (33, [PORT, PRESS, "docs/timeline.md"]),
    ],
)
def test_each_search_is_stale_in_its_time(
    small: Path, monkeypatch: pytest.MonkeyPatch, days: int, found: list[str]
) -> None:
    write(limit(small, 30), "docs/timeline.md", TIMELINE.format("2000-01-02"))
    pass_days(monkeypatch, days)
    assert [path for path, _, _ in stale(small)] == found


def test_position_is_that_of_the_date(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TIMELINE.format("1999-12-30").replace(
        "{searched: 1999-12-30}", "\n  # a remark\n  searched: 1999-12-30"
    )
    write(limit(small, 31), "docs/timeline.md", text)
    pass_days(monkeypatch, 31)
    assert stale(small) == [
        ("docs/timeline.md", 4, "sources were last searched on 1999-12-30, over 31 days ago")
    ]


@pytest.mark.parametrize(
    ("searched", "oldest"),
    [
        ("2000-01-02", OLDEST),
        ("1999-12-31", OLDEST),
        ("1999-12-30", "oldest search of the sources 30 December 1999 (docs/timeline.md)"),
        ("1998-12-31", "oldest search of the sources 31 December 1998 (docs/timeline.md)"),
    ],
)
def test_oldest_search_is_in_the_last_line_of_the_check(
    small: Path, capsys: pytest.CaptureFixture[str], searched: str, oldest: str
) -> None:
    write(small, "docs/timeline.md", TIMELINE.format(searched))
    assert main(["check", "--root", str(small)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    (last,) = told.out.splitlines()
    assert re.fullmatch(rf"no findings: .* {len(RULES)} rules; {re.escape(oldest)}", last)


def _search_nothing(root: Path) -> None:
    """Leave no word of a search: each party then has a position on each point."""
    for page, points in ((PORT, '"1 2 3"'), (PRESS, '"1"')):
        text = (root / page).read_text(encoding="utf-8")
        write(root, page, re.sub(r"no_position: .*\n", "", text))
        edit(root, page, f"points={points}", 'points="1 2 3 4 5"')


def test_last_lines_say_nothing_of_a_search_where_there_was_none(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _search_nothing(limit(undress(small), 1))
    briefing = read_briefing(small)
    assert (briefing.searches, briefing.oldest_search, briefing.as_of) == ([], "", "")
    assert main(["check", "--root", str(small)]) == 0
    assert capsys.readouterr().out.endswith(f"{len(RULES)} rules\n")
    last = run(small).stdout.splitlines()[-1]
    assert re.fullmatch(r"No findings: [^;]* pages\. Open .*", last)


# A warning lets everything pass


@pytest.fixture
def late(small: Path) -> Path:
    """The small briefing, searched too long ago for whatever day it is."""
    return limit(undress(small), 30)


WARNING = re.compile(r"(\S+):3:\d+: warning: stale-search: sources were last searched on \S+, over")


def warned(output: str) -> list[str]:
    return WARNING.findall(output)


@pytest.mark.parametrize("command", ["check", "ids"])
def test_command_warns_and_passes(
    late: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "--root", str(late)]) == 0
    told = capsys.readouterr()
    assert warned(told.err) == [PORT, PRESS]
    assert len(told.err.splitlines()) == 2
    assert len(told.out.splitlines()) == 1
    if command == "check":
        assert told.out.endswith(f"; {OLDEST}\n")


@pytest.mark.parametrize("flags", [(), ("--strict",), ("-q", "--strict")], ids=" ".join)
def test_build_warns_and_is_made(late: Path, flags: tuple[str, ...]) -> None:
    write(late, "site/index.html", "the last good site")
    done = run(late, *flags)
    assert done.returncode == 0, done.stderr
    assert warned(done.stderr) == [PORT, PRESS]
    assert (late / "site/index.html").read_text(encoding="utf-8") != "the last good site"
    assert temporary_folders(late) == []
    last = done.stdout.splitlines()[-1]
    assert re.fullmatch(rf"No findings: .* pages; {re.escape(OLDEST)}\. Open .*", last)


def test_build_of_fresh_searches_warns_of_nothing(
    late: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pass_days(monkeypatch, 30)
    build(late)
    assert warned(capsys.readouterr().err) == []
    pass_days(monkeypatch, 31)
    build(late)
    assert warned(capsys.readouterr().err) == [PORT, PRESS]


def test_site_is_the_same_with_a_warning_and_without(
    late: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_days(monkeypatch, 30)
    fresh = (build(late) / "claims.json").read_bytes(), (late / "site/index.html").read_bytes()
    pass_days(monkeypatch, 31)
    assert (
        (build(late) / "claims.json").read_bytes(),
        (late / "site/index.html").read_bytes(),
    ) == fresh


# An error beside it does not


def test_check_prints_both_and_fails(late: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(late, *SLIP)
    assert main(["check", "--root", str(late)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    first, *_, last = lines = told.err.splitlines()
    assert first.startswith("docs/case.md:3:1: uncited-claim: ")
    assert warned(told.err) == [PORT, PRESS]
    assert last == "1 finding and 2 warnings in 3 files"
    assert len(lines) == 4


def test_ids_are_not_given_beside_an_error(late: Path) -> None:
    before = (late / PORT).read_bytes()
    write(late, *SLIP)
    assert main(["ids", "--root", str(late)]) == 1
    assert (late / PORT).read_bytes() == before


def test_build_prints_both_and_is_not_made(
    late: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    write(late, "site/index.html", "the last good site")
    write(late, *SLIP)
    refuse(late)
    told = capsys.readouterr().err
    assert warned(told) == [PORT, PRESS]
    assert told.count("docs/case.md:3:1: uncited-claim: ") == 1
    assert "1 finding and 2 warnings in 3 files; the last good site is left" in caplog.text
    assert (late / "site/index.html").read_text(encoding="utf-8") == "the last good site"


# In reports

ERROR = Finding("docs/a.md", 4, 7, "unknown-key", "no entry 'x'", "mend it")
STALE = Finding("docs/b.md", 3, 9, "stale-search", "searched long ago", "search again", True)
OTHER = Finding("docs/a.md", 9, 1, "stale-search", "searched long ago", "search again", True)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([STALE], "0 findings and 1 warning in 1 file"),
        ([STALE, OTHER], "0 findings and 2 warnings in 2 files"),
        ([ERROR, STALE], "1 finding and 1 warning in 2 files"),
        ([ERROR, OTHER], "1 finding and 1 warning in 1 file"),
        ([ERROR, ERROR, STALE], "2 findings and 1 warning in 2 files"),
        ([ERROR] * 1234 + [STALE] * 2345, "1,234 findings and 2,345 warnings in 2 files"),
    ],
)
def test_summary_counts_warnings_apart(findings: list[Finding], expected: str) -> None:
    assert summary(findings) == expected


def test_errors_are_what_is_no_warning() -> None:
    assert errors([STALE, ERROR, OTHER]) == [ERROR]
    assert errors([STALE]) == []


def test_warning_says_that_it_is_one() -> None:
    told = "docs/b.md:3:9: warning: stale-search: searched long ago; search again"
    assert str(STALE) == told


def test_on_github_it_is_annotated_as_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    stream = io.StringIO()
    print_findings([ERROR, STALE], stream)
    assert stream.getvalue().splitlines() == [
        str(ERROR),
        "::error file=docs/a.md,line=4,col=7::unknown-key: no entry 'x'; mend it",
        str(STALE),
        "::warning file=docs/b.md,line=3,col=9::stale-search: searched long ago; search again",
    ]


def test_check_on_github_annotates_and_passes(
    late: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check", "--root", str(late)]) == 0
    found = re.findall(r"(?m)^::(\w+) file=([^,]+),line=3,", capsys.readouterr().err)
    assert found == [("warning", PORT), ("warning", PRESS)]


# The setting


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("0", "stale_after is 0; give a number of days"),
        ("-30", "stale_after is -30; give a number of days"),
        ("true", "stale_after is True; give a whole number"),
        ("30.5", "stale_after is 30.5; give a whole number"),
        ("'30'", "stale_after is '30'; give a whole number"),
        ("30 days", "stale_after is '30 days'; give a whole number"),
        ("[30]", "stale_after is [30]; give a whole number"),
        ("", "stale_after is None; give a whole number"),
    ],
)
def test_limit_is_a_whole_number_of_days(small: Path, given: str, told: str) -> None:
    limit(small, given)
    config = (small / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(config, 1) if "stale_after" in one)
    (found,) = check(read_briefing(small))
    assert str(found) == f"mkdocs.yml:{line}:5: bad-config: {told}"


@pytest.mark.parametrize("given", ["1", "183", "1_000_000_000"])
def test_any_number_of_days_will_do(
    small: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    limit(small, given)
    pass_days(monkeypatch, 1)
    assert stale(small) == []
    assert read_briefing(small).settings.stale_after == int(given)
