"""What is promised: the most as what is given, a sum nobody computed, open conditions as met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conversation import ConditionState, EstimateStatus
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.lexing import BREAKS, Sort, Token
from assistant.grounding.reference import Reference
from assistant.grounding.shapes import bigrams, plain_text, share
from assistant.grounding.statements import Statement
from assistant.grounding.vocabulary import vocabulary
from corpus.model.document import DocumentStatus

_SAME = 0.8
_ARITHMETIC = re.compile(r"[=×*]|乘以|等于|正好|就是|算下来|得出")
_YES = re.compile(
    "(?:您|贵公司|贵单位|现在|目前|当前|是|就|也|还|都|完全|当然){0,12}"
    "(?:(?:可以|能够?|可)(?:拿到?|领到?|领取|享受到?|获得|得到)?|有|是|对|没错)[的了哦呢]{0,8}"
)
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


def bare_promises(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield a mere yes (「可以」「能拿」) where nothing can be had, or only by a draft."""
    estimates = reference.answer.estimates
    statuses = {estimate.status for estimate in estimates}
    is_draft = any(each.status is DocumentStatus.DRAFT for each in reference.answer.citations)
    if EstimateStatus.PAYABLE in statuses or not (estimates or is_draft):
        return
    for chunk in re.split("[,。!]", one.text):
        if _YES.fullmatch(chunk) and not one.text.endswith("?"):
            yield Fault(Kind.NEGATION, chunk)


def loses_bound(segment: Sequence[Token], one: Statement, reference: Reference) -> bool:
    """Tell whether the most a company can get is given as what it gets."""
    said = BREAKS.split(one.text)[segment[0].segment]
    numbers = [token for token in segment if token.sort is Sort.NUMBER]
    if any(token.value == "upper" for token in segment) or len(numbers) > 1 or _ARITHMETIC.search(said):
        return False
    sums = {
        estimate.amount
        for estimate in reference.answer.estimates
        if estimate.is_upper_bound and estimate.status in (EstimateStatus.PAYABLE, EstimateStatus.DRAFT)
    }
    values = [t.value[1] for t in segment if isinstance(t.value, tuple) and t.value[0] == "money"]
    return any(value in sums for value in values) and bool(vocabulary().receiving.search(said))


def is_no_result(segment: Sequence[Token], one: Statement, reference: Reference) -> bool:
    """Tell whether a sum is given as what the company gets that is not what was computed."""
    sums = {estimate.amount for estimate in reference.answer.estimates} - {None}
    total = reference.answer.total
    totals = {total.in_force, total.draft, total.unreviewed, total.unreviewed_draft}
    sums |= totals - {None} if sums else set()
    said = BREAKS.split(one.text)[segment[0].segment]
    if not sums or not _GETS.search(said):
        return False
    told = {t.value[1] for t in segment if isinstance(t.value, tuple) and t.value[0] == "money"}
    return bool(told) and not told & sums
