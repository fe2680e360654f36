"""The profile of a company: what can be ticked, and which numbers are then worth asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model.measure import Fact, FactScope
from corpus.model.values import Unit

if TYPE_CHECKING:
    from corpus.store import Corpus

YES, NO = "是", "否"
_MANY = 0.25


@dataclass(frozen=True, slots=True)
class Ticks:
    """What can be ticked, as (label, fact): what the company is or has, and what it does or plans."""

    company: tuple[tuple[str, str], ...]
    matters: tuple[tuple[str, str], ...]


def plain_facts(corpus: Corpus) -> tuple[Fact, ...]:
    """Return the facts that a good part of all measures ask for: they are asked on their own, first."""
    asked = Counter(name for measure in corpus.measures for name in measure.fact_names)
    least = len(corpus.measures) * _MANY
    names = [name for name, times in asked.items() if times >= least]
    return tuple(corpus.facts[name] for name in names if corpus.facts[name].unit == Unit.YES_NO)


def ticks(corpus: Corpus) -> Ticks:
    """Return what can be ticked, without what only limits a sum already received."""
    received = _received(corpus) | {fact.name for fact in plain_facts(corpus)}
    asked = {name for measure in corpus.measures for name in measure.fact_names}
    facts = [
        fact
        for fact in corpus.facts.values()
        if fact.unit == Unit.YES_NO and fact.name in asked and fact.name not in received
    ]
    company = tuple((fact.label, fact.name) for fact in facts if fact.scope is FactScope.COMPANY)
    matters = tuple((fact.label, fact.name) for fact in facts if fact.scope is not FactScope.COMPANY)
    return Ticks(company, matters)


def numbers_worth_asking(pointed: Sequence[str], corpus: Corpus) -> tuple[Fact, ...]:
    """Return the sums, counts and levels that measures singled out so far are computed from."""
    received = _received(corpus)
    measures = [corpus.measure(name) for name in pointed]
    names = dict.fromkeys(name for measure in measures for name in measure.fact_names)
    facts = (corpus.facts[name] for name in names if name not in received)
    return tuple(fact for fact in facts if fact.unit != Unit.YES_NO)


def profile_facts(
    plain: Mapping[str, str | None],
    company: Iterable[str],
    matters: Iterable[str],
    numbers: Mapping[str, str],
) -> dict[str, str]:
    """Return what a filled-in profile tells, by fact."""
    said = {name: value for name, value in plain.items() if value in {YES, NO}}
    return {**said, **dict.fromkeys((*company, *matters), YES), **numbers}


def _received(corpus: Corpus) -> frozenset[str]:
    names: set[str] = set()
    for measure in corpus.measures:
        names |= {cap.received for cap in measure.caps if cap.received is not None}
        names |= {measure.one_off.value} if measure.one_off else set()
        names |= {measure.tops_up.value} if measure.tops_up else set()
    return frozenset(names)
