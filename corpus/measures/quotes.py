"""Finding a quote in a clause: exactly once, never cutting a number, its unit or a known word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.errors import BrokenCorpusError
from corpus.model.document import Clause, Span
from corpus.words import DocumentWords, usual_words

_REPAIR = "请对照条款原文改正引文；引文不唯一时用 within 写出含有它的更长一段"
_RUN = re.compile(r"[\d０-９]+(?:[.,:][\d０-９]+)*[%％]?|[A-Za-z]+")


@lru_cache(maxsize=2048)
def whole_stretches(text: str, words: DocumentWords) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text that no quote may cut: numbers with their units, and known words.

    >>> text = "给予15万元"
    >>> [text[start:end] for start, end in whole_stretches(text, usual_words())]
    ['15万元', '15']
    """
    numbers = ((found.start, found.end) for found in words.quantities(text))
    known = ((found.start, found.end) for found in words.policy.find(text))
    runs = ((match.start(), match.end()) for match in _RUN.finditer(text))
    return (*numbers, *known, *runs)


def occurrences(text: str, quote: str, words: DocumentWords | None = None) -> Iterator[int]:
    """Yield where a quote stands in a text without cutting anything whole.

    >>> list(occurrences("给予15万元、5万元", "5万元")), list(occurrences("给予50万元", "50万"))
    ([7], [])
    """
    reading = words or usual_words()
    start = text.find(quote) if quote else -1
    while start >= 0:
        edges = (start, start + len(quote))
        if not any(low < edge < high for low, high in whole_stretches(text, reading) for edge in edges):
            yield start
        start = text.find(quote, start + 1)


def _once(text: str, quote: str, where: str, place: str, words: DocumentWords | None) -> int:
    found = tuple(occurrences(text, quote, words))
    if len(found) == 1:
        return found[0]
    if found:
        raise BrokenCorpusError(where, f"“{quote}”在{place}中出现 {len(found)} 次，无法确定是哪一处", _REPAIR)
    whole = quote in text
    what = f"“{quote}”截断了{place}中的数字、单位或限定词" if whole else f"{place}中没有“{quote}”"
    raise BrokenCorpusError(where, what, _REPAIR)


def span_in_clause(clause: Clause, quote: str, where: str, words: DocumentWords | None = None) -> Span:
    """Return the one place of a quote in a clause.

    Raises:
        BrokenCorpusError: it stands there not at all, more than once, or only as part of a longer number.
    """
    start = _once(clause.text, quote, where, f"条款 {clause.id}", words)
    return Span(clause.id, start, start + len(quote), quote)


def span_in_passage(
    passage: Span, quote: str, within: str | None, where: str, words: DocumentWords | None = None
) -> Span:
    """Return the one place of a quote in a passage, or in the words `within` it.

    Raises:
        BrokenCorpusError: as `span_in_clause`.
    """
    offset, text, place = 0, passage.quote, "所引段落"
    if within is not None:
        offset = _once(passage.quote, within, where, place, words)
        text, place = within, f"“{within}”"
    start = passage.start + offset + _once(text, quote, where, place, words)
    return Span(passage.clause_id, start, start + len(quote), quote)


def bound_before(
    passage: Span, word: str, number: Span, where: str, words: DocumentWords | None = None
) -> Span:
    """Return the bound word that stands nearest before a number, with no other number between.

    Raises:
        BrokenCorpusError: there is none.
    """
    before = passage.quote[: number.start - passage.start]
    found = [start for start in occurrences(passage.quote, word, words) if start < len(before)]
    if not found:
        raise BrokenCorpusError(where, f"“{number.quote}”之前没有限定词“{word}”", _REPAIR)
    start = passage.start + found[-1]
    span = Span(passage.clause_id, start, start + len(word), word)
    between = passage.quote[span.end - passage.start : number.start - passage.start]
    if (words or usual_words()).quantities(between) or re.search(r"\d", between):
        raise BrokenCorpusError(where, f"限定词“{word}”与“{number.quote}”之间隔着别的数字", _REPAIR)
    return span
