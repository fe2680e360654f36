"""Before anything is understood: what commands the program instead of asking it is taken out of a question.

A question that is nothing else is blocked; a real question beside an attack is answered as if it stood alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from assistant.conversation import Answer, Outcome
from assistant.steps.reading.injection_patterns import without_injection
from assistant.steps.state import State, settled
from assistant.steps.suggest import suggestions

_EMPTY_HANDED = frozenset({Outcome.NOT_COVERED, Outcome.NEEDS_INPUT})


def filter_injection(state: State) -> State:
    """Let the question through without its commands; settle one that has nothing else."""
    found = without_injection(state.question.text)
    if not found.is_attack and found.text == state.question.text:
        return state
    state = replace(state, is_attack=found.is_attack)
    if not any(unicodedata.category(one)[0] in "LN" for one in found.text):
        return replace(state, answer=_blocked(state))
    return replace(state, question=replace(state.question, text=found.text))


def blocked_if_empty(state: State) -> State:
    """Block an attack that left no question the corpus answers."""
    answer = state.answer
    if not state.is_attack or answer is None or answer.citations or answer.outcome not in _EMPTY_HANDED:
        return state
    if answer.outcome is Outcome.NOT_COVERED and state.reading.intents:
        return state  # a real question, only not one of ours
    return replace(state, answer=_blocked(state))


def _blocked(state: State) -> Answer:
    return settled(state, Outcome.BLOCKED, state.context.replies.say("attack"), suggestions(state))
