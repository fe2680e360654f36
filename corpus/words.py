"""The words by which a document's numbers are read: unit words and words of policy Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from corpus.measures.policy_words import AddedWords, PolicyWords, general_words
from corpus.model.values import Unit
from corpus.reading.numerals import Found, UnitTable, find_quantities, usual_units


@dataclass(frozen=True, eq=False, slots=True)
class DocumentWords:
    """Unit words and policy words as one document has them."""

    units: UnitTable
    policy: PolicyWords

    def quantities(self, text: str) -> tuple[Found, ...]:
        """Return the numbers of a text, in the units this document counts in."""
        return find_quantities(text, self.units)

    def with_own(self, units: Iterable[Unit], policy: AddedWords) -> DocumentWords:
        """Return the words with a document's own units and words of policy."""
        return DocumentWords(self.units.using(units), self.policy.with_added(policy))

    def counting_in(self, units: Iterable[Unit]) -> DocumentWords:
        """Return the words of one whose facts are counted in these units."""
        return DocumentWords(self.units.using(units), self.policy)


@cache
def usual_words() -> DocumentWords:
    """Return the words of general language."""
    return DocumentWords(usual_units(), general_words())
