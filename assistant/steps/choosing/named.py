"""Which measures a question calls by name: alternatives told apart, and a second award beside the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.steps.gathering.bids import sayings_of
from assistant.steps.retrieve import is_under
from assistant.steps.state import State
from assistant.steps.subjects import Subject
from corpus.glossary import Term
from corpus.model.measure import Measure
from corpus.reading.numerals import Kind

_TELLING = 4
_LINKS = "是为有约共付了花掉一年"


def named_apart(group: tuple[Subject, ...], terms: Sequence[Term]) -> list[tuple[Subject, ...]]:
    """Return the alternatives that terms of their own name as matters apart; they are meant, each."""
    named = [
        one
        for one in group
        if any(is_named(one, (term,)) and sum(is_named(o, (term,)) for o in group) == 1 for term in terms)
    ]
    if len(named) < 2:
        return [group]
    heard = frozenset().union(*(one.covered for one in named))
    rest = tuple(one for one in group if one not in named and one.covered - heard)
    return [*((one,) for one in named), *((rest,) if rest else ())]


def named_beside(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the measures named by a term that no chosen subject hears: a second certificate or award."""
    found: dict[str, Subject] = {}
    chosen = [one for group in groups for one in group]
    for term in state.reading.terms if chosen else ():
        meant = [one for one in state.context.subjects.measured if is_named(one, (term,))]
        if len(meant) == 1 and not any(hears(one, term, state) for one in chosen):
            found.setdefault(meant[0].id, meant[0])
    return [(one,) for one in found.values()]


def worded_beside(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the measures of the chosen clauses whose own base stands before a sum (贷款利息300万)."""
    chosen = [one for group in groups for one in group]
    clauses = {one.clause_id for one in chosen}
    taken = {at for one in chosen if one.measure for at in _sums_of(one.measure, state)}
    beside = (
        one
        for one in state.context.subjects.measured
        if one.clause_id in clauses and one.id not in {o.id for o in chosen}
    )
    return [(one,) for one in beside if one.measure and _sums_of(one.measure, state) - taken]


def _sums_of(measure: Measure, state: State) -> frozenset[int]:
    """Return where the sums stand that follow telling words of a base (利息, 保费, 核定总投入)."""
    facts = [state.context.corpus.facts[name] for name in measure.amount_facts[:1]]
    names = tuple(sayings_of(measure, state.context.glossary))
    words = tuple(
        word
        for fact in facts
        for word in (fact.label, *fact.hints)
        if fact.needs_words or len(word) >= _TELLING
    ) + tuple(f"{name}{word}" for name in names for fact in facts for word in state.context.words_of(fact))
    sums = (found.start for found in state.reading.quantities if found.kind is Kind.MONEY)
    return frozenset(at for at in sums if state.reading.text[:at].rstrip(_LINKS).endswith(words))


def hears(subject: Subject, term: Term, state: State) -> bool:
    """Tell whether a subject speaks of a term: by name, in its words, or in the facts it asks for."""
    names = subject.measure.fact_names if subject.measure else ()
    facts = [state.context.corpus.facts[name] for name in names if name in state.context.corpus.facts]
    words = "\n".join((subject.words, *(word for fact in facts for word in state.context.words_of(fact))))
    return is_named(subject, (term,)) or any(saying in words for saying in (*term.says, *term.means))


def is_named(subject: Subject, terms: Iterable[Term]) -> bool:
    """Tell whether one of the terms, in the text's own words, stands in what the subject grants."""
    return any(
        is_under(subject.clause_id, term.at) and all(word in subject.words for word in term.means)
        for term in terms
    )
