"""Unit words of policy Chinese, and the corpus units they stand for."""

from __future__ import annotations

import re

from corpus.model.values import Unit

_KNOWN = {
    Unit.TON_COAL: ("吨标准煤", "吨标煤"),
    Unit.EQUIVALENT_TON: ("当量吨", "吨当量"),
    Unit.ENTERPRISE: ("家次", "家", "户"),
    Unit.ROUTE: ("条",),
    Unit.SORTIE: ("架次",),
    Unit.EVENT: ("场次", "场", "次"),
    Unit.YEAR: ("周年", "年"),
    Unit.LEVEL: ("级",),
    Unit.COUNT: ("个", "项", "件"),
}
_OTHER = tuple(
    """
    美元 美金 港元 港币 欧元 日元 英镑 人次 用户 平方公里 平方米 平米 公里 公斤
    千克 千瓦时 千瓦 兆瓦 方面 部门 小时 分钟 工作日 个百分点 百分点
    个月 星期 标准箱 吨 人 名 位 辆 台 套 座 栋 所 门 款 种 类 轮 批 周岁
    岁 倍 天 亩 度 篇 册 颗 片 张 份 只 艘 架 支 期 粉丝 人口
    """.split()  # noqa: SIM905 - sixty words read better as words
)
UNITS_BY_WORD = {word: unit for unit, words in _KNOWN.items() for word in words}
MONEY_WORDS = ("元人民币", "元整", "元", "块钱", "块", "人民币", "RMB", "rmb", "CNY", "圆整", "圆")
FOREIGN_MONEY = frozenset(["美元", "美金", "港元", "港币", "欧元", "日元", "英镑"])

_NOT_AFTER = (
    ("元", "宇旦素件器首老月气"),
    ("块", "地板屏链头"),
    ("次", "性数日年要级于品之"),
    ("级", "别市"),
    ("年", "度轻龄纪代"),
    ("条", "件款例龙"),
    ("个", "人性别体税"),
    ("项", "目"),
    ("家", "庭具电乡长园"),
    ("名", "单称义誉录"),
    ("人", "工才机民均形行类员力大"),
    ("度", "过"),
    ("期", "间待货限"),
    ("类", "似"),
    ("门", "户"),
    ("支", "持付撑"),
    ("张", "江"),
    ("场", "景地所馆"),
    ("户", "籍口外"),
    ("吨", "位"),
    ("台", "湾州"),
    ("位", "置于"),
    ("套", "餐"),
    ("片", "区面"),
    ("批", "准次量复"),
    ("件", "套"),
)
_FORBIDDEN = dict(_NOT_AFTER)


def _pattern(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) + (f"(?![{_FORBIDDEN[word]}])" if word in _FORBIDDEN else "") for word in ordered
    )


MONEY_PATTERN = _pattern(MONEY_WORDS)
UNIT_PATTERN = _pattern((*UNITS_BY_WORD, *_OTHER))


def unit_of_word(word: str) -> Unit | None:
    """Return the corpus unit a unit word stands for, None for any other word.

    >>> unit_of_word("吨标准煤"), unit_of_word("吨")
    (<Unit.TON_COAL: 'ton_coal'>, None)
    """
    if word in MONEY_WORDS:
        return Unit.YUAN
    return UNITS_BY_WORD.get(word)
