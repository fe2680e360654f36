"""From labelled records to examples: features and the labels that hold, for each of the learned models."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understanding.text_features import mention_features, question_features
from assistant.understanding.turn_features import turn_features
from corpus.reading.numerals import find_quantities
from corpus.reading.variants import simplified
from evals.understanding.records import Labelled, Question, Talk, is_held_out


@dataclass(frozen=True, slots=True)
class Example:
    """What a model sees and should say; `is_test` where the record is held out."""

    features: tuple[str, ...]
    labels: tuple[str, ...]
    is_test: bool
    text: str


def facet_examples(questions: Sequence[Question], talks: Sequence[Talk]) -> Iterator[Example]:
    """Yield each question and first turn with its facets."""
    for record in questions:
        yield _facets(record, is_held_out(record))
    for talk in talks:
        yield _facets(talk.turns[0], is_held_out(talk))


def _facets(labelled: Labelled, is_test: bool) -> Example:
    text = read(labelled.question)
    return Example(question_features(text, find_quantities(text)), labelled.facets, is_test, text)


def role_examples(questions: Sequence[Question], talks: Sequence[Talk]) -> Iterator[Example]:
    """Yield each number of each question with its role."""
    for record in questions:
        yield from _roles(record, is_held_out(record))
    for talk in talks:
        for turn in talk.turns:
            yield from _roles(turn, is_held_out(talk))


def _roles(labelled: Labelled, is_test: bool) -> Iterator[Example]:
    text = read(labelled.question)
    quantities = find_quantities(text)
    used: set[int] = set()
    for mention in labelled.mentions:
        at = text.find(read(mention.text))
        found = next(
            (
                one
                for one in quantities
                if one.start not in used and _meets(one.start, one.end, at, read(mention.text))
            ),
            None,
        )
        if found is not None:
            used.add(found.start)
            yield Example(
                mention_features(text, found, quantities), (mention.role,), is_test, f"{text} [{found.text}]"
            )


def _meets(start: int, end: int, at: int, words: str) -> bool:
    return at >= 0 and start < at + len(words) and at < end


def act_examples(talks: Sequence[Talk]) -> Iterator[Example]:
    """Yield each later turn of each conversation with what it does to what was said before."""
    for talk in talks:
        for before, turn in zip(talk.turns, talk.turns[1:], strict=False):
            if turn.act:
                text, last = read(turn.question), read(before.question)
                features = turn_features(text, last, find_quantities(text), find_quantities(last))
                yield Example(features, (turn.act,), is_held_out(talk), f"{last} → {text}")


def read(text: str) -> str:
    """Return the text as the product reads it: simplified, half-width."""
    return simplified(unicodedata.normalize("NFKC", text)).strip()
