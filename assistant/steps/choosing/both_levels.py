"""Questions on what the city and the district each give (市里和长宁分别怎么支持)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.steps.state import AnswerContext
from corpus.reading.numerals import Found, Kind

_CITY = "市里|市级|市一级|市上|市的|上海市?|全市"
_DISTRICT = "区里|区级|区一级|区上|区的|本区"
_BOTH = "市、?区两级|市和区|区和市|市里?区里?两级"
_GIVEN = "已|给了|补了|奖了|给过|拨|立项|项目|部门|主管|行业|、|和|或"
_EACH = "分别|各自|各|都|两边|怎么分|有何|有什么|哪个|区别|不同|不一样|对比|比"
_ASKS = "多少|什么|啥|怎么|几|哪些|吗|呢"
_NEAR = "[^。；！]{0,6}?"


def asks_both_levels(text: str, quantities: Iterable[Found], context: AnswerContext) -> bool:
    """Tell whether a question asks what the city and the district each give; no sum of one's own told."""
    if any(found.kind is Kind.MONEY for found in quantities):
        return False
    district = _district(context)
    pair = rf"(?:(?:{_CITY}){_NEAR}(?:{district})|(?:{district}){_NEAR}(?:{_CITY}))"
    asked = rf"(?:{_CITY}){_NEAR}(?:{_ASKS})[，,、]?{_NEAR}(?:{district}){_NEAR}(?:{_ASKS})"
    turned = rf"(?:{district}){_NEAR}(?:{_ASKS})[，,、]?{_NEAR}(?:{_CITY}){_NEAR}(?:{_ASKS})"
    both = rf"(?:{_BOTH}){_NEAR}(?:{_EACH})"
    return bool(re.search(rf"{pair}{_NEAR}(?:{_EACH})|{asked}|{turned}|{both}", text))


def level_said(text: str, context: AnswerContext) -> str | None:
    """Return the one level a question asks of (市里的奖励 → city), None for both or none.

    That the city already gave something (市里给了) asks nothing of it.
    """
    is_city = bool(re.search(rf"(?:市里|市级|市一级|全市)(?!{_GIVEN})", text))
    is_district = bool(re.search(rf"(?:{_DISTRICT})(?!{_GIVEN})", text))
    is_named = any(name in text for name in _districts(context))
    if is_city and not is_district:
        return None if is_named else "city"
    return "district" if is_district and not is_city else None


def without_levels(text: str, context: AnswerContext) -> str:
    """Return a question on both levels with the words for them blanked: its matter is what is left."""
    words = re.compile(f"{_BOTH}|{_CITY}|{_district(context)}|两级|分别|各自|两边")
    return words.sub(lambda match: " " * len(match[0]), text)


def _district(context: AnswerContext) -> str:
    return "|".join((_DISTRICT, *map(re.escape, _districts(context))))


def _districts(context: AnswerContext) -> Iterator[str]:
    """Yield the names of the districts whose documents are held: 长宁区, 长宁."""
    for document in context.corpus.documents:
        if document.level == "district" and document.region:
            name = document.region.split("市", 1)[-1]
            yield from (name, name.removesuffix("区"))
