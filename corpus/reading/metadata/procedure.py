"""How to apply, as the text states it: when, with which papers, where, whom to call, how long it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model.procedure import ProcedureField
from corpus.reading.markers import Style, read_marker
from corpus.reading.metadata.layout import Layout, Line
from corpus.reading.metadata.model import Words

_LABELS = {
    ProcedureField.FILING_WINDOW: (
        "(?:集中)?(?:申报|申请|受理|报名|办理|申领)(?:起止|截止|受理)?(?:时间|日期|期限|时限)|受理期|时间/频度|申报截止"
    ),
    ProcedureField.MATERIALS: (
        "(?:申报|申请|申请表|办理|提交|所需|需提供|应提供|受理|附送|需提交|应提交)(?:的)?(?:相关|书面)?"
        "(?:材料|资料|文件)(?:清单|目录|要求)?|材料清单|所需材料"
    ),
    ProcedureField.WHERE: (
        "(?:申报|申请|受理|办理|报名|申领|提交|报送)(?:材料)?"
        "(?:方式|渠道|途径|地点|地址|窗口|入口|平台|网址|部门|单位|机构|系统)"
    ),
    ProcedureField.CONTACT: "联(?:系|络)(?:方式|人|电话|科室|部门)|咨询(?:电话|方式|服务)|服务热线",
    ProcedureField.PROCESSING_TIME: "(?:办理|审核|审批|办结|承诺|受理|法定|拨付|兑现)(?:时限|期限)|办理周期",
}
_HEADED = {
    name: re.compile(
        rf"^(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十0-9]{{1,3}}[）)]|[0-9]{{1,3}}[.．、]|第[一二三四五六七八九十0-9]{{1,4}}条|附件\s{{0,4}}[0-9一二三四五六七八九十]{{0,3}})?\s{{0,4}}[【\[]?(?:{words})[】\]]?\s{{0,4}}(?P<sep>[:：]|$|。|\s)"
    )
    for name, words in _LABELS.items()
}
_DAY = r"(?:\d{4}\s{0,4}年)?\s{0,4}\d{1,2}\s{0,4}月(?:\s{0,4}\d{1,2}\s{0,4}日|底|份)?"
_SAID = {
    ProcedureField.FILING_WINDOW: re.compile(
        rf"(?:每年|每季度|每半年|常年|全年)[^，。；]{{0,24}}(?:申报|受理|申请|报名|组织)|(?:申报|受理|申请|提交|报送|报名)[^，。；]{{0,20}}(?:{_DAY})|"
        rf"(?:{_DAY})[^，。；]{{0,10}}(?:前|至|期间|起)[^，。；]{{0,24}}(?:申报|受理|申请|提交|报送|报名)"
    ),
    ProcedureField.MATERIALS: re.compile(
        "(?:提供|提交|报送|携带|准备|递交|出具)[^，。；]{0,16}(?:以下|下列|如下)(?:书面)?[^，。；]{0,8}(?:材料|资料)|(?:材料|资料)(?:包括|如下|为：)"
    ),
    ProcedureField.WHERE: re.compile(
        "(?:登录|通过|在|向|到)[^，。；]{2,40}(?:平台|系统|网站|官网|窗口|大厅|服务网|小程序|APP|公众号)[^，。；]{0,16}(?:申报|申请|提交|办理|报名|填报|受理)"
    ),
    ProcedureField.CONTACT: re.compile(r"(?:联系|咨询|服务)(?:电话|热线)\s{0,4}[:：]?\s{0,4}[\d（(]"),
    ProcedureField.PROCESSING_TIME: re.compile(
        r"(?:在|自)[^，。；]{0,30}(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s{0,4}个?(?:工作日|日|天)内[^，。；]{0,20}(?:办结|完成|审核|审查|审批|拨付|作出|答复|受理)"
    ),
}
_OF_OTHERS = re.compile("经营期|建设期|每年组织|出生|成立于|注册于")
_LISTED = frozenset({ProcedureField.MATERIALS})
_SENTENCE = re.compile("[^。；;\n]+[。；;]?")
_MOST_LIST, _LONGEST_HEAD = 30, 40

Found = tuple[ProcedureField, tuple[Words, ...]]


def procedure_of(layout: Layout) -> tuple[Found, ...]:
    """Return what the text states of each field, attachments included; only fields it states."""
    lines = layout.lines[layout.policy :]
    return tuple((field, words) for field in ProcedureField if (words := _field(field, lines)))


def _field(field: ProcedureField, lines: Sequence[Line]) -> tuple[Words, ...]:
    found: dict[tuple[int, int], Words] = {}
    for at, line in enumerate(lines):
        for words in _at(field, lines, at):
            found.setdefault((words.start, words.end), words)
        if not found and len(line.text) > 2000:
            continue
    return tuple(found.values())


def _at(field: ProcedureField, lines: Sequence[Line], at: int) -> Iterator[Words]:
    """Yield what is said of a field from a line on: the line, and the list under it."""
    line = lines[at]
    headed = _HEADED[field].match(line.text)
    if headed and (headed["sep"] != "" or len(line.text) <= _LONGEST_HEAD):
        is_alone = not line.text[headed.end() :].strip()
        yield line.words()
        if is_alone or field in _LISTED:
            yield from _below(lines, at)
        return
    for part in _SENTENCE.finditer(line.text):
        if _SAID[field].search(part.group()) and not _OF_OTHERS.search(part.group()):
            yield line.words(part.start(), part.end())
            if field in _LISTED and part.end() == len(line.text) and line.text.endswith(("：", ":")):
                yield from _below(lines, at)


def _below(lines: Sequence[Line], at: int) -> Iterator[Words]:
    """Yield the lines of the list under a heading, down to the next item of the heading's own rank."""
    own = _style(lines[at].text)
    first: Style | None = None
    for line in lines[at + 1 : at + 1 + _MOST_LIST]:
        style = _style(line.text)
        if _is_label(line.text) or re.match("附件|抄送|主办", line.text):
            return
        if style is None and first is not None and len(line.text) <= _LONGEST_HEAD:
            return
        if style is not None:
            if own is not None and style <= own:
                return
            if first is None:
                first = style
            elif style < first:
                return
        elif first is None and own is None and len(line.text) > 200:
            yield line.words()
            return
        yield line.words(0, _list_end(line.text))
        if style is None and first is None:
            return


def _style(text: str) -> Style | None:
    """Return the numbering a line begins with; （一）项目申报书 is an entry, no reference."""
    marker = read_marker(text)
    if marker is not None:
        return marker.style
    return Style.CHINESE_PAREN if re.match("[（(][一二三四五六七八九十]{1,3}[）)]项目", text) else None


def _list_end(text: str) -> int:
    """Return where the entry of a list ends: at its full stop, where another sentence follows."""
    at = text.find("。")
    return at + 1 if 0 <= at < len(text) - 1 else len(text)


def _is_label(text: str) -> bool:
    return any(pattern.match(text) for pattern in _HEADED.values()) or bool(
        re.match(r"^[\u4e00-\u9fff/]{2,8}[:：]", text)
    )
