"""Numbers that are no facts: an adverb (一块拿), one denied (不是20), a mere conclusion (那就是350万)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import Turn
from assistant.steps.cues import Intent
from assistant.steps.earlier.turns import has_sum
from assistant.steps.state import Reading
from corpus.reading.numerals import Found, Kind

_TOGETHER = ("一块", "1块")
_DENYING = ("不是", "并不是", "不止是")
_IS = "(就|也|也就|该|应该)?(是|等于|能拿|拿|补|能补)"
_OF_THE_POLICY = re.compile("最高|最多|上限|封顶|[补奖拿领给贴]")
_CONCLUDING = re.compile(
    f"(哦|啊|好){{0,4}}((那|那么|所以|这|这样|岂|可){{1,4}}(不|岂不|可不)?{_IS}|(也|不)就是|等于)$"
)


def without_adverbs(numbers: Sequence[Found], text: str) -> tuple[Found, ...]:
    """Return the numbers of a text; 「一块」 without 钱 behind it says together, not one yuan.

    >>> from corpus.reading.numerals import find_quantities
    >>> text = "两项能一块拿吗，一块钱也行"
    >>> [found.text for found in without_adverbs(list(find_quantities(text)), text)]
    ['两项', '一块钱']
    """
    return tuple(one for one in numbers if one.text not in _TOGETHER or text[one.end : one.end + 1] == "钱")


def without_disowned(reading: Reading, base: Turn) -> Reading:
    """Return a reading without the numbers that the words deny, or only conclude from the sum before."""
    if base.asked and _answers(reading):
        reading = replace(reading, claims=())
    others = tuple(one for one in reading.quantities if not _is_disowned(one, reading, base))
    if others == reading.quantities:
        return reading
    claims = tuple(one for one in reading.claims if one in others)
    return replace(reading, quantities=others, claims=claims)


def _answers(reading: Reading) -> bool:
    """Tell whether a text is the one number that was asked for, whatever its tone: 「就算960万吧」."""
    return len(reading.quantities) == 1 and not _OF_THE_POLICY.search(reading.text)


def _is_disowned(found: Found, reading: Reading, base: Turn) -> bool:
    before = reading.text[: found.start]
    is_sum = found.kind is Kind.MONEY and has_sum(base) and base.asked is None
    if is_sum and len(reading.quantities) == 1 and _CONCLUDING.fullmatch(before):
        return True
    is_denied = before.endswith(_DENYING) and not reading.asks(Intent.YES_NO)
    return is_denied and any(one.start > found.end for one in reading.quantities)
