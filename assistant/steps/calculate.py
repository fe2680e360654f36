"""Seventh step: the sums. Alternatives are each estimated; different matters are combined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.calculator.amount import estimate
from assistant.calculator.cumulation import combine
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import Estimate, MissingFact, Outcome, Total
from assistant.steps.cues import Intent
from assistant.steps.state import State

_SUMS = (Intent.AMOUNT, Intent.CUMULATION)


def calculate(state: State) -> State:
    """Estimate every measure meant where the question is about money or states facts."""
    if not state.meant or not wants_sums(state):
        return state
    corpus = state.desk.corpus
    try:
        shared = FactSheet.parse(state.facts.shared, corpus.facts)
        sheets = {
            one.id: FactSheet.parse(state.facts.sheet_of(one.id), corpus.facts) for one in state.measures
        }
        variants = tuple(_variants(state))
    except FactError as error:
        return replace(state, outcome=Outcome.NEEDS_INPUT, problem=str(error))
    estimates = tuple(
        estimate(measure, sheets[measure.id], state.as_of, corpus) for measure in state.measures
    )
    total = Total() if variants else _total(state, estimates, shared)
    return replace(state, estimates=estimates, variants=variants, total=total)


def _variants(state: State) -> Iterator[tuple[str, str, Estimate]]:
    """Yield the estimates for further values of a fact: which fact, the words, the estimate."""
    corpus = state.desk.corpus
    for name, words in state.facts.others:
        for measure in state.measures:
            if name in measure.fact_names:
                sheet = FactSheet.parse({**state.facts.sheet_of(measure.id), name: words}, corpus.facts)
                yield name, words, estimate(measure, sheet, state.as_of, corpus)


def wants_sums(state: State) -> bool:
    """Tell whether an amount is asked for, openly or by stating the facts one is computed from."""
    reading = state.reading
    others = reading.asks(
        Intent.RESPONSIBLE_BODY, Intent.VALIDITY, Intent.ABOUT, Intent.PROCEDURE, Intent.LOOKUP
    )
    if reading.asks(*_SUMS):
        return True
    return bool(state.facts.given or state.facts.doubts) and bool(reading.quantities) and not others


def _total(state: State, estimates: tuple[Estimate, ...], sheet: FactSheet) -> Total:
    """Combine one measure of each group; alternatives of one group are never added up."""
    sure = {group[0].id for group in state.meant if len(group) == 1}
    chosen = tuple(one for one in estimates if one.measure in sure)
    return combine(chosen, sheet, state.desk.corpus, state.as_of) if chosen else Total()


def open_questions(state: State) -> tuple[MissingFact, ...]:
    """Return what is still to be asked: doubts first, then what the estimates miss, each once."""
    asked = {doubt.fact: doubt for doubt in state.facts.doubts}
    for one in state.estimates:
        for missing in one.missing:
            asked.setdefault(missing.fact, missing)
    return tuple(asked.values())
