"""Features of a later turn: its own words, and what it shares with the turn before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding.text_features import masked, question_features
from corpus.reading.numerals import Found

_SHORT = 12


def turn_features(
    text: str, last: str, quantities: Sequence[Found], before: Sequence[Found]
) -> tuple[str, ...]:
    """Return the features of a turn after the words of the one before it."""
    own = question_features(text, quantities)
    plain = masked(text, quantities)
    opening = tuple(f"opens:{plain[:size]}" for size in (1, 2, 3, 4, 5))
    closing = tuple(f"closes:{plain[-size:]}" for size in (1, 2, 3, 4))
    shared = _shared(text, last)
    kinds = {one.kind for one in quantities} & {one.kind for one in before}
    return (
        *own,
        *opening,
        *closing,
        f"shares={min(int(shared * 5), 4)}",
        f"same-kind={bool(kinds)}",
        f"short={len(text) <= _SHORT}",
        f"asks={any(mark in text for mark in '吗呢？?几多谁哪')}",
    )


def _shared(text: str, last: str) -> float:
    """Return the share of a text's neighbouring pairs that the text before has, too."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return sum(pair in last for pair in pairs) / len(pairs) if pairs else 0.0
