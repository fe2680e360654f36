"""One estimate, several together, and a company's whole match, with their sources: what a face shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    `counted` are the measures the facts point at; the others may apply too, once more is known. `pointed`
    adds those pointed at whose sum still misses something.
    """

    estimates: tuple[Estimate, ...]
    total: Total
    warnings: tuple[str, ...]
    counted: tuple[str, ...]
    sources: tuple[Citation, ...]
    as_of: date
    pointed: tuple[str, ...] = ()


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
    return Matched(found.estimates, found.total, found.warnings, found.counted, sources, as_of, found.pointed)


@dataclass(frozen=True, slots=True)
class Together:
    """Several measures for one company as of a day, and what they pay together."""

    estimates: tuple[Estimate, ...]
    total: Total
    sources: tuple[Citation, ...]
    as_of: date


def estimate_together(
    corpus: Corpus, measure_ids: Sequence[str], facts: Mapping[str, object], as_of: date
) -> Together:
    """Estimate chosen measures from the same facts and combine them by the texts' own rules.

    Raises:
        UnknownIdError: no measure has one of these ids.
        FactError: a fact is unknown or its value cannot be read.
    """
    from assistant.calculator.amount import estimate
    from assistant.calculator.cumulation import combine
    from assistant.calculator.facts import FactSheet

    sheet = FactSheet.parse(facts, corpus.facts)
    measures = [corpus.measure(name) for name in dict.fromkeys(measure_ids)]
    estimates = tuple(estimate(measure, sheet, as_of, corpus) for measure in measures)
    total = combine(estimates, sheet, corpus, as_of)
    return Together(estimates, total, sources_of(estimates, total.dropped, corpus, as_of), as_of)
