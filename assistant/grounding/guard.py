"""The guard: a wording passes only where every segment of it is borne out by what was composed and checked.

Fail-closed: what cannot be recognised as right is a fault. `line_faults` judges one line on its own, so that
a line can be shown as soon as it has passed; `faults` judges the whole.
"""

from __future__ import annotations

import re

from assistant.grounding.attribution import titles_unknown
from assistant.grounding.duties import draft_faults, duty_faults
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.forms import form_faults
from assistant.grounding.mentions import mentions
from assistant.grounding.promises import bare_promises, met_faults
from assistant.grounding.reference import Reference
from assistant.grounding.statements import Statement, lines_of, statements
from assistant.grounding.verification import Verifier


def faults(wording: str, reference: Reference) -> tuple[Fault, ...]:
    """Return everything wrong with a whole wording; nothing means it may be shown."""
    lines = lines_of(wording)
    if not lines:
        return (Fault(Kind.EMPTY),)
    verifier = Verifier(reference)
    found = [fault for line in lines for fault in line_faults(line, verifier)]
    found += [*draft_faults(lines, reference), *duty_faults(wording, verifier)]
    return tuple(dict.fromkeys(found))


def line_faults(line: str, verifier: Verifier) -> tuple[Fault, ...]:
    """Return what is wrong with one line by itself; what is right of it counts as told."""
    return tuple(dict.fromkeys(fault for _, faults in verified(line, verifier) for fault in faults))


def verified(line: str, verifier: Verifier) -> tuple[tuple[Statement, tuple[Fault, ...]], ...]:
    """Return the sentences of a line, each with what is wrong with it; what is right counts as told."""
    whole = Statement(line, frozenset(), frozenset(), line)
    found = tuple(form_faults(line, verifier.reference))
    if found:
        return ((whole, found),)
    for at, own in enumerate(verifier.reference.lines):
        if line == own.text and not own.cites:  # word for word a composed line that needs no source
            verifier.tell_line(at)
            return ((whole, ()),)
    told = statements(line)
    if not any(re.search(r"[㐀-鿿]", one.text) for one in told):
        return ((whole, (Fault(Kind.EMPTY, line),)),)
    groups: frozenset[object] = frozenset()
    results: list[tuple[Statement, tuple[Fault, ...]]] = []
    for one in told:
        faults = [*titles_unknown(one, verifier.reference), *met_faults(one, verifier.reference)]
        faults += bare_promises(one, verifier.reference)
        if not one.cites and _must_cite(one, verifier):
            faults.append(Fault(Kind.UNCITED, one.text))
        if not faults:
            some, groups = verifier.faults(one, groups)
            faults += some
        results.append((one, tuple(faults)))
    return tuple(results)


def _must_cite(one: Statement, verifier: Verifier) -> bool:
    """Tell whether a statement needs a source: it has a number that no unmarked composed line has."""
    if not verifier.reference.citations or one.text.endswith(":"):
        return False
    free = {mention.what for mention in verifier.reference.material(frozenset()).mentions}
    return any(mention.what not in free for mention in mentions(one.text) if mention.what[0] != "clause")
