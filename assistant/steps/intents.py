"""What a question is after, where one cue word alone does not tell."""

from __future__ import annotations

from assistant.steps.state import State


def asks_figure(state: State) -> bool:
    """Tell whether a figure of the trade is asked for (营收、授信、家数), neither a date nor an award."""
    text, cues = state.reading.text, state.desk.cues.cues
    is_award = any(word in text for word in cues.granting)
    return not is_award and not state.reading.quantities and any(word in text for word in cues.figures)
