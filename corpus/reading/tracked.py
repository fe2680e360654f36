"""Text that remembers where each character came from, so that every change can be listed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Change:
    """One thing cleaning did, or (not `is_certain`) would have done but left to a person.

    `start` and `end` are offsets into the text as received; `before` is what the pass found there, after
    the passes ahead of it, and `after` is what stands there now, empty for a deletion.
    """

    kind: str
    start: int
    end: int
    before: str
    after: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in the current text, before it is traced back to the text as received."""

    start: int
    end: int
    after: str = ""
    is_certain: bool = True


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class TrackedText:
    """A text under cleaning: what it says now, and the source offset of each character.

    `whole` are stretches of the source that are lines of their own and stay so (headings, list items, table
    rows: what the file itself says of its lines); those in `rows` are not split into lines either.

    >>> t = TrackedText.of("工業(yè)園").edited("pinyin", [Edit(2, 6)])
    >>> t.text, t.changes[0].before, t.origins[2]
    ('工業園', '(yè)', 6)
    """

    text: str
    origins: tuple[int, ...]
    changes: tuple[Change, ...] = field(default=())
    whole: Spans = ()
    rows: Spans = ()

    @classmethod
    def of(cls, text: str, whole: Spans = (), rows: Spans = ()) -> TrackedText:
        """Start from a text as received; `whole` and `rows` are in order and do not overlap."""
        return cls(text, tuple(range(len(text) + 1)), whole=whole, rows=rows)

    def relined(self, kind: str, edits: Iterable[Edit]) -> TrackedText:
        """Return the text with lines joined or split, but for those that the file says are lines."""
        return self.edited(kind, [edit for edit in edits if not self._is_of_file(edit)])

    def _is_of_file(self, edit: Edit) -> bool:
        is_split = "\n" in edit.after and "\n" not in self.text[edit.start : edit.end]
        spans = self.rows if is_split else self.whole
        start, end = self.origins[edit.start], self.origins[edit.end]
        at = bisect_right(spans, (end, len(self.origins)))
        return at > 0 and spans[at - 1][1] >= start

    def edited(self, kind: str, edits: Iterable[Edit]) -> TrackedText:
        """Return the text with the certain edits made and all of them recorded.

        Edits must not overlap. A doubtful edit is recorded only.

        Raises:
            ValueError: two edits overlap.
        """
        pieces: list[str] = []
        origins: list[int] = []
        changes: list[Change] = []
        last = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if edit.start < last:
                raise ValueError(f"edits overlap at {edit.start}")
            changes.append(self._change(kind, edit))
            if not edit.is_certain:
                continue
            pieces += [self.text[last : edit.start], edit.after]
            origins += self.origins[last : edit.start]
            origins += self._origins_of(edit)
            last = edit.end
        pieces.append(self.text[last:])
        origins += self.origins[last:]
        made = self.changes + tuple(changes)
        return replace(self, text="".join(pieces), origins=tuple(origins), changes=made)

    def _origins_of(self, edit: Edit) -> list[int]:
        old = self.origins[edit.start : edit.end]
        return [
            old[min(i, len(old) - 1)] if old else self.origins[edit.start] for i in range(len(edit.after))
        ]

    def _change(self, kind: str, edit: Edit) -> Change:
        start = self.origins[edit.start]
        end = self.origins[edit.end - 1] + 1 if edit.end > edit.start else start
        return Change(kind, start, end, self.text[edit.start : edit.end], edit.after, edit.is_certain)
