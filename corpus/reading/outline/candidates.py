"""Every place of a text where an item may begin, with how much the place alone speaks for it.

Whether one does begin there, the series it would belong to decides (`series.py`): here nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.reading.markers import CN, Marker, Style, number_of, read_marker
from corpus.reading.outline.lines import Line

# What a place says for a marker in it. A line that begins with a mark is an item unless its series
# denies it (> 0); a mark inside a line, or a mere label, is one only where its series confirms it (< 0).
AT_LINE_START = 2.0
AFTER_UNFINISHED_LINE = -2.0
AFTER_SENTENCE = -0.6
AFTER_BLANK = -0.8
WITHIN_WORDS = -1.0
NAMED = -0.6
LABEL_ALONE = 0.2
LABEL_WITH_TEXT = -0.6
HEADING_OF_LIST = -1.2
GENERAL_PROVISIONS = 2.5
LIKE_A_GROUP = -0.3  # 二、三类企业…: an item only after 一、
LIKE_AN_AMOUNT = -1.2  # 2.50万元以下的企业…: an item only between 1. and 3.

LONGEST_MARK = 40
LONGEST_LABEL = 10
SHORTEST_LABEL = 2  # 条件, 材料: after a line broken off they may be its end
LONGEST_TITLE_LINE = 60
LONGEST_LIST_HEADING = 20
SHORTEST_SENTENCE = 12

_SENTENCE_ENDS = "。；;：:！？!?”』」）)》】"
_BOUNDARY = re.compile(r"(?<=[。；;：:！？!?])[”』」）)》】]?[ 　]*+(?=\S)|(?<=\S)[ 　]++(?=\S)")
# A mark glued to the heading before it: 二、走出去第二条 对境外…, 一、保供1.对展会…, 某办法第一条为了….
_ARTICLE = rf"第[ ]?(?:[{CN}]{{1,9}}|[0-9]{{1,3}})[ ]?条"
_GLUED = re.compile(
    rf"(?<=[\u4e00-\u9fff”》）)])(?:(?={_ARTICLE})|(?=[（(][{CN}]{{1,9}}[)）])|(?=[（(]?1[.．、)）][\u4e00-\u9fff“])|(?=①))"
)
_GLUED_TO_SENTENCE = re.compile(
    rf"(?<=[\u4e00-\u9fff”）)])(?<![据照按依至和与及或自符违于在本第])(?={_ARTICLE}[ 　【])"
)
_FIRST_ARTICLE = re.compile(r"(?<=[\u4e00-\u9fff）)])(?=第[ ]?[一1][ ]?条)")
_NAMED = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,3})(?<!第)[ ]?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9])"
    r"(?=[ 　：:、.．，（(]|[\u4e00-\u9fff“《])"
    rf"|第(?P<counted>[{CN}]{{1,3}}|[0-9]{{1,3}})(?P<unit>类|档|步|级|批|阶段|层次|梯队|种情形)"
)
_PART_OF_FILE = re.compile("附件|附表|附录|附图")
_DECIMAL = re.compile(
    r"(?P<word>[0-9]{1,2}(?:\.[0-9]{1,2})?)\.(?P<number>[0-9]{1,2})[ 　]{0,8}"
    r"(?=[\u4e00-\u9fff“《])(?![ 　]{0,8}[万亿千百元倍年月日米平个亩吨家人折分以])"
)
_LIKE_A_GROUP = re.compile(rf"(?P<number>[{CN}]{{1,3}})、(?=[{CN}])")
_LIKE_AN_AMOUNT = re.compile(r"(?P<number>[0-9]{1,2})[.．](?=[0-9])")
# What a labelled field of a guide is about (支持对象, 申报条件, 办理流程, 受理时间 …): its last word.
_FIELD_HEADS = (
    "对象|范围|条件|要求|内容|标准|额度|金额|方式|流程|程序|步骤|材料|资料|时间|时限|期限|频度|地点|地址|"
    "部门|窗口|电话|渠道|入口|网址|依据|事项|须知"
)
_FIELD = re.compile(
    rf"(?P<label>[\u4e00-\u9fff/、]{{0,6}}(?:{_FIELD_HEADS})(?:[（(][^（()）]{{1,8}}[）)])?)"
    r"[ 　]{0,8}(?:$|[:：][ 　]{0,8}(?P<text>\S.*)?$|(?<=[ 　])(?P<spaced>\S.*))"
)
# Who carries a clause out, and what a web page says of itself, are no fields of a guide.
_NO_FIELD = re.compile(
    "责任|牵头|配合|主管|实施部门|发文|发布|发表|生成|成文|公开|公布|浏览|更新|信息|来信|电子"
)
_GENERAL = re.compile(r"(?P<label>附则|总则)[ 　]{0,8}(?:$|[:：]|(?<=[ 　]{2})\S)")
_HEADING = re.compile(r"[■◆●▲★◎□▶◇○【]?[\u4e00-\u9fffA-Za-z0-9“”《》（）()、/]{1,20}】?[:：]?$")


class LabelKind(StrEnum):
    """What an unnumbered heading is: 附则 of a law, a field of a guide, or the heading of a list."""

    GENERAL = "general"
    FIELD = "field"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an item may begin: the line's index, the offset in it, and the mark found there.

    `heads` says of a label that what it announces is still to come: nothing follows it, or a colon ends it.
    """

    line: int
    offset: int
    marker: Marker
    weight: float
    heads: bool = False

    @property
    def at_line_start(self) -> bool:
        """Tell whether the mark begins its line."""
        return self.offset == 0


def candidates_of(lines: Sequence[Line], skipped: frozenset[int], inside: bool) -> list[list[Candidate]]:
    """Return the places where an item may begin, in order, each with its rival readings.

    Args:
        lines: the lines of one part of a document.
        skipped: indexes of lines that begin nothing (a list of attachments).
        inside: whether marks inside a line count too, as in a text whose line breaks were lost.
    """
    found: list[list[Candidate]] = []
    for i, line in enumerate(lines):
        if i in skipped:
            continue
        before = lines[i - 1] if i else None
        opening = list(_at_line_start(i, line, before, lines[i + 1] if i + 1 < len(lines) else None))
        if opening:
            found.append(opening)
        if inside:
            found += [[one] for one in _inside(i, line.text)]
    return found


def _at_line_start(i: int, line: Line, before: Line | None, after: Line | None) -> Iterator[Candidate]:
    broken = AFTER_UNFINISHED_LINE if before is not None and not before.is_finished else 0.0
    marker = read_marker(line.text)
    if marker is not None:
        yield Candidate(i, 0, marker, AT_LINE_START + broken)
        return
    if general := _GENERAL.match(line.text):
        yield Candidate(i, 0, _label(general["label"], LabelKind.GENERAL), GENERAL_PROVISIONS, True)
        return
    if grouped := _LIKE_A_GROUP.match(line.text):
        marker = Marker(Style.CHINESE, number_of(grouped["number"]), grouped.group())
        yield Candidate(i, 0, marker, LIKE_A_GROUP + broken)
    elif decimal := _DECIMAL.match(line.text):
        text = decimal.group().strip()
        marker = Marker(Style.DECIMAL, int(decimal["number"]), text, decimal["word"])
        yield Candidate(i, 0, marker, broken)
    elif (amount := _LIKE_AN_AMOUNT.match(line.text)) and len(line.text) > SHORTEST_SENTENCE:
        marker = Marker(Style.ARABIC, int(amount["number"]), amount.group())
        yield Candidate(i, 0, marker, LIKE_AN_AMOUNT + broken)
    if (named := _NAMED.match(line.text)) and not _PART_OF_FILE.match(line.text):
        word = named["word"] or f"第{named['unit']}"
        number = number_of(named["number"] or named["counted"])
        yield Candidate(i, 0, Marker(Style.NAMED, number, named.group(), word), NAMED + broken)
    elif before is not None and (label := field_label(line.text)):
        words, alone = label
        told = LABEL_ALONE if alone else LABEL_WITH_TEXT + broken
        told += broken if len(words) <= SHORTEST_LABEL else 0.0
        heads = alone or line.text.endswith(("：", ":"))
        yield Candidate(i, 0, _label(words, LabelKind.FIELD), told, heads)
    elif not broken and _heads_a_list(line, after):
        yield Candidate(
            i, 0, _label(line.text.strip(":：■◆●▲★◎□▶◇○【】 "), LabelKind.HEADING), HEADING_OF_LIST, True
        )


def _label(words: str, kind: LabelKind) -> Marker:
    return Marker(Style.LABEL, 1, words, kind)


def field_label(text: str) -> tuple[str, bool] | None:
    """Return the label that a line of a guide begins with, and whether it stands alone."""
    field = _FIELD.match(text)
    if field is None or len(field["label"]) > LONGEST_LABEL or _NO_FIELD.search(field["label"]):
        return None
    return field["label"], not (field["text"] or field["spaced"])


def _heads_a_list(line: Line, after: Line | None) -> bool:
    if after is None or len(line.text) > LONGEST_LIST_HEADING or not _HEADING.match(line.text):
        return False
    marker = read_marker(after.text)
    return marker is not None and marker.number == 1


def _inside(i: int, text: str) -> Iterator[Candidate]:
    """Give the marks inside a line: after a sentence, after a blank, and articles glued to a heading."""
    first = read_marker(text)
    taken = len(first.text) if first else 0
    weights = dict.fromkeys(_glued(text, first), WITHIN_WORDS)
    for gap in _BOUNDARY.finditer(text):
        is_blank = gap.group().isspace() and text[gap.start() - 1] not in _SENTENCE_ENDS
        weights[gap.end()] = AFTER_BLANK if is_blank else AFTER_SENTENCE
    for offset in sorted(weights):
        marker = read_marker(text[offset : offset + LONGEST_MARK]) if offset > taken else None
        if marker is not None:
            yield Candidate(i, offset, marker, weights[offset])


def _glued(text: str, first: Marker | None) -> Iterator[int]:
    """Give the places where a mark stands right behind a heading, without anything between."""
    heading = re.split("[，。；：！？]", text, maxsplit=1)[0]
    if len(heading) > LONGEST_TITLE_LINE:
        heading = ""
    if first is not None:
        yield from (m.start() for m in _GLUED.finditer(heading))
    yield from (m.start() for m in _FIRST_ARTICLE.finditer(heading))
    yield from (m.start() for m in _GLUED_TO_SENTENCE.finditer(text))
