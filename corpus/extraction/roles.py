"""What each list of numbers is, told by the words beside it: granted, a threshold, a budget, a loan.

What follows directly on the right (以上, 的奖励, 贷款) comes first, since it cannot belong to another number;
then the nearest cue on the left, read from the number outwards within its part of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.extraction.lexicon import (
    BOUND,
    BOUND_AFTER,
    BUDGET,
    COMPARE,
    DISBURSE,
    EXAMPLE,
    FLOOR,
    FUND_AFTER,
    GIVE,
    GROWTH,
    LOAN,
    MEASURE,
    PAST,
    PENALTY,
    REQUIRE,
    STANDARD,
    SUPPORT,
    SUPPORT_LEFT,
    TOTAL,
    without_parentheses,
)
from corpus.extraction.mentions import WORDED, Coordination
from corpus.extraction.segments import Sentence, part_end, part_start
from corpus.reading.numerals import Kind


class MentionRole(StrEnum):
    """What a number is; `AWARD` covers every value of an award, which assembling tells apart."""

    AWARD = "award"
    THRESHOLD = "threshold"
    STEP = "step"
    BUDGET = "budget"
    LOAN = "loan"
    PENALTY = "penalty"
    PAYOUT = "payout"
    PAST = "past"
    EXAMPLE = "example"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Context:
    """A list's surroundings, closed parentheses blanked.

    `near` is its part of the sentence up to it, `far` the sentence before that part, `right` what follows up
    to the next number or comma, `rest` to the sentence's end; `above` are the headings and lead sentences and
    what the paragraph said before the sentence. `follows_award` tells that the number before it in the
    sentence is a sum that is granted.
    """

    near: str
    far: str
    right: str
    rest: str
    above: str
    follows_award: bool = False


_INCLUSIVE = r"(?:[（(]不?含[^（）()]{0,6}[）)])?"
_PER = r"(?:[/／][^，。；、\s]{1,8}?)?"
_THRESHOLD_AFTER = re.compile(
    rf"\s{{0,8}}{_INCLUSIVE}\s{{0,8}}(?:人民币|元)?(?:及|或|和)?其?(?:以上|以下|之上|起(?!步|点|始))"
    r"|\s{0,8}的?部分|\s{0,8}[（(]不?含[^（）()]{0,6}[）)]\s{0,8}[至到\-—~～]"
)
_NOT_HOLDER = r"[^，。；：、企项单机人园店家户]"
# 100万元【的一次性奖励】, 20%【给予补助】, 30元/平方米【的标准给予补贴】.
_SUPPORT_AFTER = re.compile(
    rf"\s{{0,8}}(?:人民币|元|整){{0,3}}{_PER}\s{{0,8}}(?:{BOUND_AFTER})?(?:[（(][^（）()]{{0,20}}[）)])?"
    rf"\s{{0,8}}的?{_NOT_HOLDER}{{0,10}}?(?:{SUPPORT})"
    rf"|\s{{0,8}}{_PER}(?:的)?(?:标准|比例|额度|幅度|金额)?(?:折合人民币)?"
    rf"(?:给予|予以|给与|奖给|发给|补给|进行奖|进行补|对|向|发放|支付给|计发)"
    rf"|\s{{0,8}}{_PER}的?(?:标准|比例|额度|幅度)[^，。；]{{0,12}}?(?:{SUPPORT}|给予|予以|确定|核定|执行|享受|计算)"
)
# How a sum is paid out or shared: 分三年按40%、30%、30%【比例拨付】, 【首期拨付】60%, 其中30%【可用于】….
_PAYOUT_AFTER = re.compile(
    rf"\s{{0,8}}的?(?:比例|标准|进度|资金|款项|金额|额度)?(?:分别|逐年|分[^，。；]{{1,4}})?"
    rf"(?:进行|予以)?(?:{DISBURSE})"
)
_USED_FOR = re.compile(r"\s{0,8}(?:的)?(?:资金)?(?:可|应|须|必须|主要){0,3}(?:用于|作为)")
_PAYOUT_BEFORE = re.compile(
    r"(?:首期|首批|首次拨|首年拨|先行|预先|先拨|先给|先支|预拨|再拨|剩余|余下|其余"
    r"|余款|尾款|分[^，。；别]{1,4}[期年批次])[^，。；]{0,16}$"
)
_FINED = re.compile(rf"(?:的|以[上下]|倍){{0,3}}(?:{PENALTY})")
_TOTAL_GIVEN = re.compile(
    r"(?:发放|安排|投入|设立|下达|筹集)(?:总额|总规模|总金额|规模|共计?|合计|总计)[约为达]{0,2}$"
)
_PAID_OUT = re.compile(r"(?:拨付|兑付|支付|拨给|到位|清算)(?:剩余|余下|其余)?(?:的|资金|款项)?$")
# A label that says the sums behind it are granted: 【补贴标准：】一等奖20万元, 奖励标准【见下表】.
_LABEL = re.compile(
    rf"(?:{SUPPORT_LEFT})(?:标准|额度|金额|方式|比例|内容|政策|费){{0,3}}(?:为|如下)?(?:[：:\n]"
    rf"|$|；|(?:见|按|如|依|按照)(?:附|下|以下|下列|下述))"
)
_LOAN_AFTER = re.compile(
    rf"(?:的|以[内下上]|左右){{0,3}}[^，。；、]{{0,8}}?(?:{LOAN})(?!.{{0,5}}(?:贴息|利息|损失|补偿|风险|贴费|补))"
)
_LOAN_BEFORE = re.compile(
    rf"(?:{LOAN})[^，。；贴奖补息]{{0,8}}?(?:额度|额|金额|余额|规模|总额)[^，。；息贴补奖]{{0,10}}$"
)
_FUND_AFTER = re.compile(rf"(?:的|左右|以上){{0,3}}[^，。；、助补贴奖]{{0,14}}?(?:{FUND_AFTER})")
# A step for which something is paid again: 【每增加】1亿元.
_STEP = re.compile(
    r"每(?:再?新?增加?|增长|满|达到?|实现|完成|超过?|提高|上升|投资|投入|缴纳|销售"
    r"|贷款|新增[^，。；人家个]{0,6})?$"
)
_CUES = re.compile(
    rf"(?P<bound>{BOUND})|(?P<give>{GIVE})|(?P<support>{SUPPORT_LEFT})"
    rf"|(?P<penalty>{PENALTY})|(?P<budget>{BUDGET})"
    rf"|(?P<floor>{FLOOR})|(?P<loan>{LOAN})|(?P<measure>{MEASURE})|(?P<growth>{GROWTH})"
    rf"|(?P<require>{REQUIRE})|(?P<compare>{COMPARE})"
    rf"|(?P<standard>{STANDARD})|(?P<total>{TOTAL})"
)
_NEUTRAL = ("bound", "floor", "standard", "loan", "total")
_BASES = ("measure", "penalty", "budget")  # what a rate directly behind them is taken of
_LIMITS = ("bound", "floor", "standard")
_BASE_OF_RATE = re.compile(rf"[^，。；、]{{0,8}}?(?:{BOUND}|{FLOOR})?\s{{0,8}}$")
_RAISED = re.compile(r"(?:提高|提升|上浮|增加|上调|放宽|扩大)[到至为][^，。；]{0,16}?(?:的)?$")
_RANGE_END = re.compile(r"\s{0,8}[至到\-—~～]\s{0,8}")
_LABELLED_SUM = re.compile(r"\s{0,8}[^，。；：\d]{0,14}")
_BEFORE_RISE = re.compile(r"由(?:原来?的?|原先的?|现行的?|目前的?)?$")
_EACH = re.compile(r"(?:每|单|/|／)")


def context_of(
    text: str, group: Coordination, neighbours: tuple[int, int], sentence: Sentence, above: str
) -> Context:
    """Cut out what stands around a list; `neighbours` are where the one before ends and the next begins."""
    floor = max(sentence.start, neighbours[0])
    begin = part_start(text, group.start, floor)
    end = part_end(text, group.end, sentence.end)
    return Context(
        near=without_parentheses(text[begin : group.start]),
        far=without_parentheses(text[sentence.start : begin]),
        right=text[group.end : min(end, neighbours[1])],
        rest=text[group.end : sentence.end],
        above=above,
    )


def role_of(group: Coordination, context: Context) -> MentionRole:
    """Return what a list of sums or rates is; anything else than sums and rates is OTHER."""
    if group.kind not in (Kind.MONEY, Kind.RATE):
        return MentionRole.OTHER
    if group.members[0].unit_word in WORDED:
        return MentionRole.AWARD
    if group.is_foreign:
        return MentionRole.THRESHOLD
    if EXAMPLE.search(context.far + context.near):
        return MentionRole.EXAMPLE
    cue = _nearest(group, context.near) or _nearest(group, context.far)
    own = _nearest(group, context.near)
    grants = own in ("give", "support")
    supports = bool(_SUPPORT_AFTER.match(context.right))
    if _THRESHOLD_AFTER.match(context.right):
        return MentionRole.AWARD if grants and _tail_supports(context.right) else MentionRole.THRESHOLD
    if _FINED.match(context.right) or (own == "penalty" and group.kind is Kind.MONEY):
        return MentionRole.PENALTY
    if _USED_FOR.match(context.right):
        return MentionRole.PAYOUT
    if own == "require":
        return MentionRole.THRESHOLD
    if _BEFORE_RISE.search(context.near) and re.match(r"[^，。；]{0,4}(?:提|上|增|调|放|扩)", context.right):
        return MentionRole.PAST
    if _RAISED.search(context.near) and re.search(SUPPORT_LEFT, context.far + context.near):
        return MentionRole.AWARD
    if group.kind is Kind.RATE:
        return _rate(group, context, own, cue, supports)
    return _money(context, own, cue, supports)


def _tail_supports(right: str) -> bool:
    match = _THRESHOLD_AFTER.match(right)
    return bool(match and re.match(rf"的?{_NOT_HOLDER}{{0,8}}?(?:{SUPPORT})", right[match.end() :]))


def _rate(group: Coordination, context: Context, own: str, cue: str, supports: bool) -> MentionRole:
    shares = [member.value for member in group.members]
    if len(shares) > 1 and sum(shares) == 1:
        return MentionRole.PAYOUT
    if _PAYOUT_AFTER.match(context.right) and not supports:
        return MentionRole.PAYOUT
    if _PAYOUT_BEFORE.search(context.near) and not supports:
        return MentionRole.PAYOUT
    if _PAID_OUT.search(context.near) and not supports:
        return MentionRole.PAYOUT
    if supports or own in ("give", "support"):
        return MentionRole.AWARD
    if own in ("growth", "compare", "measure", "budget"):
        return MentionRole.THRESHOLD
    if own in ("bound", "standard") or group.members[0].unit_word == ":":
        return MentionRole.AWARD if _speaks_of_support(context) else MentionRole.OTHER
    return MentionRole.AWARD if cue in ("give", "support") and own == "" else MentionRole.OTHER


def _money(context: Context, own: str, cue: str, supports: bool) -> MentionRole:
    near, right = context.near, context.right
    if _STEP.search(near):
        return MentionRole.STEP
    if _LOAN_AFTER.match(right) or _LOAN_BEFORE.search(near):
        return MentionRole.LOAN
    if (
        own == "budget"
        or _TOTAL_GIVEN.search(near)
        or (_FUND_AFTER.match(right) and own not in ("give", "support"))
    ):
        return MentionRole.BUDGET
    if PAST.search(near):
        return MentionRole.PAST
    if own in ("give", "support"):
        return MentionRole.AWARD
    if own in ("measure", "compare", "growth"):
        return MentionRole.AWARD if supports and own != "measure" else MentionRole.THRESHOLD
    if supports:
        return MentionRole.AWARD
    if own in ("bound", "standard", "floor") or _EACH.search(near) or _EACH.match(right):
        return MentionRole.AWARD if _speaks_of_support(context) else MentionRole.OTHER
    if _RANGE_END.fullmatch(near):
        return MentionRole.AWARD if context.follows_award else MentionRole.THRESHOLD
    if own == "" and _LABEL.search(context.above + "；" + context.far):
        return MentionRole.AWARD
    if own == "" and context.follows_award and _LABELLED_SUM.fullmatch(near):
        return MentionRole.AWARD
    return (
        MentionRole.AWARD
        if cue in ("give", "support") and near.strip() in ("", "（", "(")
        else MentionRole.OTHER
    )


def _speaks_of_support(context: Context) -> bool:
    return bool(re.search(SUPPORT_LEFT, context.far + context.near + context.rest + context.above))


def _nearest(group: Coordination, near: str) -> str:
    """Return the class of the decisive cue nearest to the number, of neutral ones if there is no other.

    A measure directly before a rate (投资额的30%) is the rate's base and decides nothing.
    """
    found = [(match.lastgroup or "", match.end()) for match in _CUES.finditer(near)]
    decisive = [one for one in found if one[0] not in _NEUTRAL]
    is_rate = group.kind is Kind.RATE and bool(decisive)
    if is_rate and decisive[-1][0] in _BASES and _BASE_OF_RATE.match(near[decisive[-1][1] :]):
        found = [one for one in found if one[0] not in _BASES]
    for name, _ in reversed(found):
        if name not in _NEUTRAL:
            return name
    limits = [name for name, _ in found if name in _LIMITS]
    return limits[-1] if limits else found[-1][0] if found else ""
