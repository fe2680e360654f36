"""One line of a batch: `{"id", "turns": […], "as_of"?, "documents"?: […]}`, read strictly, in Chinese."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from ui.dates import DayError, parse_day
from ui.questions import QuestionError, checked_question

FIELDS = ("id", "turns", "as_of", "documents")


class BadLineError(ValueError):
    """Raised for a line that cannot be asked; `id` is the line's own where it could be read."""

    def __init__(self, message: str, line_id: str | int | None = None) -> None:
        super().__init__(message)
        self.line_id = line_id


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One conversation to hold: its turns share the context."""

    id: str | int
    turns: tuple[str, ...]
    as_of: date | None = None
    documents: tuple[str, ...] = ()


def parse_line(raw: bytes, known_documents: Collection[str]) -> BatchLine:
    """Read one line.

    Raises:
        BadLineError: what is wrong with it.
    """
    fields = _object(raw)
    line_id = fields.get("id")
    if isinstance(line_id, bool) or not isinstance(line_id, str | int) or line_id == "":
        raise BadLineError("缺少 id，或 id 不是文字或整数")
    try:
        unknown = [name for name in fields if name not in FIELDS]
        if unknown:
            raise BadLineError(f"不认识的字段：{'、'.join(unknown)}；可用的是 {'、'.join(FIELDS)}")
        return BatchLine(
            line_id,
            _turns(fields.get("turns")),
            _as_of(fields.get("as_of")),
            _documents(fields.get("documents"), known_documents),
        )
    except (BadLineError, DayError, QuestionError) as error:
        raise BadLineError(str(error), line_id) from None


def _object(raw: bytes) -> dict[str, object]:
    try:
        fields = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLineError("不是 UTF-8 编码") from None
    except (json.JSONDecodeError, RecursionError):
        raise BadLineError("不是完整的 JSON") from None
    if not isinstance(fields, dict):
        raise BadLineError('应当是一个 JSON 对象，如 {"id": "1", "turns": ["问题"]}')
    return fields


def _turns(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(turn, str) for turn in value):
        raise BadLineError('turns 应当是至少含一个问题的列表，如 ["问题"]')
    return tuple(checked_question(turn) for turn in value)


def _as_of(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadLineError('as_of 应当是文字，如 "2026-11-22"')
    return parse_day(value)


def _documents(value: object, known: Collection[str]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise BadLineError("documents 应当是文件编号的列表")
    for slug in value:
        if slug not in known:
            near = get_close_matches(slug, known, n=1)
            hint = f"你是不是想找：{near[0]}" if near else f"可用的是 {'、'.join(known)}"
            raise BadLineError(f"没有文件“{slug}”，{hint}")
    return tuple(value)
