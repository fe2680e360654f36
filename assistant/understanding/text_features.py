"""Features of a question for the linear classifiers: pieces of its characters, with values masked.

A number is masked by its kind, so that 800万 and 3000万 are the same word; the names of documents and places
are masked by the caller, so that nothing learned belongs to one document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.reading.numerals import Found, Kind

_MASKS = {Kind.MONEY: "¥", Kind.RATE: "%", Kind.QUANTITY: "#", Kind.NUMBER: "0"}
_LONGEST = 4
_WINDOW = 10
_NEAR = (2, 4, 8)
_BREAKS = "，。；？！,;?!\n、"


def masked(text: str, quantities: Iterable[Found]) -> str:
    """Return the text with each number replaced by one character of its kind.

    >>> from corpus.reading.numerals import find_quantities
    >>> masked("自筹800万能拿30%吗", find_quantities("自筹800万能拿30%吗"))
    '自筹¥能拿%吗'
    """
    pieces: list[str] = []
    last = 0
    for found in sorted(quantities, key=lambda one: one.start):
        if found.start < last:
            continue
        pieces += [text[last : found.start], _MASKS.get(found.kind, "0")]
        last = found.end
    pieces.append(text[last:])
    return "".join(pieces)


def question_features(text: str, quantities: Sequence[Found]) -> tuple[str, ...]:
    """Return the pieces of one to four characters of a question, its edges marked, and its length."""
    plain = f"^{masked(text, quantities)}$"
    grams = (plain[at : at + size] for size in range(1, _LONGEST + 1) for at in range(len(plain) - size + 1))
    return (*dict.fromkeys(grams), f"length={min(len(text) // 8, 8)}", f"numbers={min(len(quantities), 4)}")


def mention_features(text: str, found: Found, quantities: Sequence[Found]) -> tuple[str, ...]:
    """Return what stands around a number: pieces before and after it by distance, its kind and its place."""
    return tuple(dict.fromkeys(_around(text, found, quantities)))


def _around(text: str, found: Found, quantities: Sequence[Found]) -> Iterator[str]:
    before = masked(text[: found.start], [one for one in quantities if one.end <= found.start])
    after = masked(
        text[found.end :], [_shifted(one, found.end) for one in quantities if one.start >= found.end]
    )
    yield f"kind={found.kind.value}"
    yield f"unit={found.unit_word}"
    yield f"magnitude={_magnitude(found)}"
    same = [one for one in quantities if one.kind is found.kind]
    yield f"same={min(len(same), 4)}"
    yield f"rank={min(same.index(found) if found in same else 0, 4)}"
    yield from _side("b", before[::-1], reverse=True)
    yield from _side("a", after, reverse=False)
    clause_before, clause_after = _until_break(before[::-1])[::-1], _until_break(after)
    yield from (f"cb:{gram}" for gram in _grams(clause_before))
    yield from (f"ca:{gram}" for gram in _grams(clause_after))
    yield from (f"q:{gram}" for gram in _grams(masked(text, quantities)[-16:]))


def _side(name: str, text: str, *, reverse: bool) -> Iterator[str]:
    for length in range(1, 7):
        piece = text[:length]
        yield f"{name}{length}:{piece[::-1] if reverse else piece}"
    for near in _NEAR:
        piece = text[:near]
        yield from (f"{name}<{near}:{gram}" for gram in _grams(piece[::-1] if reverse else piece))


def _grams(text: str) -> Iterator[str]:
    for size in (1, 2, 3):
        yield from (text[at : at + size] for at in range(len(text) - size + 1))


def _until_break(text: str) -> str:
    ends = [at for at, character in enumerate(text) if character in _BREAKS]
    return text[: ends[0] if ends else _WINDOW * 2][: _WINDOW * 2]


def _shifted(found: Found, by: int) -> Found:
    from dataclasses import replace

    return replace(found, start=found.start - by, end=found.end - by)


def _magnitude(found: Found) -> int:
    return len(str(int(found.value))) if found.value is not None else 0
