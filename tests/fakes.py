"""Small real classes that stand in for the parts a test is not about."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.errors import IndexUnavailableError
from assistant.adapters.feedback_memory import FeedbackMemory
from assistant.adapters.lazy_database import LazyDatabase
from assistant.conversation import (
    Answer,
    Answered,
    Citation,
    ConditionResult,
    ConditionState,
    Estimate,
    EstimateStatus,
    Event,
    MissingFact,
    Outcome,
    Question,
    Step,
    StepStarted,
    TextPiece,
    Total,
)
from assistant.ports import Hit
from assistant.settings import Settings
from corpus.model.document import (
    Clause,
    ClauseKind,
    ClausePath,
    DocumentStatus,
    PolicyDocument,
    SourceNature,
    Span,
    ValidityPeriod,
)
from corpus.store import Corpus
from tests.patience import PATIENCE_S

GRANT_WORDS = "经综合评估,可按项目自筹投入资金总额的30%,给予企业最高不超过300万元的资助。"
GRANT = "(一)支持开展硬核技术攻关。" + GRANT_WORDS
ONLINE = "(十六)支持企业做大做强。对符合条件的企业给予支持。(责任单位:市商务委、市经济信息化委)"


def span(clause: Clause, quote: str) -> Span:
    """Return the span of a quote in a clause."""
    start = clause.text.index(quote)
    return Span(clause.id, start, start + len(quote), quote)


def clause(
    document: str, path: str, label: str, text: str, start: int, bodies: tuple[str, ...] = ()
) -> Clause:
    """Return a clause of a handmade document."""
    parts = ClausePath(tuple(path.split(".")))
    return Clause(
        f"{document}/{path}",
        document,
        parts,
        ClauseKind.ITEM,
        label,
        ("第七条(支持研发)",),
        text,
        start,
        bodies,
    )


GRANT_CLAUSE = clause("changning-ai-draft", "7.1", "第七条(一)", GRANT, 0)
ONLINE_CLAUSE = clause("sh-online-economy", "16", "(十六)", ONLINE, 0, ("市商务委", "市经济信息化委"))


def tiny_corpus() -> Corpus:
    """Return a corpus of two documents with a clause each and no measures."""
    draft = PolicyDocument(
        "changning-ai-draft",
        "长宁区深入推进人工智能创新产业高质量发展的实施办法（草案）",
        SourceNature.DRAFT,
        GRANT,
        (GRANT_CLAUSE,),
        issuing_bodies=("长宁区科学技术委员会",),
        validity=ValidityPeriod(date(2024, 1, 1), date(2026, 12, 31)),
        notes=("征求意见稿，尚未施行",),
    )
    policy = PolicyDocument(
        "sh-online-economy",
        "上海市促进在线新经济健康发展的若干政策措施",
        SourceNature.POLICY,
        ONLINE,
        (ONLINE_CLAUSE,),
        document_number="沪府办规〔2023〕27号",
        validity=ValidityPeriod(date(2024, 1, 1), date(2028, 12, 31)),
    )
    return Corpus((draft, policy), (), {}, (), (), "0" * 64)


def grant_answer(question: Question) -> Answer:
    """Return the answer on the hard-technology grant: a draft, 240万元 of 800万元."""
    passage = span(GRANT_CLAUSE, GRANT_WORDS)
    return Answer(
        question.text,
        question.as_of,
        Outcome.ANSWERED,
        "按草案测算，最高可获240万元〔1〕。该办法尚为草案，未施行，以正式发布的文本为准。",
        question.conversation_id,
        citations=(
            Citation(
                1,
                passage,
                "changning-ai-draft",
                "长宁区深入推进人工智能创新产业高质量发展的实施办法（草案）",
                "第七条(一)",
                DocumentStatus.DRAFT,
            ),
        ),
        estimates=(grant_estimate(),),
        total=Total(draft=Decimal("2400000")),
        warnings=("来源为征求意见草案，金额不计入现行政策合计。",),
        suggestions=("自筹1200万元能拿多少？",),
        timings_ms=(("retrieve", 3), ("compose", 2)),
    )


def grant_estimate() -> Estimate:
    """Return the estimate of 800万元 × 30%, with a condition in each of the three states."""
    return Estimate(
        "changning-ai-draft/7.1/hard-technology",
        "支持开展硬核技术攻关",
        EstimateStatus.DRAFT,
        is_upper_bound=True,
        amount=Decimal("2400000"),
        steps=(Step("800万元 × 30% = 240万元", (span(GRANT_CLAUSE, "30%"),)),),
        conditions=(
            ConditionResult("经综合评估", ConditionState.UNKNOWN, span(GRANT_CLAUSE, "经综合评估")),
            ConditionResult("给予企业", ConditionState.MET, span(GRANT_CLAUSE, "给予企业")),
            ConditionResult(
                "自筹投入", ConditionState.UNMET, span(GRANT_CLAUSE, "自筹投入"), "还差 5 当量吨"
            ),
        ),
        missing=(MissingFact("passed_assessment", "请问项目是否已通过综合评估？", "yes_no"),),
        hints=("自筹投入达到 1000万元 即触及上限。",),
    )


@dataclass
class FakeAssistant:
    """Answers every question with the grant; words of the question choose other outcomes.

    “天气” is not covered, “多少呢” needs input, “崩溃” ends in an error; `delay` makes it slow. `asked` keeps
    what was asked.
    """

    delay: float = 0.0
    asked: list[Question] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: Question) -> Answer:
        """Return the handmade answer."""
        with self._lock:
            self.asked.append(question)
        time.sleep(self.delay)
        answer = grant_answer(question)
        if "天气" in question.text:
            return _bare(answer, Outcome.NOT_COVERED, "政策库未涉及天气。可查询的是上海惠企政策。")
        if "崩溃" in question.text:
            return _bare(answer, Outcome.ERROR, "处理时出错，请稍后重试。")
        if "多少呢" in question.text:
            missing = (MissingFact("self_funded_investment", "请问项目自筹投入是多少？", "yuan"),)
            return replace(answer, outcome=Outcome.NEEDS_INPUT, missing=missing, estimates=(), total=Total())
        return answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield a step, the text in one piece, and the answer."""
        yield StepStarted("retrieve", "正在查找条款")
        answer = self.ask(question)
        yield TextPiece(answer.text)
        yield Answered(answer)


@dataclass
class HeldAssistant(FakeAssistant):
    """Holds every answer back until `go` is set."""

    go: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: Question) -> Answer:
        """Return the handmade answer once it may go."""
        answer = super().ask(question)
        assert self.go.wait(PATIENCE_S)
        return answer


def _bare(answer: Answer, outcome: Outcome, text: str) -> Answer:
    return Answer(answer.question, answer.as_of, outcome, text, answer.conversation_id)


@dataclass
class FakeIndex:
    """An index that is always open; `failure` makes it one that cannot be opened."""

    failure: Exception | None = None

    def opened(self, progress: bool = False, rebuild: bool = False) -> FakeIndex:
        """Return itself, or fail."""
        if self.failure is not None:
            raise self.failure
        return self

    def search(self, query: str, limit: int = 10, only: object = None) -> tuple[Hit, ...]:
        """Find the first clause of the tiny corpus, or fail."""
        self.opened()
        return tuple(Hit(clause.id, 1.0) for clause in tiny_corpus().clauses[: min(limit, 1)])


@dataclass
class FakeApplication:
    """A loaded program around a fake assistant and the tiny corpus."""

    assistant: FakeAssistant = field(default_factory=FakeAssistant)
    corpus: Corpus = field(default_factory=tiny_corpus)
    index: FakeIndex = field(default_factory=FakeIndex)
    conversations: ConversationMemory = field(default_factory=ConversationMemory)
    feedback: FeedbackMemory = field(default_factory=FeedbackMemory)
    settings: Settings = field(
        default_factory=lambda: Settings(_env_file=None, runs_dir=Path("runs-of-nobody"))
    )

    @cached_property
    def database(self) -> LazyDatabase:
        """Return the database in the data directory."""
        return LazyDatabase(None, self.settings.data_dir)

    @property
    def hermetic(self) -> FakeAssistant:
        """Return the same assistant: it remembers nothing anyway."""
        return self.assistant

    def warm_up(self) -> None:
        """Load nothing: there is nothing to load."""

    def refresh(self) -> None:
        """Take up documents that were added, as far as the corpus goes."""
        from corpus.added import added_folder, with_added

        self.corpus = with_added(replace(tiny_corpus(), left_out=()), added_folder(self.settings.data_dir))


class BrokenApplication:
    """A program whose index cannot be opened, so that it cannot answer."""

    def __init__(self) -> None:
        self.corpus = tiny_corpus()
        self.failure = IndexUnavailableError(
            "索引文件损坏：/data/index。请运行 policy-assistant index --rebuild 重建。"
        )
        self.index = FakeIndex(self.failure)
        self.settings = Settings(_env_file=None)

    @property
    def assistant(self) -> FakeAssistant:
        """Fail as an assistant without an index does."""
        raise self.failure

    @property
    def hermetic(self) -> FakeAssistant:
        """Fail in the same way."""
        raise self.failure
