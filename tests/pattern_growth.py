"""Whether a regular expression takes longer than its text grows: found out by pumping what it repeats.

From the parsed pattern come texts that repeat what the pattern repeats, its single characters, and wholes of
what it matches, each with an end that fails; alternatives are tried each by itself. A pattern that takes more
than its share of a text four times as long is not linear.
"""

from __future__ import annotations

import re
import re._constants as ops  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

_PROBES = "文一1a A，。（(〔 \n\t零万%“”：:;；、-—《》…!?."
_OF_CATEGORY = {
    ops.CATEGORY_DIGIT: "1",
    ops.CATEGORY_SPACE: " ",
    ops.CATEGORY_WORD: "a",
    ops.CATEGORY_NOT_DIGIT: "文",
    ops.CATEGORY_NOT_SPACE: "文",
    ops.CATEGORY_NOT_WORD: "，",
}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_FAILS = "\ufffd"
_LIMIT_S = 1.0
_SHORT, _MIDDLE, _LONG = 60, 1000, 4000
_FLOOR_S = 0.004  # below it a long text is quick enough whatever the ratio
_RATIO = 9.0  # of times for a text four times as long: linear 4, quadratic 16


@dataclass(frozen=True)
class Growth:
    """A text under which a pattern grows too fast: what comes first, what is repeated; and how fast."""

    first: str
    repeated: str
    ratio: float
    seconds: float


class _TooSlow(Exception):
    pass


def growth_of(pattern: str, flags: int, is_whole: bool = False) -> Growth | None:
    """Return how a pattern grows too fast, None where it is linear; `is_whole`: it is only matched whole."""
    for branch in _branches(pattern, flags):
        compiled = re.compile(branch, flags)
        texts = _pumps(branch, flags)
        for first, repeated, end in texts:
            if (seconds := _took(compiled, _text(first, repeated, end, _SHORT), is_whole)) > 0.05:
                return Growth(first, repeated, float("inf"), seconds)
        rows = sorted(
            ((_took(compiled, _text(*one, _MIDDLE), is_whole), one) for one in texts), reverse=True
        )[:3]
        for seconds, one in rows:
            if seconds * 16 < _FLOOR_S:
                break
            less = min(_took(compiled, _text(*one, _MIDDLE), is_whole) for _ in range(3))
            more = min(_took(compiled, _text(*one, _LONG), is_whole) for _ in range(3))
            if more > _FLOOR_S and more > _RATIO * less:
                return Growth(one[0], one[1], more / less, more)
    return None


def _branches(pattern: str, flags: int) -> Iterator[str]:
    """Yield the alternatives of a pattern where they stand outside every bracket; each by itself."""
    parts: list[str] = []
    depth = at = begin = begin_of_class = 0
    in_class = False
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            at += 1
        elif in_class:
            in_class = character != "]" or at == begin_of_class
        elif character == "[":
            in_class, begin_of_class = True, at + (2 if pattern[at + 1 : at + 2] == "^" else 1)
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "|" and not depth:
            parts.append(pattern[begin:at])
            begin = at + 1
        at += 1
    for part in [*parts, pattern[begin:]] if parts and not flags & re.VERBOSE else [pattern]:
        try:
            re.compile(part, flags)
        except re.error:  # it refers to a group of another alternative
            yield pattern
            return
        yield part


def _pumps(pattern: str, flags: int) -> list[tuple[str, str, str]]:
    tree = parser.parse(pattern, flags & (re.I | re.M | re.S | re.X))
    found: set[tuple[str, str]] = set()
    characters: set[str] = set()
    _walk(tree, "", found, characters)
    wholes = {_example(tree, pick) for pick in range(2)}
    repeated = {(first, body) for first, body in found} | {("", first + body) for first, body in found}
    repeated |= {("", first) for first, _ in found} | {("", one) for one in sorted(characters)[:40]}
    repeated |= {("", one) for one in " \n1a"} | {("", one) for one in wholes}
    repeated |= {("", one[:-1]) for one in wholes}
    return sorted((first, body, _FAILS) for first, body in repeated if body)


def _text(first: str, repeated: str, end: str, length: int) -> str:
    return first + repeated * max(1, length // len(repeated)) + end


def _took(compiled: re.Pattern[str], text: str, is_whole: bool) -> float:
    """Return the processor time of matching, at most the limit."""
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, _LIMIT_S)
    started = time.process_time()
    try:
        if is_whole:
            compiled.fullmatch(text)
            compiled.match(text)
        else:
            for _ in compiled.finditer(text):
                pass
    except _TooSlow:
        return _LIMIT_S
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.process_time() - started


def _stop(*_: object) -> None:
    raise _TooSlow


def _walk(tree: object, first: str, found: set[tuple[str, str]], characters: set[str]) -> None:
    """Note every repetition with what may stand before it, and characters the pattern names."""
    for op, of in tree:  # type: ignore[attr-defined]
        if op is ops.LITERAL:
            characters.add(chr(of))
        elif op is ops.IN:
            characters.update(_members(of)[:4])
        elif op is ops.BRANCH:
            for branch in of[1]:
                _walk(branch, first, found, characters)
        elif op is ops.SUBPATTERN:
            _walk(of[3], first, found, characters)
        elif op is ops.ATOMIC_GROUP:
            _walk(of, first, found, characters)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            _walk(of[1], first, found, characters)
        elif op in _REPEATS:
            if of[1] > 8:
                found.update((first, _example(of[2], pick)) for pick in range(2))
            _walk(of[2], first, found, characters)
        first += _example([(op, of)])


def _example(tree: object, pick: int = 0) -> str:
    """Return something a pattern matches, about; `pick` chooses among alternatives."""
    out = ""
    for op, of in tree:  # type: ignore[attr-defined]
        if op is ops.LITERAL:
            out += chr(of)
        elif op is ops.NOT_LITERAL:
            out += next(one for one in _PROBES if ord(one) != of)
        elif op is ops.ANY:
            out += "文"
        elif op is ops.IN:
            members = _members(of)
            out += members[pick % len(members)]
        elif op is ops.BRANCH:
            out += _example(of[1][pick % len(of[1])], pick)
        elif op is ops.SUBPATTERN:
            out += _example(of[3], pick)
        elif op is ops.ATOMIC_GROUP:
            out += _example(of, pick)
        elif op in _REPEATS:
            out += _example(of[2], pick) * max(of[0], 0 if pick % 2 else min(of[1], 1))
    return out


def _members(of: list[tuple[object, object]]) -> list[str]:
    """Return some characters of a class."""
    listed, is_negated = [], False
    for op, value in of:
        if op is ops.NEGATE:
            is_negated = True
        elif op is ops.LITERAL:
            listed.append(chr(value))  # type: ignore[arg-type]
        elif op is ops.RANGE:
            listed += [chr(value[0]), chr(value[1])]  # type: ignore[index]
        elif op is ops.CATEGORY:
            listed.append(_OF_CATEGORY.get(value, "a"))
    if not is_negated:
        return listed
    return [one for one in _PROBES if one not in listed] or ["㐀"]
