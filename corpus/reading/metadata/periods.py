"""How long a document holds (有效期): its first and last day, stated or counted, and the words for each.

Filing windows, deadlines, lengths of projects, and how long certificates hold are none of it: a sentence
counts only where it speaks of the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.reading.metadata.days import read_day
from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import ANY_DAY, Layout, Line, key
from corpus.reading.metadata.model import StatedDay, Words
from corpus.reading.metadata.spans import COUNT
from corpus.reading.metadata.values import END_DAY, UNTIL, counted_day, end_day, stated_day

_PAPER = (
    r"(?:办法|措施|意见|通知|规定|细则|政策|方案|规划|计划|条例|公告|通告|决定|指南|指引|举措|文件|规则|规程|标准|要点|"
    r"条款|若干[\u4e00-\u9fff]{0,6})"
)
_SELF = (
    rf"(?:本|该|此|上述|以上|前述|原|《[^《》]+》)[\u4e00-\u9fff“”（()）]{{0,14}}?{_PAPER}(?:[（(]试行[）)])?"
)
_HOLDS = "(?:施行|实施|执行|生效|试行|有效|适用)"
_ISSUE = "(?:印发|发布|公布|颁布|下发|发文|签发|公告|出台|颁发)"
_TERM = (
    "(?:(?:有效|执行|实施|施行|适用|试行|政策)期(?:限)?|有效时间|执行时间|实施时间|施行时间"
    "|(?:实行|实施|执行|施行|有效)年限)"
)

_BEGINS = re.compile(
    rf"(?:自|从|于)\s{{0,4}}(?P<day>{ANY_DAY})\s{{0,4}}(?:零时)?(?:起|之日起|开始)?(?:正式|开始|试){{0,2}}{_HOLDS}"
    rf"|(?:自|从)\s{{0,4}}(?P<day2>{ANY_DAY})\s{{0,4}}(?:起|之日起)(?=[，,。；]|\s{{0,4}}{UNTIL})"
    rf"|{_TERM}[^。；;，,]{{0,12}}?(?:为|是|：|:|自|从|[（(]){{0,3}}\s{{0,4}}(?P<day4>{ANY_DAY})\s{{0,4}}(?:起|之日起)?(?=\s{{0,4}}{UNTIL})"
    rf"|(?:自|从)\s{{0,4}}(?P<day5>{ANY_DAY})\s{{0,4}}(?=起?\s{{0,4}}{UNTIL}\s{{0,4}}{ANY_DAY}\s{{0,4}}(?:止|期间)?{_HOLDS})"
    rf"|(?<![至到—-])(?P<day3>{ANY_DAY})\s{{0,4}}起(?:正式)?{_HOLDS}"
)
_BEGINS_ON_ISSUE = re.compile(
    rf"自?(?:本[\u4e00-\u9fff]{{1,8}}|政策|文件)?(?:{_ISSUE}(?:[、和或]{_ISSUE}){{0,4}})之日(?:起|后)?(?:满)?"
    rf"(?:\s{{0,4}}(?P<after>{COUNT}\s{{0,4}}(?:日|天|个月|个工作日))(?:后|起|之日起|(?={_HOLDS})))?(?:起)?(?:正式)?(?P<holds>{_HOLDS})?"
)
_AT_ONCE = re.compile(rf"自?即日起(?:正式)?{_HOLDS}")
_ENDS = re.compile(
    rf"{_TERM}[^，。；;,]{{0,28}}?{UNTIL}\s{{0,4}}(?P<day>{END_DAY})"
    rf"|{_HOLDS}(?:期限?)?(?:暂定)?(?:，|,)?{UNTIL}\s{{0,4}}(?P<day2>{END_DAY})"
    rf"|(?:自|从)\s{{0,4}}{ANY_DAY}\s{{0,4}}(?:起|之日起)?(?:正式)?{_HOLDS}?(?:，|,)?\s{{0,4}}{UNTIL}\s{{0,4}}(?P<day3>{END_DAY})(?=\s{{0,4}}(?:止|为止|期满|失效|废止|自行|自动|{_HOLDS}|期间|[，,。；;）)]|$))"
    rf"|(?:，|,)\s{{0,4}}{UNTIL}\s{{0,4}}(?P<day4>{END_DAY})\s{{0,4}}(?:止|为止|期满|失效|废止|自行|自动)"
    rf"|之日起?{UNTIL}\s{{0,4}}(?P<day5>{END_DAY})\s{{0,4}}(?:止|为止|{_HOLDS})?"
    rf"|{_TERM}[^。；;，,]{{0,12}}?[（(]\s{{0,4}}{ANY_DAY}\s{{0,4}}起?{UNTIL}\s{{0,4}}(?P<day7>{END_DAY})"
    rf"|(?:于|，|,)\s{{0,4}}(?P<day6>{ANY_DAY})\s{{0,4}}(?:起)?(?:自动|自行)?(?:失效|废止|终止|到期)"
)
_LASTS = re.compile(
    rf"{_TERM}(?:暂定|暂|均|统一)?(?:为|是|：|:)?(?:暂定|期)?(?:自[^，。；]{{0,16}}?起(?:的)?)?\s{{0,4}}(?P<span>{COUNT}\s{{0,4}}(?:周)?(?:年|个?月))"
    rf"|(?:试行|暂行|暂定|施行|实施|执行)(?:期|期限)?(?:暂定|暂)?(?:为|是)?\s{{0,4}}(?P<span2>{COUNT}\s{{0,4}}(?:年|个月))(?!内|前|以)"
    rf"|(?P<span3>{COUNT}\s{{0,4}}(?:年|个月))(?:内)?有效(?:期)?"
    rf"|(?:期限|为期|期)(?:暂定)?(?:为)?\s{{0,4}}(?P<span4>{COUNT}\s{{0,4}}(?:年|个月))(?=[，,。；;止]|$)"
    rf"|之日起\s{{0,4}}(?:的)?(?P<span5>{COUNT}\s{{0,4}}(?:年|个月))(?:止|内有效|有效)?(?=[，,。；;（(止内]|$)"
)
_EXTENDED = re.compile(
    rf"(?:延续|延长|延期|顺延|展期|继续执行|继续有效|继续施行)(?:执行|施行|实施|有效|有效期){{0,2}}{UNTIL}\s{{0,4}}(?P<day>{END_DAY})"
)
_YEARS = re.compile(
    rf"{_TERM}(?:为|是|：|:)?\s{{0,4}}[12]\d{{3}}\s{{0,4}}年?(?:度)?\s{{0,4}}{UNTIL}\s{{0,4}}[12]\d{{3}}\s{{0,4}}年(?:度)?(?!\s{{0,4}}\d)"
    rf"|(?:适用于|执行(?:期)?(?:限)?(?:为)?|在)\s{{0,4}}[12]\d{{3}}\s{{0,4}}年?(?:度)?\s{{0,4}}{UNTIL}\s{{0,4}}[12]\d{{3}}\s{{0,4}}年度?"
    r"(?=[，,。；;期内执有]|$)"
)
_UNLIMITED = re.compile("长期(?:有效|施行|执行|实施)|有效期(?:为)?(?:长期|永久)|永久有效")
_HELD_BY_OTHERS = re.compile(
    "证书|证件|许可|执照|资质|资格|合同|协议|承诺|批文|批复|报告|公示|专利|商标|保单|保函|贷款|授信|担保|租赁|租期|名单|称号|"
    "检验|驾驶|签证|居住证|入库|备案|发票|凭证|任期|聘期|聘用|服务期|经营期|建设期|项目期|考核期|补贴期|补助期|奖励期|扶持期|"
    "培育期|孵化期|认定有效|信用|码|卡"
)
_FILING = re.compile(
    "申报|申请|受理|提交|报送|报名|逾期|截止(?:时间|日期)|公示期|征求意见|反馈|出生|毕业|成立|注册|登记"
)
_OTHER = re.compile(rf"《([^《》]+)》(?:[（(][^（()）]*[）)])?(?:的)?(?:{_TERM}|继续|延)")
_OLD_RULES = re.compile("(?:施行|实施|执行|印发|发布|公布|出台)(?:之)?前|按(?:照)?原(?:政策|规定|办法)")
_SENTENCE = re.compile("[^。；;！]+[。；;！]?")


@dataclass(frozen=True, slots=True)
class Period:
    """When a document holds; `is_reckoned` where its start was counted from the day of signing."""

    start: StatedDay | None = None
    end: StatedDay | None = None
    unlimited: Words | None = None
    is_reckoned: bool = False
    warnings: tuple[str, ...] = ()


def period_of(
    layout: Layout, title: str, fields: Sequence[Field], signed: StatedDay | None, published: StatedDay | None
) -> Period:
    """Return when the document holds, by the last sentences that say so."""
    sentences = [
        one for line in layout.own for one in _sentences(line) if _is_of_itself(one.text, key(title))
    ]
    start, warned = _start(sentences, fields, signed, published)
    is_reckoned = start is not None and start.base in ("signed_on", "published_on")
    end, is_missing = _end(sentences, fields, start)
    unlimited = next((one for s in sentences if (one := _found(_UNLIMITED, s))), None)
    warnings = list(warned)
    if is_missing:
        warnings.append("原文写了有效期的长短，但没有写明从哪一天算起，截止日期不能确定。")
    if start and end and end.value < start.value:
        warnings.append(f"原文所写的截止日期（{end.value}）早于施行日期（{start.value}），两项都请核对。")
        end = None
    return Period(start, end, unlimited if end is None else None, is_reckoned, tuple(warnings))


def _sentences(line: Line) -> Iterator[Line]:
    for found in _SENTENCE.finditer(line.text):
        lead = len(found.group()) - len(found.group().lstrip())
        yield Line(found.group().strip(), line.start + found.start() + lead)


def _is_of_itself(text: str, own: str) -> bool:
    """Tell whether a sentence speaks of how long the document holds, not of a certificate or a deadline."""
    if not re.search(f"{_HOLDS}|{_TERM}|{_ISSUE}之日|延续|延长|暂定", text):
        return False
    if _OLD_RULES.search(text):
        return False
    if any(own and key(found[1]) != own for found in _OTHER.finditer(text)):
        return False
    is_of_other = any(own and key(found[1]) != own for found in re.finditer("《([^《》]+)》", text))
    if is_of_other and _EXTENDED.search(text) and not re.search(rf"本[\u4e00-\u9fff]{{0,8}}{_PAPER}", text):
        return False
    term = re.search(rf"([\u4e00-\u9fff]*?)(?:的)?{_TERM}", text)
    says_self = re.search(rf"{_SELF}", text) is not None
    if term and _HELD_BY_OTHERS.search(term[1]) and not says_self:
        return False
    begins = bool(_BEGINS.search(text) or _BEGINS_ON_ISSUE.search(text) or _AT_ONCE.search(text))
    if says_self and not _FILING.search(_until_holds(text)):
        return True
    if _HELD_BY_OTHERS.search(text) or _FILING.search(text):
        return False
    return begins or term is not None


def _until_holds(text: str) -> str:
    """Return a sentence up to where it says how long something holds."""
    found = re.search(f"{_HOLDS}|{_TERM}", text)
    return text[: found.start()] if found else text


def _found(pattern: re.Pattern[str], sentence: Line) -> Words | None:
    found = pattern.search(sentence.text)
    return sentence.words(found.start(), found.end()) if found else None


def _day(found: re.Match[str]) -> str:
    return next(value for name, value in found.groupdict().items() if name.startswith("day") and value)


def _start(
    sentences: Sequence[Line], fields: Sequence[Field], signed: StatedDay | None, published: StatedDay | None
) -> tuple[StatedDay | None, tuple[str, ...]]:
    """Return the first day, and what a person should know where the text does not tell it."""
    labelled = first_of(fields, Label.EFFECTIVE)
    if labelled is not None and (day := read_day(labelled.quote)) is not None:
        return StatedDay(day, labelled), ()
    for pattern in (_BEGINS, _YEARS):
        for sentence in reversed(sentences):
            found = pattern.search(sentence.text)
            if found and (day := stated_day(found.group(), is_end=False)) is not None:
                return StatedDay(day, sentence.words(found.start(), found.end())), ()
    for sentence in reversed(sentences):
        if words := _found(_BEGINS_ON_ISSUE, sentence) or _found(_AT_ONCE, sentence):
            return _on_issue(words, signed, published)
    return None, ()


def _on_issue(
    words: Words, signed: StatedDay | None, published: StatedDay | None
) -> tuple[StatedDay | None, tuple[str, ...]]:
    """Return a start on the day of issue, counted from that of signing, else of publication."""
    base = signed or published
    if base is None:
        return None, (f"原文写“{words.quote.strip('，,')}”，但没有写明这一天，施行日期不能确定。",)
    day = counted_day(words.quote, base.value, is_end=False)
    return (StatedDay(day, words, "signed_on" if signed else "published_on") if day else None), ()


def _end(
    sentences: Sequence[Line], fields: Sequence[Field], start: StatedDay | None
) -> tuple[StatedDay | None, bool]:
    """Return the last day, and whether its length is stated while its beginning is not."""
    labelled = first_of(fields, Label.EXPIRES)
    if labelled is not None and (day := read_day(labelled.quote)) is not None:
        return StatedDay(day, labelled), False
    for pattern in (_EXTENDED, _ENDS):
        for sentence in reversed(sentences):
            for found in pattern.finditer(sentence.text):
                day = end_day(_day(found))
                if day is not None:
                    return StatedDay(day, _end_words(sentence, found)), False
    for sentence in reversed(sentences):
        if (words := _found(_YEARS, sentence)) and (day := stated_day(words.quote, is_end=True)) is not None:
            return StatedDay(day, words), False
    for sentence in reversed(sentences):
        if (words := _found(_LASTS, sentence)) is None:
            continue
        if start is None:
            return None, True
        day = counted_day(words.quote, start.value, is_end=True)
        return (StatedDay(day, words, "effective_on") if day else None), False
    return None, False


def _end_words(sentence: Line, found: re.Match[str]) -> Words:
    """Return the words of an end; where the match begins with another day, only those from 至 on."""
    name = next(name for name, value in found.groupdict().items() if value)
    before = sentence.text[found.start() : found.start(name)]
    if re.search(ANY_DAY, before):
        until = re.search(rf"{UNTIL}\s{{0,4}}$", before)
        return sentence.words(found.start() + (until.start() if until else 0), found.end())
    return sentence.words(found.start(), found.end())
