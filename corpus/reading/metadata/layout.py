"""Where things stand in a document: the head, the notice around a policy, its own text, what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.reading.markers import read_marker
from corpus.reading.metadata.model import Words
from corpus.reading.metadata.run_on import DAY, LONG, pieces

CHINESE_DAY = (
    "[二一][〇○零０一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
ANY_DAY = (
    rf"(?:{DAY}|{CHINESE_DAY}|[12]\d{{3}}\s{{0,4}}[-/.]\s{{0,4}}\d{{1,2}}\s{{0,4}}[-/.]\s{{0,4}}\d{{1,2}})"
)
ATTACHMENT = re.compile(
    r"^附(?:件|录|表)\s{0,4}(?:[0-9０-９一二三四五六七八九十]{1,3})?\s{0,4}$|^附(?:件|录|表)\s{0,4}[0-9一二三四五六七八九十]{1,3}[:：]?\s{0,4}\S"
)
_ATTACHED_LIST = re.compile(r"^附(?:件|录|表)?\s{0,4}(?:[:：]|$)")
_ISSUES = "(?:重新)?(?:印发|发布|公布|颁布|颁发|下发|转发|批转|实施)"
_NOTICE = re.compile(
    rf"(?:关于)?{_ISSUES}[^《。；]{{0,30}}[《〈](?P<named>[^《》〈〉]{{1,80}}(?:[《〈][^《》〈〉]{{0,60}}[》〉][^《》〈〉]{{0,60}}){{0,2}})[》〉]\s{{0,4}}的?\s{{0,4}}(?:通知|公告|决定|通告|函)"
)
_UNMARKED = re.compile(
    rf"关于{_ISSUES}(?P<named>[^《》。；]{{1,120}}?)\s{{0,4}}的\s{{0,4}}(?:通知|公告|决定|通告|函)"
)
_CONSULTATION = re.compile(
    r"关于(?:再次)?(?:公开)?(?:征求|征集)(?:社会公众|公众|各方)?(?:对)?\s{0,4}《(?P<named>[^《》]{1,100})》[^。]{0,16}意见的(?:通知|公告|函|启事)"
)
_CALLED = re.compile(
    "(?:办法|措施|举措|意见|规定|细则|政策|方案|规划|计划|条例|指南|指引|清单|规则|规程|要点|纲要|章程|制度|目录|标准|条)"
    "(?:[（(][^（()）]{1,16}[）)])?$"
)
_LONG = 90
_HEAD = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer blanks, and where it begins in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset just after the line."""
        return self.start + len(self.text)

    def words(self, start: int = 0, end: int | None = None) -> Words:
        """Return characters of the line as words of the text."""
        stop = len(self.text) if end is None else end
        return Words(self.text[start:stop], self.start + start, self.start + stop)


@dataclass(frozen=True)
class Layout:
    """The lines of a clean text and what they are.

    `notice` is the line of a notice that encloses the policy (关于印发《…》的通知), `policy` the first line
    of the policy itself, `end` the line after its last one, where attachments begin.
    """

    text: str
    lines: tuple[Line, ...]
    notice: int | None
    named: Words | None
    policy: int
    end: int

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """Return the lines before the first item or long paragraph, of the whole and of the policy."""
        first = _body(self.lines, 0)
        own = _body(self.lines, self.policy)
        return (*self.lines[:first], *self.lines[max(first, self.policy) : own])

    @cached_property
    def opening(self) -> tuple[Line, ...]:
        """Return the first lines of the document, down to where its text begins."""
        return self.lines[: _body(self.lines, 0)]

    @cached_property
    def main(self) -> tuple[Line, ...]:
        """Return the lines of the policy itself, without the notice before it and what is attached."""
        return self.lines[self.policy : self.end]

    @cached_property
    def own(self) -> tuple[Line, ...]:
        """Return the lines of notice and policy, without what is attached."""
        return self.lines[: self.end]

    def words(self, start: int, end: int) -> Words:
        """Return characters of the text as words."""
        return Words(self.text[start:end], start, end)


def layout_of(text: str) -> Layout:
    """Find the parts of a clean text."""
    lines = tuple(_lines(text))
    notice, named = _notice(text, lines)
    policy = 0
    if notice is not None and named is not None:
        policy = _policy(lines, notice, key(named.quote))
    return Layout(text, lines, notice, named, policy, _end(lines, policy))


def key(name: str) -> str:
    """Return a name as it is compared: without blanks, marks and whether it is on trial.

    >>> key("《北湖区若干措施（试行）》") == key("北湖区 若干措施")
    True
    """
    bare = re.sub(r"[（(](?:试行|暂行|修订|修订版|修订稿|[12]\d{3}年?(?:版|修订))[）)]", "", name)
    return re.sub(r"[\s《》〈〉“”\"'（）()·、，,]", "", bare)


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for raw in text.split("\n"):
        parts = pieces(raw, at == 0) if len(raw) > LONG else ((0, raw),)
        for offset, part in parts:
            bare = part.strip()
            if bare:
                yield Line(bare, at + offset + part.index(bare[0]))
        at += len(raw) + 1


def _notice(text: str, lines: Sequence[Line]) -> tuple[int | None, Words | None]:
    """Return the line of a notice that encloses a policy, and the policy's name in it."""
    for at in range(min(len(lines), _HEAD)):
        for count in (1, 2, 3):
            if at + count > len(lines):
                break
            span = lines[at : at + count]
            joined = "".join(line.text for line in span)
            start = joined[:160]
            found = _NOTICE.search(start) or _UNMARKED.search(start) or _CONSULTATION.search(start)
            if found is None or re.search("[。；]", joined[: found.end()]) or _cited(joined, found):
                continue
            if not _is_named(joined, found):
                continue
            if count > 1 and found.start() >= len(span[0].text):
                continue
            return at, _located(text, span, found.start("named"), found.end("named"))
        if len(lines[at].text) > _LONG and read_marker(lines[at].text) is not None:
            break
    return None, None


def _is_named(joined: str, found: re.Match[str]) -> bool:
    """Tell whether what a notice encloses is a document: in its marks, or called like one."""
    if joined[found.start("named") - 1] in "《〈":
        return True
    is_own = re.match("我[市区县省]|本[市区县省]|全[市区县省]", found["named"]) is not None
    return not is_own and _CALLED.search(found["named"]) is not None


def _cited(joined: str, found: re.Match[str]) -> bool:
    """Tell whether the notice is only cited: 根据《…关于印发…的通知》."""
    before = joined[: found.start()]
    return before.count("《") > before.count("》")


def _located(text: str, span: Sequence[Line], start: int, end: int) -> Words:
    """Return characters of joined lines as words of the text, line breaks included."""
    places = [place for line in span for place in range(line.start, line.end)]
    first, last = places[start], places[end - 1] + 1
    return Words(text[first:last], first, last)


def _policy(lines: Sequence[Line], notice: int, name: str) -> int:
    """Return the first line of the policy a notice encloses: its title again, else its first item."""
    for at in range(notice + 1, len(lines)):
        joined = ""
        for line in lines[at : at + 3]:
            joined += line.text
            if key(joined) == name and not _is_listed(lines, at):
                return at
            if len(joined) > len(name) + 20:
                break
    signed = next(
        (i for i in range(notice + 1, min(len(lines), notice + 40)) if _is_day(lines[i].text)), None
    )
    if signed is None:
        return notice
    return next((i for i in range(signed + 1, len(lines)) if not _is_aside(lines[i].text)), notice)


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a name is only that of a list of attachments (附件：1.…)."""
    above = lines[at - 1].text if at else ""
    return bool(_ATTACHED_LIST.match(above)) and not ATTACHMENT.match(above)


def _is_day(line: str) -> bool:
    return re.fullmatch(rf"[（(]?{ANY_DAY}[）)]?", line) is not None


def _is_aside(line: str) -> bool:
    """Tell whether a line is what stands below a signature: （此件公开发布）, 附件1."""
    return line.startswith(("（此件", "(此件", "（联系", "(联系", "附件"))


def _body(lines: Sequence[Line], start: int) -> int:
    """Return the first line from `start` on that is an item or a long paragraph, not a heading or a field."""
    for at in range(start, len(lines)):
        text = lines[at].text
        if at > start and read_marker(text) is not None and len(text) > 2:
            return at
        if len(text) > _LONG and re.search("[。；]", text):
            return at
        if at - start > _HEAD:
            return at
    return len(lines)


def _end(lines: Sequence[Line], policy: int) -> int:
    """Return where the attachments behind a policy begin."""
    first = _body(lines, policy)
    for at in range(max(first, policy + 1), len(lines)):
        if ATTACHMENT.match(lines[at].text) and len(lines[at].text) <= 60 and not _is_list_entry(lines, at):
            return at
    return len(lines)


def _is_list_entry(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line names an attachment that follows later: only its list ends the policy."""
    after = [line.text for line in lines[at + 1 : at + 12]]
    return any(_is_day(text) for text in after)
