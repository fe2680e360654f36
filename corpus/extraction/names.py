"""What an award is called: the clause's own title or first words, and the form of support."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.extraction.reading import ClauseReading
from corpus.model.measure import SupportKind

LONGEST_NAME = 24
_LEADING = re.compile("^(?:对于?|凡|按照?|其中)")
_NUMBERING = re.compile(
    r"^\s{0,8}(?:第[一二三四五六七八九十百零\d]{1,6}[条章节款]"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]{1,3}是)\s{0,8}"
)
_TITLE = re.compile(r"[^。，；：:;,\n]{2,40}(?=[。：:\n]|$)")
_KIND_NAMES = {
    SupportKind.AWARD: "奖励",
    SupportKind.SUBSIDY: "补贴",
    SupportKind.GRANT: "支持",
    SupportKind.MATCHING: "配套支持",
    SupportKind.INTEREST_SUBSIDY: "贴息",
    SupportKind.PREMIUM_SUBSIDY: "保费补贴",
}


def name_of(reading: ClauseReading, kind: SupportKind, subjects: Iterable[str] = ()) -> str:
    """Return a short name without digits.

    That is the clause's title, else the first of `subjects` (what it is paid for, who gets it) that is short
    enough, else the nearest heading, which several awards may share.
    """
    if title := _title(reading.clause.text):
        return title
    for words in subjects:
        plain = _LEADING.sub("", words).rstrip("的，")
        if 1 < len(plain) <= LONGEST_NAME and not re.search(r"[\d０-９]", plain):
            return f"{plain}{_KIND_NAMES[kind]}"
    return next(filter(None, map(_title, reversed(reading.clause.headings))), _KIND_NAMES[kind])


def _title(words: str) -> str:
    plain = _NUMBERING.sub("", _NUMBERING.sub("", words.strip()))
    match = _TITLE.match(plain)
    if match is None or len(match[0]) > LONGEST_NAME or re.search(r"[\d０-９]|给予", match[0]):
        return ""
    return match[0].strip().strip("【】〔〕[]")
