"""The highest or lowest award (哪一项最高): over the registry, ties and what has no cap said too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate
from assistant.steps.compose.quoting import place
from assistant.steps.compose.reviewing import unreviewed_mark
from assistant.steps.intents import asks_superlative
from assistant.steps.routing.within import asked_apart
from assistant.steps.state import Line, State
from corpus.model.document import DocumentStatus, PolicyDocument
from corpus.model.measure import Measure
from corpus.model.values import Money
from corpus.reading.numerals import format_money

_ON_TOPIC = 0.6


def superlative_lines(state: State, documents: Sequence[PolicyDocument]) -> tuple[Line, ...]:
    """Return what gives most (or least) among the documents: what is in force and what is drafted apart."""
    slugs = {one.slug for one in documents}
    measures = [one for one in _on_topic(state) if one.document in slugs]
    drafts = {one.slug for one in documents if one.status_on(state.as_of) is DocumentStatus.DRAFT}
    in_force = [one for one in measures if one.document not in drafts]
    drafted = [one for one in measures if one.document in drafts]
    return (
        *_extremes(state, in_force, ""),
        *_extremes(state, drafted, state.context.replies.say("draft_mark")),
    )


def _on_topic(state: State) -> Iterable[Measure]:
    """Return the measures on the topic the question names besides, all where it names none."""
    ranked = state.context.subjects.rank(asked_apart(state, is_worded=False))
    near = [one.measure for one in ranked if one.measure and one.own >= _ON_TOPIC]
    return near or state.context.corpus.measures


def _extremes(state: State, measures: Sequence[Measure], mark: str) -> Iterator[Line]:
    corpus, say = state.context.corpus, state.context.replies.say
    sheet = FactSheet.parse({}, corpus.facts)
    rules = [(one, estimate(one, sheet, state.as_of, corpus)) for one in measures]
    sized = [(_most(rule), one, rule) for one, rule in rules]
    known = [most for most, _, _ in sized if most is not None]
    open_ended = [one for most, one, _ in sized if most is None]
    asked = asks_superlative(state)
    if asked == "开" or not known:
        yield from _open(state, open_ended, mark)
        return
    is_high = asked != "低"
    best = max(known) if is_high else min(known)
    found = [(one, rule) for most, one, rule in sized if most == best]
    name = "extreme_high" if is_high else "extreme_low"
    amount = format_money(Money(best))
    head = mark + say(name, amount=amount, count=len(found))
    yield Line(head, (), (head,))
    for one, rule in found:
        text = "；".join(step.text for step in rule.steps)
        where = place(corpus.clause(one.clause_id), corpus.document(one.document))
        item = say("company_item", name=one.name, place=where, rule=text) + unreviewed_mark(state, one)
        yield Line(item, (one.passage,), (text,))
    if open_ended and is_high:
        names = "、".join(one.name for one in open_ended)
        yield Line(say("extreme_open", names=names), tuple(one.passage for one in open_ended))


def _open(state: State, measures: Sequence[Measure], mark: str) -> Iterator[Line]:
    """Yield the awards whose sum no text limits."""
    if measures:
        names = "、".join(one.name for one in measures)
        text = mark + state.context.replies.say("open_ended", names=names)
        yield Line(text, tuple(one.passage for one in measures))


def _most(one: Estimate) -> Decimal | None:
    """Return the most an award can come to, None where the text sets no limit."""
    if one.amount is not None:
        return one.amount
    return one.range[1] if one.range else None
