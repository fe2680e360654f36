"""Facts that proposed awards ask for: bases, counts, conditions and thresholds in the clause's own words.

The same words in one document are one fact. A name is an English word of its kind with a short digest of the
label, so that it stays the same however the document is read again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from corpus.model.measure import FactRole
from corpus.model.values import Unit

MEASURES = {
    "平方米": "面积",
    "㎡": "面积",
    "亩": "面积",
    "月": "月数",
    "个月": "月数",
    "年": "年数",
    "天": "天数",
    "日": "天数",
    "人": "人数",
    "名": "人数",
    "kW": "千瓦数",
}
_EACH = re.compile(r"^[每单/／]*(?:\d+|[一二三])?(?:[个家项件台套次场期部篇](?=[一-鿿]))?")
_DIGEST = 4  # hexadecimal digits: two labels of one kind and document hardly ever share them


@dataclass(frozen=True, slots=True)
class FactProposal:
    """A fact as `facts.yaml` writes it."""

    name: str
    label: str
    unit: Unit
    role: FactRole
    question: str
    hints: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyName:
    """A general name of sums of money, and what people call it."""

    id: str
    match: re.Pattern[str]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def money_names() -> tuple[MoneyName, ...]:
    """Return the general names of sums of money, the most telling first."""
    text = resources.files("corpus.extraction").joinpath("money_names.yaml").read_text(encoding="utf-8")
    return tuple(
        MoneyName(row["id"], re.compile(row["match"]), tuple(row["words"])) for row in yaml.safe_load(text)
    )


def base_fact(label: str) -> FactProposal:
    """Return the fact of what a rate is taken of.

    >>> fact = base_fact("项目研发投入")
    >>> fact.name.startswith("rd_spending_"), fact.question
    (True, '请问“项目研发投入”是多少？（请带单位，如 800万元）')
    """
    return _money(label, FactRole.BASE)


def threshold_fact(label: str, unit: Unit = Unit.YUAN) -> FactProposal:
    """Return the fact of a sum or count that must reach a threshold."""
    if unit == Unit.YUAN:
        return _money(label, FactRole.THRESHOLD)
    return FactProposal(
        name=_name("threshold", label),
        label=label,
        unit=unit,
        role=FactRole.THRESHOLD,
        question=f"请问“{label}”是多少？（填数量，如 3{unit.label}）",
    )


def count_fact(words: str, unit: Unit = Unit.COUNT) -> FactProposal:
    """Return the fact that counts what a sum is paid for each of (每人, 每认定1家, 每项)."""
    label = counted_label(words, unit)
    return FactProposal(
        name=_name("count", label),
        label=label,
        unit=unit,
        role=FactRole.COUNT,
        question=f"请问{label}是多少？（填数量，如 3{unit.label}）",
    )


def counted_label(words: str, unit: Unit) -> str:
    """Return what a count is called: by its unit where that says it, else by the thing counted.

    >>> counted_label("每人", Unit.COUNT), counted_label("每个展位", Unit.COUNT)
    ('人数', '展位的数量')
    """
    if unit.value in MEASURES:
        return MEASURES[unit.value]
    thing = _EACH.sub("", words)
    if thing in MEASURES:
        return MEASURES[thing]
    return f"{thing}的数量" if thing else f"按“{words}”计算的数量"


def condition_fact(words: str) -> FactProposal:
    """Return the yes-or-no fact that a condition's words hold."""
    label = words.removeprefix("对").rstrip("的，")
    return FactProposal(
        name=_name("condition", label),
        label=label,
        unit=Unit.YES_NO,
        role=FactRole.CONDITION,
        question=f"请问是否符合“{label}”？（是/否）",
    )


def level_fact(cases: tuple[str, ...]) -> FactProposal:
    """Return the fact that says which of several cases holds, those that grant least first."""
    told = "、".join(reversed(cases))
    label = f"属于哪种情形（{told}）"
    return FactProposal(
        name=_name("case", label),
        label=label,
        unit=Unit.LEVEL,
        role=FactRole.THRESHOLD,
        question=f"请问属于哪种情形：{told}？",
        choices=cases,
    )


def received_fact(words: str) -> FactProposal:
    """Return the yes-or-no fact that an award given once was received before."""
    label = f"已经享受过“{words}”"
    return FactProposal(
        name=_name("received", label),
        label=label,
        unit=Unit.YES_NO,
        role=FactRole.RECEIVED,
        question=f"请问以前是否{label}？（是/否；这项支持只给一次）",
    )


def _money(label: str, role: FactRole) -> FactProposal:
    kind = next((one for one in money_names() if one.match.search(label)), None)
    return FactProposal(
        name=_name(kind.id if kind else "amount", label),
        label=label,
        unit=Unit.YUAN,
        role=role,
        question=f"请问“{label}”是多少？（请带单位，如 800万元）",
        hints=kind.words if kind else (),
    )


def _name(kind: str, label: str) -> str:
    return f"{kind}_{hashlib.sha1(label.encode()).hexdigest()[:_DIGEST]}"
