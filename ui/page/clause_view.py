"""A cited clause as HTML: its own words with the quoted ones lit up, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation import Citation
from corpus.model.document import Clause, DocumentStatus, PolicyDocument
from ui.page.html import badge, element, escaped
from ui.words import status_label, titled, validity_words

if TYPE_CHECKING:
    from corpus.store import Corpus

_TONES = {
    DocumentStatus.IN_FORCE: "good",
    DocumentStatus.NOT_YET_IN_FORCE: "ask",
    DocumentStatus.EXPIRED: "off",
    DocumentStatus.DRAFT: "draft",
    DocumentStatus.REPORT: "report",
}


def status_tone(status: DocumentStatus | None) -> str:
    """Return the colour's name for a document's status."""
    return _TONES[status] if status else "off"


def source_view(citation: Citation, turn: int | str, corpus: Corpus) -> str:
    """Return a cited clause as a card, the quoted words lit up."""
    clause = corpus.clause(citation.span.clause_id)
    document = corpus.document(citation.document)
    head = (
        element("span", str(citation.n), "pa-n")
        + element("strong", escaped(citation.label), "pa-clause-label")
        + badge(status_label(citation.status), status_tone(citation.status))
    )
    return element(
        "article",
        element("div", head, "pa-source-head")
        + element("p", escaped(titled(citation.title)), "pa-source-title")
        + _trail(clause)
        + element("blockquote", _lit(clause, citation), "pa-clause", tabindex="0")
        + _facts(clause, document),
        "pa-source",
        id=f"src-{turn}-{citation.n}",
        tabindex="-1",
    )


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
