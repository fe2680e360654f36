"""Combining estimates: the same matter pays once, at its highest; different matters add up.

What the texts forbid is dropped with the clause that says so; what they leave open is warned about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, product

from assistant.calculator.explain import yuan
from assistant.calculator.facts import FactSheet
from assistant.calculator.validity import standing
from assistant.conversation import Dropped, Estimate, EstimateStatus, Total
from corpus.model.document import Span
from corpus.model.measure import CapScope, Measure
from corpus.store import Corpus

SEPARATE_MATTERS = "projects_are_separate"
_SHARED_SCOPES = frozenset({CapScope.ENTERPRISE_YEAR, CapScope.PROJECT_CUMULATIVE})


@dataclass(frozen=True, slots=True)
class Claim:
    """One award to be combined: what it pays, the matter it is for, and the caps it may share."""

    measure: Measure
    amount: Decimal
    is_alone: bool

    @property
    def matter(self) -> tuple[str, str]:
        """Return what excludes it from others: the rule and the matter, or itself where no rule applies."""
        rule = self.measure.cumulation
        if rule is None or self.is_alone:
            return "", self.measure.id
        return rule.group, rule.matter


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best permitted set and what it pays."""

    claims: tuple[Claim, ...]
    total: Decimal


def combine(estimates: Sequence[Estimate], facts: FactSheet, corpus: Corpus, as_of: date) -> Total:
    """Add up estimates by the texts' own rules: in force, drafted, and of both apart what nobody confirmed.

    Each measure counts once however often it is given, and only where its document stands on `as_of` as
    the estimate says: an estimate made for another day never slips into a total.
    """
    statuses = (EstimateStatus.PAYABLE, EstimateStatus.DRAFT)
    apart = [
        [
            one
            for one in _claims(estimates, status, facts, corpus, as_of)
            if one.measure.is_reviewed is is_sure
        ]
        for is_sure in (True, False)
        for status in statuses
    ]
    best = [choose(claims, facts) for claims in apart]
    in_force, draft, unreviewed, unreviewed_draft = (one.total if one.claims else None for one in best)
    kept = [claim for one in best for claim in one.claims]
    dropped = tuple(drop for claims, one in zip(apart, best, strict=True) for drop in _dropped(claims, one))
    return Total(
        in_force=in_force,
        draft=draft,
        unreviewed=unreviewed,
        unreviewed_draft=unreviewed_draft,
        chosen=tuple(claim.measure.id for claim in kept),
        dropped=dropped,
        warnings=tuple(_warnings(kept, bool(dropped), facts, corpus)),
    )


def choose(claims: Sequence[Claim], facts: FactSheet) -> Chosen:
    """Return the permitted set that pays most; of equal ones, the first in order."""
    matters: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        matters.setdefault(claim.matter, []).append(claim)
    shared = {cap for cap, users in _cap_users(claims).items() if len(users) > 1}
    options = [
        _options(group) if any(shared & _cap_keys(claim) for claim in group) else [_highest(group)]
        for group in matters.values()
    ]
    picks: Iterable[tuple[Claim, ...]] = product(*options) if options else ()
    best = max(picks, key=lambda pick: total_of(pick, facts), default=())
    kept = tuple(claim for claim in claims if claim in best)
    return Chosen(kept, total_of(kept, facts))


def total_of(claims: Sequence[Claim], facts: FactSheet) -> Decimal:
    """Add up claims; a cap whose very words several of them share is shared by them."""
    total = sum((claim.amount for claim in claims), Decimal(0))
    for key, users in _cap_users(claims).items():
        if len(users) > 1:
            total -= max(
                sum((claim.amount for claim in users), Decimal(0)) - _room(users[0], key, facts), Decimal(0)
            )
    return total


def _claims(
    estimates: Sequence[Estimate], status: EstimateStatus, facts: FactSheet, corpus: Corpus, as_of: date
) -> tuple[Claim, ...]:
    is_alone = facts.told(SEPARATE_MATTERS) is True
    amounts = {
        one.measure: one.amount for one in estimates if one.status is status and one.amount is not None
    }
    return tuple(
        Claim(corpus.measure(name), amount, is_alone)
        for name, amount in amounts.items()
        if standing(corpus.document_of(name), as_of).status is status
    )


def _highest(group: list[Claim]) -> Claim:
    return max(group, key=lambda claim: claim.amount)


def _options(group: list[Claim]) -> list[Claim]:
    return sorted(group, key=lambda claim: -claim.amount)


def _cap_keys(claim: Claim) -> set[Span]:
    return {cap.amount.span for cap in claim.measure.caps if cap.per in _SHARED_SCOPES}


def _cap_users(claims: Iterable[Claim]) -> dict[Span, list[Claim]]:
    users: dict[Span, list[Claim]] = {}
    for claim in claims:
        for key in sorted(_cap_keys(claim), key=lambda span: (span.clause_id, span.start)):
            users.setdefault(key, []).append(claim)
    return users


def _room(claim: Claim, key: Span, facts: FactSheet) -> Decimal:
    cap = next(cap for cap in claim.measure.caps if cap.amount.span == key)
    received = facts.number(cap.received) if cap.received else None
    return max(cap.amount.value.yuan - (received or Decimal(0)), Decimal(0))


def _dropped(claims: Sequence[Claim], best: Chosen) -> tuple[Dropped, ...]:
    winners = {claim.matter: claim for claim in best.claims}
    return tuple(
        _drop(claim, winners[claim.matter])
        for claim in claims
        if claim not in best.claims and claim.matter in winners
    )


def _drop(claim: Claim, winner: Claim) -> Dropped:
    rule = claim.measure.cumulation
    assert rule is not None
    reason = (
        f"与「{winner.measure.name}」属同一事项（{rule.matter}），就高不重复："
        f"取 {yuan(winner.amount)}，不再计 {yuan(claim.amount)}"
    )
    return Dropped(claim.measure.id, reason, (rule.span,))


def _warnings(kept: Sequence[Claim], any_dropped: bool, facts: FactSheet, corpus: Corpus) -> Iterable[str]:
    if any_dropped and facts.told(SEPARATE_MATTERS) is None:
        yield "按同一事项处理；如果确属不同的项目，可分别申报，请说明后重新测算"
    yield from _across_levels(kept, corpus)
    yield from _same_base(kept, facts)
    for users in _cap_users(kept).values():
        if len(users) > 1:
            names = "、".join(f"「{claim.measure.name}」" for claim in users)
            yield f"{names}共用同一上限，合计已按该上限计"


def _across_levels(kept: Sequence[Claim], corpus: Corpus) -> Iterable[str]:
    """Warn where city and district may pay for one matter: the texts settle that for none of them."""
    levels: dict[str, list[Claim]] = {}
    for claim in kept:
        level = corpus.document_of(claim.measure.id).level
        if level is not None:
            levels.setdefault(level, []).append(claim)
    if len(levels) < 2:
        return
    for first, second in combinations(levels.values(), 2):
        one, two = _names(first), _names(second)
        yield f"{one}与{two}出自不同层级的文件：原文未规定同一事项能否兼得，已分别列出，请向主管部门确认"


def _same_base(kept: Sequence[Claim], facts: FactSheet) -> Iterable[str]:
    """Warn where one sum of money is the base of several awards that no rule ranks."""
    users: dict[str, list[Claim]] = {}
    for claim in kept:
        for name in claim.measure.amount_facts[:1]:
            users.setdefault(name, []).append(claim)
    if facts.told(SEPARATE_MATTERS) is True:
        return
    for name, claims in users.items():
        if len(claims) > 1 and facts.number(name) is not None:
            base = f"{_names(claims)}都按同一笔「{facts.label(name)}」计算"
            yield f"{base}：如为同一项目，请向主管部门确认能否兼得"


def _names(claims: Sequence[Claim]) -> str:
    return "、".join(f"「{claim.measure.name}」" for claim in claims)
