"""Answers in the text's own words: the sentences that bear most on the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.retrieval.coverage import covered
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.notes import status_lines
from assistant.steps.compose.quoting import bodies_span, place, quoted, sentences, span_of, whole
from assistant.steps.cues import Intent
from assistant.steps.routing.within import is_silent, titled
from assistant.steps.state import Evidence, Line, State
from corpus.dates import read_date
from corpus.glossary import Term
from corpus.model.document import Clause, ClauseKind, Span
from corpus.store import Corpus

_CLOSE = 0.6
_LEAST_OWN = 0.3  # of the question, in a document called by name
_VERY_CLOSE = 0.92
_MOST_CLAUSES = 2
_OF_LINES = frozenset({ClauseKind.PREAMBLE, ClauseKind.CLOSING})
LONG = 420  # characters; longer clauses are told in part
_MOST_SENTENCES = 3
_LEAST_NEW = 0.15
_FIGURE_BONUS = 0.2
_CN = "[一二三四五六七八九十百]{1,6}"
_MARKER = rf"(?:第{_CN}条|[(（]{_CN}[)）]|{_CN}、|\d{{1,4}}[.．、])"
_ENUMERATED = re.compile(rf"{_CN}是")
_LABELLED = re.compile(r"(?![问答][:：])[^:：,，。;；]{2,8}[:：]")
_HEADING = re.compile(rf"{_MARKER}[^\d,，;；:：]{{0,36}}|问[:：].*")


def passage_lines(state: State) -> tuple[Line, ...]:
    """Return the best sentences of the clauses that bear on the question, a line a clause."""
    lines = [clause_line(state, one.clause) for one in focus(state)]
    return (*lines, *_parts_lines(state))


def closest_lines(state: State) -> tuple[Line, ...]:
    """Return that nothing settles the question, the nearest clauses, and how their documents stand.

    Nearest is what covers most of the matter, and what search finds first for the question as it stands.
    """
    lines = (
        *(clause_line(state, one.clause) for one in focus(state, most=1)),
        *found_as_asked(state, most=1),
    )
    lines = tuple(dict.fromkeys(lines))
    slugs = dict.fromkeys(span.clause_id.split("/", 1)[0] for line in lines for span in line.spans)
    notes = status_lines(state, slugs)
    return (Line(state.context.replies.say("closest")), *lines, *notes)


def found_as_asked(state: State, most: int = 2) -> tuple[Line, ...]:
    """Return the clauses that search finds first for the question as it stands, nothing of it left out.

    The head of a document repeats its title, and is found first wherever the question names the document.
    """
    passed = {ClauseKind.HEADING, *((ClauseKind.PREAMBLE,) if state.reading.documents else ())}
    best = (one for one in state.evidence if one.asked_rank is not None and one.clause.kind not in passed)
    first = sorted(best, key=lambda one: one.asked_rank or 0)[:most]
    return tuple(clause_line(state, one.clause) for one in first if (one.asked_rank or 0) <= most)


def _parts_lines(state: State) -> Iterator[Line]:
    """Return the headings of what stands below a clause called by its number (第八条 has six parts)."""
    for name in state.reading.references:
        parent = state.context.corpus.clause(name)
        for clause in state.context.corpus.document(parent.document).clauses:
            if clause.path.parent == parent.path:
                span = next(sentences(clause), whole(clause))
                yield Line(f"- {span.quote}", (span,))


def focus(state: State, most: int = _MOST_CLAUSES) -> tuple[Evidence, ...]:
    """Return the clauses an answer should rest on: the best, and others nearly as good."""
    named = [one for one in state.evidence if one.clause.id in state.reading.references]
    if named:
        return tuple(named)
    pool = _of_named_documents(state)
    if not pool:
        return ()
    least = pool[0].score * _CLOSE
    close = [one for one in pool if one.score >= least and one.clause.kind is not ClauseKind.HEADING]
    return _told_once(close or pool[:1])[:most]


def _of_named_documents(state: State) -> tuple[Evidence, ...]:
    """Return the evidence of the documents named, unless another one answers clearly better."""
    own = [one for one in state.evidence if one.clause.document in state.reading.documents]
    best = max((one.coverage for one in state.evidence), default=0.0)
    if own and titled(state) and not is_silent(state) and max(one.coverage for one in own) >= _LEAST_OWN:
        return tuple(own)
    if own and max(one.coverage for one in own) >= best * _CLOSE:
        return tuple(own)
    return state.evidence


def _told_once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Leave out a clause whose best-fitting text an earlier one holds already (导语重述正文)."""
    kept: list[Evidence] = []
    for one in evidence:
        text = one.clause.text[-60:]
        if not any(text in other.clause.text or other.clause.text[-60:] in one.clause.text for other in kept):
            kept.append(one)
    return tuple(kept)


def clause_line(state: State, clause: Clause) -> Line:
    """Return what a clause says, whole: what stands beside the sentence that fits best is part of the answer.

    Of a long clause (over `LONG` characters) the part around that sentence, cut at sentence ends.
    """
    document = state.context.corpus.document(clause.document)
    spans = told_of(state, clause)
    words = "……".join(quoted(span) for span in spans)
    return Line(state.context.replies.say("clause_says", place=place(clause, document), words=words), spans)


def told_of(state: State, clause: Clause) -> tuple[Span, ...]:
    """Return the clause whole, or of a long one the sentences around the best, and who is responsible.

    The lines of a head or of a closing belong to different matters: of these the best is told.
    """
    entire = whole(clause)
    if clause.kind in _OF_LINES and "\n" in entire.quote:
        return (_best_line(state, clause),)
    if len(entire.quote) <= LONG or clause.id in state.reading.references:
        return (entire,)
    listed = list(sentences(clause))
    best = max(range(len(listed)), key=lambda at: (_sentence_score(state, listed[at]), -at))
    first, last = _around(listed, best, LONG)
    middle = span_of(clause, listed[first].start, listed[last].end)
    bodies = bodies_span(clause)
    return (middle, bodies) if bodies is not None and not middle.holds(bodies) else (middle,)


def _best_line(state: State, clause: Clause) -> Span:
    best = max(sentences(clause), key=lambda one: (_sentence_score(state, one), -one.start))
    start = clause.text.rfind("\n", 0, best.start) + 1
    end = clause.text.find("\n", best.start)
    line = clause.text[start : end if end >= 0 else len(clause.text)]
    lead = len(line) - len(line.lstrip())
    return span_of(clause, start + lead, start + lead + len(line.strip()))


def is_quoted(span: Span, told: Sequence[Span], corpus: Corpus) -> bool:
    """Tell whether what is quoted already holds all that a span says: its heading may be missing."""
    clause = corpus.clause(span.clause_id)
    _, listed = _headed([one for one in sentences(clause) if span.holds(one)])
    bodies = bodies_span(clause)
    parts = [*listed, bodies] if bodies is not None and span.holds(bodies) else listed
    return all(any(one.holds(_unstopped(part)) for one in told) for part in parts or (span,))


def _unstopped(span: Span) -> Span:
    quote = span.quote.rstrip("。")
    return Span(span.clause_id, span.start, span.start + len(quote), quote)


def _around(listed: Sequence[Span], best: int, most: int) -> tuple[int, int]:
    """Return the first and last of the sentences around `best` that together have at most `most` characters.

    What follows is taken before what stands ahead: an enumeration comes after the sentence that leads to it.
    """
    first = last = best
    while True:
        if last + 1 < len(listed) and listed[last + 1].end - listed[first].start <= most:
            last += 1
        elif first > 0 and listed[last].end - listed[first - 1].start <= most:
            first -= 1
        else:
            return first, last


def best_sentences(state: State, clause: Clause) -> tuple[Span, ...]:
    """Return up to three sentences of a clause that cover the question best, in their order.

    A clause called by its number is told whole. A heading or a question stands for what follows it.
    """
    heading, listed = _headed(list(sentences(clause)))
    if not listed or clause.id in state.reading.references:
        return (whole(clause),)
    scored = [(_sentence_score(state, span), at) for at, span in enumerate(listed)]
    best = max(scored)[0]
    if heading is not None and _sentence_score(state, heading) > best:
        return tuple(listed[:_MOST_SENTENCES])
    least = _VERY_CLOSE if state.reading.asks(Intent.FIGURE, Intent.DEFINITION) else _CLOSE
    ranked = sorted(scored, reverse=True)
    chosen = [at for score, at in ranked[:_MOST_SENTENCES] if score >= best * least]
    chosen += _complements(state, listed, chosen)[: _MOST_SENTENCES - len(chosen)]
    beside = (*_enumerated_after(listed, chosen), *_labelled_beside(listed, chosen))
    return tuple(listed[at] for at in sorted({*chosen, *beside}))


def _complements(state: State, listed: list[Span], chosen: list[int]) -> list[int]:
    """Return sentences with query terms that the chosen ones leave out (地址 beside 邮箱)."""
    terms = [frozenset(tokens(span.quote)) for span in listed]
    known = frozenset().union(*(terms[at] for at in chosen))
    query_terms = [query_term for query_term in state.reading.query_terms if query_term.terms]
    whole = sum(query_term.weight for query_term in query_terms)
    left = [query_term for query_term in query_terms if known.isdisjoint(query_term.terms)]
    found: list[int] = []
    for at, own in enumerate(terms):
        new = sum(query_term.weight for query_term in left if not own.isdisjoint(query_term.terms))
        if at not in chosen and new >= _LEAST_NEW * whole:
            found.append(at)
            left = [query_term for query_term in left if own.isdisjoint(query_term.terms)]
    return found


def _enumerated_after(listed: list[Span], chosen: list[int]) -> Iterator[int]:
    """Return the sentences (一是…二是…) that a chosen one leads up to."""
    numbered = [at for at, span in enumerate(listed) if _ENUMERATED.match(span.quote)]
    for at in chosen:
        if at + 1 in numbered:
            yield from range(at + 1, numbered[-1] + 1)


def _labelled_beside(listed: list[Span], chosen: list[int]) -> Iterator[int]:
    """Return the labelled sentences (来信地址:…) of the block a chosen one is in or leads up to."""
    labelled = [at for at, span in enumerate(listed) if _LABELLED.match(span.quote.strip())]
    if any(at in labelled or at + 1 in labelled for at in chosen):
        yield from labelled


def _headed(listed: list[Span]) -> tuple[Span | None, list[Span]]:
    """Part a heading (第二条(适用对象)) or a question (问:…?) from the sentences it stands for."""
    if len(listed) > 1 and _HEADING.fullmatch(listed[0].quote.strip()):
        return listed[0], listed[1:]
    return None, listed


def _sentence_score(state: State, span: Span) -> float:
    share = covered(state.reading.query_terms, frozenset(tokens(span.quote)))
    has_figure = any(character.isdigit() for character in span.quote)
    return share + (_FIGURE_BONUS if has_figure and state.reading.asks(Intent.FIGURE, Intent.AMOUNT) else 0.0)


def background_lines(state: State) -> tuple[Line, ...]:
    """Return what the background of a draft says of the matters of it a question names (截止日期、邮箱)."""
    named = [term for term in state.reading.terms if any("background" in place for place in term.at)]
    places = dict.fromkeys(place for term in named for place in term.at if "background" in place)
    allowed = state.question.documents
    clauses = [state.context.corpus.clause(place) for place in places]
    told = [one for one in clauses if not allowed or one.document in allowed]
    return tuple(_naming_line(state, clause, named) for clause in told)


def _naming_line(state: State, clause: Clause, terms: Iterable[Term]) -> Line:
    """Return the sentences of a clause that have the text's own words for the terms."""
    words = [word for term in terms if clause.id in term.at for word in term.means]
    listed = list(sentences(clause))
    chosen = [at for at, span in enumerate(listed) if any(word in span.quote for word in words)]
    spans = tuple(listed[at] for at in sorted({*chosen, *_labelled_beside(listed, chosen)}))
    where = place(clause, state.context.corpus.document(clause.document))
    said = "".join(quoted(span) for span in spans)
    return Line(state.context.replies.say("clause_says", place=where, words=said), spans)


def dated_lines(state: State) -> tuple[Line, ...]:
    """Return the clause whose one sentence states the very date asked for (征求意见截止日期), if any does."""
    for one in focus(state, most=1):
        for span in best_sentences(state, one.clause)[:1]:
            is_dated = read_date(span.quote) is not None
            if is_dated and covered(state.reading.query_terms, frozenset(tokens(span.quote))) >= _CLOSE:
                return (clause_line(state, one.clause),)
    return ()
