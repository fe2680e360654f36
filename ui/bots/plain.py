"""Text as 微信 shows it: no Markdown, no tables, no pictures, just lines."""

from __future__ import annotations

import re

_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_MARKS = (
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),  # a picture would be fetched from elsewhere
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^\s{0,3}#{1,6}\s+"), ""),
    (re.compile(r"^\s*[-*+]\s+"), "· "),
    (re.compile(r"`{1,3}"), ""),
)


def plain_lines(text: str) -> tuple[str, ...]:
    r"""Return the lines of a text without Markdown; a table's row becomes one line.

    >>> plain_lines("- **最高**300万元\n| 档 | 金额 |\n|---|---|\n| 一 | 5万元 |")
    ('· 最高300万元', '档：金额', '一：5万元')
    """
    lines = (_plain(line.strip()) for line in text.split("\n") if not _TABLE_RULE.fullmatch(line.strip()))
    return tuple(line for line in lines if line)


def _plain(line: str) -> str:
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        first, *others = (cell.strip() for cell in line.strip("|").split("|"))
        return f"{first}：{'，'.join(others)}" if others else first
    for mark, instead in _MARKS:
        line = mark.sub(instead, line)
    return line.strip()
