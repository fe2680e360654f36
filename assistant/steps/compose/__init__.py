"""Eighth step: the answer in sentences. Conclusion first, then sum, conditions, how the document stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import MissingFact, Outcome
from assistant.steps.calculate import open_questions
from assistant.steps.company import is_about_company
from assistant.steps.compose.amounts import amount_lines, is_general, standard
from assistant.steps.compose.bodies import body_lines
from assistant.steps.compose.combining import cumulation_lines, only_combines
from assistant.steps.compose.documents import (
    about_lines,
    can_apply,
    comparison_lines,
    list_lines,
    validity_lines,
)
from assistant.steps.compose.figures import count_lines, figure_lines
from assistant.steps.compose.grants import grant_lines, unquantified_lines
from assistant.steps.compose.listing import company_lines
from assistant.steps.compose.notes import document_warnings, status_lines
from assistant.steps.compose.passages import dated_lines
from assistant.steps.compose.premises import premise_lines
from assistant.steps.compose.procedure import procedure_lines
from assistant.steps.compose.requirements import requirement_lines
from assistant.steps.cues import Intent
from assistant.steps.intents import asks_figure
from assistant.steps.state import Line, State
from corpus.model.document import DocumentStatus

_ASIDE = re.compile(r"（[^（）]*）$")


def compose(state: State) -> State:
    """Write the answer's lines, its questions and its warnings."""
    body = tuple(_body(state))
    if not body:
        return replace(state, lines=())
    slugs = documents_of(body)
    told = {span.quote for line in body for span in line.spans}
    notes = tuple(
        line for line in status_lines(state, slugs) if line not in body and not _is_told(line, told)
    )
    missing = open_questions(state) if wants_input(state) else ()
    documents = [state.desk.corpus.document(slug) for slug in slugs]
    warnings = (
        *state.warnings,
        *(
            warning
            for document in documents
            for warning in document_warnings(document, state.as_of, state.desk)
        ),
        *state.total.warnings,
    )
    return replace(
        state,
        lines=(*body, *_questions(state, missing), *notes),
        missing=missing,
        warnings=tuple(dict.fromkeys(warnings)),
        outcome=Outcome.NEEDS_INPUT if missing else state.outcome,
    )


def _body(state: State) -> Iterator[Line]:
    """Return what was asked for, in the order of asking: several things may be asked at once."""
    reading = state.reading
    if state.problem is not None:
        yield Line(state.problem, (), (state.problem,))
        yield from (standard(state, measure) for measure in state.measures[:1])
        return
    said: list[Line] = []
    said += premise_lines(state)
    said += count_lines(state)
    if asks_figure(state) and not state.estimates and not said:
        said += figure_lines(state)
    if reading.asks(Intent.ABOUT) and (reading.documents or not state.meant):
        said += about_lines(state)
    if reading.asks(Intent.VALIDITY) or (reading.asked_date and not state.estimates):
        said += (*dated_lines(state), *validity_lines(state))
    if reading.asks(Intent.RESPONSIBLE_BODY) and not said:
        said += body_lines(state)
    if reading.asks(Intent.CUMULATION):
        said += cumulation_lines(state)
    if reading.asks(Intent.CONDITIONS) and not state.estimates and not reading.asks(Intent.RESPONSIBLE_BODY):
        said += requirement_lines(state)
    if not said and is_about_company(state):
        said += company_lines(state)
    elif state.estimates and not _only_premise(state, said) and not only_combines(state):
        said += amount_lines(state)
        said += grant_lines(state) if state.grants and not state.reading.asks(Intent.CUMULATION) else ()
    elif reading.asks(Intent.LIST) and not reading.references:
        said += list_lines(state)
    elif reading.asks(Intent.COMPARISON):
        said += comparison_lines(state)
    elif reading.asks(Intent.AMOUNT) and not said:
        said += unquantified_lines(state)
    if not said and state.meant and reading.asks(Intent.YES_NO):
        said += requirement_lines(state)
    is_on_document = not reading.pieces and not reading.references and not reading.is_follow_up
    if not said and is_on_document and can_apply(state):
        said += validity_lines(state)
    if not said and is_on_document:
        said += (*about_lines(state), *validity_lines(state))
    if not said or (reading.asks(Intent.PROCEDURE) and not state.estimates):
        said += procedure_lines(state)
    yield from dict.fromkeys(said)


def _is_told(line: Line, told: set[str]) -> bool:
    """Tell whether the answer itself already quotes everything a note would quote."""
    return bool(line.spans) and all(span.quote in told for span in line.spans)


def _only_premise(state: State, said: list[Line]) -> bool:
    """Tell whether the question only wanted a belief checked: then no sum is due."""
    return bool(said) and bool(state.reading.claims) and is_general(state)


def wants_input(state: State) -> bool:
    """Tell whether what is missing must be asked: a sum of one's own, not what the policy says in general."""
    return bool(state.estimates) and not is_general(state) and not only_combines(state)


def _questions(state: State, missing: tuple[MissingFact, ...]) -> Iterator[Line]:
    for one in missing[:1]:
        words = dict(state.facts.assumed).get(one.fact)
        if words is not None:
            label = state.desk.corpus.facts[one.fact].label
            yield Line(state.desk.replies.say("not_that", words=words, label=label))
        yield Line(state.desk.replies.say("ask", question=_ASIDE.sub("", one.question)))


def documents_of(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return the slugs of the documents that lines rest on, in order."""
    return tuple(dict.fromkeys(span.clause_id.split("/", 1)[0] for line in lines for span in line.spans))


def is_draft(state: State, slug: str) -> bool:
    """Tell whether a document is a draft on the day asked about."""
    return state.desk.corpus.document(slug).status_on(state.as_of) is DocumentStatus.DRAFT
