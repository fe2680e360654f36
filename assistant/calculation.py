"""One measure's estimate and a company's whole match, with their numbered sources: what a face shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import Citation, Estimate, Total
from assistant.sources import sources_of

if TYPE_CHECKING:
    from corpus.store import Corpus


@dataclass(frozen=True, slots=True)
class Worked:
    """One estimate as of a day."""

    estimate: Estimate
    sources: tuple[Citation, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Matched:
    """Every measure that may apply, the combined sums, and what to mind.

    `counted` are the measures the facts point at; the others may apply too, once more is known.
    """

    estimates: tuple[Estimate, ...]
    total: Total
    warnings: tuple[str, ...]
    counted: tuple[str, ...]
    sources: tuple[Citation, ...]
    as_of: date


def estimate_measure(corpus: Corpus, measure_id: str, facts: Mapping[str, object], as_of: date) -> Worked:
    """Estimate one measure from facts as people write them.

    Raises:
        UnknownIdError: no measure has this id.
        FactError: a fact is unknown or its value cannot be read.
    """
    from assistant.calculator.amount import estimate
    from assistant.calculator.facts import FactSheet

    measure = corpus.measure(measure_id)
    result = estimate(measure, FactSheet.parse(facts, corpus.facts), as_of, corpus)
    return Worked(result, sources_of((result,), (), corpus, as_of), as_of)


def match_measures(corpus: Corpus, facts: Mapping[str, object], as_of: date) -> Matched:
    """Find every measure that may apply and combine them.

    Raises:
        FactError: a fact is unknown or its value cannot be read.
    """
    from assistant.calculator.facts import FactSheet
    from assistant.calculator.matching import match

    found = match(corpus, FactSheet.parse(facts, corpus.facts), as_of)
    sources = sources_of(found.estimates, found.total.dropped, corpus, as_of)
    return Matched(found.estimates, found.total, found.warnings, found.counted, sources, as_of)
