"""Which documents a question is not about: nothing of theirs is heard in it, chosen or computed for it.

The documents of the package speak of one city, and a question that names none of them is about any. A
document of another place, or one a person added, is foreign to them: where it is named, its own words and
awards count and no others; where another document is named, its words and awards do not.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.steps.state import AnswerContext
from corpus.glossary import Term


def out_of_scope(documents: Iterable[str], context: AnswerContext) -> frozenset[str]:
    """Return the documents that a question naming these is not about; none where it names none."""
    named = frozenset(documents)
    if not named:
        return frozenset()
    if named <= context.foreign_documents:
        return frozenset(one.slug for one in context.corpus.documents) - named
    return context.foreign_documents - named


def terms_in_scope(terms: Iterable[Term], outside: frozenset[str]) -> tuple[Term, ...]:
    """Return the terms that some document in scope has; words no document owns count as everybody's."""
    return tuple(
        term
        for term in terms
        if not term.at or any(place.split("/", 1)[0] not in outside for place in term.at)
    )
