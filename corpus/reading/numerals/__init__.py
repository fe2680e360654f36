"""Numbers as people and policies write them: reading and writing money, rates and quantities.

`find_quantities` reads running text; `parse_money`, `parse_rate` and `parse_quantity` read one value and
refuse, in Chinese, whatever is not exactly one. `format_money` and its kin write values back.
"""

from corpus.reading.numerals.errors import (
    MissingUnitError,
    NotANumberError,
    NumeralError,
    RangeNumberError,
    VagueNumberError,
    WrongUnitError,
)
from corpus.reading.numerals.found import Found, Kind, is_in, value_in
from corpus.reading.numerals.mentions import find_quantities
from corpus.reading.numerals.single import parse_decimal, parse_money, parse_quantity, parse_rate, parse_value
from corpus.reading.numerals.units import UnitTable, unit_of_word, usual_units
from corpus.reading.numerals.unreadable import unreadable_amount
from corpus.reading.numerals.writing import (
    format_money,
    format_number,
    format_quantity,
    format_rate,
    write_chinese,
)

__all__ = [
    "Found",
    "Kind",
    "MissingUnitError",
    "NotANumberError",
    "NumeralError",
    "RangeNumberError",
    "UnitTable",
    "VagueNumberError",
    "WrongUnitError",
    "find_quantities",
    "format_money",
    "format_number",
    "format_quantity",
    "format_rate",
    "is_in",
    "parse_decimal",
    "parse_money",
    "parse_quantity",
    "parse_rate",
    "parse_value",
    "unit_of_word",
    "unreadable_amount",
    "usual_units",
    "value_in",
    "write_chinese",
]
