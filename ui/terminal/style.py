"""Colour on a terminal, and none where it is not wanted (a pipe, a file, NO_COLOR)."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass

LEAST_WIDTH, MOST_WIDTH = 32, 100


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set off; without colour every method returns the text as it is.

    >>> Style(is_coloured=False).head("依据")
    '依据'
    """

    is_coloured: bool

    def head(self, text: str) -> str:
        """Set off a heading."""
        return self._in("1", text)

    def good(self, text: str) -> str:
        """Set off what is fulfilled or payable."""
        return self._in("32", text)

    def warn(self, text: str) -> str:
        """Set off what needs attention."""
        return self._in("33", text)

    def bad(self, text: str) -> str:
        """Set off what is not fulfilled."""
        return self._in("31", text)

    def faint(self, text: str) -> str:
        """Set back what is secondary."""
        return self._in("2", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_coloured and text else text


def terminal_style() -> Style:
    """Return the style of standard output: coloured on a terminal unless NO_COLOR is set."""
    is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(is_coloured=is_wanted and sys.stdout.isatty())


def terminal_width() -> int:
    """Return the columns to write in: the terminal's, within what reads well."""
    return max(LEAST_WIDTH, min(MOST_WIDTH, shutil.get_terminal_size((80, 24)).columns))
