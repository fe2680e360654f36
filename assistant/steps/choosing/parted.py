"""Several matters in one breath, each in a part of its own with its own sum: none of them is passed over."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieval.coverage import weigh
from assistant.steps.choosing.named import is_named
from assistant.steps.reading.words import PARTS
from assistant.steps.state import State
from assistant.steps.subjects import Subject
from assistant.steps.understand import content_of, named_terms
from corpus.model.measure import Measure
from corpus.reading.numerals import find_quantities

_LEAST = 0.6  # of a part's own weight that the measure explains
_AHEAD = 0.1  # by which it must be ahead of the next


def told_beside(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the measures told in parts of the question that no chosen measure takes up.

    Weighed over the whole question, the third matter of three explains too little of it to be chosen. In its
    own part it must explain most of the words, be ahead of all others, and own a word for the sum told there.
    """
    if not groups or len(parts := _parts_with_sums(state.reading.text)) < 2:
        return []
    chosen = [one for group in groups for one in group]
    found: dict[str, Subject] = {}
    for part in parts:
        if any(one.measure and _bases_in(part, one.measure, state) for one in chosen):
            continue
        if (best := _told_in(part, state)) and best.clause_id not in {one.clause_id for one in chosen}:
            found.setdefault(best.id, best)
    return [(one,) for one in found.values()]


def is_told_with_its_sum(state: State) -> bool:
    """Tell whether a part of the question names a measure and the sum it is worked out from.

    Then the rest is what people tell around it (员工三百来号人，去年换了班子).
    """
    terms = state.reading.terms
    told = (_told_in(part, state) for part in _parts_with_sums(state.reading.text))
    return any(one is not None and is_named(one, terms) for one in told)


def _parts_with_sums(text: str) -> list[str]:
    return [part for part in PARTS.split(text) if find_quantities(part)]


def _told_in(part: str, state: State) -> Subject | None:
    """Return the measure a part speaks of, None where it speaks of none or of several alike."""
    terms = named_terms(part, state.context.glossary)
    content = content_of(part, tuple(find_quantities(part)), terms, state.context)
    ranked = state.context.subjects.rank(weigh(content, state.context.rarity)) if content else ()
    if not ranked or ranked[0].own < _LEAST or ranked[0].measure is None:
        return None
    is_ahead = len(ranked) == 1 or ranked[0].own - ranked[1].own >= _AHEAD
    return ranked[0] if is_ahead and _bases_in(part, ranked[0].measure, state) else None


def _bases_in(part: str, measure: Measure, state: State) -> bool:
    """Tell whether a part has a word for what the measure is worked out from."""
    facts = (state.context.corpus.facts[name] for name in measure.amount_facts)
    return any(word in part for fact in facts for word in state.context.words_of(fact))
