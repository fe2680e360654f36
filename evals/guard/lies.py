"""Ways to make a right wording wrong, each seeded: what a careless or lying model does."""

from __future__ import annotations

import random
from collections.abc import Callable

from assistant.conversation import Answer
from evals.guard.lies_on_sums import (
    a_bound_added,
    a_bound_lost,
    a_bound_turned,
    a_zero_more,
    another_digit,
    another_pace,
    another_unit,
    another_year,
    numbers_swapped,
    other_notation_wrong,
)
from evals.guard.lies_on_words import (
    a_measure_invented,
    a_note_dropped,
    another_body,
    another_clause,
    another_document,
    certainty,
    conditions_met,
    draft_as_law,
    forged,
    no_for_yes,
    question_dropped,
    something_smuggled,
    tokens_swapped,
    uncited,
)

Lie = Callable[[str, random.Random, Answer], str | None]

LIES: tuple[Lie, ...] = (
    another_digit,
    a_zero_more,
    another_unit,
    a_bound_lost,
    a_bound_turned,
    a_bound_added,
    tokens_swapped,
    numbers_swapped,
    a_measure_invented,
    a_note_dropped,
    something_smuggled,
    no_for_yes,
    another_year,
    certainty,
    other_notation_wrong,
    another_pace,
    forged,
    another_body,
    conditions_met,
    question_dropped,
    draft_as_law,
    another_clause,
    another_document,
    uncited,
)
