"""The words that limit a number (最高、不超过、以内、不低于) and over what it runs (每个项目每年)."""

from __future__ import annotations

import re

from corpus.extraction.lexicon import BOUND, BOUND_AFTER, FLOOR, TOGETHER, YEARLY

_BOUND = re.compile(rf"(?:{BOUND})(?!学历|学位|等级|级别|层次|荣誉|标准的|人民|法院|院)")
_FLOOR = re.compile(rf"(?:{FLOOR})")
_AFTER = re.compile(
    rf"\s{{0,8}}(?:[/／][^，。；、\s]{{1,8}}?)?(?:[（(]含[^（）()]{{0,4}}[）)])?\s{{0,8}}(?P<word>{BOUND_AFTER})"
)
_LIMITS_OTHERS = re.compile(r"(?:期限?|年限|时间|周期|次数|人数|数量|面积)$")
_COUNTS = re.compile(
    r"\s{0,8}\d{1,12}\s{0,8}(?:个?月|年|天|日|次|家|人|名|项|个|件|小时|期|届|%的?(?:前提|部分))"
)
# What may be counted behind 每 and 单: a sum is paid or limited for each of them.
_UNITS = """
    人次 人 名 位 家 户 个 项 件 场次 场 次 期 班 课 天 日 月 季度 季 年度 年
    平方米 平米 亩 吨 公斤 辆 台 套 座 栋 篇 款 种 类 条 张 床位 床 间 站 门
    千瓦时 千瓦 度 标准箱 标箱 箱 架次 航线 桩 枪 单 部 集 册 本 例 头 只 羽 株
    棵 公里 立方米 单位 企业 机构 项目 学员 职工 员工 家庭 工位 小时 课时 周 专利
    产品 团队 基地 店 门店 村 社区 校 所 层 幅 届 轮 批 艘 米 名额 职业 岗位
    """.split()  # noqa: SIM905 - a hundred words read better as words
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_NOT_HOLDER = (
    "最|不|给予|按|补[贴助]|奖励|资助|扶持|支持|一次|累计|总|每|单|年度|[一二三两]年"
    "|当期|享|可|的|上限|额|资金"
)
_EACH_COUNTED = re.compile(
    rf"每(?!年|月)[^，。；、每\d]{{1,10}}?(?:\d{{1,12}}"
    rf"|[一二三四五六七八九十百]{{1,6}})\s{{0,8}}(?:{_UNIT})(?=[^，。；]{{0,20}}(?:，|,|的|给|奖|补"
    rf"|支|按))"
)
_EACH = re.compile(
    rf"(?:每一|每|单一|单个|单(?!位|项冠军|打冠军)|同一)(?:新增|增加|培训|服务|引进"
    rf"|吸纳|招用|举办)?\s{{0,8}}(?:1|一|万|千|百)?\s{{0,8}}(?:{_UNIT})"
    rf"(?:(?!{_NOT_HOLDER})[^，。；、\d（(]){{0,10}}"
)


def bound_before(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """Return where the upper bound word of a number at `start` stands, looking back to `floor`.

    >>> text = "每个项目最高补助30万元"
    >>> text[slice(*bound_before(text, 8, 0))]
    '最高'
    """
    found = [
        match
        for match in _BOUND.finditer(text, floor, start)
        if not _LIMITS_OTHERS.search(text[floor : match.start()]) and not _COUNTS.match(text, match.end())
    ]
    return found[-1].span() if found else None


def bound_after(text: str, end: int) -> tuple[int, int] | None:
    """Return where a bound word right behind a number stands: 10万元以内, 50万元封顶.

    >>> "10万元以内的"[slice(*bound_after("10万元以内的", 4))]
    '以内'
    """
    match = _AFTER.match(text, end)
    return match.span("word") if match else None


def floor_before(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """Return where the lower bound word right before a number stands: 不少于10万元."""
    found = [match for match in _FLOOR.finditer(text, floor, start) if start - match.end() <= 4]
    return found[-1].span() if found else None


def each_before(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """Return where 每人每月, 单个项目 stands that is nearest before a number."""
    found = list(_EACH.finditer(text, floor, start))
    if not found:
        return None
    begin = found[-1].start()
    for match in reversed(found[:-1]):
        if match.end() == begin:
            begin = match.start()
    return begin, found[-1].end()


def each_counted(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a part of the sentence says for each of what it pays: 每认定1家企业，给予2万元.

    >>> text = "每新设一家连锁门店，给予1万元"
    >>> text[slice(*each_counted(text, 0, len(text) - 3))]
    '每新设一家'
    """
    found = list(_EACH_COUNTED.finditer(text, start, end))
    return found[-1].span() if found else None


def yearly(text: str) -> bool:
    """Tell whether words speak of one year each: 每年、年度、/年."""
    return bool(YEARLY.search(text))


def together(text: str) -> bool:
    """Tell whether words speak of a total: 累计、总额、合计."""
    return bool(TOGETHER.search(text))
