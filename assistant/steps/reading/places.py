"""Where a company says it sits (注册在浦东), apart from the place whose policy it asks about (浦东的补贴)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.steps.cues import Intent
from assistant.steps.state import AnswerContext, Reading, State
from assistant.understanding.places import PlaceMention, PlaceRole, applies, is_neighbour, is_of, region_of
from corpus.glossary import Glossary
from corpus.model.document import Clause, DocumentStatus, PolicyDocument, SourceNature
from corpus.store import Corpus

_KIND = "(?:新区|地区|开发区|示范区|区|县|市|省)"
_STANDS = (
    "(?:(?:我们|我司|公司|企业|咱们?|我厂|厂子?)(?:也|都|就)?(?:注册|落户|开|设立?)?在"
    "|(?:注册|落户|开|设立?)在|注册地是|位于)"
)
_OWN_DISTRICT = "区里|区级|区政府|我们区|我区|本区|区财政"
_MONEY = "补贴|补助|奖励|奖金|资助|贴息|扶持资金|专项资金|拿钱|给钱|多少钱|补多少|奖多少|给多少"


@dataclass(frozen=True, slots=True)
class Placed:
    """What the places of a question say: which have no policy of their own here, seats, and where to look.

    `within` are the documents that may hold there (empty: all); `named` those of the very place asked about;
    `said` every place mentioned, as said.
    """

    elsewhere: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def placed(text: str, context: AnswerContext, chosen: Sequence[str]) -> Placed:
    """Return what the places of a question say of the documents at hand.

    A district whose only document is not among the chosen ones is a place without a policy, like any other.
    """
    documents = [one for one in context.corpus.documents if not chosen or one.slug in chosen]
    mentions = context.places.mentions(text)
    telling = [one for one in mentions if one.role is not PlaceRole.PASSED]
    seats = [
        one
        for one in telling
        if one.role is PlaceRole.SEAT and not all(applies(each, one) for each in documents)
    ]
    asked = [one for one in telling if one.role is PlaceRole.ASKED]
    without = [one for one in asked if not any(is_of(each, one) for each in documents)]
    named = [each.slug for one in asked for each in documents if is_of(each, one, exactly=True)]
    foreign = without if named else [*without, *seats]
    is_narrow = 0 < len(set(named)) < len(documents)
    return Placed(
        elsewhere=tuple(dict.fromkeys(one.said for one in telling if one in foreign)),
        seats=tuple(dict.fromkeys(one.said for one in seats)),
        within=_within(telling, documents),
        named=tuple(dict.fromkeys(named)) if is_narrow else (),
        said=tuple(dict.fromkeys(one.said for one in mentions)),
    )


def _within(mentions: Sequence[PlaceMention], documents: Sequence[PolicyDocument]) -> tuple[str, ...]:
    """Return the documents that may hold for every place told, or beside it; () for all or none."""
    allowed = {one.slug for one in documents}
    for mention in mentions:
        allowed &= {one.slug for one in documents if applies(one, mention) or is_neighbour(one, mention)}
    return tuple(sorted(allowed)) if 0 < len(allowed) < len(documents) else ()


def names_held(document: PolicyDocument, corpus: Corpus) -> tuple[str, ...]:
    """Return the names that tell of which place a document holds; of one a person added, its bodies, too."""
    bodies = document.issuing_bodies if document.slug in corpus.added else ()
    return (document.title, document.region or "", *bodies)


def spoken_of(clause: Clause) -> str:
    """Return what a clause speaks of: its text without the bodies in charge (市税务局 tells no tax)."""
    text = clause.text
    for body in clause.responsible_bodies:
        text = text.replace(body, " ")
    return text


def matters_at_hand(context: AnswerContext, documents: tuple[str, ...]) -> Glossary:
    """Return the glossary as it is for these documents alone, for all where none is given."""
    if not documents:
        return context.glossary
    held = [one for one in context.corpus.documents if one.slug in documents]
    names = (name for one in held for name in names_held(one, context.corpus))
    return context.glossary.knowing(names, (spoken_of(clause) for one in held for clause in one.clauses))


def without_places(text: str, said: Iterable[str]) -> str:
    """Return the text with places blanked, and how a company says it sits there."""
    for place in said:
        pattern = f"(?:{_STANDS})?(?:上海市?)?{re.escape(place)}{_KIND}?"
        text = re.sub(pattern, lambda match: " " * len(match[0]), text)
    return text


def foreign_to(state: State) -> tuple[str, ...]:
    """Return the places whose own policy is asked about and is not here.

    Where the company sits is none of them as long as some document holds there; but what only another
    district's document offers, or what 区里 gives, is asked of the company's own.
    """
    reading = state.reading
    if re.search(_OWN_DISTRICT, reading.text) or _is_local(state):
        return reading.elsewhere
    held = {place for place in reading.seats if _some_hold(place, state)}
    return tuple(place for place in reading.elsewhere if place not in held)


def _some_hold(said: str, state: State) -> bool:
    """Tell whether a document at hand holds in the place of a seat, by a region it names."""
    chosen = state.question.documents
    return any(
        region_of(document) and applies(document, mention)
        for mention in _mentions_of((said,), state.context)
        for document in state.context.corpus.documents
        if not chosen or document.slug in chosen
    )


def _is_local(state: State) -> bool:
    """Tell whether all that is named, else what comes nearest, stands in a district's document.

    To ask what there is at all is to ask the city's documents, too.
    """
    reading = state.reading
    named = (*reading.named, *reading.references, *reading.documents)
    if not named and reading.asks(Intent.LIST):
        return False
    nearest = max(state.evidence, key=lambda one: one.coverage, default=None)
    near = named or ((nearest.clause.id,) if nearest else ())
    local = local_documents(state.context)
    return all(name.split("/", 1)[0] in local for name in near)


def asks_for_money(text: str) -> bool:
    """Tell whether a text speaks of money paid to companies.

    >>> asks_for_money("浦东有没有技术攻关的补贴"), asks_for_money("支持浦东新区高水平改革开放")
    (True, False)
    """
    return re.search(_MONEY, text) is not None


def open_to(places: Iterable[str], context: AnswerContext, as_of: date) -> tuple[PolicyDocument, ...]:
    """Return the policies of a city or province that hold in all these places on `as_of`."""
    mentions = list(_mentions_of(places, context))
    return tuple(
        one
        for one in context.corpus.documents
        if one.region
        and one.nature is SourceNature.POLICY
        and one.status_on(as_of) not in (DocumentStatus.EXPIRED, DocumentStatus.REPEALED)
        and mentions
        and all(applies(one, mention) for mention in mentions)
    )


def _mentions_of(places: Iterable[str], context: AnswerContext) -> Iterator[PlaceMention]:
    for said in places:
        yield from context.places.mentions(f"在{said}的公司")


def local_documents(context: AnswerContext) -> frozenset[str]:
    """Return the documents whose awards ask for a seat in their own district."""
    homes = context.seat_facts
    return frozenset(one.document for one in context.corpus.measures if homes.intersection(one.fact_names))


def denied_by_seat(reading: Reading, context: AnswerContext) -> dict[str, str]:
    """Return the facts on where a company sits that a seat elsewhere denies."""
    local = [context.corpus.document(slug) for slug in local_documents(context)]
    seats = list(_mentions_of(reading.seats, context))
    is_denied = any(not applies(document, seat) for document in local for seat in seats)
    return dict.fromkeys(context.seat_facts, "否") if is_denied else {}


def asks_of_foreign(state_documents: Iterable[str], context: AnswerContext) -> bool:
    """Tell whether only foreign documents are asked about: then nothing of ours is meant."""
    documents = tuple(state_documents)
    return bool(documents) and context.foreign_documents.issuperset(documents)


def asks_of_none_computed(state_documents: Iterable[str], context: AnswerContext) -> bool:
    """Tell whether only foreign documents without awards are meant: nothing of theirs is ever computed."""
    documents = tuple(state_documents)
    computed = {measure.document for measure in context.corpus.measures}
    return asks_of_foreign(documents, context) and computed.isdisjoint(documents)
