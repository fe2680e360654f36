"""What documents of one corpus do to each other: a repealed one knows by which, and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.model.document import PolicyDocument
from corpus.model.relation import Relation, RelationKind, Repeal
from corpus.reading.metadata.layout import key
from corpus.reading.metadata.numbers import normal_number

ENDING = (RelationKind.REPEALS, RelationKind.REPLACES)


def related(documents: Sequence[PolicyDocument]) -> tuple[PolicyDocument, ...]:
    """Return the documents, each with what another says of its repeal; the others stay the very same.

    Only a policy repeals: a draft (草案) or a report changes nothing.
    """
    repeals = [(one, relation) for one in documents if one.nature.is_law for relation in one.does(*ENDING)]
    found = {one.slug: _repeal(one, repeals) for one in documents}
    return tuple(
        replace(one, repealed=found[one.slug]) if one.repealed != found[one.slug] else one
        for one in documents
    )


def _repeal(document: PolicyDocument, repeals: Sequence[tuple[PolicyDocument, Relation]]) -> Repeal | None:
    for other, relation in repeals:
        if other.slug != document.slug and is_meant(relation, document) and may_end(other, document):
            return repeal_of(other, relation)
    return None


def may_end(other: PolicyDocument, document: PolicyDocument) -> bool:
    """Tell whether a document can end another: one of the same place, or of a place around it.

    A text of another city or of a district below says nothing of what holds here, whatever it claims.
    """
    if not other.region or not document.region:
        return True
    return document.region.startswith(other.region) or other.region.endswith(document.region)


def repeal_of(other: PolicyDocument, relation: Relation) -> Repeal:
    """Return the repeal that a document's words make, from its own day or that of the document."""
    return Repeal(other.slug, relation.on or other.validity.start or other.signed_on, relation.evidence)


def is_meant(relation: Relation, document: PolicyDocument) -> bool:
    """Tell whether a relation is to this document: by its number where both have one, else by its title."""
    if relation.number and document.document_number:
        return normal_number(relation.number) == normal_number(document.document_number)
    return bool(relation.title) and _name(relation.title) == _name(document.title)


def _name(title: str) -> str:
    """Return a title as titles are compared: without who issued it, and of a notice, the policy in it."""
    inner = title.partition("关于印发")[2].removesuffix("的通知") if "关于印发" in title else title
    return key(inner)


def named_by(documents: Sequence[PolicyDocument], number: str) -> Iterator[tuple[PolicyDocument, Relation]]:
    """Yield what documents do to one of this number, be it in the corpus or not."""
    wanted = normal_number(number)
    for document in documents:
        for relation in document.relations:
            if relation.number and normal_number(relation.number) == wanted:
                yield document, relation
