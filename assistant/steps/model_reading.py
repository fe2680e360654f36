"""What a language model says a question means, believed only as far as our list and the words bear it out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.ports import LanguageModel, LanguageModelError, Message
from assistant.steps.gathering.fitting import fits
from assistant.steps.gathering.other_money import is_of_another_kind
from assistant.steps.offers import Offer
from assistant.steps.state import State
from corpus.model.measure import Fact, Measure
from corpus.reading.numerals import Found, Kind

_MOST_CHARACTERS = 2000
_FENCE = "```"

Token = Annotated[str, StringConstraints(pattern=r"^[MC]\d{1,2}$")]
FactToken = Annotated[str, StringConstraints(pattern=r"^F\d{1,2}$")]


class SaidQuantity(BaseModel):
    """A number as the question writes it, and the fact it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    words: str = Field(min_length=1, max_length=40)
    fact: FactToken


class ModelReading(BaseModel):
    """The whole reply; anything else in it makes it none."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    means: list[Token] = Field(max_length=3)
    asks: Literal["amount", "conditions", "responsible_body", "validity", "procedure", "lookup"] | None = None
    quantities: list[SaidQuantity] = Field(default_factory=list, max_length=8)


def heard(model: LanguageModel, messages: tuple[Message, ...], within: float) -> ModelReading | None:
    """Return what a model replies within so many seconds; None for whatever is no such reading."""
    text = ""
    try:
        with closing(model.write(messages, within)) as reply:
            for piece in reply:
                text += piece
                if len(text) > _MOST_CHARACTERS:
                    return None
        return ModelReading.model_validate_json(_unfenced(text))
    except (LanguageModelError, ValidationError):
        return None


def _unfenced(text: str) -> str:
    r"""Return a reply without the fence that many models put around JSON.

    >>> _unfenced('```json\n{"means": []}\n```')
    '{"means": []}'
    """
    plain = text.strip()
    if plain.startswith(_FENCE) and plain.endswith(_FENCE) and plain.count(_FENCE) == 2:
        plain = plain.removeprefix(_FENCE).removesuffix(_FENCE).removeprefix("json")
    return plain.strip()


def is_borne_out(reading: ModelReading, offer: Offer, state: State) -> bool:
    """Tell whether all of a reading was offered, and each number stands in the words and fits its fact."""
    known = offer.measures.keys() | offer.clauses.keys()
    if not reading.means or not known >= set(reading.means) or len(set(reading.means)) < len(reading.means):
        return False
    stated = list(quantities_of(reading, offer, state))
    is_once = len({fact.name for fact, _ in stated}) == len({found for _, found in stated}) == len(stated)
    return len(stated) == len(reading.quantities) and is_once


def quantities_of(reading: ModelReading, offer: Offer, state: State) -> Iterator[tuple[Fact, Found]]:
    """Yield the numbers read that the question writes so, each with a fact its unit fits."""
    asked = {name for one in measures_of(reading, offer) for name in one.fact_names}
    for said in reading.quantities:
        fact, found = offer.facts.get(said.fact), _stated(said.words, state)
        if fact is not None and found is not None and fact.name in asked and fits(found, fact):
            yield fact, found


def measures_of(reading: ModelReading, offer: Offer) -> tuple[Measure, ...]:
    """Return the measures chosen."""
    return tuple(offer.measures[token] for token in reading.means if token in offer.measures)


def _stated(words: str, state: State) -> Found | None:
    """Return the number of the question that is written just so, with a unit, and is the person's own."""
    own = [found for found in state.reading.quantities if found not in state.reading.claims]
    same = [found for found in own if found.text == words and found.kind is not Kind.NUMBER]
    fitting = [found for found in same if found.is_exact and not is_of_another_kind(found, state)]
    return fitting[0] if len(fitting) == 1 else None
