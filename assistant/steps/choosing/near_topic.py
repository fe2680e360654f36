"""Alternatives that a question does not tell apart: those of the clause talked of are nearer than others."""

from __future__ import annotations

from assistant.steps.choosing.named import is_named
from assistant.steps.earlier.turns import clauses_told, last_topic
from assistant.steps.state import State
from assistant.steps.subjects import Subject


def near_topic(state: State, group: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Return the alternatives that stand in a clause talked of last, all where none does.

    「贷款利息也能补吗」 after 工业设计 asks for the interest of that clause. What names another one is heard.
    """
    reading, last = state.reading, last_topic(state.question.history)
    if last is None or reading.references or reading.documents:
        return group
    places = clauses_told(last)
    near = tuple(one for one in group if one.clause_id in places)
    far = [one for one in group if one not in near]
    if not near or any(is_named(one, reading.terms) for one in far):
        return group
    return near
