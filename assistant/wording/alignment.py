"""A wording laid beside the sources word by word: what is changed in a sentence that is otherwise theirs.

A false sentence can be made of the sources' own words alone: 或 for 和, 参与 for 主导, one measure's sum
behind another's name. Where a piece of a wording is nearly a piece of a source, no word of it may be put in
the place of another; what is quoted must be quoted as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.wording.faults import Fault, Kind
from assistant.wording.mentions import mentions
from assistant.wording.reference import Material, Reference
from assistant.wording.shapes import bigrams, chunks, likeness, plain_text
from assistant.wording.statements import Statement
from assistant.wording.vocabulary import vocabulary

_ALIKE = 0.5
_NEAR_BEST = 0.12
_LEAST = 4
_QUOTED = re.compile("「([^「」]{6,})」|“([^“”]{6,})”")
_POINTS = re.compile(r"[\s,，。.;；:：、!！?？()（）\"“”「」【】《》]+")
_CHINESE = re.compile("[㐀-鿿]")
_HEAD = re.compile(r"^(?:-\s*)?([^:(「《]{4,40}?)(?:\([^()]*\))?:")
_PIVOT = re.compile("[对为向由比]")
_SIDE = 6
_AROUND = 2


def alignment_faults(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the pieces of a statement in which a word of the source stands changed or in another's place."""
    material = reference.material(one.cites)
    bare = "\n".join(map(_bare, reference.everything.texts))
    for match in _QUOTED.finditer(one.text):
        if _bare(match[1] or match[2]) not in bare:
            yield Fault(Kind.ALTERED, match[0])
    for chunk in chunks(one.text):
        if is_altered(chunk, material):
            yield Fault(Kind.ALTERED, chunk)
    yield from _other_head(one, reference)


def _bare(text: str) -> str:
    """Return a text without its points, its numbers blanked: those are held against the sources elsewhere."""
    return _POINTS.sub("", _without_numbers(text))


def is_altered(chunk: str, material: Material) -> bool:
    """Tell whether everything nearly the same as a piece says something else in one place."""
    own = bigrams(chunk)
    if len(own) < _LEAST:
        return False
    found = [(likeness(own, _pairs(other)), other) for other in material.chunks]
    best = max((score for score, _ in found), default=0.0)
    if best < _ALIKE:
        return False
    near = [other for score, other in found if score >= best - _NEAR_BEST]
    return not any(_agrees(chunk, other) for other in near)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return bigrams(text)


def _agrees(chunk: str, other: str) -> bool:
    """Tell whether two pieces differ in nothing that counts."""
    one, two = _without_numbers(other), _without_numbers(chunk)
    for what, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if what == "replace" and _is_turned(one, (a, b), two, (c, d)):
            return False
    return not _is_exchanged(one, two)


def _is_turned(one: str, at: tuple[int, int], two: str, to: tuple[int, int]) -> bool:
    """Tell whether words are put in the place of others that exclude them, or that are no plain words."""
    before = one[max(at[0] - _AROUND, 0) : at[1] + _AROUND]
    after = two[max(to[0] - _AROUND, 0) : to[1] + _AROUND]
    old, new = one[at[0] : at[1]], two[to[0] : to[1]]
    for group in vocabulary().contrasts:
        held, said = _in(group, before, old), _in(group, after, new)
        if held and said and held.isdisjoint(said):
            return True
    return False


def _in(group: tuple[re.Pattern[str], ...], around: str, changed: str) -> frozenset[int]:
    """Return which of some words that exclude one another a changed place holds."""
    return frozenset(n for n, word in enumerate(group) if word.search(around) or word.search(changed))


def _is_exchanged(one: str, two: str) -> bool:
    """Tell whether what stands before 对, 为, 由 in one piece stands behind it in the other."""
    for match in _PIVOT.finditer(two):
        left, right = _sides(two, match.start())
        for place in (at.start() for at in _PIVOT.finditer(one) if at[0] == match[0]):
            before, behind = _sides(one, place)
            straight = likeness(left, before) + likeness(right, behind)
            if likeness(left, behind) + likeness(right, before) > straight + _ALIKE:
                return True
    return False


def _sides(text: str, at: int) -> tuple[frozenset[str], frozenset[str]]:
    return bigrams(text[max(at - _SIDE, 0) : at]), bigrams(text[at + 1 : at + 1 + _SIDE])


@lru_cache(maxsize=8192)
def _without_numbers(text: str) -> str:
    for mention in mentions(text):
        text = text.replace(mention.words, "#", 1)
    return text


def _other_head(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the numbers said of a thing of which our own lines say others."""
    heads = _heads(reference)
    named = [head for head in heads if head in one.text]
    named = [head for head in named if not any(head != other and head in other for other in named)]
    if len(named) != 1 or len(heads) < 2:
        return
    allowed = heads[named[0]]
    rivals = frozenset().union(*(held for head, held in heads.items() if head != named[0])) - allowed
    for mention in mentions(one.text):
        if mention.what[0] in ("money", "rate") and mention.what in rivals:
            yield Fault(Kind.MEASURE, mention.chunk)


def _heads(reference: Reference) -> dict[str, frozenset[tuple[object, ...]]]:
    """Return what our lines begin with (a measure's name), and the numbers they say of it."""
    found: dict[str, frozenset[tuple[object, ...]]] = {}
    head = ""
    for line in reference.lines:
        text = plain_text(line.text)
        match = _HEAD.match(text)
        if match and any(match[1].endswith(one) for one in _names(reference)):
            head = match[1]
        if head:
            numbers = frozenset(mention.what for mention in mentions(text))
            found[head] = found.get(head, frozenset()) | numbers
        if text.startswith("-") and not match:
            head = ""
    return found


def _names(reference: Reference) -> tuple[str, ...]:
    named = tuple(plain_text(one.name) for one in reference.answer.estimates)
    listed = (_HEAD.match(plain_text(line.text)) for line in reference.lines if line.text.startswith("-"))
    return (*named, *(match[1] for match in listed if match))
