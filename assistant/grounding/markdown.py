"""Markdown in a model's line: page and message show it as it is written, so it is taken off or refused.

Bold marks and heading marks go, bullets and numbering become 「- 」, a heading that says nothing goes whole,
a row of a table becomes a point of a list. Everything else (code, links, images) stays and is refused.
"""

from __future__ import annotations

import re

_EMPHASIS = re.compile(r"\*\*|__")
_HEADING = re.compile(r"^(?:#+\s*(.+)|\*\*([^*]+)\*\*\s*[:：]?)$")
_BULLET = re.compile(r"^(?:[*•·+\-–]\s+|\d{1,2}[.、)）]\s*(?!\d))")
_LABEL = re.compile(r"[一-鿿]{2,8}[:：]?")


def _row(line: str) -> str:
    """Return a row of a table as a point of a list, nothing where it is only the head or the rule."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if all(re.fullmatch(r":?-+:?|" + _LABEL.pattern, cell) for cell in cells):
        return ""
    return f"- {cells[0]}：{'，'.join(cells[1:])}" if len(cells) > 1 else cells[0]


def plain_line(raw: str) -> str:
    """Return a line as people may see it, empty where it is only a heading.

    >>> plain_line("**最高300万元**。〔c1〕"), plain_line("* 甲〔c1〕"), plain_line("## 结论")
    ('最高300万元。〔c1〕', '- 甲〔c1〕', '')
    """
    line = raw.strip()
    if line.startswith("|") and line.endswith("|"):
        line = _row(line)
    heading = _HEADING.match(line)
    if heading and _LABEL.fullmatch((heading[1] or heading[2]).strip("* ")):
        return ""
    line = _EMPHASIS.sub("", re.sub(r"^#+\s*", "", line))
    return _BULLET.sub("- ", line).strip()
