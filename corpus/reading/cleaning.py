"""From a text as received to clean text: simplified, without noise, otherwise verbatim."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.reading.blocks import BlockKind, SourceDocument
from corpus.reading.characters import character_model
from corpus.reading.furniture import without_furniture
from corpus.reading.paragraphs import with_paragraphs_on_lines
from corpus.reading.running import without_running_lines
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
    """Clean text and every change that led to it, in the order they were made.

    `origins` has the source offset of each character of the text, and of its end.
    """

    text: str
    changes: tuple[Change, ...]
    origins: tuple[int, ...]

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
    return _cleaned(TrackedText.of(source))


def clean_document(source: SourceDocument) -> Cleaned:
    """Clean a file read into blocks: what it says is a heading, a list item or a table row stays a line."""
    whole: list[tuple[int, int]] = []
    rows: list[tuple[int, int]] = []
    at = 0
    for block in source.blocks:
        span = (at, at + len(block.text))
        if block.kind is not BlockKind.PARAGRAPH:
            whole.append(span)
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(span)
        at = span[1] + 1
    return _cleaned(TrackedText.of(source.text, tuple(whole), tuple(rows)))


def _cleaned(received: TrackedText) -> Cleaned:
    source, model = received.text, character_model()
    text = with_paragraphs_on_lines(received)
    text = without_blank_lines(without_invisible(text))
    text = without_running_lines(text)
    text = without_pinyin(text)
    traditional = is_traditional(text.text)
    text = with_simplified(text, traditional)
    text = without_strays(text, source, model, traditional)
    text = without_furniture(text)
    text = without_stray_spaces(text, model)
    text = without_hard_wraps(without_blank_lines(text))
    text = with_items_on_lines(text)
    text = without_stray_spaces(text, model)  # on the lines as they are now
    text = without_blank_lines(text)
    return Cleaned(text.text, text.changes, text.origins)
