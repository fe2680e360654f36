"""Last step: nothing passes that the sources do not bear out.

Every number of a line must stand in a quote of the answer, in a worked line, in the label or title of a
source, or in the person's own words; every quote must be the clause's own characters. A line that fails is
left out; if the first one fails, the answer becomes an error instead.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.conversation import Answer, Citation, Outcome
from assistant.sources import citation
from assistant.steps.compose.quoting import quoted
from assistant.steps.route import not_covered
from assistant.steps.state import Line, State, settled
from corpus.model.document import Span
from corpus.reading.numerals import Found, Kind, find_quantities

log = logging.getLogger(__name__)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check(state: State) -> State:
    """Number the sources, hold every line against them, and write the answer."""
    if not state.lines:
        return replace(state, answer=not_covered(state))
    citations = number_sources(state)
    known = _known(state, citations)
    kept = [line for line in state.lines if is_borne_out(line, known)]
    dropped = [line for line in state.lines if line not in kept]
    for line in dropped:
        log.error("a line has a number no source states: %s", line.text)
    if state.lines[0] in dropped:
        return replace(state, answer=settled(state, Outcome.ERROR, state.context.replies.say("unproven")))
    text = "\n".join(_with_marks(line, citations) for line in kept)
    return replace(state, answer=_answer(state, text, citations))


def number_sources(state: State) -> tuple[Citation, ...]:
    """Return the citations of every span the answer rests on, in order of use; inner spans share one."""
    used = tuple(dict.fromkeys(_spans_used(state)))
    outer = [next((other for other in used if other != span and other.holds(span)), span) for span in used]
    spans = [span for span in dict.fromkeys(outer) if not any(o != span and o.holds(span) for o in outer)]
    return tuple(
        citation(n, span, state.context.corpus, state.as_of) for n, span in enumerate(spans, start=1)
    )


def _spans_used(state: State) -> Iterable[Span]:
    for line in state.lines:
        yield from line.spans
    for one in state.all_estimates:
        for step in one.steps:
            yield from step.spans
        for condition in one.conditions:
            yield condition.span
    for dropped in state.total.dropped:
        yield from dropped.spans


def _with_marks(line: Line, citations: Iterable[Citation]) -> str:
    used = [one.n for one in citations if any(one.span.holds(span) for span in line.spans)]
    return line.text + "".join(f"〔{n}〕" for n in dict.fromkeys(used))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a text: their digits as written, and the values they read as."""

    digits: frozenset[str]
    values: frozenset[tuple[object, ...]]


def numbers_of(text: str) -> Numbers:
    """Return the numbers of a text.

    >>> sorted(numbers_of("按30%给予300万元").digits)
    ['30', '300']
    """
    digits = frozenset(_plain(number) for number in _NUMBER.findall(text))
    return Numbers(digits, frozenset(_value(found) for found in find_quantities(text) if _counts(found)))


@lru_cache(maxsize=2048)
def _stated(text: str) -> Numbers:
    """Return the numbers of words of the corpus; asked for again and again, unlike a person's own words."""
    return numbers_of(text)


def _known(state: State, citations: Iterable[Citation]) -> Numbers:
    """Return every number an answer may state: of its sources, its worked lines, and the person's words."""
    stated = [_stated(text) for one in citations for text in (one.span.quote, one.label, one.title)]
    told = [numbers_of(text) for text in dict.fromkeys(_told(state))]
    every = (*stated, *told)
    digits = frozenset().union(*(one.digits for one in every))
    return Numbers(digits, frozenset().union(*(one.values for one in every)))


def _told(state: State) -> Iterable[str]:
    """Return what was said or worked out in this conversation, and the day answered for."""
    yield from (state.question.text, state.reading.text)
    yield from (turn.question for turn in state.question.history)
    yield from (step.text for one in state.all_estimates for step in one.steps)
    yield from _dates_known(state)


def is_borne_out(line: Line, known: Numbers) -> bool:
    """Tell whether each number of a line stands in a source, a worked line or the person's own words."""
    written, worked = numbers_of(_own_words(line)), numbers_of("\n".join(line.worked))
    values = known.values | worked.values
    return written.digits <= known.digits | worked.digits and all(
        set(_ends(value)) <= values for value in written.values - values
    )


def _own_words(line: Line) -> str:
    """Return a line without the quotes of its own spans: their numbers are the source's by nature."""
    text = line.text
    for span in line.spans:
        text = text.replace(quoted(span), "「」")
    return text


def _ends(value: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    """Return the two ends of a range as values of their own; any other value is itself."""
    kind, single, low, high = value
    return (value,) if single is not None else ((kind, low, None, None), (kind, high, None, None))


def _dates_known(state: State) -> Iterable[str]:
    return (str(state.as_of), f"{state.as_of.year}年{state.as_of.month}月{state.as_of.day}日")


def _plain(number: str) -> str:
    return number.replace(",", "").lstrip("0") or "0"


def _counts(found: Found) -> bool:
    """Tell whether a number must have a source: sums, rates, measured amounts; not 「一种」."""
    return found.kind in {Kind.MONEY, Kind.RATE} or (found.unit is not None and found.unit.is_sourced)


def _value(found: Found) -> tuple[object, ...]:
    return found.kind, found.value, found.low, found.high


def _answer(state: State, text: str, citations: tuple[Citation, ...]) -> Answer:
    return Answer(
        question=state.question.text,
        as_of=state.as_of,
        outcome=state.outcome,
        text=text,
        conversation_id=state.question.conversation_id,
        citations=citations,
        estimates=state.all_estimates,
        total=state.total,
        missing=state.missing,
        warnings=state.warnings,
        suggestions=state.suggestions,
    )
