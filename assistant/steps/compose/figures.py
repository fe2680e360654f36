"""Figures and counts (营收多少、共几项举措): only a sentence that names the very thing asked for answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.listing import raw_query_terms
from assistant.steps.compose.passages import focus
from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.intents import asks_figure
from assistant.steps.state import Line, State
from assistant.steps.understand import content_of
from corpus.model.document import Clause, ClauseKind, PolicyDocument, Span

_LEAST = 0.8
_NAMED = 0.5
_ALL = 1.0
_FEW = 3
_SHORT = 12
_JUST_TOLD = 0.35
_CN = "[一二三四五六七八九十百]"
_THINGS = "(?:措施|举措|政策|任务|意见)"
_COUNTED = re.compile(
    rf"(?:\d{{1,4}}|{_CN}{{1,4}})(?:个|大)?(?:项|条|方面)[^，。,;；]{{0,4}}{_THINGS}|{_CN}{{1,4}}个方面|共{_CN}{{1,4}}条"
)
_HOW_MANY = re.compile(r"(?:多少|(?<!哪)几)(?:个|大)?(?:条(?!航线)|项|方面)")
_EACH = re.compile("各|每|分别")
_PART = re.compile(r"[，。；;,？！?!]")
_PART_COUNTED = re.compile(rf"^\s*{_CN}是.*共(?:\d{{1,4}}|{_CN}{{1,4}})项")
_ALL_OF_THEM = re.compile(r"\d项|全部|所有|完整|都列|都有")
_FIGURE = re.compile(r"\d")
_YEARS = re.compile(r"(20\d\d)(?=年|[-—])")
_TRADE = re.compile("[一-鿿]{0,8}(?:服务业|工业|制造业|产业)")
_AT_LARGE = re.compile("^.*(?:上海市?|全市|本市|全国|我国|的|年|度|为|以)")
_BROAD = frozenset({"服务业", "工业", "制造业", "产业"})
_TOLD = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH, ClauseKind.PREAMBLE})


def figure_lines(state: State) -> tuple[Line, ...]:
    """Return the sentence that states the figure, or that none does and what is said of the thing."""
    spans = (*_just_told(state), *figure_spans(state))
    if spans:
        exact = [span for span in spans if not _is_of_another_matter(state.reading.text, span.quote)]
        if exact:
            return (_told(state, exact[0]),)
        return (Line(state.context.replies.say("near_figure"), (spans[0],)), _told(state, spans[0]))
    about = [one for evidence in focus(state, most=2) for one in _about(state, evidence.clause)][:2]
    if not about:
        return ()
    return (Line(state.context.replies.say("no_figure"), tuple(about)), *(_told(state, one) for one in about))


def _is_of_another_matter(asked: str, sentence: str) -> bool:
    """Tell whether a sentence is on another year or a narrower trade than the one asked about.

    >>> _is_of_another_matter("2022年服务业增加值", "2024年,科技服务业增加值为3000亿元")
    True
    >>> _is_of_another_matter("科技服务业增加值多少", "2024年,全市科技服务业营收增加值为3000亿元")
    False
    """
    years, told = set(_YEARS.findall(asked)), set(_YEARS.findall(sentence))
    if years and told and years.isdisjoint(told):
        return True
    trades = [_AT_LARGE.sub("", word) for word in _TRADE.findall(asked)]
    named = [_AT_LARGE.sub("", word) for word in _TRADE.findall(sentence)]
    bare = [word for word in trades if word in _BROAD]
    return any(word not in named and any(other.endswith(word) for other in named) for word in bare)


def _just_told(state: State) -> Iterator[Span]:
    """Yield the sentence the last answer quoted that has the figure a short turn asks for next (同比多少)."""
    query_terms = raw_query_terms(state)
    last = state.question.history[-1] if state.question.history else None
    if last is None or not query_terms or len(state.reading.text) > _SHORT or state.reading.documents:
        return
    for name in last.clauses:
        for span in sentences(state.context.corpus.clause(name)):
            share = covered(query_terms, frozenset(tokens(span.quote)))
            is_told = span.quote.rstrip("。") in last.answer_text
            if share >= _JUST_TOLD and is_told and _FIGURE.search(span.quote):
                yield span


def figure_spans(state: State) -> tuple[Span, ...]:
    """Return the sentences with a figure that name the whole of what is asked, best first."""
    query_terms = raw_query_terms(state)
    if not query_terms or not asks_figure(state):
        return ()
    found = [
        (covered(query_terms, frozenset(tokens(span.quote))), span)
        for clause in _clauses(state)
        for span in sentences(clause)
        if _FIGURE.search(span.quote)
    ]
    asked = "".join(content_of(state.reading.text, state.reading.quantities, (), state.context).split())
    found = [(_ALL if _says_each_character(asked, span.quote) else share, span) for share, span in found]
    best = sorted((one for one in found if one[0] >= _LEAST), key=lambda one: (-one[0], len(one[1].quote)))
    return tuple(span for _, span in best)


def _says_each_character(asked: str, sentence: str) -> bool:
    """Tell whether a sentence has every character asked for, in any order (占GDP比重, 占…GDP的比重)."""
    return len(asked) > _FEW and set(asked.lower()) <= set(sentence.lower())


def _clauses(state: State) -> Iterator[Clause]:
    allowed = state.question.documents
    for clause in state.context.corpus.clauses:
        if clause.kind in _TOLD and (not allowed or clause.document in allowed):
            yield clause


def _about(state: State, clause: Clause) -> Iterator[Span]:
    """Yield the sentence of a clause that says most of the thing, figure or not."""
    query_terms = [query_term for query_term in raw_query_terms(state) if query_term.terms]
    scored = [(covered(query_terms, frozenset(tokens(span.quote))), span) for span in sentences(clause)]
    best = max(scored, key=lambda one: one[0], default=None)
    if best is not None and best[0] >= _NAMED:
        yield best[1]


def _told(state: State, span: Span) -> Line:
    clause = state.context.corpus.clause(span.clause_id)
    where = place(clause, state.context.corpus.document(clause.document))
    return Line(state.context.replies.say("clause_says", place=where, words=quoted(span)), (span,))


def _stated_counts(document: PolicyDocument) -> list[Span]:
    """Return the sentences that count the document's parts: most counts first, then the shortest."""
    found = [
        (len(_COUNTED.findall(span.quote)), span)
        for clause in document.clauses
        if clause.kind is not ClauseKind.HEADING
        for span in sentences(clause)
        if _COUNTED.search(span.quote)
    ]
    return [span for _, span in sorted(found, key=lambda one: (-one[0], len(one[1].quote)))]


def whole_count_lines(state: State, document: PolicyDocument) -> tuple[Line, ...]:
    """Return how many measures a document is reported to have, where all of them are asked for."""
    stated = _stated_counts(document) if _ALL_OF_THEM.search(state.reading.text) else []
    return tuple(_told(state, span) for span in stated[:1])


def count_lines(state: State) -> tuple[Line, ...]:
    """Return how many measures a document says it has, or how many its own numbering counts."""
    documents = state.reading.documents
    if len(documents) != 1 or not _HOW_MANY.search(state.reading.text) or _counts_a_term(state):
        return ()
    document = state.context.corpus.document(documents[0])
    stated = _stated_counts(document)
    if stated:
        parts = _parts_counted(state, stated[0]) if _EACH.search(state.reading.text) else ()
        return tuple(_told(state, span) for span in (stated[0], *parts))
    items = [one for one in document.clauses if len(one.path.parts) == 1 and one.path.text.isdigit()]
    if len(items) < 2:
        return ()
    ends = tuple(next(sentences(clause)) for clause in (items[0], items[-1]))
    text = state.context.replies.say(
        "count_by_number", title=document.title, count=len(items), first=items[0].label, last=items[-1].label
    )
    return (Line(text, ends, (text,)),)


def _counts_a_term(state: State) -> bool:
    """Tell whether what is counted is a matter of the text (几条航线), not the document's own articles."""
    match = _HOW_MANY.search(state.reading.text)
    after = _PART.split(state.reading.text[match.end() :])[0] if match else ""
    return any(saying in after for term in state.reading.terms for saying in term.says)


def _parts_counted(state: State, span: Span) -> tuple[Span, ...]:
    """Return the sentences after one that counts, as long as they count its parts (一是…共3项)."""
    listed = list(sentences(state.context.corpus.clause(span.clause_id)))
    after = listed[listed.index(span) + 1 :] if span in listed else []
    return tuple(takewhile(lambda one: _PART_COUNTED.search(one.quote) is not None, after))
