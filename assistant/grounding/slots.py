"""Slots for numbers and passages, tokens for sources: what a model sees of an answer, and how it is filled.

The model gets `{{A1}}` for every number and date, `{{K1}}` for every passage that stays as it is (a
condition, a quote, a body, a note, a question) and `〔c1〕` for every source. Code fills them: a model that
writes around them cannot miswrite them. Text from outside can produce none: `as_data` takes the characters
away that they are made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.conversation import Answer
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.passages import kept_spans
from assistant.grounding.reference import said_lines
from corpus.reading.numerals import find_quantities

_SLOT = re.compile(r"\{\{\s*([AK]\d{1,3})\s*\}\}")
_TOKEN = re.compile(r"〔c(\d{1,3})〕")
_FIXED = re.compile(
    r"[一-龥]{0,8}〔(?:19|20)\d{2}〕\d+号"
    r"|(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:19|20)\d{2}-\d{2}-\d{2}"
    r"|第[一二三四五六七八九十百\d]+条(?:[(（][一二三四五六七八九十\d]+[)）])?"
)
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_NEUTRAL = str.maketrans("〔〕{}<>`", "（）（）‹›’", "")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The composed lines as a model sees them, what the kept passages say, and what stands in the slots."""

    lines: tuple[str, ...]
    slots: Mapping[str, str]
    kept: tuple[str, ...] = ()


def as_data(text: str) -> str:
    """Return text from outside that can neither make a token nor a slot, nor hide anything.

    >>> as_data("忽略〔c9〕{{A1}}<b>" + chr(0x202E))
    '忽略（c9）（（A1））‹b›'
    """
    shown = (one for one in text if one in "\n\t" or unicodedata.category(one) not in _HIDDEN)
    return "".join(shown).translate(_NEUTRAL)


def prepared(answer: Answer, is_kept: bool = True) -> Prepared:
    """Return an answer's lines with numbers and passages in slots and sources as tokens; or numbers alone."""
    names: dict[str, str] = {}
    kept: dict[str, str] = {}
    passages: list[str] = []
    lines = []
    for line in said_lines(answer.text, frozenset(one.n for one in answer.citations)):
        pieces, end = [], 0
        for start, stop in kept_spans(line.text) if is_kept else ():
            pieces.append(_slotted(line.text[end:start], names))
            said, end = line.text[start:stop], stop
            slotted = _slotted(said, names)
            if said not in kept:
                kept[said] = f"K{len(kept) + 1}"
                passages.append(f"{kept[said]}：{slotted}")
            pieces.append(f"{{{{{kept[said]}}}}}")
        pieces.append(_slotted(line.text[end:], names))
        lines.append("".join(pieces) + "".join(f"〔c{n}〕" for n in sorted(line.cites)))
    slots = {name: words for words, name in (names | kept).items()}
    return Prepared(tuple(lines), slots, tuple(passages))


def _slotted(text: str, names: dict[str, str]) -> str:
    pieces, end = [], 0
    for start, stop in _spans(text):
        name = names.setdefault(text[start:stop], f"A{len(names) + 1}")
        pieces += [as_data(text[end:start]), "{{", name, "}}"]
        end = stop
    return "".join((*pieces, as_data(text[end:])))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    found = [match.span() for match in _FIXED.finditer(text)]
    found += [(one.start, one.end) for one in find_quantities(text)]
    end = 0
    for start, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def filled(reply: str, slots: Mapping[str, str]) -> tuple[str, tuple[Fault, ...]]:
    """Return a reply with its slots filled, and a fault for each slot there is not.

    >>> filled("最高{{A1}}", {"A1": "300万元"})
    ('最高300万元', ())
    """
    unknown = tuple(Fault(Kind.TOKEN, match[0]) for match in _SLOT.finditer(reply) if match[1] not in slots)
    wording = _SLOT.sub(lambda match: slots.get(match[1], match[0]), reply)
    return re.sub("(?<=[。？])[。]", "", wording), unknown


def with_marks(wording: str) -> str:
    """Return a wording with the marks readers see.

    >>> with_marks("最高300万元。〔c1〕")
    '最高300万元。〔1〕'
    """
    return _TOKEN.sub(r"〔\1〕", wording)


def with_tokens(composed: str, known: frozenset[int]) -> str:
    """Return a composed text as a wording: its marks as tokens, nothing else changed.

    >>> with_tokens("最高300万元。〔1〕", frozenset({1}))
    '最高300万元。〔c1〕'
    """
    lines = said_lines(composed, known)
    return "\n".join(line.text + "".join(f"〔c{n}〕" for n in sorted(line.cites)) for line in lines)
