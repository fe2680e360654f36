"""Why a proposal is not believed yet, in words: what is missing, unaccounted for, or impossible.

An award without a doubt is proven: every number and every deciding word of its passage is one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.extraction.lexicon import GIVE, SUPPORT_LEFT
from corpus.extraction.mentions import Mention
from corpus.extraction.proposal import FormulaKind, Proposal, ProposalState, Value, ValueRole
from corpus.extraction.reading import ClauseReading
from corpus.extraction.restatements import contradictions
from corpus.measures.policy_words import Role, general_words
from corpus.model.document import Span
from corpus.reading.numerals import Kind, find_quantities

_GRANTS = re.compile(f"{GIVE}|{SUPPORT_LEFT}")
_PER_YEAR = re.compile(r"连续|每年|分.{1,3}年|逐年|年内")
_CUMULATIVE = re.compile("累计|年内|[一二三四五两\\d]年")
_FUND_OF_YEAR = re.compile("(?:全年|年度|每年)(?:[^企家个户]{0,6})(?:资金|总额|总金额|总量)")
_DOUBLE_BOUND = 6  # characters between 最高 and 不超过


def with_doubts(proposals: Sequence[Proposal], readings: dict[str, ClauseReading]) -> tuple[Proposal, ...]:
    """Return the proposals with their doubts; those without one are proven."""
    clashing: dict[str, str] = {}
    for one, other in contradictions(proposals):
        for mine, theirs in ((one, other), (other, one)):
            clashing[mine.id] = f"同样的话在另一处写的数不同（{_clause_name(theirs)}），以哪一处为准需要核对"
    return tuple(_judged(one, readings[one.clause_id], clashing.get(one.id)) for one in proposals)


def _clause_name(one: Proposal) -> str:
    return f"“{one.quote.quote[:20]}”"


def _judged(one: Proposal, reading: ClauseReading, clash: str | None) -> Proposal:
    found = tuple(dict.fromkeys((*((clash,) if clash else ()), *_doubts(one, reading))))
    state = ProposalState.NEEDS_REVIEW if found else ProposalState.PROVEN
    return replace(one, doubts=found, state=state)


def _doubts(one: Proposal, reading: ClauseReading) -> Iterator[str]:
    yield from _of_formula(one)
    for value in one.values:
        yield from _of_value(value)
    yield from _of_cases(one)
    yield from _of_table(one, reading)
    yield from _of_numbers(one, reading)
    yield from _of_words(one)


def _of_formula(one: Proposal) -> Iterator[str]:
    if one.kind_words is None:
        yield "没有读出支持方式（奖励、补贴……）"
    if one.numbers(ValueRole.RATE, ValueRole.MATCHING) and one.base is None:
        yield "没有读出按什么计算：比例的基数不明"
    if one.formula is FormulaKind.RANGE:
        yield "原文只写了幅度或下限，具体数额由主管部门确定"
    if (
        one.formula in (FormulaKind.FIXED, FormulaKind.TIERS)
        and one.period
        and _PER_YEAR.search(one.period.quote)
    ):
        yield f"“{one.period.quote}”：所写金额是每年的还是合计的，需要核对"


def _of_table(one: Proposal, reading: ClauseReading) -> Iterator[str]:
    """Say that a sum stands in a table row whose header is lost: 国家级 100万元 50万元."""
    text, at = reading.clause.text, one.values[0].span.start
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    cells = line.split()
    sums = [cell for cell in cells if any(found.text == cell for found in find_quantities(cell))]
    if len(cells) > 1 and sums and not _GRANTS.search(line):
        yield "这一行像是表格，没有读到表头，不知道数字对应哪一列"


def _of_value(value: Value) -> Iterator[str]:
    if value.unit == "ratio" and value.role is ValueRole.RATE and value.value > 1:
        yield f"比例“{value.span.quote}”超过百分之百，请核对"
    if not value.value:
        yield f"“{value.span.quote}”是零，请核对"
    if value.role is ValueRole.PER_UNIT and value.per is None:
        yield f"“{value.span.quote}”按什么单位计算没有读出"
    if value.role is ValueRole.THRESHOLD and value.unit not in ("yuan", "ratio") and "元" in value.unit:
        yield f"条件“{value.span.quote}”用外币写，不自动折算"


def _of_cases(one: Proposal) -> Iterator[str]:
    for roles in ((ValueRole.TIER,), (ValueRole.CAP,), (ValueRole.RATE,), (ValueRole.PER_UNIT,)):
        several = one.numbers(*roles)
        if len(several) < 2:
            continue
        told = [value for value in several if value.when is not None]
        if len(told) < len(several) and not _distinct_scopes(several):
            yield f"{len(several)} 个数各对应哪种情形没有读出"


def _distinct_scopes(values: tuple[Value, ...]) -> bool:
    scopes = {value.scope.quote for value in values if value.scope}
    return len(scopes) == len(values)


def _of_numbers(one: Proposal, reading: ClauseReading) -> Iterator[str]:
    """Say which numbers of the passage nothing accounts for; a period and a condition account for counts."""
    spans = [value.span for value in one.values]
    spans += [value.when for value in one.values if value.when]
    spans += [value.per for value in one.values if value.per]
    soft = [*one.conditions, *((one.period,) if one.period else ()), *((one.base,) if one.base else ())]
    for mention in reading.mentions:
        if mention.start < one.passage.start or mention.end > one.passage.end:
            continue
        if _counts_nothing(mention):
            continue
        if mention.is_vague:
            yield f"“{mention.text}”是约数"
        if _within(mention.start, mention.end, spans):
            continue
        is_count = mention.kind not in (Kind.MONEY, Kind.RATE)
        if not (is_count and _within(mention.start, mention.end, soft)):
            yield f"“{mention.text}”没有归属：不知道它是条件、数量限制还是金额"


def _counts_nothing(mention: Mention) -> bool:
    """Tell whether a numeral is an article (一家银行, 上一年) or an ordinal rather than a count."""
    return (
        mention.kind is Kind.QUANTITY
        and mention.text[0] == "一"
        and not mention.text.endswith(("个月", "亩"))
    )


def _of_words(one: Proposal) -> Iterator[str]:
    """Say which limiting words of the passage no value uses."""
    used = [
        span
        for value in one.values
        for span in (value.bound, value.comparison, value.scope, value.per)
        if span
    ]
    used += [*one.conditions, *((one.period,) if one.period else ())]
    offset = one.passage.start
    used += [_stretch(value.bound, value.span) for value in one.values if value.bound]
    for word in general_words().find(one.passage.quote):
        if word.role is not Role.BOUND:
            continue
        if not any(span.start <= offset + word.start and offset + word.end <= span.end for span in used):
            yield f"限定词“{word.word}”没有归属"
    for value in one.numbers(ValueRole.CAP):
        if value.scope is None and _CUMULATIVE.search(_part_before(one, value)):
            yield f"上限“{value.span.quote}”管多大范围没有读出"

    for value in one.numbers(ValueRole.ANNUAL_CAP):
        if value.scope is None and _FUND_OF_YEAR.search(_part_before(one, value)):
            yield f"“{value.span.quote}”是每家的上限还是全部资金的总量，需要核对"


def _stretch(bound: Span, number: Span) -> Span:
    """Return the words around a bound up to its number: 最高奖励不超过5000万元 holds two."""
    start = min(bound.start, number.start) - _DOUBLE_BOUND
    return Span(bound.clause_id, start, max(bound.end, number.start), "")


def _part_before(one: Proposal, value: Value) -> str:
    before = one.passage.quote[: max(0, value.span.start - one.passage.start)]
    return re.split("[，。；,;、]", before)[-1]


def _within(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)
