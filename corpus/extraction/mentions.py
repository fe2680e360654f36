"""Numbers of a sentence, grouped into coordinated lists: 5万元、10万元和20万元 is one list of three.

The members of a list share what they are; its left and right context decide it for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model.measure import Comparison
from corpus.reading.numerals import Found, Kind, find_quantities

_FOREIGN = re.compile(
    r"\s{0,8}(?:[（(]不?含[^（）()]{0,6}[）)])?\s{0,8}(?:美元|美金|港元|港币|欧元|日元|英镑)"
)
_FOREIGN_UNITS = ("美元", "美金", "港元", "港币", "欧元", "日元", "英镑")
# Units behind a sum: 20元/平方米·月, 1500元每吨.
PER_SUFFIX = re.compile(
    r"\s{0,8}[/／]\s{0,8}(?P<unit>[^，。；、：,;（）()\s]{1,8}?)(?=$|[，。；、：,;（）()\s和或且的给标奖补资予])"
)
_HALF = re.compile(
    r"(?:租金?|房租|租费|物业费|管理费|服务费|使用费|费用"
    r"|费)(?:[（(][^（）()]{0,12}[）)])?(?:给予)?(?P<half>减半)"
)
_WHOLE = re.compile(
    r"(?:全额|全部)(?=(?:予以|给予|地)?(?:补贴|补助|资助|奖励|贴息|返还|补偿|报销|支持|配套|承担))"
)
WORDED = ("全额", "全部", "减半")
_JOINT = re.compile(
    r"\s{0,8}(?:[（(][^（）()]{0,10}[）)])?\s{0,8}(?:美元|美金|人民币|元)?\s{0,8}(?:[/／][^，。；、"
    r"]{1,8})?(?:及?以[上下]|[（(]含[）)])?"
    r"(?:、|和|及|或|以及|与|或者|[，,](?=\s{0,8}\d))\s{0,8}"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of a clause at `text[start:end]`; `low` is the other end of a range, else None.

    `value` is yuan for money, a ratio for a rate. `per` is the unit written behind it (平方米·月).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    low: Decimal | None
    unit_word: str
    is_foreign: bool
    is_vague: bool
    comparison: Comparison | None
    per: str = ""

    @property
    def is_money(self) -> bool:
        """Tell whether it is a sum in yuan."""
        return self.kind is Kind.MONEY and not self.is_foreign


@dataclass(frozen=True, slots=True)
class Coordination:
    """Numbers of one kind joined by 、和 in one sentence."""

    members: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Return where its first member begins."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Return where its last member ends."""
        return self.members[-1].end

    @property
    def kind(self) -> Kind:
        """Return what its members count."""
        return self.members[0].kind

    @property
    def is_foreign(self) -> bool:
        """Tell whether its sums are of another currency."""
        return any(member.is_foreign for member in self.members)

    @property
    def is_money(self) -> bool:
        """Tell whether its members are sums in yuan."""
        return self.kind is Kind.MONEY and not self.is_foreign


def mentions_of(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text, 全额 among them as the ratio 1.

    >>> [(one.text, str(one.value)) for one in mentions_of("差旅费全额补贴，每人5万元")]
    [('全额', '1'), ('5万元', '50000')]
    """
    found = [_mention(one, text) for one in find_quantities(text)]
    found += [_word(match.span(), text, Decimal(1)) for match in _WHOLE.finditer(text)]
    found += [_word(match.span("half"), text, Decimal("0.5")) for match in _HALF.finditer(text)]
    return tuple(sorted(found, key=lambda one: one.start))


def coordinations(mentions: tuple[Mention, ...], text: str) -> tuple[Coordination, ...]:
    """Group the numbers of one text into lists, in order.

    >>> text = "分别奖励5万元、10万元，最高20%"
    >>> [[one.text for one in group.members] for group in coordinations(mentions_of(text), text)]
    [['5万元', '10万元'], ['20%']]
    """
    return tuple(Coordination(tuple(_spread(group))) for group in _groups(mentions, text))


def _spread(group: list[Mention]) -> Iterator[Mention]:
    """Let a currency written once behind the last of a list count for all."""
    is_foreign = any(one.is_foreign for one in group)
    per = group[-1].per
    for one in group:
        yield replace(one, is_foreign=is_foreign, per=one.per or per)


def _groups(mentions: tuple[Mention, ...], text: str) -> Iterator[list[Mention]]:
    group: list[Mention] = []
    for one in mentions:
        if group and (
            one.kind is not group[-1].kind or not _JOINT.fullmatch(text[group[-1].end : one.start])
        ):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _word(place: tuple[int, int], text: str, ratio: Decimal) -> Mention:
    """Return a ratio that is said by a word: 全额, 减半."""
    word = text[slice(*place)]
    return Mention(*place, word, Kind.RATE, ratio, None, word, False, False, None)


def _mention(found: Found, text: str) -> Mention:
    value = found.value if found.value is not None else found.high
    low = found.low if found.value is None else None
    after = _FOREIGN.match(text, found.end)
    suffix = PER_SUFFIX.match(text, found.end)
    return Mention(
        start=found.start,
        end=found.end,
        text=found.text,
        kind=Kind.MONEY if found.unit_word in _FOREIGN_UNITS else found.kind,
        value=value if value is not None else Decimal(0),
        low=low,
        unit_word=found.unit_word,
        is_foreign=found.unit_word in _FOREIGN_UNITS or (found.kind is Kind.MONEY and after is not None),
        is_vague=found.is_vague,
        comparison=found.comparison,
        per=suffix["unit"] if suffix and found.kind is Kind.MONEY else "",
    )
