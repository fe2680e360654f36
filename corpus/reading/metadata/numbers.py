"""The document number (文号): the document's own, never that of one it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import Layout, Line
from corpus.reading.metadata.model import Words

_YEAR = r"[〔﹝\[［（(【<＜]\s{0,4}(?:19|20)\d{2}\s{0,4}年?\s{0,4}[〕﹞\]］）)】>＞]"
NUMBER = rf"[\u4e00-\u9fff]{{1,16}}\s{{0,4}}{_YEAR}\s{{0,4}}(?:第\s{{0,4}})?\d{{1,5}}\s{{0,4}}号"
_NUMBER = re.compile(NUMBER)
_ORDER = re.compile(
    r"[\u4e00-\u9fff][\u4e00-\u9fff ]{0,30}(?:令|公告|通告)\s{0,4}"
    r"(?:第\s{0,4}\d{1,4}\s{0,4}号|[〔(（]?(?:19|20)\d{2}[〕)）]?\s{0,4}年?\s{0,4}第\s{0,4}\d{1,4}\s{0,4}号)"
)
_ALONE = re.compile(rf"^[（(【\[]?\s{{0,4}}({NUMBER}|{_ORDER.pattern})\s{{0,4}}[）)】\]]?$")
_AFTER_TITLE = re.compile(
    rf"(?:通知|意见|办法|措施|公告|决定|细则|规定|方案|》)\s{{0,4}}[（(]?\s{{0,4}}(?P<number>{NUMBER})"
)
_LEADING = re.compile(r"^(?:文件|通知|意见|办法|措施|公告|决定|细则|规定|方案)+")
_FAR = 200
_BRACKETS = str.maketrans("﹝﹞[]［］（）()【】<>＜＞", "〔〕〔〕〔〕〔〕〔〕〔〕〔〕〔〕")


def document_number(layout: Layout, fields: Sequence[Field]) -> Words | None:
    """Return the document's own number: in a field, on a line of its own, or right after the title."""
    labelled = first_of(fields, Label.NUMBER)
    if labelled is not None and (found := _NUMBER.search(labelled.quote) or _ORDER.search(labelled.quote)):
        return layout.words(labelled.start + found.start(), labelled.start + found.end())
    return next(_standing(layout), None)


def _standing(layout: Layout) -> Iterator[Words]:
    for line in (*layout.head, *layout.own[-12:]):
        for part in _parts(line):
            alone = _ALONE.match(part.quote)
            if alone:
                start = part.start + alone.start(1)
                yield layout.words(start, start + len(alone[1]))
    first = layout.lines[0] if layout.lines else None
    if first is None:
        return
    for line in layout.head or (first,):
        after = _AFTER_TITLE.search(line.text[:_FAR])
        if after and not _is_cited(line.text, after.start("number")):
            yield line.words(after.start("number"), after.end("number"))


def _parts(line: Line) -> Iterator[Words]:
    """Yield a short line whole, and its stretches between wide gaps."""
    if len(line.text) > 60:
        return
    yield line.words()
    for part in re.finditer(r"\S+(?: \S+)*", line.text):
        yield line.words(part.start(), part.end())


def _is_cited(text: str, at: int) -> bool:
    """Tell whether a number belongs to a document named in running text."""
    return re.search("根据|按照|依据|贯彻|落实|现行", text[:at]) is not None


def normal_number(number: str) -> str:
    """Write a number as numbers are compared: brackets of one kind, no blanks.

    >>> normal_number("京知局［2021］ 78 号"), normal_number("沪府规(2021)1号")
    ('京知局〔2021〕78号', '沪府规〔2021〕1号')
    """
    return re.sub(r"\s|第(?=\d+号)", "", number).translate(_BRACKETS)
