"""What a word means, where a text says so: 「DCMM(数据管理能力成熟度评估模型)」, 「工业服务业是…」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.state import Line, State
from corpus.model.document import Clause, ClauseKind, Span

_EDGE = '，。；;,、？?！!"“”「」《》 '
_ASKED = (
    re.compile(r"(?:什么是|什么叫做?|啥叫|啥是|何谓|何为|解释一下)(?P<word>[^，。；;,？?！!]{2,16})"),
    re.compile(
        r"(?P<word>[^，。；;,？?！!]{2,16}?)(?:到底|究竟|具体|这个词)?"
        r"(?:是什么意思|什么意思|是什么|是啥|啥意思|指的是什么|是指什么|指什么|的全称|的定义|的含义|怎么理解)"
    ),
)
_NOT_MEANING = ("以下简称", "含", "草案", "试行", "责任单位")
_TOLD = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH, ClauseKind.PREAMBLE, ClauseKind.CLOSING})


def definition_lines(state: State) -> tuple[Line, ...]:
    """Return the sentence that says what the word asked about means, what it says of it first."""
    word = asked_word(state.reading.text)
    if word is None:
        return ()
    allowed = state.question.documents
    for clause in sorted(state.context.corpus.clauses, key=lambda one: one.kind is not ClauseKind.ITEM):
        if clause.kind in _TOLD and (not allowed or clause.document in allowed):
            for span in sentences(clause):
                for meaning in _meanings(word, span):
                    return (_line(state, clause, word, meaning, span),)
    return ()


def asked_word(text: str) -> str | None:
    """Return the word whose meaning is asked for.

    >>> asked_word("“一测多证”到底指什么"), asked_word("什么是DCMM？"), asked_word("能补多少")
    ('一测多证', 'DCMM', None)
    """
    for pattern in _ASKED:
        if match := pattern.search(text):
            word = match["word"].strip(_EDGE).removeprefix("请问").strip(_EDGE)
            return word if len(word) > 1 else None
    return None


def _meanings(word: str, span: Span) -> Iterator[str]:
    """Yield what a sentence says a word means: in brackets behind it, or as 「…是…」."""
    plain = re.escape(word)
    bracketed = re.search(rf"{plain}[(（]([^()（）]{{4,40}})[)）]", span.quote, re.IGNORECASE)
    if bracketed and not bracketed[1].startswith(_NOT_MEANING):
        yield bracketed[1]
    if match := re.match(rf"{plain}是([^，,。；;]{{4,40}})", span.quote):
        yield match[1]


def _line(state: State, clause: Clause, word: str, meaning: str, span: Span) -> Line:
    where = place(clause, state.context.corpus.document(clause.document))
    text = state.context.replies.say(
        "definition", word=word, meaning=meaning, place=where, words=quoted(span)
    )
    return Line(text, (span,))
