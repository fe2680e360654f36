"""How to apply, with what papers, when money comes: what the text says of it, or that it says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.steps.compose.passages import best_sentences, focus, passage_lines
from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.compose.stated_procedure import stated_lines
from assistant.steps.cues import Intent
from assistant.steps.reading.procedure_asked import asked_fields
from assistant.steps.state import Line, State
from corpus.model.procedure import ProcedureField

_WORDS = {
    "procedure_papers": ("材料",),
    "procedure_payment": ("拨付", "到账", "付款", "支付"),
    "procedure_steps": ("申请", "申报", "办理", "受理", "申办", "报送", "指南"),
}
_ASKED = {
    "procedure_papers": ("材料", "准备什么", "资料"),
    "procedure_payment": ("拨付", "到账", "打款", "什么时候发", "多久发", "多久能拿到"),
    "procedure_steps": ("怎么", "如何", "怎样", "流程", "程序", "手续", "哪里", "哪儿", "入口", "在哪"),
}


_HOW_MUCH = re.compile(r"多少(?!单位|部门)|几(?:十|百|千|万|亿|年|个月|成|家|户|人|平)")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千两](?:[个家项年月日次级轮套条户]|万|亿)")


def procedure_lines(state: State) -> tuple[Line, ...]:
    """Return that the text is silent on what is asked, then what it does say, then whom to ask."""
    fields, stated = stated_lines(state)
    if stated and set(fields) >= set(asked_fields(state.reading.text)):
        return stated
    said = passage_lines(state)
    if not state.reading.asks(Intent.PROCEDURE):
        return (*stated, *_unstated_number(state, said), *said)
    if stated:
        return (*stated, *_not_found(state, fields), *_whom(state, stated))
    asked = [name for name, words in _ASKED.items() if any(word in state.reading.text for word in words)]
    asked = [name for name in asked if name != "procedure_steps"] or asked
    said = tuple(dict.fromkeys((*_telling(state, asked), *(() if state.estimates else said))))
    told = "".join(span.quote for line in said for span in line.spans)
    silent = [name for name in asked or ["procedure_all"] if not _is_told(name, told)]
    if not silent:
        return (*said, *_whom(state, said))
    words = "、".join(state.context.replies.say(name) for name in silent)
    first = tuple(span for line in said for span in line.spans)[:1]
    return (Line(state.context.replies.say("no_procedure", asked=words), first), *said, *_whom(state, said))


def _not_found(state: State, told: Iterable[ProcedureField]) -> Iterator[Line]:
    """Yield what was asked for beside and found in no clause of the document."""
    labels = [field.label for field in asked_fields(state.reading.text) if field not in told]
    if labels:
        yield Line(state.context.replies.say("procedure_not_found", labels="、".join(labels)))


def _unstated_number(state: State, said: Iterable[Line]) -> Iterator[Line]:
    """Yield that the number asked for (几千万、多少户) is not stated, where nothing quoted has one."""
    spans = tuple(span for one in focus(state, most=2) for span in best_sentences(state, one.clause))
    spans = spans or tuple(span for line in said for span in line.spans)
    if _HOW_MUCH.search(state.reading.text) and not any(_NUMBER.search(span.quote) for span in spans):
        yield Line(state.context.replies.say("no_figure"), spans[:1])


def _telling(state: State, asked: Iterable[str]) -> Iterator[Line]:
    """Yield the sentences of the clause meant that speak of papers or payment, where that is asked for."""
    words = tuple(word for name in asked if name != "procedure_steps" for word in _WORDS[name])
    clauses = [state.context.corpus.clause(measure.clause_id) for measure in state.measures[:1]]
    for clause in clauses or [one.clause for one in focus(state, most=1)]:
        for span in sentences(clause):
            if any(word in span.quote for word in words):
                where = place(clause, state.context.corpus.document(clause.document))
                text = state.context.replies.say("clause_says", place=where, words=quoted(span))
                yield Line(text, (span,))


def _is_told(name: str, told: str) -> bool:
    words = _WORDS.get(name, tuple(word for some in _WORDS.values() for word in some))
    return any(word in told for word in words)


def _whom(state: State, said: Iterable[Line]) -> Iterator[Line]:
    """Say whom to ask: the clause's responsible bodies, else who issued the document, else the hotline."""
    if state.reading.asks(Intent.RESPONSIBLE_BODY):
        return
    corpus = state.context.corpus
    clauses = [one.clause for one in focus(state, most=1)]
    clauses += [corpus.clause(span.clause_id) for line in said for span in line.spans]
    for clause in clauses[:1]:
        bodies = clause.responsible_bodies or corpus.document(clause.document).issuing_bodies
        if bodies:
            text = state.context.replies.say("ask_bodies", bodies="、".join(bodies))
            yield Line(text, (), (text,))
            return
    text = state.context.replies.say("ask_hotline")
    yield Line(text, (), (text,))
