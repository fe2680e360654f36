"""Sums and counts that are written as such and are none: too long to be read, or too large to be meant."""

from __future__ import annotations

import re

from corpus.reading.numerals.digits import NUMERAL, normalised, read_number
from corpus.reading.numerals.errors import NotANumberError, TooLargeError
from corpus.reading.numerals.overlong import overlong_runs, shortened, without_overlong

_RUN = re.compile(NUMERAL)
_COUNTS = re.compile(
    r"[一二两三四五六七八九十百千万亿]|\s?(?:[元块圆%‰成倍家项个年吨]|人民币|RMB|CNY|rmb|cny)"
)


def unreadable_amount(text: str) -> str | None:
    """Return the first number of a text that is too long or too large to be meant, shortened; else None.

    A run of digits alone (the number of a file, of an account) counts nothing and is no one's mistake.

    >>> unreadable_amount("自筹" + "9" * 30 + "万元"), unreadable_amount("受理编号" + "9" * 30 + "何时办结")
    ('999999999999……', None)
    >>> unreadable_amount("自筹一亿亿亿元"), unreadable_amount("自筹800万元")
    ('一亿亿亿', None)
    """
    plain = normalised(text)
    for start, end in overlong_runs(plain):
        if _counts(plain, start, end):
            return shortened(plain[start:end])
    for match in _RUN.finditer(without_overlong(plain, "\ufffc")):
        if _is_too_large(match[0]) and _counts(plain, *match.span()):
            return shortened(match[0])
    return None


def _counts(plain: str, start: int, end: int) -> bool:
    return bool(_COUNTS.search(plain, start, end) or _COUNTS.match(plain, end))


def _is_too_large(run: str) -> bool:
    try:
        read_number(run)
    except TooLargeError:
        return True
    except NotANumberError:
        return False
    return False
