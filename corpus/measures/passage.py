"""A passage of a clause being bound: its numbers and words, each to its place, each fact known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from corpus.errors import BrokenCorpusError
from corpus.measures.quotes import bound_before, span_in_passage
from corpus.measures.shapes import FactWordsShape, MoneyShape, QuantityShape, QuoteShape, RateShape
from corpus.model.document import Clause, Span
from corpus.model.measure import Fact, Sourced
from corpus.model.values import Money, Quantity, Rate, Unit
from corpus.words import DocumentWords, usual_words

T = TypeVar("T")
NO_UNIT = "请改正，或在这份文件的 lexicon.yaml（units）中写明"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage being bound, with the `lead` that may hold conditions; `where` is for messages.

    `facts` are those a document's files may name, by the name they are given there; `reading` are the words
    by which its numbers are read.
    """

    span: Span
    facts: Mapping[str, Fact]
    where: str
    lead: Span | None = None
    reading: DocumentWords = field(default_factory=usual_words)

    def at(self, field: str) -> str:
        """Return the place of a field, for messages."""
        return f"{self.where} 的 {field}"

    def words(self, shape: QuoteShape, field: str) -> Span:
        """Bind a quote."""
        return span_in_passage(self.span, shape.quote, shape.within, self.at(field), self.reading)

    def words_or_lead(self, shape: QuoteShape, field: str) -> Span:
        """Bind a quote that may stand in the lead instead of the passage."""
        if self.lead is not None and shape.quote not in self.span.quote:
            return span_in_passage(self.lead, shape.quote, shape.within, self.at(field), self.reading)
        return self.words(shape, field)

    def number(self, shape: MoneyShape | RateShape | QuantityShape, value: T, field: str) -> Sourced[T]:
        """Bind a number with the word that bounds it."""
        span = self.words(shape, field)
        if shape.bound is None:
            return Sourced(value, span)
        bound = bound_before(self.span, shape.bound, span, self.at(f"{field}.bound"), self.reading)
        return Sourced(value, span, bound)

    def money(self, shape: MoneyShape, field: str) -> Sourced[Money]:
        """Bind a sum of money."""
        return self.number(shape, Money(shape.yuan), field)

    def rate(self, shape: RateShape, field: str) -> Sourced[Rate]:
        """Bind a rate."""
        return self.number(shape, Rate(shape.ratio), field)

    def quantity(self, shape: QuantityShape, field: str) -> Sourced[Quantity]:
        """Bind a quantity."""
        return self.number(shape, Quantity(shape.value, self.unit(shape.unit, field)), field)

    def unit(self, name: str, field: str) -> Unit:
        """Return the unit of a name."""
        return known_unit(name, self.reading.units.known, self.at(f"{field}.unit"))

    def fact(self, name: str, field: str) -> str:
        """Return under which name a fact is stored, known to exist."""
        return known_fact(name, self.facts, self.at(field)).name

    def fact_words(self, shape: FactWordsShape, field: str, unit: Unit | None = None) -> Sourced[str]:
        """Bind the words that name a fact; with `unit`, the fact must be measured in it."""
        name = self.fact(shape.fact, f"{field}.fact")
        self.expect(shape.fact, unit, field)
        return Sourced(name, self.words(shape, field))

    def expect(self, name: str, unit: Unit | None, field: str) -> None:
        """Refuse a fact of another unit."""
        if unit is not None and self.facts[name].unit != unit:
            raise BrokenCorpusError(
                self.at(field), f"事实 {name} 的单位应为 {unit.value}，实为 {self.facts[name].unit.value}"
            )


def known_fact(name: str, facts: Mapping[str, Fact], where: str) -> Fact:
    """Return the fact of a name.

    Raises:
        BrokenCorpusError: no such fact.
    """
    if name not in facts:
        raise BrokenCorpusError(where, f"facts.yaml 中没有事实 {name}", "请改正名称或先在 facts.yaml 中补充")
    return facts[name]


def known_unit(name: str, units: Mapping[str, Unit], where: str) -> Unit:
    """Return the unit of a name.

    Raises:
        BrokenCorpusError: no such unit.
    """
    if name not in units:
        raise BrokenCorpusError(where, f"没有单位“{name}”", NO_UNIT)
    return units[name]


def known_clause(clause_id: str, clauses: Mapping[str, Clause], where: str) -> Clause:
    """Return a clause.

    Raises:
        BrokenCorpusError: no such clause.
    """
    try:
        return clauses[clause_id]
    except KeyError:
        raise BrokenCorpusError(where, f"没有条款 {clause_id}", "请改正条款编号") from None
