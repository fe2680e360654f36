"""Metadata as the contract's JSON, and how such a document would stand on a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from corpus.model.relation import RelationKind
from corpus.model.standing import DocumentStatus, ValidityPeriod, status_of
from corpus.reading.metadata.model import Metadata, StatedDay, StatedRelation

Json = dict[str, Any]


def metadata_json(told: Metadata, as_of: date) -> Json:
    """Return the fields the contract names; what the text does not state is null or empty."""
    return {
        "title": told.title.name if told.title else None,
        "document_number": re.sub(r"\s", "", told.document_number.quote) if told.document_number else None,
        "issuing_bodies": [one.quote for one in told.issuing_bodies],
        "nature": told.nature.value,
        "source": told.nature.source,
        "region": told.region or None,
        "signed_on": _day(told.signed_on),
        "published_on": _day(told.published_on),
        "effective_on": _day(told.effective_on),
        "expires_on": _day(told.expires_on),
        "unlimited": told.unlimited is not None,
        "status": status.value if (status := status_on(told, as_of)) else None,
        "interpreted_by": told.interpreted_by.quote if told.interpreted_by else None,
        "repeals": [one.number or one.title for one in told.relations if one.kind is RelationKind.REPEALS],
        "relations": [_relation(one) for one in told.relations],
        "procedure": {field.value: [one.quote for one in words] for field, words in told.procedure},
        "reckoned": list(told.reckoned),
        "words": _words(told),
        "warnings": list(told.warnings),
    }


def status_on(told: Metadata, as_of: date) -> DocumentStatus | None:
    """Return how a document that says this of itself stands on a day, None where it does not say."""
    start = told.effective_on.value if told.effective_on else None
    end = told.expires_on.value if told.expires_on else None
    signed = told.signed_on.value if told.signed_on else None
    return status_of(told.nature, ValidityPeriod(start, end, told.unlimited is not None), signed, as_of)


def _day(stated: StatedDay | None) -> str | None:
    return stated.value.isoformat() if stated else None


def _relation(one: StatedRelation) -> Json:
    return {
        "kind": one.kind.value,
        "title": one.title or None,
        "number": one.number or None,
        "on": one.on.isoformat() if one.on else None,
        "words": one.words.quote,
    }


def _words(told: Metadata) -> Json:
    """Return the words each field was read from."""
    days = ("signed_on", "published_on", "effective_on", "expires_on")
    found = {"title": told.title, "nature": told.nature_words, "document_number": told.document_number}
    found |= {name: stated.words for name in days if (stated := getattr(told, name))}
    return {name: words.quote for name, words in found.items() if words is not None}
