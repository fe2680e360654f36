"""What is asked and answered: Question, Answer, Outcome, Citation, Estimate, Turn, and events on the way.

Plain frozen values. How they look as JSON is the contract's business: `assistant/answer_json.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from corpus.model.document import DocumentStatus, Span
from corpus.model.review import ReviewState


class Outcome(StrEnum):
    """How an answer ended; every non-answer has one of these names."""

    ANSWERED = "answered"
    NEEDS_INPUT = "needs_input"
    NOT_COVERED = "not_covered"
    BLOCKED = "blocked"
    ERROR = "error"


class WordedBy(StrEnum):
    """Whose words an answer is in, where a language model is configured; its content is always ours."""

    MODEL = "model"
    PARTLY = "partly_model"
    PROGRAM = "program"


class EstimateStatus(StrEnum):
    """What became of one measure's computation."""

    PAYABLE = "payable"
    DRAFT = "draft"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_INPUT = "needs_input"
    NOT_IN_FORCE = "not_in_force"
    NOT_QUANTIFIED = "not_quantified"


class ConditionState(StrEnum):
    """Three-valued: a condition nobody spoke of is unknown, not unmet."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One worked line (算式) and the spans of the clauses that state its numbers."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """A condition in the clause's words, how it stands, and how far off it is (`gap`, Chinese)."""

    text: str
    state: ConditionState
    span: Span
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact still needed, as a question a person can answer."""

    fact: str
    question: str
    unit: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one measure would pay (预计可享金额), never an entitlement. Amounts in yuan, exact to the fen.

    `amount` is None where nothing is payable or computable. `range` (low, high) is what the known facts
    still allow; a high of None is open. `explanation` says in Chinese why there is no amount. `state` says
    whether a person vouches for the measure: what only the proof vouches for stays out of confirmed totals.
    """

    measure: str
    name: str
    status: EstimateStatus
    is_upper_bound: bool
    amount: Decimal | None = None
    range: tuple[Decimal, Decimal | None] | None = None
    steps: tuple[Step, ...] = ()
    conditions: tuple[ConditionResult, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    explanation: str | None = None
    hints: tuple[str, ...] = ()
    state: ReviewState = ReviewState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Dropped:
    """A measure left out of a total, why (Chinese), and the clause that says so."""

    measure: str
    reason: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """The combined sums, yuan: in force, and drafts apart. None where nothing of the sort is payable.

    `unreviewed` and `unreviewed_draft` are the same of measures that no person has confirmed.
    """

    in_force: Decimal | None = None
    draft: Decimal | None = None
    unreviewed: Decimal | None = None
    unreviewed_draft: Decimal | None = None
    chosen: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of the answer. `status` is None where the document's text states no validity."""

    n: int
    span: Span
    document: str
    title: str
    label: str
    status: DocumentStatus | None


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked, and as of which day (测算日). `documents` narrows the corpus to those slugs.

    `owner` is an opaque token of whoever holds the conversation, for listing their own later.
    """

    text: str
    as_of: date
    conversation_id: str | None = None
    documents: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with everything that supports it. `timings_ms` maps a step's name to milliseconds.

    `worded_by` is None where no language model is configured; `read_with_model` tells that one helped to read
    the question.
    """

    question: str
    as_of: date
    outcome: Outcome
    text: str
    conversation_id: str | None = None
    citations: tuple[Citation, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    total: Total = field(default_factory=Total)
    missing: tuple[MissingFact, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings_ms: tuple[tuple[str, int], ...] = ()
    worded_by: WordedBy | None = None
    read_with_model: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation: the words and the reading (what was understood of them) both kept.

    `facts` are those stated or still holding here, in the person's own words; `recalled` names the ones that
    came from an earlier turn. `own` are facts of one measure alone (measure, fact, words).
    `groups` are the measures again, one tuple a matter; the measures of one tuple are alternatives.
    `clauses` are those the answer rested on, `intents` what was asked for, `asked` the fact we asked back.
    `offered` are the measures or clauses the answer listed, in its order, for 「第一个」 to choose among.
    `others` are further values of a fact, told beside the first; `supposed` names the facts that were only
    supposed (如果是900万呢): they were computed with and replace nothing told before.
    `instead_of` are measures that the words put this turn's in the place of (我们是牵头的).
    `asked_date` is a day the words named, `as_of` the day answered for; `at` is when the turn was kept.
    `worded_by` and `read_with_model` are the answer's: whether a language model had a part in the turn.
    """

    question: str
    answer_text: str
    outcome: Outcome
    facts: tuple[tuple[str, str], ...] = ()
    measures: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    asked: str | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    own: tuple[tuple[str, str, str], ...] = ()
    recalled: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    supposed: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    asked_date: date | None = None
    as_of: date | None = None
    at: datetime | None = None
    worded_by: WordedBy | None = None
    read_with_model: bool = False

    @property
    def is_answer(self) -> bool:
        """Tell whether later turns may lean on it: a refusal or a failure is about nothing of ours."""
        return self.outcome in {Outcome.ANSWERED, Outcome.NEEDS_INPUT}


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation as a list of them shows it. `title` is the first question until it is renamed."""

    id: str
    title: str
    turns: int
    started_at: datetime
    touched_at: datetime
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A step of the answering begins; `label` says so in Chinese (正在查找条款)."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next words of the answer: only what has passed the check, and with a model the guard."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The whole answer; always the last event. Its text is the pieces before it, one after another."""

    answer: Answer


Event = StepStarted | TextPiece | Answered


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thinks of one answer (赞 or 踩): `turn` counts the conversation's answers from 1."""

    conversation_id: str
    turn: int
    is_good: bool
    reason: str = ""
    question: str = ""
    answer_text: str = ""
    channel: str = "page"
