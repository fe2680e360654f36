"""Answers on money: conclusion, worked sum, standard, conditions. Upper bounds stay upper bounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.conversation import ConditionResult, ConditionState, Estimate, EstimateStatus
from assistant.steps.compose.asked import is_impersonal
from assistant.steps.compose.quoting import place, quoted
from assistant.steps.compose.reviewing import unreviewed_mark
from assistant.steps.cues import Intent
from assistant.steps.goal import goal_steps, has_goal, remaining_step
from assistant.steps.state import Line, State
from corpus.model.document import DocumentStatus, SourceNature, Span
from corpus.model.measure import CapScope, FixedSum, Measure
from corpus.model.review import UNREVIEWED_MARK
from corpus.model.values import Money, Unit
from corpus.reading.numerals import Kind, format_money, usual_units

_STATES = (ConditionState.UNMET, ConditionState.UNKNOWN, ConditionState.MET)
_MOST_DETAILED = 3
_OPEN = "能否同时享受"
_EACH_ONE = re.compile(r"各一(?:项|个|件|张|次)")
_OF_EACH = re.compile(r"(?:各|每(?:个|份|家|笔|项))[^，。；;,\d]{0,6}$")
_NUMBER = re.compile(r"\d")
_ASKING = re.compile(
    r"几|多少|一[次下家个项种款份场台套名位笔条]$"
)  # 「能拿几万」 asks, 「一次说清」 counts nothing


def amount_lines(state: State) -> tuple[Line, ...]:
    """Return what the measures meant would pay, one group after another, then the total."""
    estimates = {one.measure: one for one in state.estimates}
    lines: list[Line] = list(total_lines(state))
    common = _common(state.estimates if len(state.meant) > 1 else ())
    for group in state.meant:
        if len(group) > 1:
            lines.append(Line(state.context.replies.say("alternatives")))
        for measure in group:
            one = estimates[measure.id]
            if len(group) > _MOST_DETAILED:
                lines += _brief_lines(state, measure, one)
            else:
                lines += _measure_lines(state, measure, one, common)
    if common:
        words = "；".join(one.text for one in common)
        spans = tuple(dict.fromkeys(one.span for one in common))
        lines.append(Line(state.context.replies.say("conditions_common", words=words), spans))
    unused = [words for words in state.facts.unused if not _ASKING.match(words)]
    foreign = [words for words in unused if words.endswith(tuple(usual_units().foreign_money))]
    if foreign:
        unused = [words for words in unused if words not in foreign]
        lines.append(Line(state.context.replies.say("foreign", words="”“".join(foreign))))
    if unused:
        lines.append(Line(state.context.replies.say("unused", words="”“".join(unused))))
    return tuple(lines)


def _common(estimates: Sequence[Estimate]) -> tuple[ConditionResult, ...]:
    """Return the conditions nobody spoke of that every one of several awards has: said once, at the end."""
    if len(estimates) < 2:
        return ()
    texts = (
        {one.text for one in each.conditions if one.state is ConditionState.UNKNOWN} for each in estimates
    )
    shared = set.intersection(*texts)
    return tuple(one for one in estimates[0].conditions if one.text in shared)


def _brief_lines(state: State, measure: Measure, one: Estimate) -> Iterator[Line]:
    """Yield one line on one of many alternatives: what it gives, and where that stands."""
    line = conclusion(state, measure, one)
    where = place(
        state.context.corpus.clause(measure.clause_id), state.context.corpus.document(measure.document)
    )
    yield replace(line, text=state.context.replies.say("sum_at", text=line.text.rstrip("。"), place=where))
    yield from _variant_lines(state, measure)


def _measure_lines(
    state: State, measure: Measure, one: Estimate, common: Sequence[ConditionResult]
) -> Iterator[Line]:
    say = state.context.replies.say
    rest = remaining_step(measure, one, state)
    for step in (*((rest,) if rest else ()), *goal_steps(measure, state)):
        mark = (say("draft_mark") if _is_draft(state, measure) else "") + unreviewed_mark(state, measure)
        yield Line(f"{mark}{step.text}。", step.spans, (step.text,))
    yield conclusion(state, measure, one)
    for at, step in enumerate(one.steps if _is_worked(measure, one) else ()):
        reply = "worked" if at or "=" in step.text else "rule"
        yield Line(say(reply, step=step.text), step.spans or (measure.passage,), (step.text,))
    yield from _variant_lines(state, measure)
    if one.amount is not None and isinstance(measure.formula, FixedSum) and are_several(state):
        yield Line(say("fixed_open"), (measure.passage,))
    yield standard(state, measure)
    yield from condition_lines(state, _untold(one, common))
    for hint in one.hints:
        if not _NUMBER.search(hint) and "《" not in hint and hint != UNREVIEWED_MARK:
            yield Line(say("hint", hint=hint), (measure.passage,))


def _is_worked(measure: Measure, one: Estimate) -> bool:
    """Tell whether the steps say more than the conclusion does: a fixed sum or the bare rule does not."""
    is_range = one.range is not None and one.status in {EstimateStatus.PAYABLE, EstimateStatus.DRAFT}
    is_computed = one.amount is not None or is_range
    return is_computed and not isinstance(measure.formula, FixedSum)


def are_several(state: State) -> bool:
    """Tell whether several pieces of what is paid once are spoken of: 两项标准, 各一项."""
    if len(state.meant) > 1:
        return False  # 「三项合计」 counts the matters
    counts = (found.value for found in state.reading.quantities if found.unit == Unit.COUNT)
    is_told = any(count is not None and count > 1 for count in counts)
    return is_told or bool(_EACH_ONE.search(state.reading.text))


def _untold(one: Estimate, common: Sequence[ConditionResult]) -> Iterator[ConditionResult]:
    """Yield the conditions not said elsewhere: neither among the common ones nor in why there is no sum."""
    told = {each.text for each in common}
    for condition in one.conditions:
        explained = condition.gap is not None and condition.gap in (one.explanation or "")
        if condition.text not in told and not explained:
            yield condition


def _variant_lines(state: State, measure: Measure) -> Iterator[Line]:
    """Yield a worked line for each further value the person asks about; then what several leave open."""
    yield from _worked_variants(state, measure)
    told = [one for _, _, one in state.variants if one.measure == measure.id]
    is_several = any(word in state.reading.text for word in state.context.cues.cues.each)
    if told and is_several and any(cap.per is CapScope.AWARD for cap in measure.caps):
        yield Line(state.context.replies.say("cap_open"), (measure.passage,))
    elif not told and _is_told_of_each(state) and any(cap.per is CapScope.AWARD for cap in measure.caps):
        yield Line(state.context.replies.say("each_alone"), (measure.passage,))


def _is_told_of_each(state: State) -> bool:
    """Tell whether a sum is told of each of several (两个项目各投资400万): one is worked out."""
    sums = (found for found in state.reading.quantities if found.kind is Kind.MONEY)
    is_each = any(_OF_EACH.search(state.reading.text[: found.start]) for found in sums)
    counts = (found.value or 0 for found in state.reading.quantities if found.kind is Kind.QUANTITY)
    return is_each and any(count > 1 for count in counts)


def _worked_variants(state: State, measure: Measure) -> Iterator[Line]:
    """Yield a worked line for each further value."""
    for name, words, one in state.variants:
        if one.measure != measure.id:
            continue
        label = state.context.corpus.facts[name].label
        steps = "；".join(step.text for step in one.steps)
        reply = "variant_none" if one.amount is None else "variant_bound" if one.is_upper_bound else "variant"
        explanation = (one.explanation or "").rstrip("。")
        text = state.context.replies.say(
            reply, label=label, words=words, steps=steps, amount=_money(one.amount), explanation=explanation
        )
        yield Line(text, (measure.passage,), (text,))


def conclusion(state: State, measure: Measure, one: Estimate) -> Line:
    """Return the first sentence on a measure: the sum, or why there is none."""
    text = state.context.replies.say(
        _reply_for(one, is_general=is_general(state), is_told=bool(state.facts.given or state.facts.own)),
        rule="；".join(
            step.text
            for step in one.steps
            if step not in (*goal_steps(measure, state), remaining_step(measure, one, state))
        ),
        name=one.name,
        amount=_money(one.amount),
        explanation=(one.explanation or "").removeprefix("未达条件：").rstrip("。"),
        low=_money(one.range[0]) if one.range else "",
        high=_money(one.range[1]) if one.range else "",
    )
    text = unreviewed_mark(state, measure) + text
    if _is_draft(state, measure):
        text = state.context.replies.say("draft_mark") + text
    return Line(text, (measure.passage,), (*(step.text for step in one.steps), *worked_amounts(one)))


def _is_draft(state: State, measure: Measure) -> bool:
    return state.context.corpus.document(measure.document).status_on(state.as_of) is DocumentStatus.DRAFT


def is_general(state: State) -> bool:
    """Tell whether the question is for what the policy gives (最高多少、比例), not for a sum of one's own."""
    told = {*state.facts.sheet, *(doubt.fact for doubt in state.facts.doubts)}
    if has_goal(state):
        return not any(told.intersection(measure.amount_facts[:1]) for measure in state.measures)
    states_sums = any(told.intersection(_numbers_asked(measure)) for measure in state.measures)
    is_asked_of_policy = state.reading.asks(Intent.STANDARD) or bool(state.reading.claims)
    return not states_sums and (is_asked_of_policy or is_impersonal(state))


def _numbers_asked(measure: Measure) -> frozenset[str]:
    """Return the facts a measure takes as numbers or grades: its bases and counts, and its thresholds."""
    thresholds = (one.fact for one in measure.all_conditions if one.comparison is not None)
    return frozenset((*measure.amount_facts, *thresholds))


def _reply_for(one: Estimate, is_general: bool, is_told: bool) -> str:
    """Return the name of the sentence that says how an estimate ended; a bound stays a bound.

    Where nothing was told, the least of an award is no sum by what was said.
    """
    if one.status is EstimateStatus.NEEDS_INPUT and is_general:
        return "sum_general"
    if one.amount is not None:
        return f"sum_{one.status.value}{'_bound' if one.is_upper_bound else ''}"
    if one.status in {EstimateStatus.PAYABLE, EstimateStatus.DRAFT} and one.range:
        return f"sum_{one.status.value}_range{'_bound' if one.is_upper_bound else ''}"
    if one.status is EstimateStatus.NEEDS_INPUT and one.range:
        low, high = one.range
        rule = "".join(step.text for step in one.steps)
        if high is None or (not low and _money(high) in rule):
            return "sum_needs_input_least" if low and is_told else "sum_needs_input"
        return "sum_needs_input_range" if low else "sum_needs_input_most"
    return f"sum_{one.status.value}"


def worked_amounts(one: Estimate) -> tuple[str, ...]:
    """Return the estimate's own sums and words, which an answer may repeat."""
    sums = (one.amount, *(one.range or ()))
    asked = tuple(missing.question for missing in one.missing)
    return (*(_money(each) for each in sums if each is not None), one.explanation or "", *asked)


def _money(amount: Decimal | None) -> str:
    return format_money(Money(amount)) if amount is not None else ""


def standard(state: State, measure: Measure) -> Line:
    """Return the clause's own words for what is granted, and where they stand."""
    where = place(
        state.context.corpus.clause(measure.clause_id), state.context.corpus.document(measure.document)
    )
    text = state.context.replies.say("standard", place=where, words=quoted(measure.passage))
    return Line(text, (measure.passage,))


def condition_lines(state: State, conditions: Iterable[ConditionResult]) -> Iterator[Line]:
    """Return the conditions, those not met first, each in the clause's words."""
    listed = tuple(conditions)
    for how in _STATES:
        some = [one for one in listed if one.state is how]
        if some:
            words = "；".join(dict.fromkeys(_condition_words(one.text, one.gap) for one in some))
            spans: tuple[Span, ...] = tuple(dict.fromkeys(one.span for one in some))
            gaps = tuple(one.gap for one in some if one.gap)
            yield Line(state.context.replies.say(f"conditions_{how.value}", words=words), spans, gaps)


def _condition_words(text: str, gap: str | None) -> str:
    return f"{text}（{gap}）" if gap else text


def _is_bound(state: State, summed: Sequence[Measure]) -> bool:
    """Tell whether one of the sums in the total is an upper bound: then so is the total."""
    names = {one.id for one in summed}
    return any(one.is_upper_bound for one in state.estimates if one.measure in names)


def _is_open(state: State) -> bool:
    """Tell whether measures of the total stand side by side in one clause, with no word on having both."""
    chosen = [state.context.corpus.measure(name) for name in state.total.chosen]
    clauses = Counter(one.clause_id for one in chosen if any(_OPEN in note for note in one.notes))
    return any(count > 1 for count in clauses.values())


def _sum_line(state: State, reply: str, amount: Decimal | None, summed: Sequence[Measure]) -> Iterator[Line]:
    """Yield the sum of several matters that stand alike; one alone is its own sum and told as such."""
    if amount is None or len(summed) < 2:
        return
    worded = f"{reply}_bound" if _is_bound(state, summed) else reply
    spans = tuple(measure.passage for measure in summed)
    yield Line(state.context.replies.say(worded, amount=_money(amount)), spans, (_money(amount),))


def total_lines(state: State) -> tuple[Line, ...]:
    """Return the combined sum of different matters, what was dropped and why.

    What is in force and what is drafted stand apart, and of both what no person has confirmed.
    """
    total, corpus = state.total, state.context.corpus
    chosen = [corpus.measure(name) for name in total.chosen]
    lines: list[Line] = []
    for reply, amount, is_draft, is_reviewed in (
        ("total", total.in_force, False, True),
        ("total_draft", total.draft, True, True),
        ("total_unreviewed", total.unreviewed, False, False),
        ("total_unreviewed_draft", total.unreviewed_draft, True, False),
    ):
        summed = [
            one
            for one in chosen
            if one.is_reviewed is is_reviewed
            and (corpus.document(one.document).nature is SourceNature.DRAFT) is is_draft
        ]
        lines += _sum_line(state, reply, amount, summed)
    if _is_open(state):
        lines.append(Line(state.context.replies.say("total_open"), tuple(one.passage for one in chosen)))
    for dropped in total.dropped:
        name = state.context.corpus.measure(dropped.measure).name
        text = state.context.replies.say("dropped", name=name, reason=dropped.reason.rstrip("。"))
        lines.append(Line(text, dropped.spans, (dropped.reason,)))
    return tuple(lines)
