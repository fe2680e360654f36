"""Whether what stands in a source belongs together: with its bounds, its measure, its document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.grounding.faults import Fault, Kind
from assistant.grounding.lexing import Sort, Token
from assistant.grounding.reference import Reference
from assistant.grounding.shapes import plain_text
from assistant.grounding.statements import Statement
from assistant.grounding.support_alignment import Places, Unit, is_whole

_TITLE = re.compile(r"《([^《》]+)》")
_ONE = re.compile("一[个项条种类家次句份点]")
_SHORTEST = 6  # characters of a shortened title


def is_one(token: Token) -> bool:
    """Tell whether a number is no more than an article: 一个, 一项, 一次."""
    return token.sort is Sort.NUMBER and bool(_ONE.fullmatch(token.words))


def whole(found: list[dict[int, list[Places]]], at: int, unit: Unit) -> list[Places]:
    """Return where a segment stands in a unit with all that binds it, said in it or in its neighbours."""
    before = found[at - 1][id(unit)] if at else []
    after = found[at + 1][id(unit)] if at + 1 < len(found) else []
    near = frozenset(place for places in (*before, *after) for place in _anchored(places, unit))
    return [
        places
        for places in found[at][id(unit)]
        if is_whole(places, unit, near | frozenset(places) | _joined(before, places, after))
    ]


def _anchored(places: Places, unit: Unit) -> Iterator[int]:
    """Yield the places in the segments of a unit of which more is said than a word that binds."""
    said = {unit.tokens[at].segment for at in places if unit.tokens[at].sort is not Sort.OPERATOR}
    yield from (at for at in places if unit.tokens[at].segment in said)


def _joined(before: list[Places], places: Places, after: list[Places]) -> frozenset[int]:
    """Return the places of the segments said right before and after that stand right before and after."""
    if not places:
        return frozenset()
    joined = [one for one in before if one and one[-1] + 1 == places[0]]
    joined += [one for one in after if one and one[0] - 1 == places[-1]]
    return frozenset(place for one in joined for place in one)


def covers(places: Places, unit: Unit) -> bool:
    """Tell whether all content of every segment touched is told: an item whole, not words of several."""
    touched, taken = {unit.tokens[at].segment for at in places}, frozenset(places)
    return all(
        at in taken or is_one(token)
        for at, token in enumerate(unit.tokens)
        if token.segment in touched and token.sort in (Sort.CONTENT, Sort.WORD)
    )


def is_linked(segment: Sequence[Token], unit: Unit, groups: frozenset[object]) -> bool:
    """Tell whether a bare number belongs to what was spoken of before it."""
    has_number = any(
        isinstance(t.value, tuple) and t.value[0] in ("money", "rate", "quantity") for t in segment
    )
    if not has_number or any(token.sort is Sort.CONTENT for token in segment):
        return True
    return not groups or not unit.groups or bool(unit.groups & groups)


def is_of(unit: Unit, titles: Sequence[str]) -> bool:
    """Tell whether a unit belongs to the one document that a statement names."""
    if len(titles) != 1 or not unit.titles:
        return True
    return any(is_short_for(titles[0], title) for title in unit.titles)


def is_short_for(name: str, title: str) -> bool:
    """Tell whether a name is a title or shortens it.

    >>> is_short_for("工业服务业若干措施", "关于促进工业服务业赋能产业升级的若干措施")
    True
    """
    rest = iter(plain_text(title))
    return name == title or (len(name) >= _SHORTEST and all(one in rest for one in plain_text(name)))


def titles_unknown(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the names of documents that none of the sources of a statement has."""
    material = reference.material(one.cites).whole
    titles = [reference.citations[n].title for n in one.cites & reference.citations.keys()]
    for match in _TITLE.finditer(one.text):
        if match[1] not in material and not any(is_short_for(match[1], title) for title in titles):
            yield Fault(Kind.NAME, match[0])
