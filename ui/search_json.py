"""A search and its reasons as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.answer_json import Json

if TYPE_CHECKING:
    from assistant.adapters.explanation import ExplainedHit, Explanation
    from corpus.store import Corpus


def search_json(told: Explanation, corpus: Corpus, as_of: date, is_explained: bool) -> Json:
    """Return what a search found; with its reasons where they are asked for."""
    asked = told.asked
    found: Json = {
        "query": asked.query,
        "as_of": as_of.isoformat(),
        "hits": [_hit(rank, one, corpus, as_of, is_explained) for rank, one in enumerate(told.found, 1)],
    }
    if not is_explained:
        return found
    return found | {
        "explanation": {
            "subject": asked.subject.strip(),
            "documents": list(asked.documents),
            "references": list(asked.references),
            "synonyms": [
                {"said": said, "word": word, "weight": weight}
                for said, word, weight in dict.fromkeys(
                    (one.said, one.word, one.weight) for one in asked.added
                )
            ],
            "terms": [
                {"terms": list(query_term.terms), "weight": round(query_term.weight, 4)}
                for query_term in told.query_terms
            ],
        }
    }


def _hit(rank: int, one: ExplainedHit, corpus: Corpus, as_of: date, is_explained: bool) -> Json:
    clause = corpus.clause(one.hit.clause_id)
    document = corpus.document(clause.document)
    status = document.status_on(as_of)
    hit: Json = {
        "rank": rank,
        "clause": clause.id,
        "document": document.slug,
        "title": document.title,
        "label": clause.label,
        "status": status.value if status else None,
        "score": round(one.hit.score, 6),
        "text": clause.text,
    }
    if is_explained:
        hit["parts"] = {name: round(value, 6) for name, value in one.hit.parts}
        hit["matches"] = [
            {"term": match.term, "field": match.field, "value": round(match.value, 4)}
            for match in one.matches
        ]
    return hit
