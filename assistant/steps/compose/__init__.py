"""Eighth step: the answer in sentences. Conclusion first, then sum, conditions, how the document stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.conversation import EstimateStatus, MissingFact, Outcome
from assistant.steps.calculate import open_questions
from assistant.steps.compose.amounts import amount_lines, is_general, standard
from assistant.steps.compose.asked import LAST, asked_at, asks_amount_openly, is_impersonal
from assistant.steps.compose.at_home import home_lines
from assistant.steps.compose.at_large import at_large_lines
from assistant.steps.compose.bodies import body_lines, receiver_lines
from assistant.steps.compose.charging import charge_lines
from assistant.steps.compose.combining import asks_if_combined, cumulation_lines, draft_lines, only_combines
from assistant.steps.compose.comparing import compares, compares_documents, comparison_lines
from assistant.steps.compose.definitions import definition_lines
from assistant.steps.compose.documents import (
    about_lines,
    can_apply,
    list_lines,
    missing_clause_lines,
    validity_lines,
)
from assistant.steps.compose.eligibility import eligibility_lines
from assistant.steps.compose.figures import count_lines, figure_lines
from assistant.steps.compose.grants import grant_lines, unquantified_lines
from assistant.steps.compose.levels import level_lines
from assistant.steps.compose.listing import company_lines
from assistant.steps.compose.low_confidence import low_confidence_lines
from assistant.steps.compose.notes import document_warnings, status_lines
from assistant.steps.compose.other_edition import edition_lines
from assistant.steps.compose.overview import asks_overview, overview_lines
from assistant.steps.compose.passages import (
    background_lines,
    closest_lines,
    dated_lines,
    found_as_asked,
    is_quoted,
    passage_lines,
)
from assistant.steps.compose.planned import asks_of_document, planned_lines
from assistant.steps.compose.premises import premise_lines
from assistant.steps.compose.procedure import procedure_lines
from assistant.steps.compose.recalling import recalled_lines
from assistant.steps.compose.relations import relation_lines
from assistant.steps.compose.requirements import requirement_lines
from assistant.steps.compose.titles import with_short_titles
from assistant.steps.cues import Intent
from assistant.steps.intents import asks_every_document, asks_figure
from assistant.steps.routing.company import is_about_company
from assistant.steps.routing.within import is_silent, titled
from assistant.steps.state import Line, State
from assistant.steps.suggest import next_questions, suggestions
from corpus.model.document import DocumentStatus

_SHORT_LIST = 3  # lines; a longer list stands for itself
_TOLD_WELL = 0.7  # of a question's weight in one clause: then that clause answers, whatever else is asked
_APPLIES = re.compile("申请|申报|申领|享受|参评|资格|够格|报名")
_LAPSED = {"过期", "失效", "作废", "到期"}
_ASIDE = re.compile(r"（[^（）]*）$")


def compose(state: State) -> State:
    """Write the answer's lines, its questions and its warnings."""
    if state.is_closest:
        return replace(state, lines=closest_lines(state), suggestions=suggestions(state))
    body = tuple(_body(state))
    body = (*edition_lines(state, body), *body, *level_lines(state, body))
    if not body:
        return replace(state, lines=())
    slugs = documents_of(body)
    told = {span.quote for line in body for span in line.spans}
    notes = tuple(
        line for line in status_lines(state, slugs) if line not in body and not _is_told(line, told)
    )
    is_wanted = wants_input(state) or state.problem is not None
    missing = open_questions(state) if is_wanted or invites_input(state) else ()
    documents = [state.context.corpus.document(slug) for slug in slugs]
    warnings = (
        *state.warnings,
        *(
            warning
            for document in documents
            for warning in document_warnings(document, state.as_of, state.context)
        ),
        *state.total.warnings,
    )
    asking = _questions(state, missing) if is_wanted else _invitation(state, missing)
    lines = (*low_confidence_lines(state, body), *body, *recalled_lines(state), *asking, *notes)
    return replace(
        state,
        lines=with_short_titles(lines, state.context.corpus.documents),
        suggestions=next_questions(replace(state, lines=body)),
        missing=missing,
        warnings=tuple(dict.fromkeys(warnings)),
        outcome=Outcome.NEEDS_INPUT if missing and is_wanted else state.outcome,
    )


def _body(state: State) -> Iterator[Line]:
    """Return what was asked for, in the order of asking: several things may be asked at once."""
    if state.problem is not None:
        yield Line(state.problem, (), (state.problem,))
        yield from (standard(state, measure) for measure in state.measures[:1])
        return
    if told := relation_lines(state):
        yield from told
        return
    if charges := charge_lines(state):
        yield from charges
        return
    if asks_overview(state):
        yield from overview_lines(state)
        return
    if asks_every_document(state):
        yield from at_large_lines(state)
        if _has_word(state.reading.content):
            yield from found_as_asked(state, most=1)
        return
    if _asks_if_eligible(state):
        yield from eligibility_lines(state)
        return
    if background := background_lines(state):
        sums = amount_lines(state) if state.estimates and asks_amount_openly(state) else ()
        yield from (*count_lines(state), *background, *sums)
        return
    if apart := draft_lines(state):
        yield from (*apart, *amount_lines(state))
        return
    if missing_clause := missing_clause_lines(state):
        yield from missing_clause
        return
    if is_silent(state):
        named = "、".join(f"《{one.title}》" for one in titled(state))
        yield Line(state.context.replies.say("unstated_in_first", named=named))
    beliefs = (*premise_lines(state), *count_lines(state), *definition_lines(state))
    parts = list(_told_beside(state, has_beliefs=bool(beliefs)))
    said = [*beliefs, *(line for _, lines in parts for line in lines)]
    subject = _subject_lines(state, said)
    parts.append((_place_of_subject(state), subject))
    ordered = [line for _, lines in sorted(parts, key=lambda part: part[0]) for line in lines]
    told = tuple(dict.fromkeys((*beliefs, *ordered, *_rest_lines(state, (*said, *subject)))))
    yield from told
    yield from _evidence_beside(state, told)


def _asks_if_eligible(state: State) -> bool:
    """Tell whether it is asked if one may apply, with a circumstance told, and no award named."""
    reading = state.reading
    is_named = bool(state.meant and reading.terms)
    is_open = not (state.estimates or is_named or reading.references or reading.asked_date)
    return (
        is_open
        and bool(_APPLIES.search(reading.text))
        and can_apply(state)
        and _has_word(reading.content)
        and not (_is_told_well(state) or reading.asks(Intent.CUMULATION))
    )


def _has_word(content: str) -> bool:
    return any(len(word) > 1 and word.isalnum() for word in content.split())


def _is_told_well(state: State) -> bool:
    """Tell whether one clause has most of the question, one of its words as it stands."""
    best = max(state.evidence, key=lambda one: one.coverage, default=None)
    if best is None or best.coverage < _TOLD_WELL:
        return False
    words = [word for word in state.reading.content.split() if len(word) > 1]
    return any(word in best.clause.text for word in words)


def _evidence_beside(state: State, told: Sequence[Line]) -> Iterator[Line]:
    """Yield the best clause whole where what is told so far leaves it out: evidence is never replaced.

    A sum quotes its own clause; a list, a comparison and what a document says of itself need no other.
    """
    reading = state.reading
    is_whole = reading.asks(Intent.COMPARISON, Intent.CUMULATION) or not reading.query_terms
    is_whole = is_whole or (reading.asks(Intent.LIST) and len(told) > _SHORT_LIST)
    is_on_document = bool(reading.documents) and reading.asks(Intent.VALIDITY, Intent.ABOUT)
    is_whole = is_whole or asks_figure(state) or is_on_document
    if not told or state.estimates or is_whole:
        return
    quoted = [span for line in told for span in line.spans]
    for line in (*passage_lines(state)[:1], *found_as_asked(state)):
        is_elsewhere = bool(reading.documents) and documents_of((line,))[0] not in reading.documents
        if not is_elsewhere and not all(is_quoted(span, quoted, state.context.corpus) for span in line.spans):
            yield line
            quoted += line.spans


def _told_beside(state: State, has_beliefs: bool) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Yield what is asked beside the support itself, each with its place in the question."""
    reading = state.reading
    is_told = has_beliefs
    if asks_figure(state) and not state.estimates and not has_beliefs:
        figures = figure_lines(state)
        is_told = bool(figures)
        yield 0, figures
    if reading.asks(Intent.ABOUT) and (reading.documents or not state.meant):
        about = about_lines(state)
        is_told = is_told or bool(about)
        yield asked_at(state, Intent.ABOUT) or 0, about
    planned = planned_lines(state) if reading.asks(Intent.VALIDITY) else ()
    if planned and not is_told:
        is_told = True
        yield asked_at(state, Intent.VALIDITY) or 0, planned
    elif _asks_how_it_stands(state, is_told) and not compares_documents(state) and not _has_lapsed(state):
        validity = validity_lines(state)
        told = {span.quote for line in validity for span in line.spans}
        dated = (line for line in dated_lines(state) if not _is_told(line, told))
        yield asked_at(state, Intent.VALIDITY) or 0, (*dated, *validity)
    yield LAST, receiver_lines(state)
    if not is_told and (at := asked_at(state, Intent.RESPONSIBLE_BODY)) is not None:
        yield at, body_lines(state)
    if reading.asks(Intent.CUMULATION):
        yield (
            -1 if asks_if_combined(state) else asked_at(state, Intent.CUMULATION) or 0,
            cumulation_lines(state),
        )
    at = asked_at(state, Intent.CONDITIONS, apart_from=Intent.RESPONSIBLE_BODY)
    if at is not None and not state.estimates:
        yield at, requirement_lines(state)


def _has_lapsed(state: State) -> bool:
    """Tell whether it is the company's own title that has lapsed (证书过期了), not the document."""
    refused = any(one.status is EstimateStatus.NOT_ELIGIBLE for one in state.estimates)
    asked = dict(state.context.cues.patterns)[Intent.VALIDITY].finditer(state.reading.text.lower())
    words = {match[0] for match in asked}
    return refused and state.reading.asked_date is None and words <= _LAPSED


def _asks_how_it_stands(state: State, is_told: bool) -> bool:
    """Tell whether it is asked how a document stands, not of which year a figure is that was told."""
    is_of_figure = is_told and asks_figure(state) and not asks_of_document(state.reading.text)
    is_dated = state.reading.asked_date is not None and not state.estimates
    return (state.reading.asks(Intent.VALIDITY) or is_dated) and not is_of_figure


def _place_of_subject(state: State) -> int:
    """Return where the support itself is asked for; first where its facts are stated and nothing asked."""
    places = [asked_at(state, intent) for intent in (Intent.AMOUNT, Intent.LIST, Intent.COMPARISON)]
    return min((at for at in places if at is not None), default=0)


def _subject_lines(state: State, said: Sequence[Line]) -> tuple[Line, ...]:
    """Return the sums, the list, the comparison or the grant asked for."""
    reading = state.reading
    if not said and is_about_company(state):
        return company_lines(state)
    if compares(state):
        return comparison_lines(state)
    if state.estimates and not _only_premise(state, said) and not only_combines(state):
        has_grants = state.grants and not reading.asks(Intent.CUMULATION)
        return (*amount_lines(state), *(grant_lines(state) if has_grants else ()))
    if reading.asks(Intent.LIST) and not reading.references:
        return list_lines(state)
    if not said and _asks_what_a_document_gives(state):
        return list_lines(state)
    if reading.asks(Intent.AMOUNT) and (not said or _asks_grant_too(state)):
        return unquantified_lines(state)
    return ()


def _asks_what_a_document_gives(state: State) -> bool:
    """Tell whether the money of a document is asked for and none of its matters: 「527号文最高给多少」."""
    reading = state.reading
    is_bare = not (reading.query_terms or reading.references or reading.is_follow_up or state.meant)
    return is_bare and bool(reading.documents) and reading.asks(Intent.AMOUNT)


def _asks_grant_too(state: State) -> bool:
    """Tell whether the sum of a grant without a number is asked beside who is responsible or until when."""
    beside = state.reading.asks(Intent.RESPONSIBLE_BODY, Intent.VALIDITY)
    return beside and bool(state.grants) and asks_amount_openly(state)


def _rest_lines(state: State, told: Sequence[Line]) -> Iterator[Line]:
    """Yield what is left to say: conditions for yes or no, the document, how to apply, the best clauses."""
    reading = state.reading
    said = list(told)
    if not said and state.meant and reading.asks(Intent.YES_NO):
        said += requirement_lines(state)
    if not said and not state.meant:
        said += home_lines(state)
    is_on_document = not reading.query_terms and not reading.references and not reading.is_follow_up
    if not said and is_on_document and can_apply(state):
        said += validity_lines(state)
    if not said and is_on_document:
        said += (*about_lines(state), *validity_lines(state))
    if not said or reading.asks(Intent.PROCEDURE):
        said += procedure_lines(state)
    yield from said[len(told) :]


def _is_told(line: Line, told: set[str]) -> bool:
    """Tell whether the answer itself already quotes everything a note would quote."""
    return bool(line.spans) and all(span.quote in told for span in line.spans)


def _only_premise(state: State, said: Sequence[Line]) -> bool:
    """Tell whether the question only wanted a belief checked: then no sum is due."""
    return bool(said) and bool(state.reading.claims) and is_general(state)


def wants_input(state: State) -> bool:
    """Tell whether what is missing must be asked: a sum of one's own, not what the policy says in general."""
    is_own = bool(state.estimates) and not is_general(state)
    return (
        is_own
        and not draft_lines(state)
        and not only_combines(state)
        and not asks_if_combined(state)
        and not compares(state)
    )


def invites_input(state: State) -> bool:
    """Tell whether the rule asked for was told, and a sum of one's own could be worked out next."""
    is_told = bool(state.estimates) and is_impersonal(state) and not state.reading.claims
    asks_limit = state.reading.asks(Intent.STANDARD) or state.reading.asks(Intent.CUMULATION)
    return is_told and not asks_limit and not compares(state)


def _invitation(state: State, missing: tuple[MissingFact, ...]) -> Iterator[Line]:
    """Yield what to tell for a sum of one's own, where the rule is already told."""
    for one in missing[:1]:
        label = state.context.corpus.facts[one.fact].label
        yield Line(state.context.replies.say("invite", label=label))


def _questions(state: State, missing: tuple[MissingFact, ...]) -> Iterator[Line]:
    for one in missing[:1]:
        words = dict(state.facts.assumed).get(one.fact)
        if words is not None:
            label = state.context.corpus.facts[one.fact].label
            yield Line(state.context.replies.say("not_that", words=words, label=label))
        yield Line(state.context.replies.say("ask", question=_ASIDE.sub("", one.question)))


def documents_of(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Return the slugs of the documents that lines rest on, in order."""
    return tuple(dict.fromkeys(span.clause_id.split("/", 1)[0] for line in lines for span in line.spans))


def is_draft(state: State, slug: str) -> bool:
    """Tell whether a document is a draft on the day asked about."""
    return state.context.corpus.document(slug).status_on(state.as_of) is DocumentStatus.DRAFT
