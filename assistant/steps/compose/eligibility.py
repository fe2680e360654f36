"""Whether one may apply (能不能申请): conditions and exclusions decide, each quoted; validity never.

That a document is in force is only one of the conditions. Where no sentence speaks of the circumstance told
(有行政处罚、欠税), that is said, and the general conditions of the document stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.state import Line, State
from corpus.model.document import ClauseKind, DocumentStatus, PolicyDocument, Span

# Words with which Chinese policies state who is eligible, and who is not.
_SUPPORT = "(?:支持|享受|申请|申报|受理|扶持|资助|补贴|补助|奖励|认定|兑现|资格|政策|资金)"
_EXCLUDES = re.compile(
    rf"(?:不予|不得|不能|不可|不再|取消|停止|暂停|不属于|不纳入|不符合)[^。；]{{0,12}}{_SUPPORT}|除外|情形之一"
)
_REQUIRES = re.compile(
    r"(?:应当?|必须|须)(?:同时)?(?:具备|符合|满足|具有|依法|在[^。；]{0,12}注册)"
    r"|依法(?:设立|登记|注册|纳税)|(?:注册地|税务|工商|纳税|登记)[^。；，]{0,12}(?:在本|关系)"
    r"|(?:信用|诚信)[^。；，]{0,4}(?:良好|记录|状况)|失信|严重违法|(?<!不予)行政处罚|经营异常|适用(?:对象|范围)"
)
_LEAST = 0.5  # of the circumstance's weight, for a sentence to speak of it
_MOST = 3
_KINDS = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH, ClauseKind.CLOSING, ClauseKind.PREAMBLE})


def eligibility_lines(state: State) -> tuple[Line, ...]:
    """Return what the documents meant require or exclude, nearest to the circumstance told first.

    Where none of their sentences speaks of that circumstance, this is said first: every one was looked at.
    """
    documents = _documents(state)
    stated = [(document, span) for document in documents for span in _conditions(document)]
    telling = [(document, span) for document, span in stated if _share(state, span) >= _LEAST]
    if telling:
        telling.sort(key=lambda one: -_share(state, one[1]))
        return tuple(_quote(state, document, span) for document, span in telling[:_MOST])
    general = sorted(stated, key=lambda one: not _EXCLUDES.search(one[1].quote))[:_MOST]
    titles = "、".join(f"《{one.title}》" for one in documents)
    spans = tuple(span for one in documents for name, span in one.evidence if name == "title")
    called = "".join(one.title for one in documents)
    what = "、".join(word for word in state.reading.content.split() if word not in called)
    reply = "eligibility_unstated" if what else "eligibility_open"
    first = Line(state.context.replies.say(reply, titles=titles, what=what), spans)
    return (first, *(_quote(state, document, span) for document, span in general))


def _share(state: State, span: Span) -> float:
    return covered(state.reading.query_terms, frozenset(tokens(span.quote)))


def _documents(state: State) -> tuple[PolicyDocument, ...]:
    """Return the documents asked about, else those in force: a draft not asked about decides nothing."""
    corpus = state.context.corpus
    slugs = state.reading.documents or tuple(dict.fromkeys(one.document for one in state.measures))
    if slugs:
        return tuple(corpus.document(slug) for slug in slugs)
    allowed = state.question.documents
    return tuple(
        one
        for one in corpus.documents
        if one.status_on(state.as_of) in (DocumentStatus.IN_FORCE, None)
        and (not allowed or one.slug in allowed)
    )


def _conditions(document: PolicyDocument) -> Iterator[Span]:
    """Yield the sentences of a document that state who is eligible or who is not."""
    for clause in document.clauses:
        if clause.kind in _KINDS:
            for span in sentences(clause):
                if _EXCLUDES.search(span.quote) or _REQUIRES.search(span.quote):
                    yield span


def _quote(state: State, document: PolicyDocument, span: Span) -> Line:
    where = place(state.context.corpus.clause(span.clause_id), document)
    return Line(state.context.replies.say("clause_says", place=where, words=quoted(span)), (span,))
