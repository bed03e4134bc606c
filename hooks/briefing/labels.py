"""What a citation reads as: author or outlet, and date: `TASS, 27 Nov 2025`.

Many sources are agency reports of one year, which author and year would not tell apart; so the
label has the day, then the outlet, then a letter, as far as it takes to make labels differ.
"""

from __future__ import annotations

from collections import defaultdict

from briefing.bibliography import Entry

NO_DATE = "no date"


def make_labels(entries: dict[str, Entry]) -> dict[str, str]:
    """Return the label of each entry, by key; no two are alike."""
    labels = {key: f"{_who(entry)}, {_when(entry)}" for key, entry in entries.items()}
    for key in _ambiguous(labels):
        entry = entries[key]
        if entry.authors and entry.outlet and entry.outlet != _who(entry):
            labels[key] = f"{_who(entry)} in {entry.outlet}, {_when(entry)}"
    counts: dict[str, int] = defaultdict(int)
    for key in sorted(_ambiguous(labels)):
        label = labels[key]
        labels[key] = f"{label} ({_letter(counts[label])})"
        counts[label] += 1
    return labels


def _ambiguous(labels: dict[str, str]) -> list[str]:
    by_label: dict[str, list[str]] = defaultdict(list)
    for key, label in labels.items():
        by_label[label].append(key)
    return [key for keys in by_label.values() if len(keys) > 1 for key in keys]


def _who(entry: Entry) -> str:
    if short := entry.get("shortauthor"):
        return short
    names = [person.family for person in entry.authors or entry.editors]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names) or entry.outlet or entry.title or entry.key


def _when(entry: Entry) -> str:
    return entry.date.short if entry.date else NO_DATE


def _letter(count: int) -> str:
    letters = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
