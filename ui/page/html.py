"""Small pieces of HTML from which every view is built; all text that goes in is escaped here.

The pieces never contain a line break: inside the chat, a blank line would end the HTML and let the rest be
read as Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable

_MARK = re.compile(r"〔(\d{1,3})〕")


def escaped(text: str) -> str:
    """Return text that shows itself and does nothing.

    >>> escaped('<img src=x onerror="1">')
    '&lt;img src=x onerror=&quot;1&quot;&gt;'
    """
    return html.escape(text, quote=True).replace("\r", "").replace("\n", "<br>")


def element(tag: str, content: str, class_: str = "", **attributes: str | int) -> str:
    """Return an element around content that is already HTML.

    >>> element("p", escaped("甲 & 乙"), "pa-text")
    '<p class="pa-text">甲 &amp; 乙</p>'
    """
    named = {"class": class_, **{name.replace("_", "-"): value for name, value in attributes.items()}}
    written = "".join(f' {name}="{html.escape(str(value))}"' for name, value in named.items() if value != "")
    return f"<{tag}{written}>{content}</{tag}>"


def paragraphs(text: str, turn: int | str, known: Collection[int]) -> str:
    """Return text as paragraphs, its source marks as links to the panel."""
    lines = (line.strip() for line in text.split("\n"))
    return "".join(_paragraph(line, turn, known) for line in lines if line)


def _paragraph(line: str, turn: int | str, known: Collection[int]) -> str:
    """Return one line as a paragraph; what begins with a dash is an item of a list."""
    if line.startswith("- "):
        return element("p", with_links(line[2:], turn, known), "pa-item")
    return element("p", with_links(line, turn, known))


def with_links(text: str, turn: int | str, known: Collection[int]) -> str:
    """Return escaped text in which each 〔n〕 of a known source is a link to it.

    >>> with_links("最高300万元〔1〕〔9〕", 2, {1})
    '最高300万元<a class="pa-cite" href="#src-2-1" title="查看依据 1">1</a>〔9〕'
    """

    def link(found: re.Match[str]) -> str:
        n = int(found.group(1))
        return cite_link(n, turn) if n in known else found.group(0)

    return _MARK.sub(link, escaped(text))


def cite_link(n: int, turn: int | str) -> str:
    """Return the link to source `n` of turn `turn`."""
    return element("a", str(n), "pa-cite", href=f"#src-{turn}-{n}", title=f"查看依据 {n}")


def cite_links(numbers: Collection[int], turn: int | str) -> str:
    """Return the links to several sources."""
    return "".join(cite_link(n, turn) for n in numbers)


def badge(text: str, tone: str) -> str:
    """Return a small label; `tone` names its colour in the style sheet."""
    return element("span", escaped(text), f"pa-badge pa-{tone}")


def listed(tag: str, class_: str, items: Iterable[str]) -> str:
    """Return a list of items that are already HTML; nothing where there is none."""
    content = "".join(items)
    return element(tag, content, class_) if content else ""
