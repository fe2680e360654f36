"""Who interprets a document (解释机关)."""

from __future__ import annotations

import re

from corpus.reading.metadata.layout import Layout
from corpus.reading.metadata.model import Words

_BY = re.compile(
    r"(?:由|委托)(?P<bodies>[^，。；;由]{2,60}?)(?:共同|分别|具体)*(?:负责|承担|进行)?(?:本[\u4e00-\u9fff]{2,8}的)?(?:政策)?解释"
)
_OF = re.compile(
    r"(?:本[\u4e00-\u9fff]{2,8}|条款|政策)(?:的)?解释权(?:归|属于|属)(?P<bodies>[^，。；;]{2,40}?)(?:所有)?(?=[，。；;]|$)"
)
_APART = re.compile(r"[、，]|会同|(?<=[局厅委部办室会])商|和(?=[\u4e00-\u9fff]{0,10}[局委厅部办]$)")
_LEAVINGS = re.compile("^(?:由|具体工作由)|(?:等(?:相关|有关)?部门)?(?:负责|共同)*$")


def interpreted_by(layout: Layout) -> tuple[Words, ...]:
    """Return who interprets the document, in the text's order; the last statement counts."""
    for line in reversed(layout.own):
        for pattern in (_BY, _OF):
            found = pattern.search(line.text)
            if found is None:
                continue
            start = line.start + found.start("bodies")
            return tuple(_each(found["bodies"], start))
    return ()


def _each(bodies: str, start: int) -> list[Words]:
    every = []
    at = 0
    for part in [*_APART.finditer(bodies), None]:
        end = part.start() if part else len(bodies)
        name = _LEAVINGS.sub("", bodies[at:end])
        begin = bodies.find(name, at) if name else at
        if len(name) >= 2:
            every.append(Words(name, start + begin, start + begin + len(name)))
        at = part.end() if part else end
    return every
