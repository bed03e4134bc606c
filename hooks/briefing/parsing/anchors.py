"""Notes the anchors of a page and the links that its author wrote."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from briefing.findings import START, Position
from briefing.pages import Link
from briefing.parsing.reading import Step


class CollectAnchors(Step, Treeprocessor):
    """Notes the page's anchors and the links that its author wrote."""

    def run(self, root: Element) -> None:
        generated = {
            inner
            for element in root.iter()
            if "generated" in (element.get("class") or "").split()
            or element.get("class") == "footnote"
            for inner in element.iter()
        }
        brackets = {inner for outer in self.reading.brackets for inner in outer.iter()}
        position = START
        before: dict[Element, Position] = {}
        """Where to look from for what stands in a link, which is written before its target."""
        for element in root.iter():
            raw = self.reading.raws.get(element)
            position = max((raw.position(0) if raw else None) or position, position)
            if anchor := element.get("id"):
                self.page.anchors.setdefault(anchor, position)
                if element in self.reading.headings:
                    self.reading.headings[element].anchor = anchor
            if element in generated or element in brackets:
                continue
            target = element.get("href") if element.tag == "a" else element.get("src")
            made = {"claim-link", "headerlink"} & set((element.get("class") or "").split())
            if target is not None and not made and "\x02" not in target:  # an e-mail address
                alt = element.get("alt", "") if element.tag == "img" else None
                before.update((inner, position) for inner in element)
                place = self._link_position(target, before.get(element, position))
                self.page.links.append(Link(target, place, alt))
                position = max(position, place)

    def _link_position(self, target: str, near: Position) -> Position:
        """Return where a target is written: behind this place, on its line or below."""
        lines = self.reading.marks.lines
        for number in range(near.line, len(lines) + 1):
            column = lines[number - 1].find(target, near.column if number == near.line else 0)
            if column >= 0:
                return Position(number, column + 1)
        return near
