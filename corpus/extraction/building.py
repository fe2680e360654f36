"""From a draft to a proposed award: its passage, words, values, conditions and the shape of its sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.extraction.bases import base_of
from corpus.extraction.bounds import each_counted
from corpus.extraction.cases import cases_of
from corpus.extraction.conditions import beneficiary_of, conditions_of, thresholds_of
from corpus.extraction.drafts import Draft, drafts_of
from corpus.extraction.names import name_of
from corpus.extraction.passages import kind_of, one_off_of, passage_of, period_of
from corpus.extraction.proposal import FormulaKind, Proposal, Value, ValueRole
from corpus.extraction.reading import ClauseReading
from corpus.extraction.roles import MentionRole
from corpus.extraction.segments import CLOSING, OPENING, is_row, part_start
from corpus.extraction.values import span_of, values_of_list
from corpus.model.document import Span
from corpus.reading.numerals import Kind

SHORTEST_QUOTE = 8  # characters; a shorter one (20万元) names nothing
_LIMITS = (ValueRole.CAP, ValueRole.ANNUAL_CAP)


def proposals_of(reading: ClauseReading) -> Iterator[Proposal]:
    """Yield the awards of a clause, doubts not yet said."""
    previous = 0
    drafts = drafts_of(reading)
    starts = [draft.lists[0].group.start for draft in drafts] + [len(reading.clause.text)]
    for number, draft in enumerate(drafts, 1):
        passage = passage_of(draft, reading, previous, starts[number])
        previous = passage[1]
        yield _proposal(draft, reading, passage, number)


def _proposal(draft: Draft, reading: ClauseReading, passage: tuple[int, int], number: int) -> Proposal:
    clause = reading.clause
    kind, words = kind_of(draft, reading, passage)
    quote = _quote(draft, reading, passage)
    values = _values(draft, reading, passage[0])
    used = {(value.span.start, value.span.end) for value in values}
    thresholds = tuple(thresholds_of(reading, passage, used))
    rates = [one for one in draft.lists if one.group.kind is Kind.RATE]
    base = base_of(rates[0], reading, passage) if rates else None
    granting = draft.lists[0].group.start - len(draft.lists[0].context.near)
    receiver = span_of(reading, beneficiary_of(reading, passage))
    conditions = conditions_of(reading, passage, granting)
    told = span_of(reading, base)
    subjects = [one.quote for one in (told, *conditions, receiver) if one is not None]
    return Proposal(
        id=f"{clause.id}/award-{number}",
        clause_id=clause.id,
        name=name_of(reading, kind, subjects),
        passage=Span(clause.id, *passage, clause.text[slice(*passage)]),
        quote=quote,
        kind=kind,
        kind_words=span_of(reading, words),
        formula=_formula(values),
        values=(*values, *thresholds),
        base=told,
        beneficiary=receiver,
        conditions=conditions,
        one_off=span_of(reading, one_off_of(reading, passage)),
        period=span_of(reading, period_of(reading, passage)),
    )


def _values(draft: Draft, reading: ClauseReading, start: int) -> tuple[Value, ...]:
    """Return the values of the lists of a draft, each of several with the case it is for."""
    found: list[Value] = []
    for place, one in enumerate(draft.lists):
        values = values_of_list(one, place, reading)
        cases = cases_of(one, draft, reading, start)
        places = [(member.start, member.end) for member in one.group.members]
        for value in values:
            case = cases[places.index((value.span.start, value.span.end))]
            found.append(replace(value, when=span_of(reading, case)))
    return _as_tiers(_by_steps(_told_apart(tuple(found)), draft, reading, start))


def _told_apart(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Keep the case of a value only where several of its kind must be told apart."""
    kinds = [_kind(value) for value in values]
    return tuple(value if kinds.count(_kind(value)) > 1 else replace(value, when=None) for value in values)


def _kind(value: Value) -> str:
    return "sum" if value.role in (ValueRole.AMOUNT, ValueRole.TIER) else value.role.value


def _by_steps(
    values: tuple[Value, ...], draft: Draft, reading: ClauseReading, start: int
) -> tuple[Value, ...]:
    """Bind a step (每增加1亿元, 每认定1家企业) to the sum it is paid with."""
    first, text = draft.lists[0], reading.clause.text
    if values[0].role is not ValueRole.AMOUNT:
        return values
    before = [
        one for one in reading.lists if one.sentence == first.sentence and one.group.end <= first.group.start
    ]
    if before and before[-1].role is MentionRole.STEP:
        place = (text.rfind("每", before[-1].sentence.start, before[-1].group.start), before[-1].group.end)
    else:
        counted = each_counted(text, max(start, first.sentence.start), first.group.start)
        if counted is None:
            return values
        place = counted
    return (replace(values[0], role=ValueRole.PER_UNIT, per=span_of(reading, place)), *values[1:])


def _as_tiers(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Call several plain sums of one award its tiers."""
    sums = [value for value in values if value.role in (ValueRole.AMOUNT, ValueRole.TIER)]
    if len(sums) < 2 or any(value.role is ValueRole.FLOOR for value in values):
        return values
    return tuple(replace(one, role=ValueRole.TIER) if one.role is ValueRole.AMOUNT else one for one in values)


def _quote(draft: Draft, reading: ClauseReading, passage: tuple[int, int]) -> Span:
    """Return the words that grant: from the part of the sentence that holds the first number."""
    first, text = draft.lists[0], reading.clause.text
    start = max(passage[0], first.group.start - len(first.context.near))
    if is_row(text[first.sentence.start : first.sentence.end]):
        start = first.sentence.start
    while passage[1] - start < SHORTEST_QUOTE and start > passage[0]:
        start = part_start(text, start - 1, passage[0])
    start = _after_asides(text, start, first.group.start)
    return Span(reading.clause.id, start, passage[1], text[start : passage[1]])


def _after_asides(text: str, start: int, end: int) -> int:
    """Skip blanks and whole parentheses at the beginning of a quote."""
    at, depth = start, 0
    while at < end and (depth or text[at] in OPENING or text[at] in "、 \t\n\u3000"):
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        at += 1
    return start if depth else at


def _formula(values: tuple[Value, ...]) -> FormulaKind:
    """Name the shape of the sum: what the values other than limits are."""
    core = [value for value in values if value.role not in _LIMITS]
    roles = [value.role for value in core]
    if not core:
        return FormulaKind.UP_TO if len(values) == 1 or _one_case(values) else FormulaKind.TIERS
    if ValueRole.FLOOR in roles:
        return FormulaKind.RANGE
    if _is_paid_in_parts(core):
        return FormulaKind.FIXED
    if len(core) > 1:
        return FormulaKind.TIERS
    if core[0].low is not None:
        return FormulaKind.RANGE
    return {
        ValueRole.MATCHING: FormulaKind.MATCHING,
        ValueRole.RATE: FormulaKind.SHARE,
        ValueRole.PER_UNIT: FormulaKind.PER_UNIT,
    }.get(roles[0], FormulaKind.FIXED)


def _is_paid_in_parts(core: list[Value]) -> bool:
    """Tell whether the sums after the first are its instalments: 10万元（第一年5万元，第二年5万元）."""
    return len(core) > 2 and core[0].value == sum(value.value for value in core[1:])


def _one_case(values: tuple[Value, ...]) -> bool:
    """Tell whether several limits hold for one case together: 单次20万元, 每年80万元."""
    return all(value.scope is not None or value.role is ValueRole.ANNUAL_CAP for value in values[1:])
