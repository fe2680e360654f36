"""What a web page does not show: scripts, hidden elements; and bodies hidden only until a script runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.reading.formats.lines import bare

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CODE = {"script", "style"}
NOT_RENDERED = CODE | {
    "noscript", "template", "iframe", "svg", "object", "audio", "video", "canvas", "head",
    "noframes", "map", "datalist",
}  # fmt: skip
CONTROLS = {"select", "button", "textarea", "option"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:[a-z%]*)\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{4,}"
    r"|(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.I,
)
_BRACE = re.compile("[{}]")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)  # one that is not closed reaches to the end
_SIMPLE = re.compile(r"(?<![a-z])[a-z]*+[.#][\w-]++|body", re.I)
_MAY_BE_BODY = {"body", "div", "section", "article", "main", "form", "table", "tbody", "td", "span"}
_SENTENCE_END = re.compile("[。；]")
UNTIL_SCRIPT = "网页正文要等脚本运行后才显示：已按显示后的样子读取，请核对。"


def hidden_elements(root: HtmlElement) -> tuple[set[HtmlElement], bool]:
    """Return the outermost hidden elements, and whether the body was hidden and is read all the same.

    A container that is hidden holds the body where the rest of the page says nothing in sentences and a
    script could show it; everything else that is hidden stays so.
    """
    selectors = set(_selectors(root))
    hidden = list(_outermost(root, selectors))
    has_script = next(root.iter("script"), None) is not None
    if not hidden or not has_script or _SENTENCE_END.search(_shown_text(root, set(hidden))):
        return set(hidden), False
    held = max(hidden, key=lambda element: len(prose(element)))
    if held.tag not in _MAY_BE_BODY or not _SENTENCE_END.search(prose(held)):
        return set(hidden), False
    inner = {found for kid in held for found in _outermost(kid, selectors)}
    return (set(hidden) - {held}) | inner, True


def prose(element: HtmlElement) -> str:
    """Return the text of an element without what no page shows."""
    return bare("".join(_texts(element, set())))


def _shown_text(root: HtmlElement, hidden: set[HtmlElement]) -> str:
    return "".join(_texts(root, hidden))


def _texts(element: HtmlElement, left_out: set[HtmlElement]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in NOT_RENDERED or element in left_out:
        return
    yield element.text or ""
    for kid in element:
        yield from _texts(kid, left_out)
        yield kid.tail or ""


def _outermost(element: HtmlElement, selectors: set[str]) -> Iterator[HtmlElement]:
    if not isinstance(element.tag, str) or element.tag in NOT_RENDERED:
        return
    if _is_hidden(element, selectors):
        yield element
        return
    for kid in element:
        yield from _outermost(kid, selectors)


def _is_hidden(element: HtmlElement, selectors: set[str]) -> bool:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    if not selectors:
        return False
    tag = str(element.tag).lower()
    names = [f".{name}" for name in (element.get("class") or "").split()]
    names += [f"#{element.get('id')}"] if element.get("id") else []
    return tag in selectors or any(name in selectors or tag + name in selectors for name in names)


def _selectors(root: HtmlElement) -> Iterator[str]:
    """Yield the simple selectors (.name, #id) that the page's own style sheets hide."""
    for style in root.iter("style"):
        for chosen, declarations in _style_rules(_COMMENT.sub("", style.text or "")):
            if _HIDDEN.search(declarations):
                yield from (one for part in chosen.split(",") if _SIMPLE.fullmatch(one := part.strip()))


def _style_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules that always hold: those of no @media block."""
    openers: list[str] = []
    at = 0
    for brace in _BRACE.finditer(sheet):
        words = sheet[at : brace.start()]
        at = brace.end()
        if brace[0] == "{":
            openers.append(words.strip())
        elif openers:
            chosen = openers.pop()
            if not openers and not chosen.startswith("@"):
                yield chosen, words
