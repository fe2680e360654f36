"""A fact (事实): what a company must tell before an award can be computed, and what it does there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.model.values import Unit


class FactScope(StrEnum):
    """What a fact is about: the company itself, whatever it asks for, or one matter (a project…)."""

    COMPANY = "company"
    MATTER = "matter"


class FactRole(StrEnum):
    """What a fact does in the measures that ask for it."""

    BASE = "base"  # 基数：比例所乘的金额，或别的层级已支持的金额
    COUNT = "count"  # 数量：按件、按次、按面积计算的个数
    CONDITION = "condition"  # 条件：是或否
    THRESHOLD = "threshold"  # 门槛：达到多少、几级
    RECEIVED = "received"  # 已享受：已经拿到的金额，或是否享受过


class FactPeriod(StrEnum):
    """The stretch of time a fact is told of, where it is one: what it was in another one is another fact."""

    YEAR = "year"


class Combining(StrEnum):
    """What becomes of several values told of one fact."""

    ASK = "ask"  # 问以哪个为准
    SUM = "sum"  # 加起来


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a company must tell: `name` (identifier), Chinese `label`, unit and the question to ask.

    `choices` lists the only values a LEVEL fact may take, weakest first. A fact of the company, told once,
    holds for every later matter of a conversation; any other belongs to the matter it was told for.
    `requires` names the yes/no fact without which this one says nothing. `needs_words` where no number is
    taken for it unless its own words stand beside it; `is_seat` where it says in which place the company is.
    `counts` are patterns of the things a count counts. `document` is the slug of the document whose fact it
    is, empty for one that documents share.
    """

    name: str
    label: str
    unit: Unit
    question: str
    hints: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    scope: FactScope = FactScope.MATTER
    role: FactRole = FactRole.BASE
    period: FactPeriod | None = None
    combines: Combining = Combining.ASK
    requires: str | None = None
    needs_words: bool = False
    is_seat: bool = False
    counts: tuple[str, ...] = ()
    document: str = ""

    @property
    def own_name(self) -> str:
        """Return the name as the document's own files write it.

        >>> Fact("park.area", "面积", Unit.COUNT, "多大？", document="park").own_name
        'area'
        """
        return self.name.removeprefix(f"{self.document}.")

    @property
    def is_paid(self) -> bool:
        """Tell whether it is a sum that was already received (已享受的金额)."""
        return self.role is FactRole.RECEIVED and self.unit == Unit.YUAN

    @property
    def is_of_this_year(self) -> bool:
        """Tell whether it is something received that counts for one year only."""
        return self.role is FactRole.RECEIVED and self.period is FactPeriod.YEAR
