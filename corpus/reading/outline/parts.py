"""The parts of a document, and what the ids and labels of their clauses begin with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOTICE_LABEL, ANNEX_LABEL = "通知", "附件"


class Part(StrEnum):
    """A stretch of a document with a numbering of its own; the name begins its clauses' paths."""

    MAIN = "main"
    NOTICE = "notice"
    BACKGROUND = "background"
    QUESTIONS = "qa"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class PartStart:
    """Where a part begins: the index of its first line, and what it is called.

    `number` is that of an attachment (0 where it has none) or counts the policies of one file from 1; `word`
    is what an attachment calls itself (附件, 附表, 附录).
    """

    line: int
    part: Part
    title: str = ""
    number: int = 0
    word: str = ANNEX_LABEL


def part_name(start: PartStart) -> str:
    """Return what the labels of a part's clauses begin with; empty for the policy itself."""
    if start.part is Part.ANNEX:
        return f"{start.word}{start.number or ''}"
    if start.part is Part.NOTICE:
        return NOTICE_LABEL
    title = start.title.strip("《》")
    return f"《{title}》" if start.number > 1 else ""


def part_path(start: PartStart) -> tuple[str, ...]:
    """Return what the paths of a part's clauses begin with: annex2, notice, policy2."""
    if start.part is Part.ANNEX:
        return (f"{start.part.value}{start.number or ''}",)
    if start.part is Part.NOTICE:
        return (start.part.value,)
    return (f"policy{start.number}",) if start.number > 1 else ()
