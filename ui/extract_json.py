"""What reading makes of a file as the contract's JSON: document, clauses, proposed awards, account."""

from __future__ import annotations

from datetime import date

from assistant.answer_json import Json
from corpus.extraction.as_json import extraction_json
from corpus.extraction.extracting import extract
from corpus.reading import Reading
from corpus.reading.account import account_of
from corpus.reading.metadata import read_metadata
from corpus.reading.metadata.as_json import metadata_json
from ui.corpus_json import clause_json


def extract_json(reading: Reading, as_of: date) -> Json:
    """Return everything reading made of a file; `status` is that of the day."""
    told = metadata_json(read_metadata(reading.text), as_of)
    of_file = reading.document.warnings if reading.document is not None else ()
    return {
        "document": {**told, "warnings": [*told.get("warnings", ()), *of_file, *reading.warnings]},
        "clauses": [clause_json(clause) for clause in reading.clauses],
        **extraction_json(extract(reading.clauses)),
        "account": _account(reading),
    }


def _account(reading: Reading) -> Json:
    """Return how many characters, blanks apart, were seen, kept, removed, and are neither.

    Of a file, what its reader removed counts together with what cleaning removed after it.
    """
    made = [change for change in reading.changes if change.is_certain]
    cleaned = sum(_count(change.before) - _count(change.after) for change in made)
    lost = _count(reading.source) - _count(reading.text) - cleaned
    if reading.document is None:
        seen, removed = _count(reading.source), cleaned
    else:
        account = account_of(reading.document)
        seen, removed, lost = account.seen, account.removed + cleaned, account.unaccounted + lost
    return {"seen": seen, "kept": seen - removed - lost, "removed": removed, "unaccounted": lost}


def _count(text: str) -> int:
    return len("".join(text.split()))
