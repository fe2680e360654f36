"""Questions in English: known words are read as Chinese, the rest stays and counts as unheard of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.model.values import Money
from corpus.reading.numerals import format_money
from corpus.strict_yaml import read_model

WORDS = Path(__file__).with_name("english.yaml")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?<!元) (?=[\u4e00-\u9fff])")  # Chinese writes none between words
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEWEST_WORDS = 3
_MOST_HAN = 4
_LEVEL = re.compile(r"\b(?:level|grade|class)\s{0,4}([1-5])\b", re.IGNORECASE)
_SUM = re.compile(
    r"(?P<before>(?:rmb|cny|yuan|¥)\s{0,4})?(?P<number>\d[\d,]{0,30}(?:\.\d{1,20})?)\s{0,4}(?P<size>million|m|thousand|k)?"
    r"\s{0,4}(?P<money>rmb|cny|yuan)?\b",
    re.IGNORECASE,
)
_SIZES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1000, "k": 1000}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    phrases: dict[str, str]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    phrases: dict[str, str]
    known: re.Pattern[str]
    silent: re.Pattern[str]


def is_english(text: str) -> bool:
    """Tell whether a question is asked in English, a few Chinese characters aside.

    >>> is_english("How much can we get for DCMM level 3?"), is_english("DCMM三级能补多少"), is_english("IPO")
    (True, False, False)
    """
    return len(_HAN.findall(text)) <= _MOST_HAN and len(_WORD.findall(text)) >= _FEWEST_WORDS


def in_chinese(text: str) -> str:
    """Return an English question with its known words in Chinese.

    >>> in_chinese("How much can we get for DCMM level 3? Certification fee 0.4 million yuan")
    '能拿多少 DCMM 三级?认证费 40万元'
    """
    words = _words()
    text = _LEVEL.sub(lambda match: f"{'一二三四五'[int(match[1]) - 1]}级", text)
    text = _SUM.sub(_sum, text)
    text = words.known.sub(lambda match: words.phrases[match[0].lower()], text)
    text = words.silent.sub(" ", text)
    text = re.sub(r"\s+", " ", text)
    text = _BETWEEN.sub("", text)
    return re.sub(r"\s?([?!,.;])\s?", r"\1", text).strip()


def _sum(match: re.Match[str]) -> str:
    if not (match["size"] or match["money"] or match["before"]):
        return match[0]
    value = Decimal(match["number"].replace(",", "")) * _SIZES.get((match["size"] or "").lower(), 1)
    return format_money(Money(value))


@cache
def _words() -> _Words:
    rows = read_model(WORDS, _File)
    longest = sorted(rows.phrases, key=len, reverse=True)
    return _Words(
        rows.phrases,
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, rows.silent))})\b", re.IGNORECASE),
    )
