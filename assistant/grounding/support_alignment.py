"""Whether what is said stands in a source: its words, in their order, none put in, none cut out of a phrase.

A segment of a wording is supported by a unit (one composed line, or one sentence of a quote) where its tokens
are found in the unit in order. What is passed over may only be whole phrases, and no word that binds or
denies (最高, 每年, 不, 或) of a segment that is touched: what is kept of a sentence keeps its bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.grounding.lexing import Sort, Token
from assistant.grounding.mentions import is_same

Places = tuple[int, ...]
_MOST = 4000
_BARE = 2


@dataclass(frozen=True)
class Unit:
    """One sentence that bears things out: where it stands, whose sources it has, what it is about."""

    text: str
    tokens: tuple[Token, ...]
    keys: frozenset[int]
    groups: frozenset[object]
    titles: frozenset[str] = frozenset()
    line: int | None = None
    is_name: bool = False
    is_label: bool = False


def is_token(one: Token, other: Token) -> bool:
    """Tell whether two tokens are the same word or the same number."""
    if one.sort is not other.sort:
        return False
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return is_same(one.value, other.value)
    return one.value == other.value


def placed(said: Sequence[Token], unit: Unit) -> Iterator[Places]:
    """Yield where in a unit the tokens said are found, in their order or with a number's phrase put first."""
    held = {one.value for one in unit.tokens if one.sort is Sort.FLOATING}
    if any(one.sort is Sort.FLOATING and one.value not in held for one in said):
        return
    fixed = tuple(one for one in said if one.sort is not Sort.FLOATING)
    is_sum = "=" in unit.text and sum(one.sort is Sort.NUMBER for one in fixed) > 1
    for places in (*_in_order(fixed, unit.tokens, is_sum), *_turned(fixed, unit)):
        if _is_close(places, unit):
            yield places


def _turned(fixed: Sequence[Token], unit: Unit) -> Iterator[Places]:
    """Yield places of tokens of which the last come first in the unit: 贴息不超过50%, 能否享受原文未写明."""
    for cut in range(1, len(fixed)):
        head, tail = fixed[:cut], fixed[cut:]
        if not (head[-1].closes and tail[0].opens) or not (_may_move(head) or _may_move(tail)):
            continue
        if head[-1].sort is Sort.OPERATOR and tail[0].sort is Sort.NUMBER:
            continue
        if {_kind(one) for one in head} & {_kind(one) for one in tail} - {None}:
            continue
        firsts = list(_in_order(head, unit.tokens))[:4]
        for after in _in_order(tail, unit.tokens) if firsts else ():
            for before in firsts:
                if not set(before) & set(after):
                    yield (*before, *after)


def _is_close(places: Places, unit: Unit) -> bool:
    """Tell whether no number was passed over for another of its kind, and no word that binds stands apart."""
    if not places:
        return True
    taken = {unit.tokens[at].value for at in places}
    kinds = {_kind(unit.tokens[at]) for at in places} - {None}
    for at in range(min(places), max(places) + 1):
        token = unit.tokens[at]
        if _kind(token) in kinds and token.value not in taken:
            return False
    held = {token.segment for token in unit.tokens if token.sort is not Sort.OPERATOR}
    said = {unit.tokens[at].segment for at in places if unit.tokens[at].sort is not Sort.OPERATOR}
    return not said or all(
        unit.tokens[at].segment in said for at in places if unit.tokens[at].segment in held
    )


def _kind(token: Token) -> object:
    return (token.value[0], *token.value[2:]) if isinstance(token.value, tuple) else None


def _may_move(part: Sequence[Token]) -> bool:
    """Tell whether a part may stand before or behind what it belongs to: it has a number, or no content."""
    return any(one.sort is Sort.NUMBER for one in part) or all(one.sort is not Sort.CONTENT for one in part)


def _in_order(said: Sequence[Token], held: Sequence[Token], is_sum: bool = False) -> Iterator[Places]:
    """Yield places of the tokens in order, gaps only between whole phrases; at most some thousand steps.

    A worked sum may leave off the beginning of what its first number is called: its numbers pin it down.
    """
    steps = 0
    stack: list[Places] = [
        (at,)
        for at in reversed(range(len(held)))
        if said and (held[at].opens or is_sum) and is_token(said[0], held[at])
    ]
    if not said:
        yield ()
    while stack and steps < _MOST:
        steps += 1
        places = stack.pop()
        if len(places) == len(said):
            if held[places[-1]].closes:
                yield places
            continue
        last, wanted = places[-1], said[len(places)]
        following = (
            range(last + 1, len(held)) if held[last].closes else range(last + 1, min(last + 2, len(held)))
        )
        fitting = [
            at for at in following if is_token(wanted, held[at]) and (at == last + 1 or held[at].opens)
        ]
        stack.extend((*places, at) for at in reversed(fitting))


def is_whole(places: Iterable[int], unit: Unit, told: frozenset[int]) -> bool:
    """Tell whether every word that binds or denies in the segments touched is told."""
    touched = {unit.tokens[at].segment for at in places}
    standing = [(at, token) for at, token in enumerate(unit.tokens) if token.segment in touched]
    if any(at not in told for at, token in standing if token.sort is Sort.OPERATOR):
        return False
    if all(
        unit.tokens[at].value == "not" for at in places
    ):  # a bare 「不能」 stands for a bare 「不能」 only
        return sum(token.sort is not Sort.OPERATOR for _, token in standing) < _BARE
    return True
