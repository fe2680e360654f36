"""What Word's styles say of a paragraph: its list, its outline level, whether it is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.reading.formats.word_xml import child, children, is_on, name_of, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
LAST_HEADING_LEVEL = 8  # outline level 9 is body text


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default = ""
        for style in children(root, "style") if root is not None else ():
            self._styles[value_of(style, "styleId")] = style
            if value_of(style, "type") == "paragraph" and value_of(style, "default") in ("1", "true"):
                self._default = value_of(style, "styleId")

    def of(self, paragraph_properties: _Element | None) -> str:
        """Return the id of a paragraph's style."""
        return value_of(child(paragraph_properties, "pStyle")) or self._default

    def list_of(self, style: str) -> tuple[str, str]:
        """Return the list and the level a style puts its paragraphs in; each may be empty."""
        list_id = level = ""
        for found in self._inherited(style):
            numbers = child(found, "pPr", "numPr")
            list_id = list_id or value_of(child(numbers, "numId"))
            level = level or value_of(child(numbers, "ilvl"))
        return list_id, level

    def heading_level(self, style: str) -> int | None:
        """Return a heading's level, 1 the highest, a title included; None for other paragraphs."""
        for found in self._inherited(style):
            name = value_of(child(found, "name"))
            if name.lower() == "title":
                return 1
            outline = child(found, "pPr", "outlineLvl")
            if outline is not None:
                level = number_of(outline, default=LAST_HEADING_LEVEL + 1)
                return level + 1 if level <= LAST_HEADING_LEVEL else None
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
        return None

    def is_hidden(self, style: str) -> bool:
        """Tell whether a style hides its text."""
        for found in self._inherited(style):
            vanish = child(found, "rPr", "vanish")
            if vanish is not None:
                return is_on(vanish)
        return False

    def _inherited(self, style: str) -> Iterator[_Element]:
        known: set[str] = set()
        while style and style not in known and (found := self._styles.get(style)) is not None:
            known.add(style)
            yield found
            style = value_of(child(found, "basedOn"))


def outline_level(paragraph_properties: _Element | None) -> int | None:
    """Return the level a paragraph itself states."""
    if paragraph_properties is None:
        return None
    for kid in paragraph_properties:
        if name_of(kid) == "outlineLvl" and value_of(kid).isdecimal():
            level = int(value_of(kid))
            return level + 1 if level <= LAST_HEADING_LEVEL else None
    return None
