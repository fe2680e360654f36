"""What an award is called: the clause's own title or first words, and the form of support."""

from __future__ import annotations

import re

from corpus.extraction.reading import ClauseReading
from corpus.model.measure import SupportKind

LONGEST_NAME = 24
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


def name_of(reading: ClauseReading, kind: SupportKind) -> str:
    """Return a short name without digits: the clause's title, else its nearest heading."""
    for words in (reading.clause.text, *reversed(reading.clause.headings)):
        title = _title(words)
        if title:
            return title
    return _KIND_NAMES[kind]


def _title(words: str) -> str:
    plain = _NUMBERING.sub("", _NUMBERING.sub("", words.strip()))
    match = _TITLE.match(plain)
    if match is None or len(match[0]) > LONGEST_NAME or re.search(r"[\d０-９]|给予", match[0]):
        return ""
    return match[0].strip()
