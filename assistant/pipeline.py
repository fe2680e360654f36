"""Answering one question: the STEPS in order, each a function from state to state."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import (
    Answer,
    Answered,
    Event,
    Outcome,
    Question,
    StepStarted,
    TextPiece,
    Turn,
)
from assistant.ports import ConversationStore, NotKeptError
from assistant.run import Run
from assistant.steps.admit import admit
from assistant.steps.calculate import calculate
from assistant.steps.check import check
from assistant.steps.choose import choose
from assistant.steps.compose import compose
from assistant.steps.gather import gather
from assistant.steps.labels import step_labels
from assistant.steps.recall import recall
from assistant.steps.retrieve import retrieve
from assistant.steps.route import route
from assistant.steps.state import Desk, State, Step
from assistant.steps.understand import understand
from assistant.wording.pieces import pieces

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
        *_, last = self.stream(question)
        if not isinstance(last, Answered):
            raise TypeError("a stream of events ends with the answer")
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield each step as it starts, then the checked text piece by piece, then the whole answer.

        Whoever stops listening loses nothing: the turn is worked out and remembered all the same.
        """
        run = Run(State(self._desk, question, question.as_of), self._steps)
        try:
            yield from self._worked_out(run)
            self._keep(run)
            yield from map(TextPiece, pieces(run.answer.text))
        finally:
            self._keep(run)
        yield Answered(replace(run.answer, question=question.text, timings_ms=tuple(run.timings)))

    def _worked_out(self, run: Run) -> Iterator[Event]:
        try:
            run.state = self._recalled(run.state.question)
            while run.is_open:
                yield StepStarted(run.next_name, step_labels().get(run.next_name, ""))
                run.advance()
        except Exception:
            log.exception("a question could not be answered")
            run.fail()

    def _keep(self, run: Run) -> None:
        """Work out what a stream nobody listens to any more left undone; remember the turn, once."""
        if run.is_kept:
            return
        run.is_kept = True
        try:
            while run.is_open:
                run.advance()
            run.settle(self._remembered(run.state, run.answer))
        except Exception:
            log.exception("a question could not be answered")
            run.fail()

    def _recalled(self, question: Question) -> State:
        """Return the question's first state, with the turns before it that it may lean on."""
        state = State(self._desk, question, question.as_of)
        if question.history or question.conversation_id is None:
            return state
        try:
            turns = self._conversations.turns(question.conversation_id)
        except NotKeptError as error:
            turns = error.turns
            why = "" if turns else self._desk.replies.say("not_recalled", why=error)
            state = replace(state, warnings=(why,) if why else ())
        return replace(state, question=replace(question, history=tuple(filter(_is_leaned_on, turns))))

    def _remembered(self, state: State, answer: Answer) -> Answer:
        """Keep the turn; where that fails, the answer says so and is otherwise what it was."""
        if answer.conversation_id is None or answer.outcome is Outcome.ERROR:
            return answer
        try:
            self._conversations.append(answer.conversation_id, turn_of(state, answer), state.question.owner)
        except NotKeptError as error:
            warning = self._desk.replies.say("not_kept", why=error)
            return replace(answer, warnings=(*answer.warnings, warning))
        return answer


def _is_leaned_on(turn: Turn) -> bool:
    return turn.is_answer


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
        asked_date=state.reading.asked_date,
        as_of=answer.as_of,
    )
