"""How likely the corpus answers a question: a few things one can say of it, weighed and added up.

The weights stand in `answerable.yaml`, written by `python -m evals.calibration --write` from questions of
which it is known whether the corpus answers them. Positive weights speak for an answer, negative against it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.steps.routing.aspects import Aspect, asked_part, load_aspects, matters_elsewhere
from assistant.steps.state import State
from corpus.strict_yaml import read_model

WEIGHTS = Path(__file__).with_name("answerable.yaml")
FEATURES = (
    "strength",
    "dense",
    "unheard",
    "named",
    "document",
    "aspect",
    "matter",
    "money",
    "support",
    "government",
    "permission",
    "quantity",
    "length",
    "lead",
    "told",
    "office",
)


_WAYS = ("money", "support", "government", "permission")
_LONG = 60  # characters; longer texts count no more
_SAID = 12  # characters of whole phrases; more count no more
_OWN_WORD = 4  # characters; shorter words of the texts may mean much else


class Weights(BaseModel):
    """What each feature counts for; `by_words` holds where the index gives no likeness of meaning."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    by_meaning: dict[str, float]
    by_words: dict[str, float]

    def for_features(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the weights that fit what is known of a question."""
        return self.by_meaning if "dense" in features else self.by_words


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the corpus answers a question, and what each feature added (log odds)."""

    chance: float
    parts: tuple[tuple[str, float], ...]


def judge(features: Mapping[str, float], weights: Mapping[str, float]) -> Judgement:
    """Return the chance that a question with these features is answered.

    >>> judge({"strength": 1.0, "aspect": 0.0}, {"always": -1.0, "strength": 1.0, "aspect": -3.0}).chance
    0.5
    """
    parts = (("always", weights["always"]), *((name, weights[name] * features[name]) for name in features))
    total = sum(value for _, value in parts)
    return Judgement(1 / (1 + math.exp(-total)), tuple(part for part in parts if part[1]))


def features_of(state: State, strength: float) -> dict[str, float]:
    """Return what can be said of a question; `strength` is the share of its weight that evidence covers."""
    reading, aspects = state.reading, load_aspects()
    total = sum(query_term.weight for query_term in reading.query_terms)
    unheard = sum(query_term.weight for query_term in reading.query_terms if not query_term.terms)
    ways = aspects.ways(reading.text)
    asks_side, asks_other = bool(unanswered(state)), bool(other_matters(state))
    found = {
        "strength": strength,
        "unheard": unheard / total if total else 1.0,
        "named": float(is_named(state) and not (asks_side or asks_other)),
        "document": float(bool(reading.documents)),
        "aspect": float(asks_side),
        "matter": float(asks_other),
        "quantity": float(bool(reading.quantities)),
        "length": min(len(reading.text), _LONG) / _LONG,
        "lead": state.heard.lead,
        "told": min(state.heard.best.said, _SAID) / _SAID,
        "office": min(state.heard.other.said, _SAID) / _SAID,
        **{name: float(name in ways) for name in _WAYS},
    }
    dense = [one.dense for one in state.evidence if one.dense is not None]
    return {**found, "dense": max(*dense, 0.0)} if dense else found


def is_named(state: State) -> bool:
    """Tell whether the question uses a term of the glossary, as companies say it or as the texts write it."""
    reading = state.reading
    written = (word for term in state.context.glossary.terms for word in term.means if len(word) >= _OWN_WORD)
    return bool(reading.named) or any(word in reading.content for word in written)


def unanswered(state: State) -> tuple[Aspect, ...]:
    """Return the sides of the matter (price, licence …) asked for of which the best passage says nothing."""
    passage = state.evidence[0].clause.text if state.evidence else ""
    told = state.heard.best.phrases if state.heard.tells_of("") else ()
    return load_aspects().unanswered(state.reading.text, "\n".join((passage, *told)))


def other_matters(state: State) -> tuple[str, ...]:
    """Return the matters of other policies that the question speaks of.

    Beside a thing the glossary knows they count only where they stand in what is asked: a restaurant may ask
    for the support of cloud services.
    """
    text = state.reading.text
    text = asked_part(text) if state.reading.named else text
    found = matters_elsewhere(text, state.context.known_words)
    return tuple(matter for matter in found if not state.heard.tells_of(matter.lower()))


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Return the weights of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return read_model(path, Weights)
