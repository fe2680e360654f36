"""Awards of one clause that differ in a role or grade (主导、参与): the one asked for, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.steps.state import State
from assistant.steps.subjects import Subject

_Words = Sequence[str]
_LEAST = 0.5


def with_opposites(state: State, groups: Sequence[tuple[Subject, ...]]) -> list[tuple[Subject, ...]]:
    """Return the groups with the opposite of an award in its place, or beside it, as the question has it.

    「参与制定标准」 is not answered with what leading it gives; 「制定标准」 is answered with both.
    """
    chosen = {one.id for group in groups for one in group}
    turned: list[tuple[Subject, ...]] = []
    for group in _apart_where_both(state, groups):
        kept: list[Subject] = []
        for one in group:
            for other in _as_asked(state, one):
                if other.id not in {each.id for each in kept} and (other is one or other.id not in chosen):
                    kept.append(other)
        turned += [tuple(kept)] if kept else []
    return turned


def _apart_where_both(state: State, groups: Sequence[tuple[Subject, ...]]) -> Iterator[tuple[Subject, ...]]:
    """Yield the groups; an award whose opposite is named, too, stands alone, the opposite beside it.

    「主导一项、参与两项」 is two matters, and both sums are due.
    """
    seen: set[str] = set()
    for group in groups:
        for one in group:
            opposite, is_said, is_opposite_said = _opposite(state, one)
            if opposite is not None and is_said and is_opposite_said:
                both = tuple(each for each in (one, opposite) if each.id not in seen)
                seen.update(each.id for each in both)
                yield from ((each,) for each in both)
        if rest := tuple(one for one in group if one.id not in seen):
            yield rest


def turned_round(state: State, name: str) -> str:
    """Return the measure, or its opposite where only that one's role is said: 「我们是牵头的」 after 参与."""
    opposite, is_said, is_opposite_said = _opposite(state, state.context.subjects.of(name))
    return opposite.id if opposite is not None and is_opposite_said and not is_said else name


def _as_asked(state: State, one: Subject) -> Iterator[Subject]:
    """Yield the award itself unless only its opposite is asked for, then that opposite where it is meant."""
    opposite, is_said, is_opposite_said = _opposite(state, one)
    if opposite is None or (is_said and is_opposite_said):
        yield one
        return
    if is_said or not is_opposite_said:
        yield one
    if is_opposite_said or (not is_said and opposite.own >= _LEAST * one.own):
        yield opposite


def _opposite(state: State, one: Subject) -> tuple[Subject | None, bool, bool]:
    """Return the opposite award of the same clause, and which of the two roles the question names."""
    text = state.reading.text
    for pair in state.context.glossary.opposites:
        for own, against in (pair, pair[::-1]):
            if one.measure is not None and _is_of(one.measure.name, own, against):
                for other in _beside(state, one):
                    if other.measure is not None and _is_of(other.measure.name, against, own):
                        return other, _holds(text, own), _holds(text, against)
    return None, False, False


def _beside(state: State, one: Subject) -> Iterator[Subject]:
    """Yield the other awards of the clause, with their fit to the question where they have any."""
    ranked = {other.id: other for other in state.context.subjects.rank(state.reading.query_terms)}
    for other in state.context.subjects.measured:
        if other.clause_id == one.clause_id and other.id != one.id:
            yield ranked.get(other.id, other)


def _is_of(name: str, own: _Words, against: _Words) -> bool:
    return _holds(name, own) and not _holds(name, against)


def _holds(text: str, words: _Words) -> bool:
    return any(word in text for word in words)
