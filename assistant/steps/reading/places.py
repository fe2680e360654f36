"""Where a company says it sits (注册在浦东), apart from the place whose policy it asks about (浦东的补贴)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.steps.cues import Intent
from assistant.steps.state import Desk, Reading, State
from corpus.glossary import Glossary
from corpus.model.document import Clause, DocumentStatus, PolicyDocument, SourceNature
from corpus.store import Corpus

_KIND = "(?:高新技术产业开发区|经济技术开发区|高新区|经开区|新区|地区|开发区|示范区|园区|区|县)"
_PLACE = re.compile(rf"(?<![一-鿿])([一-鿿]{{2,4}}?) ?{_KIND}")
_UNLISTED = re.compile(
    r"(?:^|(?<=[，。；;,、？?！!\s《]))(?:(?P<place>[一-鿿]{2,4}?)"
    r"(?P<kind>高新技术产业开发区|经济技术开发区|高新区|经开区|新区|开发区|自治县|县(?![一-鿿]?[级城域]))"
    r"|(?P<name>[一-鿿][一-鿿](?<![园保校学小郊社]))区(?![里别域级内间块分]))"
)
_TOO_WIDE = frozenset(
    {"上海", "上海市", "本市", "全市", "高新", "经济", "保税", "综保", "自贸", "自由贸易试验"}
)
_SEATED = "(?<![不没])(?:在|位于|落户于?|设立于|注册于?|(?:注册地|地址|总部)是)"
_US = "(?:我们|我司|公司|企业|咱们?|我厂|厂子?)(?:也|都|就)?"
_STANDS = f"(?:{_US}(?:注册|落户|开|设立?)?在|(?:注册|落户|开|设立?)在|注册地是)"
_OWN = "的?(?:一家)?[^，。；;,？?！!的]{0,6}(?:企业|公司|机构|单位|厂)"
_SETTLES = "[^，。；？]{0,4}(?:注册|落户|开公司|设立公司|投资|发展|创业|办公|迁|搬|申请|申报|领)"
_OWN_POLICY = "(?:政策|补贴|补助|奖励|扶持|政府|财政|那边|当地)"
_OWN_DISTRICT = "区里|区级|区政府|我们区|我区|本区|区财政"
_MONEY = "补贴|补助|奖励|奖金|资助|贴息|扶持资金|专项资金|拿钱|给钱|多少钱|补多少|奖多少|给多少"
_EVENT = "(?:新?区|市)?(?:举?办(?!公)|承办|主办|搞|举行|召开|开展|布展)"  # happens there; nobody sits there
_OFFERS = "(?:新?区|市|镇)?(?:有|能|可以|可)(?:没有|什么|哪些|多少|拿|领|申请)"


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


def glossary_at_hand(desk: Desk, documents: tuple[str, ...]) -> Glossary:
    """Return the glossary as it is for these documents alone, for all where none is given.

    A district whose only document is left out is a place without a policy, like any other district.
    """
    if not documents:
        return desk.glossary
    held = [one for one in desk.corpus.documents if one.slug in documents]
    names = (name for one in held for name in names_held(one, desk.corpus))
    return desk.glossary.knowing(names, (spoken_of(clause) for one in held for clause in one.clauses))


def unlisted_places(text: str, desk: Desk) -> tuple[str, ...]:
    """Return the places a text asks about that no list names and no document carries (南湖高新区).

    Where a company only sits there, nothing is asked of the place.
    """
    found = (match[0] for match in _UNLISTED.finditer(text))
    listed = {place for region in desk.glossary.regions for place in region.places}
    held = [name for one in desk.corpus.documents for name in names_held(one, desk.corpus)]
    return tuple(
        place
        for place in dict.fromkeys(found)
        if _short(place) not in _TOO_WIDE
        and not any(one in place for one in listed)
        and not _is_seat(text, place)
        and not any(place in words for words in (*held, *desk.known_words))
        and not any(_short(place) in name for name in held)
    )


def is_unlisted(place: str) -> bool:
    """Tell whether a place is one that no list names, by the kind of place it says it is."""
    return _UNLISTED.fullmatch(place) is not None


def _short(place: str) -> str:
    match = _UNLISTED.fullmatch(place)
    return (match["place"] or match["name"]) if match else place


def seats_in(text: str, glossary: Glossary) -> tuple[str, ...]:
    """Return the places without a policy here in which the person says the company sits.

    「我们公司在徐汇区」 and 「浦东的检测机构」 tell where a company is; 「在徐汇有什么补贴」 does not.
    """
    places = [place for region in glossary.elsewhere if region.has_companies for place in region.places]
    return tuple(place for place in places if place in text and _is_seat(text, place))


def _is_seat(text: str, place: str) -> bool:
    told = re.search(rf"{_STANDS}(?:上海市?)?{place}", text)
    seated = told or re.search(rf"{_SEATED}(?:上海市?)?{place}(?!{_OFFERS}|{_EVENT})", text)
    is_from = re.search(rf"(?:我们|我司|公司|企业|单位|咱们?)是(?:上海市?)?{place}(?:新?区|市)?的", text)
    return bool(seated or is_from or re.search(rf"{place}(?:新?区|市)?{_OWN}", text))


def without_seats(text: str, seats: tuple[str, ...]) -> str:
    """Return the text with where the company sits blanked, every other character where it was."""
    for seat in seats:
        text = re.sub(
            f"(?:{_STANDS}|{_SEATED})?(?:上海市?)?{seat}(?:新区|区|市)?",
            lambda match: " " * len(match[0]),
            text,
        )
    return text


def foreign_to(state: State) -> tuple[str, ...]:
    """Return the places whose own policy is asked about.

    A district of this city where the company sits is none of them, since the city's policies hold there too;
    but what only another district's document offers, or what 区里 gives, is asked of the company's own.
    """
    reading, desk = state.reading, state.desk
    if re.search(_OWN_DISTRICT, reading.text) or _is_local(state):
        return reading.elsewhere
    own = desk.glossary.same_city
    return tuple(place for place in reading.elsewhere if place not in reading.seats or place not in own)


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
    local = local_documents(state.desk)
    return all(name.split("/", 1)[0] in local for name in near)


def asks_for_money(text: str) -> bool:
    """Tell whether a text speaks of money paid to companies.

    >>> asks_for_money("浦东有没有技术攻关的补贴"), asks_for_money("支持浦东新区高水平改革开放")
    (True, False)
    """
    return re.search(_MONEY, text) is not None


def open_to(places: Iterable[str], desk: Desk, as_of: date) -> tuple[PolicyDocument, ...]:
    """Return the city's own policies, open to all its districts on `as_of`; none for a place outside it."""
    own = desk.glossary.same_city
    if not own.issuperset(places):
        return ()
    return tuple(one for one in desk.corpus.documents if _is_citywide(one, own, desk.corpus, as_of))


def _is_citywide(document: PolicyDocument, districts: Iterable[str], corpus: Corpus, as_of: date) -> bool:
    told = " ".join(names_held(document, corpus))
    is_over = document.status_on(as_of) in (DocumentStatus.EXPIRED, DocumentStatus.REPEALED)
    is_local = any(place in told for place in districts)
    return document.nature is SourceNature.POLICY and not is_over and not is_local


def is_on_the_way(place: str, text: str) -> bool:
    """Tell whether a place is only where someone goes or comes from, not whose policy is asked about.

    >>> is_on_the_way("广州", "去广州参加部里的展会"), is_on_the_way("广州", "去广州注册公司补多少")
    (True, False)
    >>> is_on_the_way("苏州", "从上海飞苏州的航线"), is_on_the_way("苏州", "苏州的航线补多少")
    (True, False)
    """
    moved = re.search(rf"(?:去|到|赴|往|飞|从|来自){place}(?!{_SETTLES})", text)
    people = re.search(rf"{place}(?:的)?(?:毕业生|应届|生源|户籍|人才|员工|客户|同行|供应商|游客)", text)
    return bool(moved or people) and not re.search(rf"{place}[^，。；？]{{0,4}}{_OWN_POLICY}", text)


def local_documents(desk: Desk) -> frozenset[str]:
    """Return the documents whose awards ask for a seat in their own district."""
    homes = desk.seat_facts
    return frozenset(one.document for one in desk.corpus.measures if homes.intersection(one.fact_names))


def denied_by_seat(reading: Reading, desk: Desk) -> dict[str, str]:
    """Return the facts on where a company sits that a seat elsewhere denies."""
    foreign = {place for region in desk.glossary.elsewhere for place in region.places}
    is_denied = bool(local_documents(desk)) and not foreign.isdisjoint(reading.seats)
    return dict.fromkeys(desk.seat_facts, "否") if is_denied else {}


def foreign_of_places(text: str, desk: Desk) -> dict[str, str]:
    """Return the foreign documents that hold in a place the text speaks of, with that place.

    Where a company only sits in a district of this city, the city's policies are asked about as well.
    """
    found: dict[str, str] = {}
    for one in (one for one in desk.corpus.documents if one.slug in desk.foreign_documents):
        places = [place for place in _places_of(one, desk) if not _is_seat_here(text, place, desk)]
        said = [match[0] for place in places if (match := re.search(f"{place}{_KIND}?", text))]
        found |= {one.slug: max(said, key=len)} if said else {}
    return found


def _is_seat_here(text: str, place: str, desk: Desk) -> bool:
    return place in desk.glossary.same_city and _is_seat(text, place)


def asks_of_foreign(state_documents: Iterable[str], desk: Desk) -> bool:
    """Tell whether only foreign documents are asked about: then nothing of ours is meant."""
    documents = tuple(state_documents)
    return bool(documents) and desk.foreign_documents.issuperset(documents)


def asks_of_none_computed(state_documents: Iterable[str], desk: Desk) -> bool:
    """Tell whether only foreign documents without awards are meant: nothing of theirs is ever computed."""
    documents = tuple(state_documents)
    computed = {measure.document for measure in desk.corpus.measures}
    return asks_of_foreign(documents, desk) and computed.isdisjoint(documents)


def _places_of(document: PolicyDocument, desk: Desk) -> frozenset[str]:
    """Return the places a document names in its title, region and issuing bodies, without 区 or 县."""
    listed = sorted((place for one in desk.glossary.listed for place in one.places), key=len, reverse=True)
    told = " ".join(names_held(document, desk.corpus))
    for place in listed:
        told = told.replace(f"{place}市", f"{place} ").replace(place, f"{place} ")
    named = {match[1] for match in _PLACE.finditer(told)}
    return frozenset(named | {place for place in listed if place in told}) - _TOO_WIDE
