"""What documents of one corpus do to each other: a repealed one knows by which, and from when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.model.document import PolicyDocument, SourceNature
from corpus.model.relation import Extension, Relation, RelationKind, Repeal
from corpus.reading.metadata.layout import key
from corpus.reading.metadata.numbers import normal_number

_DRAFT_MARK = re.compile(r"[（(][^（()）]*(?:草案|征求意见稿|送审稿|讨论稿)[^（()）]*[）)]")
ENDING = (RelationKind.REPEALS, RelationKind.REPLACES)


def related(documents: Sequence[PolicyDocument]) -> tuple[PolicyDocument, ...]:
    """Return the documents, each with what others say of its end; the others stay the very same.

    Only a policy repeals or extends: a draft (草案), a report or a guide changes nothing.
    """
    own = [_as_stated(one) for one in documents]
    laws = (one for one in own if one.nature is SourceNature.POLICY)
    told = [(one, relation) for one in laws for relation in one.relations]
    return tuple(_same(one, _with_others(stated, told)) for one, stated in zip(documents, own, strict=True))


def _as_stated(document: PolicyDocument) -> PolicyDocument:
    """Return a document as its own text states it."""
    validity = document.extended.before if document.extended else document.validity
    return replace(document, repealed=None, extended=None, validity=validity)


def _same(before: PolicyDocument, after: PolicyDocument) -> PolicyDocument:
    is_same = (before.repealed, before.extended) == (after.repealed, after.extended)
    return before if is_same else after


def _with_others(document: PolicyDocument, told: Sequence[tuple[PolicyDocument, Relation]]) -> PolicyDocument:
    meant = [
        (other, relation)
        for other, relation in told
        if other.slug != document.slug and is_meant(relation, document) and may_end(other, document)
    ]
    ending = next((repeal_of(*one) for one in meant if one[1].kind in ENDING), None)
    longest = max((one for one in meant if _extends(one[1], document)), key=_until, default=None)
    if longest is None:
        return replace(document, repealed=ending)
    until = _until(longest)
    extension = Extension(longest[0].slug, until, longest[1].evidence, document.validity)
    validity = replace(document.validity, end=until)
    return replace(document, repealed=ending, extended=extension, validity=validity)


def _extends(relation: Relation, document: PolicyDocument) -> bool:
    end = document.validity.end
    is_later = relation.on is not None and (end is None or relation.on > end)
    return relation.kind is RelationKind.EXTENDS and is_later


def _until(told: tuple[PolicyDocument, Relation]) -> date:
    return told[1].on or date.min


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


def final_of(draft: PolicyDocument, documents: Sequence[PolicyDocument]) -> PolicyDocument | None:
    """Return the final version of a draft (草案) among documents of its place; None where none is."""
    if draft.nature is not SourceNature.DRAFT:
        return None
    wanted = _name(_DRAFT_MARK.sub("", draft.title))
    return next(
        (
            one
            for one in documents
            if one.nature.is_law and _name(one.title) == wanted and may_end(one, draft)
        ),
        None,
    )
