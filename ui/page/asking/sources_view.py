"""The panel of sources (依据): each clause in full with the quoted words lit up, and where it comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import Answer
from corpus.model.document import PolicyDocument
from ui.page.asking.conversation import Conversation
from ui.page.clause_view import shortened, source_view, status_tone
from ui.page.html import badge, element, escaped
from ui.words import status_label, titled, validity_words

if TYPE_CHECKING:
    from corpus.store import Corpus

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
    stand = badge(status_label(status), status_tone(status))
    validity = validity_words(document) if status or document.validity.is_stated else None
    facts = " · ".join(filter(None, (document.document_number, validity)))
    return element("li", title + element("p", stand + escaped(facts), "pa-trail"))


def _turn(turn: int, answer: Answer, corpus: Corpus, is_shown: bool) -> str:
    label = element(
        "p", escaped(f"“{shortened(answer.question)}”的 {len(answer.citations)} 条依据"), "pa-label"
    )
    cards = "".join(source_view(citation, turn, corpus, answer.as_of) for citation in answer.citations)
    return element("section", label + cards, "pa-turn" if is_shown else "pa-turn is-away")
