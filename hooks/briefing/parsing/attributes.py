"""Takes the claim attributes off elements, and reports those that attached to nothing."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from briefing.findings import Position
from briefing.marks import RawText
from briefing.pages import CLAIM_ATTRIBUTES, Attribute
from briefing.parsing.reading import CITE_MARK, Step

_HTML_ATTRIBUTES = {
    "id", "class", "style", "start", "lang", "title", "align", "dir", "colspan", "rowspan", "scope",
    "open", "hidden", "role", "markdown", "width", "height", "tabindex", "type", "value",
    "for", "checked", "disabled", "name", "cite", "headers", "span",
}  # fmt: skip
_INLINE_ATTRIBUTES = {"href", "src", "alt", "target", "rel", "download", "datetime", "hreflang"}
STRAY = re.compile(r"\{:[^}]*\}|\{[ ]*[#.][\w-]+[^}\n]*\}")


class Attributes(Step):
    """Reads the attribute lists of a page's elements."""

    def take(self, element: Element) -> dict[str, Attribute]:
        """Take the claim attributes off an element, and note what is given there."""
        raw = self.reading.raws.get(element)
        taken: dict[str, Attribute] = {}
        for name, value in list(element.attrib.items()):
            position = self._position(raw, name, value)
            if name in CLAIM_ATTRIBUTES:
                taken[name] = Attribute(self.plain(value or ""), position)
                self.page.attributes.append((name, taken[name]))
                del element.attrib[name]
            elif name == "id":
                if raw is not None and f"#{value}" in raw.text:
                    self.page.given_anchors.append((value, position))
            elif not _is_html(name):
                self.page.add_fault("unknown-attribute", name, "", position)
                del element.attrib[name]
        return taken

    def _position(self, raw: RawText | None, name: str, value: str | None) -> Position:
        if raw is None:
            return self.reading.last
        start = max(raw.text.rfind("{"), 0)
        sought = f"#{value}" if name == "id" else name
        offset = raw.text.find(sought, start)
        return raw.position(offset if offset >= 0 else start) or self.reading.last

    def report_on_words(self, element: Element) -> None:
        """Report attributes that a word or citation took and the block was to have."""
        raw = self.reading.raws.get(element) or RawText("")
        for inner in element.iter():
            if inner is element or not isinstance(inner.tag, str):
                continue
            if self.md.is_block_level(inner.tag) and inner.tag != "img":
                continue
            for name, value in list(inner.attrib.items()):
                offset = raw.text.find(f"{name}=")
                position = raw.position(max(offset, 0)) or self.reading.last
                if name in CLAIM_ATTRIBUTES:
                    self._report_loose(
                        f'{name}="{value}" belongs to a word, not to a block', position
                    )
                    del inner.attrib[name]
                elif offset >= 0 and not _is_html(name) and name not in _INLINE_ATTRIBUTES:
                    self.page.add_fault("unknown-attribute", name, "", position)
                    del inner.attrib[name]

    def report_stray(self, element: Element) -> None:
        """Report an attribute list that attached to nothing and would be shown to readers."""
        texts = [element.text, *(child.tail for child in element)]
        shown = [text for text in texts if text and not isinstance(text, AtomicString)]
        count = sum(len(STRAY.findall(CITE_MARK.sub("", text))) for text in shown)
        raw = self.reading.raws.get(element) or RawText("")
        for stray in list(STRAY.finditer(raw.text))[:count]:
            position = raw.position(stray.start()) or self.find(stray.group())
            self._report_loose(f"{' '.join(stray.group().split())} belongs to no block", position)

    def _report_loose(self, message: str, position: Position) -> None:
        hint = "put it on the line directly after the block, with no blank line between"
        self.page.add_fault("stray-attributes", message, hint, position)


def _is_html(name: str) -> bool:
    return name in _HTML_ATTRIBUTES or name.startswith(("data-", "aria-"))
