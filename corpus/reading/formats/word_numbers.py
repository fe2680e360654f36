"""How Word writes the numbers that it counts by itself (w:numFmt, ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(number: int, number_format: str) -> str:
    """Return a number as Word writes it in a format; an unknown format gives plain digits.

    >>> written(12, "chineseCountingThousand"), written(3, "decimalEnclosedCircle"), written(4, "lowerRoman")
    ('十二', '③', 'iv')
    """
    if number_format in ("none", "bullet"):
        return ""
    if number_format in ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
                         "taiwaneseCountingThousand", "japaneseCounting"):  # fmt: skip
        return _counted(number, _DIGITS, "十百千")
    if number_format in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counted(number, _LEGAL_DIGITS, "拾佰仟", shortens_ten=False)
    if number_format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if number_format.startswith("decimalEnclosedCircle"):
        return _listed(number, 0x2460, 20)
    if number_format == "decimalEnclosedParen":
        return _listed(number, 0x2474, 20)
    if number_format == "decimalEnclosedFullstop":
        return _listed(number, 0x2488, 20)
    if number_format == "ideographEnclosedCircle":
        return _listed(number, 0x3280, 10)
    if number_format.startswith("decimalFullWidth"):
        return str(number).translate(_FULL_WIDTH)
    if number_format == "decimalZero":
        return f"{number:02d}"
    return _lettered(number, number_format)


def _lettered(number: int, number_format: str) -> str:
    if number_format == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if number_format == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    if number_format in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.lower() if number_format == "lowerLetter" else letter
    if number_format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.lower() if number_format == "lowerRoman" else roman
    return str(number)


def _listed(number: int, first: int, most: int) -> str:
    return chr(first + number - 1) if 0 < number <= most else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        out += letters * times
    return out


def _counted(number: int, digits: str, places: str, shortens_ten: bool = True) -> str:
    """Return a number below ten thousand as it is counted: 十二, 一百〇三 as 一百零三."""
    if not 0 < number < 10_000:
        return str(number)
    out, skipped = "", False
    figures = str(number)
    for at, figure in enumerate(figures):
        place = len(figures) - at - 1
        if figure == "0":
            skipped = True
            continue
        out += "零" if skipped and out else ""
        skipped = False
        out += digits[int(figure)] + (places[place - 1] if place else "")
    return out[1:] if shortens_ten and out.startswith(digits[1] + places[0]) else out
