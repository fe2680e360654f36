"""A text that lost its line breaks: its title, its number and its signature set apart from what runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator

DAY = r"[12]\d{3}\s{0,4}年\s{0,4}\d{1,2}\s{0,4}月\s{0,4}\d{1,2}\s{0,4}日"
_KINDS = "办法|措施|意见|通知|规定|细则|方案|公告|通告|决定|条例|若干政策|指南|函|条"
_YEAR = r"[〔\[［（(]\s{0,4}(?:19|20)\d{2}\s{0,4}[〕\]］）)]"
_TITLE = re.compile(
    rf"^[^。；;：:]{{6,140}}?(?:{_KINDS})(?:[（(][^（()）]{{1,16}}[）)])?"
    rf"(?=\s|各|为|根据|尊敬|现|[\u4e00-\u9fff]{{1,10}}{_YEAR}|第[一1]条)"
)
_NUMBER = re.compile(
    rf"^\s{{0,4}}(?P<number>[\u4e00-\u9fff]{{1,12}}{_YEAR}\s{{0,4}}\d{{1,5}}\s{{0,4}}号)\s{{0,4}}"
)
_SIGNED = re.compile(
    rf"(?<=[。！；）)])\s{{0,4}}(?P<signed>[\u4e00-\u9fff、\s]{{4,90}}?(?:政府|室|厅|局|委|会|部|院|中心|海关|部门)\s{{0,4}}{DAY})\s{{0,4}}"
)
LONG = 60


def pieces(text: str, is_first: bool) -> Iterator[tuple[int, str]]:
    """Yield the parts of a long line with their offsets: title, number, what runs on, signatures.

    >>> [part for _, part in pieces("甲市关于支持软件产业的通知 各有关单位：" + "要支持。" * 30, True)][:1]
    ['甲市关于支持软件产业的通知']
    """
    at = 0
    if is_first and (title := _TITLE.match(text)):
        yield 0, title.group()
        at = title.end()
        if number := _NUMBER.match(text[at:]):
            yield at + number.start("number"), number["number"]
            at += number.end()
    for signed in _SIGNED.finditer(text, at):
        yield at, text[at : signed.start("signed")]
        yield signed.start("signed"), signed["signed"]
        at = signed.end("signed")
    yield at, text[at:]
