"""First step: questions that are none (empty, only signs, binary, a book) get a clear reply."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from assistant.conversation import Outcome
from assistant.steps.state import State, settled
from assistant.steps.suggest import suggestions

MOST_CHARACTERS = 2000
_LEAST_READABLE = 0.6


def admit(state: State) -> State:
    """Let a readable question pass; settle anything else."""
    text = state.question.text.strip()
    letters = [character for character in text if unicodedata.category(character)[0] in "LN"]
    controls = [character for character in text if unicodedata.category(character) in {"Cc", "Co", "Cn"}]
    if not text or not letters:
        return _settle(state, Outcome.NEEDS_INPUT, "no_words" if text else "empty")
    if len(text) > MOST_CHARACTERS:
        return _settle(state, Outcome.BLOCKED, "too_long", most=MOST_CHARACTERS)
    unreadable = sum(character not in "\n\r\t" for character in controls) + text.count("\ufffd")
    if unreadable > len(text) * (1 - _LEAST_READABLE) / 4:
        return _settle(state, Outcome.BLOCKED, "unreadable")
    return state


def _settle(state: State, outcome: Outcome, reply: str, **values: object) -> State:
    text = state.desk.replies.say(reply, **values)
    return replace(state, answer=settled(state, outcome, text, suggestions(state)))
