"""Estimates per second, beside OpenFisca-core working out the same formulas one company at a time.

    pip install -e '.[bench]'
    python -m evals.bench_awards [--companies 200] [--measures 10000]

Both sides compute every measure of the corpus for the same random companies and must agree. OpenFisca
holds amounts as 32-bit floats, which tell 90 million yuan from its neighbours by 8 yuan: agreement is to
10 yuan, and how many sums it misses by a fen or more is printed. OpenFisca returns the sum alone, as our
`compute` does; our `estimate` adds worked lines, conditions and spans. Also times `match` over many
synthetic measures.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.arithmetic import compute
from assistant.calculator.facts import FactSheet
from assistant.calculator.matching import match
from corpus.model.measure import FixedSum, Matching, Measure, PerUnit, ShareLessOther, ShareOfBase
from corpus.model.values import Unit
from corpus.store import Corpus, load_corpus

AS_OF = date(2026, 11, 22)
PERIOD = "2026-11"
FEN = Decimal("0.01")
FLOAT32_STEP = Decimal(10)


@dataclass(frozen=True)
class Company:
    """One random company: its facts as the calculator takes them, and its numbers by fact name."""

    sheet: FactSheet
    numbers: dict[str, Decimal]


def companies(corpus: Corpus, count: int) -> list[Company]:
    """Make companies with a number for every fact an amount is computed from, and every condition met."""
    rng = random.Random(20261122)
    names = sorted({name for measure in corpus.measures for name in measure.amount_facts})
    return [_company(corpus, names, rng) for _ in range(count)]


def _company(corpus: Corpus, names: Sequence[str], rng: random.Random) -> Company:
    raw: dict[str, object] = {}
    numbers: dict[str, Decimal] = {}
    for name in names:
        is_money = corpus.facts[name].unit == Unit.YUAN
        numbers[name] = Decimal(rng.randrange(1, 90_000_000 if is_money else 90))
        raw[name] = f"{numbers[name]}元" if is_money else str(numbers[name])
    return Company(FactSheet.parse(raw, corpus.facts), numbers)


def ours(corpus: Corpus, people: Sequence[Company]) -> tuple[float, list[list[Decimal]]]:
    """Return the seconds taken by the sums alone, and the sums, company by company."""
    began = time.perf_counter()
    sums = [[compute(measure, company.sheet).amount for measure in corpus.measures] for company in people]
    return time.perf_counter() - began, sums


def ours_explained(corpus: Corpus, people: Sequence[Company]) -> float:
    """Return the seconds taken by full estimates."""
    began = time.perf_counter()
    for company in people:
        for measure in corpus.measures:
            estimate(measure, company.sheet, AS_OF, corpus)
    return time.perf_counter() - began


def openfisca(corpus: Corpus, people: Sequence[Company], at_once: bool) -> tuple[float, list[list[Decimal]]]:
    """Return the same of OpenFisca-core, every measure a variable.

    With `at_once` a company's awards share one simulation; without, each award is a question of its own.
    """
    system = _tax_benefit_system(corpus)
    awards = list(enumerate(corpus.measures))
    batches = [awards] if at_once else [[award] for award in awards]
    began = time.perf_counter()
    sums = [
        [amount for batch in batches for amount in _simulated(system, company, batch)] for company in people
    ]
    return time.perf_counter() - began, sums


def _simulated(system, company: Company, awards: Sequence[tuple[int, Measure]]) -> Iterator[Decimal]:  # type: ignore[no-untyped-def]
    from openfisca_core.simulations import SimulationBuilder

    simulation = SimulationBuilder().build_default_simulation(system, count=1)
    for name in {name for _, measure in awards for name in measure.amount_facts}:
        simulation.set_input(name, PERIOD, [float(company.numbers[name])])
    for number, _ in awards:
        value = float(simulation.calculate(_variable(number), PERIOD)[0])
        yield Decimal(repr(value)).quantize(FEN, ROUND_HALF_UP)


def _variable(number: int) -> str:
    return f"measure_{number}"


def _tax_benefit_system(corpus: Corpus):  # type: ignore[no-untyped-def]
    from openfisca_core.entities import build_entity
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    entity = build_entity(key="company", plural="companies", label="A company", is_person=True)
    system = TaxBenefitSystem([entity])
    for name in sorted({name for measure in corpus.measures for name in measure.amount_facts}):
        system.add_variable(_variable_class(name, entity, None))
    for number, measure in enumerate(corpus.measures):
        system.add_variable(_variable_class(_variable(number), entity, _formula(measure)))
    return system


def _variable_class(name: str, entity, formula):  # type: ignore[no-untyped-def]
    from openfisca_core.periods import DateUnit
    from openfisca_core.variables import Variable

    members = {
        "value_type": float,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "label": name,
        "__module__": __name__,
    }
    if formula is not None:
        members["formula"] = formula
    return type(name, (Variable,), members)


def _formula(measure: Measure):  # type: ignore[no-untyped-def]
    """Write the measure as an OpenFisca formula: the closed set of shapes, caps less what was received."""
    import numpy as np

    caps = [(float(cap.amount.value.yuan), cap.received) for cap in measure.caps]

    def formula(company, period):  # type: ignore[no-untyped-def]
        match measure.formula:
            case FixedSum(amount=amount):
                value = np.array([float(amount.value.yuan)])
            case PerUnit(amount=amount, count=count):
                value = float(amount.value.yuan) * company(count.value, period)
            case ShareOfBase(rate=rate, base=base) | Matching(ratio=rate, base=base):
                value = float(rate.value.ratio) * company(base.value, period)
            case ShareLessOther(rate=rate, base=base, other=other):
                value = float(rate.value.ratio) * company(base.value, period) - company(other.value, period)
        for cap, received in caps:
            room = cap - company(received, period) if received else cap
            value = np.minimum(value, room)
        if measure.tops_up:
            value = value - company(measure.tops_up.value, period)
        return np.maximum(value, 0)

    return formula


def differences(
    mine: list[list[Decimal]], theirs: list[list[Decimal]], tolerance: Decimal
) -> list[tuple[int, int]]:
    """Return (company, measure) where the sums differ by `tolerance` yuan or more."""
    return [
        (i, j)
        for i, (row, other) in enumerate(zip(mine, theirs, strict=True))
        for j, (a, b) in enumerate(zip(row, other, strict=True))
        if abs(a - b) >= tolerance
    ]


def many_measures(corpus: Corpus, count: int) -> Corpus:
    """Return a corpus with `count` measures, copies of the real ones under new ids."""
    real = corpus.measures
    copies = tuple(
        replace(real[i % len(real)], id=f"{real[i % len(real)].id}-copy-{i}") for i in range(count)
    )
    return replace(corpus, measures=copies)


def compare(corpus: Corpus, people: Sequence[Company]) -> int:
    """Print both sides' speed; return how many sums disagree."""
    runs = len(people) * len(corpus.measures)
    mine, sums = ours(corpus, people)
    explained = ours_explained(corpus, people)
    sys.stdout.write(f"ours, the sum alone: {runs / mine:.0f} a second; explained: {runs / explained:.0f}\n")
    try:
        shared, other = openfisca(corpus, people, at_once=True)
        single, _ = openfisca(corpus, people, at_once=False)
    except ImportError:
        sys.stdout.write("openfisca-core is not installed: pip install -e '.[bench]'\n")
        return 0
    for label, theirs in (("one award at a time", single), ("a company's awards together", shared)):
        sys.stdout.write(f"openfisca-core, {label}: {runs / theirs:.0f} a second; ")
        sys.stdout.write(f"ours {theirs / mine:.1f} times as fast, {theirs / explained:.1f} explained\n")
    wrong = differences(sums, other, FLOAT32_STEP)
    inexact = differences(sums, other, FEN)
    sys.stdout.write(f"{len(wrong)} of {runs} sums disagree; openfisca misses the fen in {len(inexact)}\n")
    for i, j in wrong[:10]:
        sys.stdout.write(f"differs: {corpus.measures[j].id} {sums[i][j]} vs {other[i][j]}\n")
    return len(wrong)


def main() -> None:
    """Measure and print; exit 1 where the two sides disagree."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--companies", type=int, default=200)
    parser.add_argument("--measures", type=int, default=10_000)
    options = parser.parse_args()
    corpus = load_corpus()
    people = companies(corpus, options.companies)
    wrong = compare(corpus, people)
    many = many_measures(corpus, options.measures)
    began = time.perf_counter()
    match(many, people[0].sheet, AS_OF)
    sys.stdout.write(f"match over {options.measures} measures: {time.perf_counter() - began:.2f} s\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
