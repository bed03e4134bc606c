"""Words in quotation marks, and whether they stand in an extract letter for letter.

White space, the form of quotation marks and dashes, and the case of the first letter may differ.
`[...]` stands for words left out, `[words]` for words put in the place of others.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_OPEN, _CLOSE = "“«„‟", "”»"
_CLOSED_BY = {"“": "”", "‟": "”", "„": "“”", "«": "»", "»": "«»", "”": "”", '"': '"'}
_DOUBLE = re.compile(f'["{_OPEN}{_CLOSE}]')
_SINGLE = re.compile(
    r"(?<!\w)(?:['‘](?!\d0s\b|(?:tis|twas|em)\b)(?=\S)(.+?)(?<=\S)['’]|‚(?=\S)(.+?)(?<=\S)[‘’])(?!\w)",
    re.DOTALL,
)
INSERTED = re.compile(r"\[[^\[\]]+\](?:\s*\[[^\[\]]+\])*")
_LEFT_OUT = re.compile(r"\[\s*(?:\.\s*){3}\]|\[…\]")
_EDGE = r"\w"
_WORDS = re.compile(r'"(?=\S)|[^\s"]+(?:"[^\s"]+)*|"')


@dataclass(frozen=True)
class Quotation:
    """What stands between two quotation marks."""

    words: str
    start: int
    """Where its words begin in the text it was read from."""
    closed: bool = True


def read_quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations in a text, in its order; one inside another is part of it."""
    place = 0
    while double := _DOUBLE.search(text, place) or _SINGLE.search(text, place):
        single = _SINGLE.search(text, place)
        if single and single.start() <= double.start() and _is_whole(single):
            group = 1 if single[1] is not None else 2
            yield Quotation(single[group], single.start(group))
            place = single.end()
        elif double.re is _SINGLE:
            return
        else:
            start = double.end()
            end = _find_close(text, start, double.group())
            yield Quotation(text[start:end], start, closed=end < len(text))
            place = end + 1


def _is_whole(single: re.Match[str]) -> bool:
    """Whether no quotation begins inside and ends outside."""
    return all(inner.closed for inner in read_quotations(single[1] or single[2]))


def _find_close(text: str, start: int, opening: str) -> int:
    awaited = [_CLOSED_BY[opening]]
    for mark in _DOUBLE.finditer(text, start):
        if mark.group() in awaited[-1]:
            awaited.pop()
            if not awaited:
                return mark.start()
        elif opening != '"' and mark.group() in _OPEN:
            awaited.append(_CLOSED_BY[mark.group()])
    return len(text)


def normalise(text: str) -> str:
    """Return a text without what may differ between a quotation and its source."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = re.sub(f"[{_OPEN}{_CLOSE}‘’‚‛'`´′″]", '"', text)
    text = text.replace("…", "...").replace("\u2010", "-").replace("\u2011", "-")
    text = re.sub(r"(?<=\d)(?:\s*[–—―−]\s*|\s+-\s+)(?=\d)", "-", text)
    text = re.sub(r"\s*[–—―−]+\s*|\s+--?\s+", " - ", text)
    return " ".join(text.split())


def is_in(quotation: str, passages: Iterable[str]) -> bool:
    """Whether a quotation stands in one of a source's passages.

    What `[...]` leaves out may lie between two passages, if they come in this order.
    """
    texts = [_LEFT_OUT.sub("\n", _stripped(passage)) for passage in passages]
    pieces = [_stripped(piece) for piece in _LEFT_OUT.split(quotation)]
    pieces = [piece for piece in pieces if re.search(_EDGE, INSERTED.sub("", piece))]
    return bool(pieces) and _stand_in(pieces, texts)


@lru_cache(maxsize=4096)
def _stripped(text: str) -> str:
    return normalise(text).strip()


def _stand_in(pieces: list[str], texts: list[str]) -> bool:
    """Whether the pieces stand in the texts one after the other."""
    which = offset = 0
    for number, piece in enumerate(pieces):
        pattern = _pattern(piece, is_first=number == 0)
        while which < len(texts):
            found = pattern.search(texts[which], offset)
            if found:
                offset = found.end()
                break
            which, offset = which + 1, 0
        else:
            return False
    return True


def _pattern(piece: str, *, is_first: bool) -> re.Pattern[str]:
    """Return what matches a piece of a quotation, with anything for what is `[inserted]`."""
    parts: list[str] = []
    last = 0
    for inserted in INSERTED.finditer(piece):
        before, after = piece[last : inserted.start()], piece[inserted.end() :][:1]
        if before[-1:].isalnum() or after.isalnum():
            parts += [re.escape(before), r"\w*"]
        elif before.endswith(" "):  # it may stand in the place of nothing
            parts += [re.escape(before[:-1]), r"(?:\ [^\n]{1,100}?)?"]
        else:
            parts += [re.escape(before), r"[^\n]{1,100}?"]
        last = inserted.end()
    rest = piece[last:]
    parts.append(re.escape(rest))
    whole = "".join(parts)
    first = piece[:1]
    if is_first and first.isalpha():
        whole = f"[{first.lower()}{first.upper()}]" + whole[1:]
    # A quotation takes whole words and whole numbers.
    before = r"(?<!\w)(?<!\w[\"-])(?<!\d[.,])" if re.match(r"[\w\[\"-]|[.,]\d", piece) else ""
    after = r"(?!\w|[\"-]\w|[.,]\d)" if re.match(r"[\w\]\"-]", piece[-1:]) else ""
    return re.compile(before + whole + after)


def nearest_passage(quotation: str, passages: Iterable[str]) -> tuple[int, float]:
    """Return which passage is nearest to a quotation, and how near, from 0 to 1; -1 for none."""
    best, nearness = -1, 0.0
    sought = _stripped(quotation).casefold().split()
    if not sought:
        return best, nearness
    for index, passage in enumerate(passages):
        words = _stripped(passage).casefold().split()
        for start in range(max(len(words) - len(sought), 0) + 1):
            here = " ".join(words[start : start + len(sought)])
            matcher = difflib.SequenceMatcher(None, here, " ".join(sought), autojunk=False)
            quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())  # never too small
            if quick > nearness and (near := matcher.ratio()) > nearness:
                best, nearness = index, near
    return best, nearness


def difference(quotation: str, passage: str) -> str:
    """Return in words where a quotation first departs from a passage: `here 'a', there 'b'`."""
    here, there = _WORDS.findall(_stripped(quotation)), _WORDS.findall(_stripped(passage))
    first = here[0][:1].swapcase() + here[0][1:] if here else ""
    if first in there and here[0] not in there:
        here[0] = first
    matcher = difflib.SequenceMatcher(None, here, there, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" or tag == "delete":
            at_the_end = b == len(here)  # the passage may go on
            other = " ".join(there[c : min(d, c + b - a) if at_the_end else d])
            told = repr(other) if other else "nothing"
            return f"here {' '.join(here[a:b])!r}, there {told}"
        if tag == "insert" and 0 < a < len(here):
            return f"there {' '.join(there[c:d])!r} stands before {here[a]!r}"
    return ""
