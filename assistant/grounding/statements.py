"""A wording taken apart: lines, and in each line the sentences with the sources they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grounding.shapes import plain_text

TOKEN = re.compile(r"〔c(\d{1,3})〕")
_BULLET = re.compile(r"^- ")
_SENTENCE = re.compile(r"(?:〔c\d{1,3}〕|[^。！？!?])+(?:[。！？!?]+[”」』）]*)?(?:\s*〔c\d{1,3}〕)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence in plain characters, the sources marked in it, and those it rests on for want of its own.

    `words` is the sentence as it was written, without marks.
    """

    text: str
    marked: frozenset[int]
    cites: frozenset[int]
    words: str = ""

    @property
    def line(self) -> str:
        """Return the sentence as a line of its own, with the marks of what it rests on."""
        return self.words + "".join(f"〔c{n}〕" for n in sorted(self.cites))


def statements(line: str) -> tuple[Statement, ...]:
    """Return the sentences of a line; one without a mark rests on the next mark of the line.

    >>> [(one.text, sorted(one.cites)) for one in statements("甲30%。乙5万元。〔c1〕丙。〔c2〕")]
    [('甲30%。', [1]), ('乙5万元。', [1]), ('丙。', [2])]
    """
    parts = [(match[0], frozenset(int(n) for n in TOKEN.findall(match[0]))) for match in _parts(line)]
    told: list[Statement] = []
    following: frozenset[int] = frozenset()
    for words, marked in reversed(parts):
        following = marked or following
        bare = TOKEN.sub("", words).strip()
        told.append(Statement(plain_text(bare), marked, following, bare))
    return tuple(one for one in reversed(told) if one.text)


def _parts(line: str) -> Iterator[re.Match[str]]:
    return _SENTENCE.finditer(_BULLET.sub("", line.strip()))  # no minus before a number


def lines_of(wording: str) -> tuple[str, ...]:
    """Return the lines of a wording that say anything."""
    return tuple(line.strip() for line in wording.split("\n") if line.strip())
