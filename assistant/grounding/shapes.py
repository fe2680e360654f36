"""Texts made comparable: plain characters, segments between punctuation, pairs of neighbouring characters."""

from __future__ import annotations

import re
import unicodedata

_BREAK = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;:!?\n()「」“”\"、【】]|[，；：！？（）]")
_CHINESE = re.compile(r"[㐀-鿿]+")
_KEPT = {ord(c): c for c in "「」【】〔〕《》。"}


def plain_text(text: str) -> str:
    """Return the text half-width and without blanks inside Chinese, punctuation kept where it breaks.

    >>> plain_text("最高 ２４０万元，按 DCMM 认证")
    '最高240万元,按DCMM认证'
    """
    half = unicodedata.normalize("NFKC", text)
    return re.sub(r"(?<=[^\x21-\x7e])[ \t　]+|[ \t　]+(?=[^\x21-\x7e])", "", half)


def chunks(text: str) -> tuple[str, ...]:
    """Return the segments of a plain text between punctuation; a comma inside a number breaks nothing.

    >>> chunks("共5,000元,不是现行政策。")
    ('共5,000元', '不是现行政策')
    """
    return tuple(segment for segment in (part.strip() for part in _BREAK.split(text)) if segment)


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Chinese characters.

    >>> sorted(bigrams("政策,甲"))
    ['政策']
    """
    return frozenset(run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of two sets is shared (Dice), 0 where either is empty.

    >>> likeness(frozenset("ab"), frozenset("bc"))
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def share(some: frozenset[str], held: frozenset[str]) -> float:
    """Return which part of `some` is held, 1 where there is nothing to hold."""
    return len(some & held) / len(some) if some else 1.0
