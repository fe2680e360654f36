"""Whether a question asks how to apply (材料, 什么时候受理, 找谁), and of which documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.steps.state import State
from corpus.model.document import PolicyDocument
from corpus.model.procedure import ProcedureField

_ASKED = {
    ProcedureField.MATERIALS: re.compile("材料|资料|准备什么|带什么|要交什么|提交什么"),
    ProcedureField.FILING_WINDOW: re.compile(
        "(?:什么时候|何时|啥时候|几时|哪天|几月|多会儿).{0,4}(?:受理|申报|申请|报名|开始|截止|办)|(?:申报|申请|受理|报名)(?:的)?(?:时间|期限|截止|日期|窗口)|截止"
    ),
    ProcedureField.WHERE: re.compile(
        "哪里|哪儿|在哪|去哪|到哪|网址|平台|渠道|入口|(?:怎么|如何|怎样)(?:申报|申请|办)"
    ),
    ProcedureField.CONTACT: re.compile("电话|联系|咨询谁|找谁|热线"),
    ProcedureField.PROCESSING_TIME: re.compile("(?:多久|几天|多长时间|多少天|时限).{0,6}|办理时间|办结"),
}


def asked_fields(text: str) -> tuple[ProcedureField, ...]:
    """Return what of the procedure a question asks for.

    >>> [field.value for field in asked_fields("申报要什么材料、什么时候受理")]
    ['filing_window', 'materials']
    """
    return tuple(field for field in ProcedureField if _ASKED[field].search(text))


def documents_asked(state: State) -> Iterator[PolicyDocument]:
    """Yield the documents asked about: those named, else those of the clauses found, the nearest first."""
    corpus = state.context.corpus
    named = state.reading.documents or state.question.documents
    found = dict.fromkeys(one.clause.document for one in state.evidence)
    nearest = [slug for slug in found if not named or slug in named]
    for slug in dict.fromkeys((*nearest, *named)):
        yield corpus.document(slug)


def is_stated_there(state: State) -> bool:
    """Tell whether a document called by name or place states how to apply, where that is asked."""
    fields = asked_fields(state.reading.text)
    named = (state.context.corpus.document(slug) for slug in state.reading.documents)
    return bool(fields) and any(field in fields for one in named for field, _ in one.procedure)
