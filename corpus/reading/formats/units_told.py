"""Units told beside a table's numbers: in a header (金额（万元）) or above the table (单位：万元)."""

from __future__ import annotations

import re

_MONEY = r"[十百千万亿]*(?:元人民币|美元|欧元|港元|港币|日元|英镑|元)"
_MEASURE = (
    r"人次|人|家|户|个百分点|个工作日|工作日|个月|个|项|件|平方米|平方公里|㎡|m²|亩|公顷|万?吨标准煤|吨标煤|万吨|吨|兆瓦|千瓦时|千瓦"
    r"|[%％‰]|周岁|岁|分钟|小时|分|年|月|天|日|公里|场次|场|次|名|套|台|辆|册|篇"
)
_UNIT = rf"(?:人民币)?(?P<unit>(?:{_MONEY}|{_MEASURE})(?:/[^（）()，,；;。\s]{{1,8}})?)"
_SLASHED = _UNIT.replace("?P<unit>", "?P<slashed>")
_IN_HEADER = re.compile(
    rf"(?:[（(【\[]\s*+(?:单位\s*+(?:[：:]\s*+)?)?{_UNIT}\s*+[）)】\]]|(?<=[\u4e00-\u9fff])/{_SLASHED})$"
)
_ABOVE = re.compile(rf"单位\s*[：:]\s*{_UNIT}(?=[\s）)\]】。，；,;]|$)")
_BARE = re.compile(
    r"(?P<number>(?:[约≥≤<>＜＞±+-]\s*+)?\d[\d,，]*(?:\.\d+)?(?:\s*[-—–~～至]+\s*\d[\d,，]*(?:\.\d+)?)?)\s*"
    r"(?P<bound>(?:[(（]含[)）])?(?:以上|以下|以内|起)?)"
)
_NO_AMOUNT = re.compile(
    r"序号|编号|代码|^年|年度|年份|年限|期限|日期|时间|月份|比例|率$|占比|数量|个数|人数|户数|家数|名额|次数|分值|得分|排名|名次"
    r"|电话|邮编|邮政|面积|批次|学历|年龄"
)
_NO_MEASURE = re.compile(r"序号|编号|代码|年度|年份|日期|时间|电话|邮编|邮政|排名|名次")


def unit_of_header(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit; the unit is empty where none is told.

    >>> unit_of_header("奖励金额（万元）"), unit_of_header("奖励（一次性）")
    (('奖励金额', '万元'), ('奖励（一次性）', ''))
    """
    told = _IN_HEADER.search(header.rstrip())
    if told is None or told.start() == 0:
        return header, ""
    return header[: told.start()].rstrip(), told["unit"] or told["slashed"]


def unit_told_above(text: str) -> str:
    """Return the unit that a caption or the line above a table tells, or nothing.

    >>> unit_told_above("第二条 奖励标准见下表（单位：万元）。")
    '万元'
    """
    told = list(_ABOVE.finditer(text))
    return told[-1]["unit"] if told else ""


def is_measured_by(unit: str, header: str) -> bool:
    """Tell whether a column may be counted in the unit told for its whole table: an ordinal is not."""
    not_counted = _NO_AMOUNT if re.search(_MONEY, unit) else _NO_MEASURE
    return not_counted.search(header) is None


def is_bare_number(text: str) -> bool:
    """Tell whether a cell holds a number and nothing that says of what."""
    return _BARE.fullmatch(text.strip()) is not None


def with_unit(text: str, unit: str) -> str:
    """Return a bare number with its unit: the unit stands before 以上 and its like.

    >>> with_unit("10以上", "万元"), with_unit("5-10", "%")
    ('10万元以上', '5-10%')
    """
    found = _BARE.fullmatch(text.strip())
    if found is None:
        return text
    return f"{found['number']}{unit}{found['bound']}"
