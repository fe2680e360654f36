"""How much of what a question says a clause speaks of: 1 is all of it, 0 nothing.

Each informative character of the question weighs as much as the commonest known word (pair of characters) it
is part of, and one that is in no known word as much as the rarest word there could be: a question on social
insurance is not covered by clauses that only share 「上海」 and 「企业」 with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.retrieval.tokens import informative, pairs, runs
from assistant.retrieval.words import function_characters

_NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Rarity:
    """How telling a term is among `size` clauses, of which `frequency(term)` contain it."""

    size: int
    frequency: Callable[[str], int | None]

    def knows(self, term: str) -> bool:
        """Tell whether any clause contains the term."""
        return bool(self.frequency(term))

    def of(self, term: str) -> float:
        """Return the inverse document frequency of BM25, never below zero.

        >>> rarity = Rarity(100, {"企业": 90, "贯标": 1}.get)
        >>> round(rarity.of("企业"), 2), round(rarity.of("贯标"), 2)
        (0.11, 4.21)
        """
        found = self.frequency(term) or 0
        return math.log(1 + (max(self.size - found, 0) + 0.5) / (found + 0.5))

    @property
    def unknown(self) -> float:
        """Return the weight of a word no clause contains."""
        return math.log(1 + (self.size + 0.5) / 0.5)


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A query term: its weight, and the terms of which a clause must contain one to cover it."""

    weight: float
    terms: tuple[str, ...]


def weigh(question: str, rarity: Rarity) -> tuple[WeightedTerm, ...]:
    """Return the query terms of a question with their weights.

    Its asking words (多少钱、请问…) are left out, and so are its numbers: they are facts, not the subject.
    """
    query_terms: list[WeightedTerm] = []
    for run, is_han in runs(informative(question)):
        if is_han and len(run) > 1:
            query_terms.extend(_characters(run, rarity))
        elif run in function_characters() or _NUMBER.fullmatch(run):
            continue
        else:
            query_terms.append(WeightedTerm(rarity.of(run) if rarity.knows(run) else rarity.unknown, (run,)))
    return tuple(query_terms)


def covered(query_terms: Collection[WeightedTerm], terms: Collection[str]) -> float:
    """Return the share of the query terms' weight whose terms a clause contains.

    >>> rarity = Rarity(10, {"房租": 2, "补贴": 5}.get)
    >>> round(covered(weigh("房租补贴有多少", rarity), {"补贴"}), 2)
    0.32
    """
    total = sum(query_term.weight for query_term in query_terms)
    if not total:
        return 0.0
    found = sum(
        query_term.weight for query_term in query_terms if any(term in terms for term in query_term.terms)
    )
    return found / total


def _characters(run: str, rarity: Rarity) -> list[WeightedTerm]:
    around = pairs(run)
    query_terms = []
    for at in range(len(run)):
        own = around[max(at - 1, 0) : at + 1]
        known = [pair for pair in own if rarity.knows(pair)]
        if not known and run[at] in function_characters():
            continue
        query_terms.append(WeightedTerm(min(map(rarity.of, known), default=rarity.unknown), tuple(known)))
    return query_terms
