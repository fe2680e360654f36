"""What a text says of itself, proposed for a person to confirm: title, number, bodies, dates, nature.

Every proposal is words of the text, never anything else; what is not found stays empty. A date is proposed
only where its words say what kind of date it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import WRITTEN, read_date
from corpus.model.document import SourceNature

_KINDS = "办法|措施|意见|通知|规定|细则|政策|方案|规划|计划|条例|公告|决定|指南|指引|举措|政策包|若干条|清单"
_TITLE = re.compile(rf"(?:{_KINDS})(?:[（(][^（()）]{{1,12}}[）)])?》?$|[（(](?:草案|征求意见稿)[）)]》?$")
_NAMED = re.compile(r"《[^《》]{4,80}》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［（(]\s*\d{4}\s*[〕\]］）)]\s*\d{1,4}\s*号")
_LABEL = re.compile(r"^(?:文号|发文字号|发文字號)\s*[:：]?")
_BODY = re.compile(r"(?:委员会|人民政府|办公室|办公厅|政府|管委会|管理局|中心|厅|局|部|院|海关|委)$")
_ORGANS = re.compile(r"^[\u4e00-\u9fff、]{4,40}$")
_DAY = r"\d{4}\s{0,8}年\s{0,8}\d{1,2}\s{0,8}月\s{0,8}\d{1,2}\s{0,8}日"
_BEGUN = "(?:正式)?(?:施行|实施|执行|生效)"
_BEGINS = re.compile(rf"(?:自|从|于){_DAY}起?{_BEGUN}|自{_DAY}起|(?<!至){_DAY}起{_BEGUN}")
_ENDS = re.compile(rf"(?:有效期(?:限)?至|有效期.{{0,24}}至|执行至|施行至|实施至|至){_DAY}")
_ALONE = re.compile(rf"^[（(]?({_DAY})[）)]?$")
_PUBLISHED = re.compile(
    rf"(?:发布|发表|公布|生成|印发)(?:日期|时间|于)?\s{{0,8}}[:：]?\s{{0,8}}({_DAY}|\d{{4}}-\d{{1,2}}-\d{{1,2}})|({_DAY})印发"
)
_DRAFT = re.compile(r"征求意见稿|公开征求意见|草案")
_REPORT = re.compile(
    r"\d{1,2}月\d{1,2}日(?:电|讯)|本报记者|记者获悉|本报讯|记者[\u4e00-\u9fff]{2,4}(?:报道|）|\))"
)
_HEAD_LINES, _LONGEST_TITLE = 12, 80


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of a document: each field the words of the text it was read from, or empty.

    `region` is a place the text names; `issuing_bodies` are 发文机关, one name each.
    """

    title: str = ""
    nature: SourceNature = SourceNature.POLICY
    nature_words: str = ""
    document_number: str = ""
    issuing_bodies: tuple[str, ...] = ()
    signed_on: str = ""
    published_on: str = ""
    effective_on: str = ""
    expires_on: str = ""
    region: str = ""


def propose(text: str) -> Stated:
    r"""Return what a clean text seems to say of itself.

    >>> last = "本办法自2025年3月1日起施行，有效期至2027年12月31日。"
    >>> told = propose("某市促进软件产业办法\n某政规〔2025〕3号\n第一条 支持。\n" + last)
    >>> told.title, told.document_number, told.effective_on, told.expires_on
    ('某市促进软件产业办法', '某政规〔2025〕3号', '自2025年3月1日起施行', '有效期至2027年12月31日')
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    title = _title(lines)
    nature, words = _nature(lines, title)
    return Stated(
        title=title,
        nature=nature,
        nature_words=words,
        document_number=_number(lines),
        issuing_bodies=tuple(_bodies(lines)),
        signed_on=_signed(lines),
        published_on=_dated(_PUBLISHED, lines),
        effective_on=_dated(_BEGINS, lines),
        expires_on=_dated(_ENDS, lines),
    )


def _title(lines: list[str]) -> str:
    """Return the first line that is called what policies are called; of a notice, the policy it names."""
    for line in lines[:_HEAD_LINES]:
        if len(line) > _LONGEST_TITLE or not _TITLE.search(line):
            continue
        named = _NAMED.search(line)
        return named.group()[1:-1] if named else line
    first = lines[0] if lines else ""
    named = _NAMED.search(first)
    return named.group()[1:-1] if named else first[:_LONGEST_TITLE]


def _nature(lines: list[str], title: str) -> tuple[SourceNature, str]:
    head = lines[:_HEAD_LINES]
    for nature, pattern in ((SourceNature.DRAFT, _DRAFT), (SourceNature.REPORT, _REPORT)):
        found = next((match for line in head if (match := pattern.search(line))), None)
        if found:
            return nature, found.group()
    return SourceNature.POLICY, title


def _number(lines: list[str]) -> str:
    """Return the number of the document itself: one that stands alone, or behind its label.

    A number in running text is usually that of another document.
    """
    for line in (*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:]):
        for part in re.split(r"[；;\s]+", line):
            bare = _LABEL.sub("", part).strip("。，,（）() ")
            if _NUMBER.fullmatch(bare):
                return bare
    return ""


def _bodies(lines: list[str]) -> Iterator[str]:
    """Give the bodies that sign: lines of their own right above a date that stands alone."""
    dated = [at for at, line in enumerate(lines) if _ALONE.match(line)]
    for at in dated[:1]:
        above = at
        while above > 0 and _ORGANS.match(lines[above - 1]) and _BODY.search(lines[above - 1]):
            above -= 1
        yield from lines[above:at]


def _signed(lines: list[str]) -> str:
    return next((match.group(1) for line in lines if (match := _ALONE.match(line))), "")


def _dated(pattern: re.Pattern[str], lines: list[str]) -> str:
    """Return the first words of this kind that state one real day."""
    for line in lines:
        for match in pattern.finditer(line):
            words = match.group()
            if read_date(words) is not None and len(WRITTEN.findall(words)) == 1:
                return words
    return ""
