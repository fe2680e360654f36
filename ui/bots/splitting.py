"""Cutting a text that is too long for one message where a reader would: line, sentence, clause.

Never inside a number, an amount with its unit, a date, a document number, a 〔1〕 mark, a title or a note on
a draft; characters are never torn apart. Sizes are bytes of UTF-8, as the platforms count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NUMBER = r"[0-9０-９零〇一二两三四五六七八九十百千万亿]"
_UNIT = r"[万亿千百十]*\s?(?:个?百分点|元|%|％|‰|平方米|公里|年|个?月|日|天|家|项|个|人|条|倍|次|档|号)?"
_AMOUNT = rf"{_NUMBER}(?:{_NUMBER}|[.,．，](?=[0-9０-９]))*\s?{_UNIT}"
_WHOLE = re.compile(
    rf"(?:不超过|不低于|最高|至少)?{_AMOUNT}(?:\s?[-~～—–至到]?\s?{_AMOUNT})*"
    r"|[一-龥]{1,6}〔\d{4}〕\s?\d+\s?号|〔[^〔〕\n]{1,12}〕|《[^《》\n]{1,80}》|【[^【】\n]{1,40}】|[A-Za-z]+"
)
_SENTENCE = re.compile(r"[。！？；!?;]+[」』”’）)】》]*(?:〔\d+〕)*")
_CLAUSE = re.compile(r"(?:[，、：,:]|——)[」』”’）)】》]*(?:〔\d+〕)*")
_NOTE = re.compile(r"[^。！？；，,\n]{0,30}(?:草案|征求意见|施行|届满|失效|现行)[^。！？；\n]{0,40}")


def size(text: str) -> int:
    """Return how many bytes a text takes.

    >>> size("元1")
    4
    """
    return len(text.encode())


def pieces(text: str, limit: int) -> Iterator[str]:
    """Give the text piece by piece, none over the limit; the pieces joined are the text again.

    A piece ends with its line break, sentence mark or clause mark; larger pieces come first.

    >>> list(pieces("第一句。第二句，长。", 15))
    ['第一句。', '第二句，', '长。']
    """
    for line in text.splitlines(keepends=True):
        yield from _fitting(line, limit, (_SENTENCE, _CLAUSE))


def _fitting(text: str, limit: int, boundaries: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    if size(text) <= limit:
        yield text
    elif not boundaries:
        yield from _forced(text, limit)
    else:
        for part in _cut_after(text, boundaries[0]):
            yield from _fitting(part, limit, boundaries[1:])


def _cut_after(text: str, boundary: re.Pattern[str]) -> Iterator[str]:
    """Give the text cut behind each boundary that stands inside nothing whole."""
    protected = [found.span() for whole in (_WHOLE, _NOTE) for found in whole.finditer(text)]
    start = 0
    for found in boundary.finditer(text):
        end = found.end()
        if end < len(text) and not any(low < end < high for low, high in protected):
            yield text[start:end]
            start = end
    yield text[start:]


def _forced(text: str, limit: int) -> Iterator[str]:
    """Cut a text without any boundary: between characters and whole things, as late as possible."""
    held = ""
    for atom in _atoms(text, limit):
        if held and size(held + atom) > limit:
            yield held
            held = ""
        held += atom
    if held:
        yield held


def _atoms(text: str, limit: int) -> Iterator[str]:
    """Give what must stay together: whole things that can fit at all, else characters with their marks."""
    at = 0
    for found in _WHOLE.finditer(text):
        yield from _characters(text[at : found.start()])
        yield from (found.group(),) if size(found.group()) <= limit else _characters(found.group())
        at = found.end()
    yield from _characters(text[at:])


def _characters(text: str) -> Iterator[str]:
    held = ""
    for character in text:
        joins = (
            unicodedata.combining(character) or character in "\u200d\ufe0e\ufe0f" or held.endswith("\u200d")
        )
        if held and (not joins or len(held) > 16):
            yield held
            held = ""
        held += character
    if held:
        yield held
