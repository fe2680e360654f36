"""The issuing bodies (发文机关): who signs, who stands before 关于 in the title, what a field says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model.document import SourceNature
from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import ANY_DAY, Layout, Line
from corpus.reading.metadata.model import Words

_KIND = (
    "人民政府|政府|办公厅|办公室|委员会|管委会|管理局|领导小组|指挥部|联席会议|总局|总署|分局|支局|海关|银行|"
    "法院|检察院|宣传部|组织部|统战部|工作部|财政部|党委|党组|工委|市委|省委|区委|县委|总会|总工会|联合会|协会|"
    "中心|委|厅|局|署|院|部|处|队|站"
)
_PAREN = r"(?:[（(][\u4e00-\u9fff、]{2,24}[）)])?"
BODY = rf"[\u4e00-\u9fff]{{2,30}}?(?:{_KIND}){_PAREN}"
_WHOLE = re.compile(rf"(?:中共|中国共产党)?[\u4e00-\u9fff（）()]{{1,36}}(?:{_KIND}){_PAREN}")
_REPRINTED = re.compile(r"^[（(【\[](?:转载|转发)[）)】\]]")
_AND = re.compile("、|(?<=[局厅委部办室府])和")
_SPLIT = re.compile(r"[\s、，,；;]+")
_NOT_BODY = re.compile(
    r"^(?:为|贯彻|落实|根据|按照|还|会同|经(?![济信贸开])|据|在|被|各|有关|相关|以上|联系|附件|抄送|主送|经办|第|来源|由)|官网|网站|日报|晚报|新华|客户端|公众号|记者"
)
_SIGNED = re.compile(rf"^[（(]?{ANY_DAY}[）)]?$")
_ALONG = re.compile(
    rf"^(?P<bodies>[\u4e00-\u9fff、，\s（）()]{{3,90}}?)\s{{0,4}}{ANY_DAY}(?P<printed>\s{{0,4}}印发)?$"
)
_MADE_BY = re.compile(
    rf"(?:^|[，。])(?P<bodies>{BODY})(?:[（(]以下简称[^（()）]{{2,20}}[）)])?(?:特|现|决定)?(?:制定|制订|出台|提出)(?:如下|以下|本)"
)
_PREFIX = re.compile(r"^(?P<bodies>[\u4e00-\u9fff、\s（）()]{3,90}?)\s{0,4}关于")
_HEADER = re.compile(r"^(?P<bodies>[\u4e00-\u9fff]{3,30}?)文件$")
_MADE = re.compile("(?:对外|正式|联合|共同|日前|近日|今日|昨日){1,3}$")
_ISSUED = re.compile("(?:发布|印发|出台|制定|推出|公布)(?:了|的)?[^。《》]{0,6}《")
_CLAUSE = re.compile(r"[，。,；“”\s]|由|会上|\d日")
_FAR_BACK = 60
_MOST_LINES = 12


def issuing_bodies(layout: Layout, fields: Sequence[Field], nature: SourceNature) -> tuple[Words, ...]:
    """Return who issued the policy, in the text's order; empty where the text does not say."""
    if nature is SourceNature.REPORT:
        return tuple(_reported(layout))
    for found in (_signature(layout), _labelled(fields), _before_about(layout), _header(layout)):
        bodies = _once(found)
        if bodies:
            return bodies
    return _once(_maker(layout)) or _once(_source(layout, fields))


def is_body_list(text: str) -> bool:
    """Tell whether a text is nothing but names of bodies.

    >>> is_body_list("中共柳河县委 柳河县人民政府"), is_body_list("互动交流")
    (True, False)
    """
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    return bool(parts) and all(_is_body(part) for part in parts)


def _is_body(name: str) -> bool:
    return _WHOLE.fullmatch(name) is not None and not _NOT_BODY.search(name)


def _once(found: Iterator[Words]) -> tuple[Words, ...]:
    unique: dict[str, Words] = {}
    for words in found:
        unique.setdefault(words.quote, words)
    return tuple(unique.values())


def _each(layout: Layout, start: int, text: str) -> Iterator[Words]:
    """Yield the bodies of a list, nothing where any part of it is none."""
    if not is_body_list(text):
        return
    for part in re.finditer(r"[^\s、，,；;]+", text):
        yield layout.words(start + part.start(), start + part.end())


def _signature(layout: Layout) -> Iterator[Words]:
    """Yield the bodies on the lines right above a date that stands alone, or before it on its line."""
    lines = layout.own
    for at, line in enumerate(lines):
        if _SIGNED.match(line.text):
            above = at
            while above > 0 and at - above < _MOST_LINES and is_body_list(lines[above - 1].text):
                above -= 1
            for one in lines[above:at]:
                yield from _each(layout, one.start, one.text)
            if above < at:
                return
        along = _ALONG.match(line.text)
        if along and not along["printed"] and is_body_list(along["bodies"]):
            yield from _each(layout, line.start, along["bodies"])
            return


def _labelled(fields: Sequence[Field]) -> Iterator[Words]:
    value = first_of(fields, Label.BODY)
    if value is None:
        return
    for part in re.finditer(r"[^\s、，,；;]+", value.quote):
        if _is_body(part.group()):
            yield Words(part.group(), value.start + part.start(), value.start + part.end())


def _before_about(layout: Layout) -> Iterator[Words]:
    """Yield the bodies before 关于 in a title of the head, on its line or the line above."""
    head = layout.head
    for at, line in enumerate(head):
        skipped = len(match.group()) if (match := _REPRINTED.match(line.text)) else 0
        found = _PREFIX.match(line.text[skipped:])
        if found and is_body_list(found["bodies"]):
            yield from _each(layout, line.start + skipped, found["bodies"])
            return
        if line.text.startswith("关于") and at and is_body_list(head[at - 1].text):
            yield from _each(layout, head[at - 1].start, head[at - 1].text)
            return


def _header(layout: Layout) -> Iterator[Words]:
    for line in layout.lines[:3]:
        found = _HEADER.match(line.text)
        if found and _is_body(found["bodies"]):
            yield line.words(0, found.end("bodies"))


def _maker(layout: Layout) -> Iterator[Words]:
    """Yield the body that the opening paragraph says made the rules: X（以下简称“…”）制定如下政策."""
    for line in layout.main[:8]:
        found = _MADE_BY.search(line.text)
        if found and _is_body(found["bodies"]):
            yield line.words(found.start("bodies"), found.end("bodies"))
            return


def _source(layout: Layout, fields: Sequence[Field]) -> Iterator[Words]:
    """Yield where a page has its text from, where that is a body by its full name (not 市科技局, a paper)."""
    source = first_of(fields, Label.SOURCE)
    if source is not None and re.match("[\u4e00-\u9fff]{2,8}?[省市区县州]", source.quote):
        yield from _each(layout, source.start, source.quote)


def _reported(layout: Layout) -> Iterator[Words]:
    """Yield who, by a report, issued the policy."""
    for found in _ISSUED.finditer(layout.text):
        start = max(0, found.start() - _FAR_BACK)
        before = _MADE.sub("", layout.text[start : found.start()])
        bodies = _CLAUSE.split(before)[-1]
        at = start + len(before) - len(bodies)
        names = _AND.split(bodies)
        if all(_is_body(name) for name in names):
            for name in names:
                at = layout.text.index(name, at)
                yield layout.words(at, at + len(name))
            return


def signing_line(layout: Layout) -> Line | None:
    """Return the line of the date below the first signature, None where nobody signs."""
    lines = layout.own
    for at, line in enumerate(lines):
        if _SIGNED.match(line.text) and at and is_body_list(lines[at - 1].text):
            return line
        along = _ALONG.match(line.text)
        if along and not along["printed"] and is_body_list(along["bodies"]):
            return line
    return None
