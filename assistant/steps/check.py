"""Last step: nothing passes that the sources do not bear out.

Every number of a line must stand in a quote of the answer, in a worked line, in the label or title of a
source, or in the person's own words; every quote must be the clause's own characters. A line that fails is
left out; if the first one fails, the answer becomes an error instead.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.conversation import Answer, Citation, Outcome
from assistant.steps.compose.quoting import spoken_label
from assistant.steps.route import not_covered
from assistant.steps.state import Line, State, settled
from corpus.model.document import Span
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind, find_quantities

log = logging.getLogger(__name__)
_MEASURED = frozenset({Unit.TON_COAL, Unit.EQUIVALENT_TON, Unit.ENTERPRISE, Unit.SORTIE})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check(state: State) -> State:
    """Number the sources, hold every line against them, and write the answer."""
    if not state.lines:
        return replace(state, answer=not_covered(state))
    citations = number_sources(state)
    kept = [line for line in state.lines if is_borne_out(line, state, citations)]
    dropped = [line for line in state.lines if line not in kept]
    for line in dropped:
        log.error("a line has a number no source states: %s", line.text)
    if state.lines[0] in dropped:
        return replace(state, answer=settled(state, Outcome.ERROR, state.desk.replies.say("unproven")))
    text = "\n".join(_with_marks(line, citations) for line in kept)
    return replace(state, answer=_answer(state, text, citations))


def number_sources(state: State) -> tuple[Citation, ...]:
    """Return the citations of every span the answer rests on, in order of use; inner spans share one."""
    used = tuple(dict.fromkeys(_spans_used(state)))
    outer = [next((other for other in used if other != span and _holds(other, span)), span) for span in used]
    spans = [span for span in dict.fromkeys(outer) if not any(o != span and _holds(o, span) for o in outer)]
    return tuple(_citation(state, n, span) for n, span in enumerate(spans, start=1))


def _spans_used(state: State) -> Iterable[Span]:
    for line in state.lines:
        yield from line.spans
    for one in state.estimates:
        for step in one.steps:
            yield from step.spans
        for condition in one.conditions:
            yield condition.span
    for dropped in state.total.dropped:
        yield from dropped.spans


def _holds(outer: Span, inner: Span) -> bool:
    return outer.clause_id == inner.clause_id and outer.start <= inner.start and inner.end <= outer.end


def _citation(state: State, n: int, span: Span) -> Citation:
    clause = state.desk.corpus.clause(span.clause_id)
    document = state.desk.corpus.document(clause.document)
    if clause.text[span.start : span.end] != span.quote:
        raise ValueError(f"the quote of {span.clause_id} is not the clause's text")
    return Citation(n, span, document.slug, document.title, clause.label, document.status_on(state.as_of))


def _with_marks(line: Line, citations: Iterable[Citation]) -> str:
    used = [one.n for one in citations if any(_holds(one.span, span) for span in line.spans)]
    return line.text + "".join(f"〔{n}〕" for n in dict.fromkeys(used))


def is_borne_out(line: Line, state: State, citations: tuple[Citation, ...]) -> bool:
    """Tell whether each number of a line stands in a source, a worked line or the person's own words."""
    sources = [one.span.quote for one in citations]
    sources += [text for one in citations for text in (one.label, one.title, _spoken(one, state))]
    own = (state.question.text, state.reading.text, *(turn.question for turn in state.question.history))
    steps = tuple(step.text for one in state.estimates for step in one.steps)
    allowed = "\n".join((*sources, *own, *steps, *line.worked, *_dates_known(state)))
    digits = {_plain(number) for number in _NUMBER.findall(allowed)}
    values = {_value(found) for found in find_quantities(allowed)}
    written = [one for one in find_quantities(line.text) if _counts(one) and _value(one) not in values]
    unknown = [number for number in _NUMBER.findall(line.text) if _plain(number) not in digits]
    return not unknown and not written


def _dates_known(state: State) -> Iterable[str]:
    return (str(state.as_of), f"{state.as_of.year}年{state.as_of.month}月{state.as_of.day}日")


def _plain(number: str) -> str:
    return number.replace(",", "").lstrip("0") or "0"


def _counts(found: Found) -> bool:
    """Tell whether a number must have a source: sums, rates and measured amounts, not 「一种」 or 「几项」."""
    return found.kind in {Kind.MONEY, Kind.RATE} or found.unit in _MEASURED


def _spoken(citation: Citation, state: State) -> str:
    return spoken_label(state.desk.corpus.clause(citation.span.clause_id))


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
        estimates=state.estimates,
        total=state.total,
        missing=state.missing,
        warnings=state.warnings,
        suggestions=state.suggestions,
    )
