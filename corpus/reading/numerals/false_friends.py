"""Digits that count nothing: dates, document numbers, ordinals, versions, telephone numbers, formulas.

They are blanked out before reading, each character by a placeholder, so offsets stay.
"""

from __future__ import annotations

import re

_CN = "零一二三四五六七八九十百两"
_PATTERNS = (
    # addresses and numbers of things
    r"https?://[!-~]+|www\.[!-~]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+",
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?:-\d+)?|(?<!\d)[48]00-?\d{3}-?\d{4}(?!\d)",
    r"(?:热线|拨打|电话|致电|邮编|编号|标识码|(?<![设准储装配预筹])备)[:：]?\s*\d[\d-]{2,}|(?<!\d)\d{5}(?=\s*(?:市民)?(?:服务)?热线)",
    r"(?<![\d,.])\d{12,}(?![\d万亿元%])|\d+强",
    # document numbers
    r"[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*(?:第\s*)?\d+\s*号",
    r"(?<=[字第发办规])\s*\d+\s*号|\d+(?:、\d+)*\s?号(?!召)|\d+[室楼]",
    # dates and times of day
    r"(?<!\d)(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?",
    r"(?<!\d)(?:19|20)\d{2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)",
    r"(?<![\d.])(?:19|20)\d{2}\s*年?\s*[-—~至到、和]\s*(?:19|20)\d{2}(?:\s*年度?|(?!\d|\s*[一-龥%,.]))",
    r"(?<!\d)(?<!\d[,.])(?:19|20)\d{2}\s*(?:财年|年度?(?:底|初|末|中|内|前|后)?)",
    r"(?<!\d)[12]\d\s*年(?=\s*(?:\d|底|初|末|上半|下半|[一二三四]季))",
    r"(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号](?:\s*[-—~至到]\s*\d{1,2}\s*[日号])?|(?<!\d)(?:\d{1,2}\s*[-—~至到]\s*)?\d{1,2}月份?(?!\d)",
    r"(?<![\d个])\d{1,2}\s*[日号](?=[前后起止内至到之，。、）)]|$)",
    r"[二一][零九][零一二三四五六七八九]{2}年(?:[一二三四五六七八九十]{1,3}月)?(?:[一二三四五六七八九十]{1,3}[日号])?",
    rf"(?<![{_CN}])十?[一二三四五六七八九十]月(?:份|[一二三四五六七八九十]{{1,3}}[日号])",
    r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)(?!\s*(?:的)?(?:比例|配套|匹配))",
    # ordinals and the numbering of clauses
    rf"第\s*(?:\d+|[{_CN}]+)(?:\s*[-—~至到、和]\s*(?:第\s*(?:\d+|[{_CN}]+)|(?:\d+|[{_CN}]+)(?=[条款项章节])))*",
    rf"[(（]\s*(?:\d{{1,3}}|[{_CN}]{{1,3}})\s*[)）]",
    r"(?:(?<=\n)|(?<=[。;；])|^)[ \t]*\d{1,2}(?:[、．]|\.(?!\d))",
    rf"(?:(?<=\n)|^)[ \t]*[{_CN}]{{1,3}}、",
    rf"[{_CN}](?:次?、[{_CN}])*次全会|[{_CN}]{{1,3}}届(?!\s*(?:活动|展会))",
    # versions, standards, names, formulas
    r"(?<![A-Za-z])(?!RMB|CNY|rmb|cny)[A-Za-z]{2,}[-.]?\d+(?![\d.,]*\s?[级万亿元%])[A-Za-z0-9.+/-]*",
    r"(?<![A-Za-z])[A-Za-z][-.]?\d+(?![\d.,]*\s?[万亿元%])[A-Za-z0-9.+/-]*",
    r"[A-Za-z]+/[A-Za-z]+\s?\d[\d.-]*",
    r"\d+(?:\.\d+)?\s?(?:kW|KWh|kWh|MW|GW|TB|GB|MB|PB|km|kg|mm|cm|nm|GHz|MHz|Hz)(?![a-z])",
    r"\d+(?:\.\d+)?(?!(?:kw|KW|Kw|[wWkK])(?![A-Za-z]))(?!RMB|CNY|rmb|cny)[A-Za-z][A-Za-z0-9+.]*",
    r"\d+[Kk](?=\s*(?:超高清|高清|视频|显示|屏|分辨))",
    r"(?<![\d.,])\d\.0(?![\d万亿元%‰])",
    r"\d+(?:\+\d+)+",
    # words made with numerals
    r"十[三四五六]五(?![千百万亿])|一网通办|一测多证|一事一议|千方百计|一企一策|一户一策|千家万户|百家争鸣",
    r"(?<![十百千])一(?:次性|站式|体|定|些|样|下|般|直|起|旦|切|致|并|律|系列|方面|条龙|件事|流|网|成不变)",
    r"(?<![零一二三四五六七八九十百千])千万(?=[别不要记注小当勿莫得])|(?<![\d零一二两三四五六七八九十百千几])万一|十分|十足",
)
_FALSE_FRIENDS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
BLANK = "\ufffc"


def without_false_friends(text: str) -> str:
    """Return normalised text with digits that count nothing blanked out, offsets unchanged.

    >>> without_false_friends("2024年1月1日起给予5万元").replace(BLANK, "")
    '起给予5万元'
    >>> without_false_friends("沪经信生〔2024〕527号第八条(三)5G+Web3.0").replace(BLANK, "")
    '沪经信生条'
    """
    return _FALSE_FRIENDS.sub(lambda match: BLANK * len(match[0]), text)
