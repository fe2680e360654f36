"""Yes and no: a statement may not deny what its source states, or state what it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.wording.faults import Fault, Kind
from assistant.wording.reference import Material, Reference
from assistant.wording.shapes import bigrams, chunks, likeness
from assistant.wording.statements import Statement
from assistant.wording.vocabulary import vocabulary

_ALIKE = 0.5
_NEAR_BEST = 0.08
_BEFORE = 5
_OPEN = "◇"
_WHETHER = re.compile("能否|是否|可否|能不能")


def polarity_faults(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the pieces of a statement whose yes or no no source bears out."""
    material = reference.material(one.cites)
    for chunk in chunks(one.text):
        forms = (chunk, _without_attested(chunk, material))
        is_flipped = all(_is_flipped(form, reference.everything) for form in forms)
        if is_flipped or _is_other_stance(chunk, material):
            yield Fault(Kind.NEGATION, chunk)


def denials(text: str) -> int:
    """Return how often a text denies; words such as 不超过 or 不同 deny nothing.

    >>> denials("不是现行政策"), denials("最高不超过300万元"), denials("不得不")
    (1, 0, 2)
    """
    return len(vocabulary().negations.findall(_without_bounds(text)))


def _without_bounds(text: str) -> str:
    return vocabulary().not_negations.sub("", text)


def _without_attested(chunk: str, material: Material) -> str:
    """Return the piece without the denials that the sources themselves make (「不能享受」)."""
    for _, pattern in vocabulary().stances:
        denied = re.compile(f"(?:{vocabulary().negations.pattern})[㐀-鿿]{{0,3}}?(?:{pattern.pattern})")
        if denied.search(chunk) and any(True in _stances(other, pattern) for other in material.chunks):
            chunk = denied.sub(" ", chunk, count=1)
    return chunk


def _is_flipped(chunk: str, material: Material) -> bool:
    """Tell whether everything nearly the same as this piece denies where it does not, or the reverse."""
    own = bigrams(vocabulary().negations.sub("", _without_bounds(chunk)))
    if len(own) < 2:
        return False
    found = [(likeness(own, _bare(other)), other) for other in material.chunks]
    best = max((score for score, _ in found), default=0.0)
    if best < _ALIKE:
        return False
    parities = {denials(other) % 2 for score, other in found if score >= best - _NEAR_BEST}
    return denials(chunk) % 2 not in parities


def _bare(chunk: str) -> frozenset[str]:
    return bigrams(vocabulary().negations.sub("", _without_bounds(chunk)))


def _is_other_stance(chunk: str, material: Material) -> bool:
    """Tell whether a thing is said to be so that the sources say only is not so, or the reverse."""
    for _, pattern in vocabulary().stances:
        stances = _stances(chunk, pattern)
        if not stances:
            continue
        stated = {stance for other in material.chunks for stance in _stances(other, pattern)}
        if stated and not stances <= stated:
            return True
    return False


def _stances(text: str, pattern: re.Pattern[str]) -> set[bool]:
    plain = _without_bounds(_WHETHER.sub(_OPEN, text))
    found = set()
    for match in pattern.finditer(plain):
        before = plain[max(match.start() - _BEFORE, 0) : match.start()]
        if _OPEN not in before:  # whether it is so is left open: neither yes nor no
            found.add(bool(vocabulary().negations.search(before)))
    return found
