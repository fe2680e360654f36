"""How far an award as data is to be believed (复核状态), and which person looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

UNREVIEWED_MARK = "自动识别，未经人工核对"


class ReviewState(StrEnum):
    """Who vouches for an award: a person, the proof alone, or nobody yet."""

    CONFIRMED = "confirmed"  # 已由人核对
    PROVEN = "proven"  # 自动识别，未经人工核对
    NEEDS_REVIEW = "needs_review"  # 有疑问，只引原文，不测算


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on an award: who, and when (ISO date and time)."""

    by: str
    at: str
