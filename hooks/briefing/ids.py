"""Gives claims short ids that stay: `ua-12` instead of the one made from the claim's words.

Until then a claim's id changes with its words. Once written into the page it is kept, so that a
link or a printed "claim UA-12" still leads to it after the wording was mended.
"""

from __future__ import annotations

import re
from pathlib import Path

from briefing.briefing import Briefing, claim_prefix
from briefing.pages import Block, Page

_LINE_TAGS = {"p", "li", "dd", "div"}


def assign_ids(briefing: Briefing) -> int:
    """Write an id into the pages for each claim that has none; return how many were written.

    Table cells keep the id made from their words, as they have no line of their own.
    """
    taken = {block.anchor for page in briefing.pages for block in page.claim_blocks}
    taken |= {anchor for page in briefing.pages for anchor in page.anchors}
    count = 0
    for page in briefing.pages:
        if page.outside:
            continue
        blocks = [
            block
            for block in page.claim_blocks
            if not block.anchor_given and block.tag in _LINE_TAGS
        ]
        prefix = claim_prefix(page, briefing.settings)
        ids = _free_ids(prefix, taken, len(blocks))
        taken.update(ids)
        if blocks:
            _write(briefing.root / page.path, page, list(zip(blocks, ids, strict=True)))
            count += len(blocks)
    return count


def _free_ids(prefix: str, taken: set[str], count: int) -> list[str]:
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,5}})")
    numbers = [int(match.group(1)) for one in taken if (match := pattern.fullmatch(one))]
    first = max(numbers, default=0) + 1
    return [f"{prefix}-{first + index}" for index in range(count)]


def _write(path: Path, page: Page, given: list[tuple[Block, str]]) -> None:
    raw = path.read_bytes().decode("utf-8")
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", raw)
    usual = "\r\n" if "\r\n" in raw else "\n"
    for block, name in sorted(given, key=lambda pair: pair[0].position, reverse=True):
        index = block.last_line - 1
        line = lines[index].rstrip("\r\n")
        end = lines[index][len(line) :]
        if re.fullmatch(r"[\s>]*\{:?[^{}]*\}[ ]*", line):
            lines[index] = re.sub(r"\{:?[ ]*", f"{{: #{name} ", line, count=1) + end
        else:
            first = lines[block.position.line - 1]
            lead = first[: block.position.column - 1]
            quoted = lead[: len(lead) - len(lead.lstrip(" \t>"))]
            indent = quoted + " " * (len(lead) - len(quoted))
            lines[index] = line + (end or usual)
            lines.insert(index + 1, f"{indent}{{: #{name} }}{end}")
    path.write_bytes("".join(lines).encode("utf-8"))
