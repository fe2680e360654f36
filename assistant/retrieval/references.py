"""Exact look-up of clauses a question names: 「在线新经济第十六条」 needs no search.

A place that does not exist gives nothing, and neither does one of a law that is not in the corpus (《公司法》
第三条). Without a document's name every document that has such a place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assistant.retrieval.marks import Chain, Mark, Place, read_chains
from assistant.retrieval.naming import DocumentNames, Mention
from assistant.retrieval.tokens import fold
from corpus.model.document import Clause, ClauseKind, PolicyDocument
from corpus.store import Corpus

_ID = re.compile(r"(?<![a-z0-9-])[a-z0-9-]++/[a-z0-9.]+[a-z0-9]")
_SENTENCE_END = re.compile(r"[。?!;\n]")
# What may stand between a document's name and a number that belongs to it.
_LINK = re.compile(
    r"(?:[\s,、的里中之内面《》“”\"'()]|区|市|那|这|份|个|部|若干|实施|试行|征求意见稿|新政|政策|文件|措施|办法|意见|"
    r"规定|通知|草案|方案|计划|原文|正文)*"
)
_OTHER_LAW = re.compile(
    r"(?:(?:(?<![办方做想说合执司立依无算])|(?<=公司))法|条例|细则|章程|法典|通则|法规)(?:\([^()]*\))?[》”\s]*的?$"
)
_TITLE = re.compile(r"《([^《》]+)》[^,。?!;]{0,6}$")
_TYPE = re.compile(r"(措施|办法|意见|草案|规定|方案|计划|通知)[》”\s]*[的里中]*面?$")
_SHORT_NAME = 5
_MOST_UNNAMED = 200
_CONTINUES = 4
_UNNUMBERED = (Place.SUBCLAUSE, Place.PARAGRAPH)


class ClauseReferences:
    """The clauses of a corpus, ready to be looked up by the places a question names."""

    def __init__(self, corpus: Corpus, names: Mapping[str, Sequence[str]] | None = None) -> None:
        """Gather clauses and names; `names` maps a slug to names people use beside title and number."""
        self._documents = {document.slug: document for document in corpus.documents}
        self.clauses = {clause.id: clause for clause in corpus.clauses}
        self._divided = {above for clause_id in self.clauses for above in _above(clause_id)}
        self.names = DocumentNames(corpus.documents, names)

    def find(self, question: str) -> tuple[str, ...]:
        """Return the ids of the clauses a question names, in the order it names them.

        Among very many documents a number without a document's name (第三条) names none.
        """
        folded = fold(question)
        chains = read_chains(folded)
        if not chains and "/" not in folded:
            return ()
        found = [match[0] for match in _ID.finditer(folded) if match[0] in self.clauses]
        mentions = self.names.mentions(folded)
        slugs: tuple[str, ...] | None = None
        for at, chain in enumerate(chains):
            before = folded[chains[at - 1].end if at else 0 : chain.start]
            if at == 0 or not _continues(before, chain, mentions):
                slugs = _documents(folded, chain, mentions, self._documents.values())
            if slugs is None:
                wanted: Iterable[str] = self._documents if len(self._documents) <= _MOST_UNNAMED else ()
            else:
                wanted = [one for one in slugs if one in self._documents]
            found += self._resolved(chain, wanted, is_named=slugs is not None)
        return tuple(dict.fromkeys(found))

    def _resolved(self, chain: Chain, slugs: Iterable[str], is_named: bool) -> Iterator[str]:
        for slug in slugs:
            for path in _paths(chain.marks):
                clause = self._clause_at(f"{slug}/{path}", chain.marks)
                if clause is not None and (is_named or _fits(chain.marks[-1], clause)):
                    yield clause.id
                    break

    def _clause_at(self, clause_id: str, marks: Sequence[Mark]) -> Clause | None:
        """Return the clause of an id; the first paragraph of an undivided clause is the clause itself."""
        if clause_id in self.clauses:
            return self.clauses[clause_id]
        whole = clause_id.removesuffix(".1")
        is_first_paragraph = len(marks) > 1 and marks[-1].place in _UNNUMBERED and whole != clause_id
        return self.clauses.get(whole) if is_first_paragraph and whole not in self._divided else None


def find_references(
    question: str, corpus: Corpus, names: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """Return the ids of the clauses a question names, in the order it names them.

    `names` maps a document's slug to names people use for it beside what its title and number give.
    """
    if not read_chains(fold(question)) and "/" not in question:
        return ()
    return ClauseReferences(corpus, names).find(question)


def _continues(between: str, chain: Chain, mentions: Sequence[Mention]) -> bool:
    """Tell whether a place after `between` is of the same document as the place before it."""
    start = chain.start - len(between)
    is_named = any(start <= one.start < chain.start for one in mentions)
    return len(between) <= _CONTINUES and not is_named and not _SENTENCE_END.search(between)


def _documents(
    question: str, chain: Chain, mentions: Sequence[Mention], documents: Collection[PolicyDocument]
) -> tuple[str, ...] | None:
    """Return the documents a place may belong to; None for any, empty for none of ours."""
    before = question[: chain.start]
    if _OTHER_LAW.search(before):
        return ()
    title = _TITLE.search(before)
    if title and not any(title.start() < one.start < title.end() for one in mentions):
        return tuple(one.slug for one in documents if title[1] in fold(one.title))
    named = _named_before(before, mentions)
    if named is not None:
        return named
    kind = _TYPE.search(before)
    of_kind = [one.slug for one in documents if kind and kind[1] in one.title]
    return tuple(of_kind) or None


def _named_before(before: str, mentions: Sequence[Mention]) -> tuple[str, ...] | None:
    """Return the documents of the nearest name before the place.

    A short topical word (人工智能) names its document only where the number follows at once; a region, a
    title or a longer name does so within the sentence.
    """
    earlier = [one for one in mentions if one.end <= len(before)]
    if not earlier:
        return None
    last = earlier[-1]
    gap = before[last.end :]
    if _SENTENCE_END.search(gap):
        return None
    if _LINK.fullmatch(gap):
        beside = [one for one in earlier[:-1] if _LINK.fullmatch(before[one.end : last.start])]
        return _common(last, beside)
    far = [one for one in earlier if len(one.name) >= _SHORT_NAME or one.is_region]
    return far[-1].slugs if far and not _SENTENCE_END.search(before[far[-1].end :]) else None


def _common(last: Mention, beside: Sequence[Mention]) -> tuple[str, ...]:
    """Return the documents both of two names side by side mean (长宁人工智能), or those of the last."""
    for one in beside:
        both = tuple(slug for slug in last.slugs if slug in one.slugs)
        if both:
            return both
    return last.slugs


def _paths(marks: Sequence[Mark]) -> Iterator[str]:
    """Return the paths a place may have in a clause id, likeliest first."""
    numbers = [str(number) for mark in marks for number in mark.numbers]
    first = marks[0].place
    if first is Place.PART:
        yield f"section.{'.'.join(numbers)}"
    elif first is Place.QUESTION:
        yield f"qa.{'.'.join(numbers)}"
    else:
        if first is Place.PARAGRAPH:
            yield f"p{'.'.join(numbers)}"
        else:
            yield ".".join(numbers)
        if len(marks) == 3 and marks[1].place in _UNNUMBERED and marks[1].numbers == (1,):
            yield f"{numbers[0]}.{numbers[-1]}"  # 第八条第一款第三项, where 第八条 has but one paragraph


def _above(clause_id: str) -> Iterator[str]:
    """Give the ids of the clauses a clause is part of.

    >>> list(_above("garden/8.3.1"))
    ['garden/8.3', 'garden/8']
    """
    while "." in clause_id:
        clause_id = clause_id.rsplit(".", 1)[0]
        yield clause_id


def _fits(last: Mark, clause: Clause) -> bool:
    """Tell whether a clause is what the last mark calls it: 第三项 is no bare paragraph, 第三段 no (三)."""
    if last.place in (Place.ITEM, Place.BRACKET):
        return clause.kind is not ClauseKind.PARAGRAPH
    if last.place is Place.PARAGRAPH and last.numbers != (1,):
        return clause.kind is ClauseKind.PARAGRAPH
    return True
