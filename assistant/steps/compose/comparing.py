"""Two or three measures, or documents, side by side: what differs first, then a small table.

A row is written without outer bars (「支持标准 | 甲 | 乙」), so that it is a table where Markdown is shown
and still reads as a line where it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate
from assistant.steps.compose.notes import STATUS_NAMES
from assistant.steps.compose.quoting import place
from assistant.steps.compose.reviewing import unreviewed_mark
from assistant.steps.cues import Intent
from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.document import DocumentStatus, PolicyDocument, Span
from corpus.model.measure import Measure, PerUnit
from corpus.model.values import Money
from corpus.reading.numerals import format_money

_MOST_COLUMNS = 3
_LONGEST_CELL = 80
_BAR = " | "


def compares(state: State) -> bool:
    """Tell whether measures or documents are to be held against each other, no sum of one's own stated."""
    if not state.reading.asks(Intent.COMPARISON):
        return False
    told = {*state.facts.sheet, *(name for _, name, _ in state.facts.own)}
    has_sums = any(told.intersection(measure.amount_facts) for measure in state.measures)
    return not has_sums and (len(state.measures) > 1 or len(state.reading.documents) > 1)


def compares_documents(state: State) -> bool:
    """Tell whether it is documents that are compared, no measures: then a table says how each stands."""
    return compares(state) and len(state.measures) < 2


def comparison_lines(state: State) -> tuple[Line, ...]:
    """Return the measures (or documents) asked about side by side."""
    if len(state.measures) > 1:
        return _of_measures(state, state.measures)
    documents = [state.context.corpus.document(slug) for slug in state.reading.documents]
    return _of_documents(state, documents)


def _of_measures(state: State, measures: Sequence[Measure]) -> tuple[Line, ...]:
    corpus, say = state.context.corpus, state.context.replies.say
    sheet = FactSheet.parse({}, corpus.facts)
    rules = [estimate(measure, sheet, state.as_of, corpus) for measure in measures]
    spans = tuple(measure.passage for measure in measures)
    standards = tuple("；".join(step.text for step in one.steps) for one in rules)
    lines = [_marked(state, measures, _most_line(state, measures, rules, standards, spans))]
    if len(measures) > _MOST_COLUMNS:
        for measure, standard in zip(measures, standards, strict=True):
            where = _where(state, measure)
            text = say("company_item", name=measure.name, place=where, rule=standard)
            lines.append(Line(text, (measure.passage,), (standard,)))
        return tuple(lines)
    lines += _head(state, [measure.name for measure in measures])
    lines.append(_row(say("row_standard"), standards, spans, standards))
    conditions = [_conditions(one) for one in measures]
    conditions = [one if len(one) <= _LONGEST_CELL else say("row_see") for one in conditions]
    lines.append(_row(say("row_conditions"), conditions, spans))
    lines.append(_row(say("row_place"), [_where(state, one) for one in measures], ()))
    return (*lines, Line(""))


def _marked(state: State, measures: Sequence[Measure], line: Line) -> Line:
    """Return the first line with the marks of a draft and of what no person has confirmed, of any of them."""
    documents = [state.context.corpus.document(one.document) for one in measures]
    is_draft = any(one.status_on(state.as_of) is DocumentStatus.DRAFT for one in documents)
    marks = state.context.replies.say("draft_mark") if is_draft else ""
    marks += next(filter(None, (unreviewed_mark(state, one) for one in measures)), "")
    return replace(line, text=marks + line.text) if marks else line


def _conditions(measure: Measure) -> str:
    """Return what a measure itself asks for, what its whole document asks for aside."""
    own = [one.text for one in measure.conditions if one.span.clause_id == measure.clause_id]
    either = ["或".join(one.text for one in choice.conditions) for choice in measure.alternatives]
    return "；".join(dict.fromkeys((*own, *either))).replace("|", "/") or "—"


def _most_line(
    state: State,
    measures: Sequence[Measure],
    rules: Sequence[Estimate],
    standards: Sequence[str],
    spans: tuple[Span, ...],
) -> Line:
    """Say first which one can give more, or that the standards are the same."""
    say = state.context.replies.say
    if len(set(standards)) == 1:
        return Line(say("compare_same", rule=standards[0]), spans, (standards[0],))
    most = [_most(one, rule) for one, rule in zip(measures, rules, strict=True)]
    if None in most:
        return Line(say("compare_head"), spans)
    told = "，".join(
        f"{one.name}{_money(amount)}"
        for one, amount in zip(measures, most, strict=True)
        if amount is not None
    )
    highest = [
        one.name for one, amount in zip(measures, most, strict=True) if amount == max(filter(None, most))
    ]
    name = "compare_most" if len(highest) == 1 else "compare_most_same"
    text = say(name, name=highest[0], told=told)
    return Line(text, spans, (told,))


def _most(measure: Measure, one: Estimate) -> Decimal | None:
    """Return the most an award can come to; a sum for each piece has no such number to compare by."""
    if isinstance(measure.formula, PerUnit):
        return None
    return one.amount if one.amount is not None else (one.range[1] if one.range else None)


def _money(amount: Decimal) -> str:
    return format_money(Money(amount))


def _where(state: State, measure: Measure) -> str:
    corpus = state.context.corpus
    return place(corpus.clause(measure.clause_id), corpus.document(measure.document))


def _head(state: State, names: Sequence[str]) -> Iterator[Line]:
    yield Line(_BAR.join((state.context.replies.say("row_head"), *names)))
    yield Line(_BAR.join(["---"] * (len(names) + 1)))


def _row(name: str, cells: Sequence[str], spans: tuple[Span, ...], worked: tuple[str, ...] = ()) -> Line:
    return Line(_BAR.join((name, *cells)), spans, worked)


def _of_documents(state: State, documents: Sequence[PolicyDocument]) -> tuple[Line, ...]:
    """Return how documents stand side by side: until when, since when, number, status."""
    say = state.context.replies.say
    unstated = say("row_unstated")

    def day(value: date | None) -> str:
        return chinese_date(value) if value is not None else unstated

    rows: tuple[tuple[str, str, Callable[[PolicyDocument], str]], ...] = (
        ("row_ends", "expires_on", lambda one: day(one.validity.end)),
        ("row_begins", "effective_on", lambda one: day(one.validity.start)),
        ("row_number", "document_number", lambda one: one.document_number or unstated),
        ("row_status", "nature", lambda one: say(STATUS_NAMES[one.status_on(state.as_of)])),
    )
    lines = [*_longest(state, documents), *_head(state, [f"《{one.title}》" for one in documents])]
    for name, field, value in rows:
        cells = [value(one) for one in documents]
        spans = tuple(span for one in documents for key, span in one.evidence if key == field)
        lines.append(_row(say(name), cells, spans))
    return (*lines, Line(""))


def _longest(state: State, documents: Sequence[PolicyDocument]) -> Iterator[Line]:
    """Yield which document runs longest, where that is asked for and every end is stated."""
    if not state.reading.asks(Intent.VALIDITY):
        return
    ends = [(one.validity.end, one) for one in documents if one.validity.end is not None]
    if len(ends) < len(documents):
        return
    last = max(end for end, _ in ends)
    latest = [one for end, one in ends if end == last]
    spans = tuple(span for one in documents for key, span in one.evidence if key == "expires_on")
    name = "compare_ends" if len(latest) == 1 else "compare_ends_same"
    yield Line(state.context.replies.say(name, title=latest[0].title, day=chinese_date(last)), spans)
