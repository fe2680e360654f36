"""Words of policy Chinese that decide how a number is read: limits, comparisons, scopes, forms.

`KNOWN_WORDS` are matched longest first, so that 不超过 is never read inside 最高不超过.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.model.measure import CapScope, Comparison, SupportKind


class Role(StrEnum):
    """What a known word does to the number beside it."""

    BOUND = "bound"
    COMPARISON = "comparison"
    SCOPE = "scope"
    ONE_OFF = "one_off"
    TOP_UP = "top_up"


_BOUNDS = (
    "最高不超过 最高不高于 最高可达 最高可获 最高达 最高 原则上不高于 原则上不超过 "
    "不超过 不高于 不多于 不大于 最多 至多 封顶 上限为 上限"
)
BOUND_WORDS = tuple(_BOUNDS.split())

_COMPARISONS = {
    Comparison.AT_LEAST: "及以上 以上 至少 不低于 不少于",
    Comparison.AT_MOST: "及以下 以下 以内",
    Comparison.OVER: "超过 高于 多于 大于",
    Comparison.UNDER: "不满 未满 不足 低于 少于 小于",
}
# These compare only where a condition says so: 完成10000架次 does, 验收完成后 does not.
_WEAK_COMPARISONS = {Comparison.AT_LEAST: "达到 完成 满", Comparison.AT_MOST: "不超过 不高于 最多 至多"}

_SCOPES = {
    CapScope.PROJECT: "单个项目 每个项目 每项目",
    CapScope.PROJECT_CUMULATIVE: "单个项目累计 单个项目区级累计 每个项目累计 同一项目累计",
    CapScope.EVENT: "单次活动 单次 每次 每场",
    CapScope.ENTERPRISE_YEAR: "单个单位年度 单个企业年度 每企业每年 每家企业每年 单个单位每年 年度累计",
    CapScope.AWARD: "",
}

KIND_WORDS = {
    SupportKind.AWARD: "奖励",
    SupportKind.SUBSIDY: "补贴 补助 后补贴",
    SupportKind.GRANT: "资助 资金支持 资金扶持 经费支持 支持 支持金额",
    SupportKind.MATCHING: "匹配 配套",
    SupportKind.INTEREST_SUBSIDY: "贴息 贷款贴息",
    SupportKind.PREMIUM_SUBSIDY: "补贴 保费补贴",
}

COMPARISON_WORDS = {
    comparison: frozenset((words + " " + _WEAK_COMPARISONS.get(comparison, "")).split())
    for comparison, words in _COMPARISONS.items()
}
SCOPE_WORDS = {scope: frozenset(words.split()) for scope, words in _SCOPES.items()}
ONE_OFF_WORDS = ("一次性",)
TOP_UP_WORDS = ("晋档补差", "晋级补差", "补差")


def _roles() -> dict[str, Role]:
    roles = {word: Role.SCOPE for words in SCOPE_WORDS.values() for word in words}
    roles |= {word: Role.COMPARISON for words in _COMPARISONS.values() for word in words.split()}
    roles |= dict.fromkeys(BOUND_WORDS, Role.BOUND)
    roles |= dict.fromkeys(ONE_OFF_WORDS, Role.ONE_OFF)
    return roles | dict.fromkeys(TOP_UP_WORDS, Role.TOP_UP)


KNOWN_WORDS = _roles()
_PATTERN = re.compile("|".join(sorted(map(re.escape, KNOWN_WORDS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class WordFound:
    """A known word at `text[start:end]`."""

    word: str
    start: int
    end: int
    role: Role


def find_known_words(text: str) -> tuple[WordFound, ...]:
    """Return the known words of a text, the longest at each place, in order.

    >>> [(found.word, found.role.value) for found in find_known_words("至少3项,最高不超过300万元")]
    [('至少', 'comparison'), ('最高不超过', 'bound')]
    """
    return tuple(
        WordFound(match[0], match.start(), match.end(), KNOWN_WORDS[match[0]])
        for match in _PATTERN.finditer(text)
    )
