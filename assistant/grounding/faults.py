"""What can be wrong with a wording: the kind, the words, and in Chinese what a model should mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of fault; the value says in Chinese what is wrong."""

    FORM = "含有链接、图片、网页代码或不可见字符"
    TOKEN = "引用标记或占位符不存在，或不是给出的写法"
    NUMBER = "数字不是给出的，或不在所引的条款里"
    BOUND = "限定词（最高、不超过、至少、以上、超过……）丢了、加了或反了"
    PACE = "计算口径（每年、一次性、每家、累计……）丢了、加了或变了"
    MEASURE = "数字安到了别的事项或别的条款上"
    CLAUSE = "引用的条款与这句话的内容不符"
    NEGATION = "肯定与否定颠倒"
    ALTERED = "原文的词被换成了意思不同的词，或前后颠倒、引文不是原样"
    UNCITED = "带数字、日期或条件的话没有引用标记"
    STRONG = "说得比原文绝对，或添加了原文没有的说法"
    NOVEL = "出现了给出的内容里没有的事项、机构或文件"
    NAME = "文件名、机构名或英文名称不在给出的内容里"
    DRAFT = "没有在金额旁边说明是草案，或把草案说成现行政策"
    NOTE = "缺少必须说明的内容（草案、届满、报道来源、未载明、临近届满、不符合条件）"
    QUESTION = "没有把需要追问的问题问出来"
    LOST = "漏掉了结论金额、条件或引用"
    LENGTH = "太长"
    EMPTY = "没有内容"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and the words it is wrong in."""

    kind: Kind
    words: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}：「{self.words}」" if self.words else self.kind.value
