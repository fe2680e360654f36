"""Steps through WordprocessingML by local names, so that strict and transitional files read alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def name_of(element: _Element) -> str:
    """Return an element's name without its namespace; a comment has none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """Yield the children of a name."""
    return (kid for kid in element if name_of(kid) == name)


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first element down a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def value_of(element: _Element | None, attribute: str = "val") -> str:
    """Return an attribute by its local name, empty where it is missing."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == attribute:
            return str(value)
    return ""


def is_on(element: _Element | None) -> bool:
    """Tell whether a switch (w:vanish) is there and not switched off."""
    return element is not None and value_of(element) not in ("0", "false", "off", "none")


def number_of(element: _Element | None, attribute: str = "val", default: int = 0) -> int:
    """Return an attribute as a whole number; what is no number gives the default."""
    try:
        return int(value_of(element, attribute))
    except ValueError:
        return default
