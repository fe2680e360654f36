"""What fits into one message: parts that wait, whose question each answers, what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.bots.rendering import MESSAGE_BYTES
from ui.bots.splitting import size
from ui.bots.words import bot_words, excerpt
from ui.words import AI_NOTICE

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Pending:
    """A part of an answer that nobody has seen yet. `is_own`: the message being replied to asked for it."""

    message: str
    n: int
    text: str
    question: str
    is_own: bool
    is_answer: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """One message, and the parts in it."""

    text: str
    taken: tuple[Pending, ...]


def pack(waiting: Sequence[Pending], rest: int = 0, running: int = 0, limit: int = MESSAGE_BYTES) -> Packed:
    """Put as many parts into one message as fit, at least one; say how much is still to come.

    `rest` counts parts that are not among those waiting but can be had, `running` questions under way.
    """
    best = _packed(waiting[:1], waiting, rest, running)
    for most in range(2, len(waiting) + 1):
        more = _packed(waiting[:most], waiting, rest, running)
        if size(more.text) > limit:
            break
        best = more
    return best


def _packed(taken: Sequence[Pending], waiting: Sequence[Pending], rest: int, running: int) -> Packed:
    words = bot_words()
    text = _BETWEEN.join(_told(one, before) for one, before in zip(taken, (None, *taken), strict=False))
    left = len(waiting) - len(taken) + rest
    ends = [words.say("more_parts", parts=left)] if left else []
    ends += [words.say("more_questions", questions=running)] if running else []
    ends += [words.say("label", notice=AI_NOTICE)] if any(one.is_answer for one in taken) else []
    return Packed("\n".join((text, *ends)), tuple(taken))


def _told(one: Pending, before: Pending | None) -> str:
    """Say whose answer a part is, where it is not that of the message being replied to."""
    is_told = one.is_own or not one.is_answer or (before is not None and before.message == one.message)
    return one.text if is_told else f"{bot_words().say('about', question=excerpt(one.question))}\n{one.text}"
