"""Which of two sums of one thing counts: 核定 over 申报, 实际 over 预算, the part named over the whole.

Words of administration in general: what an authority or the books have settled goes before what was planned,
quoted or applied for. Nothing here belongs to one document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading.numerals import Found

_SETTLED = re.compile(
    "核定|核实|核准|核减|审定|认定|审计|决算|结算|实际|实付|实缴|实到|到位|最终|最后|确认|真正"
)
_TENTATIVE = re.compile(
    "申报|申请|预算|计划|概算|估算|预计|预估|报价|拟|打算|原定|原来|最初|当初|本来|合同价|标价"
)
_SETTLED_AT = re.compile(
    r"(?:核减|核定|核准|审定|调减|调整|压缩|压减|减少?|降|改)(?:到了?|为|至|成)[^，,。；;\d]{0,2}$"
)
_OTHERS = re.compile(
    "(?:朋友|客户|同行|隔壁|母公司|子公司|分公司|关联|兄弟|别的|别家|其他|另一家|另外一家|对方|甲方|友商)[^，,。；;]*$"
)
_PART = re.compile("其中|里面|里头|当中|包括|包含|含")
_SENTENCE = re.compile("[。；;！!？?\n]")
_CLAUSE = re.compile("[，,。；;！!？?\n]")
_REACH = 12


def superseded(text: str, numbers: Sequence[Found]) -> tuple[Found, ...]:
    """Return the sums that were only planned, quoted or applied for, where another of their kind is settled.

    >>> from corpus.reading.numerals import find_quantities
    >>> told = "申报总投资8000万，核定6200万"
    >>> [one.text for one in superseded(told, find_quantities(told))]
    ['8000万']
    """
    settled = [one for one in numbers if _SETTLED.search(_lead(text, one, numbers))]
    changed = [one for one in numbers if _SETTLED_AT.search(text[: one.start])]
    tentative = [one for one in numbers if _TENTATIVE.search(_lead(text, one, numbers))]
    return tuple(
        one
        for one in numbers
        if (one not in settled and one in tentative and _has_like(one, settled))
        or _has_like(one, [other for other in changed if other.start > one.end])
    )


def of_others(text: str, numbers: Sequence[Found]) -> tuple[Found, ...]:
    """Return the sums told of another company, where some are told of one's own beside them.

    >>> from corpus.reading.numerals import find_quantities
    >>> told = "我们自筹800万，朋友公司自筹1000万"
    >>> [one.text for one in of_others(told, find_quantities(told))]
    ['1000万']
    """
    theirs = [one for one in numbers if _OTHERS.search(text[: one.start])]
    return tuple(one for one in theirs if _has_like(one, [other for other in numbers if other not in theirs]))


def _has_like(one: Found, others: Sequence[Found]) -> bool:
    return any(other.kind is one.kind and (other.unit is one.unit or _names(other, one)) for other in others)


def _names(one: Found, other: Found) -> bool:
    """Tell whether the unit of one is short for that of the other (吨, 吨标煤)."""
    return bool(one.unit_word and other.unit_word) and (
        one.unit_word in other.unit_word or other.unit_word in one.unit_word
    )


def is_part_of(text: str, part: Found, whole: Found) -> bool:
    """Tell whether one sum is named as a part of another before it in the same sentence (其中…286万)."""
    if whole.end > part.start or part.unit is not whole.unit:
        return False
    between = text[whole.end : part.start]
    return not _SENTENCE.search(between) and bool(_PART.search(between))


def _lead(text: str, found: Found, numbers: Sequence[Found]) -> str:
    """Return the words that lead up to a number in its own clause, behind the number before it."""
    earlier = max((one.end for one in numbers if one.end <= found.start), default=0)
    return _CLAUSE.split(text[max(earlier, found.start - _REACH) : found.start])[-1]
