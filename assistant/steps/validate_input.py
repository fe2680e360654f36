"""First step: questions that are none (empty, only signs, binary, a book) get a clear reply."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.conversation import Outcome
from assistant.steps.state import State, settled
from assistant.steps.suggest import suggestions
from corpus.reading.numerals import unreadable_amount

MOST_CHARACTERS = 2000
MOST_NUMBERS = 300  # of a question: each is weighed against the others beside it
_LEAST_READABLE = 0.6
_NUMBERS = re.compile("[0-9０-９一二两三四五六七八九十百千万亿]++")


def validate_input(state: State) -> State:
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
    number = unreadable_amount(text)
    if number is not None:
        return _settle(state, Outcome.NEEDS_INPUT, "unreadable_number", written=number)
    if len(_NUMBERS.findall(text)) > MOST_NUMBERS:
        return _settle(state, Outcome.NEEDS_INPUT, "too_many_numbers", most=MOST_NUMBERS)
    return state


def _settle(state: State, outcome: Outcome, reply: str, **values: object) -> State:
    text = state.context.replies.say(reply, **values)
    return replace(state, answer=settled(state, outcome, text, suggestions(state)))
