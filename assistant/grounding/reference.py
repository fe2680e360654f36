"""What a wording is held against: the composed lines with their sources, as checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation import Answer, Citation
from assistant.grounding.mentions import Mention, mentions
from assistant.grounding.shapes import bigrams, chunks, plain_text

_QUOTES = re.compile('[「」“”"]')
_MARKS = re.compile(r"(?:〔\d{1,4}〕){1,12}$")
_MARK = re.compile(r"〔(\d+)〕")


@dataclass(frozen=True, slots=True)
class Said:
    """One composed line without its marks, and the sources it stands on."""

    text: str
    cites: frozenset[int]

    @property
    def marked(self) -> str:
        """Return the line as readers see it."""
        return self.text + "".join(f"〔{n}〕" for n in sorted(self.cites))


@dataclass(frozen=True)
class Material:
    """Texts that a statement may rest on, and what stands in them."""

    texts: tuple[str, ...]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Return every number and date of the texts."""
        return tuple(mention for text in self.texts for mention in mentions(text))

    @cached_property
    def chunks(self) -> tuple[str, ...]:
        """Return the texts in segments between punctuation."""
        bare = (_QUOTES.sub("", text) for text in self.texts)
        texts = (*self.texts, *bare)
        return tuple(dict.fromkeys(segment for text in texts for segment in chunks(text)))

    @cached_property
    def whole(self) -> str:
        """Return the texts, one a line, in plain characters."""
        return "\n".join(self.texts)

    @cached_property
    def bigrams(self) -> frozenset[str]:
        """Return the pairs of neighbouring characters."""
        return bigrams(self.whole)


class Reference:
    """A composed and checked answer, ready to hold a wording against."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.citations = {one.n: one for one in answer.citations}
        self.lines = tuple(said_lines(answer.text, frozenset(self.citations)))
        self.question = plain_text(answer.question)
        self._materials: dict[frozenset[int], Material] = {}

    @property
    def used(self) -> frozenset[int]:
        """Return every source the composed text cites."""
        return frozenset().union(*(line.cites for line in self.lines))

    @cached_property
    def everything(self) -> Material:
        """Return all there is: lines, quotes, labels, titles and the question."""
        return Material((*self._texts(frozenset(self.citations), is_all=True), self.question))

    def material(self, cites: frozenset[int]) -> Material:
        """Return what a statement citing these sources may rest on."""
        if cites not in self._materials:
            self._materials[cites] = Material(tuple(self._texts(cites)))
        return self._materials[cites]

    def own(self, n: int) -> Material:
        """Return what one source alone bears out: the lines that cite it, its quote, its title."""
        key = frozenset({-n})
        if key not in self._materials:
            lines = (plain_text(line.text) for line in self.lines if n in line.cites)
            self._materials[key] = Material((*lines, *_texts_of(self.citations[n])))
        return self._materials[key]

    def _texts(self, cites: frozenset[int], is_all: bool = False) -> Iterable[str]:
        for line in self.lines:
            if is_all or not line.cites or line.cites & cites:
                yield plain_text(line.text)
        for n in sorted(cites & self.citations.keys()):
            yield from _texts_of(self.citations[n])


def _texts_of(one: Citation) -> Iterable[str]:
    yield plain_text(one.span.quote)
    yield plain_text(f"《{one.title}》{one.label}")


def said_lines(text: str, known: frozenset[int]) -> Iterable[Said]:
    r"""Return the lines of a composed text, each with the sources marked at its end.

    >>> [(one.text, sorted(one.cites)) for one in said_lines("甲。〔1〕〔2〕\n乙？", frozenset({1, 2}))]
    [('甲。', [1, 2]), ('乙？', [])]
    """
    for line in text.split("\n"):
        match = _MARKS.search(line)
        marks = match[0] if match else ""
        cites = frozenset(int(n) for n in _MARK.findall(marks)) & known
        if line.strip():
            yield Said(line[: len(line) - len(marks)], cites)
