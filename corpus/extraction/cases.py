"""Which case each of several sums is for: 国家级、省级…分别给予50万元、20万元 pairs in order."""

from __future__ import annotations

import re

from corpus.extraction.drafts import Draft
from corpus.extraction.lexicon import BOUND
from corpus.extraction.mentions import coordinations
from corpus.extraction.reading import ClauseReading, NumberList
from corpus.extraction.segments import is_row

_SEPARATORS = (
    re.compile("、"),
    re.compile("、|以及|和|及(?!以)|与"),
    re.compile("、|以及|和|及(?!以)|与|或者|或"),
)
_BEFORE_ITEM = re.compile(
    r"^.{0,120}(?:评定为|认定为|评为|入选|的|为|得|获|对|向|给予)(?=[^的为得获对向]{1,40}$)"
)
_TRAILING = re.compile(
    rf"(?:的|分别|按照?|给予|予以|发放|奖励|补助|再|标准|[两二三四五六七八\d]个?(?:等级"
    rf"|档次|层次|类别|级别|档|等次)|等(?:级|次)?|{BOUND}){{1,8}}$"
)
_LEADING = re.compile(
    r"^(?:其中|对于?|按照?|向|在|凡|经|新|首次|初次|年度|当年|被|的|获得?|获评|认定为?|建成|创建|设立"
    r"|评为|评定为|为|入选|列入|达到?|入库){1,8}"
)


def cases_of(
    one: NumberList, draft: Draft, reading: ClauseReading, start: int
) -> list[tuple[int, int] | None]:
    """Return for each sum of a list where its case stands in the clause, None where nothing pairs with it.

    `start` is where the award's passage begins.
    """
    size = len(one.group.members)
    if size == 1:
        return [_label(one, draft, reading)]
    for candidate in reversed(_listed_numbers(one, reading, start)):
        if len(candidate) == size:
            return list(candidate)
    for separator in _SEPARATORS:
        for candidate in reversed(_listed_words(reading.clause.text, start, one.group.start, separator)):
            if fitting := _last_of(candidate, size, reading.clause.text):
                return list(fitting)
    return [None] * size


def _label(one: NumberList, draft: Draft, reading: ClauseReading) -> tuple[int, int] | None:
    """Return the words before one of several single sums: 【一等奖】20万元，【二等奖】10万元."""
    if len(draft.lists) == 1:
        return None
    end = one.group.start
    start = end - len(one.context.near)
    text = reading.clause.text
    if is_row(text[one.sentence.start : one.sentence.end]):
        return _header(text, one.sentence.start, end)
    while start < end and text[start] in "，,、；： \n":
        start += 1
    label = re.sub(
        r"(?:每[人月年天日户家个]|一次性|给予|奖励|补贴|补助|最高|不超过|支持额度){1,6}$", "", text[start:end]
    )
    label = _TRAILING.sub("", label)
    lead = _LEADING.match(label)
    start += lead.end() if lead else 0
    label = label[lead.end() :] if lead else label
    return (start, start + len(label)) if label.strip() else None


def _header(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the header of a table row's cell stands: 【首次认定】：100万元."""
    colon = text.rfind("：", start, end)
    if colon < 0:
        return None
    begin = max(text.rfind("；", start, colon) + 1, start)
    return (begin, colon) if colon > begin else None


def _listed_numbers(one: NumberList, reading: ClauseReading, start: int) -> list[tuple[tuple[int, int], ...]]:
    before = tuple(
        mention for mention in reading.mentions if start <= mention.start and mention.end <= one.group.start
    )
    return [
        tuple((member.start, member.end) for member in group.members)
        for group in coordinations(before, reading.clause.text)
        if len(group.members) > 1
    ]


def _last_of(items: tuple[tuple[int, int], ...], size: int, text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the items if they are so many, or the last ones where other words stand before the first."""
    if len(items) < size:
        return None
    first, *others = items[-size:]
    lead = _BEFORE_ITEM.match(text[slice(*first)])
    if len(items) > size and lead is None:
        return None
    longest = 3 * max(end - start for start, end in others)
    if lead and first[1] - first[0] > longest // 2:
        first = (first[0] + lead.end(), first[1])
    return (first, *others)


def _listed_words(
    text: str, start: int, end: int, separator: re.Pattern[str]
) -> list[tuple[tuple[int, int], ...]]:
    """Return the runs of words joined by 、和 between two offsets, each as the places of its items."""
    runs = []
    for part in re.finditer(r"[^，。；：\n]+", text[start:end]):
        places, at = [], start + part.start()
        limit = start + part.end()
        for match in separator.finditer(text, at, limit):
            if _depth(text, start + part.start(), match.start()):
                continue
            places.append((at, match.start()))
            at = match.end()
        places.append((at, limit))
        if len(places) > 1:
            runs.append(tuple(_trimmed(text, place) for place in places))
    return runs


def _depth(text: str, start: int, end: int) -> int:
    stretch = text[start:end]
    return stretch.count("（") + stretch.count("(") - stretch.count("）") - stretch.count(")")


def _trimmed(text: str, place: tuple[int, int]) -> tuple[int, int]:
    start, end = place
    tail = _TRAILING.search(text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    lead = _LEADING.match(text[start:end])
    return (start + lead.end(), end) if lead and lead.end() < end - start else (start, end)
