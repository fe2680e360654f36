"""A measure called by the sum it gives instead of its name: 「最高300万的那个」, 「每家2.5万那项」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.steps.state import AnswerContext, State
from corpus.model.measure import Measure
from corpus.reading.numerals import Found, Kind, find_quantities

_BEFORE = re.compile(
    "(?:最高|最多|封顶|上限|顶格|不超过|一次性|给|奖励?|补贴?|补助|支持|资助|每[家条次场吨户个年])"
    "(?:可达|可以|可|能|到|给|补贴?|奖励?|为|是|拿)?$"
)
_AFTER = re.compile(
    "^(?:封顶|上限)?(?:一次性)?(?:奖励|补贴|补助|资助|支持|扶持|贴息)?(?:的|那|这)"
    "[^，,。；;？?]{0,3}?(?:那|这|哪|个|项|条|笔|种|档|奖励?|补贴?|补助|资助|支持|扶持|政策|措施|要|需|有|条件|门槛)"
)
_WHICH = re.compile(
    "(?:哪一?(?:个|项|条|些|种|几)|什么)(?:政策|奖励|补贴|支持|措施|资助)?[^，,。；;？?]{0,4}$"
)
_BY_RATE = re.compile("(?:按照?[^，,。；;]{0,6}|比例(?:是|为)?|补贴?|给|奖励?|支持|资助)$")
_AT_RATE = re.compile(
    "^(?:给|补贴?|奖励?|支持|资助|算|计)?的(?!利润|比例配|股|税)[^，,。；;]{0,4}?(?:那|有|是|要|奖|补|支持|政策|条|项|$)"
)
_OWN = re.compile("投|花|付|自筹|合同|贷|费|市里|国家|上级|市级|已|过|了|营收|利润|预算")
_NEAR = 8
_LEAST = 0.3
_CLOSE = 0.9


def called_by_sum(
    text: str, quantities: Iterable[Found], context: AnswerContext
) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Return the sums by which measures are called, and the measures that state one of them."""
    said = tuple(one for one in quantities if _calls(text, one))
    values = {(one.kind, one.value) for one in said if one.value is not None}
    return said, tuple(one.id for one in context.corpus.measures if values & _stated(one)) if values else ()


def _calls(text: str, found: Found) -> bool:
    """Tell whether a sum stands where a name would: 最高300万的那个, 哪个政策最高给5000万."""
    before = text[max(found.start - _NEAR, 0) : found.start]
    if found.kind is Kind.RATE:
        return bool(_BY_RATE.search(before) and _AT_RATE.match(text[found.end :]))
    if found.kind is not Kind.MONEY:
        return False
    lead = _BEFORE.search(before)
    if lead is None or _OWN.search(before):
        return False
    return bool(_AFTER.match(text[found.end :]) or _WHICH.search(before[: lead.start()]))


def _stated(measure: Measure) -> set[object]:
    return {(one.kind, one.value) for one in find_quantities(measure.passage.quote)}


def meant_by_sum(state: State) -> tuple[Measure, ...]:
    """Return the measures called by their sum, those that the other words or the last list speak for."""
    reading = state.reading
    known = [state.context.corpus.measure(name) for name in reading.by_sum]
    named = [one for one in known if one.document in reading.documents] or known
    last = state.question.history[-1] if state.question.history else None
    offered = [one for one in named if last is not None and one.id in (*last.offered, *last.measures)]
    if offered and not reading.query_terms:
        return tuple(offered)
    own = {one.id: one.own for one in state.context.subjects.rank(reading.query_terms)}
    best = max((own.get(one.id, 0.0) for one in named), default=0.0)
    if best < _LEAST:
        return tuple(named)
    return tuple(one for one in named if own.get(one.id, 0.0) >= best * _CLOSE)


def only_with_sum(
    groups: Sequence[tuple[Measure, ...]], by_sum: Sequence[str]
) -> tuple[tuple[Measure, ...], ...]:
    """Return the groups with those alternatives alone that give the sum said, where some do."""
    kept = tuple(tuple(one for one in group if one.id in by_sum) for group in groups)
    return tuple(filter(None, kept)) or tuple(groups)
