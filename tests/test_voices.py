"""Whose voice a source is to a party."""

import re

import pytest

from briefing.bibliography import Entry, Field
from briefing.settings import Named, Settings
from briefing.voices import Voice, side_of, voice_of

OWN, HOME, OTHERS = Voice.OWN, Voice.HOME, Voice.OTHERS
SETTINGS = Settings(
    parties={
        "port": Named("port", "Port", outlets=("Port Authority", "Quay Times", "R&D", "Both")),
        "union": Named("union", "Union", outlets=("Робітник", "Both", "quay times")),
        "city": Named("city", "City"),
        "press": Named("press", "Press", voice=True, outlets=("Gazette",)),
    },
    kinds={
        "speech": Named("speech", "Speech", own=True),
        "paper": Named("paper", "Newspaper"),
        "essay": Named("essay", "Essay", voice=True),
        "sermon": Named("sermon", "Sermon", own=True, voice=True),
    },
)


def entry(**fields: str) -> Entry:
    made = {name: Field(re.sub("[{}]", "", raw), raw, 1) for name, raw in fields.items()}
    return Entry("k", "misc", made, 1)


@pytest.mark.parametrize(
    ("fields", "side"),
    [
        ({"journaltitle": "Quay Times"}, "port"),
        ({"organization": "Quay Times"}, "port"),
        ({"institution": "Port Authority"}, "port"),
        ({"publisher": "Gazette"}, "press"),
        ({"howpublished": "Gazette"}, "press"),
        ({"publisher": "R&D"}, "port"),
        ({"journaltitle": "Робітник"}, "union"),
        ({"journaltitle": "Gazette", "publisher": "Quay Times"}, "press"),
        ({"author": "{Port Authority}"}, "port"),
        ({"author": "{Port Authority}", "journaltitle": "Gazette"}, "port"),
        ({"author": "{Nobody}", "journaltitle": "Gazette"}, ""),
        ({"author": "{Nobody} and {Port Authority}", "journaltitle": "Gazette"}, "port"),
        ({"author": "Holm, Ada and {Gazette}", "journaltitle": "Quay Times"}, "press"),
        ({"author": "Holm, Ada", "journaltitle": "Quay Times"}, "port"),
        ({"author": "Gazette, Ada", "journaltitle": "Quay Times"}, "port"),
        ({"author": "Gazette, Ada"}, ""),
        ({"editor": "{Gazette}"}, ""),
        ({"journaltitle": "quay times"}, "union"),
        ({"journaltitle": "Quay Times Weekly"}, ""),
        ({"journaltitle": "Times"}, ""),
        ({"title": "Gazette"}, ""),
        ({"journaltitle": "Both"}, "port"),
        ({}, ""),
    ],
)
def test_side_is_that_of_the_organisation_or_else_of_the_publisher(
    fields: dict[str, str], side: str
) -> None:
    assert side_of(entry(**fields), SETTINGS) == side


def test_nobody_has_a_side_where_no_outlets_are_listed() -> None:
    settings = Settings(parties={"port": Named("port", "Port Authority")})
    assert side_of(entry(author="{Port Authority}", journaltitle="port"), settings) == ""
    assert side_of(entry(), settings) == ""


@pytest.mark.parametrize(
    ("kind", "outlet", "party", "voice"),
    [
        # An official text or speech: a party's own unless it is known to be another's.
        ("speech", "Port Authority", "port", OWN),
        ("speech", "Somebody", "port", OWN),
        ("speech", "", "city", OWN),
        ("speech", "Port Authority", "union", OTHERS),
        ("speech", "Port Authority", "city", OTHERS),
        ("speech", "Port Authority", "press", OTHERS),
        # A report: from home or by others.
        ("paper", "Quay Times", "port", HOME),
        ("paper", "Quay Times", "union", OTHERS),
        ("paper", "Somebody", "port", OTHERS),
        ("paper", "", "port", OTHERS),
        ("paper", "Gazette", "press", HOME),
        # An analysis: the own words of those who comment only.
        ("essay", "Somebody", "press", OWN),
        ("essay", "Gazette", "press", OWN),
        ("essay", "Quay Times", "press", OWN),
        ("essay", "Somebody", "port", OTHERS),
        ("essay", "Quay Times", "port", HOME),
        ("essay", "Gazette", "port", OTHERS),
        # Both.
        ("sermon", "Port Authority", "port", OWN),
        ("sermon", "Port Authority", "press", OWN),
        ("sermon", "Port Authority", "union", OTHERS),
        # Kinds that nothing knows.
        ("", "Quay Times", "port", HOME),
        ("", "Somebody", "port", OTHERS),
        ("rumour", "Quay Times", "port", HOME),
    ],
)
def test_voice_of_a_source_to_a_party(kind: str, outlet: str, party: str, voice: Voice) -> None:
    fields = {"kind": kind, "journaltitle": outlet}
    given = entry(**{name: value for name, value in fields.items() if value})
    assert voice_of(given, party, SETTINGS) is voice


def test_own_words_of_an_organisation_stay_its_own_whoever_prints_them() -> None:
    given = entry(kind="speech", author="{Port Authority}", journaltitle="Gazette")
    assert voice_of(given, "port", SETTINGS) is OWN
    assert voice_of(given, "press", SETTINGS) is OTHERS
