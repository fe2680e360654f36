"""Ways to say a right answer differently, each true: other notations, other words, other order and points."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal

from corpus.reading.numerals import Kind, find_quantities, write_chinese

Rewording = Callable[[str, random.Random], str]
_TOKENS = re.compile(r"(?:〔c\d+〕)+$")


def _numbers_as(text: str, write: Callable[[Kind, Decimal], str | None]) -> str:
    """Write every whole sum and rate of a text another way; quotations stay as they are."""
    quoted = [match.span() for match in re.finditer("「[^」]*」|《[^》]*》|“[^”]*”", text)]
    for found in reversed(find_quantities(text)):
        inside = any(start <= found.start < end for start, end in quoted)
        if inside or found.value is None or found.kind not in (Kind.MONEY, Kind.RATE):
            continue
        words = write(found.kind, found.value)
        if words:
            text = text[: found.start] + words + text[found.end :]
    return text


def in_chinese(text: str, _: random.Random) -> str:
    """Write 三百万元 for 300万元, 百分之三十 for 30%."""

    def write(kind: Kind, value: Decimal) -> str | None:
        if kind is Kind.RATE:
            percent = value * 100
            return f"百分之{write_chinese(int(percent))}" if percent == int(percent) else None
        return f"{write_chinese(int(value))}元" if value == int(value) and value >= 10000 else None

    return _numbers_as(text, write)


def in_full(text: str, _: random.Random) -> str:
    """Write 3,000,000元 for 300万元."""
    return _numbers_as(
        text, lambda kind, value: f"{int(value):,}元" if kind is Kind.MONEY and value == int(value) else None
    )


def in_hundred_millions(text: str, _: random.Random) -> str:
    """Write 0.03亿元 for 300万元."""

    def write(kind: Kind, value: Decimal) -> str | None:
        scaled = value / 10**8
        return f"{scaled.normalize():f}亿元" if kind is Kind.MONEY and value >= 10**6 else None

    return _numbers_as(text, write)


def in_tenths(text: str, _: random.Random) -> str:
    """Write 三成 for 30%."""

    def write(kind: Kind, value: Decimal) -> str | None:
        tenths = value * 10
        whole = kind is Kind.RATE and tenths == int(tenths) and 0 < tenths < 10
        return f"{write_chinese(int(tenths))}成" if whole else None

    return _numbers_as(text, write)


def full_width(text: str, _: random.Random) -> str:
    """Write digits full-width outside tokens."""
    parts = re.split(r"(〔c\d+〕)", text)
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    return "".join(part if part.startswith("〔c") else part.translate(wide) for part in parts)


def dates_in_chinese(text: str, _: random.Random) -> str:
    """Write 二〇二七年十二月三十一日 for 2027年12月31日."""
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")

    def write(match: re.Match[str]) -> str:
        year, month, day = match.groups()
        return f"{year.translate(digits)}年{write_chinese(int(month))}月{write_chinese(int(day))}日"

    return re.sub(r"(20\d\d)年(\d{1,2})月(\d{1,2})日", write, text)


def dates_with_dashes(text: str, _: random.Random) -> str:
    """Write 2027-12-31 for 2027年12月31日."""
    return re.sub(
        r"(20\d\d)年(\d{1,2})月(\d{1,2})日", lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}", text
    )


def _swapping(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> Rewording:
    def swap(text: str, dice: random.Random) -> str:
        quoted = re.split("(「[^」]*」|《[^》]*》)", text)
        for old, news in pairs:
            new = dice.choice(news)
            quoted = [part if part[:1] in ("「", "《") else part.replace(old, new) for part in quoted]
        return "".join(quoted)

    return swap


bounds_otherwise = _swapping(
    (
        ("最高不超过", ("最多不超过", "不超过", "最高", "上限为")),
        ("最高可达", ("最高", "最多可达", "上限")),
        ("未超过上限", ("没有超过上限", "不超过上限")),
        ("预计最高可获", ("预计最多可获", "估计最高可拿到", "预计可拿到最高")),
        ("拟给予最高", ("拟给予最多", "按草案拟给予最高")),
    )
)
words_otherwise = _swapping(
    (
        ("还须符合：", ("同时还需要符合：", "还要满足这些条件：", "前提是还须符合：")),
        ("算式：", ("计算过程：", "算法是：", "具体算下来：")),
        ("符合条件的可获", ("符合条件的可以拿到", "只要符合条件，可获")),
        ("以主管部门核定为准", ("最终以主管部门核定为准", "具体以主管部门核定的结果为准")),
        (
            "具体金额还需补充信息才能算出",
            ("具体金额要补充信息后才能算出", "还需要您补充信息，才能算出具体金额"),
        ),
        (
            "草案金额不计入现行可享合计",
            ("这笔草案金额没有计入现行可享合计", "因为是草案，不计入现行可享合计"),
        ),
    )
)
notes_otherwise = _swapping(
    (
        (
            "是公开征求意见的草案，不是现行政策，不能据此申领",
            (
                "还是公开征求意见的草案，并非现行政策，暂不能据此申领",
                "目前处于公开征求意见阶段，仍是草案，不是现行政策，不能凭它申领",
            ),
        ),
        ("现行有效", ("目前现行有效", "现行有效，仍在有效期内")),
        ("未载明", ("没有载明", "没有写明")),
        ("请以发文机关公布为准", ("以发文机关公布的为准", "请以发文机关的公布为准")),
    )
)


def other_points(text: str, _: random.Random) -> str:
    """Use half-width and other punctuation."""
    parts = re.split(r"(〔c\d+〕)", text)
    swap = str.maketrans("，；：（）", ",;:()")
    return "".join(part if part.startswith("〔c") else part.translate(swap) for part in parts)


def opened(text: str, dice: random.Random) -> str:
    """Begin as people begin."""
    return dice.choice(("您好，", "简单来说，", "结论是：", "根据现有规定，", "按照您所说的情况，")) + text


def standard_first(text: str, _: random.Random) -> str:
    """Give the source before the worked sum."""
    lines = text.split("\n")
    at = next((n for n, line in enumerate(lines) if line.startswith("依据")), None)
    if at is None or at < 2:
        return text
    lines.insert(1, lines.pop(at))
    return "\n".join(lines)


def without_quotes(text: str, _: random.Random) -> str:
    """Give the clause's words without quotation marks."""
    return text.replace("「", "").replace("」", "")


def sentences_joined(text: str, _: random.Random) -> str:
    """Put two lines with the same sources into one paragraph."""
    lines = text.split("\n")
    for at in range(len(lines) - 1):
        one, other = _TOKENS.search(lines[at]), _TOKENS.search(lines[at + 1])
        if one and other and one[0] == other[0]:
            lines[at : at + 2] = [_TOKENS.sub("", lines[at]) + lines[at + 1]]
            return "\n".join(lines)
    return text


REWORDINGS: tuple[Rewording, ...] = (
    in_chinese,
    in_full,
    in_hundred_millions,
    in_tenths,
    full_width,
    dates_in_chinese,
    dates_with_dashes,
    bounds_otherwise,
    words_otherwise,
    notes_otherwise,
    other_points,
    opened,
    standard_first,
    without_quotes,
    sentences_joined,
)
