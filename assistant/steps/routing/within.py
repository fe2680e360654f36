"""A document called by name: does it speak of what is asked? If not, that is said before anything else."""

from __future__ import annotations

import re

from assistant.retrieval.coverage import WeightedTerm, covered, weigh
from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.routing.company import is_about_company
from assistant.steps.state import State
from assistant.steps.understand import content_of
from corpus.model.document import PolicyDocument

_LEAST = 0.25
_LEAST_OF_AWARD = 0.5
_CLEARLY = 0.8
_LEAST_BESIDE = 0.2
_FEWEST = 2  # characters of a subject: one alone may be anything
_OF_ITSELF = frozenset(
    {
        Intent.VALIDITY,
        Intent.ABOUT,
        Intent.LIST,
        Intent.COMPARISON,
        Intent.CUMULATION,
        Intent.RESPONSIBLE_BODY,
        Intent.LOOKUP,
        Intent.CONDITIONS,
        Intent.PREMISE,
    }
)
_AS_DOCUMENT = re.compile(
    "[》”]?(高质量发展)?的?(那个|那份|这份|这个|那条|那些|这些)?(若干)?"
    "(政策|措施|意见|文件|办法|实施办法|草案|新政|行动|规定|原文|里|中|当中)"
)
_SELF_NAMED = ("条", "草案", "措施", "意见", "办法", "号")


def titled(state: State) -> tuple[PolicyDocument, ...]:
    """Return the documents called by name as documents (「科技服务业意见里」), not as a trade or district."""
    text, glossary = state.reading.text.lower(), state.context.glossary
    homes = {place for one in state.context.corpus.documents for place in _regions(one)}
    says = {name.slug: [one.lower() for one in name.says if one not in homes] for name in glossary.documents}
    named = (
        slug for slug in state.reading.documents if any(_is_called(one, text) for one in says.get(slug, ()))
    )
    return tuple(map(state.context.corpus.document, named))


def _is_called(saying: str, text: str) -> bool:
    """Tell whether a name stands for the document, by its own words or those behind it."""
    at = text.find(saying)
    return at >= 0 and (saying.endswith(_SELF_NAMED) or bool(_AS_DOCUMENT.match(text, at + len(saying))))


def _regions(document: PolicyDocument) -> tuple[str, ...]:
    region = document.region or ""
    return (region, region.removesuffix("区"), f"{region.removesuffix('区')}区")


def is_silent(state: State) -> bool:
    """Tell whether the documents called by name say nothing of what is asked of them."""
    reading = state.reading
    if reading.references or reading.is_follow_up or reading.quantities or reading.asks(*_OF_ITSELF):
        return False
    if reading.claimed_dates or reading.asked_date or reading.seats or is_about_company(state):
        return False
    documents = titled(state)
    if not documents:
        return False
    own = _best_within(state, documents)
    if own < _LEAST or own >= _LEAST_OF_AWARD or not reading.asks(Intent.AMOUNT, Intent.YES_NO):
        return own < _LEAST
    return own < _CLEARLY * _best_within(state, state.context.corpus.documents)


def is_beside_the_name(state: State) -> bool:
    """Tell whether all a question shares with the corpus is the name of a document or trade in it."""
    reading = state.reading
    if not reading.documents or reading.terms or is_silent(state) or reading.references:
        return False
    if reading.is_follow_up or reading.quantities or reading.asks(*_OF_ITSELF) or is_about_company(state):
        return False
    return _best_within(state, state.context.corpus.documents) < _LEAST_BESIDE


def _best_within(state: State, documents: tuple[PolicyDocument, ...]) -> float:
    """Return how much of what is asked one clause of the documents holds, in the words of either side."""
    best = 0.0
    for query_terms in (asked_apart(state, is_worded=False), asked_apart(state, is_worded=True)):
        if not query_terms:
            return 1.0
        for document in documents:
            for clause in document.clauses:
                held = frozenset(tokens("\n".join((clause.text, *clause.headings))))
                best = max(best, covered(query_terms, held))
    return best


def asked_apart(state: State, is_worded: bool) -> tuple[WeightedTerm, ...]:
    """Return the query terms apart from the documents' names, as asked or in the texts' words."""
    text = state.reading.text
    sayings = {one for name in state.context.glossary.documents for one in name.says}
    for saying in sorted(sayings, key=len, reverse=True):
        text = re.sub(re.escape(saying), " ", text, flags=re.IGNORECASE)
    own = [term for term in state.reading.terms if _is_within(state, term.at)] if is_worded else []
    content = content_of(text, (), own, state.context)
    return weigh(content, state.context.rarity) if len(content.replace(" ", "")) >= _FEWEST else ()


def _is_within(state: State, places: tuple[str, ...]) -> bool:
    return any(place.split("/", 1)[0] in state.reading.documents for place in places)
