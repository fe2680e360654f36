"""The mark of an award that no person has confirmed: it stands beside whatever is said of its sum."""

from __future__ import annotations

from assistant.steps.state import State
from corpus.model.measure import Measure


def unreviewed_mark(state: State, measure: Measure) -> str:
    """Return the mark of a measure read by the program alone, nothing where a person vouches for it."""
    return "" if measure.is_reviewed else state.context.replies.say("unreviewed_mark")
