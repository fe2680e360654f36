"""Running a batch: ask each line's turns, write one record a line, keep what an earlier run has written."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answer_json import answer_json
from assistant.conversation import Outcome, Question
from ui.application import Answers
from ui.batch.lines import BadLineError, BatchLine, parse_line
from ui.batch.records import Record, Records

ERROR = Outcome.ERROR.value


@dataclass
class Tally:
    """What became of the lines."""

    written: int = 0
    kept: int = 0
    failed: int = 0


@dataclass
class Batch:
    """One run over the lines of an input file. `on_line` is told of each finished line."""

    assistant: Answers
    documents: Collection[str]
    as_of: date
    on_line: Callable[[], object] = lambda: None
    tally: Tally = field(default_factory=Tally)

    def run(self, lines: Sequence[tuple[int, bytes]], records: Records) -> Tally:
        """Answer every line in order.

        Records that are already there and still fit their line are kept; the rest is asked again.
        """
        read = [self._read(number, raw) for number, raw in lines]
        fits = self._leading(read, records.kept)
        later = _by_id(records.kept[fits:])
        records.keep(fits)
        for _ in range(fits):
            self._count(kept=True)
        for line in read[fits:]:
            earlier = self._take(line, later)
            record = earlier or self._record(line)
            records.add(record)
            self._count(kept=earlier is not None, is_failed=is_failed(record))
        return self.tally

    def _read(self, number: int, raw: bytes) -> BatchLine | Record:
        try:
            return parse_line(raw, self.documents)
        except BadLineError as error:
            return {"id": error.line_id, "line": number, "error": f"第 {number} 行：{error}"}

    def _leading(self, read: Sequence[BatchLine | Record], kept: Sequence[Record]) -> int:
        """Count the records at the head of the file that answer the lines at the head of the input."""
        pairs = zip(read, kept, strict=False)
        return next(
            (n for n, (line, record) in enumerate(pairs) if not self._answers(record, line)),
            min(len(read), len(kept)),
        )

    def _take(self, line: BatchLine | Record, later: dict[object, list[Record]]) -> Record | None:
        """Take a record written earlier in another place; a changed input has moved its line."""
        if not isinstance(line, BatchLine):
            return None
        candidates = later[line.id]
        for record in candidates:
            if self._answers(record, line):
                candidates.remove(record)
                return record
        return None

    def _answers(self, record: Record, line: BatchLine | Record) -> bool:
        if not isinstance(line, BatchLine) or is_failed(record) or record["id"] != line.id:
            return False
        day = (line.as_of or self.as_of).isoformat()
        told = [(answer.get("question"), answer.get("as_of")) for answer in record["answers"]]
        return told == [(turn, day) for turn in line.turns] and record.get("documents", []) == list(
            line.documents
        )

    def _record(self, line: BatchLine | Record) -> Record:
        if not isinstance(line, BatchLine):
            return line
        record: Record = {"id": line.id, "answers": list(self._answers_to(line))}
        if line.documents:
            record["documents"] = list(line.documents)
        return record

    def _answers_to(self, line: BatchLine) -> Iterator[Record]:
        conversation = f"batch-{uuid.uuid4().hex}"
        day = line.as_of or self.as_of
        for turn in line.turns:
            answer = self.assistant.ask(Question(turn, day, conversation, line.documents))
            yield answer_json(answer)

    def _count(self, *, kept: bool, is_failed: bool = False) -> None:
        self.tally.kept += kept
        self.tally.written += not kept
        self.tally.failed += is_failed
        self.on_line()


def is_failed(record: Record) -> bool:
    """Tell whether a record is an error, or holds an answer that is one."""
    return "error" in record or any(answer.get("outcome") == ERROR for answer in record["answers"])


def _by_id(records: Sequence[Record]) -> dict[object, list[Record]]:
    found: dict[object, list[Record]] = defaultdict(list)
    for record in records:
        found[record["id"]].append(record)
    return found
