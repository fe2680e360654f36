"""Page furniture: navigation, share buttons, editors' names, comment boxes around a policy's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.reading.markers import read_marker
from corpus.reading.running import page_numbers
from corpus.reading.tracked import Edit, TrackedText
from corpus.strict_yaml import read_model


class _Run(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    shortest: int
    longest_line: int
    share: float


class _File(BaseModel):
    """The fields of `furniture.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    lines: tuple[str, ...]
    longest: int
    disclaimer: str
    run: _Run
    never: tuple[str, ...]


@dataclass(frozen=True)
class _Rules:
    furniture: re.Pattern[str]
    never: re.Pattern[str]
    disclaimer: re.Pattern[str]
    longest: int
    run: _Run


@cache
def _rules() -> _Rules:
    data = read_model(Path(str(resources.files("corpus.reading"))) / "furniture.yaml", _File)
    return _Rules(
        furniture=re.compile("|".join(f"(?:{line})" for line in data.lines)),
        never=re.compile("|".join(f"(?:{line})" for line in data.never)),
        disclaimer=re.compile(data.disclaimer),
        longest=data.longest,
        run=data.run,
    )


def without_furniture(text: TrackedText) -> TrackedText:
    """Drop lines of page furniture, and whole runs of navigation where such lines abound.

    A run of short lines with little known furniture among them is reported, not dropped.
    """
    lines = list(_lines(text.text))
    words = [line.strip() for _, line in lines]
    pages = page_numbers(words)
    known = [i in pages or _is_furniture(line) for i, line in enumerate(words)]
    edits: list[Edit] = []
    for run in _runs(words, known):
        share = sum(known[i] for i in run) / len(run)
        is_run = len(run) >= _rules().run.shortest
        for i in run:
            if known[i] or (is_run and share >= _rules().run.share):
                edits.append(_deletion(lines[i], True))
            elif is_run and share > 0:
                edits.append(_deletion(lines[i], False))
    return text.edited("furniture", edits)


def _is_furniture(line: str) -> bool:
    rules = _rules()
    may_be_long = rules.disclaimer.match(line) is not None
    return (len(line) <= rules.longest or may_be_long) and rules.furniture.fullmatch(line) is not None


def _deletion(line: tuple[int, str], certain: bool) -> Edit:
    start, words = line
    return Edit(start, start + len(words), "", certain)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, line
        at += len(line)


def _runs(lines: list[str], known: list[bool]) -> Iterator[list[int]]:
    run: list[int] = []
    for i, line in enumerate(lines):
        if known[i] or (_may_be_navigation(line) and not _is_title(i, lines)):
            run.append(i)
        else:
            yield from [run] if run else []
            run = []
    yield from [run] if run else []


def _may_be_navigation(line: str) -> bool:
    rules = _rules()
    return (
        len(line) <= rules.run.longest_line and not rules.never.fullmatch(line) and read_marker(line) is None
    )


def _is_title(at: int, lines: list[str]) -> bool:
    """Tell whether another line begins with these words: a page repeats its title, not its menu."""
    line = lines[at]
    return len(line) >= 6 and any(i != at and other.startswith(line) for i, other in enumerate(lines))
