"""What the steps hand on: the answer's context, the reading of the question, evidence, sums, the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.conversation import Answer, Estimate, MissingFact, Outcome, Question, Total, Turn
from assistant.ports import ClauseIndex, LanguageModel
from assistant.retrieval.coverage import Rarity, WeightedTerm
from assistant.steps.cues import CuePatterns, Intent
from assistant.steps.replies import Replies
from assistant.steps.routing.limits import Limits
from assistant.steps.routing.situations import Heard, Likeness, SituationTable
from assistant.steps.subjects import Subject, SubjectTable
from assistant.understanding.places import PlaceReader, build_place_reader, lies_within, region_of
from corpus.glossary import Glossary, Term
from corpus.model.document import Clause, Span
from corpus.model.measure import Fact, Measure
from corpus.reading.numerals import Found
from corpus.store import Corpus


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What an answer is worked out from; the same for every question."""

    corpus: Corpus
    index: ClauseIndex
    glossary: Glossary
    cues: CuePatterns
    replies: Replies
    limits: Limits
    rarity: Rarity
    subjects: SubjectTable
    model: LanguageModel | None = None
    model_seconds: float = 20.0
    reader: LanguageModel | None = None
    situations: SituationTable = field(default_factory=SituationTable)
    places: PlaceReader = field(default_factory=lambda: build_place_reader(()))

    @property
    def seat_facts(self) -> frozenset[str]:
        """Return the facts that tell whether a company sits in a document's own place."""
        return frozenset(name for name, fact in self.corpus.facts.items() if fact.is_seat)

    @property
    def foreign_documents(self) -> frozenset[str]:
        """Return the documents that are not of the package's own city, and those a person added."""
        own = [one for one in self.corpus.documents if one.slug not in self.corpus.added]
        widest = min(filter(None, map(region_of, own)), key=lambda place: place.level, default=None)
        return frozenset(
            one.slug
            for one in self.corpus.documents
            if one not in own or not (widest is None or lies_within(region_of(one), widest))
        )

    @property
    def known_words(self) -> tuple[str, ...]:
        """Return every text a thing may be called in: the clauses, what the glossary says, facts' hints."""
        said = [saying for term in self.glossary.terms for saying in term.says]
        hints = [hint for fact in self.corpus.facts.values() for hint in (fact.label, *fact.hints)]
        words = [word for _, some in self.glossary.facts for word in some]
        return (*(clause.text for clause in self.corpus.clauses), *said, *hints, *words)

    def words_of(self, fact: Fact) -> tuple[str, ...]:
        """Return every word for a fact: its label, its hints, and what companies say."""
        return (fact.label, *fact.hints, *self.glossary.words_for(fact.name))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of the question (`text`: simplified, half-width).

    `by_sum` are measures called by what they give (最高300万的那个).
    `base` is the earlier turn it leans on, `kept_date` the day that one asked about and this one keeps;
    `standing` are facts of the company itself, told whatever is asked.
    """

    text: str = ""
    content: str = ""
    query_terms: tuple[WeightedTerm, ...] = ()
    intents: frozenset[Intent] = frozenset()
    documents: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    pointed: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    quantities: tuple[Found, ...] = ()
    claims: tuple[Found, ...] = ()
    claimed_dates: tuple[date, ...] = ()
    by_sum: tuple[str, ...] = ()
    asked_date: date | None = None
    is_follow_up: bool = False
    base: Turn | None = None
    kept_date: date | None = None
    standing: tuple[tuple[str, str], ...] = ()

    def asks(self, *intents: Intent) -> bool:
        """Tell whether the question asks for any of these."""
        return not self.intents.isdisjoint(intents)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that bears on the question, and how much of the question's weight it covers (0..1).

    `dense` is how alike the two are in meaning, where the index can tell.
    """

    clause: Clause
    coverage: float
    score: float
    dense: float | None = None
    asked_rank: int | None = None  # its place among the clauses found by the question as it stands


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of which only its ends are told (600万到800万, 七千多吨): `low`, and `high` where it is.

    `is_under` where the number is said to be less than `low` (没到25当量吨).
    """

    fact: str
    low: str
    high: str | None = None
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the person stated: fact name → words, and what could not be settled.

    `others` are further values of a fact, to be computed beside the first (800万和900万各能拿多少);
    `unused` are words with numbers that no measure asks for; `own` are facts of one measure alone
    (measure, fact, words), where two matters each have a sum of the same kind; `sums` are additions that
    made a fact (fact, 「200万元 + 350万元 = 550万元」), `bounds` numbers of which only the ends are known;
    `recalled` are the facts taken over from earlier turns (measure or "", fact, words).
    """

    given: tuple[tuple[str, str], ...] = ()
    doubts: tuple[MissingFact, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()
    own: tuple[tuple[str, str, str], ...] = ()
    sums: tuple[tuple[str, str], ...] = ()
    bounds: tuple[Bound, ...] = ()
    recalled: tuple[tuple[str, str, str], ...] = ()
    paid: Decimal | None = None  # yuan told as paid for the award itself, which takes no such fact

    @property
    def sheet(self) -> dict[str, str]:
        """Return the facts as a mapping."""
        return dict(self.given)

    def sheet_of(self, measure: str) -> dict[str, str]:
        """Return the facts as they hold for one measure."""
        return {**self.sheet, **{name: words for whose, name, words in self.own if whose == measure}}

    @property
    def shared(self) -> dict[str, str]:
        """Return the facts that are the same for every measure."""
        apart = {name for _, name, _ in self.own}
        return {name: words for name, words in self.given if name not in apart}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the answer, the spans it rests on, and worked lines its numbers come from."""

    text: str
    spans: tuple[Span, ...] = ()
    worked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Everything known about one question while it is being answered."""

    context: AnswerContext
    question: Question
    as_of: date
    reading: Reading = field(default_factory=Reading)
    evidence: tuple[Evidence, ...] = ()
    subjects: tuple[Subject, ...] = ()
    heard: Heard = field(default_factory=Heard)
    low_confidence_match: Likeness | None = None
    meant: tuple[tuple[Measure, ...], ...] = ()
    grants: tuple[Subject, ...] = ()
    facts: Facts = field(default_factory=Facts)
    estimates: tuple[Estimate, ...] = ()
    variants: tuple[tuple[str, str, Estimate], ...] = ()
    total: Total = field(default_factory=Total)
    problem: str | None = None
    is_attack: bool = False
    is_closest: bool = False  # nothing answers for certain; the clause that comes nearest is shown
    outcome: Outcome = Outcome.ANSWERED
    lines: tuple[Line, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    answer: Answer | None = None
    is_read_with_model: bool = False
    model_spent: float = 0.0  # seconds
    confirming: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return every measure meant, alternatives included."""
        return tuple(measure for group in self.meant for measure in group)

    @property
    def all_estimates(self) -> tuple[Estimate, ...]:
        """Return every estimate, those for a fact's further values last."""
        return (*self.estimates, *(one for _, _, one in self.variants))


Step = Callable[[State], State]


def settled(state: State, outcome: Outcome, text: str, suggestions: tuple[str, ...] = ()) -> Answer:
    """Return an answer that ends here, without sources."""
    return Answer(
        question=state.question.text,
        as_of=state.as_of,
        outcome=outcome,
        text=text,
        conversation_id=state.question.conversation_id,
        suggestions=suggestions,
    )
