"""Documents, clauses and measures of the corpus as the JSON of the contract."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.answer_json import Json
from corpus.model.document import Clause, PolicyDocument
from corpus.model.measure import Measure, Unquantified
from corpus.model.relation import Relation

if TYPE_CHECKING:
    from corpus.store import Corpus


def document_json(document: PolicyDocument, as_of: date) -> Json:
    """Return one document; whatever its text does not state is null."""
    status = document.status_on(as_of)
    return {
        "slug": document.slug,
        "title": document.title,
        "document_number": document.document_number,
        "issuing_bodies": list(document.issuing_bodies),
        "status": status.value if status else None,
        "effective_on": _day(document.validity.start),
        "expires_on": _day(document.validity.end),
        "source": document.nature.source,
        "nature": document.nature.value,
        "region": document.region,
        "signed_on": _day(document.signed_on),
        "published_on": _day(document.published_on),
        "unlimited": document.validity.is_unlimited,
        "reckoned": list(document.reckoned),
        "interpreted_by": document.interpreted_by,
        "relations": [_relation_json(one) for one in document.relations],
        "repealed_by": _repeal_json(document),
        "procedure": {field.value: [one.quote for one in spans] for field, spans in document.procedure},
        "notes": list(document.notes),
    }


def _relation_json(one: Relation) -> Json:
    return {
        "kind": one.kind.value,
        "title": one.title or None,
        "number": one.number or None,
        "clause": one.evidence.clause_id,
        "words": one.evidence.quote,
    }


def _repeal_json(document: PolicyDocument) -> Json | None:
    repeal = document.ending_repeal
    return {"document": repeal.by, "on": _day(repeal.on)} if repeal else None


def clause_json(clause: Clause) -> Json:
    """Return one clause."""
    return {
        "id": clause.id,
        "label": clause.label,
        "headings": list(clause.headings),
        "text": clause.text,
        "responsible_bodies": list(clause.responsible_bodies),
    }


def clause_in_document_json(clause: Clause, document: PolicyDocument, as_of: date) -> Json:
    """Return one clause with the document it stands in."""
    return {**clause_json(clause), "document": document_json(document, as_of)}


def measures_json(corpus: Corpus) -> list[Json]:
    """Return every measure, computed ones first, then those whose text states no number."""
    return [
        *(measure_json(measure, corpus) for measure in corpus.measures),
        *(_unquantified_json(grant) for grant in corpus.unquantified),
    ]


def measure_json(measure: Measure, corpus: Corpus) -> Json:
    """Return one measure with its formula and the facts it asks for."""
    from corpus.measures.file import formula_text

    return {
        "id": measure.id,
        "name": measure.name,
        "clause": measure.clause_id,
        "kind": measure.kind.value,
        "formula": formula_text(measure),
        "facts": [fact_json(name, corpus) for name in measure.fact_names],
        "quantified": True,
        "state": measure.state.value,
    }


def fact_json(name: str, corpus: Corpus) -> Json:
    """Return a fact's name, its Chinese label and its unit."""
    fact = corpus.facts[name]
    return {"name": name, "label": fact.label, "unit": fact.unit.value}


def _unquantified_json(grant: Unquantified) -> Json:
    return {
        "id": grant.id,
        "name": grant.name,
        "clause": grant.clause_id,
        "kind": None,
        "formula": None,
        "facts": [],
        "quantified": False,
        "reason": grant.reason,
        "state": grant.state.value,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
