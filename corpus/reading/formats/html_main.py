"""The main content of a web page: the element that holds its prose, and what around it belongs to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.reading.formats.html_hidden import NOT_RENDERED
from corpus.reading.formats.lines import bare

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 0.8  # of an element's prose: the child that holds so much holds the content
MOST_OF_FRAME = 0.4  # of a page's prose: what holds more is no frame, whatever it is named
SHORTEST_PROSE = 15
LINK_WEIGHT = 0.05
SHORT_WEIGHT = 0.3
_PUNCTUATION = re.compile("[，。；：、！？]")
_NOT_ENTERED = {"table", "ul", "ol", "dl", "p", "pre", "blockquote", "h1", "h2", "h3", "tr", "tbody", "thead"}
_FRAME_NAMES = (
    "nav|navbar|navigation|mainnav|menus?|crumbs?|curb|breadcrumbs?|foot|footer[a-z]*|copyright|related"
    "|friendlink|shares?"
)
_FRAMING = re.compile(rf"(?:^|[-_ ])(?:{_FRAME_NAMES})(?:[-_ ]|$)", re.I)
_NAMED_AROUND = re.compile(
    rf"(?:^|[-_ ])(?:{_FRAME_NAMES}|sharing|toolbar|print|ewm|xgwz[a-z]*)(?:[-_ ]|$)"
    r"|copyright|qrcode|breadcrumb|share",
    re.I,
)
_NAMED_TITLE = re.compile(r"(?:^|[-_ ])(?:title|tit|bt|biaoti|headline)(?:[-_ \d]|$)|title", re.I)
_TAGS_AROUND = {"nav": "navigation", "footer": "page_footer", "aside": "sidebar"}


def main_element(body: HtmlElement, aside: set[HtmlElement]) -> HtmlElement:
    """Return the smallest element that holds the prose of a page.

    Prose is text outside links; short pieces without punctuation weigh less, as menus are made of them.
    """
    weights: dict[HtmlElement, float] = {}
    whole = _weigh(body, aside, weights, False)
    framing = {
        element
        for element, weight in weights.items()
        if weight < MOST_OF_FRAME * whole and _FRAMING.search(_named(element))
    }
    if framing:
        weights = {}
        _weigh(body, aside | framing, weights, False)
    node = body
    while True:
        inside = [kid for kid in node if weights.get(kid, 0.0) > 0]
        best = max(inside, key=lambda kid: weights[kid], default=None)
        if best is None or weights[best] < MOST * weights[node]:
            return node
        if best.tag in _NOT_ENTERED and not _is_layout(best):
            return node
        node = best


def _weigh(
    element: HtmlElement, aside: set[HtmlElement], weights: dict[HtmlElement, float], linked: bool
) -> float:
    if not isinstance(element.tag, str) or element.tag in NOT_RENDERED or element in aside:
        return 0.0
    linked = linked or element.tag == "a"
    total = _weight(element.text, linked)
    for kid in element:
        total += _weigh(kid, aside, weights, linked) + _weight(kid.tail, linked)
    if element.tag in _TAGS_AROUND:
        total *= LINK_WEIGHT
    weights[element] = total
    return total


def _weight(text: str | None, linked: bool) -> float:
    words = bare(text or "")
    if linked:
        return LINK_WEIGHT * len(words)
    is_prose = len(words) >= SHORTEST_PROSE or _PUNCTUATION.search(words)
    return len(words) * (1.0 if is_prose else SHORT_WEIGHT)


def _is_layout(element: HtmlElement) -> bool:
    """Tell whether a table only lays the page out: some cell of it holds paragraphs or tables of its own."""
    if element.tag in ("tbody", "tr", "thead"):
        return True
    if element.tag != "table" or next(element.iter("th"), None) is not None:
        return False
    cells = [cell for cell in element.iter("td", "th") if _table_of(cell) is element]
    return any(_is_filled(cell) for cell in cells) and len(cells) <= 3 * max(1, sum(map(_is_filled, cells)))


def _table_of(cell: HtmlElement) -> HtmlElement | None:
    return next(iter(cell.iterancestors("table")), None)


def _is_filled(cell: HtmlElement) -> bool:
    paragraphs = sum(1 for _ in cell.iter("p", "div", "table", "h1", "h2", "li", "br"))
    return paragraphs >= 4 and len(bare(cell.text_content())) >= 120


def is_layout_table(table: HtmlElement) -> bool:
    """Tell whether a table only lays out what it holds."""
    return _is_layout(table)


def around(element: HtmlElement) -> str:
    """Return which part of the page's frame an element is named after; empty for others."""
    if element.tag in _TAGS_AROUND:
        return _TAGS_AROUND[element.tag]
    named = _named(element)
    if not _NAMED_AROUND.search(named):
        return ""
    if re.search("foot|copyright", named, re.I):
        return "page_footer"
    return "navigation"


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def is_named_title(element: HtmlElement) -> bool:
    """Tell whether an element is named after a title, as pages do that use no heading."""
    return _NAMED_TITLE.search(_named(element)) is not None
