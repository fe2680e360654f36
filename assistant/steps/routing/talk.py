"""What is no question on a policy: greetings, thanks, what this program is and holds; answered in a line.

The whole of what is said must be of such a kind: 「谢谢，那上云能补多少」 is a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from assistant.steps.state import State
from corpus.reading.numerals import Kind
from corpus.strict_yaml import read_model

TALK = Path(__file__).with_name("talk.yaml")
_SIGNS = re.compile(r"[\W_]+")
_ENDING = re.compile("(?<![呀啊呢吗嘛哦哈呐噢哟])[呀啊呢吗嘛哦哈呐噢哟]++$")
_LONGEST = 40


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    reply: str
    is_answer: bool
    says: tuple[str, ...]


class _File(RootModel[tuple[_Row, ...]]):
    """Kinds of talk."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A kind of talk: how it is replied to, whether that is an answer, and how it is recognised."""

    reply: str
    is_answer: bool
    pattern: re.Pattern[str]


def kind_of_talk(state: State) -> Talk | None:
    """Return the kind of talk the whole of a question is; None for anything that may be on a policy."""
    reading = state.reading
    has_sum = any(found.kind in {Kind.MONEY, Kind.RATE} for found in reading.quantities)
    if reading.terms or reading.references or reading.documents or has_sum:
        return None
    return kind_of(reading.text)


def kind_of(text: str) -> Talk | None:
    """Return the kind of talk a text is, if any.

    >>> found = kind_of("谢谢你啦！")
    >>> found and found.reply
    'talk_thanks'
    >>> kind_of("谢谢，补贴多少") is None
    True
    """
    said = _SIGNS.sub("", text).lower()
    if not said or len(said) > _LONGEST:
        return None
    forms = (said, _ENDING.sub("", said))
    return next((one for one in _kinds() if any(one.pattern.fullmatch(form) for form in forms)), None)


@cache
def _kinds() -> tuple[Talk, ...]:
    rows = read_model(TALK, _File).root
    return tuple(Talk(row.reply, row.is_answer, re.compile("|".join(row.says), re.I)) for row in rows)
