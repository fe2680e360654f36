"""A small made-up registry, so that the rules of combination meet cases the five documents do not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from assistant.conversation import Estimate, EstimateStatus
from corpus.model.document import (
    Clause,
    ClauseKind,
    ClausePath,
    PolicyDocument,
    SourceNature,
    Span,
    ValidityPeriod,
)
from corpus.model.measure import (
    Cap,
    CapScope,
    Cumulation,
    Fact,
    Measure,
    ShareOfBase,
    Sourced,
    SupportKind,
)
from corpus.model.values import Money, Rate, Unit
from corpus.store import Corpus

DAY = date(2026, 6, 30)
FACTS = {
    "investment": Fact("investment", "投资额", Unit.YUAN, "投资额是多少？", ("投了",)),
    "received": Fact("received", "本年度已获", Unit.YUAN, "已获多少？（没有请填 0元）"),
    "projects_are_separate": Fact("projects_are_separate", "是不同的项目", Unit.YES_NO, "是不同的项目吗？"),
}


def span(quote: str, start: int = 0, clause: str = "made-up/1") -> Span:
    return Span(clause, start, start + len(quote), quote)


def measure(
    number: int, *, rate: str = "0.3", cap: int | None = None, matter: str | None = None, shared_cap: int = 0
) -> Measure:
    """Make a share of the investment; measures with one `shared_cap` start run under the same words."""
    caps: tuple[Cap, ...] = ()
    if cap is not None:
        where = span(f"{cap}元", 1000 * shared_cap if shared_cap else 10_000 + number)
        scope = CapScope.ENTERPRISE_YEAR if shared_cap else CapScope.AWARD
        caps = (Cap(Sourced(Money.of(cap), where, span("不超过")), scope, None, "received"),)
    return Measure(
        id=f"made-up/1/m{number}",
        name=f"第{number}项",
        clause_id="made-up/1",
        kind=SupportKind.GRANT,
        passage=span("支持"),
        formula=ShareOfBase(Sourced(Rate.of(rate), span("30%")), Sourced("investment", span("投资额"))),
        caps=caps,
        cumulation=Cumulation("made-up/9", matter, span("就高不重复", clause="made-up/9"))
        if matter
        else None,
    )


def registry(*measures: Measure, nature: SourceNature = SourceNature.POLICY) -> Corpus:
    text = "支持投资额的30%"
    clause = Clause("made-up/1", "made-up", ClausePath(("1",)), ClauseKind.ITEM, "第一条", (), text, 0)
    document = PolicyDocument(
        "made-up",
        "虚拟办法",
        nature,
        text,
        (clause,),
        validity=ValidityPeriod(date(2026, 1, 1), date(2026, 12, 31)),
        level="city",
    )
    return Corpus((document,), measures, MappingProxyType(FACTS), (), (), "0" * 64)


def paid(one: Measure, amount: int) -> Estimate:
    return Estimate(one.id, one.name, EstimateStatus.PAYABLE, True, Decimal(amount))


def with_level(corpus: Corpus, level: str) -> Corpus:
    (document,) = corpus.documents
    return replace(corpus, documents=(replace(document, level=level),))
