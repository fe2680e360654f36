"""Numbered places as people write them in a question: 第八条第三项, 第8条（三）, (七)第二段, 第7.1条.

Only the reading of marks; which clause they mean is `assistant/retrieval/references.py`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from corpus.reading.markers import number_of


class Place(Enum):
    """What kind of place a mark counts."""

    ARTICLE = "条"
    SUBCLAUSE = "款"
    PARAGRAPH = "段"
    ITEM = "项"
    BRACKET = "(一)"
    PART = "部分"
    QUESTION = "问"


@dataclass(frozen=True, slots=True)
class Mark:
    """One numbered place; `numbers` has several only where a dotted path was written (第7.1条)."""

    place: Place
    numbers: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Marks that name one place together, outermost first: 第八条 + 第三项."""

    marks: tuple[Mark, ...]
    start: int
    end: int


_UNITS = {
    "条": Place.ARTICLE, "点": Place.ARTICLE, "款": Place.SUBCLAUSE, "段": Place.PARAGRAPH,
    "自然段": Place.PARAGRAPH, "段落": Place.PARAGRAPH, "项": Place.ITEM, "目": Place.ITEM,
    "部分": Place.PART, "章": Place.PART, "节": Place.PART, "大点": Place.PART, "大项": Place.PART,
    "问": Place.QUESTION, "个问题": Place.QUESTION, "个问答": Place.QUESTION,
}  # fmt: skip
# The same characters where they count things, not places: 第三项目, 第一条航线, 第二段时间, 第一款产品.
_THINGS = (
    "条(?!航?线|龙|路|船|生产|产业|供应|短信|意见|建议|消息|链)|"
    "款(?!产品|软件|项|机|车|应用|游戏|手机|芯片|模型)|项(?!目|技术|专利|标准|认证|业务)|"
    "段(?!时间|路|位|视频|期)|点(?!钟|半|击)|节(?!课|目|日|能)|问(?!卷|诊)|目(?!标|的|前|录)"
)
_LONG_UNITS = "自然段|段落|部分|大点|大项|个问题|个问答|章"
_NUMBER = r"[〇零一二三四五六七八九十百]{1,5}|\d{1,3}"
_MARK = re.compile(
    rf"第\s*(?P<number>{_NUMBER})\s*(?P<unit>{_LONG_UNITS}|{_THINGS})"
    rf"|第?(?P<path>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*(?P<dotted>条|款|项)(?!目)"
    rf"|第?\(\s*(?P<bracket>{_NUMBER})\s*\)(?:项|款|条)?(?!目)"
)
_INSIDE = re.compile(r"[\s的中里之内面下]*")
_AND = re.compile(r"[\s、,，和与及跟]*(?:以及|还有)?\s*")
_DEPTH = {
    Place.PART: 0,
    Place.QUESTION: 0,
    Place.ARTICLE: 1,
    Place.SUBCLAUSE: 2,
    Place.PARAGRAPH: 2,
    Place.ITEM: 3,
}


def read_chains(question: str) -> tuple[Chain, ...]:
    """Return the places a folded question names, in order.

    >>> chains = read_chains("第八条第三项和第四项,还有(七)第二段")
    >>> [[mark.numbers for mark in chain.marks] for chain in chains]
    [[(8,), (3,)], [(8,), (4,)], [(7,), (2,)]]
    """
    chains: list[Chain] = []
    for mark in _marks(question):
        last = chains[-1] if chains else None
        if _is_bare_digit(question, mark) and not (
            last and _INSIDE.fullmatch(question, last.end, mark.start)
        ):
            continue
        if last and _INSIDE.fullmatch(question, last.end, mark.start) and _goes_deeper(last.marks[-1], mark):
            chains[-1] = Chain((*last.marks, mark), last.start, mark.end)
        elif last and _AND.fullmatch(question, last.end, mark.start):
            chains.append(Chain((*_above(last, mark), mark), mark.start, mark.end))
        else:
            chains.append(Chain((mark,), mark.start, mark.end))
    return tuple(chains)


def _marks(question: str) -> Iterator[Mark]:
    for match in _MARK.finditer(question):
        if match["path"]:
            place, numbers = Place.ARTICLE, tuple(map(int, match["path"].split(".")))
        elif match["bracket"]:
            place, numbers = Place.BRACKET, (number_of(match["bracket"]),)
        else:
            place, numbers = _UNITS[match["unit"]], (number_of(match["number"]),)
        yield Mark(place, numbers, match.start(), match.end())


def _is_bare_digit(question: str, mark: Mark) -> bool:
    """Tell whether a mark is no more than a digit in brackets: it names a place only within another."""
    words = question[mark.start : mark.end]
    return mark.place is Place.BRACKET and words[0] == "(" and words[-1] == ")" and words[1:-1].isdigit()


def _goes_deeper(above: Mark, below: Mark) -> bool:
    """Tell whether `below` can stand within `above`; brackets stand within articles and paragraphs."""
    if below.place is Place.BRACKET:
        return above.place in (Place.ARTICLE, Place.SUBCLAUSE, Place.PARAGRAPH)
    if above.place is Place.BRACKET:
        return below.place in (Place.SUBCLAUSE, Place.PARAGRAPH, Place.ITEM)
    return _DEPTH[below.place] > _DEPTH[above.place]


def _above(last: Chain, mark: Mark) -> tuple[Mark, ...]:
    """Return what `mark` shares with the chain before it: in 第八条第三项和第四项, the 第八条."""
    for at in range(len(last.marks) - 1, 0, -1):
        if last.marks[at].place is mark.place:
            return last.marks[:at]
    return ()
