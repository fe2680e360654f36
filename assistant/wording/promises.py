"""What is promised: the most as what is given, a sum nobody computed, open conditions as met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation import ConditionState, EstimateStatus
from assistant.wording.faults import Fault, Kind
from assistant.wording.lexing import BREAKS, Sort, Token
from assistant.wording.reference import Reference
from assistant.wording.shapes import bigrams, plain_text, share
from assistant.wording.statements import Statement
from assistant.wording.vocabulary import vocabulary

_SAME = 0.8
_ARITHMETIC = re.compile(r"[=×*]|乘以|等于|正好|就是|算下来|得出")
_GETS = re.compile("预计|估计|可获|可以获得|可拿|能拿|拿到|领到|可得|到手|能得")
_MET = re.compile("已经?(?:全部|都|均)?(?:符合|满足|具备|达到|达标)|(?:均|都|全部|完全)已?(?:符合|满足|具备)")


def met_faults(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the open conditions that a statement gives out as met."""
    if not _MET.search(one.text):
        return
    own = bigrams(one.text)
    for estimate in reference.answer.estimates:
        for condition in estimate.conditions:
            words = bigrams(plain_text(condition.text))
            if condition.state is not ConditionState.MET and words and share(words, own) > _SAME:
                yield Fault(Kind.NOTE, condition.text)


def loses_bound(piece: Sequence[Token], one: Statement, reference: Reference) -> bool:
    """Tell whether the most a company can get is given as what it gets."""
    said = BREAKS.split(one.text)[piece[0].piece]
    numbers = [token for token in piece if token.sort is Sort.NUMBER]
    if any(token.value == "upper" for token in piece) or len(numbers) > 1 or _ARITHMETIC.search(said):
        return False
    sums = {
        estimate.amount
        for estimate in reference.answer.estimates
        if estimate.is_upper_bound and estimate.status in (EstimateStatus.PAYABLE, EstimateStatus.DRAFT)
    }
    values = [t.value[1] for t in piece if isinstance(t.value, tuple) and t.value[0] == "money"]
    return any(value in sums for value in values) and bool(vocabulary().receiving.search(said))


def is_no_result(piece: Sequence[Token], one: Statement, reference: Reference) -> bool:
    """Tell whether a sum is given as what the company gets that is not what was computed."""
    sums = {estimate.amount for estimate in reference.answer.estimates} - {None}
    total = reference.answer.total
    sums |= {total.in_force, total.draft} - {None} if sums else set()
    said = BREAKS.split(one.text)[piece[0].piece]
    if not sums or not _GETS.search(said):
        return False
    told = {t.value[1] for t in piece if isinstance(t.value, tuple) and t.value[0] == "money"}
    return bool(told) and not told & sums
