"""Fourth step: does the corpus answer this at all? If not, say what it covers and where to ask."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import Answer, Outcome
from assistant.retrieval.coverage import weigh
from assistant.steps.choosing.parted import is_told_with_its_sum
from assistant.steps.compose.overview import asks_overview
from assistant.steps.cues import Intent
from assistant.steps.earlier.known import called_wrong, told_of_company
from assistant.steps.earlier.leaning import half_said
from assistant.steps.intents import asks_every_document
from assistant.steps.reading.charges import charged
from assistant.steps.reading.english import is_english
from assistant.steps.reading.papers import told_of, unknown_numbers
from assistant.steps.reading.places import asks_for_money, asks_of_foreign, foreign_to, open_to
from assistant.steps.reading.procedure_asked import is_stated_there
from assistant.steps.reading.spelling_correction import meant_instead
from assistant.steps.reading.words import PARTS
from assistant.steps.retrieve import coverage
from assistant.steps.routing.answerable import (
    Judgement,
    features_of,
    judge,
    load_weights,
    other_matters,
    unanswered,
)
from assistant.steps.routing.aspects import load_aspects
from assistant.steps.routing.company import is_about_company
from assistant.steps.routing.families import unknown_titles
from assistant.steps.routing.limits import Naming
from assistant.steps.routing.situations import Office, load_offices
from assistant.steps.routing.talk import kind_of_talk
from assistant.steps.routing.within import is_beside_the_name, is_silent, titled
from assistant.steps.state import State, settled
from assistant.steps.suggest import suggestions
from assistant.steps.understand import LONG, content_of
from corpus.model.document import Clause, ClauseKind
from corpus.reading.numerals import find_quantities

# The chance from which a question counts as covered, two to one: an answer beside the point costs more than
# the nearest clause shown as such.
LEAST = 2 / 3
LEAST_CLOSE = 0.1  # the chance from which the nearest clause is shown beside the refusal
_SPOKEN = 0.4
_FEW = 3
_LEAST_THERE = 0.3  # of a question on a place's own document, for that to answer it
_LEAST_ELSEWHERE = 0.6  # of a question on a document that is silent, for another to be told


def route(state: State) -> State:
    """Let a covered question pass; settle one that the corpus does not answer."""
    reading = state.reading
    if (talk := kind_of_talk(state)) is not None:
        outcome = Outcome.ANSWERED if talk.is_answer else Outcome.NOT_COVERED
        return _settle(state, outcome, talk.reply)
    if told_of(reading.text, state.context.corpus) or (reading.documents and is_stated_there(state)):
        return state
    if reading.asks(Intent.HELP) and not reading.query_terms:
        return _settle(state, Outcome.ANSWERED, "talk_ability")
    places = _longest(foreign_places(state))
    if wrong := called_wrong(state):
        return _settle(state, Outcome.NEEDS_INPUT, "which_is_right", facts="；".join(wrong))
    if _only_tells(state) and (places or not is_covered(state)):
        return _settle(state, Outcome.NEEDS_INPUT, "noted", facts="；".join(told_of_company(state)))
    if unknown := _unknown_places(state):
        return _settle(state, Outcome.NEEDS_INPUT, "unknown_place", places="、".join(unknown))
    if places:
        return _settle_elsewhere(state, places)
    if matters := _longest(foreign_matters(state)):
        return _settle(state, Outcome.NOT_COVERED, "no_such_matter", matters="”“".join(matters))
    if numbers := unknown_numbers(reading.text, state.context.corpus):
        return _settle(state, Outcome.NOT_COVERED, "no_such_paper", numbers="、".join(numbers))
    if titles := unknown_titles(reading.text, state.context):
        return _settle(state, Outcome.NOT_COVERED, "no_such_matter", matters="”“".join(titles))
    if asks_overview(state):
        return state
    if _is_unsaid_there(state):
        # That a text does not say is a claim like any other: the nearest there is shown instead.
        if own := tuple(one for one in state.evidence if one.clause.document in reading.documents):
            return replace(state, evidence=own, is_closest=True, outcome=Outcome.NOT_COVERED)
        named = "、".join(f"《{state.context.corpus.document(slug).title}》" for slug in reading.documents)
        return _settle(state, Outcome.NOT_COVERED, "unstated_in", named=named)
    if is_silent(state) and not reading.named and strength(state) < _LEAST_ELSEWHERE:
        named = "、".join(f"《{one.title}》" for one in titled(state))
        return _settle(state, Outcome.NOT_COVERED, "unstated_in", named=named)
    if is_beside_the_name(state) and not reading.seats:
        return replace(state, answer=not_covered(state))
    if is_covered(state) or asks_every_document(state):
        return state
    is_elsewhere = _asks_another(state) or _other_office(state) is not None
    if not is_elsewhere and (near := meant_instead(state)) is not None:
        return _asked_back(state, *near)
    if not reading.query_terms and not reading.documents:
        return _settle(state, Outcome.NEEDS_INPUT, "which_policy")
    if (topic := half_said(state)) is not None:
        label = state.context.corpus.facts[topic.amount_facts[0]].label if topic.amount_facts else "事实"
        return _settle(state, Outcome.NEEDS_INPUT, "not_followed", topic=topic.name, name=label)
    if not (is_elsewhere or state.is_attack) and state.evidence and judged(state).chance >= LEAST_CLOSE:
        return replace(state, is_closest=True, outcome=Outcome.NOT_COVERED)
    return replace(state, answer=not_covered(state))


def _is_unsaid_there(state: State) -> bool:
    """Tell whether a place's own document that a person added says next to nothing of what is asked."""
    if not asks_of_foreign(state.reading.documents, state.context) or not state.reading.query_terms:
        return False
    own = [one.coverage for one in state.evidence if one.clause.document in state.reading.documents]
    return max(own, default=0.0) < _LEAST_THERE


def _asked_back(state: State, written: str, name: str) -> State:
    """Ask whether a name was meant that differs from what was written by one character."""
    answer = _settled(state, Outcome.NEEDS_INPUT, "did_you_mean", written=written, name=name)
    right = state.reading.text.replace(written, name)
    return replace(state, answer=replace(answer, suggestions=(right, *answer.suggestions)))


def _settle_elsewhere(state: State, places: tuple[str, ...]) -> State:
    """Refuse what is asked of another place: what holds there all the same is named."""
    held = open_to(places, state.context, state.as_of)
    citywide = "、".join(f"《{one.short_title or one.title}》" for one in held)
    reply = "elsewhere_of_chosen" if state.question.documents else "elsewhere"
    reply = "elsewhere_in_city" if citywide and not state.question.documents else reply
    return _settle(state, Outcome.NOT_COVERED, reply, places="、".join(places), citywide=citywide)


def _unknown_places(state: State) -> tuple[str, ...]:
    """Return the places asked about that nobody knows: which province they are in has to be told."""
    foreign = set(foreign_places(state))
    mentions = state.context.places.mentions(state.reading.text)
    return tuple(one.said for one in mentions if one.said in foreign and not one.is_known)


def _only_tells(state: State) -> bool:
    """Tell whether the words say what the company is and ask nothing: that is kept, and something offered."""
    reading = state.reading
    asks = reading.intents or reading.references or reading.quantities or reading.is_follow_up
    return bool(reading.standing) and not asks and "money" not in load_aspects().ways(reading.text)


def _longest(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that are no part of another (企业所得税, not 所得税 beside it)."""
    return tuple(one for one in words if not any(one in other and one != other for other in words))


def not_covered(state: State) -> Answer:
    """Return the answer that says what the corpus covers and where to ask, in words that fit the case."""
    if is_english(state.question.text):
        return _settled(state, Outcome.NOT_COVERED, "not_covered_english")
    if (office := _other_office(state)) is not None:
        return _settled(state, Outcome.NOT_COVERED, "other_office", label=office.label, ask=office.ask)
    if matters := other_matters(state):
        return _settled(state, Outcome.NOT_COVERED, "no_such_matter", matters="”“".join(matters))
    if (sides := unanswered(state)) and (clause := spoken_of(state)):
        bodies = clause.responsible_bodies or state.context.corpus.document(clause.document).issuing_bodies
        document = state.context.corpus.document(clause.document)
        return _settled(
            state,
            Outcome.NOT_COVERED,
            "side_unstated",
            title=document.short_title or document.title,
            side="、".join(side.label for side in sides),
            bodies="、".join(bodies[:_FEW]) or "有关主管部门",
        )
    return _settled(state, Outcome.NOT_COVERED, "not_covered")


def _other_office(state: State) -> Office | None:
    """Return the office whose matter the question sounds like more than any clause, by a whole phrase."""
    other = state.heard.other
    if not other.phrases or state.heard.lead >= 0:
        return None
    return next((office for office in load_offices() if office.label == other.about), None)


def spoken_of(state: State) -> Clause | None:
    """Return the clause that speaks of the thing asked about, None where none does."""
    best = max(state.evidence, key=lambda one: one.coverage, default=None)
    is_named = bool(state.reading.named)
    return best.clause if best is not None and (is_named or best.coverage >= _SPOKEN) else None


def foreign_places(state: State) -> tuple[str, ...]:
    """Return places named that neither the documents named nor the best evidence speak of.

    That a clause mentions a place (支持浦东新区高水平改革开放) does not make it one on the money paid there.
    """
    least = state.context.limits.unnamed
    close = [one.clause for one in state.evidence if one.coverage >= least]
    best = next((clause.text for clause in close if clause.kind is not ClauseKind.PREAMBLE), "")
    if state.reading.references:
        return ()
    excused = "" if asks_for_money(state.reading.text) and not asks_for_money(best) else best
    return tuple(place for place in foreign_to(state) if place not in excused)


def foreign_matters(state: State) -> tuple[str, ...]:
    """Return the matters asked about that no document here settles, unless the best clause speaks of them."""
    best = max(state.evidence, key=lambda one: one.coverage, default=None)
    told = best.clause.text if best is not None and best.coverage >= state.context.limits.unnamed else ""
    return () if state.reading.references else tuple(one for one in state.reading.matters if one not in told)


def is_covered(state: State) -> bool:
    """Tell whether the corpus likely answers the question: by what is certain, else by what speaks for it."""
    decided = is_decided(state)
    return decided if decided is not None else judged(state).chance >= LEAST


def judged(state: State) -> Judgement:
    """Return how likely the corpus answers the question, and why."""
    features = features_of(state, strength(state))
    return judge(features, load_weights().for_features(features))


def is_decided(state: State) -> bool | None:
    """Tell whether a question is covered for certain, None where its words must be weighed."""
    reading = state.reading
    if is_about_company(state) or charged(state):
        return True
    if reading.references or reading.is_follow_up or reading.pointed or reading.by_sum:
        return True
    if reading.asks(Intent.AMOUNT) and is_told_with_its_sum(state) and not _asks_another(state):
        return True
    return None if reading.query_terms else bool(reading.documents)


def _asks_another(state: State) -> bool:
    """Tell whether the question asks for a matter, or a side of ours, that no text here speaks of."""
    return bool(other_matters(state) or unanswered(state))


def naming(state: State) -> Naming:
    """Return how the question says what it is about."""
    if state.reading.named:
        return Naming.BY_TERM
    return Naming.BY_DOCUMENT if state.reading.documents else Naming.UNNAMED


def strength(state: State) -> float:
    """Return the largest share of the question's weight that one piece of evidence covers.

    Of a long text (a story, a forwarded message) the parts that name the matter count, not all around it.
    """
    clause = max((one.coverage for one in state.evidence), default=0.0)
    subject = max((one.own for one in state.subjects), default=0.0)
    return max(clause, subject, _told_strength(state) if len(state.reading.text) > LONG else 0.0)


def _told_strength(state: State) -> float:
    """Return how much of the parts that use a term of the glossary one clause covers."""
    reading = state.reading
    sayings = [saying.lower() for term in reading.terms for saying in term.says]
    parts = [part for part in PARTS.split(reading.text) if any(word in part.lower() for word in sayings)]
    content = content_of("，".join(parts), find_quantities("，".join(parts)), reading.terms, state.context)
    query_terms = weigh(content, state.context.rarity) if content else ()
    told = replace(state, reading=replace(reading, query_terms=query_terms))
    return max((coverage(one.clause, told) for one in state.evidence), default=0.0)


def _settle(state: State, outcome: Outcome, reply: str, **values: object) -> State:
    return replace(state, answer=_settled(state, outcome, reply, **values))


def _settled(state: State, outcome: Outcome, reply: str, **values: object) -> Answer:
    chosen = state.question.documents
    documents = [one for one in state.context.corpus.documents if not chosen or one.slug in chosen]
    titles = "、".join(f"《{document.short_title or document.title}》" for document in documents)
    text = state.context.replies.say(reply, titles=titles, count=len(documents), **values)
    return settled(state, outcome, text, suggestions(state))
