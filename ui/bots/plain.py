"""Text as 微信 shows it: no Markdown, no tables, no pictures, just lines."""

from __future__ import annotations

import re

_TABLE_RULE = re.compile(r"[\s:|-]+")
_MARKS = (
    (re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)"), ""),  # a picture would be fetched from elsewhere
    (re.compile(r"\[([^\]\n]{1,200})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^\s{0,3}#{1,6}\s+"), ""),
    (re.compile(r"^\s*[-*+]\s+"), "· "),
    (re.compile(r"`{1,3}"), ""),
)


def plain_lines(text: str) -> tuple[str, ...]:
    r"""Return the lines of a text without Markdown; a table's row becomes one line.

    >>> plain_lines("- **最高**300万元\n| 档 | 金额 |\n|---|---|\n| 一 | 5万元 |")
    ('· 最高300万元', '档：金额', '一：5万元')
    """
    lines = (_plain(line.strip()) for line in text.split("\n") if not _is_table_rule(line.strip()))
    return tuple(line for line in lines if line)


def _is_table_rule(line: str) -> bool:
    return _TABLE_RULE.fullmatch(line) is not None and 0 <= line.find("-") < line.rfind("|")


def _plain(line: str) -> str:
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        first, *others = (cell.strip() for cell in line.strip("|").split("|"))
        return f"{first}：{'，'.join(others)}" if others else first
    for mark, instead in _MARKS:
        line = mark.sub(instead, line)
    return line.strip()
