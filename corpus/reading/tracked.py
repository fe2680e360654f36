"""Text that remembers where each character came from, so that every change can be listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


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


@dataclass(frozen=True)
class TrackedText:
    """A text under cleaning: what it says now, and the source offset of each character.

    >>> t = TrackedText.of("工業(yè)園").edited("pinyin", [Edit(2, 6)])
    >>> t.text, t.changes[0].before, t.origins[2]
    ('工業園', '(yè)', 6)
    """

    text: str
    origins: tuple[int, ...]
    changes: tuple[Change, ...] = field(default=())

    @classmethod
    def of(cls, text: str) -> TrackedText:
        """Start from a text as received."""
        return cls(text, tuple(range(len(text) + 1)))

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
        return TrackedText("".join(pieces), tuple(origins), self.changes + tuple(changes))

    def _origins_of(self, edit: Edit) -> list[int]:
        old = self.origins[edit.start : edit.end]
        return [
            old[min(i, len(old) - 1)] if old else self.origins[edit.start] for i in range(len(edit.after))
        ]

    def _change(self, kind: str, edit: Edit) -> Change:
        start = self.origins[edit.start]
        end = self.origins[edit.end - 1] + 1 if edit.end > edit.start else start
        return Change(kind, start, end, self.text[edit.start : edit.end], edit.after, edit.is_certain)
