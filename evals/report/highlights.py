"""Texts cut into pieces, some of them marked: what an answer quotes, what of a clause is gold or cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model.document import Span
from evals.replies import Cited, Reply


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters and how they are marked: "", "quote", "gold", "cited" or "both"."""

    text: str
    mark: str


def answer_pieces(reply: Reply) -> list[Piece]:
    """Return an answer with the words it quotes from its sources marked."""
    places: list[tuple[int, int]] = []
    for quote in {one.quote for one in reply.citations if len(one.quote) > 1}:
        start = reply.text.find(quote)
        while start >= 0:
            places.append((start, start + len(quote)))
            start = reply.text.find(quote, start + 1)
    marks = {place: "quote" for start, end in places for place in range(start, end)}
    return _pieces(reply.text, marks)


def clause_pieces(clause_id: str, text: str, gold: Iterable[Span], cited: Iterable[Cited]) -> list[Piece]:
    """Return a clause with its gold and its cited characters marked."""
    wanted = {at for one in gold if one.clause_id == clause_id for at in range(one.start, one.end)}
    used = {at for one in cited if one.clause == clause_id for at in range(one.start, one.end)}
    marks = dict.fromkeys(wanted, "gold") | dict.fromkeys(used, "cited")
    marks |= dict.fromkeys(wanted & used, "both")
    return _pieces(text, marks)


def _pieces(text: str, marks: dict[int, str]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks.get(at, "") != marks.get(start, ""):
            pieces.append(Piece(text[start:at], marks.get(start, "")))
            start = at
    return pieces
