"""Lies on what is counted: digits, units, bounds, years, how often a sum is paid."""

from __future__ import annotations

import random
import re

from assistant.conversation import Answer
from corpus.reading.numerals import Found, Kind, find_quantities, write_chinese

_DATE = re.compile(r"20\d\d(?=年|-)")


_BOUNDS = re.compile("最高不超过|最高可达|不超过|最高可获|最高|至少|上限")


def numbers_of(text: str, *kinds: Kind) -> list[Found]:
    """Return the numbers of a text that have a value, sums and rates where no kinds are given."""
    wanted = kinds or (Kind.MONEY, Kind.RATE)
    return [one for one in find_quantities(text) if one.kind in wanted and one.value is not None]


def _put(text: str, found: Found, words: str) -> str:
    return text[: found.start] + words + text[found.end :]


def _pick(some: list[Found], dice: random.Random) -> Found | None:
    return dice.choice(some) if some else None


def another_digit(text: str, dice: random.Random, _: Answer) -> str | None:
    """Change one digit of one number."""
    found = _pick([one for one in numbers_of(text) if re.search(r"\d", one.text)], dice)
    if found is None:
        return None
    at = dice.choice([match.start() for match in re.finditer(r"\d", found.text)])
    digit = dice.choice([d for d in "123456789" if d != found.text[at]])
    return _put(text, found, found.text[:at] + digit + found.text[at + 1 :])


def a_zero_more(text: str, dice: random.Random, _: Answer) -> str | None:
    """Make a number ten times what it is, or a tenth."""
    found = _pick([one for one in numbers_of(text) if re.match(r"\d+", one.text)], dice)
    if found is None:
        return None
    digits = re.match(r"\d+", found.text)
    assert digits is not None
    shorter = digits[0][:-1] if digits[0].endswith("0") and len(digits[0]) > 1 else digits[0] + "0"
    return _put(text, found, shorter + found.text[digits.end() :])


def another_unit(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write 亿元 for 万元, ‰ for %, 元 for 万元."""
    found = _pick([one for one in numbers_of(text) if re.search("万元|亿元|%", one.text)], dice)
    if found is None:
        return None
    swaps = {"万元": ("亿元", "元"), "亿元": ("万元",), "%": ("‰", "个百分点")}
    unit = next(unit for unit in swaps if unit in found.text)
    return _put(text, found, found.text.replace(unit, dice.choice(swaps[unit])))


def a_bound_lost(text: str, dice: random.Random, _: Answer) -> str | None:
    """Give an upper or lower bound as the sum itself, everywhere the number stands in its piece of text."""
    found = [
        one
        for one in numbers_of(text)
        if _BOUNDS.search(before := text[max(one.start - 8, 0) : one.start])
        and "未超过" not in before  # 「未超过300万元」 stays true without 「上限」
    ]
    one = _pick(found, dice)
    if one is None:
        return None
    start = max(text.rfind(mark, 0, one.start) for mark in "，。；：、,;:\n「") + 1
    piece = text[start : one.start]
    bare = re.sub("最高不超过|最高可达|不超过|最高|至少|上限为?", "", piece).strip() or "给予"
    return text[:start] + bare + text[one.start :]


def a_bound_turned(text: str, dice: random.Random, _: Answer) -> str | None:
    """Turn a bound round: 最高 into 至少, 不超过 into 不低于, 至少 into 最多."""
    found = list(_BOUNDS.finditer(text))
    if not found:
        return None
    match = dice.choice(found)
    turned = {
        "最高不超过": ("最低不低于", "至少"),
        "最高可达": ("至少", "不低于"),
        "最高可获": ("至少可获",),
        "不超过": ("不低于", "超过"),
        "最高": ("至少", "超过"),
        "至少": ("最多", "不超过"),
        "上限": ("下限",),
    }
    return text[: match.start()] + dice.choice(turned[match[0]]) + text[match.end() :]


def a_bound_added(text: str, dice: random.Random, _: Answer) -> str | None:
    """Bind a number that nothing binds."""
    loose = [
        one
        for one in numbers_of(text)
        if not re.search("最高|不超过|至少|上限|以上|可达|[=×]", text[max(one.start - 14, 0) : one.end + 3])
    ]
    found = _pick(loose, dice)
    return None if found is None else _put(text, found, dice.choice(("最高", "至少", "超过")) + found.text)


def numbers_swapped(text: str, dice: random.Random, _: Answer) -> str | None:
    """Let two numbers of a kind, of different lines or pieces, change places."""
    found = numbers_of(text)
    pairs = [
        (a, b)
        for at, a in enumerate(found)
        for b in found[at + 1 :]
        if a.kind == b.kind and a.value != b.value and (a.comparison == b.comparison)
    ]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]


def another_year(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write another year, or another day."""
    found = list(_DATE.finditer(text))
    if not found:
        return None
    match = dice.choice(found)
    year = str(int(match[0]) + dice.choice((-3, -2, 2, 3, 5)))
    return text[: match.start()] + year + text[match.end() :]


def other_notation_wrong(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write a number in another notation, and get it wrong."""
    found = _pick(numbers_of(text), dice)
    if found is None or found.value is None:
        return None
    if found.kind is Kind.RATE:
        percent = int(found.value * 100)
        wrong = (
            f"百分之{write_chinese(percent + 5)}",
            f"千分之{write_chinese(max(percent, 1))}",
            "七成半",
            "三分之二",
        )
        return _put(text, found, dice.choice(wrong))
    wan = int(found.value / 10000)
    wrong_sums = (
        f"{write_chinese(wan * 10 or 7)}万元",
        f"{wan}亿元",
        f"{write_chinese(wan or 3)}元",
        f"{int(found.value) * 10:,}元",
        f"0.0{wan or 1}亿元" if wan < 100 else f"0.{wan}亿元",
    )
    words = dice.choice(wrong_sums)
    same = [one for one in find_quantities(words) if one.value == found.value]
    return None if same else _put(text, found, words)


def another_pace(text: str, dice: random.Random, _: Answer) -> str | None:
    """Pay every year what is paid once, or each what is paid in all."""
    found = _pick(numbers_of(text, Kind.MONEY), dice)
    if found is None:
        return None
    before = text[max(found.start - 10, 0) : found.end + 4]
    pace = dice.choice([one for one in ("每年", "每家", "每月", "累计", "每次") if one not in before])
    return _put(text, found, pace + found.text)
