"""What a document does to others: repeals, replaces, amends, extends, implements, interprets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.model.relation import RelationKind
from corpus.reading.metadata.days import read_day
from corpus.reading.metadata.layout import ANY_DAY, Layout, Line, key
from corpus.reading.metadata.model import StatedRelation, Words
from corpus.reading.metadata.numbers import NUMBER, normal_number
from corpus.reading.metadata.values import end_day

_NAMED = re.compile(
    rf"《(?P<title>[^《》]{{1,80}}(?:《[^《》]{{0,60}}》[^《》]{{0,60}}){{0,2}})》\s{{0,4}}(?:[（(]\s{{0,4}}(?P<number>[^（()）]{{0,40}}?{NUMBER}[^（()）]{{0,40}})[）)])?|(?P<alone>{NUMBER})"
)
_BARE = re.compile(NUMBER)
_REPEALED = re.compile("(?:废止|停止执行|停止施行|不再执行|终止执行|失效)")
_NOT_OTHERS = re.compile(
    "^(?:本|该)[\u4e00-\u9fff]{0,10}(?:自动|自行|届时)?(?:废止|失效)|期满(?:后)?(?:自动|自行)?(?:废止|失效)"
)
_REPLACED = re.compile("代替|取代|替代|替换")
_AMENDED = re.compile(
    "关于修(?:改|订)|予以修(?:改|订)|作(?:如下|出)修(?:改|订)|(?:^|[，。])(?:现)?对.{0,40}(?:进行|作)(?:如下)?(?:修改|修订|调整)"
)
_EXTENDED = re.compile(
    r"(?:有效期|执行期|期限)?(?:延长|延续|延期|顺延)(?:执行|实施|施行|有效期)*(?:至|到|[0-9一二三四五六七八九十两]+年)|继续(?:有效|执行|施行|实施)"
)
_IMPLEMENTED = re.compile("根据|依据|按照|贯彻(?:落实)?|落实|为(?:深入|全面)?(?:贯彻|落实|实施)")
_INTERPRETED = re.compile("解读|问答|一图(?:读懂|看懂)|起草说明|编制说明|政策说明")
_PART = re.compile(
    r"\s{0,4}(?:的|中|中的)?(?:第[一二三四五六七八九十百0-9]{1,6}[条章款项]|有关(?:规定|条款))"
)
_LEAD = 120
_SENTENCE = re.compile("[^。；;]+[。；;]?")
_UNTIL = re.compile(rf"(?:至|到)\s{{0,4}}({ANY_DAY}|[12]\d{{3}}年(?:\d{{1,2}}月)?底)")


def relations_of(layout: Layout, title: Words | None) -> tuple[StatedRelation, ...]:
    """Return what the document does to others, in the text's order, each other document once a kind."""
    own = key(title.name) if title else ""
    unique: dict[tuple[RelationKind, str], StatedRelation] = {}
    for relation in (*_of_title(layout, title), *_of_text(layout)):
        if relation.title and key(relation.title) == own:
            continue
        unique.setdefault((relation.kind, relation.number or key(relation.title)), relation)
    return tuple(unique.values())


def _of_title(layout: Layout, title: Words | None) -> Iterator[StatedRelation]:
    """Yield what the heading alone tells: 《…》解读, 关于修改《…》的决定, 《…》实施细则."""
    kinds = (
        (RelationKind.INTERPRETS, _INTERPRETED),
        (RelationKind.AMENDS, re.compile("关于修(?:改|订)《")),
        (
            RelationKind.EXTENDS,
            re.compile("(?:关于)?(?:延长|延续)《|》(?:有效期)?(?:的)?(?:延长|延续|延期|继续有效)"),
        ),
        (RelationKind.REPEALS, re.compile("关于(?:废止|宣布失效)")),
        (
            RelationKind.IMPLEMENTS,
            re.compile("》(?:的)?(?:实施细则|操作细则|实施办法|实施意见)|贯彻(?:落实|实施)?《"),
        ),
    )
    for line in _title_lines(layout, title):
        for kind, pattern in kinds:
            if pattern.search(line.text):
                yield from _named(line, kind)
                break


def _title_lines(layout: Layout, title: Words | None) -> Iterator[Line]:
    """Yield the lines the title stands on, whole; of a notice, its own line."""
    for line in layout.lines:
        if title is not None and line.start <= title.start < line.end and len(line.text) <= 160:
            yield line


def _of_text(layout: Layout) -> Iterator[StatedRelation]:
    first = True
    for line in layout.own:
        for found in _SENTENCE.finditer(line.text):
            sentence = Line(found.group(), line.start + found.start())
            yield from _of_sentence(sentence)
        is_lead = len(line.text) > 40 and re.search("[，。：]", line.text) is not None
        if is_lead and first:
            first = False
            yield from _implemented(line)


def _of_sentence(sentence: Line) -> Iterator[StatedRelation]:
    text = sentence.text
    if (match := _REPEALED.search(text)) and not _NOT_OTHERS.search(text):
        yield from _named(sentence, RelationKind.REPEALS, end=match.end(), cited=False)
    if match := _REPLACED.search(text):
        yield from _named(sentence, RelationKind.REPLACES, start=match.start())
    if (match := _AMENDED.search(text)) and "《" in text:
        yield from _named(sentence, RelationKind.AMENDS, cited=False)
    if (match := _EXTENDED.search(text)) and "《" in text[: match.start()]:
        yield from _named(sentence, RelationKind.EXTENDS, end=match.start(), cited=False)


def _implemented(line: Line) -> Iterator[StatedRelation]:
    """Yield the documents that the opening paragraph gives as its basis."""
    match = _IMPLEMENTED.search(line.text)
    if match and match.start() < _LEAD:
        end = line.text.find("。", match.start())
        yield from _named(line, RelationKind.IMPLEMENTS, match.start(), end if end > 0 else None)


def _named(
    line: Line, kind: RelationKind, start: int = 0, end: int | None = None, cited: bool = True
) -> Iterator[StatedRelation]:
    """Yield the documents named in a stretch of a line; those it is only based on where `cited` is set."""
    stop = len(line.text) if end is None else end
    on = _until(line.text) if kind is RelationKind.EXTENDS else _from(line.text, stop) if not cited else None
    for found in _NAMED.finditer(line.text, start, stop):
        before = line.text[start : found.start()]
        if not cited and re.search("(?:根据|依据|按照)[^，,；]{0,30}$", before):
            continue
        is_part = _PART.match(line.text, found.end()) is not None
        number = found["number"] or found["alone"] or ""
        bare = _BARE.search(number)
        words = line.words(found.start(), found.end())
        yield StatedRelation(
            RelationKind.AMENDS if is_part and kind is RelationKind.REPEALS else kind,
            re.sub(r"\s", "", found["title"] or ""),
            normal_number(_without_lead(bare.group())) if bare else "",
            words,
            on,
        )


def _without_lead(number: str) -> str:
    """Return a number without the words of a sentence before it: 原, 和, 同时, 将.

    >>> _without_lead("原东府规〔2019〕2号")
    '东府规〔2019〕2号'
    """
    return re.sub(
        r"^(?:此前|原先|原有|原|以及|及|和|与|同时|并|将|对|自|由|按)+(?=[\u4e00-\u9fff]{2,})", "", number
    )


def _until(text: str) -> date | None:
    found = _UNTIL.search(text)
    return end_day(found[1]) if found else None


def _from(text: str, end: int) -> date | None:
    """Return the day from which a sentence says it repeals: 自2025年1月1日起废止."""
    found = re.search(
        rf"自\s{{0,4}}({ANY_DAY})\s{{0,4}}起\s{{0,4}}(?:同时)?(?:予以)?(?:废止|停止|失效)", text[:end]
    )
    return read_day(found[1]) if found else None
