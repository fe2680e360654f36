"""The words around a number that make it rough (约、左右) or a bound (至少、以内)."""

from __future__ import annotations

import re

from corpus.model.measure import Comparison

_ROUGH_BEFORE = re.compile(
    r"(?:(?:大约|大概|约莫|差不多|大致|估计|可能|也许|几乎)[一-鿿]{0,4}"
    r"|(?:约合|(?<![节签合预契违履公条制])约|将近|接近|(?<![最附])近|好几|上下|(?<![一-鿿])小|(?<=[了投花有是])小))"
    r"(?:(?:有|是|在|为|投入|花|花了|要)?\s{0,8}(?:人民币)?\s{0,8}[¥￥]?)$"
)
_ROUGH_AFTER = re.compile(
    r"[ \t]{0,8}(?:\(含\)|（含）)?"
    r"(?:左右|上下|出头|不等|来着|(?:多|余)(?![家个项次年条])|开外|级别|光景|大概)"
)
_TIME_BEFORE = re.compile(r"近$")
_BEFORE = (
    (
        Comparison.AT_MOST,
        re.compile(
            r"(?:不超过|不高于|不多于|不大于|最高可达|最高|最多|至多|封顶|上限为?|以内)[为是]?\s{0,8}[¥￥]?$"
        ),
    ),
    (
        Comparison.AT_LEAST,
        re.compile(r"(?:不低于|不少于|不小于|至少|起码|最低|最少|下限为?|不下)[为是]?\s{0,8}[¥￥]?$"),
    ),
    (
        Comparison.UNDER,
        re.compile(r"(?:不到|不足|不满|未满|低于|少于|小于|未达到?|没到|不及)[了]?\s{0,8}[¥￥]?$"),
    ),
    (
        Comparison.OVER,
        re.compile(r"(?:超过|高于|多于|大于|超出|突破|逾|超|(?<![一-鿿])过)[了]?\s{0,8}[¥￥]?$"),
    ),
)
_INCLUDED = r"\s{0,8}(?:[(（]含(?:本数)?[)）])?\s{0,8}(?:及其?)?"
_AFTER = (
    (Comparison.AT_LEAST, re.compile(rf"{_INCLUDED}(?:以上|之上|起步|起(?![草来点到诉]))")),
    (Comparison.UNDER, re.compile(r"\s{0,8}(?:元|块)?(?:都|还)?(?:不到(?!位|账)|不足(?!以|额))")),
    (Comparison.AT_MOST, re.compile(rf"{_INCLUDED}(?:以下|以内|之内|之下|封顶|内(?![部外容]))")),
)


def is_rough(before: str, after: str, counts_time: bool) -> bool:
    """Tell whether the words beside a number make it rough.

    >>> is_rough("投入约", "，", False), is_rough("", "左右", False), is_rough("近", "", True)
    (True, True, False)
    """
    if counts_time and _TIME_BEFORE.search(before):
        return bool(_ROUGH_AFTER.match(after))
    return bool(_ROUGH_BEFORE.search(before) or _ROUGH_AFTER.match(after))


def bound(before: str, after: str) -> Comparison | None:
    """Return the comparison the words beside a number state, None where they state none.

    >>> bound("资助不超过", "的"), bound("", "（含）以上"), bound("投入", "元")
    (<Comparison.AT_MOST: 'at_most'>, <Comparison.AT_LEAST: 'at_least'>, None)
    """
    for comparison, pattern in _AFTER:
        if pattern.match(after):
            return comparison
    for comparison, pattern in _BEFORE:
        if pattern.search(before):
            return comparison
    return None
