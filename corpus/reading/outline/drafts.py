"""A clause before its document is known."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model.document import ClauseKind
from corpus.reading.outline.lines import Line


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """A clause before its document is known."""

    path: tuple[str, ...]
    kind: ClauseKind
    label: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
