"""Lines of a text with their offsets, and what their shape says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNFINISHED = re.compile(r"[^。！？；：:;”」）)】》]$")
LONGEST_HEADING = 40
LONGEST_TITLE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clean text and its offset."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset just after the line."""
        return self.start + len(self.text)

    @property
    def is_finished(self) -> bool:
        """Tell whether the line ends as a sentence or heading does, not in mid-word."""
        return not UNFINISHED.search(self.text) or len(self.text) <= LONGEST_TITLE

    @property
    def is_heading_like(self) -> bool:
        """Tell whether the line is short and ends without a full stop."""
        return len(self.text) <= LONGEST_HEADING and not re.search("[。；;！]$", self.text)


def lines_of(text: str) -> list[Line]:
    """Split a text into its lines that are not blank, with offsets."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(line, at))
        at += len(line) + 1
    return lines
