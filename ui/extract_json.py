"""What reading makes of a file as the contract's JSON: document, clauses, proposed measures, account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer_json import Json
from corpus.reading import Reading
from corpus.reading.metadata import read_metadata
from corpus.reading.metadata.as_json import metadata_json
from ui.corpus_json import clause_json


def extract_json(reading: Reading, as_of: date) -> Json:
    """Return everything reading made of a file; `status` is that of the day."""
    return {
        "document": metadata_json(read_metadata(reading.text), as_of),
        "clauses": [clause_json(clause) for clause in reading.clauses],
        "measures": list(_measures(reading)),
        "account": _account(reading),
    }


def _measures(_reading: Reading) -> Sequence[Json]:
    """Return the measures proposed from the clauses: none as long as nothing proposes any."""
    return ()


def _account(reading: Reading) -> Json:
    """Return how many characters, blanks apart, were seen, kept, removed, and are neither."""
    seen, kept = _count(reading.source), _count(reading.text)
    made = [change for change in reading.changes if change.is_certain]
    removed = sum(_count(change.before) - _count(change.after) for change in made)
    return {"seen": seen, "kept": kept, "removed": removed, "unaccounted": seen - kept - removed}


def _count(text: str) -> int:
    return len("".join(text.split()))
