"""The marks that begin an item: 第X条, 一、, (一), 1., 1), (1), ①, and what merely looks like one.

A cross-reference at the start of a line ("第八条的规定") is no heading, nor is "1.5万元"; a year right after
a number ("1.2024年度报告") belongs to the item.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

CN = "〇零一二三四五六七八九十百"


class Style(IntEnum):
    """Kinds of numbering; a smaller value usually stands outside a larger one."""

    PART = 0  # 第一章、第二节
    LABEL = 1  # a heading without a number: 附则, 条件要求, 补贴标准：
    ARTICLE = 2  # 第八条
    CHINESE = 3  # 一、
    CHINESE_PAREN = 4  # (一)
    NAMED = 5  # 方向1, 第一类
    ARABIC = 6  # 1.
    DECIMAL = 7  # 1.1
    ARABIC_PAREN = 8  # (1)
    ARABIC_CLOSED = 9  # 1)
    CIRCLED = 10  # ①


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark that begins an item: its style, its number and its own characters.

    `word` tells series of one style apart: 章 or 节 of a part, 方向 of 方向1, the 3 of 3.1, a label's kind.
    """

    style: Style
    number: int
    text: str
    word: str = ""

    @property
    def series(self) -> tuple[Style, str]:
        """Return what the markers of one series have in common."""
        return self.style, self.word


_NUMBER = rf"[{CN}]{{1,9}}|[0-9０-９]{{1,9}}"
# What follows a number in a reference (第三条的规定, （一）项和（二）项), but not where an item begins
# (第三条中小企业…, （一）项目支持…): the same characters begin other words.
_GOES_ON = (
    "的|规定|之|所(?!有|称|需|属|在)|和(?!谐)|及(?!时)|与|至(?!少|今)|或|中(?!小|国|央|介|心|标|试|外)"
    rf"|项(?!目)|款(?!项)|[(（][{CN}]{{1,9}}[)）](?:项(?!目)|、|至|和|或)"
)
_NO_REFERENCE = (
    r"(?![ ]?(?:项(?!目)|目(?!的|标|录|前)|款(?!项|待)|、[ ]?[(（]|至(?!少|今)|和(?!谐)|或(?!者)))"
)
_PATTERNS = (
    (
        Style.PART,
        re.compile(
            rf"第[ ]?(?P<number>{_NUMBER})[ ]?(?P<word>编|篇|章|节|部分)"
            r"(?=[ 　:：、]|$|[\u4e00-\u9fff]{2,})"
        ),
    ),
    (
        Style.ARTICLE,
        re.compile(
            rf"第[ ]?(?P<number>{_NUMBER})[ ]?条"
            rf"(?:(?=[ 　]+[^、，, 　])|(?!{_GOES_ON}|[，,第]|、第))"
        ),
    ),
    (
        Style.CHINESE,
        re.compile(rf"(?P<number>[{CN}]{{1,9}})[ ]?[、.．](?![{CN}]{{1,9}}(?:[、类级者产]|次(?!性)))"),
    ),
    (
        Style.CHINESE_PAREN,
        re.compile(
            rf"[(（][ ]?(?P<number>[{CN}]{{1,9}})[ ]?[)）]{_NO_REFERENCE}(?![ ]?[(（][{CN}]{{1,9}}[)）])"
        ),
    ),
    (Style.CHINESE_PAREN, re.compile(rf"(?P<number>[{CN}]{{1,3}})[)）]{_NO_REFERENCE}")),
    (
        Style.ARABIC,
        re.compile(r"(?P<number>[0-9０-９]{1,3})[ ]?(?:[.．](?![0-9０-９])|、)(?![0-9０-９]+[、.])"),
    ),
    (Style.ARABIC, re.compile(r"(?P<number>[0-9０-９]{1,2})[ ]?[.．](?=(?:19|20)[0-9]{2}[ ]?年)")),
    (Style.ARABIC_CLOSED, re.compile(r"(?P<number>[0-9０-９]{1,2})[)）]")),
    (Style.ARABIC_PAREN, re.compile(rf"[(（][ ]?(?P<number>[0-9０-９]{{1,2}})[ ]?[)）]{_NO_REFERENCE}")),
    (Style.CIRCLED, re.compile(r"(?P<number>[①-⑳])")),
    (Style.CHINESE_PAREN, re.compile(rf"(?P<number>[㈠-㈩]){_NO_REFERENCE}")),
    (Style.ARABIC_PAREN, re.compile(rf"(?P<number>[⑴-⒇]){_NO_REFERENCE}")),
    (Style.ARABIC, re.compile(r"(?P<number>[⒈-⒛])")),
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def read_marker(line: str) -> Marker | None:
    """Return the mark a line begins with, None for running text and cross-references.

    >>> read_marker("（十六）支持企业提升科技创新能力。")
    Marker(style=<Style.CHINESE_PAREN: 4>, number=16, text='（十六）', word='')
    >>> read_marker("第八条的规定") is None, read_marker("1.5万元") is None
    (True, True)
    """
    stripped = line.lstrip()
    for style, pattern in _PATTERNS:
        match = pattern.match(stripped)
        if match:
            word = match.groupdict().get("word") or ""
            return Marker(style, number_of(match["number"]), match.group().strip(), word)
    return None


def number_of(word: str) -> int:
    """Read the number of an item: Chinese up to 百, Arabic in any width, circled and other single signs.

    >>> [number_of(word) for word in ("十", "二十一", "一百零三", "１２", "⑳", "㈢", "⑵", "⒈")]
    [10, 21, 103, 12, 20, 3, 2, 1]
    """
    if word[0] in CN:
        return _chinese_number(word)
    if len(word) == 1 and not word.isdecimal():
        return int(unicodedata.numeric(word))
    return int(unicodedata.normalize("NFKC", word))


def _chinese_number(word: str) -> int:
    if not any(unit in word for unit in "十百"):
        return int("".join(str(_DIGITS[char]) for char in word))
    total, digit = 0, 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
