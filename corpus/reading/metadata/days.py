"""When a document was signed (成文) and published (发布), in the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.dates import read_date
from corpus.reading.metadata.bodies import signing_line
from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import ANY_DAY, Layout
from corpus.reading.metadata.model import StatedDay, Words

_ALONE = re.compile(rf"^[（(]?({ANY_DAY})[）)]?$")
_END = re.compile(rf"(?P<day>{ANY_DAY})\s{{0,4}}(?:[（(]此[^（()）]{{2,30}}[）)])?\s{{0,4}}$")
_PRINTED = re.compile(rf"(?P<day>{ANY_DAY})\s{{0,4}}印发")
_CRAWLED = re.compile(rf"^(?P<day>{ANY_DAY})(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s{{0,4}}(?:[，,]|来源|$)")
_DAY = re.compile(ANY_DAY)


def read_day(words: str) -> date | None:
    """Return the day some words state, in Arabic or Chinese figures.

    >>> read_day("二〇二二年二月十日"), read_day("2022年 2月10日")
    (datetime.date(2022, 2, 10), datetime.date(2022, 2, 10))
    """
    return read_date(_with_chinese_months(words))


_TENS = {"十": 10, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _with_chinese_months(words: str) -> str:
    def arabic(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].rpartition("十")
        return str((10 * (_TENS[tens] if tens else 1) if ten else 0) + (_TENS[ones] if ones else 0))

    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日])", arabic, words)


def signed_on(layout: Layout, fields: Sequence[Field]) -> StatedDay | None:
    """Return the day of signing: below the signatures, under the title, or of a labelled field."""
    line = signing_line(layout)
    candidates: list[Words] = []
    if line is not None and (found := _END.search(line.text)):
        candidates.append(line.words(found.start("day"), found.end("day")))
    for one in (*layout.head, *layout.own[-6:]):
        if (alone := _ALONE.match(one.text)) and "年" in one.text:
            candidates.append(one.words(alone.start(1), alone.end(1)))
    labelled = first_of(fields, Label.SIGNED)
    if labelled is not None and first_of(fields, Label.BASIS) is None:
        candidates.append(labelled)
    return _first(candidates)


def published_on(layout: Layout, fields: Sequence[Field]) -> StatedDay | None:
    """Return the day of publication: of a labelled field, a card, a dateline, or a printer's line."""
    candidates: list[Words] = []
    label = first_of(fields, Label.PUBLISHED)
    candidates += [label] if label is not None else []
    if first_of(fields, Label.BASIS) is not None and (dated := first_of(fields, Label.SIGNED)) is not None:
        candidates.append(dated)
    for line in layout.opening[:12] or layout.lines[:1]:
        if (crawled := _CRAWLED.match(line.text)) and "年" not in crawled["day"]:
            candidates.append(line.words(crawled.start("day"), crawled.end("day")))
    for line in layout.own[-6:] + layout.lines[-4:]:
        if len(line.text) < 80 and (printed := _PRINTED.search(line.text)):
            candidates.append(line.words(printed.start("day"), printed.end("day")))
    return _first(candidates)


def _first(candidates: Sequence[Words]) -> StatedDay | None:
    for words in candidates:
        found = _DAY.search(words.quote)
        day = read_day(words.quote)
        if found and day is not None:
            start = words.start + found.start()
            return StatedDay(day, Words(found.group(), start, start + len(found.group())))
    return None
