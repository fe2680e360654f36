"""Values written as people write them: 240万元, 1.2亿元, 30%, 25当量吨, 三百五十万."""

from __future__ import annotations

from decimal import Decimal

from corpus.model.values import Money, Quantity, Rate
from corpus.reading.numerals.digits import MAGNITUDES

_CN = "零一二三四五六七八九"
_DECIMALS = Decimal("0.0001")


def format_money(money: Money) -> str:
    """Write a sum in yuan without losing a fen.

    >>> format_money(Money.of(2400000)), format_money(Money.of("66666.67"))
    ('240万元', '66,666.67元')
    """
    yuan = money.rounded().yuan
    for size, word in ((Decimal(10**12), "万亿元"), (Decimal(10**8), "亿元"), (Decimal(10**4), "万元")):
        scaled = yuan / size
        if abs(yuan) >= size and scaled == scaled.quantize(_DECIMALS):
            return f"{_plain(scaled)}{word}"
    return f"{_plain(yuan, grouped=abs(yuan) >= 10000)}元"


def format_number(value: Decimal) -> str:
    """Write a number without trailing zeros or an exponent.

    >>> format_number(Decimal("25.00")), format_number(Decimal("1E+3"))
    ('25', '1000')
    """
    return _plain(value)


def format_rate(rate: Rate) -> str:
    """Write a rate in percent.

    >>> format_rate(Rate.of("0.3")), format_rate(Rate.of("0.025"))
    ('30%', '2.5%')
    """
    return f"{_plain(rate.ratio * 100)}%"


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity with its unit word.

    >>> from corpus.model.values import Unit
    >>> format_quantity(Quantity(Decimal("25"), Unit.YEAR))
    '25年'
    """
    return f"{_plain(quantity.value)}{quantity.unit.label}"


def write_chinese(value: int) -> str:
    """Write a whole number below 一万亿 in Chinese numerals.

    >>> write_chinese(3500000), write_chinese(20000000), write_chinese(100050)
    ('三百五十万', '二千万', '十万零五十')
    """
    if value < 0:
        return f"负{write_chinese(-value)}"
    spelled = _spelled(value)
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def _spelled(value: int) -> str:
    if value < 10:
        return _CN[value]
    size, character = next((size, character) for character, size in MAGNITUDES if value >= size)
    head, rest = divmod(value, size)
    gap = "零" if rest * 10 < size else ""
    return f"{_spelled(head)}{character}{gap}{_spelled(rest)}" if rest else f"{_spelled(head)}{character}"


def _plain(value: Decimal, grouped: bool = False) -> str:
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
