"""What one line of a document is, told by its words alone."""

from __future__ import annotations

import re

_ATTACHMENT = re.compile(
    r"附\s*(?:件|表|录|图)\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?(?:\s*[-—－]\s*[0-9０-９]{1,2})?\s*[：:]?"
)
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def is_attachment_line(line: str) -> bool:
    """Tell whether a line is nothing but the head of an attachment.

    >>> is_attachment_line("附件2"), is_attachment_line("附件：1.申请表")
    (True, False)
    """
    return _ATTACHMENT.fullmatch(line.strip()) is not None


def one_line(text: str) -> str:
    r"""Return a text on one line, its edges bare; inner blanks become one space, full-width ones stay.

    >>> one_line(" 第一条\t 给予\n奖励 ")
    '第一条 给予 奖励'
    """
    kept = re.sub(
        r"[^\S\u3000]+|[\u200b\ufeff]", lambda found: "" if found[0] in "\u200b\ufeff" else " ", text
    )
    return kept.strip()


def joined(first: str, second: str) -> str:
    """Join two lines of one cell: a space only where words of two lines would run into one.

    >>> joined("国家级", "（工信部认定）"), joined("注册地", "税收户管地")
    ('国家级（工信部认定）', '注册地 税收户管地')
    """
    if not first or not second:
        return first + second
    closed = first[-1] in "，。、；：！？,.;:）)】》”" or second[0] in "，。、；：！？,;:（(）)【《“"
    return first + ("" if closed else " ") + second


def bare(text: str) -> str:
    """Return a text without any blank: what two readings of one file are compared by."""
    return _BLANKS.sub("", text)
