"""From a text as received to clean text: simplified, without noise, otherwise verbatim."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.reading.characters import character_model
from corpus.reading.furniture import without_furniture
from corpus.reading.strays import without_strays
from corpus.reading.tracked import Change, TrackedText
from corpus.reading.variants import (
    is_traditional,
    with_simplified,
    without_invisible,
    without_pinyin,
    without_stray_spaces,
)
from corpus.reading.wraps import with_items_on_lines, without_blank_lines, without_hard_wraps


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text and every change that led to it, in the order they were made."""

    text: str
    changes: tuple[Change, ...]

    @property
    def doubtful(self) -> tuple[Change, ...]:
        """Return the changes that were left to a person."""
        return tuple(change for change in self.changes if not change.is_certain)


def clean(source: str) -> Cleaned:
    r"""Clean a text; what was done and what was doubted can be listed from the result.

    Cleaning a clean text changes nothing.

    >>> clean("經(jīng)認(rèn)定后給予獎勵。\n\n責任編輯: 王某").text
    '经认定后给予奖励。'
    """
    model = character_model()
    text = without_invisible(TrackedText.of(source))
    text = without_blank_lines(text)
    text = without_pinyin(text)
    traditional = is_traditional(text.text)
    text = with_simplified(text, traditional)
    text = without_strays(text, source, model, traditional)
    text = without_furniture(text)
    text = without_stray_spaces(text, model)
    text = without_hard_wraps(without_blank_lines(text))
    text = with_items_on_lines(text)
    text = without_blank_lines(text)
    return Cleaned(text.text, text.changes)
