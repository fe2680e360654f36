"""A reply taken line by line as it comes: what has passed the guard may be shown, the first fault ends it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from assistant.wording.duties import draft_faults, told_too_long
from assistant.wording.faults import Fault, Kind
from assistant.wording.guard import line_faults
from assistant.wording.markdown import plain_line
from assistant.wording.mentions import mentions
from assistant.wording.reference import Reference, Said
from assistant.wording.shapes import bigrams, plain_text, share
from assistant.wording.slots import filled
from assistant.wording.statements import TOKEN

_TOLD = 0.6


def passing_lines(
    reply: Iterable[str], reference: Reference, slots: Mapping[str, str]
) -> Generator[str, None, tuple[Fault, ...]]:
    """Yield the lines of a reply that pass, slots filled; return the faults of the first that does not."""
    shown: list[str] = []
    for raw in _lines(reply):
        line, faults = filled(plain_line(raw), slots)
        if not line:
            continue
        faults = faults or line_faults(line, reference)
        faults = faults or tuple(draft_faults((*shown, line), reference))
        if told_too_long("\n".join((*shown, line)), reference):
            faults = (*faults, Fault(Kind.LENGTH))
        if faults:
            return faults
        shown.append(line)
        yield line
    return () if shown else (Fault(Kind.EMPTY),)


def _lines(reply: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in reply:
        *whole, rest = (rest + piece).split("\n")
        yield from whole
    if rest.strip():
        yield rest


def untold(shown: Iterable[str], reference: Reference) -> tuple[Said, ...]:
    """Return the composed lines that what was shown does not tell: sources, numbers and words of them."""
    text = "\n".join(shown)
    used = frozenset(int(n) for n in TOKEN.findall(text))
    plain = plain_text(TOKEN.sub("", text))
    numbers = {one.what for one in mentions(plain)}
    held = bigrams(plain)
    return tuple(line for line in reference.lines if not _is_told(line, used, numbers, held))


def _is_told(
    line: Said, used: frozenset[int], numbers: set[tuple[object, ...]], held: frozenset[str]
) -> bool:
    own = plain_text(line.text)
    has_numbers = all(one.what in numbers for one in mentions(own))
    return line.cites <= used and has_numbers and share(bigrams(own), held) >= _TOLD
