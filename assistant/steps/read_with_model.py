"""Where the words alone found too little, a language model may help to read the question. Nothing more.

It chooses among candidates that we list, and points at numbers that the question writes. From a refusal
its reading leads to a question to the person (「您问的是不是…」), never to an answer: words that share none
of a clause bear nothing out, and the person's own 「是」 does. Between alternatives it may choose only one
that the question's words speak for, too. One try; whatever goes wrong, all is as without the model.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.conversation import Outcome, Turn
from assistant.grounding.prompts import prompt
from assistant.ports import Message
from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.gather import gather
from assistant.steps.model_reading import ModelReading, heard, is_borne_out, measures_of, quantities_of
from assistant.steps.offers import Offer, offer_among, offer_for, shown
from assistant.steps.route import foreign_matters, foreign_places, route
from assistant.steps.state import State, Step, settled
from corpus.model.measure import Measure
from corpus.model.values import Unit

CONFIRM = "confirm_reading"
_SHARE = 0.4  # of the time a model has for an answer
_TURNS = 3
_LONGEST = 600
_UNNUMBERED = frozenset({Unit.YES_NO, Unit.LEVEL})
_YES = re.compile(
    r"^(?:是的|没错|对的|正是|就是(?:这个|它|这项)?|是|对|嗯+)(?=[,，。.！!呀啊、\s]|$)|^第[一二三123][个项]"
)


def with_reading(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with a model's help in its two places: before a refusal, and among alternatives."""
    around: dict[str, tuple[Step, ...]] = {
        route.__name__: (read_if_refused, route),
        gather.__name__: (gather, read_apart),
    }
    return tuple(one for step in steps for one in around.get(step.__name__, (step,)))


def confirmed(history: Iterable[Turn], text: str) -> tuple[Turn, ...]:
    """Return the turns without those that asked 「您问的是不是…」 and got no plain yes."""
    turns = tuple(history)
    replies = (*(turn.question for turn in turns), text)[1:]
    pairs = zip(turns, replies, strict=True)
    return tuple(turn for turn, reply in pairs if turn.asked != CONFIRM or _YES.search(reply.strip()))


def read_if_refused(state: State) -> State:
    """Ask the person whether they mean what a model reads, where the words alone would be refused."""
    if not _is_refused(state):
        return state
    offer = offer_for(state)
    reading, state = _read(offer, state)
    if reading is None:
        return state
    measures = measures_of(reading, offer)
    clauses = tuple(offer.clauses[token] for token in reading.means if token in offer.clauses)
    meant = (measures,) if measures else ()
    told = _with_numbers(gather(replace(state, meant=meant)), reading, offer)
    intents = told.reading.intents or frozenset({Intent(reading.asks or Intent.AMOUNT)})
    told = replace(told, reading=replace(told.reading, intents=intents), is_read_with_model=True)
    names = (*(one.id for one in measures), *(one.id for one in clauses))
    labels = (
        *(f"《{_title(one.document, state)}》的「{one.name}」" for one in measures),
        *(f"《{_title(one.document, state)}》的{one.label}" for one in clauses),
    )
    choices = "，还是".join(labels)
    told = replace(told, confirming=names)
    return replace(told, answer=settled(told, Outcome.NEEDS_INPUT, _question(told, choices), _next(told)))


def read_apart(state: State) -> State:
    """Keep the one alternative that a model reads and that the question's own words speak for."""
    undecided = [group for group in state.meant if len(group) > 1]
    if len(undecided) != 1 or state.is_attack or state.reading.is_follow_up:
        return state
    offer = offer_among(undecided[0], state)
    reading, state = _read(offer, state)
    measures = measures_of(reading, offer) if reading else ()
    if reading is None or len(measures) != 1 or not _speaks_for(measures[0], undecided[0], state):
        return state
    meant = tuple(measures if group == undecided[0] else group for group in state.meant)
    told = _with_numbers(gather(replace(state, meant=meant)), reading, offer)
    return replace(told, is_read_with_model=True)


def with_note(state: State) -> State:
    """Say in the answer that a model helped to read the question."""
    answer = state.answer
    if answer is None or answer.read_with_model or not state.is_read_with_model:
        return state
    warnings = (*answer.warnings, state.context.replies.say("read_with_model"))
    return replace(state, answer=replace(answer, warnings=warnings, read_with_model=True))


def _is_refused(state: State) -> bool:
    """Tell whether the question would be refused only because no clause has enough of its words.

    To show the nearest clause beside the refusal is a refusal all the same.
    """
    if state.is_attack or not state.reading.query_terms or foreign_places(state) or foreign_matters(state):
        return False
    routed = route(state)
    refused = routed.answer is not None and routed.answer.outcome is Outcome.NOT_COVERED
    return refused or routed.is_closest


def _read(offer: Offer, state: State) -> tuple[ModelReading | None, State]:
    """Return what a model reads, where all of it is borne out, and the state with the time it took."""
    reader = state.context.reader
    if reader is None or not (offer.measures or offer.clauses):
        return None, state
    started = time.monotonic()
    reading = heard(reader, _messages(offer, state), state.context.model_seconds * _SHARE)
    state = replace(state, model_spent=state.model_spent + time.monotonic() - started)
    return (reading if reading is not None and is_borne_out(reading, offer, state) else None), state


def _messages(offer: Offer, state: State) -> tuple[Message, ...]:
    turns = state.question.history[-_TURNS:]
    subjects = (state.context.corpus.measure(name).name for turn in turns for name in turn.measures[:2])
    task = prompt(
        "read_question",
        question=shown(state.question.text, _LONGEST),
        before="、".join(dict.fromkeys(map(shown, subjects))) or "无",
        candidates="\n".join(offer.candidates),
        facts="\n".join(offer.fact_lines) or "无",
    )
    return Message("system", prompt("read")), Message("user", task)


def _with_numbers(state: State, reading: ModelReading, offer: Offer) -> State:
    """Give facts the numbers read for them, where our own binding used neither the fact nor the number."""
    facts = state.facts
    used, doubted = {words for _, words in facts.given}, {one.fact for one in facts.doubts}
    added = tuple(
        (fact.name, found.text)
        for fact, found in quantities_of(reading, offer, state)
        if found.text not in used and fact.name not in facts.sheet and fact.name not in doubted
    )
    unused = tuple(words for words in facts.unused if words not in {said for _, said in added})
    return replace(state, facts=replace(facts, given=(*facts.given, *added), unused=unused))


def _speaks_for(one: Measure, group: Sequence[Measure], state: State) -> bool:
    """Tell whether the question has a word of one alternative's name that no other one's name has."""
    said, own = _words(state.reading.text), _words(one.name)
    others = frozenset().union(*(_words(other.name) for other in group if other is not one))
    apart = (own - others) & said
    return bool(apart) and not any((_words(other.name) - own) & said for other in group if other is not one)


def _words(text: str) -> frozenset[str]:
    return frozenset(token for token in tokens(text) if len(token) > 1)


def _question(state: State, choices: str) -> str:
    say, known = state.context.replies.say, state.context.corpus.facts
    given = ((known[name], words) for name, words in state.facts.given)
    numbers = [(fact.label, words) for fact, words in given if fact.unit not in _UNNUMBERED]
    told = "、".join(say("confirm_number", words=words, label=label) for label, words in numbers)
    return say("confirm", choices=choices) + (say("confirm_numbers", told=told) if told else "")


def _next(state: State) -> tuple[str, ...]:
    """Return the questions to ask instead of a yes, one a measure, each in the corpus's own names."""
    say = state.context.replies.say
    return tuple(
        say("suggest_amount", title=_title(one.document, state), name=one.name) for one in state.measures
    )


def _title(slug: str, state: State) -> str:
    document = state.context.corpus.document(slug)
    return document.short_title or document.title
