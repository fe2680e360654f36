"""Titles of policies as they stand in a text: alone on one to three lines, or named by a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.reading.markers import Style, read_marker
from corpus.reading.outline.lines import Line

KINDS = "办法|措施|意见|细则|规定|政策|方案|规划|计划|条例|指南|指引|举措|政策包|若干条|条款"
TITLE = re.compile(rf"(?:{KINDS}|通知|公告|通告|决定)(?:[（(][^（()）]{{1,12}}[）)])?》?$")
NO_TITLE = re.compile(
    r"^[（(].{0,100}[）)]$|[。；;：:，,！？]|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[〔\[]\d{4}[〕\]]|附件"
)
NAMES_ANOTHER = re.compile(r"^[^《]{1,60}《[^》]{1,80}》$")  # 依据文件《…办法》
ISSUES = re.compile(r"(?:印发|发布|公布|实施|下发|颁布)(?P<title>《[^》]{1,90}》|.{4,90}?)的(?:通知|公告)$")
LONGEST_TITLE = 100
SHORTEST_TITLE = 6
TITLE_LINES = 3
SAME_TITLE = 0.7  # a card's title told again may lack its place: 首店支持 for 北湖市首店支持
HEAD_LINES = 15


def plain(title: str) -> str:
    """Return a title without the marks and blanks in which two tellings of it may differ."""
    return re.sub(r"[\s《》“”\"（）()\[\]〔〕]", "", title)


def issued_title(lines: Sequence[Line]) -> str:
    """Return the title of the policy that a notice at the head of a text issues; empty without one."""
    for i in range(min(len(lines), HEAD_LINES)):
        for count in range(1, TITLE_LINES + 1):
            found = ISSUES.search("".join(line.text for line in lines[i : i + count]))
            if found:
                return found["title"].strip("《》")
    return ""


def title_at(lines: Sequence[Line], i: int) -> str:
    """Return the title that begins at a line (one to three lines long), empty where none does."""
    words = ""
    for line in lines[i : i + TITLE_LINES]:
        if read_marker(line.text) or NO_TITLE.search(line.text):
            return ""
        words += line.text
        if len(words) > LONGEST_TITLE:
            return ""
        if TITLE.search(line.text) and len(words) >= SHORTEST_TITLE:
            return "" if NAMES_ANOTHER.search(words) else words
    return ""


def card_title(lines: Sequence[Line], i: int, end: int) -> str:
    """Return the title of a numbered card: 12.首店支持 with the same words on the next line."""
    marker = read_marker(lines[i].text)
    title = lines[i].text[len(marker.text) :].strip() if marker is not None else ""
    if marker is None or marker.style is not Style.ARABIC or re.search("[，。；：]", title):
        return ""
    if i + 1 >= end or read_marker(lines[i + 1].text):
        return ""
    told, again = sorted((plain(title), plain(lines[i + 1].text)), key=len)
    return title if told and told in again and len(told) >= SAME_TITLE * len(again) else ""
