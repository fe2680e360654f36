"""What a rate is taken of (基数): 按【项目投资额】的30%, 对其【租金】给予50%, 50%的【保费】补贴."""

from __future__ import annotations

import re

from corpus.extraction.lexicon import BOUND, FLOOR, GIVE, SUPPORT, SUPPORT_LEFT
from corpus.extraction.mentions import WORDED
from corpus.extraction.reading import ClauseReading, NumberList
from corpus.extraction.roles import MentionRole
from corpus.extraction.segments import part_start

# What a base's name ends with: a sum of money that somebody pays, earns, owes or grants.
_MONEY_NAME = (
    "(?:部分|额度|[^补]额|费用?|金额|总额|利息|利率|外资|年费|标准值|租金|房租|投资"
    "|投入|支出|成本|贡献|收入|款项?|保费|税收|经费|财力|本金|价格|售价|单价"
    "|预算|价款|资金|规模|差价|收益|工资|薪酬|奖励|补助|补贴|资助|扶持|标准|基数|产值"
    "|利润|增量|差额|货值|造价|贷款|税额|税款|LPR)"
)
_NAMED = re.compile(rf"{_MONEY_NAME}(?:[（(][^（）()]*[）)])?$")
_GENERIC = re.compile(
    rf"的?(?:{SUPPORT_LEFT}|{SUPPORT}|资金|贷款|经费|额度|标准|金额|总额|匹配资金|[^费息金款税薪额资]{{0,1}})"
)
_EDGE = re.compile(
    rf"(?:{GIVE}|按照?|依照|标准[为：]|比例为|额度为|金额为|分别为|{BOUND}|{FLOOR}|参照"
    rf"|对于?其?|其中|将|把|每年|其(?!他|中)|可按?)"
)
_TAIL = re.compile(
    rf"(?:的|之|再|可|均|另|由|一次性|分别|按照?|给予|予以|给与|给|计发|减按|原则上"
    rf"|企业|{BOUND}|{FLOOR}|奖励|补助|补贴|支持|资助|贴息|返还|减免|标准|额度|比例为?"
    rf"|\s){{1,8}}$"
)
_HEAD = re.compile(rf"^(?:{SUPPORT_LEFT}|可|再|另|额外|一次性|对|将|[\s，、]){{1,8}}(?=[^，。；]{{2,}})")
_AFTER = re.compile(rf"的?(?P<base>[^，。；、的比例标准给予]{{1,12}}?{_MONEY_NAME})(?=(?:的)?(?:{SUPPORT}))")
_OBJECT = re.compile(
    rf"(?:对其?|将|把|按照?其?)(?P<base>[^，。；对将把按]{{1,40}}?{_MONEY_NAME})"
    rf"(?=[，,]|给予|予以|按|由|可|再|减|返)"
)
_MATCHED_AFTER = re.compile(
    rf"(?:的比例|比例)?(?:给予|进行)?配套(?P<base>[^，。；]{{0,8}}?(?:{SUPPORT}|资金))"
)
_BEFORE_COMMA = re.compile(rf"(?P<base>[^，。；：]{{2,40}}{_MONEY_NAME})[，,]\s{{0,8}}$")


def base_of(one: NumberList, reading: ClauseReading, passage: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the base of a rate stands in the clause; None where no sum of money is named."""
    text, start = reading.clause.text, one.group.start
    granted = [
        other.group.end
        for other in reading.lists
        if other.role is MentionRole.AWARD and other.group.end <= start
    ]
    floor = max([one.sentence.start, *granted])
    part = max(part_start(text, start, floor), min(passage[0], start))
    if place := _before(text, part, start):
        return place
    if one.group.members[0].unit_word not in WORDED:
        for pattern in (_AFTER, _MATCHED_AFTER):
            behind = pattern.match(text, one.group.end, passage[1])
            if behind and not _GENERIC.fullmatch(behind["base"]):
                return behind.span("base")
    objects = [
        one for one in _OBJECT.finditer(text, passage[0], start) if not _GENERIC.fullmatch(one["base"])
    ]
    if objects:
        return objects[-1].span("base")
    before = _BEFORE_COMMA.search(text[passage[0] : part])
    if before is None:
        return None
    return _before(text, passage[0] + before.start("base"), passage[0] + before.end("base"))


def _before(text: str, part: int, number: int) -> tuple[int, int] | None:
    """Return the words right before a rate that name a sum, without the cues around them."""
    tail = _TAIL.search(text[part:number])
    end = part + tail.start() if tail else number
    while True:
        begin = _after_last_edge(text, part, end)
        if head := _HEAD.match(text[begin:end]):
            begin += head.end()
        if begin >= end:
            return None
        if _NAMED.search(text[begin:end]) and not _GENERIC.fullmatch(text[begin:end]):
            return begin, end
        longer = _longer(text, end, number)
        if longer == end:
            return None
        end = longer


def _after_last_edge(text: str, part: int, end: int) -> int:
    edges = [match.end() for match in _EDGE.finditer(text, part, end)]
    return edges[-1] if edges else part


def _longer(text: str, end: int, number: int) -> int:
    """Take one more word of the cut tail back: 市级奖励, 专项支持总额 end in what may also grant."""
    match = re.compile("奖励标准|补助标准|补贴标准|奖励|补助|补贴|支持|资助|标准|额度").match(
        text, end, number
    )
    return match.end() if match else end
