"""What is planned by when (到2025年…5万套): the year of a matter, not of the document that states it."""

from __future__ import annotations

import re

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.passages import focus
from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.cues import Intent
from assistant.steps.state import Line, State
from corpus.model.document import ClauseKind

_OF_DOCUMENT = re.compile(
    "有效|效期|到期|过期|届满|施行|实施|执行|申请|申报|管用|作数|算数|失效|废止|作废|文件|办法$"
)
_YEAR = re.compile(r"20\d\d年")
_OF_MATTERS = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH})
_LEAST = 0.45
_MOST = 2


def asks_of_document(text: str) -> bool:
    """Tell whether words for a document's own validity stand in a question.

    >>> asks_of_document("政策哪年到期"), asks_of_document("建到哪年")
    (True, False)
    """
    return bool(_OF_DOCUMENT.search(text))


def planned_lines(state: State) -> tuple[Line, ...]:
    """Return the sentence that states a year for the very matter asked about, empty where none does."""
    reading = state.reading
    if state.estimates or not reading.query_terms or asks_of_document(reading.text):
        return ()
    if not reading.asks(Intent.VALIDITY, Intent.FIGURE):
        return ()
    for one in focus(state, most=_MOST):
        if one.clause.kind not in _OF_MATTERS:
            continue
        dated = [span for span in sentences(one.clause) if _YEAR.search(span.quote)]
        best = max(dated, key=lambda span: _share(state, span.quote), default=None)
        if best is not None and _share(state, best.quote) >= _LEAST:
            where = place(one.clause, state.context.corpus.document(one.clause.document))
            text = state.context.replies.say("clause_says", place=where, words=quoted(best))
            return (Line(text, (best,)),)
    return ()


def _share(state: State, words: str) -> float:
    return covered(state.reading.query_terms, frozenset(tokens(words)))
