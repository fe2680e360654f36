"""Why a segment is not borne out, by name: what a model is told to mend, and what figures are kept of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.grounding.faults import Fault, Kind
from assistant.grounding.lexing import BREAKS, Sort, Token
from assistant.grounding.statements import Statement
from assistant.grounding.support_alignment import Unit, is_token, placed
from assistant.grounding.vocabulary import vocabulary

_BOUNDS = frozenset({"upper", "lower", "under", "over", "about"})
_DENIALS = frozenset({"not", "whether", "met", "unmet", "in_force", "expired"})
_BODY = re.compile(r"(?:委员会|管委会|办公室|政府|海关|协会|银行|基金会|[一-鿿](?:局|厅|委|署))")


def named_fault(segment: Sequence[Token], one: Statement, units: Sequence[Unit]) -> Fault:
    """Return the fault of a segment that no unit bears out."""
    words = "".join(token.words for token in segment)
    held = [token for unit in units for token in unit.tokens]
    strange = [token for token in segment if not any(is_token(token, other) for other in held)]
    if any(token.sort is Sort.NUMBER for token in strange):
        return Fault(Kind.NUMBER, words)
    said = BREAKS.split(one.text)[segment[0].segment]
    for strong in vocabulary().strong.finditer(said):
        following = said[strong.start() : strong.end() + 1]  # 一定成果 bears out no 一定能
        if not any(following in unit.text for unit in units):
            return Fault(Kind.STRONG, words)
    if any(token.sort in (Sort.CONTENT, Sort.WORD) for token in strange):
        return Fault(Kind.NAME if _BODY.search(words) else Kind.NOVEL, words)
    return Fault(_of_operators(segment, units), words)


def _of_operators(segment: Sequence[Token], units: Sequence[Unit]) -> Kind:
    """Return what kind of word is lost, added or turned, where all else of a segment stands in a unit."""
    bare = tuple(token for token in segment if token.sort is not Sort.OPERATOR)
    said = {token.value for token in segment if token.sort is Sort.OPERATOR}
    differing: list[frozenset[object]] = []
    for unit in units:
        for places in placed(bare, unit):
            touched = {unit.tokens[at].segment for at in places}
            bound = {t.value for t in unit.tokens if t.segment in touched and t.sort is Sort.OPERATOR}
            differing.append(frozenset(bound ^ said))
            break
    if not bare or not differing:
        return Kind.ALTERED if bare else Kind.NEGATION
    least = min(differing, key=len)
    if "or" in least:
        return Kind.ALTERED
    if least & _BOUNDS:
        return Kind.BOUND
    if least & _DENIALS:
        return Kind.NEGATION
    return Kind.PACE if least else Kind.ALTERED
