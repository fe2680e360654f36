"""Remarks without a subject of their own lean on what was talked of: 「是经信委主办的」, 「就在长宁」."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation import Turn
from assistant.retrieval.coverage import weigh
from assistant.steps.earlier.turns import clauses_told, last_topic
from assistant.steps.gathering.fitting import fits
from assistant.steps.reading.places import local_documents
from assistant.steps.reading.words import without_filler
from assistant.steps.state import Reading, State
from corpus.model.measure import Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Kind

_SO = "(其实|也|都|就|只)?是"
_IS_SO = re.compile(rf"(哦|嗯|对|啊){{0,4}}(这|那)?{_SO}[^吗呢么?？]{{1,16}}的[。!！]?")
_WE_ARE_SO = re.compile(rf"(哦|嗯|对|啊){{0,4}}(我们|我司|我公司|咱们){_SO}[^吗呢么?？]{{1,8}}的[。!！]?")
_HALF = 8
_NUMERALS = "一二三四五六七八九十"
_ITEM = re.compile(rf"(那么?|再看|还有|然后)?(它的)?第(?P<nth>[{_NUMERALS}]|\d{{1,2}})(项|款|点|小点)")
_ATTRIBUTE = re.compile("[^，。、吗呢么?？的]{1,6}的[。!！]?")
_WORD = re.compile(r"\w{2,}")
_ASKING = re.compile("[呢吗么?？]")


def is_remark(state: State, last: Turn) -> bool:
    """Tell whether the words only remark on the measures talked of.

    So do words for kinds of money alone (不是按总投资算吗), and 「是…的」 without a subject of its own.
    """
    reading = state.reading
    if not last.measures or reading.terms or reading.references:
        return False
    if speaks_only_of_money(state) or speaks_of_a_part(state, last):
        return True
    return not reading.intents and says_what_it_is(reading.text)


def speaks_of_a_part(state: State, last: Turn) -> bool:
    """Tell whether the words tell of a part of what was counted: 「里面有2家规模以下」."""
    facts = state.context.corpus.facts
    asked = [facts[name] for one in last.measures for name in state.context.corpus.measure(one).amount_facts]
    counted = [one for one in state.reading.quantities if one.kind is Kind.QUANTITY]
    is_part = any(word in state.reading.text for word in state.context.cues.cues.part)
    return is_part and any(fits(one, fact) for one in counted for fact in asked if fact.unit != Unit.YUAN)


def says_what_it_is(text: str) -> bool:
    """Tell whether a text says of what was talked of that it is such and such.

    >>> says_what_it_is("是市里主办的"), says_what_it_is("我们是牵头的"), says_what_it_is("医药行业的")
    (True, True, True)
    >>> says_what_it_is("是谁主办的呢")
    False
    """
    return bool(_IS_SO.fullmatch(text) or _WE_ARE_SO.fullmatch(text) or _ATTRIBUTE.fullmatch(text))


def speaks_only_of_money(state: State) -> bool:
    """Tell whether nothing known is left of the question beside words for kinds of money."""
    content = state.reading.content.strip()
    words = sorted(state.context.cues.cues.plain_sums, key=len, reverse=True)
    rest = " ".join(_WORD.findall(without_filler(content, words, state.context.rarity)))
    is_left = any(query_term.terms for query_term in weigh(rest, state.context.rarity)) if rest else False
    tells_sum = any(found.kind is Kind.MONEY for found in state.reading.quantities)
    return not is_left and (tells_sum or any(word in content for word in words))


def half_said(state: State) -> Measure | None:
    """Return the measure talked of where a few words tell or ask nothing whole of it: 「不打折呢」."""
    reading, last = state.reading, last_topic(state.question.history)
    if last is None or not last.measures or reading.terms or reading.documents or reading.elsewhere:
        return None
    is_short = len(reading.text) <= _HALF and not state.context.cues.intents_of(reading.text)
    return state.context.corpus.measure(last.measures[0]) if is_short else None


def at_home(state: State, last: Turn) -> Reading | None:
    """Return the reading of a mere place: 「就在长宁」 tells the seat that the measures talked of ask for."""
    reading, homes = state.reading, state.context.seat_facts
    asked = {name for one in last.measures for name in state.context.corpus.measure(one).fact_names}
    is_bare = not (reading.intents or reading.quantities or reading.terms or reading.references)
    local = local_documents(state.context)
    is_there = bool(reading.documents) and local.issuperset(reading.documents)
    if not is_bare or not is_there or reading.content.strip():
        return None
    if _ASKING.search(reading.text):  # 「长宁那边的呢」 of an award of its document
        places = {name.split("/", 1)[0] for name in last.measures}
        return replace(reading, documents=()) if places.issubset(reading.documents) and places else None
    seat = tuple((name, "是") for name in homes if name in asked)
    return replace(reading, documents=(), standing=(*reading.standing, *seat)) if seat else None


def item_beside(state: State, last: Turn) -> str | None:
    """Return the clause that 「第五项呢」 means after one of the same article was talked of."""
    match = _ITEM.match(state.reading.text)
    places = clauses_told(last)
    if match is None or state.reading.documents or not places or "." not in places[0]:
        return None
    number = int(match["nth"]) if match["nth"].isdigit() else _NUMERALS.index(match["nth"]) + 1
    beside = f"{places[0].rsplit('.', 1)[0]}.{number}"
    return beside if any(clause.id == beside for clause in state.context.corpus.clauses) else None
