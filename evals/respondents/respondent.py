"""What a run needs of whoever is asked, and the words before the first question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.model.measure import Fact
from corpus.model.values import Money, Unit
from corpus.reading.numerals import format_money, parse_decimal
from evals.cases import CorpusChange, Profile
from evals.replies import Reply
from evals.suite_files import Item, SuiteError


@dataclass(frozen=True, slots=True)
class Conversation:
    """The replies to the turns of one item; `retrieved` are clause ids and scores for the last question."""

    replies: tuple[Reply, ...]
    retrieved: tuple[tuple[str, float], ...] | None = None


class Respondent(Protocol):
    """Answers the turns of an item, whatever happens: what goes wrong is a reply that says so."""

    @property
    def about(self) -> Mapping[str, object]:
        """Return what the header of a run says of it."""

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:
        """Ask every turn in one conversation, over the corpus as changed."""

    def can_change_corpus(self) -> bool:
        """Tell whether the corpus can be changed for an item."""


def spoken_turns(item: Item, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return what is said turn by turn; a profile goes before the first question."""
    opening = _opening(item.case.profile, facts, item) if item.case.profile else ""
    first, *rest = (turn.content for turn in item.case.turns)
    return (opening + first, *rest)


def _opening(profile: Profile, facts: Mapping[str, Fact], item: Item) -> str:
    who = (profile.region or "") + (profile.kind or "企业")
    told = [_told(name, value, facts, item) for name, value in profile.facts.items()]
    return "，".join((f"我们是{who}", *told)) + "。"


def _told(name: str, value: str | int | float | bool, facts: Mapping[str, Fact], item: Item) -> str:
    fact = fact_of(name, facts)
    if fact is None:
        raise SuiteError([f"{item.place} profile.facts：没有叫“{name}”的事实"])
    if isinstance(value, bool):
        return fact.label if value else f"不是{fact.label}"
    if fact.unit == Unit.YUAN and not isinstance(value, str):
        return f"{fact.label}{format_money(Money(parse_decimal(str(value))))}"
    return f"{fact.label}{value}"


def fact_of(name: str, facts: Mapping[str, Fact]) -> Fact | None:
    """Return the fact of a name, in English or Chinese: its own, its label, or one of its hints."""
    if name in facts:
        return facts[name]
    exact = [one for one in facts.values() if name in (one.label, *one.hints)]
    near = exact or [one for one in facts.values() if name in one.label or one.label in name]
    return near[0] if len({one.name for one in near}) == 1 else None
