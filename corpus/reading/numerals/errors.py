"""Why a text is not one exact value.

    NumeralError (ValueError)
    ├── NotANumberError      no number there, or one that is malformed (5百3千, 1,00,000)
    │   └── TooLargeError    one longer or larger than anything that is counted
    ├── MissingUnitError     a bare number where the unit decides: 800 could be 元 or 万元
    ├── WrongUnitError       a value of another kind: 吨 for 元, 美元 for 人民币
    ├── VagueNumberError     约、左右、多、来、几: nobody can compute from it
    └── RangeNumberError     two ends or an open one: 80万到100万, 500万以上

Messages are Chinese and say what was read and how to write it instead.
"""

from __future__ import annotations

from decimal import Decimal


class NumeralError(ValueError):
    """Raised when a text is not one exact value of the kind asked for."""


class NotANumberError(NumeralError):
    """Raised when a text holds no number, or a malformed one."""


class TooLargeError(NotANumberError):
    """Raised when a number is longer or larger than anything that is counted."""


class MissingUnitError(NumeralError):
    """Raised when a bare number's unit would decide the result."""


class WrongUnitError(NumeralError):
    """Raised when a text states a value of another kind."""


class VagueNumberError(NumeralError):
    """Raised when a text states a number only roughly."""


class RangeNumberError(NumeralError):
    """Raised when a text states a range; `low` and `high` are its ends, None where it is open."""

    def __init__(self, message: str, low: Decimal | None, high: Decimal | None) -> None:
        super().__init__(message)
        self.low = low
        self.high = high
