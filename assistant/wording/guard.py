"""The guard: a wording passes only if every statement of it is borne out by what was composed and checked.

Fail-closed: what cannot be recognised as right is a fault. `line_faults` judges one line on its own, so that
a line can be shown as soon as it has passed; `faults` judges the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.wording.alignment import alignment_faults
from assistant.wording.content import content_faults
from assistant.wording.duties import draft_faults, duty_faults
from assistant.wording.faults import Fault, Kind
from assistant.wording.forms import form_faults
from assistant.wording.mentions import mentions
from assistant.wording.numbers import number_faults
from assistant.wording.polarity import polarity_faults
from assistant.wording.reference import Reference
from assistant.wording.shapes import bigrams, likeness, plain_text
from assistant.wording.statements import Statement, lines_of, statements

_ALIKE = 0.4


def faults(wording: str, reference: Reference) -> tuple[Fault, ...]:
    """Return everything wrong with a whole wording; nothing means it may be shown."""
    lines = lines_of(wording)
    if not lines:
        return (Fault(Kind.EMPTY),)
    found = [fault for line in lines for fault in line_faults(line, reference)]
    found += [*draft_faults(lines, reference), *duty_faults(wording, reference)]
    return tuple(dict.fromkeys(found))


def line_faults(line: str, reference: Reference) -> tuple[Fault, ...]:
    """Return what is wrong with one line by itself."""
    found = tuple(form_faults(line, reference))
    if found:
        return found
    told = statements(line)
    if any(line == one.text for one in reference.lines if not one.cites):
        return ()  # word for word a composed line that needs no source, such as the rule of a table
    if not any(_says_something(one.text) for one in told):
        return (Fault(Kind.EMPTY, line),)
    if not any(one.marked for one in told) and _is_of_its_own(line, reference):
        return (Fault(Kind.UNCITED, line),)
    return tuple(dict.fromkeys(fault for one in told for fault in _statement(one, reference)))


def _says_something(text: str) -> bool:
    return bool(re.search(r"[㐀-鿿]", text))


def _is_of_its_own(line: str, reference: Reference) -> bool:
    """Tell whether a line without a source says what no composed line without one says."""
    own = bigrams(plain_text(line))
    unmarked = (bigrams(plain_text(one.text)) for one in reference.lines if not one.cites)
    return not any(likeness(own, other) >= _ALIKE for other in unmarked)


def _statement(one: Statement, reference: Reference) -> Iterator[Fault]:
    if not one.cites and _must_cite(one, reference):
        yield Fault(Kind.UNCITED, one.text)
        return
    yield from number_faults(one, reference)
    yield from polarity_faults(one, reference)
    yield from content_faults(one, reference)
    yield from alignment_faults(one, reference)


def _must_cite(one: Statement, reference: Reference) -> bool:
    """Tell whether a statement needs a source: it has a number that no unmarked composed line has."""
    if not reference.citations:
        return False
    free = {mention.what for mention in reference.material(frozenset()).mentions}
    return any(mention.what not in free for mention in mentions(one.text) if mention.what[0] != "clause")
