"""What was asked and replied, written down as it comes, so that a killed run goes on where it was.

`transcripts.jsonl` holds a header line and a line for each finished attempt. A torn last line is dropped.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from evals.replies import Failure, Reply, failed, read_reply
from evals.respondents.respondent import Conversation
from evals.suite_files import Item

FILE = "transcripts.jsonl"


class OtherRunError(ValueError):
    """Raised when a folder holds a run made with something else."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One asking of an item: the n-th repeat; a `control` asks on the corpus without the noise."""

    item: Item
    repeat: int = 1
    is_control: bool = False

    @property
    def key(self) -> str:
        """Return what the attempt is called in a run."""
        return f"{self.item.id}#{'control' if self.is_control else self.repeat}"


class Transcripts:
    """The finished attempts of one run, kept in its folder."""

    def __init__(self, folder: Path, header: Mapping[str, Any], overwrite: bool = False) -> None:
        """Open the folder and read what an earlier, broken-off run left.

        Raises:
            OtherRunError: it holds a run with another header.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._lock = threading.Lock()
        self._kept = {} if overwrite else self._read(header)
        with self._path.open("w", encoding="utf-8") as file:
            _write(file, {"header": header})
            for record in self._kept.values():
                _write(file, record)

    @property
    def count(self) -> int:
        """Return how many attempts are finished."""
        return len(self._kept)

    def find(self, attempt: Attempt) -> Conversation | None:
        """Return what a finished attempt gave, None where it is still to be made."""
        record = self._kept.get(attempt.key)
        if record is None or record["digest"] != attempt.item.digest:
            return None
        replies = tuple(_reply(raw) for raw in record["replies"])
        found = record["retrieved"]
        return Conversation(replies, None if found is None else tuple((name, score) for name, score in found))

    def add(self, attempt: Attempt, conversation: Conversation) -> None:
        """Write a finished attempt, safe on disk before this returns."""
        record = {
            "key": attempt.key,
            "digest": attempt.item.digest,
            "replies": [_raw(reply) for reply in conversation.replies],
            "retrieved": conversation.retrieved,
        }
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            _write(file, record)
            file.flush()
            os.fsync(file.fileno())
            self._kept[attempt.key] = record

    def _read(self, header: Mapping[str, Any]) -> dict[str, Any]:
        if not self._path.is_file():
            return {}
        lines = self._path.read_text("utf-8", errors="replace").split("\n")
        records = [record for line in lines if (record := _whole(line)) is not None]
        if not records:
            return {}
        before = records[0].get("header")
        if before != json.loads(json.dumps(header)):
            raise OtherRunError(
                f"{self._path.parent.name} 里是另一次评测（{_differing(before, header)} 不同）。"
                "请换一个 --out 目录，或加 --overwrite 重新开始。"
            )
        return {record["key"]: record for record in records[1:] if "key" in record}


def _differing(before: object, now: Mapping[str, Any]) -> str:
    old = before if isinstance(before, dict) else {}
    return "、".join(name for name in now if old.get(name) != json.loads(json.dumps(now[name]))) or "开头"


def _whole(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except json.JSONDecodeError:
        return None
    return record if isinstance(record, dict) else None


def _write(file: TextIO, record: Mapping[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _raw(reply: Reply) -> dict[str, Any]:
    return {
        "question": reply.question,
        "raw": reply.raw,
        "seconds": round(reply.seconds, 4),
        "failure": reply.failure.value if reply.failure else None,
        "note": reply.failure_note,
    }


def _reply(raw: Mapping[str, Any]) -> Reply:
    if raw["failure"] and not raw["raw"]:
        return failed(raw["question"], Failure(raw["failure"]), raw["note"], raw["seconds"])
    return read_reply(raw["question"], raw["raw"], raw["seconds"])
