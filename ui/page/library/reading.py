"""A document to read: what it is, and every clause of it, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.retrieval.tokens import fold
from corpus.model.document import Clause, ClauseKind, PolicyDocument
from ui.page.clause_view import shortened, status_tone
from ui.page.html import badge, element, escaped, listed
from ui.words import NATURE_LABELS, RELATION_LABELS, status_label, titled, validity_words

if TYPE_CHECKING:
    from corpus.store import Corpus

_LONGEST_FIELD = 200


def document_view(document: PolicyDocument, as_of: date) -> str:
    """Return one document: its head, its notes, its clauses."""
    return element("article", _head(document, as_of) + _clauses(document), "pa-reading")


def found_view(clauses: Sequence[Clause], words: str, corpus: Corpus, as_of: date) -> str:
    """Return the clauses a search found, each with where it stands."""
    if not clauses:
        return element(
            "p", f"没有找到与“{escaped(words)}”有关的条款，换个说法试试。", "pa-empty", role="status"
        )
    sought = f"“{shortened(words)}”"
    if any(writes(clause, words) for clause in clauses):
        told = f"与{sought}最有关的 {len(clauses)} 条"
    else:
        told = f"没有条款原样写到{sought}，以下是意思最接近的 {len(clauses)} 条"
    told = element("p", escaped(told), "pa-label", role="status")
    return element("div", told + "".join(_found(clause, corpus, as_of) for clause in clauses), "pa-reading")


def writes(clause: Clause, words: str) -> bool:
    """Tell whether a clause holds some words as they are, whatever stands between them."""
    text = fold("".join(clause.text.split()))
    return all(fold(word) in text for word in words.split())


def _found(clause: Clause, corpus: Corpus, as_of: date) -> str:
    document = corpus.document(clause.document)
    status = document.status_on(as_of)
    head = element("strong", escaped(clause.label), "pa-clause-label")
    head += badge(status_label(status), status_tone(status))
    title = element("p", escaped(titled(document.title)), "pa-source-title")
    words = element("blockquote", escaped(clause.text.strip()), "pa-clause", tabindex="0")
    return element("article", element("div", head, "pa-source-head") + title + words, "pa-source")


def _head(document: PolicyDocument, as_of: date) -> str:
    status = document.status_on(as_of)
    title = element("h2", escaped(titled(document.title)), "pa-reading-title")
    stand = badge(status_label(status), status_tone(status))
    stand += badge(NATURE_LABELS[document.nature], "off")
    rows = element("dl", "".join(_facts(document)), "pa-facts")
    notes = listed("ul", "pa-notes", (element("li", escaped(note)) for note in document.notes))
    return title + element("p", stand) + rows + notes


def _facts(document: PolicyDocument) -> Iterable[str]:
    rows = (
        ("文号", document.document_number or "原文未载明"),
        ("发文机关", "、".join(document.issuing_bodies) or "原文未载明"),
        ("有效期", validity_words(document)),
        ("条款", f"{len(document.clauses)} 段"),
        *_optional(document),
    )
    for name, value in rows:
        yield element("dt", escaped(name)) + element("dd", escaped(value))


def _optional(document: PolicyDocument) -> Iterable[tuple[str, str]]:
    """Yield what only some texts state: place, interpreter, what it does to others, how to apply."""
    if document.region:
        yield "适用地区", document.region
    if document.interpreted_by:
        yield "解释机关", document.interpreted_by
    for relation in document.relations:
        named = f"《{relation.title}》" if relation.title else ""
        yield RELATION_LABELS[relation.kind], f"{named}{relation.number}"
    for field, spans in document.procedure:
        yield field.label, shortened("；".join(span.quote for span in spans), _LONGEST_FIELD)


def _clauses(document: PolicyDocument) -> str:
    return "".join(clause_view(clause) for clause in document.clauses)


def clause_view(clause: Clause) -> str:
    """Return one clause as it stands in its document."""
    if clause.kind is ClauseKind.HEADING:
        return element("h3", escaped(clause.text.strip()), "pa-reading-heading")
    label = element("p", escaped(clause.label), "pa-reading-label")
    bodies = "、".join(clause.responsible_bodies)
    tail = element("p", f"责任单位：{escaped(bodies)}", "pa-trail") if bodies else ""
    words = element("p", escaped(clause.text.strip()), "pa-reading-text")
    return element("section", label + element("div", words + tail), "pa-reading-clause")
