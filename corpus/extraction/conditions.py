"""What must hold for an award: the parts of its passage before the granting words, and their thresholds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.extraction.lexicon import GIVE, SUPPORT_LEFT
from corpus.extraction.mentions import Mention
from corpus.extraction.passages import period_of
from corpus.extraction.proposal import Value, ValueRole
from corpus.extraction.reading import ClauseReading
from corpus.extraction.roles import MentionRole
from corpus.extraction.segments import is_row
from corpus.model.document import Span
from corpus.reading.numerals import Kind

_REMARK_CELL = re.compile("(?:备注|说明|序号)：")
_PART = re.compile(r"[^，,；;：:。\n]+")
_CONDITION = re.compile(
    r"的$|的企业|的单位|达|以上|以下|超过|不低于|不少于|首次|新|获|认定|评|列入|入选"
    r"|通过|取得|设立|上市|引进|购|租|参加|完成|注册|满|属于|符合|经"
)
_COMPARISON_AFTER = re.compile(
    r"\s{0,8}(?:[（(]不?含[^（）()]{0,6}[）)])?\s{0,8}(?:元|美元)?(?P<word>及以上|以上|及以下|以下|以内)"
)
_RANGE_AFTER = re.compile(r"\s{0,8}(?:[（(]不?含[^（）()]{0,6}[）)])?\s{0,8}(?P<word>至|到)(?=\s{0,8}\d)")
_RANGE_BEFORE = re.compile(r"(?P<word>至|到)\s{0,8}$")
_COMPARISON_BEFORE = re.compile(
    r"(?P<word>不低于|不少于|不超过|不高于|不满|未满|不足|低于|少于|小于|超过|高于"
    r"|多于|大于|达到|至少|满|达|超)\s{0,8}$"
)
_HOLDER = re.compile(
    rf"(?:{GIVE})(?P<who>(?!.{{0,2}}(?:最高|不超过|一次性|每))[^，。；、\d最每不一按（(]{{2,16}}?)"
    rf"(?=最高|最多|不|一次性|每|按|\d|[一二三四五六七八九十百]{{1,6}}万|{SUPPORT_LEFT})"
)
_EACH_HOLDER = re.compile(r"(?:每[家个户名位]|单个|单[家户])(?P<who>[^，。；、每年最不给补奖支资按\d]{2,10})")
_HOLDERS = re.compile(
    r"^.*(?:企业|单位|机构|个人|人才|团队|协会|商会|园区|平台|项目|获得者|者|农户|户"
    r"|委托方|承接方|发布方|公司|基地|中心|载体|医院|学校|院校|专家|家庭"
    r"|组织|院所|主体|工作室|工作站|毕业生|员工|职工|合作社|门店|银行|高校|创业者|博士"
    r"|硕士|技师|举办方|主办方|承办方|街道|社区|村)"
)
_FOR = re.compile(r"对(?:于)?(?P<who>[^。；]{2,60}?)(?:的)?(?=，|,|给予|按|分别|一次性|每|再|可|最高|单个)")


def conditions_of(reading: ClauseReading, passage: tuple[int, int], granting: int) -> tuple[Span, ...]:
    """Return the conditions of an award: parts of the passage before `granting`, where the grant is said."""
    text = reading.clause.text
    if is_row(text[slice(*passage)]):
        return _cells(reading, passage)
    found = []
    plain = _without_asides(text)
    for part in _PART.finditer(plain, passage[0], max(passage[0], granting)):
        words = text[part.start() : part.end()].strip()
        has_number = any(part.start() <= one.start and one.end <= part.end() for one in reading.mentions)
        if len(words) > 2 and (has_number or _CONDITION.search(words)):
            start = text.index(words, part.start())
            found.append(Span(reading.clause.id, start, start + len(words), words))
    return tuple(found)


def _cells(reading: ClauseReading, passage: tuple[int, int]) -> tuple[Span, ...]:
    """Return the cells of a table row that grant nothing: 级别：国家级."""
    text = reading.clause.text
    granted = [one.group for one in reading.lists if one.role is MentionRole.AWARD]
    cells = []
    for cell in re.compile("[^；]+").finditer(text, *passage):
        holds_sum = any(cell.start() <= group.start < cell.end() for group in granted)
        if not holds_sum and not _REMARK_CELL.match(cell[0]):
            cells.append(Span(reading.clause.id, cell.start(), cell.end(), cell[0]))
    return tuple(cells)


def thresholds_of(
    reading: ClauseReading, passage: tuple[int, int], used: set[tuple[int, int]]
) -> Iterator[Value]:
    """Yield the numbers of a passage that compare: 达到1亿元, 50人以上, 增长10%以上."""
    text = reading.clause.text
    period = period_of(reading, passage)
    for mention in reading.mentions:
        if period and period[0] <= mention.start and mention.end <= period[1]:
            continue
        place = (mention.start, mention.end)
        if place in used or mention.start < passage[0] or mention.end > passage[1]:
            continue
        comparison = comparison_of(text, mention)
        if comparison is None:
            continue
        span = Span(reading.clause.id, *place, mention.text)
        word = Span(reading.clause.id, *comparison, text[slice(*comparison)])
        yield Value(
            ValueRole.THRESHOLD, mention.value, unit_of(mention), span, low=mention.low, comparison=word
        )


def comparison_of(text: str, mention: Mention) -> tuple[int, int] | None:
    """Return where the word stands that compares a number: 以上 behind it, 超过 before it."""
    after = _COMPARISON_AFTER.match(text, mention.end) or _RANGE_AFTER.match(text, mention.end)
    if after:
        return after.span("word")
    stretch = text[max(0, mention.start - 6) : mention.start]
    before = _COMPARISON_BEFORE.search(stretch) or _RANGE_BEFORE.search(stretch)
    if before is None:
        return None
    offset = max(0, mention.start - 6)
    return offset + before.start("word"), offset + before.end("word")


def unit_of(mention: Mention) -> str:
    """Return the unit of a number: yuan, ratio, or the unit as written."""
    if mention.is_foreign:
        return mention.unit_word if mention.unit_word != "" else "外币"
    return {Kind.MONEY: "yuan", Kind.RATE: "ratio"}.get(mention.kind, mention.unit_word or "count")


def beneficiary_of(reading: ClauseReading, passage: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the receiver stands: 给予【企业】, 每家【企业】, 对【…的企业】."""
    text = reading.clause.text
    for pattern in (_HOLDER, _EACH_HOLDER, _FOR):
        for match in pattern.finditer(text, *passage):
            if holder := _HOLDERS.search(match["who"].strip()):
                start = match.start("who")
                return start, start + holder.end()
    return None


def _without_asides(text: str) -> str:
    """Fill parentheses with letters, so that a comma in one ends no part; offsets stay."""
    return re.sub(r"[（(][^（）()]*[）)]", lambda match: "甲" * len(match[0]), text)
