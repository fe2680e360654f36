"""Before the reading: names written as they sound (首版词) are read as what they are, and that is said."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from assistant.steps.reading.phonetic_matching import sound_alikes
from assistant.steps.state import State
from corpus.reading.variants import simplified


def normalize_phonetics(state: State) -> State:
    """Put the names in the place of what only sounds like them."""
    text = simplified(unicodedata.normalize("NFKC", state.question.text))
    found = sound_alikes(text, state.context.glossary.terms)
    if not found:
        return state
    for written, name in found:
        text = text.replace(written, name)
    notes = (state.context.replies.say("heard_as", written=written, name=name) for written, name in found)
    question = replace(state.question, text=text)
    return replace(state, question=question, warnings=(*state.warnings, *notes))
