"""What can be wrong with a fact; the tree is drawn in `facts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from corpus.model.measure import Fact

_NEAR = 0.45


class FactError(ValueError):
    """Base of everything wrong with what a company told; `fact` is the name it concerns.

    `plain` says it without the name, for people who fill in a field and see its label alone.
    """

    def __init__(self, message: str, fact: str, plain: str = "") -> None:
        super().__init__(message)
        self.fact = fact
        self.plain = plain or message


class UnknownFactError(FactError):
    """Raised for a name no fact has, or several share; `near` are the names that may be meant."""

    def __init__(self, name: str, facts: Mapping[str, Fact], shared: Sequence[Fact] = ()) -> None:
        near = tuple(shared) or _nearest(name, facts)
        meant = "、".join(f"{fact.name}（{fact.label}）" for fact in near)
        hint = f"你是不是想说 {meant}？" if near else "请先列出措施所需的事实再填写。"
        super().__init__(f"没有名为「{name}」的事实。{hint}", name)
        self.near = tuple(fact.name for fact in near)


class BadFactError(FactError):
    """Raised for a value nothing may be computed from."""

    def __init__(self, fact: Fact, what: str) -> None:
        super().__init__(f"{fact.label}（{fact.name}）：{what}。", fact.name, f"{fact.label}：{what}。")


def _nearest(name: str, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    scored = [(max(_likeness(name, word) for word in _words(fact)), fact) for fact in facts.values()]
    near = sorted((pair for pair in scored if pair[0] >= _NEAR), key=lambda pair: -pair[0])
    return tuple(fact for _, fact in near[:3])


def _words(fact: Fact) -> tuple[str, ...]:
    return (fact.name, fact.label, *fact.hints)


def _likeness(name: str, word: str) -> float:
    return SequenceMatcher(None, name.lower(), word.lower()).ratio()
