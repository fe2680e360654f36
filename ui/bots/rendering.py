"""An answer as messages: short first, each part with its own sources, notes and amounts in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation import Answer, Citation
from ui.bots.plain import plain_lines
from ui.bots.splitting import pieces, size
from ui.bots.words import bot_words
from ui.telling import lines_without_quotes, open_questions, warnings_beside_text
from ui.words import status_label, titled

MESSAGE_BYTES = 2048
STREAM_BYTES = 20_480
ROOM_AROUND = 320  # for what a message puts around a part: whose question, what is still to come, the label
_PART_MARK = len("(99/99)\n")
_LEAST_ROOM = 240  # bytes of text a part holds at least, however long its sources are
_MARK = re.compile(r"〔(\d+)〕")


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as it is kept for “依据1”: its number, its clause, and how it is called."""

    n: int
    clause: str
    name: str


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """Return the sources of an answer."""
    return tuple(Source(one.n, one.span.clause_id, _name(one)) for one in answer.citations)


def answer_parts(answer: Answer, limit: int = MESSAGE_BYTES) -> tuple[str, ...]:
    """Return the answer in parts that each fit into a message of `limit` bytes with all that goes around."""
    lines = [line for each in lines_without_quotes(answer) for line in plain_lines(each)]
    lines += [fact.question for fact in open_questions(answer)]
    lines += list(warnings_beside_text(answer))
    return _numbered(list(_packed("\n".join(lines), sources_of(answer), limit - ROOM_AROUND)))


def clause_parts(source: Source, text: str, limit: int = MESSAGE_BYTES) -> tuple[str, ...]:
    """Return a clause word for word behind its name, in parts where it is long."""
    head = bot_words().say("clause", source=f"〔{source.n}〕{source.name}")
    room = limit - ROOM_AROUND - _PART_MARK
    return _numbered([part.strip("\n") for part in _filled(f"{head}\n{text}", room)])


def source_lines(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return a line a clause, all its numbers in front.

    >>> source_lines([Source(1, "a/7.1", "《办法》第七条(一)"), Source(2, "a/7.1", "《办法》第七条(一)")])
    ('〔1〕〔2〕《办法》第七条(一)',)
    """
    marks: dict[str, str] = {}
    for one in sources:
        marks[one.name] = f"{marks.get(one.name, '')}〔{one.n}〕"
    return tuple(f"{numbers}{name}" for name, numbers in marks.items())


def _name(citation: Citation) -> str:
    """Name a clause, and what its document is where the title does not say so."""
    state = status_label(citation.status)
    title = titled(citation.title)
    return f"{title}{citation.label}" + ("" if state in title else f"（{state}）")


def _packed(text: str, sources: Sequence[Source], room: int) -> Iterator[str]:
    """Give parts of the text, each with the sources it names; every part fits into the room."""
    if not _MARK.search(text) and sources:
        text += "".join(f"〔{one.n}〕" for one in sources)
    room -= _PART_MARK
    held = ""
    for piece in pieces(text, max(_LEAST_ROOM, room - _widest(text, sources))):
        if held and size(_with_sources(held + piece, sources)) > room:
            yield _with_sources(held, sources, room)
            held = ""
        held += piece
    if held.strip():
        yield _with_sources(held, sources, room)


def _widest(text: str, sources: Sequence[Source]) -> int:
    """Return what the sources of one piece may take: all of them, or half a message where they are many."""
    return min(size(_with_sources(text, sources)) - size(text), MESSAGE_BYTES // 2)


def _with_sources(text: str, sources: Sequence[Source], room: int | None = None) -> str:
    """Put the sources a text names under it; where they do not all fit the room, as many as do."""
    named = {int(number) for number in _MARK.findall(text)}
    lines = source_lines([one for one in sources if one.n in named])
    if not lines:
        return text.strip("\n")
    words = bot_words()
    hint = words.say("how_to_see", n=min(named))
    for shown in range(len(lines), -1, -1):
        whole = "\n".join((text.strip("\n"), words.say("sources"), *lines[:shown], hint))
        if room is None or size(whole) <= room:
            break
    return whole


def _filled(text: str, room: int) -> Iterator[str]:
    held = ""
    for piece in pieces(text, room):
        if held and size(held + piece) > room:
            yield held
            held = ""
        held += piece
    if held.strip():
        yield held


def _numbered(parts: Sequence[str]) -> tuple[str, ...]:
    """Mark parts (1/3) where there are several."""
    if len(parts) < 2:
        return tuple(parts)
    return tuple(f"({at}/{len(parts)})\n{part}" for at, part in enumerate(parts, 1))
