"""Which candidates begin an item, and at what depth: the most consistent set of numbering series.

Reading runs once through the candidates and keeps the best states of a stack of open series (a beam
search). A state is scored by what each place says (`candidates.py`) and by what each series says: a number
that follows its predecessor confirms both, a restart without a new heading above it, a gap or a number out
of sequence speak against. A reference ("第三条") or an amount ("2.5万元") fits no series and is left in the
text; a list in running text is split off because its numbers run on. At what depth a style stands is learned
from where it first stood in this text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.reading.markers import Style
from corpus.reading.outline.candidates import Candidate

Series = tuple[Style, str]

WIDTH, NARROW, MANY = 12, 6, 2_000  # states kept; fewer where a text has more candidates
FOLLOWS, FOLLOWS_THROUGH = 2.0, 1.5  # 2. after 1.; (四) under 二、 after (三) under 一、
FOLLOWS_AS_LABEL = 1.0
MISSING = -1.0  # for each number left out between two
MOST_MISSING = 2
BEGINS_LATE = -0.5  # a series whose first number is not 1: an excerpt, a numbered title
OUT_OF_SEQUENCE = -1.5
RESTARTS = -1.5  # 1. again under the same item
UNDER_LABEL = 0.5
UNDER_TOLD_FIELD = -1.0  # a list under 联系电话：0000, which has said what it has to say
THROUGH_LABELS = -1.5  # under 条件要求 numbers begin anew
WITHIN_ITS_LIKE = -0.6  # 1. under 条件要求 under 3.
CLOSES_MORE = -0.2  # for each level closed that need not be
UNUSUAL_ORDER = -2.0  # 一、 under (1)
UNUSUAL_AMONG_INNERMOST = -0.4  # (1) under ①
OTHER_PARENT = -0.1
SAME_LABEL = -3.0
TOP_LABELS = ("附则", "总则")
PART_RANKS = {"编": 0, "篇": 0, "部分": 0, "章": 1, "节": 2}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate that begins an item, and how many items stand above it."""

    candidate: Candidate
    depth: int


@dataclass(frozen=True, slots=True)
class _Open:
    series: Series
    number: int
    words: str
    line: int
    begins_late: bool
    heads: bool


@dataclass(frozen=True, slots=True)
class _State:
    """One reading so far: what is open and the last number of each series.

    `parents` has what each series first stood under, `homes` the line of the item it last stood under.
    """

    stack: tuple[_Open, ...]
    last: dict[Series, int]
    parents: dict[Series, Series | None]
    homes: dict[Series, int]
    score: float
    chosen: tuple[_State, Chosen] | None

    @property
    def key(self) -> tuple[object, ...]:
        return tuple((one.series, one.number) for one in self.stack), tuple(sorted(self.last.items()))

    def position(self, series: Series) -> int | None:
        """Return where the innermost open item of a series stands in the stack."""
        return max((i for i, one in enumerate(self.stack) if one.series == series), default=None)


def choose(candidates: Sequence[Sequence[Candidate]]) -> list[Chosen]:
    """Return the candidates that begin items, in order; of rival readings at one place at most one."""
    width = WIDTH if len(candidates) <= MANY else NARROW
    beam = [_State((), {}, {}, {}, 0.0, None)]
    for rivals in candidates:
        found: dict[tuple[object, ...], _State] = {}
        for state in beam:
            for after in (state, *(new for one in rivals for new in _readings(state, one))):
                known = found.get(after.key)
                if known is None or after.score > known.score:
                    found[after.key] = after
        beam = sorted(found.values(), key=lambda state: -state.score)[:width]
    return _path(beam[0])


def _path(state: _State) -> list[Chosen]:
    path: list[Chosen] = []
    while state.chosen is not None:
        state, one = state.chosen
        path.append(one)
    return path[::-1]


def _readings(state: _State, candidate: Candidate) -> Iterator[_State]:
    if candidate.marker.style is Style.LABEL:
        yield from _as_label(state, candidate)
        return
    follows = list(_following(state, candidate))
    yield from follows
    if candidate.marker.number == 1:
        yield from _opening(state, candidate, 0.0)
    elif candidate.at_line_start and not follows:
        yield from _out_of_sequence(state, candidate)


def _following(state: _State, candidate: Candidate) -> Iterator[_State]:
    """Go on with an open series, or with one that runs through the text, whatever stands above it."""
    marker = candidate.marker
    places = [i for i, one in enumerate(state.stack) if one.series == marker.series]
    most = MOST_MISSING if candidate.at_line_start else 0
    for at in places:
        missing = marker.number - state.stack[at].number - 1
        is_innermost = at == places[-1]
        if 0 <= missing <= (most if is_innermost else 0):
            yield _put(
                state, candidate, at, FOLLOWS + MISSING * missing + (0 if is_innermost else CLOSES_MORE)
            )
    missing = marker.number - state.last.get(marker.series, marker.number) - 1
    if not places and 0 <= missing <= most:
        yield from _opening(state, candidate, FOLLOWS_THROUGH + MISSING * missing)


def _out_of_sequence(state: _State, candidate: Candidate) -> Iterator[_State]:
    at = state.position(candidate.marker.series)
    if at is not None:
        yield _put(state, candidate, at, OUT_OF_SEQUENCE)
    else:
        is_new = candidate.marker.series not in state.last
        yield from _opening(state, candidate, BEGINS_LATE if is_new else OUT_OF_SEQUENCE)


def _opening(state: _State, candidate: Candidate, score: float) -> Iterator[_State]:
    """Begin a series at each depth it may stand at."""
    series = candidate.marker.series
    at = state.position(series)
    usual = _usual_depth(state.stack, series)
    for depth in range(len(state.stack), -1, -1):
        kept = state.stack[:depth]
        if series[0] is Style.DECIMAL and not (kept and _is_prefix(kept[-1], series[1])):
            continue
        told = score + (CLOSES_MORE * (usual - depth) if depth < usual else 0.0)
        told += _cost_of_order(series, state.stack[usual].series) if depth > usual else 0.0
        if at is not None and at < depth:
            above = kept[-1].series[0] is Style.LABEL
            if not above and not kept[at].begins_late:
                continue
            told += 0.0 if kept[at].begins_late else WITHIN_ITS_LIKE
        if candidate.marker.number == 1 and state.homes.get(series) == _line_of(kept):
            told += RESTARTS
        if kept and kept[-1].series[0] is Style.LABEL:
            told += THROUGH_LABELS if score else 0.0
            told += 0.0 if kept[-1].heads else UNDER_TOLD_FIELD
            told += UNDER_LABEL if kept[-1].heads and kept[-1].line == candidate.line - 1 else 0.0
        yield _put(state, candidate, depth, told)


def _as_label(state: _State, candidate: Candidate) -> Iterator[_State]:
    """Go on with the labels of an open level (条件要求 after 服务内容), or open a level of labels."""
    words = candidate.marker.text
    if words in TOP_LABELS:
        yield _put(state, candidate, 0, 0.0)
        return
    at = state.position(candidate.marker.series)
    if at is not None:
        again = SAME_LABEL if state.stack[at].words == words else 0.0
        yield _put(state, candidate, at, FOLLOWS_AS_LABEL + again)
    known = state.parents.get(candidate.marker.series, ())
    for depth in range(len(state.stack), -1 if at is None else at + 1, -1):
        told = WITHIN_ITS_LIKE if at is not None else 0.0
        above = state.stack[depth - 1].series if depth else None
        told += FOLLOWS_AS_LABEL if known == above else 0.0
        yield _put(state, candidate, depth, told + CLOSES_MORE * (len(state.stack) - depth))


def _put(state: _State, candidate: Candidate, depth: int, score: float) -> _State:
    """Return the state with the candidate as an item under the first `depth` items of the stack."""
    marker = candidate.marker
    kept = state.stack[:depth]
    above = kept[-1].series if kept else None
    usual = state.parents.get(marker.series, above)
    begins = depth >= len(state.stack) or state.stack[depth].series != marker.series
    late = marker.number > 1 and marker.series not in state.last
    opened = _Open(marker.series, marker.number, marker.text, candidate.line, late, candidate.heads)
    return _State(
        (*kept, opened),
        {**state.last, marker.series: marker.number},
        state.parents if late else {marker.series: above, **state.parents},
        {**state.homes, marker.series: _line_of(kept)},
        state.score + candidate.weight + score + (OTHER_PARENT if begins and usual != above else 0.0),
        (state, Chosen(candidate, depth)),
    )


def _line_of(kept: Sequence[_Open]) -> int:
    """Return the line of the innermost of some open items; -1 where there is none."""
    return kept[-1].line if kept else -1


def _usual_depth(stack: Sequence[_Open], series: Series) -> int:
    """Return under how many of the open items a series stands by the order of styles."""
    depth = len(stack)
    while depth and stands_outside(series, stack[depth - 1].series):
        depth -= 1
    return depth


def stands_outside(series: Series, other: Series) -> bool:
    """Tell whether a series never stands under another. Articles may stand under 一、 and (一)."""
    style, beside = series[0], other[0]
    if style is Style.PART and beside is Style.PART:
        return PART_RANKS.get(series[1], 0) <= PART_RANKS.get(other[1], 0)
    if beside is Style.LABEL:
        return style is Style.PART
    if style is Style.ARTICLE:
        return beside >= Style.NAMED
    if beside is Style.ARTICLE:
        return style is Style.PART
    if style is Style.NAMED or beside is Style.NAMED:
        return style < Style.CHINESE_PAREN
    return style < beside


def _cost_of_order(series: Series, above: Series) -> float:
    """Return what it costs to stand under a series that usually stands below: little for the innermost."""
    return UNUSUAL_AMONG_INNERMOST if min(series[0], above[0]) >= Style.ARABIC_PAREN else UNUSUAL_ORDER


def _is_prefix(above: _Open, prefix: str) -> bool:
    return above.number == int(prefix.split(".")[-1])
