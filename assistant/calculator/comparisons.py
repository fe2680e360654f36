"""The four comparisons of policy Chinese, on exact numbers."""

from __future__ import annotations

from decimal import Decimal

from corpus.model.measure import Comparison


def holds(comparison: Comparison, actual: Decimal, wanted: Decimal) -> bool:
    """Tell whether a number compares as the clause demands; 以上、以下、以内 include the number itself.

    >>> holds(Comparison.AT_LEAST, Decimal(25), Decimal(25)), holds(Comparison.OVER, Decimal(25), Decimal(25))
    (True, False)
    """
    match comparison:
        case Comparison.AT_LEAST:
            return actual >= wanted
        case Comparison.AT_MOST:
            return actual <= wanted
        case Comparison.OVER:
            return actual > wanted
        case Comparison.UNDER:
            return actual < wanted
