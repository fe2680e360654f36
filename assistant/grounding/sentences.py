"""An answer's text in parts a reader can take in one by one: sentences, with their marks and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。！？；][”」』）]*(?:〔\d+〕)*\n?|(?:〔\d+〕)+\n?|\n")


def sentences(text: str) -> Iterator[str]:
    r"""Yield the text sentence by sentence; put together again, they are the text.

    >>> list(sentences("最高240万元。〔1〕\n请问投入多少？"))
    ['最高240万元。〔1〕\n', '请问投入多少？']
    """
    start = 0
    for match in _END.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]
