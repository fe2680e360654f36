"""What people call a document and its awards, as its own text gives it: no hand has to list it.

From the title, with and without its place, from the document number, and from the headings of the clauses
that grant awards. Hand-written entries of `lexicon.yaml` only add to it: where one covers the same thing,
nothing is derived beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.glossary import DocumentName, Glossary, Term
from corpus.measures.file import MeasureFile
from corpus.model.document import Clause, PolicyDocument

_PLACE = re.compile(r"^(?:[一-鿿]{2,6}?(?:省|自治区))?(?:[一-鿿]{2,8}?(?:开发区|新区|园区|市|区|县|旗|镇))+")
_LEADING = re.compile("^(?:人民政府|管理委员会|管委会)?(?:关于)?(?:印发)?")
_TAIL = re.compile(r"[(（][^()（）]{0,20}[)）]$")
_YEAR = re.compile(r"[〔\[［(（【]\d{4}[〕\]］)）】]")
_HEADING = re.compile(r"[(（]([一-鿿]{3,12})[)）]")
_FORM = re.compile("(?:奖励|补贴|补助|资助|支持|扶持|贴息|资金)$")
_LEAST = 4  # characters of a name; shorter ones name too much else


def with_derived(
    document: PolicyDocument, measures: MeasureFile, words: Glossary, clauses: Iterable[Clause]
) -> Glossary:
    """Return a document's words with the names its text gives it and its awards."""
    said = [word for name in words.documents for word in name.says]
    names = [name for name in document_names(document) if not any(word in name for word in said)]
    held = {place for term in words.terms for place in term.at}
    granting = [one.clause_id for one in measures.measures]
    terms = tuple(
        term
        for clause in clauses
        if clause.id in granting and clause.id not in held
        for term in _terms_of(clause, [one.name for one in measures.measures if one.clause_id == clause.id])
    )
    derived = (DocumentName(document.slug, tuple(names)),) if names else ()
    return words + Glossary(documents=derived, terms=terms)


def document_names(document: PolicyDocument) -> tuple[str, ...]:
    """Return what a document may be called by its title and number, the longest first."""
    title = _TAIL.sub("", document.title)
    plain = _LEADING.sub("", _PLACE.sub("", title))
    number = document.document_number or ""
    found = {document.title, title, plain, number, _YEAR.sub("", number)}
    return tuple(sorted((name for name in found if len(name) >= _LEAST), key=lambda one: (-len(one), one)))


def _terms_of(clause: Clause, names: Iterable[str]) -> Iterator[Term]:
    """Yield terms for the heading of a clause and for the names of its awards that stand in it."""
    heading = _HEADING.search(clause.text[:40])
    found = dict.fromkeys([heading[1]] if heading else [])
    found |= dict.fromkeys(name for name in names if name in clause.text)
    for name in found:
        short = _FORM.sub("", name)
        says = tuple(dict.fromkeys(one for one in (name, short) if len(one) >= _LEAST))
        if says:
            yield Term(says, (name,), (clause.id,))
