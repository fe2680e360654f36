"""What a question sounds like: a matter of some clause, told in everyday words, or one for another office.

A story often shares no word with its clause. A document's `lexicon.yaml` lists how people of many trades
speak when a clause concerns them, `offices.yaml` what other offices see to. Both are weighed alike: rare
words count more, whole phrases more still. It helps to decide and to find; it is never cited.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from assistant.retrieval.tokens import informative, pairs, runs
from corpus.glossary import Paraphrase
from corpus.model.document import Clause, ClauseKind
from corpus.store import Corpus
from corpus.strict_yaml import read_model

OFFICES = Path(__file__).with_name("offices.yaml")
_AHEAD = 0.3  # lead from which a clause is meant rather than another office's matter
_BY_PHRASE = 1.5  # what each character of a whole phrase adds
_ENOUGH = 5.0  # a score of one or two words: less says nothing
_LONGEST = 6  # characters of a phrase; more count no more
_SPEAKING = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH, ClauseKind.CLOSING, ClauseKind.BACKGROUND})


class _OfficeRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    label: str
    ask: str
    words: tuple[str, ...]


class _OfficeFile(RootModel[tuple[_OfficeRow, ...]]):
    """What other offices see to."""


@dataclass(frozen=True, slots=True)
class Office:
    """A kind of matter that no policy of support settles, whom to ask of it, and how people speak of it."""

    label: str
    ask: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a question sounds like a situation.

    `about` is a clause, an award or grant of one, or an office's label; `phrases` are those found whole.
    """

    about: str
    clause_id: str = ""
    score: float = 0.0
    phrases: tuple[str, ...] = ()

    @property
    def said(self) -> int:
        """Return how many characters of whole phrases the question has; those of a long phrase count less."""
        return _counted(self.phrases)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question sounds like, likest first: `told` of clauses, `offices` of other matters.

    `known` is the weight of the words that any situation has, `unknown` counts the others.
    """

    told: tuple[Likeness, ...] = ()
    offices: tuple[Likeness, ...] = ()
    known: float = 0.0
    unknown: int = 0

    @property
    def best(self) -> Likeness:
        """Return the clause it sounds like most."""
        return self.told[0] if self.told else Likeness("")

    @property
    def other(self) -> Likeness:
        """Return the other office's matter it sounds like most."""
        return self.offices[0] if self.offices else Likeness("")

    def tells_of(self, word: str) -> bool:
        """Tell whether a word is part of a phrase by which a clause, and hardly another office, was heard."""
        return self.lead >= _AHEAD and any(word in phrase for phrase in self.best.phrases)

    @property
    def lead(self) -> float:
        """Return how far a clause is ahead of other offices: from -1 to 1.

        >>> Heard((Likeness("a", "a", 15.0),), (Likeness("税务", score=5.0),)).lead
        0.4
        """
        ours, theirs = self.best.score, self.other.score
        return (ours - theirs) / (ours + theirs + _ENOUGH)


@dataclass(frozen=True, slots=True)
class _Entry:
    about: str
    clause_id: str
    says: tuple[str, ...]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class SituationTable:
    """Every situation and office, ready to be compared with a question."""

    entries: tuple[_Entry, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()

    def heard(self, text: str, documents: Iterable[str] = (), beside: Iterable[Clause] = ()) -> Heard:
        """Return what a text sounds like; only clauses of the documents given, of all where none is.

        Clauses `beside` those of the table, of which nobody wrote situations, are heard by their own words.
        """
        allowed = frozenset(documents)
        terms = _terms(informative(text))
        known = {term: self._rarity(term) for term in terms if term in self.places}
        scores: dict[int, float] = defaultdict(float)
        for term, weight in known.items():
            for at in self.places[term]:
                scores[at] += weight
        said = self._said(text.lower())
        heard = [self._likeness(at, scores.get(at, 0.0), said.get(at, ())) for at in {*scores, *said}]
        heard += [self._of(clause, terms) for clause in beside if clause.id not in self.clauses]
        found = sorted(heard, key=lambda one: (-one.score, one.about))
        told = (one for one in found if one.clause_id)
        return Heard(
            tuple(one for one in told if not allowed or one.clause_id.split("/", 1)[0] in allowed),
            tuple(one for one in found if not one.clause_id),
            sum(known.values()),
            len(terms) - len(known),
        )

    def _likeness(self, at: int, score: float, phrases: tuple[str, ...]) -> Likeness:
        entry = self.entries[at]
        return Likeness(entry.about, entry.clause_id, score + _BY_PHRASE * _counted(phrases), phrases)

    def _of(self, clause: Clause, terms: frozenset[str]) -> Likeness:
        return Likeness(clause.id, clause.id, sum(map(self._rarity, terms & _terms(clause.text))))

    def _rarity(self, term: str) -> float:
        count = len(self.places.get(term, ()))
        return math.log(1 + (len(self.entries) - count + 0.5) / (count + 0.5))

    def _said(self, text: str) -> dict[int, tuple[str, ...]]:
        """Return the phrases of each situation that the text holds, none that is part of another."""
        found: dict[int, list[str]] = defaultdict(list)
        for phrase, entries in self.phrases.items():
            if phrase in text:
                for at in entries:
                    found[at].append(phrase)
        return {at: _outermost(phrases) for at, phrases in found.items()}


def build_situations(corpus: Corpus, situations: Iterable[Paraphrase]) -> SituationTable:
    """Return the table of the situations whose clause the corpus holds, of its other clauses, and of offices.

    Only documents with situations are told of; the clauses of others are left to the search. What a document
    speaks of is no other office's matter: such a word of an office does not count.
    """
    entries = tuple(_entries(corpus, situations))
    places: dict[str, list[int]] = {}
    phrases: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        for term in entry.terms:
            places.setdefault(term, []).append(at)
        for phrase in dict.fromkeys(saying.lower() for saying in entry.says):
            phrases.setdefault(phrase, []).append(at)
    return SituationTable(
        entries,
        {term: tuple(found) for term, found in places.items()},
        {phrase: tuple(found) for phrase, found in phrases.items()},
        frozenset(entry.clause_id for entry in entries),
    )


def _entries(corpus: Corpus, situations: Iterable[Paraphrase]) -> Iterator[_Entry]:
    clauses = {clause.id: clause.text for clause in corpus.clauses}
    awards = {one.id: (one.clause_id, f"{one.name}\n{one.passage.quote}") for one in corpus.measures}
    awards |= {one.id: (one.clause_id, f"{one.name}\n{one.passage.quote}") for one in corpus.unquantified}
    told: dict[str, None] = {}
    for one in situations:
        clause_id, text = awards.get(one.about, (one.about, clauses.get(one.about, "")))
        if clause_id in clauses:
            told.setdefault(clause_id)
            yield _Entry(one.about, clause_id, one.says, _terms("\n".join((*one.says, text))))
    slugs = {clause_id.split("/", 1)[0] for clause_id in told}
    for clause in corpus.clauses:
        if clause.document in slugs and clause.id not in told and clause.kind in _SPEAKING:
            yield _Entry(clause.id, clause.id, (), _terms(clause.text))
    texts = "\n".join(clause.text for clause in corpus.clauses).lower()
    said = frozenset(saying.lower() for term in corpus.glossary.terms for saying in term.says)
    for office in load_offices():
        says = tuple(one for one in office.says if one.lower() not in texts and one.lower() not in said)
        yield _Entry(office.label, "", says, _terms("\n".join(says)))


def _terms(text: str) -> frozenset[str]:
    """Return the pairs of characters and the other words of a text.

    >>> sorted(_terms("上云ABS"))
    ['abs', '上云']
    """
    found = (pairs(run) if is_han else (run,) for run, is_han in runs(text))
    return frozenset(term for terms in found for term in terms)


def _counted(phrases: Iterable[str]) -> int:
    """Return how many characters phrases have, those of a long one no more than some.

    >>> _counted(["上云", "服务器都搬到云上去了"])
    8
    """
    return sum(min(len(phrase), _LONGEST) for phrase in phrases)


def _outermost(phrases: Sequence[str]) -> tuple[str, ...]:
    """Return the phrases that are no part of another.

    >>> _outermost(["服务器", "云服务器"])
    ('云服务器',)
    """
    return tuple(one for one in phrases if not any(one != other and one in other for other in phrases))


@cache
def load_offices(path: Path = OFFICES) -> tuple[Office, ...]:
    """Return the matters of other offices.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return tuple(Office(row.label, row.ask, row.words) for row in read_model(path, _OfficeFile).root)
