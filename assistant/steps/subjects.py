"""What can be asked about: each measure and each unquantified grant, with the words that speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.retrieval.coverage import WeightedTerm
from assistant.retrieval.tokens import tokens
from corpus.glossary import Glossary
from corpus.model.document import Clause, Span
from corpus.model.measure import Measure, Unquantified
from corpus.store import Corpus

_OWN, _SENTENCE, _CLAUSE, _DOCUMENT = 1.0, 0.7, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure (`measure`) or a grant without a number (`grant`), and how well a question fits it.

    `own` counts shared words alone, `score` also names and references; `covered` the query terms it explains.
    """

    id: str
    clause_id: str
    passage: Span
    words: str = ""
    measure: Measure | None = None
    grant: Unquantified | None = None
    own: float = 0.0
    score: float = 0.0
    covered: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Profile:
    subject: Subject
    terms: tuple[tuple[float, frozenset[str]], ...]

    def fit(self, query_term: WeightedTerm) -> float:
        """Return how closely the subject owns a term: 1 for its own words, less for its surroundings."""
        for weight, terms in self.terms:
            if not terms.isdisjoint(query_term.terms):
                return weight
        return 0.0


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """Every subject of the corpus, ready to be matched with a question's terms."""

    profiles: tuple[_Profile, ...]

    def rank(self, query_terms: Sequence[WeightedTerm]) -> tuple[Subject, ...]:
        """Return the subjects that share words with the question, best first."""
        total = sum(query_term.weight for query_term in query_terms)
        if not total:
            return ()
        ranked = (_ranked(profile, query_terms, total) for profile in self.profiles)
        return tuple(sorted((one for one in ranked if one is not None), key=lambda one: -one.own))

    @property
    def measured(self) -> tuple[Subject, ...]:
        """Return the subjects that are measures, nothing shared with any question yet."""
        return tuple(one.subject for one in self.profiles if one.subject.measure is not None)

    def of(self, measure: str) -> Subject:
        """Return the subject of a measure, nothing shared with any question yet."""
        return next(profile.subject for profile in self.profiles if profile.subject.id == measure)


def _ranked(profile: _Profile, query_terms: Sequence[WeightedTerm], total: float) -> Subject | None:
    fits = [profile.fit(query_term) for query_term in query_terms]
    own = sum(query_term.weight * fit for query_term, fit in zip(query_terms, fits, strict=True)) / total
    if not own > 0:
        return None
    covered = frozenset(at for at, fit in enumerate(fits) if fit >= _SENTENCE)
    return replace(profile.subject, own=own, score=own, covered=covered)


def build_subjects(corpus: Corpus, glossary: Glossary) -> SubjectTable:
    """Return the table of every measure and unquantified grant."""
    return SubjectTable(tuple(_profiles(corpus, glossary)))


def _profiles(corpus: Corpus, glossary: Glossary) -> Iterator[_Profile]:
    for measure in corpus.measures:
        own = [measure.name, measure.passage.quote, *_fact_words(measure, corpus, glossary)]
        words = f"{measure.name}\n{measure.passage.quote}"
        subject = Subject(measure.id, measure.clause_id, measure.passage, words, measure=measure)
        yield _profile(subject, own, corpus)
    for grant in corpus.unquantified:
        words = f"{grant.name}\n{grant.passage.quote}"
        subject = Subject(grant.id, grant.clause_id, grant.passage, words, grant=grant)
        yield _profile(subject, [grant.name, grant.passage.quote], corpus)


def _profile(subject: Subject, own: Iterable[str], corpus: Corpus) -> _Profile:
    clause = corpus.clause(subject.clause_id)
    start, end = sentence_around(clause, subject.passage.start, subject.passage.end)
    fields = (
        (_OWN, _terms("\n".join(own))),
        (_SENTENCE, _terms(clause.text[start:end])),
        (_CLAUSE, _terms("\n".join((*clause.headings, clause.text.split("。")[0])))),
        (_DOCUMENT, _terms(corpus.document(clause.document).title)),
    )
    return _Profile(subject, fields)


def _terms(text: str) -> frozenset[str]:
    return frozenset(token for token in tokens(text) if len(token) > 1 or token.isascii())


def _fact_words(measure: Measure, corpus: Corpus, glossary: Glossary) -> Iterator[str]:
    for name in measure.fact_names:
        if fact := corpus.facts.get(name):
            yield fact.label
            yield from fact.hints
            yield from glossary.words_for(name)


def sentence_around(clause: Clause, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the sentence (up to 。) that holds a stretch of the clause."""
    first = clause.text.rfind("。", 0, start) + 1
    last = clause.text.find("。", max(end - 1, 0))
    return first, (last + 1 if last >= 0 else len(clause.text))
