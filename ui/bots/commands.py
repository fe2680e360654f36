"""What a user asks of the bot itself: more of an answer, a clause, a new conversation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_MORE = {
    "继续",
    "继续查看",
    "下一段",
    "下一页",
    "更多",
    "还有呢",
    "还有吗",
    "好了吗",
    "好了没",
    "结果",
    "答案",
}
_FRESH = {"新对话", "新会话", "新的对话", "开始新对话", "重新开始", "清空对话", "清除对话"}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")}
_SOURCE = re.compile(
    r"(?:(?:查看)?(?:依据|出处|来源|原文)\s{0,8}(?:第\s{0,8})?[〔\[(【]?\s{0,8}(\d{1,3}|[一二三四五六七八九十])\s{0,8}[〕\])】]?\s{0,8}(?:条|号|个)?"
    r"|[〔\[【]\s{0,8}(\d{1,3})\s{0,8}[〕\]】])"
)


class Kind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    MORE = "more"
    SOURCE = "source"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Command:
    """What a message asks for; `number` is that of a source, None for “依据” alone."""

    kind: Kind
    number: int | None = None


def read_command(text: str) -> Command:
    """Return what a text asks for.

    >>> read_command("依据１"), read_command("贴息的依据是什么？").kind.value
    (Command(kind=<Kind.SOURCE: 'source'>, number=1), 'question')
    """
    words = unicodedata.normalize("NFKC", text).strip().strip("。.!~“”\"'「」 ").strip()
    bare = words.rstrip("?吧呀啊 ")
    if bare in _MORE or words == "?":
        return Command(Kind.MORE)
    if bare in _FRESH:
        return Command(Kind.FRESH)
    if bare in {"依据", "查看依据", "来源", "出处"}:
        return Command(Kind.SOURCE)
    found = _SOURCE.fullmatch(bare)
    if found:
        digits = found.group(1) or found.group(2)
        return Command(Kind.SOURCE, _DIGITS.get(digits) or int(digits))
    return Command(Kind.QUESTION)
