"""Whether measures may be had together (叠加、就高不重复): the rule of the text, or that it states none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.steps.compose.asked import asks_amount_openly
from assistant.steps.compose.quoting import place, quoted, sentence_of, whole
from assistant.steps.cues import Intent
from assistant.steps.retrieve import is_under
from assistant.steps.state import Line, State
from corpus.model.document import DocumentStatus, PolicyDocument, Span
from corpus.model.measure import Measure

_OPEN = "能否同时享受"
_DRAFT = DocumentStatus.DRAFT
_COUNTED_IN = re.compile("算不算|算进|计入|算在内|算到|包不包括|包含不包含|要不要算")


def only_combines(state: State) -> bool:
    """Tell whether the question is only whether things may be combined, with no sum stated or asked for."""
    reading = state.reading
    return reading.asks(Intent.CUMULATION) and not reading.quantities and not reading.asks(Intent.AMOUNT)


def asks_if_combined(state: State) -> bool:
    """Tell whether it is asked if things may be had together, yes or no, whatever sums are told beside."""
    is_verdict = state.reading.asks(Intent.CUMULATION) and state.reading.asks(Intent.YES_NO)
    return is_verdict and not asks_amount_openly(state)


def draft_lines(state: State) -> tuple[Line, ...]:
    """Return that a draft's sums are no part of the total, where it is asked whether they are counted in."""
    corpus, text = state.context.corpus, state.reading.text
    is_asked = bool(_COUNTED_IN.search(text)) and any(w in text for w in state.context.cues.cues.altogether)
    slugs = dict.fromkeys((*(one.document for one in state.measures), *state.reading.documents))
    drafts = [one for slug in slugs if (one := corpus.document(slug)).status_on(state.as_of) is _DRAFT]
    if not is_asked or state.reading.quantities:
        return ()
    say = state.context.replies.say
    return tuple(
        Line(
            say("draft_apart", title=one.title),
            tuple(span for name, span in one.evidence if name == "nature"),
        )
        for one in drafts
    )


def cumulation_lines(state: State) -> tuple[Line, ...]:
    """Return the rules that bind the measures meant, and what the texts leave open."""
    return tuple(_lines(state))


def rules_at_large(state: State, documents: Iterable[PolicyDocument]) -> tuple[Line, ...]:
    """Return each document's rule on having several awards together, and which documents have none."""
    corpus, say = state.context.corpus, state.context.replies.say
    lines: list[Line] = []
    silent: list[str] = []
    for document in documents:
        own = [one.cumulation for one in corpus.measures if one.document == document.slug]
        spans = dict.fromkeys(sentence_of(rule.span, corpus) for rule in own if rule is not None)
        for span in spans:
            where = place(corpus.clause(span.clause_id), document)
            lines.append(Line(say("clause_says", place=where, words=quoted(span)), (span,)))
        silent += [] if spans else [f"《{document.short_title or document.title}》"]
    if silent:
        lines.append(Line(say("cumulation_silent", titles="、".join(silent))))
    return tuple(lines)


def _general(state: State) -> Iterator[Line]:
    """Return the rule the question names itself, whole, and what two documents leave open between them."""
    corpus, say = state.context.corpus, state.context.replies.say
    named = [one.clause for one in state.evidence if is_under(one.clause.id, _places(state))]
    for clause in named[:1]:
        span = whole(clause)
        where = place(clause, corpus.document(clause.document))
        yield Line(say("clause_says", place=where, words=quoted(span)), (span,))
    if len(state.reading.documents) > 1:
        titles = "、".join(f"《{corpus.document(slug).title}》" for slug in state.reading.documents)
        yield Line(say("cumulation_open_documents", titles=titles))


def _places(state: State) -> list[str]:
    return [name for name in state.reading.named if "/" in name]


def _lines(state: State) -> Iterator[Line]:
    corpus, say = state.context.corpus, state.context.replies.say
    names = "、".join(measure.name for measure in state.measures)
    rules = [measure.cumulation for measure in state.measures if measure.cumulation is not None]
    spans: dict[Span, str] = {sentence_of(rule.span, corpus): rule.matter for rule in rules}
    for span in spans:
        clause = corpus.clause(span.clause_id)
        where = place(clause, corpus.document(clause.document))
        yield Line(say("cumulation_rule", names=names, place=where, words=quoted(span)), (span,))
    if not state.measures:
        yield from _general(state)
        return
    documents = {measure.document for measure in state.measures}
    passages = tuple(measure.passage for measure in state.measures)
    named = dict.fromkeys((*(one.document for one in state.measures), *state.reading.documents))
    if len(documents) == 1 and len(named) > 1:
        titles = "、".join(f"《{corpus.document(slug).title}》" for slug in named)
        yield Line(say("cumulation_open_documents", titles=titles), passages)
    elif len(documents) > 1:
        yield Line(say("cumulation_open", names=names), passages)
    elif len(state.measures) > 1 and not rules:
        side_by_side = _with_siblings(state)
        names = "、".join(one.name for one in side_by_side)
        yield Line(say("cumulation_unstated", names=names), tuple(one.passage for one in side_by_side))


def _with_siblings(state: State) -> tuple[Measure, ...]:
    """Return the measures meant and those their clause sets beside them, with no word on having several."""
    open_notes = {(one.clause_id, note) for one in state.measures for note in one.notes if _OPEN in note}
    beside = (
        one
        for one in state.context.corpus.measures
        for note in one.notes
        if (one.clause_id, note) in open_notes
    )
    return tuple(dict.fromkeys((*state.measures, *beside)))
