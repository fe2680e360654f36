"""Numbers and dates a person takes for granted, held against the text: confirmed, or put right first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.conversation import EstimateStatus
from assistant.steps.compose.amounts import are_several, condition_lines, is_general
from assistant.steps.compose.asked import is_of_the_text
from assistant.steps.compose.provisos import Proviso, proviso_of
from assistant.steps.compose.quoting import place, quoted
from assistant.steps.cues import Intent
from assistant.steps.goal import has_goal
from assistant.steps.state import Line, State
from corpus.dates import chinese_date
from corpus.model.document import PolicyDocument, Span
from corpus.model.measure import Measure
from corpus.reading.numerals import Found, Kind, find_quantities

_END_WORDS = ("到期", "有效期", "届满", "截止", "结束", "失效", "过期", "为止")
_LIMIT_WORDS = ("最高", "最多", "上限", "封顶", "不超过")
_MAY_BE_HAD = re.compile("(?:能|可以|可|会)(?:不能|否)?(?:拿|领|享受|得|给|奖|补|报|申请)[^，。；;,]{0,4}$")
_START_WORDS = ("施行", "实施", "生效", "开始", "起")


def premise_lines(state: State) -> tuple[Line, ...]:
    """Return a line for each number or date the person believes to be stated."""
    if state.meant and _asks_if_fixed(state):
        return tuple(_fixed_line(state, measure) for measure in state.meant[0])
    return (*_number_lines(state), *_date_lines(state))


def _asks_if_fixed(state: State) -> bool:
    """Tell whether it is asked if a sum is fixed; 「固定资产」 is no such word."""
    text = state.reading.text.lower()
    return not has_goal(state) and any(
        not is_of_the_text(state, word, match.start())
        for word in state.context.cues.cues.fixed
        for match in re.finditer(re.escape(word), text)
    )


def _fixed_line(state: State, measure: Measure) -> Line:
    """Return whether what a measure grants is a fixed sum or an upper bound, in its own words."""
    name = "fixed_wrong" if measure.is_upper_bound else "fixed_right"
    where = _where(state, measure)
    return Line(
        state.context.replies.say(name, place=where, words=quoted(measure.passage)), (measure.passage,)
    )


def _number_lines(state: State) -> Iterator[Line]:
    claims = state.reading.claims
    if not claims or not state.reading.asks(Intent.PREMISE, Intent.YES_NO) or not state.meant:
        return
    if state.estimates and state.estimates[0].status is EstimateStatus.NOT_ELIGIBLE:
        return  # the right number would say yes where the answer is no
    for claim in claims:
        is_own = _is_result(state, claim) and claim.comparison is None
        if is_general(state) or is_own or _is_limit(state, claim):
            yield _claim_line(state, claim)
            yield from _left_open(state, claim)


def _left_open(state: State, claim: Found) -> Iterator[Line]:
    """Yield what a bare yes or no would hide: the conditions of what one hopes for, and what is unwritten."""
    before = state.reading.text[: claim.start]
    estimates = {one.measure: one for one in state.estimates}
    for measure in state.meant[0][:1]:
        one = estimates.get(measure.id)
        if _MAY_BE_HAD.search(before) and one is not None and one.amount is None:
            yield from condition_lines(state, one.conditions)
        if (claim.kind, claim.value) not in set(_stated(measure)):
            spans = (measure.passage,)
            notes = (note for note in measure.notes if "能否分别" in note)
            yield from (Line(state.context.replies.say("hint", hint=note), spans) for note in notes)
            if are_several(state):
                yield Line(state.context.replies.say("fixed_open"), spans)


def _claim_line(state: State, claim: Found) -> Line:
    """Return whether a number is what the text states, with the words of the measure that states it."""
    says_so = [one for one in state.measures if (claim.kind, claim.value) in set(_stated(one))]
    is_right = _is_computed(state, claim) if _is_result(state, claim) else bool(says_so)
    others = [one for one in state.meant[0] if one not in says_so]
    if is_right and says_so and others and len(state.meant) == 1:
        return _split_line(state, claim, (*says_so, *others))
    if is_right and says_so and (proviso := proviso_of(state, says_so[0])):
        return _proviso_line(state, claim, says_so[0], proviso)
    measures = (says_so or list(state.meant[0]))[:2]
    spans = tuple(dict.fromkeys(one.passage for one in measures))
    name = _verdict(state, claim, is_right=is_right, is_said=bool(says_so))
    where, words = _where(state, measures[0]), "；".join(map(quoted, spans))
    return Line(state.context.replies.say(name, claim=claim.text, place=where, words=words), spans)


def _verdict(state: State, claim: Found, is_right: bool, is_said: bool) -> str:
    """Return the sentence for a belief: written so, worked out so, the most there is, or not so."""
    if not is_right:
        return "premise_wrong"
    if not is_said:
        return "premise_computed"
    is_hoped = bool(_MAY_BE_HAD.search(state.reading.text[: claim.start]))
    is_most = claim.kind is Kind.MONEY and all(one.is_upper_bound for one in state.meant[0])
    return "premise_most" if is_hoped and is_most else "premise_right"


def _proviso_line(state: State, claim: Found, measure: Measure, proviso: Proviso) -> Line:
    """Return that the number is right and what is believed beside it is not, in the words of the clause."""
    spans = tuple(dict.fromkeys((measure.passage, proviso.span)))
    words = "；".join(map(quoted, spans))
    told = {"claim": claim.text, "belief": proviso.belief, "proviso": proviso.words}
    text = state.context.replies.say(proviso.reply, place=_where(state, measure), words=words, **told)
    return Line(text, spans)


def _split_line(state: State, claim: Found, measures: Sequence[Measure]) -> Line:
    """Return what each alternative states, where the number is right for some of them only."""
    told = "；".join(f"{one.name}：{quoted(one.passage)}" for one in measures)
    where = _where(state, measures[0])
    text = state.context.replies.say("premise_split", claim=claim.text, place=where, told=told)
    return Line(text, tuple(one.passage for one in measures))


def _stated(measure: Measure) -> Iterator[tuple[Kind, Decimal | None]]:
    for found in find_quantities(measure.passage.quote):
        yield found.kind, found.value


def _is_result(state: State, claim: Found) -> bool:
    """Tell whether a sum is believed to be the person's own result, not the policy's limit."""
    is_worked_out = any(one.amount is not None for one in state.estimates)
    return claim.kind is Kind.MONEY and is_worked_out and not _is_limit(state, claim)


def _is_limit(state: State, claim: Found) -> bool:
    """Tell whether a sum is believed to be the most the policy gives (最多1000万), not one's own result."""
    before = state.reading.text[max(claim.start - 6, 0) : claim.start]
    is_said = claim.kind is Kind.MONEY and any(word in before for word in _LIMIT_WORDS)
    return is_said and not _is_computed(state, claim)


def _is_computed(state: State, claim: Found) -> bool:
    return claim.kind is Kind.MONEY and any(one.amount == claim.value for one in state.estimates)


def _where(state: State, measure: Measure) -> str:
    document = state.context.corpus.document(measure.document)
    return place(state.context.corpus.clause(measure.clause_id), document)


def _date_lines(state: State) -> Iterator[Line]:
    reading = state.reading
    if not reading.claimed_dates or not reading.asks(Intent.PREMISE, Intent.YES_NO):
        return
    document = main_document(state)
    if document is None:
        return
    dates = _dates(document, reading.text)
    for claimed in reading.claimed_dates:
        near = [(day, span) for day, span in dates if day.year == claimed.year]
        name = "premise_date_right" if any(day == claimed for day, _ in dates) else "premise_date_wrong"
        if near and name == "premise_date_wrong" and "月" not in reading.text:
            name = "premise_date_right"
        spans = tuple(span for _, span in near) or tuple(span for _, span in dates)
        if spans:
            words = "；".join(map(quoted, spans))
            yield Line(
                state.context.replies.say(
                    name, title=document.title, claim=chinese_date(claimed), words=words
                ),
                spans,
            )


def _dates(document: PolicyDocument, text: str) -> list[tuple[date, Span]]:
    """Return the days the document states of the kind the text speaks of: its end, its start, or any."""
    evidence = dict(document.evidence)
    known = {
        "effective_on": document.validity.start,
        "expires_on": document.validity.end,
        "signed_on": document.signed_on,
        "published_on": document.published_on,
    }
    if any(word in text for word in _END_WORDS):
        known = {"expires_on": known["expires_on"]}
    elif any(word in text for word in _START_WORDS):
        known = {"effective_on": known["effective_on"]}
    return [(day, evidence[name]) for name, day in known.items() if day is not None and name in evidence]


def main_document(state: State) -> PolicyDocument | None:
    """Return the document a question is about: named, or that of the measure or best clause."""
    corpus = state.context.corpus
    if state.reading.references:
        return corpus.document_of(state.reading.references[0])
    if state.reading.documents:
        return corpus.document(state.reading.documents[0])
    if state.meant:
        return corpus.document(state.meant[0][0].document)
    return corpus.document(state.evidence[0].clause.document) if state.evidence else None
