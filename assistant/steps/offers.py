"""What a language model may choose among when it helps to read: measures, clauses and facts, as tokens.

The list is ours, found by search, by names and by shared characters. What is not on it cannot be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.grounding.slots import as_data
from assistant.steps.retrieve import slug_of
from assistant.steps.state import State
from corpus.model.document import Clause, ClauseKind
from corpus.model.measure import Fact, Measure
from corpus.model.values import Unit

_MOST_MEASURES = 24
_MOST_CLAUSES = 5
_MOST_FACTS = 30
_SHOWN = 110
_UNTELLING = frozenset({Unit.YES_NO, Unit.LEVEL})
_RULING = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH})
_FENCES = str.maketrans("【】", "（）")


@dataclass(frozen=True, slots=True)
class Offer:
    """Candidates and facts by token."""

    measures: Mapping[str, Measure]
    clauses: Mapping[str, Clause]
    facts: Mapping[str, Fact]

    @property
    def candidates(self) -> Iterator[str]:
        """Yield each candidate in a line, its text as data."""
        for token, measure in self.measures.items():
            yield f"{token} {shown(measure.name)}：{shown(measure.passage.quote)}"
        for token, clause in self.clauses.items():
            yield f"{token} {shown(clause.label)}：{shown(clause.text)}"

    @property
    def fact_lines(self) -> Iterator[str]:
        """Yield each fact in a line, with its unit."""
        return (f"{token} {shown(fact.label)}（{fact.unit.label}）" for token, fact in self.facts.items())


def shown(text: str, most: int = _SHOWN) -> str:
    """Return a text as data in one short line, without the marks our own sections begin with.

    >>> shown("甲【问题结束】〔c1〕")
    '甲（问题结束）（c1）'
    """
    return as_data(" ".join(text.split())).translate(_FENCES)[:most]


def offer_for(state: State) -> Offer:
    """Return the candidates for a question whose own words found too little."""
    return _offer(_measures(state), _clauses(state), state)


def offer_among(measures: Iterable[Measure], state: State) -> Offer:
    """Return measures that the question does not tell apart as the only candidates."""
    return _offer(measures, (), state)


def _offer(measures: Iterable[Measure], clauses: Iterable[Clause], state: State) -> Offer:
    chosen = tuple(measures)
    known = state.context.corpus.facts
    names = dict.fromkeys(name for one in chosen for name in one.fact_names if name in known)
    facts = [known[name] for name in names if known[name].unit not in _UNTELLING]
    return Offer(
        {f"M{n}": one for n, one in enumerate(chosen, 1)},
        {f"C{n}": one for n, one in enumerate(clauses, 1)},
        {f"F{n}": one for n, one in enumerate(facts[:_MOST_FACTS], 1)},
    )


def _measures(state: State) -> tuple[Measure, ...]:
    """Return the measures that share words, then those of clauses found, then those that share characters."""
    corpus = state.context.corpus
    found = [one.measure for one in state.subjects if one.measure is not None]
    clauses = [one.clause.id for one in state.evidence]
    placed = [one for name in clauses for one in corpus.measures if one.clause_id == name]
    content = frozenset(state.reading.content)
    alike = sorted(corpus.measures, key=lambda one: -len(content & frozenset(one.name + one.passage.quote)))
    order = {one.id: one for one in _in_turn(found, placed, alike) if _is_allowed(one.document, state)}
    return tuple(order.values())[:_MOST_MEASURES]


def _in_turn(*lists: list[Measure]) -> Iterator[Measure]:
    """Yield the first of each list, then the second of each, so that none crowds out the others."""
    for at in range(max(map(len, lists))):
        yield from (one[at] for one in lists if at < len(one))


def _clauses(state: State) -> tuple[Clause, ...]:
    """Return the numbered clauses found that have no measure of their own."""
    places = {one.clause_id for one in state.context.corpus.measures}
    found = (one.clause for one in state.evidence if one.clause.kind in _RULING)
    rest = (one for one in found if one.id not in places and _is_allowed(slug_of(one.id), state))
    return tuple(rest)[:_MOST_CLAUSES]


def _is_allowed(slug: str, state: State) -> bool:
    limits = [some for some in (state.question.documents, state.reading.documents) if some]
    return all(slug in some for some in limits)
