"""The marks that begin an item: 第X条, 一、, (一), 1., (1), ①, and what merely looks like one.

A cross-reference at the start of a line ("第八条的规定") is no heading, nor is "1.5万元".
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
    ARTICLE = 1  # 第八条
    CHINESE = 2  # 一、
    CHINESE_PAREN = 3  # (一)
    ARABIC = 4  # 1.
    ARABIC_PAREN = 5  # (1)
    CIRCLED = 6  # ①


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a line: its style, its number and its own characters."""

    style: Style
    number: int
    text: str


_NUMBER = rf"[{CN}]{{1,9}}|[0-9０-９]{{1,9}}"
_PATTERNS = (
    (
        Style.PART,
        re.compile(rf"第[ ]?({_NUMBER})[ ]?(?:编|章|节|部分)(?=[ 　:：、]|$|[\u4e00-\u9fff]{{2,}})"),
    ),
    (
        Style.ARTICLE,
        re.compile(
            rf"第[ ]?({_NUMBER})[ ]?条"
            rf"(?![ ]?(?:的|规定|所|和|及|与|至|或|之|中|第|、|，|,|款|项|[(（][{CN}]+[)）]))"
        ),
    ),
    (Style.CHINESE, re.compile(rf"([{CN}]{{1,9}})[ ]?[、.．](?![{CN}]{{1,9}}[、类级者产次])")),
    (
        Style.CHINESE_PAREN,
        re.compile(rf"[(（][ ]?([{CN}]+)[ ]?[)）](?![ ]?(?:项|目|款|[(（][{CN}]+[)）]|、|至|和|或))"),
    ),
    (Style.ARABIC, re.compile(r"([0-9０-９]{1,3})[ ]?(?:[.．](?![0-9０-９])|、)(?![0-9０-９]+[、.])")),
    (Style.ARABIC, re.compile(r"([0-9０-９]{1,2})[)）]")),
    (Style.ARABIC_PAREN, re.compile(r"[(（][ ]?([0-9０-９]{1,2})[ ]?[)）](?![ ]?(?:项|目|款|、|至|和|或))")),
    (Style.CIRCLED, re.compile(r"([①-⑳])")),
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


def read_marker(line: str) -> Marker | None:
    """Return the mark a line begins with, None for running text and cross-references.

    >>> read_marker("（十六）支持企业提升科技创新能力。")
    Marker(style=<Style.CHINESE_PAREN: 3>, number=16, text='（十六）')
    >>> read_marker("第八条的规定") is None, read_marker("1.5万元") is None
    (True, True)
    """
    stripped = line.lstrip()
    for style, pattern in _PATTERNS:
        match = pattern.match(stripped)
        if match:
            return Marker(style, number_of(match.group(1)), match.group().strip())
    return None


def number_of(word: str) -> int:
    """Read the number of an item: Chinese up to 百, Arabic in any width, circled.

    >>> [number_of(word) for word in ("十", "二十一", "一百零三", "１２", "⑳")]
    [10, 21, 103, 12, 20]
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
