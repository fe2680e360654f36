"""The panel of sources (依据): each clause in full with the quoted words lit up, and where it comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import Answer, Citation
from corpus.model.document import Clause, DocumentStatus, PolicyDocument
from ui.page.asking.conversation import Conversation
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
_EMPTY = "回答里的编号对应这里的条款原文，所引的原句会标亮。本库收录："


def sources_view(conversation: Conversation, corpus: Corpus, day: date) -> str:
    """Return the sources of every turn; only the last turn with sources is shown at first.

    Before there are any, the documents themselves are listed as they stand on `day`.
    """
    told = [
        (turn, exchange.answer)
        for turn, exchange in enumerate(conversation.exchanges, start=1)
        if exchange.answer is not None and exchange.answer.citations
    ]
    head = element("h2", "依据", "pa-panel-title")
    if not told:
        documents = "".join(_document(document, day) for document in corpus.documents)
        listed = element("p", _EMPTY, "pa-empty") + element("ul", documents, "pa-documents")
        return element("div", head + listed, "pa-panel")
    last = told[-1][0]
    sections = "".join(_turn(turn, answer, corpus, is_shown=turn == last) for turn, answer in told)
    return element("div", head + sections, "pa-panel")


def _document(document: PolicyDocument, day: date) -> str:
    status = document.status_on(day)
    title = element("p", escaped(titled(document.title)), "pa-source-title")
    stand = badge(status_label(status), _TONES[status] if status else "off")
    validity = validity_words(document) if status or document.validity.is_stated else None
    facts = " · ".join(filter(None, (document.document_number, validity)))
    return element("li", title + element("p", stand + escaped(facts), "pa-trail"))


def _turn(turn: int, answer: Answer, corpus: Corpus, is_shown: bool) -> str:
    label = element("p", escaped(f"“{_short(answer.question)}”的 {len(answer.citations)} 条依据"), "pa-label")
    cards = "".join(_source(citation, turn, corpus) for citation in answer.citations)
    return element("section", label + cards, "pa-turn" if is_shown else "pa-turn is-away")


def _source(citation: Citation, turn: int, corpus: Corpus) -> str:
    clause = corpus.clause(citation.span.clause_id)
    document = corpus.document(citation.document)
    tone = _TONES[citation.status] if citation.status else "off"
    head = (
        element("span", str(citation.n), "pa-n")
        + element("strong", escaped(citation.label), "pa-clause-label")
        + badge(status_label(citation.status), tone)
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
    return element("p", escaped(_short(trail, 80)), "pa-trail") if trail else ""


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


def _short(text: str, length: int = 28) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
