"""Which side of a matter is asked for: its price, a licence, a wage … or what a policy speaks of.

A policy says who gets how much, on what terms, from whom and until when. It may mention a thing and still say
nothing of its price: such a side (`foreign`) is answered only where the passage itself speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.language.occurrences import occurrences
from assistant.language.word_boundaries import stands_as_word
from corpus.errors import BrokenCorpusError
from corpus.strict_yaml import read_model

ASPECTS = Path(__file__).with_name("aspects.yaml")
MATTERS = Path(__file__).with_name("matters.yaml")


class _ForeignRow(BaseModel):
    model_config = ConfigDict(extra="forbid")
    label: str
    cues: list[str]
    unless: list[str] = []
    spoken: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    foreign: dict[str, _ForeignRow]
    asking: dict[str, list[str]]


_PARTS = re.compile(r"[，,。；;！!\n]")
_ASKS = re.compile(
    r"[?？]|多少|几|什么|啥|哪|怎|如何|为何|谁|吗|呢|么$|能否|是否|有没有|(.)[不没]\1|何时|找|求|想"
)


def asked_part(text: str) -> str:
    """Return the parts of a text that ask, without the story around them; all of it where none does.

    >>> asked_part("停车费花了三万，首版次合同220万，能补多少")
    '能补多少'
    >>> asked_part("首版次奖励标准")
    '首版次奖励标准'
    """
    return "，".join(filter(asks, _PARTS.split(text))) or text


def asks(part: str) -> bool:
    """Tell whether a part of a text asks, and does not only tell.

    >>> asks("能补多少"), asks("停车费花了三万")
    (True, False)
    """
    return _ASKS.search(part) is not None


_FOR_OTHERS = re.compile("(替|帮|给|卖给|客户是|服务的是?|供应)(了?一?[家个座]|几家|[几两]十?[家个]|一些)?$")


class _MattersFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    matters: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of a matter that policies rarely speak of, and how one hears that it is asked for."""

    name: str
    label: str
    cues: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    spoken: re.Pattern[str] | None = None

    def heard_in(self, text: str) -> str:
        """Return the words of a question that ask for this side, empty where it does not."""
        if self.unless and self.unless.search(text):
            return ""
        found = self.cues.search(text)
        return found[0] if found else ""

    def is_spoken_of(self, heard: str, passage: str) -> bool:
        """Tell whether a passage speaks of this side: in the question's own words, or in the usual ones."""
        return heard in passage or bool(self.spoken and self.spoken.search(passage))


@dataclass(frozen=True, slots=True)
class Aspects:
    """Every foreign side, and the ways of asking that policies are asked in."""

    foreign: tuple[Aspect, ...]
    asking: tuple[tuple[str, re.Pattern[str]], ...]

    def unanswered(self, text: str, passage: str) -> tuple[Aspect, ...]:
        """Return the sides a question asks for of which a passage says nothing."""
        asked = asked_part(text)
        heard = ((aspect, aspect.heard_in(asked)) for aspect in self.foreign)
        return tuple(aspect for aspect, words in heard if words and not aspect.is_spoken_of(words, passage))

    def ways(self, text: str) -> frozenset[str]:
        """Return the ways of asking (money, support …) that a question uses."""
        return frozenset(name for name, pattern in self.asking if pattern.search(text))


@cache
def load_aspects(path: Path = ASPECTS) -> Aspects:
    """Return the aspects of a file.

    Raises:
        BrokenCorpusError: the file is missing, not of the right shape, or holds what is no pattern.
    """
    rows = read_model(path, _File)
    foreign = tuple(
        Aspect(name, row.label, _all(path, row.cues), _any(path, row.unless), _any(path, row.spoken))
        for name, row in rows.foreign.items()
    )
    return Aspects(foreign, tuple((name, _all(path, words)) for name, words in rows.asking.items()))


@cache
def load_matters(path: Path = MATTERS) -> tuple[str, ...]:
    """Return the words for matters that other policies see to, the longest first.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    words = {word for some in read_model(path, _MattersFile).matters.values() for word in some}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def matters_elsewhere(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the matters a question speaks of and no known text does; none that is part of another.

    >>> matters_elsewhere("餐饮企业装修补多少", ["支持工业企业"])
    ('装修', '餐饮')
    >>> matters_elsewhere("餐饮企业补多少", ["支持餐饮企业"])
    ()
    >>> matters_elsewhere("我们替食品厂省电", [])
    ()
    """
    lowered = text.lower()
    found = [word for word in load_matters() if _is_own(word.lower(), lowered)]
    told = "\n".join(known).lower() if found else ""
    found = [word for word in found if word.lower() not in told]
    return tuple(word for word in found if not any(word in other and word != other for other in found))


def _is_own(word: str, text: str) -> bool:
    """Tell whether a text speaks of a matter that is not only a customer's (替食品厂、给酒店)."""
    alone = (at for at, end in occurrences(word, text) if stands_as_word(text, at, end))
    return any(not _FOR_OTHERS.search(text[:at]) for at in alone)


def _any(path: Path, words: list[str]) -> re.Pattern[str] | None:
    return _all(path, words) if words else None


def _all(path: Path, words: list[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(words), re.IGNORECASE)
    except re.error as error:
        raise BrokenCorpusError(str(path), f"“{words}”里有不是正则表达式的写法：{error}") from error
