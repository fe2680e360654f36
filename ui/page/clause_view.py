"""A cited clause as HTML: its own words with the quoted ones lit up, and where it comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import Citation
from corpus.model.document import Clause, DocumentStatus, PolicyDocument
from ui.page.html import badge, element, escaped
from ui.words import status_label, titled, validity_words

if TYPE_CHECKING:
    from corpus.store import Corpus

SOON_DAYS = 90
_TONES = {
    DocumentStatus.IN_FORCE: "good",
    DocumentStatus.NOT_YET_IN_FORCE: "ask",
    DocumentStatus.EXPIRED: "off",
    DocumentStatus.REPEALED: "off",
    DocumentStatus.DRAFT: "draft",
    DocumentStatus.REPORT: "report",
}


def status_tone(status: DocumentStatus | None) -> str:
    """Return the colour's name for a document's status."""
    return _TONES[status] if status else "off"


def source_view(citation: Citation, turn: int | str, corpus: Corpus, as_of: date) -> str:
    """Return a cited clause as a card, the quoted words lit up; its neighbours open on demand."""
    clause = corpus.clause(citation.span.clause_id)
    document = corpus.document(citation.document)
    head = (
        element("span", str(citation.n), "pa-n")
        + element("strong", escaped(citation.label), "pa-clause-label")
        + status_badge(citation.status, document, as_of)
    )
    return element(
        "article",
        element("div", head, "pa-source-head")
        + element("p", escaped(titled(citation.title)), "pa-source-title")
        + _trail(clause)
        + element("blockquote", _lit(clause, citation), "pa-clause", tabindex="0")
        + _neighbours(clause, document)
        + _facts(clause, document),
        "pa-source",
        id=f"src-{turn}-{citation.n}",
        tabindex="-1",
    )


def status_badge(status: DocumentStatus | None, document: PolicyDocument, as_of: date) -> str:
    """Return how a document stands, as a small label; the last three months of what is in force are said."""
    end = document.validity.end
    if status is DocumentStatus.IN_FORCE and end is not None and (end - as_of).days < SOON_DAYS:
        return badge("将到期", "ask")
    return badge(status_label(status), status_tone(status))


def _neighbours(clause: Clause, document: PolicyDocument) -> str:
    """Return the clauses before and after, folded."""
    at = next(n for n, other in enumerate(document.clauses) if other.id == clause.id)
    near = [document.clauses[n] for n in (at - 1, at + 1) if 0 <= n < len(document.clauses)]
    words = (element("strong", escaped(one.label)) + "　" + escaped(one.text.strip()) for one in near)
    body = "".join(element("p", each, "pa-neighbour") for each in words)
    return element("details", element("summary", "前后条款") + body, "pa-neighbours") if body else ""


def _lit(clause: Clause, citation: Citation) -> str:
    """Return the clause's words with the quoted ones marked."""
    start, end = citation.span.start, citation.span.end
    before, quote, after = clause.text[:start], clause.text[start:end], clause.text[end:]
    return escaped(before) + element("mark", escaped(quote)) + escaped(after)


def _trail(clause: Clause) -> str:
    trail = " › ".join(heading.strip() for heading in clause.headings if heading.strip())
    return element("p", escaped(shortened(trail, 80)), "pa-trail") if trail else ""


def _facts(clause: Clause, document: PolicyDocument) -> str:
    rows = []
    if clause.responsible_bodies:
        rows.append(("责任单位", "、".join(clause.responsible_bodies)))
    if document.issuing_bodies:
        rows.append(("发文机关", "、".join(document.issuing_bodies)))
    if document.document_number:
        rows.append(("文号", document.document_number))
    rows.append(("有效期", validity_words(document)))
    content = "".join(element("dt", escaped(name)) + element("dd", escaped(value)) for name, value in rows)
    return element("dl", content, "pa-facts")


def shortened(text: str, length: int = 28) -> str:
    """Return text cut to a length, and marked where it was.

    >>> shortened("长宁区人工智能若干意见", 6)
    '长宁区人工…'
    """
    return text if len(text) <= length else text[: length - 1] + "…"
