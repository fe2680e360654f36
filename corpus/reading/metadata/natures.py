"""What a text is: a policy, a draft put out for comment, a news report, or a guide to applying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model.document import SourceNature
from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import Layout
from corpus.reading.metadata.model import Words

_DRAFT = re.compile(r"征求意见稿|公开征求[^。]{0,12}意见|[（(](?:草案|送审稿|讨论稿)[）)]|草案$|草案[）)]")
_DATELINE = re.compile(
    r"\d{1,2}月\d{1,2}日(?:电|讯)|本报(?:记者|讯)|记者从|记者[^，。]{0,12}获悉|(?:日报|晚报|报|网|社)讯|"
    r"[（(](?:记者|通讯员)[^（()）]{1,20}[）)]|记者[：:\s]?[\u4e00-\u9fff]{2,4}(?:报道)?[）)]?$|^\s{0,4}正文[:：]|[，,]正文[:：]|"
    r"新华社记者|来源[:：]\s{0,4}[\u4e00-\u9fff]{2,10}(?:日报|晚报|时报|商报|新闻网?|新闻社|新华社|新华网|财经网?|电视台)"
)
_GUIDE = re.compile(
    r"(?:组织|开展|启动)(?:申报|申请|征集|遴选)|(?:申报|办事|服务|申请|办理|操作|兑现|受理)(?:工作)?(?:指南|指引|手册|须知|流程)|(?:开展|组织|做好|启动)[^。；]{0,60}"
    r"(?:申报|申请|受理|征集|认定|评选|遴选)(?:工作)?的?(?:通知|公告|通告)|申报(?:工作)?(?:的)?(?:通知|公告|通告)$|"
    r"(?:指南|须知|手册)(?:[（(][^（()）]{1,12}[）)])?》?$|常见问题|问答|请查收|一图(?:读懂|看懂)|政策解读|解读$|百问百答|政策清单|明白卡|说明$"
)
_PUT_OUT = re.compile("现[^。]{0,24}征求[^。]{0,12}意见")
_TOLD = re.compile(
    "据(?:介绍|悉|了解|统计)|获悉|新闻发布会|(?:日前|近日|昨日|昨天)[，,]|责任编辑|新华社|记者|(?:指出|强调)[，,]"
)
_FAR, _TITLE_LONG = 400, 120


def nature_of(layout: Layout) -> tuple[SourceNature, Words | None]:
    """Tell a draft and a report from a policy, and the words that show it; a policy needs none."""
    for line in layout.opening[:6] or layout.lines[:1]:
        if line.text.startswith("【"):
            continue
        if found := (_DRAFT if len(line.text) <= _TITLE_LONG else _PUT_OUT).search(line.text[:_FAR]):
            return SourceNature.DRAFT, line.words(found.start(), found.end())
    if layout.named is not None and (found := _DRAFT.search(layout.named.quote)):
        start = layout.named.start
        return SourceNature.DRAFT, layout.words(start + found.start(), start + found.end())
    if layout.notice is None and (report := _report(layout)) is not None:
        return SourceNature.REPORT, report
    return SourceNature.POLICY, None


def telling_words(layout: Layout) -> Words | None:
    """Return the words by which a text without a title tells news; None where it has none."""
    found = _TOLD.search(layout.text)
    return layout.words(found.start(), found.end()) if found else None


def guiding_words(layout: Layout, fields: Sequence[Field], title: Words | None) -> Words | None:
    """Return the words by which a text guides applicants rather than lays down rules; None where it does not.

    A card names its basis (依据文件); a call or guide says what it is in its title.
    """
    basis = first_of(fields, Label.BASIS)
    if basis is not None:
        return basis
    for line in (*layout.lines[:1], *((title,) if title else ())):
        text = line.quote if isinstance(line, Words) else line.text
        found = _GUIDE.search(text[:100])
        if found and "印发" not in text[: found.start()]:
            return layout.words(line.start + found.start(), line.start + found.end())
    return None


def _report(layout: Layout) -> Words | None:
    """Return the words of a dateline or a reporter's name, at the beginning or the very end."""
    start = layout.text[:_FAR]
    for line in layout.lines:
        if line.start > _FAR:
            break
        found = _DATELINE.search(line.text[:_FAR])
        if found and found.group().strip():
            return line.words(found.start(), found.end())
    end = layout.text[-60:]
    found = re.search(
        r"[（(]?记者[：:\s]*[\u4e00-\u9fff、\s]{2,30}[）)]?\s{0,4}$|[\u4e00-\u9fff]{2,8}日报记者[^。]{1,20}$",
        end,
    )
    if found and start:
        offset = len(layout.text) - len(end)
        return layout.words(offset + found.start(), offset + found.end())
    return None
