"""Which documents a question calls by name: 「长宁」, 「在线新经济」, 《…若干措施》, 沪府办规〔2023〕27号.

A document's names come from its own title, number and, where the caller has one, a glossary. What two
documents could be called by is a name of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.retrieval.tokens import fold
from assistant.retrieval.words import title_words
from corpus.model.document import PolicyDocument

_NOT_WORD = re.compile(r"[\W_]+")
_REGION = re.compile(r"(.{2,20})[省市区县]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a (folded) question, where it stands, and the documents it may mean."""

    name: str
    start: int
    end: int
    slugs: tuple[str, ...]
    is_region: bool = False


def names_from_title(title: str) -> tuple[str, ...]:
    """Return what people may call a document by its title: the title, and what is left without set phrases.

    >>> names_from_title("上海市促进在线新经济健康发展的若干政策措施")
    ('上海市促进在线新经济健康发展的若干政策措施', '在线新经济')
    >>> names_from_title("长宁区深入推进人工智能创新产业高质量发展的实施办法(草案)")[1:]
    ('长宁区', '人工智能', '长宁')
    """
    return tuple(dict.fromkeys((fold(title), *_subjects_in(title), *_regions_in(title))))


def _subjects_in(title: str) -> list[str]:
    pieces = _NOT_WORD.split(title_words().sub(" ", fold(title)))
    return [piece for piece in pieces if len(piece) > 1]


def _regions_in(title: str) -> list[str]:
    """Return the place a title begins with, with and without its 区 or 市."""
    matches = [_REGION.fullmatch(piece) for piece in _subjects_in(title)]
    return [name for match in matches if match for name in (match[0], match[1])]


class DocumentNames:
    """The names of a set of documents, ready to be looked for."""

    def __init__(
        self, documents: Iterable[PolicyDocument], more: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Gather the names of `documents`; `more` maps a slug to names people use beside them."""
        self._slugs: dict[str, dict[str, None]] = {}
        self._regions: set[str] = set()
        for document in documents:
            self._regions.update(_regions_in(document.title))
            listed = [*names_from_title(document.title), document.slug, *(more or {}).get(document.slug, ())]
            if document.document_number:
                listed.append(document.document_number)
            for name in listed:
                self._slugs.setdefault(fold(name), {})[document.slug] = None
        self._lengths: dict[str, tuple[int, ...]] = {}
        for name in self._slugs:
            lengths = {*self._lengths.get(name[:1], ()), len(name)}
            self._lengths[name[:1]] = tuple(sorted(lengths, reverse=True))

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Return the names in a question, in order; a name inside a longer one does not count.

        The time depends on the question, not on how many documents there are.
        """
        folded, found, at = fold(question), list[Mention](), 0
        while at < len(folded):
            name = self._name_at(folded, at)
            if name:
                slugs = tuple(self._slugs[name])
                found.append(Mention(name, at, at + len(name), slugs, name in self._regions))
            at += len(name) or 1
        return tuple(found)

    def _name_at(self, folded: str, at: int) -> str:
        """Return the longest name that begins at a place, empty where none does."""
        for length in self._lengths.get(folded[at], ()):
            name = folded[at : at + length]
            if len(name) == length and name in self._slugs:
                return name
        return ""
