"""Answers on money: conclusion, worked sum, standard, conditions. Upper bounds stay upper bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.conversation import ConditionState, Estimate, EstimateStatus
from assistant.steps.compose.quoting import place, quoted, sentence_of
from assistant.steps.state import Line, State
from corpus.model.document import Span
from corpus.model.measure import Measure
from corpus.model.values import Money
from corpus.reading.numerals import format_money

_STATES = (ConditionState.UNMET, ConditionState.UNKNOWN, ConditionState.MET)
_MOST_DETAILED = 3


def amount_lines(state: State) -> tuple[Line, ...]:
    """Return what the measures meant would pay, one group after another, then the total."""
    estimates = {one.measure: one for one in state.estimates}
    lines: list[Line] = []
    for group in state.meant:
        if len(group) > 1:
            lines.append(Line(state.desk.replies.say("alternatives")))
        for measure in group:
            lines += _measure_lines(
                state, measure, estimates[measure.id], is_brief=len(group) > _MOST_DETAILED
            )
    return tuple(lines) + total_lines(state)


def _measure_lines(state: State, measure: Measure, one: Estimate, is_brief: bool) -> Iterator[Line]:
    yield conclusion(state, measure, one)
    for step in one.steps:
        yield Line(
            state.desk.replies.say("worked", step=step.text), step.spans or (measure.passage,), (step.text,)
        )
    if is_brief:
        return
    yield standard(state, measure)
    yield from condition_lines(state, one.conditions)
    for hint in one.hints:
        yield Line(state.desk.replies.say("hint", hint=hint), (measure.passage,), (hint,))


def conclusion(state: State, measure: Measure, one: Estimate) -> Line:
    """Return the first sentence on a measure: the sum, or why there is none."""
    document = state.desk.corpus.document(measure.document)
    where = place(state.desk.corpus.clause(measure.clause_id), document)
    name = f"sum_{one.status.value}{'_bound' if one.is_upper_bound and one.amount is not None else ''}"
    explanation = (one.explanation or "").rstrip("。")
    if one.status is EstimateStatus.NEEDS_INPUT and one.range is not None:
        name = "sum_needs_input_range" if one.range[1] is not None else name
    text = state.desk.replies.say(
        name if name in state.desk.replies.texts else f"sum_{one.status.value}",
        place=where,
        name=one.name,
        amount=_money(one.amount),
        kind=measure.kind_words.quote if measure.kind_words else "支持",
        explanation=explanation,
        questions="".join(missing.question for missing in one.missing[:1]),
        low=_money(one.range[0]) if one.range else "",
        high=_money(one.range[1]) if one.range else "",
    )
    return Line(text, (measure.passage,), (*(step.text for step in one.steps), *worked_amounts(one)))


def worked_amounts(one: Estimate) -> tuple[str, ...]:
    """Return the estimate's own sums and words, which an answer may repeat."""
    sums = (one.amount, *(one.range or ()))
    asked = tuple(missing.question for missing in one.missing)
    return (*(_money(each) for each in sums if each is not None), one.explanation or "", *asked)


def _money(amount: object) -> str:
    return format_money(Money.of(str(amount))) if amount is not None else ""


def standard(state: State, measure: Measure) -> Line:
    """Return the clause's own words for the rate and cap."""
    span = sentence_of(measure.passage, state.desk.corpus)
    wide = span if len(span.quote) <= 140 else measure.passage
    return Line(state.desk.replies.say("standard", words=quoted(wide)), (wide,))


def condition_lines(state: State, conditions: Iterable) -> Iterator[Line]:  # type: ignore[type-arg]
    """Return the conditions, those not met first, each in the clause's words."""
    listed = tuple(conditions)
    for how in _STATES:
        some = [one for one in listed if one.state is how]
        if some:
            words = "；".join(dict.fromkeys(_condition_words(one.text, one.gap) for one in some))
            spans: tuple[Span, ...] = tuple(dict.fromkeys(one.span for one in some))
            gaps = tuple(one.gap for one in some if one.gap)
            yield Line(state.desk.replies.say(f"conditions_{how.value}", words=words), spans, gaps)


def _condition_words(text: str, gap: str | None) -> str:
    return f"{text}（{gap}）" if gap else text


def total_lines(state: State) -> tuple[Line, ...]:
    """Return the combined sum of different matters, what was dropped and why."""
    total = state.total
    lines: list[Line] = []
    if len(total.chosen) > 1:
        worked = tuple(f"{_money(each)}" for each in (total.in_force, total.draft) if each is not None)
        spans = tuple(state.desk.corpus.measure(name).passage for name in total.chosen)
        if total.in_force is not None:
            lines.append(Line(state.desk.replies.say("total", amount=_money(total.in_force)), spans, worked))
        if total.draft is not None:
            lines.append(
                Line(state.desk.replies.say("total_draft", amount=_money(total.draft)), spans, worked)
            )
    for dropped in total.dropped:
        name = state.desk.corpus.measure(dropped.measure).name
        text = state.desk.replies.say("dropped", name=name, reason=dropped.reason.rstrip("。"))
        lines.append(Line(text, dropped.spans, (dropped.reason,)))
    return tuple(lines)
