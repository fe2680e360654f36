"""Documents that a question names by number or title (东府办规〔2022〕1号), be they here or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model.document import PolicyDocument, SourceNature
from corpus.model.relation import Relation, RelationKind
from corpus.reading.metadata.layout import key
from corpus.reading.metadata.numbers import NUMBER, normal_number
from corpus.relations import ENDING
from corpus.store import Corpus

_CHANGING = (*ENDING, RelationKind.EXTENDS, RelationKind.AMENDS)
_NUMBER = re.compile(NUMBER)
_TITLE = re.compile("《([^《》]{4,80})》")


def called_papers(text: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the documents of the corpus that a text calls by number or by title in its marks."""
    numbers = {normal_number(found) for found in _NUMBER.findall(text)}
    titles = {key(found) for found in _TITLE.findall(text)}
    return tuple(one.slug for one in corpus.documents if _is_called(one, numbers, titles))


def unknown_numbers(text: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the document numbers a text names that no document here bears or tells of."""
    if called_papers(text, corpus) or told_of(text, corpus):
        return ()
    return tuple(dict.fromkeys(match[0] for match in _NUMBER.finditer(text)))


def _is_called(document: PolicyDocument, numbers: set[str], titles: set[str]) -> bool:
    number = normal_number(document.document_number or "")
    by_number = bool(number) and any(one.endswith(number) for one in numbers)
    return by_number or key(document.title) in titles


def told_of(text: str, corpus: Corpus) -> tuple[tuple[PolicyDocument, Relation], ...]:
    """Return how documents here end, extend or amend those a text names that are not here themselves.

    That one merely rests on another (根据《…法》) is no answer to anything.
    """
    return tuple(_told_of(text, corpus)) if not called_papers(text, corpus) else ()


def _told_of(text: str, corpus: Corpus) -> Iterator[tuple[PolicyDocument, Relation]]:
    numbers = [normal_number(found) for found in _NUMBER.findall(text)]
    titles = {key(found) for found in _TITLE.findall(text)}
    for document in corpus.documents:
        for relation in document.does(*_CHANGING) if document.nature is SourceNature.POLICY else ():
            by_number = bool(relation.number) and any(one.endswith(relation.number) for one in numbers)
            if by_number or (relation.title and key(relation.title) in titles):
                yield document, relation
