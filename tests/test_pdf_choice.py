"""What someone wants in a pack: points and parties, as they are typed."""

import re

import pytest

from briefing.pdf.choice import pack_name, read_parties, read_points
from briefing.settings import Named, Settings

SETTINGS = Settings(
    points=12,
    parties={
        "port": Named("port", "Port authority"),
        "union": Named("union", "Dockers' union", short="Union"),
        "free-press": Named("free-press", "Вільна преса", short="Преса"),
    },
)
ALLOWED = "use one of: port, union, free-press"


def no_point(word: str) -> str:
    return f"POINTS: there is no point {word!r}; points are numbered 1 to 12"


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("", []),
        ("  ", []),
        (",", []),
        ("6", [6]),
        ("06", [6]),
        ("1,12", [1, 12]),
        ("6,7-9,11", [6, 7, 8, 9, 11]),
        ("6, 7 ,8", [6, 7, 8]),
        ("6 7;8\t9,,10", [6, 7, 8, 9, 10]),
        ("7–9", [7, 8, 9]),
        ("3-3", [3]),
        ("9,2,5", [9, 2, 5]),
        ("2,2,1-3,2", [2, 1, 3]),
    ],
)
def test_points_are_read_each_once_in_the_order_given(given: str, points: list[int]) -> None:
    assert read_points(given, SETTINGS) == points


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ("0", "0"),
        ("13", "13"),
        ("6,999999999999", "999999999999"),
        ("-3", "-3"),
        ("+3", "+3"),
        ("3-", "3-"),
        ("3--5", "3--5"),
        ("9-7", "9-7"),
        ("0-2", "0-2"),
        ("11-13", "11-13"),
        ("1-3-5", "1-3-5"),
        ("1.5", "1.5"),
        ("6,x,99", "x"),
        ("point 6", "point"),
        ("²", "²"),
        ("٣", "٣"),
        ("'6'", "'6'"),
        ("all", "all"),
    ],
)
def test_what_is_no_point_is_refused(given: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(no_point(wrong))}$"):
        read_points(given, SETTINGS)


@pytest.mark.parametrize(
    ("given", "parties"),
    [
        ("", []),
        (" , ;", []),
        ("port", ["port"]),
        ("union,port", ["union", "port"]),
        (" union ; port ", ["union", "port"]),
        ("PORT", ["port"]),
        ("Port authority", ["port"]),
        ("dockers' UNION", ["union"]),
        ("Union", ["union"]),
        ("преса", ["free-press"]),
        ("Вільна преса,free-press,Port authority,port", ["free-press", "port"]),
    ],
)
def test_parties_are_known_by_key_name_and_label(given: str, parties: list[str]) -> None:
    assert read_parties(given, SETTINGS) == parties


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("prot", f"PARTIES: unknown party 'prot'; did you mean 'port'? {ALLOWED}"),
        ("port,Uniom", f"PARTIES: unknown party 'Uniom'; did you mean 'union'? {ALLOWED}"),
        ("city", f"PARTIES: unknown party 'city'; {ALLOWED}"),
        ("port & union", f"PARTIES: unknown party 'port & union'; {ALLOWED}"),
        ("all", f"PARTIES: unknown party 'all'; {ALLOWED}"),
        ("1", f"PARTIES: unknown party '1'; {ALLOWED}"),
        ("../port", f"PARTIES: unknown party '../port'; did you mean 'port'? {ALLOWED}"),
    ],
)
def test_what_is_no_party_is_refused(given: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_parties(given, SETTINGS)


@pytest.mark.parametrize(
    ("points", "parties", "name"),
    [
        ([6], [], "pack-6.pdf"),
        ([], ["port"], "pack-port.pdf"),
        ([6, 7, 21], ["port", "free-press"], "pack-6-7-21-port-free-press.pdf"),
    ],
)
def test_name_of_a_pack_tells_what_is_in_it(
    points: list[int], parties: list[str], name: str
) -> None:
    assert pack_name(points, parties) == name
