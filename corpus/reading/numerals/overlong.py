"""Runs of figures that are no number anybody means: too long to be an amount, a rate or a quantity.

The longest sum a policy states (九千九百九十九亿九千九百九十九万元) has 18 characters, the gross product of
the world 15 digits. A longer run is noise or an attack: it is never read; who wrote it as an amount is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_CHARACTERS = 32
MOST_DIGITS = 20
_SHOWN = 12
_RUN = re.compile(
    r"(?:[\d零一二两三四五六七八九十百千万亿点几数多来余个半wWkK]"
    r"|(?<=\d),(?=\d{3}(?!\d))|(?<=\d)，(?=\d{3}(?!\d))|(?<=\d)\.(?=\d)|(?<=\d)\s(?=[百千万亿wWkK])){21,}+"
)
_DIGITS = re.compile(rf"\d{{{MOST_DIGITS + 1}}}")


def overlong_runs(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where normalised text has a run of figures too long to be read, in order.

    >>> list(overlong_runs("自筹" + "9" * 30 + "万元")), list(overlong_runs("自筹800万元"))
    ([(2, 33)], [])
    """
    for match in _RUN.finditer(plain):
        if is_overlong(match[0]):
            yield match.span()


def without_overlong(plain: str, blank: str) -> str:
    """Return normalised text with runs too long to be read blotted out, offsets unchanged."""
    return _RUN.sub(lambda match: blank * len(match[0]) if is_overlong(match[0]) else match[0], plain)


def is_overlong(run: str) -> bool:
    """Tell whether a run of figures is too long to be read."""
    return len(run) > MOST_CHARACTERS or _DIGITS.search(run) is not None


def shortened(text: str) -> str:
    """Return a text as a sentence may repeat it.

    >>> shortened("800万元"), shortened("9" * 30)
    ('800万元', '999999999999……')
    """
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]}……"
