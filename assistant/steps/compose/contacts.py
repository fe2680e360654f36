"""Where to reach those in charge (联系电话、邮箱、地址): what a text states, and that others state none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.state import Line, State
from corpus.model.document import PolicyDocument

_STATED = re.compile(r"\d{7}|\d{3,4}-\d{7}|[\w.]@[\w.]|来信地址|联系电话|咨询电话")


def contact_lines(state: State, documents: Sequence[PolicyDocument]) -> tuple[Line, ...]:
    """Return the sentences with a number or address to write to, then which documents have none."""
    say = state.context.replies.say
    told: list[Line] = []
    silent: list[str] = []
    for document in documents:
        spans = [
            (clause, span)
            for clause in document.clauses
            for span in sentences(clause)
            if _STATED.search(span.quote)
        ]
        told += [
            Line(say("clause_says", place=place(clause, document), words=quoted(span)), (span,))
            for clause, span in spans
        ]
        silent += [] if spans else [f"《{document.short_title or document.title}》"]
    asked = "、".join(word for word in ("电话", "邮箱", "地址") if word in state.reading.text) or "联系方式"
    if silent:
        text = say("contact_silent", titles="、".join(silent), asked=asked)
        told.append(Line(text, (), (text,)))
    return tuple(told)
