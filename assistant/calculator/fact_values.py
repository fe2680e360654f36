"""One fact's value: read from what a person or program wrote, and written back."""

from __future__ import annotations

from decimal import Decimal

from assistant.calculator.fact_errors import BadFactError
from corpus.model.measure import Fact
from corpus.model.values import Money, Quantity, Unit
from corpus.reading.numerals import (
    NumeralError,
    find_quantities,
    format_money,
    format_number,
    parse_money,
    parse_quantity,
    write_chinese,
)

FactValue = Decimal | bool | str

MOST = Decimal(10**12)
_YES = frozenset("是 有 对 已 已经 符合 满足 通过 确认 属于 是的 有的 yes y true 1".split())  # noqa: SIM905
_NO = frozenset("否 不 没 没有 无 不是 未 尚未 不符合 不满足 未通过 不属于 no n false 0".split())  # noqa: SIM905


def read_fact(fact: Fact, value: object) -> FactValue:
    """Read one value as the fact's unit demands.

    Raises:
        BadFactError: the value is none, in another unit, or absurd.
    """
    match fact.unit:
        case Unit.YES_NO:
            return _yes_no(fact, value)
        case Unit.LEVEL:
            return _level(fact, value)
        case Unit.YUAN:
            return _checked(fact, _yuan(fact, value))
        case _:
            return _checked(fact, _quantity(fact, value))


def written(fact: Fact, value: FactValue) -> str:
    """Write a value so that `read_fact` reads the very same one."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    if fact.unit == Unit.YUAN:
        is_whole_fen = value == value.quantize(Decimal("0.01"))
        return format_money(Money(value)) if is_whole_fen else f"{format_number(value)}元"
    return f"{format_number(value)}{fact.unit.label}"


def _yes_no(fact: Fact, value: object) -> bool:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise BadFactError(fact, f"「{value}」不是“是”或“否”，请填 是 或 否")


def _level(fact: Fact, value: object) -> str:
    said = str(value).strip()
    if said in fact.choices:
        return said
    levels = {found.value for found in find_quantities(said) if found.unit == Unit.LEVEL and found.is_exact}
    bare = Decimal(said) if said.isdecimal() else None
    numbers = levels or ({bare} if bare is not None else set())
    named = [choice for number in numbers if number is not None for choice in _choices(fact, number)]
    if len(named) == 1:
        return named[0]
    spoken = [choice for choice in fact.choices if choice.rstrip("级") == said]
    begun = [choice for choice in fact.choices if len(said) > 1 and choice.startswith(said)]
    if spoken or len(begun) == 1:
        return (spoken or begun)[0]
    raise BadFactError(fact, f"「{value}」不是可选的等级，请填 {'、'.join(fact.choices)} 之一")


def _choices(fact: Fact, number: Decimal) -> list[str]:
    if number != number.to_integral_value() or not 0 < number < 100:
        return []
    return [choice for choice in fact.choices if choice == f"{write_chinese(int(number))}级"]


def _yuan(fact: Fact, value: object) -> Decimal:
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Decimal):
        return value
    return _numeral(fact, value).yuan if not isinstance(value, Quantity) else _wrong_unit(fact, value)


def _numeral(fact: Fact, value: object) -> Money:
    try:
        return parse_money(_text(fact, value))
    except NumeralError as error:
        raise BadFactError(fact, str(error)) from error


def _quantity(fact: Fact, value: object) -> Decimal:
    if isinstance(value, Quantity):
        return value.value if value.unit == fact.unit else _wrong_unit(fact, value)
    if isinstance(value, Decimal):
        return value
    try:
        return parse_quantity(_text(fact, value), fact.unit).value
    except NumeralError as error:
        raise BadFactError(fact, str(error)) from error


def _wrong_unit(fact: Fact, value: Quantity) -> Decimal:
    raise BadFactError(fact, f"单位应为「{fact.unit.label}」，不是「{value.unit.label}」")


def _text(fact: Fact, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadFactError(fact, f"「{value}」不是数，请填带单位的数")
    if isinstance(value, float):
        number = Decimal(str(value))
        _refuse_non_finite(fact, number)
        return format_number(number)
    said = str(value).strip()
    if said.lower().lstrip("+-") in ("inf", "infinity", "nan", "无穷", "无穷大", "∞"):
        raise BadFactError(fact, f"「{value}」不是有限的数")
    return said


def _refuse_non_finite(fact: Fact, number: Decimal) -> None:
    if not number.is_finite():
        raise BadFactError(fact, f"「{number}」不是有限的数")


def _checked(fact: Fact, number: Decimal) -> Decimal:
    _refuse_non_finite(fact, number)
    unit = fact.unit.label
    if number < 0:
        raise BadFactError(fact, f"不能为负（收到 {_shown(fact, number)}）")
    if number == 0 and not invites_zero(fact):
        raise BadFactError(fact, f"不能为零；没有这一项的，请不要填写（收到 0{unit}）")
    if number > MOST:
        raise BadFactError(fact, f"{_shown(fact, number)} 超过 1万亿，请检查是否多写了位数")
    if fact.unit.is_whole and number != number.to_integral_value():
        raise BadFactError(fact, f"应为整数（收到 {_shown(fact, number)}）")
    return number


def invites_zero(fact: Fact) -> bool:
    """Tell whether zero answers the fact's question, as the question itself says (没有请填 0元)."""
    return "请填 0" in fact.question or "请填0" in fact.question


def _shown(fact: Fact, number: Decimal) -> str:
    return (
        format_money(Money(number)) if fact.unit == Unit.YUAN else f"{format_number(number)}{fact.unit.label}"
    )
