"""The number itself: 1.2亿, 三百五十万, 3千5百, 500w, ５，０００ -> Decimal.

`normalised` keeps every character in its place, so that offsets in it are offsets in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.reading.numerals.errors import NotANumberError, TooLargeError
from corpus.reading.numerals.overlong import MOST_DIGITS, is_overlong, shortened

_VARIANTS = str.maketrans("萬億兩圓〇○號條項個點級噸", "万亿两元零零号条项个点级吨")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_CAPITAL_RUN = re.compile(
    "(?<![零壹贰叁肆伍陆柒捌玖拾佰仟貳參陸万亿])[零壹贰叁肆伍陆柒捌玖拾佰仟貳參陸万亿]++(?=[元%成]|$)|[壹贰叁肆伍陆柒捌玖貳參陸][拾佰仟万亿]+"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，。；"}
_OTHER_WIDTH = {0x3000: " ", 0xA0: " ", 0x2212: "-", 0x2236: ":", 0xFFE5: "¥", 0x2013: "—", 0x301C: "~"}

MAGNITUDES = (("亿", 10**8), ("万", 10**4), ("千", 10**3), ("百", 10**2), ("十", 10))
LARGEST = Decimal(10) ** MOST_DIGITS
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
# Repetitions are possessive and bounded: whatever the text, the time to read it grows with its length only.
# What would be cut by the bounds is blanked out before (corpus/reading/numerals/overlong.py).
ARABIC = (
    r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,12}+(?![\d,]{0,20}\d)|\d{1,3}(?:，\d{3}){2,12}+(?!\d)|\d++)(?:\.\d++)?+"
)
NUMERAL = (
    rf"(?:{ARABIC}(?:\s?(?:kw|KW|Kw|[wW]|[kK])(?![A-Za-z]))?"
    r"|(?!(?<=[万亿])(?:一[家个条次场年项件人户台吨份笔张套]|[一二三四五六七八九][期批轮号段]))[零一二两三四五六七八九十百千万亿]"
    r"|[几数](?=[十百千万亿])|(?<=十)几|几(?=个亿)"
    r"|点(?=[零一二三四五六七八九])"
    r"|(?<=\d)\s(?=[万亿百千])"
    r"|[多来余](?=\s?(?:[百千万亿]|(?:kw|KW|Kw|[wW])(?![A-Za-z])))"
    r"|(?<=[多来余])\s?(?:kw|KW|Kw|[wW])(?![A-Za-z])"
    r"|个(?=亿|[百千]?万)"
    r"|(?<![零一二两三四五六七八九十百千万亿个\d])半(?=个?亿)){1,40}+"
)
_ARABIC_ONLY = re.compile(ARABIC)
_SLANG = {"kw": "千万", "w": "万", "k": "千"}
_PAIR = re.compile(r"(一二|两三|二三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万亿]|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read: `low == high` unless it is rough (七八百万, 几十万); `is_vague` for any roughness."""

    low: Decimal
    high: Decimal
    is_vague: bool


def normalised(text: str) -> str:
    """Return the text with half-width digits and plain numerals, every character in its place.

    >>> normalised("３０％、叁佰萬圓")
    '30%、三百万元'
    """
    plain = text.translate(_FULL_WIDTH).translate(_OTHER_WIDTH).translate(_VARIANTS)
    return _CAPITAL_RUN.sub(lambda match: match[0].translate(_CAPITALS), plain)


def read_number(run: str) -> Reading:
    """Read one numeral, rough or not, from normalised characters.

    >>> read_number("1亿2000万").low, read_number("十几万").high, read_number("300来万").is_vague
    (Decimal('120000000'), Decimal('190000'), True)

    Raises:
        NotANumberError: the run is no number, a malformed one, or larger than anything that is counted.
    """
    if is_overlong(run):
        raise TooLargeError(f"「{shortened(run)}」太长，读不成一个数")
    plain = re.sub(r"[多来余个\s]", "", _without_slang(run))
    plain = re.sub("^半(?=亿)", "0.5", plain)
    is_vague = bool(re.search(r"[多来余几数]", run))
    lows, highs = plain, plain
    if re.search("[几数]", plain):
        lows = re.sub("[几数]", "二", plain.replace("十几", "十一"))
        highs = re.sub("[几数]", "九", plain)
    elif pair := _PAIR.search(plain):
        is_vague = True
        lows = plain[: pair.start()] + pair[1][0] + plain[pair.end() :]
        highs = plain[: pair.start()] + pair[1][1] + plain[pair.end() :]
    low, high = _value(lows), _value(highs)
    if high >= LARGEST:
        raise TooLargeError(f"「{run}」太大，不像一个金额或数量，请核对")
    return Reading(low, high, is_vague)


def scales(run: str) -> tuple[int, ...]:
    """Return what `run` may lend an earlier number (80到100万, 三到五百万), largest first.

    >>> scales("五百万"), scales("100万"), scales("2千万"), scales("100")
    ((1000000, 10000), (10000,), (10000000, 10000), ())
    """
    plain = _without_slang(run).replace(" ", "")
    characters = plain[len(plain.rstrip("十百千万亿")) :]
    sizes = dict(MAGNITUDES)
    found: list[int] = []
    for position in range(len(characters)):
        product = 1
        for character in characters[position:]:
            product *= sizes[character]
        found.append(product)
    return tuple(found)


def _without_slang(run: str) -> str:
    return re.sub(r"\s?(kw|w|k)", lambda match: _SLANG[match[1].lower()], run, flags=re.IGNORECASE)


def _value(text: str) -> Decimal:
    if _ARABIC_ONLY.fullmatch(text):
        return Decimal(text.replace(",", "").replace("，", ""))
    for character, size in MAGNITUDES[:2]:
        if character in text:
            return _scaled(text, character, size)
    if "点" in text:
        whole, fraction = text.split("点", 1)
        return _value(whole) + Decimal("0." + _positions(fraction))
    for character, size in MAGNITUDES[2:]:
        if character in text:
            return _scaled(text, character, size)
    return Decimal(_positions(text))


def _scaled(text: str, character: str, size: int) -> Decimal:
    head, tail = text.rsplit(character, 1)
    rest = _rest(tail, size)
    coefficient = _coefficient(head, size, bool(tail))
    if rest and coefficient != coefficient.to_integral_value():
        raise NotANumberError(f"「{text}」写法不清楚，请写成一个完整的数，例如「1.2亿」或「1亿2000万」")
    return coefficient * size + rest


def _coefficient(head: str, size: int, has_tail: bool) -> Decimal:
    if not head:
        if has_tail and size != 10:
            raise NotANumberError("数字不完整，请写成例如「一百二十万」")
        return Decimal(1)
    head = head.lstrip("零") or head
    value = _value(head)
    is_small = size > 1000 or _ARABIC_ONLY.fullmatch(head) or (len(head) == 1 and head in _DIGITS)
    if not is_small or (size == 10**4 and value >= 10**4 and not _ARABIC_ONLY.fullmatch(head)):
        raise NotANumberError(f"「{head}」后面的数位次序不对，请写成例如「3千5百元」或「3500元」")
    return value


def _rest(tail: str, size: int) -> Decimal:
    """Read what follows a magnitude; a single digit is of the next one down (三万五 is 35000)."""
    if not tail:
        return Decimal(0)
    plain = tail.lstrip("零")
    if not plain:
        raise NotANumberError(f"「{tail}」后面缺少数字")
    value = _value(plain)
    if plain == tail and (plain in _DIGITS or re.fullmatch(r"\d", plain)):
        return value * size / 10
    if value >= size or (size == 10**8 and re.fullmatch(r"\d+", plain) and plain == tail):
        raise NotANumberError(f"「{tail}」的数位不清楚，请写全，例如「1亿2000万」")
    return value


def _positions(text: str) -> str:
    if not text or any(character not in _DIGITS for character in text):
        raise NotANumberError(f"读不出数字「{text}」")
    if len(text) == 2 and "零" not in text and "两" not in text[1:]:
        raise NotANumberError(f"「{text}」不是一个确定的数，请写成例如「三十五」或「35」")
    return "".join(str(_DIGITS[character]) for character in text)
