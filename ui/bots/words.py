"""The fixed sentences of the bots: `words.yaml`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.steps.replies import Replies, load_replies

_WORDS = Path(__file__).with_name("words.yaml")
_EXCERPT = 20


@cache
def bot_words() -> Replies:
    """Return the sentences by name."""
    return load_replies(_WORDS)


def excerpt(question: str) -> str:
    """Return the beginning of a question, to say which one is meant.

    >>> excerpt("长宁区硬核技术攻关自筹投入八百万元的企业能拿多少？")
    '长宁区硬核技术攻关自筹投入八百万元的企业…'
    """
    line = " ".join(question.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"
