"""Lists drawn from the whole corpus: what a kind of company may get, and every sentence on a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.calculator.matching import match
from assistant.conversation import Estimate, EstimateStatus
from assistant.retrieval.coverage import WeightedTerm, covered, weigh
from assistant.retrieval.tokens import tokens
from assistant.steps.compose.notes import STATUS_NAMES
from assistant.steps.compose.quoting import place, quoted, sentences
from assistant.steps.compose.reviewing import unreviewed_mark
from assistant.steps.reading.places import denied_by_seat, local_documents
from assistant.steps.routing.company import company_query_terms
from assistant.steps.state import Line, State
from assistant.steps.understand import content_of
from corpus.model.document import ClauseKind, DocumentStatus, PolicyDocument, Span
from corpus.model.measure import Condition, Measure, Unquantified

_MOST = 20
_MANY = 4
_LEAST_OF_PROFILE = 0.5
_LEAST_OF_TOPIC = 0.85
_MOST_ON_TOPIC = 10
_TOLD = frozenset({ClauseKind.ITEM, ClauseKind.PARAGRAPH})


def granted_lines(
    state: State, measures: Sequence[Measure], grants: Sequence[Unquantified]
) -> tuple[Line, ...]:
    """Return what documents grant, a group a document: in force first, drafts last, largest first in each."""
    slugs = dict.fromkeys([one.document for one in measures] + [_slug(one) for one in grants])
    documents = [state.context.corpus.document(slug) for slug in slugs]
    ordered = sorted(documents, key=lambda one: one.status_on(state.as_of) is DocumentStatus.DRAFT)
    lines = tuple(
        line
        for document in ordered
        for line in _of_document(
            state,
            document,
            [one for one in measures if one.document == document.slug],
            [one for one in grants if _slug(one) == document.slug],
        )
    )
    return (*_counted(state, ordered, measures), *lines)


def _counted(
    state: State, documents: Sequence[PolicyDocument], measures: Sequence[Measure]
) -> Iterator[Line]:
    """Yield how many awards there are and how they stand, where they are too many to see at once."""
    if len(measures) < _MANY:
        return
    say = state.context.replies.say
    counts: dict[str, int] = {}
    for document in documents:
        status = say(STATUS_NAMES[document.status_on(state.as_of)])
        some = sum(one.document == document.slug for one in measures)
        counts[status] = counts.get(status, 0) + some
    parts = [say("list_count_part", status=status, count=count) for status, count in counts.items() if count]
    text = say("list_count", count=len(measures), parts="；".join(parts))
    yield Line(text, (), (text,))


def _slug(grant: Unquantified) -> str:
    return grant.clause_id.split("/", 1)[0]


def _of_document(
    state: State, document: PolicyDocument, measures: Sequence[Measure], grants: Sequence[Unquantified]
) -> Iterator[Line]:
    """Yield the awards in numbers of one document, a line each, and those without a number in one line."""
    corpus, say = state.context.corpus, state.context.replies.say
    status = say(STATUS_NAMES[document.status_on(state.as_of)])
    sheet = FactSheet.parse({}, corpus.facts)
    listed = sorted((estimate(one, sheet, state.as_of, corpus) for one in measures), key=_size)
    if listed:
        head = say("list_head", title=document.title, status=status)
        yield Line(head, (), (head,))
    for one in listed:
        measure = corpus.measure(one.measure)
        rule = "；".join(step.text for step in one.steps)
        label = corpus.clause(measure.clause_id).label
        text = say("company_item", name=one.name, place=label, rule=rule) + unreviewed_mark(state, measure)
        yield Line(text, (measure.passage,), (rule,))
    for reply, is_doubted in (("list_needs_review", True), ("list_unquantified", False)):
        some = [one for one in grants if one.is_doubted is is_doubted]
        if some:
            named = "；".join(f"{one.name}（{corpus.clause(one.clause_id).label}）" for one in some)
            text = say(reply, title=document.title, status=status, names=named)
            yield Line(text, tuple(one.passage for one in some))


def company_lines(state: State) -> tuple[Line, ...]:
    """Return the measures that may fit the company: in force and draft apart, largest first."""
    corpus, say = state.context.corpus, state.context.replies.say
    facts = denied_by_seat(state.reading, state.context)
    fitting = {measure.id for measure in _fitting(state)}
    found = match(corpus, FactSheet.parse(facts, corpus.facts), state.as_of)
    open_to_it = (one for one in found.estimates if one.status is not EstimateStatus.NOT_ELIGIBLE)
    listed = sorted((one for one in open_to_it if one.measure in fitting), key=_size)
    lines = list(closed_lines(state, listed) if facts else ())
    for is_draft in (False, True):
        some = [one for one in listed if _is_draft(state, one) is is_draft]
        if some:
            head = say("company_draft" if is_draft else "company_in_force", most=len(some))
            lines.append(Line(head, (), (head,)))
            slugs = {one.measure.split("/", 1)[0] for one in some}
            if len(slugs) == 1:
                lines.append(Line(say("company_of", title=corpus.document(slugs.pop()).title)))
            lines += [_item(state, one, is_alone=not slugs) for one in some[:_MOST]]
    return (*lines, Line(say("company_next"))) if lines else ()


def closed_lines(state: State, listed: Sequence[Estimate]) -> tuple[Line, ...]:
    """Return which documents are left out because the company sits elsewhere, in the words that say so."""
    context = state.context
    local = local_documents(context)
    titles = "、".join(f"《{one.title}》" for one in context.corpus.documents if one.slug in local)
    homes = context.seat_facts
    conditions = (each for one in context.corpus.measures if one.document in local for each in one.conditions)
    spans = [one.span for one in conditions if isinstance(one, Condition) and one.fact in homes]
    reply = "list_not_local" if listed else "list_none_local"
    seat = "、".join(state.reading.seats)
    return (Line(context.replies.say(reply, titles=titles, seat=seat), tuple(spans[:1])),)


def _size(one: Estimate) -> tuple[bool, float]:
    high = one.amount if one.amount is not None else (one.range[1] if one.range else None)
    return high is None, -float(high or 0)


def _is_draft(state: State, one: Estimate) -> bool:
    document = state.context.corpus.document(one.measure.split("/", 1)[0])
    return document.status_on(state.as_of) is DocumentStatus.DRAFT


def _item(state: State, one: Estimate, is_alone: bool) -> Line:
    """Return the line on one award; its document's title only where the list has several documents."""
    corpus = state.context.corpus
    measure = corpus.measure(one.measure)
    clause = corpus.clause(measure.clause_id)
    where = clause.label if is_alone else place(clause, corpus.document(measure.document))
    rule = "；".join(step.text for step in one.steps)
    text = state.context.replies.say("company_item", name=one.name, place=where, rule=rule)
    text += unreviewed_mark(state, measure)
    return Line(text, (measure.passage,), (rule,))


def _fitting(state: State) -> Iterator[Measure]:
    """Yield the measures whose words or document speak of what the company is; all where it says nothing.

    Those of the district it names as its own are listed whatever its trade is.
    """
    query_terms = company_query_terms(state)
    total = sum(query_term.weight for query_term in query_terms)
    slugs = state.question.documents or _named_at_large(state)
    for profile in state.context.subjects.profiles:
        measure = profile.subject.measure
        if measure is None or (slugs and measure.document not in slugs):
            continue
        held = sum(query_term.weight for query_term in query_terms if profile.fit(query_term) > 0)
        is_local = measure.document in state.reading.documents
        if not total or is_local or held / total >= _LEAST_OF_PROFILE:
            yield measure


def _named_at_large(state: State) -> tuple[str, ...]:
    """Return the documents named, save those named by the district a company sits in."""
    local = local_documents(state.context)
    return () if local.issuperset(state.reading.documents) else state.reading.documents


def raw_query_terms(state: State) -> tuple[WeightedTerm, ...]:
    """Return the query terms in the question's own words, no saying put into the texts' words."""
    content = content_of(state.reading.text, state.reading.quantities, (), state.context)
    return weigh(content, state.context.rarity) if content else ()


def topic_lines(state: State) -> tuple[Line, ...]:
    """Return every sentence of the corpus that speaks of the whole topic, a line a clause."""
    query_terms = raw_query_terms(state)
    if not query_terms:
        return ()
    whole = content_of(state.reading.text, state.reading.quantities, (), state.context).split()
    found = sorted(_on_topic(state, query_terms), key=lambda spans: not _says_whole(spans, whole))
    return tuple(_topic_line(state, spans) for spans in found[:_MOST_ON_TOPIC])


def _says_whole(spans: Iterable[Span], words: Iterable[str]) -> bool:
    """Tell whether one sentence has every word of the topic as the question writes it."""
    return any(all(word in span.quote for word in words) for span in spans)


def _on_topic(state: State, query_terms: Iterable[WeightedTerm]) -> Iterator[tuple[Span, ...]]:
    allowed = state.reading.documents or state.question.documents
    query_terms = tuple(query_terms)
    for clause in state.context.corpus.clauses:
        if clause.kind not in _TOLD or (allowed and clause.document not in allowed):
            continue
        spans = tuple(
            span
            for span in sentences(clause)
            if covered(query_terms, frozenset(tokens(span.quote))) >= _LEAST_OF_TOPIC
        )
        if spans:
            yield spans


def _topic_line(state: State, spans: tuple[Span, ...]) -> Line:
    clause = state.context.corpus.clause(spans[0].clause_id)
    where = place(clause, state.context.corpus.document(clause.document))
    text = state.context.replies.say("clause_says", place=where, words="".join(map(quoted, spans[:2])))
    return Line(f"- {text}", spans[:2])
