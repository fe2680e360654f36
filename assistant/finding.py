"""Measures found by the words a company uses for them, for a face that lets one be picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.retrieval.coverage import Rarity, weigh
from assistant.retrieval.tokens import fold
from assistant.steps.reading.words import rarity_of
from assistant.steps.subjects import SubjectTable, build_subjects
from corpus.reading.variants import simplified

if TYPE_CHECKING:
    from corpus.model.measure import Measure
    from corpus.store import Corpus

_LEAST = 0.35
_OF_BEST = 0.8


class MeasureFinder:
    """Finds measures by names, by the words of their clauses, and by what companies call them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._glossary = corpus.glossary
        self._subjects: SubjectTable = build_subjects(corpus, self._glossary)
        self._rarity: Rarity = rarity_of(clause.text for clause in corpus.clauses)

    def find(self, words: str) -> tuple[Measure, ...]:
        """Return the measures that fit, best first; all of them, in the corpus's order, for no words."""
        text = fold(simplified(words)).strip()
        if not text:
            return self._corpus.measures
        named = [measure for measure in self._corpus.measures if text in fold(measure.name)]
        called = [measure for place in self._called(text) for measure in self._at(place)]
        return tuple(dict.fromkeys((*named, *called, *self._ranked(text))))

    def _called(self, text: str) -> list[str]:
        return [
            place
            for term in self._glossary.terms
            if any(fold(saying) in text or text in fold(saying) for saying in term.says)
            for place in term.at
        ]

    def _at(self, place: str) -> list[Measure]:
        return [one for one in self._corpus.measures if place in (one.id, one.clause_id)]

    def _ranked(self, text: str) -> list[Measure]:
        ranked = self._subjects.rank(weigh(text, self._rarity))
        best = max((one.own for one in ranked), default=0.0)
        least = max(_LEAST, best * _OF_BEST)
        return [one.measure for one in ranked if one.measure is not None and one.own >= least]
