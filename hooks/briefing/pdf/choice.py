"""Reads what someone wants in a pack: numbers of points, names of parties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.findings import did_you_mean
from briefing.settings import Settings


def read_points(given: str, settings: Settings) -> list[int]:
    """Read `6,7-9,21` as points, each once, in the order given.

    Raises ValueError for what is no point of the plan; the message lists the right ones.
    """
    found: list[int] = []
    for word in re.split(r"[\s,;]+", given.strip()):
        if not word:
            continue
        match = re.fullmatch(r"([0-9]+)(?:[-–]([0-9]+))?", word)
        first = int(match.group(1)) if match else 0
        last = int(match.group(2) or first) if match else 0
        if not 1 <= first <= last <= settings.points:
            message = (
                f"POINTS: there is no point {word!r}; points are numbered 1 to {settings.points}"
            )
            raise ValueError(message)
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


def read_parties(given: str, settings: Settings) -> list[str]:
    """Read `port,union` as the keys of parties, each once, in the order given.

    Raises ValueError for what is no party of the briefing; the message lists the right ones.
    """
    known = {name.casefold(): key for name, key in _names(settings)}
    found: list[str] = []
    for name in re.split(r"\s*[,;]\s*", given.strip()):
        key = known.get(name.casefold())
        if name and key is None:
            hint = did_you_mean(name, settings.parties)
            allowed = f"use one of: {', '.join(settings.parties)}"
            message = f"PARTIES: unknown party {name!r}; {' '.join(filter(None, (hint, allowed)))}"
            raise ValueError(message)
        found += [key] if key else []
    return list(dict.fromkeys(found))


def _names(settings: Settings) -> Iterable[tuple[str, str]]:
    for key, party in settings.parties.items():
        yield from ((name, key) for name in (key, party.name, party.label))


def pack_name(points: list[int], parties: list[str]) -> str:
    """Return a file name that tells what is in a pack: `pack-6-7-port.pdf`."""
    return f"pack-{'-'.join([*map(str, points), *parties])}.pdf"
