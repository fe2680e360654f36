"""Answering one question: the STEPS in order, each a function from state to state."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from assistant.conversation import Answer, Outcome, Question, Turn
from assistant.ports import ConversationStore
from assistant.steps.admit import admit
from assistant.steps.calculate import calculate
from assistant.steps.check import check
from assistant.steps.choose import choose
from assistant.steps.compose import compose
from assistant.steps.gather import gather
from assistant.steps.recall import recall
from assistant.steps.retrieve import retrieve
from assistant.steps.route import route
from assistant.steps.state import Desk, State, Step, settled
from assistant.steps.understand import understand

log = logging.getLogger(__name__)

STEPS: tuple[Step, ...] = (
    admit,  # is it a question at all
    understand,  # what is asked, of which document, on which day
    recall,  # what earlier turns already said
    retrieve,  # clauses and measures that bear on it
    route,  # does the corpus answer it
    choose,  # which measures are meant
    gather,  # which facts were stated
    calculate,  # the sums
    compose,  # the sentences
    check,  # every number and quote held against its source
)


class Assistant:
    """Answers questions about the corpus on its desk, remembering conversations."""

    def __init__(self, desk: Desk, conversations: ConversationStore, steps: tuple[Step, ...] = STEPS) -> None:
        self._desk = desk
        self._conversations = conversations
        self._steps = steps

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question; whatever goes wrong ends in an answer, too."""
        started = time.perf_counter()
        timings: list[tuple[str, int]] = []
        try:
            state = State(self._desk, self._with_history(question), question.as_of)
            for step in self._steps:
                state = _timed(step, state, timings)
                if state.answer is not None:
                    break
            answer = state.answer or settled(state, Outcome.ERROR, self._desk.replies.say("error"))
            self._remember(state, answer)
        except Exception:
            log.exception("a question could not be answered")
            state = State(self._desk, question, question.as_of)
            answer = settled(state, Outcome.ERROR, self._desk.replies.say("error"))
        log.debug("answered in %.1f ms", (time.perf_counter() - started) * 1000)
        return replace(answer, question=question.text, timings_ms=tuple(timings))

    def _with_history(self, question: Question) -> Question:
        if question.history or question.conversation_id is None:
            return question
        return replace(question, history=self._conversations.turns(question.conversation_id))

    def _remember(self, state: State, answer: Answer) -> None:
        if answer.conversation_id is not None and answer.outcome in {Outcome.ANSWERED, Outcome.NEEDS_INPUT}:
            self._conversations.append(answer.conversation_id, turn_of(state, answer))


def turn_of(state: State, answer: Answer) -> Turn:
    """Return what later turns may lean on; alternatives that the question did not tell apart included."""
    clauses = tuple(dict.fromkeys(one.span.clause_id for one in answer.citations))
    return Turn(
        question=answer.question,
        answer_text=answer.text,
        outcome=answer.outcome,
        facts=state.facts.given,
        measures=tuple(measure.id for measure in state.measures),
        clauses=clauses[:1],
        intents=tuple(intent.value for intent in sorted(state.reading.intents)),
        asked=answer.missing[0].fact if answer.missing else None,
        own=state.facts.own,
        groups=tuple(tuple(measure.id for measure in group) for group in state.meant),
    )


def _timed(step: Step, state: State, timings: list[tuple[str, int]]) -> State:
    started = time.perf_counter()
    result = step(state)
    timings.append((step.__name__, round((time.perf_counter() - started) * 1000)))
    return result
