"""Numbers a person believes the policy states (「最高800万元对吧」), apart from those of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.steps.cues import Cues, Intent
from assistant.steps.state import AnswerContext
from corpus.reading.numerals import Found, Kind

_NEAR = 8
_BREAK = re.compile(r"[,，。;；:：?？!！、\s]")
_COPULA = re.compile("(?<=[高多限顶给是奖励补贴助持])(不|就|也|都|应该|难道|到底)?(不|是不)?是$")
_EACH_IS_RIGHT = re.compile("[一每][^，。]{1,3}(对|吗|吧|是)")
_CONFIRMED = re.compile("(的?(奖|补|资助|支持|扶持|上限|封顶))|([一每][^，。]{1,3})?(对|吗|吧|是)")
_IN_FULL = ("拿满", "领满", "享满", "用满")
_FULL_AFTER = re.compile("(就|都)?(能不能|能|可以|可)?(全部|全|都)?[拿领享用给](得)?(满|足|到顶)")
_LIMITS = ("最高", "封顶", "上限", "上限是", "上限为", "最高是", "最高为", "最高给", "最高可达")
_SETS_LIMIT = re.compile("(最高|封顶|上限)(都|就|全|一律|统统|应该|应)+(是|为|给|按|定)?$")
_MAY_BE_HAD = re.compile(
    "(可以|能够|能|会|可|一律|统一|全都|承诺|同意)(补贴|补助|奖励|资助|享受|获得|补|拿|领|给|奖|报|批|贴)(到|个)?$"
)
_MAKES = ("就是", "等于", "应该是", "那就是", "一共是", "合计是")  # worked out by the person
_HOPED = re.compile("(?:^|[能可以])(?:拿|给|补|奖|领|得|报)$")
_AS_SAID = ("说的", "讲的", "提的")
_OF_WHAT_COUNTS = ("的合同", "的投", "的项目", "的费用", "的支出", "的成本")


def claims_in(
    text: str, quantities: Sequence[Found], intents: frozenset[Intent], context: AnswerContext
) -> tuple[Found, ...]:
    """Return the numbers the person believes the policy states; said twice, a number is believed twice."""
    cues = context.cues.cues
    checkable = [found for found in quantities if found.kind in {Kind.MONEY, Kind.RATE}]
    checkable = [found for found in checkable if not _is_of_the_company(text, found, context)]
    if not intents & {Intent.PREMISE, Intent.YES_NO}:
        return tuple(one for one in checkable if one.kind is Kind.RATE or _is_limit_told(text, one, cues))
    ends = [found.end for found in quantities]
    claimed = [found for found in checkable if _is_claim(text, found, ends, cues)]
    values = {(one.kind, one.value) for one in claimed}
    return tuple(one for one in checkable if (one.kind, one.value) in values)


def _is_of_the_company(text: str, found: Found, context: AnswerContext) -> bool:
    """Tell whether a share is one of the company's own figures (一成五的利润), which no policy states."""
    own = "|".join(map(re.escape, context.glossary.never_facts)) or "(?!)"
    is_share = found.kind is Kind.RATE
    return is_share and bool(re.match(f"的?(?:{own})", text[found.end :]))


def _is_limit_told(text: str, found: Found, cues: Cues) -> bool:
    """Tell whether a sum is told as the most a policy gives (最高五千万), none of the person's own."""
    before = _BREAK.split(text[max(found.start - _NEAR, 0) : found.start])[-1]
    after = text[found.end :].startswith(_OF_WHAT_COUNTS)
    is_had = _MAY_BE_HAD.search(before) or _SETS_LIMIT.search(before)
    if before.endswith(_IN_FULL) or (is_had and not after):
        return True
    if _HOPED.search(before) and re.match(r"[?？]", text[found.end :]):
        return True  # 「拿2100万？」
    is_limit = before.endswith(_LIMITS) and not after
    return is_limit and _last_position(before, (*cues.own_words, *cues.plain_sums)) < 0


def _is_claim(text: str, found: Found, ends: Sequence[int], cues: Cues) -> bool:
    before = _BREAK.split(text[max(found.start - _NEAR, 0) : found.start])[-1]
    if before.endswith(_AS_SAID) or (
        before.endswith(_MAKES) and found.start > min(ends, default=found.start)
    ):
        return True
    before = _COPULA.sub("", before)
    after = _BREAK.split(text[found.end : found.end + _NEAR])[0]
    award = _last_position(before, cues.award_words)
    own = _last_position(before, cues.own_words)
    if found.kind is Kind.RATE or _FULL_AFTER.match(after):
        return True
    if any(word in before for word in cues.done_words):
        return False
    if _EACH_IS_RIGHT.match(after):
        return True
    if award < 0 and own < 0:
        return bool(_CONFIRMED.match(after))
    return award >= own


def _last_position(text: str, words: Sequence[str]) -> int:
    return max((text.rfind(word) + len(word) for word in words if word in text), default=-1)
