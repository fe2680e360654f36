"""Labelled questions: what is asked, which words answer, which numbers are told and in which role.

`questions.jsonl.gz` and `conversations.jsonl.gz` hold one object a line, in the shape of `Labelled` and
`Talk`; `schema.json` is their published schema. A quarter is kept for test by document and author together
(`is_held_out`), so that no document's words and no author's habits stand on both sides.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.jsonl.gz"
CONVERSATIONS = HERE / "conversations.jsonl.gz"

Answerable = Literal["yes", "partly", "no"]
_SHARE_HELD_OUT = 4  # one in four


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mention(_Strict):
    """A number, level or day of a question: its words, the role it plays, and what it is of."""

    text: str
    role: str
    of: str = ""


class Labelled(_Strict):
    """One question, or one turn of a conversation. `evidence` and `awards` are words of the document."""

    question: str
    answerable: Answerable
    why: str | None = None
    facets: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    expected: str | None = None  # yuan, "ask" or "none"
    is_upper_bound: bool | None = None
    act: str | None = None


class Question(Labelled):
    """A question by itself."""

    id: str
    author: str
    voice: str
    document: str | None


class Talk(_Strict):
    """A conversation."""

    id: str
    author: str
    voice: str
    document: str | None
    turns: tuple[Labelled, ...]


def load_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """Return the labelled questions."""
    return tuple(Question.model_validate_json(line) for line in _lines(path))


def load_conversations(path: Path = CONVERSATIONS) -> tuple[Talk, ...]:
    """Return the labelled conversations."""
    return tuple(Talk.model_validate_json(line) for line in _lines(path))


def is_held_out(record: Question | Talk) -> bool:
    """Tell whether a record is kept for test, by its document and author."""
    key = f"{record.author}/{record.document}"
    return zlib.crc32(key.encode()) % _SHARE_HELD_OUT == 0


def _lines(path: Path) -> Iterator[str]:
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (line for line in file if line.strip())
