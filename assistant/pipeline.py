"""Answering one question: the STEPS in order, each a function from state to state."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
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
    WordedBy,
)
from assistant.grounding.sentences import sentences
from assistant.ports import ConversationStore, LanguageModel, NotKeptError
from assistant.run import Run, guarded
from assistant.steps.calculate import calculate
from assistant.steps.check import check
from assistant.steps.choose import choose
from assistant.steps.compose import compose
from assistant.steps.cues import Intent
from assistant.steps.earlier.leaning import says_what_it_is
from assistant.steps.gather import gather
from assistant.steps.gathering.retold import is_of_another_year, is_supposed
from assistant.steps.injection_filter import filter_injection
from assistant.steps.labels import step_labels
from assistant.steps.phonetic_normalization import normalize_phonetics
from assistant.steps.read_with_model import CONFIRM, confirmed, with_reading
from assistant.steps.recall import recall
from assistant.steps.retrieve import retrieve
from assistant.steps.rewriting import is_rewritable, rewrite
from assistant.steps.route import route
from assistant.steps.state import AnswerContext, State, Step
from assistant.steps.understand import understand
from assistant.steps.validate_input import validate_input

STEPS: tuple[Step, ...] = (
    validate_input,  # is it a question at all
    filter_injection,  # without the words that would command the program
    normalize_phonetics,  # names written as they sound
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
    """Answers questions about the corpus of its context, remembering conversations."""

    def __init__(
        self, context: AnswerContext, conversations: ConversationStore, steps: tuple[Step, ...] = STEPS
    ) -> None:
        self._context = context
        self._conversations = conversations
        self._steps = with_reading(steps) if context.reader else steps

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
        run = Run(State(self._context, question, question.as_of), self._steps)
        try:
            yield from self._worked_out(run)
            yield from self._told(run)
        finally:
            self._keep(run)
        yield Answered(replace(run.answer, question=question.text, timings_ms=tuple(run.timings)))

    def _worked_out(self, run: Run) -> Iterator[Event]:
        with guarded(run):
            run.state = self._recalled(run.state.question)
            while run.is_open:
                yield StepStarted(run.next_name, step_labels().get(run.next_name, ""))
                run.advance()

    def _told(self, run: Run) -> Iterator[Event]:
        """Yield the text: as composed and checked, or worded by the model line by line as it passes."""
        model = self._context.model
        if model is None or not is_rewritable(run.answer):
            self._keep(run)
            yield from map(TextPiece, sentences(run.answer.text))
            return
        started = time.perf_counter()
        yield StepStarted(rewrite.__name__, step_labels()[rewrite.__name__])
        with guarded(run):
            yield from self._worded(run, model)
        if not run.is_worded:
            yield from self._told_as_composed(run)
        run.timed(rewrite.__name__, started)

    def _worded(self, run: Run, model: LanguageModel) -> Iterator[Event]:
        """Yield what the model writes and passes the guard over it; the answer it makes takes the place."""
        left = self._context.model_seconds - run.state.model_spent
        context = replace(self._context, model_seconds=max(left, 0.0))
        asked = replace(run.answer, question=run.state.question.text)
        with closing(rewrite(asked, context, model)) as worded:
            answer = yield from run.showing(worded)
        run.settle(answer)
        run.is_worded = True

    def _told_as_composed(self, run: Run) -> Iterator[Event]:
        """Yield the composed text after whatever was shown before the wording of it failed."""
        shown, composed = "".join(run.shown), run.answer
        rest = ("\n" if shown else "") + composed.text
        yield TextPiece(rest)
        note = self._context.replies.say("not_worded", why=self._context.replies.say("not_passed"))
        whose = WordedBy.PARTLY if shown else WordedBy.PROGRAM
        warnings = (*composed.warnings, note)
        run.settle(replace(composed, text=shown + rest, warnings=warnings, worded_by=whose))

    def _keep(self, run: Run) -> None:
        """Work out what a stream nobody listens to any more left undone; remember the turn, once."""
        if run.is_kept:
            return
        run.is_kept = True
        with guarded(run):
            while run.is_open:
                run.advance()
            run.settle(self._remembered(run.state, run.answer))
            return
        if run.answer.outcome is not Outcome.ERROR:
            run.settle(self._unkept(run.answer, ""))

    def _recalled(self, question: Question) -> State:
        """Return the question's first state, with the turns before it that it may lean on."""
        state = State(self._context, question, question.as_of)
        if question.history or question.conversation_id is None:
            return state
        try:
            turns = self._conversations.turns(question.conversation_id, question.owner)
        except NotKeptError as error:
            turns = error.turns
            why = "" if turns else self._context.replies.say("not_recalled", why=error)
            state = replace(state, warnings=(why,) if why else ())
        history = tuple(filter(_is_leaned_on, confirmed(turns, question.text)))
        return replace(state, question=replace(question, history=history))

    def _remembered(self, state: State, answer: Answer) -> Answer:
        """Keep the turn; where that fails, the answer says so and is otherwise what it was."""
        untold = tuple(warning for warning in state.warnings if warning not in answer.warnings)
        answer = replace(answer, warnings=(*untold, *answer.warnings))
        if answer.conversation_id is None or answer.outcome is Outcome.ERROR:
            return answer
        try:
            self._conversations.append(answer.conversation_id, turn_of(state, answer), state.question.owner)
        except NotKeptError as error:
            return self._unkept(answer, str(error))
        return answer

    def _unkept(self, answer: Answer, why: str) -> Answer:
        warning = self._context.replies.say("not_kept", why=why)
        return replace(answer, warnings=(*answer.warnings, warning))


def _is_leaned_on(turn: Turn) -> bool:
    return turn.is_answer or bool(turn.facts)


def _asked_for(state: State) -> tuple[str, ...]:
    """Return the intents; to state the facts a sum is computed from is to ask for the sum."""
    sums = {Intent.AMOUNT} if state.estimates else set()
    return tuple(intent.value for intent in sorted(state.reading.intents | sums))


def offered_by(state: State) -> tuple[str, ...]:
    """Return the measures or clauses an answer listed one by one, in its order."""
    listed = [line.spans[0] for line in state.lines if line.text.startswith("- ") and line.spans]
    places = {measure.passage: measure.id for measure in state.context.corpus.measures}
    if state.confirming:
        return state.confirming
    if len(state.measures) > 1 and (state.estimates or not listed):
        return tuple(measure.id for measure in state.measures)
    return tuple(dict.fromkeys(places.get(span, span.clause_id) for span in listed))


def _clauses_meant(state: State, cited: tuple[str, ...]) -> tuple[str, ...]:
    """Return the clause an answer is about: the first cited, or one a model read that is still to confirm."""
    read = tuple(name for name in state.confirming if name not in {one.id for one in state.measures})
    return (read or cited)[:1]


def _asked_back(state: State, answer: Answer) -> str | None:
    """Return what we asked back: a fact, or whether the reading of a model is right."""
    if state.confirming and answer.outcome is Outcome.NEEDS_INPUT:
        return CONFIRM
    return answer.missing[0].fact if answer.missing else None


def _supposed(state: State) -> tuple[str, ...]:
    """Return the facts that this question only supposes, or tells of another year."""
    text = state.reading.text
    told = (*(name for name, _ in state.facts.given), *(name for _, name, _ in state.facts.own))
    if is_of_another_year(text):
        return tuple(dict.fromkeys(told))
    if not is_supposed(text):
        return ()
    taken_over = {name for _, name, _ in state.facts.recalled}
    return tuple(dict.fromkeys(name for name in told if name not in taken_over))


def _replaced(state: State) -> tuple[str, ...]:
    """Return the measures of before that a remark on them puts another one in the place of."""
    base, meant = state.reading.base, {measure.id for measure in state.measures}
    if base is None or not meant or not says_what_it_is(state.reading.text):
        return ()
    return tuple(name for name in base.measures if name not in meant)


def turn_of(state: State, answer: Answer) -> Turn:
    """Return what later turns may lean on; alternatives that the question did not tell apart included."""
    clauses = tuple(dict.fromkeys(one.span.clause_id for one in answer.citations))
    return Turn(
        question=answer.question,
        answer_text=answer.text,
        outcome=answer.outcome,
        facts=tuple({**dict(state.reading.standing), **dict(state.facts.given)}.items()),
        measures=tuple(measure.id for measure in state.measures),
        clauses=_clauses_meant(state, clauses),
        intents=_asked_for(state),
        asked=_asked_back(state, answer),
        own=state.facts.own,
        groups=tuple(tuple(measure.id for measure in group) for group in state.meant),
        recalled=tuple(dict.fromkeys(name for _, name, _ in state.facts.recalled)),
        offered=offered_by(state),
        others=state.facts.others,
        supposed=_supposed(state),
        instead_of=_replaced(state),
        asked_date=state.reading.asked_date or state.reading.kept_date,
        as_of=answer.as_of,
        worded_by=answer.worded_by,
        read_with_model=answer.read_with_model,
    )
