"""The passages of a composed line that a model may place but not say in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LISTED = re.compile(r"^(?:各项都)?(?:还须符合|未满足的条件|按您的说法已符合)：|^.{2,40}的条件：")
_WHOLE = re.compile(
    r"^(?:【草案】《|效力：|来源说明：|草案拟定|提示：|请问|您还提到)|未载明|没有载明|发文机关是|^具体办理|[？?]$"
)
_POINT = re.compile(r"^- [^：]{2,40}：")
_BODY = re.compile(r"^责任单位：([^（]+)")
_QUOTE = re.compile("「([^「」]{8,})」")
_PARTS = re.compile("[；。]")


def kept_spans(line: str) -> Iterator[tuple[int, int]]:
    """Yield where in a composed line the passages stand that are kept word for word.

    >>> line = "还须符合：制造企业；在长宁区依法设立。"
    >>> [line[start:end] for start, end in kept_spans(line)]
    ['制造企业', '在长宁区依法设立']
    """
    head = _LISTED.match(line) or _POINT.match(line)
    body = _BODY.match(line)
    if _LISTED.match(line) and head:
        yield from _parts(line, head.end())
    elif _WHOLE.search(line):
        yield 0, len(line)
    elif head:
        yield head.end(), len(line.rstrip("。"))
    else:
        if body:
            yield body.span(1)
        yield from (match.span(1) for match in _QUOTE.finditer(line))


def _parts(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the items of a list; a mark inside brackets parts nothing."""
    for match in _PARTS.finditer(line, start):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(line):
        yield start, len(line)
