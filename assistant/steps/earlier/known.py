"""The fact store of a conversation: what earlier turns told, and which of it holds for a measure now.

A fact of the company (三级、注册在长宁) holds for every later matter. Any other fact belongs to the measures
it was told for and holds for these alone: the contract of one matter is not the contract of the next. The
later statement wins. What is taken over from an earlier turn is told in the answer, never used in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from assistant.conversation import Turn
from assistant.steps.cues import Intent
from assistant.steps.reading.places import denied_by_seat
from assistant.steps.reading.statements import stated_choices, stated_truths
from assistant.steps.state import State
from corpus.model.measure import Fact, FactRole, FactScope, Measure
from corpus.model.values import Unit
from corpus.reading.numerals import Kind, find_quantities

Own = tuple[str, str, str]
_NONE = "没有请填 0元"  # in the question of a fact on what was paid already
_UNIT = re.compile(
    r"(?:^|[，,。])(?:单位|都|就)?(?:是|按|算)?(万元|亿元|万|亿|元)(?:吧|的|呀|啊|算)*(?=[，,。!]|$)"
)
_SHORT = 12
_OPENING = "是的|对的|对|嗯|我们|我司|公司|已经|都|是|没有|没|不是|还没|不"
_LEVEL = re.compile("[一二三四五1-5]级")
_PLAIN_NO = re.compile("^(不是|是的|不对吗)|岂不")
_KIN = ("客户", "子公司", "分公司", "朋友", "兄弟公司", "母公司", "关联公司")
_FRESH = ("另", "别", "其他", "换")
_SAID = {"是": "recalled_true", "否": "recalled_false"}


def standing_facts(state: State) -> dict[str, str]:
    """Return what the words tell of the company itself, whatever they ask about."""
    reading, context = state.reading, state.context
    facts = [fact for fact in context.corpus.facts.values() if fact.scope is FactScope.COMPANY]
    levels = [fact for fact in facts if fact.unit == Unit.LEVEL and _is_named(fact, state)]
    return {
        **denied_by_seat(reading, context),
        **stated_truths(reading.text, facts, context, reading.quantities),
        **stated_choices(reading.text, levels, context.cues.cues),
    }


def _is_named(fact: Fact, state: State) -> bool:
    """Tell whether a word of the fact stands in the text: a bare 「三级」 may be the level of anything."""
    lowered = state.reading.text.lower()
    return any(word.lower() in lowered for word in state.context.words_of(fact))


def told_of_company(state: State) -> tuple[str, ...]:
    """Return what the words tell of the company, in words for people."""
    return tuple(worded(name, words, state) for name, words in state.reading.standing)


def called_wrong(state: State) -> tuple[str, ...]:
    """Return what was told before, where the words only say that it was wrong: 「我说错了」."""
    reading, base = state.reading, state.reading.base
    cues = state.context.cues.cues
    is_wrong = any(word in reading.text for word in cues.corrections) and len(reading.text) <= _SHORT
    has_more = (
        reading.content.strip() or reading.quantities or reading.standing or _LEVEL.search(reading.text)
    )
    if base is None or not is_wrong or has_more or _PLAIN_NO.search(reading.text):
        return ()
    told = [(name, words) for name, words in base.facts if words not in _SAID]
    return tuple(worded(name, words, state) for name, words in told)


def worded(name: str, words: str, state: State) -> str:
    """Return a fact in words for people: 「在长宁区依法设立（是）」, 「合同金额为90万」."""
    fact = state.context.corpus.facts[name]
    reply = _SAID.get(words, "recalled_value") if fact.unit == Unit.YES_NO else "recalled_value"
    return state.context.replies.say(reply, label=fact.label, words=words.strip())


def carried(state: State) -> tuple[dict[str, str], tuple[Own, ...]]:
    """Return the facts of earlier turns: those that hold for every measure meant, those of single ones."""
    known = {measure.id: _known_for(measure, state) for measure in state.measures}
    shared: dict[str, str] = {}
    own: list[Own] = []
    for name in dict.fromkeys(name for facts in known.values() for name in facts):
        holders = [measure.id for measure in state.measures if name in measure.fact_names]
        values = {known[one].get(name) for one in holders}
        if len(values) == 1:
            shared[name] = known[holders[0]][name]
        else:
            own += [(one, name, known[one][name]) for one in holders if name in known[one]]
    return shared, tuple(own)


def carried_others(state: State, held: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the further values of a fact told beside the one that holds: the second of two contracts."""
    base = state.reading.base
    if base is None or not _keeps_matters(state):
        return ()
    told = dict(base.facts)
    return tuple(
        (name, words) for name, words in base.others if name in held and told.get(name) == held[name]
    )


def received_unsaid(state: State, facts: Iterable[Fact], bound: Collection[str]) -> tuple[Fact, ...]:
    """Return the facts on what was paid already that are spoken of without a number: 「已经匹配过一些」."""
    text = state.reading.text
    if state.reading.quantities or state.reading.asks(Intent.YES_NO, Intent.CUMULATION):
        return ()
    paid = [one for one in facts if one.unit == Unit.YUAN and _NONE in one.question and one.name not in bound]
    return tuple(one for one in paid if any(w in text for w in one.hints) and not _is_denied(text, state))


def _is_denied(text: str, state: State) -> bool:
    return any(word in text for word in state.context.cues.cues.negations)


def short_truths(state: State, facts: Iterable[Fact]) -> dict[str, str]:
    """Return what a word or two in reply state: 「都符合」 every condition, 「首次」 the one it is a word of.

    What was received before is no condition one meets: that stays to be said.
    """
    reading, cues = state.reading, state.context.cues.cues
    base, text = reading.base, reading.text.strip("。!,，的了")
    asked = [one for one in facts if one.unit == Unit.YES_NO and one.role is not FactRole.RECEIVED]
    if base is None or len(text) > _SHORT or reading.quantities or reading.asks(Intent.YES_NO):
        return {}
    denied = _is_denied(text, state)
    if any(word in text for word in cues.all_met):
        return {} if denied else {one.name: "是" for one in asked}
    word = re.sub(f"^(?:{_OPENING})+", "", text)
    told = [one for one in asked if len(word) > 1 and any(word in said for said in (one.label, *one.hints))]
    return {told[0].name: "否" if denied else "是"} if len(told) == 1 else {}


def number_completed(state: State, last: Turn) -> str | None:
    """Return the bare number of the last turn with the unit that this one tells alone: 「900」, 「万元」."""
    unit = _UNIT.search(state.reading.text)
    bare = [found for found in find_quantities(last.question) if found.kind is Kind.NUMBER]
    return f"{bare[-1].text}{unit[1]}" if unit and bare else None


def recalled(state: State) -> tuple[Own, ...]:
    """Return the facts used that this turn's words do not state: measure ("" for all), fact, words."""
    shared, own = carried(state)
    now = standing_facts(state)
    told = [("", name, words) for name, words in state.facts.given if shared.get(name) == words]
    told += [one for one in state.facts.own if one in own]
    return tuple(one for one in told if one[1] not in now and not _is_said(one[2], state))


def _is_said(words: str, state: State) -> bool:
    """Tell whether the text says the words of a fact; 「是」 stands in too many texts to tell anything."""
    return len(words) > 1 and words in state.reading.text


def _is_of_the_year(name: str, state: State) -> bool:
    fact = state.context.corpus.facts.get(name)
    return fact is not None and fact.is_of_this_year


def _known_for(measure: Measure, state: State) -> dict[str, str]:
    """Return what is known for a measure, the later statement over the earlier one."""
    known: dict[str, str] = {}
    is_kept = _keeps_matters(state)
    for turn in heard(state):
        is_own = is_kept and measure.id in turn.measures
        known |= {
            name: words
            for name, words in _facts_of(turn, measure)
            if (is_own or _is_of_company(state.context.corpus.facts.get(name)))
            and not (name in known and name in turn.supposed and not _is_asked_of(turn, state))
            and not (_is_of_the_year(name, state) and turn.as_of and turn.as_of.year != state.as_of.year)
        }
    known |= _swapped(measure, state, known)
    return {name: words for name, words in known.items() if name in measure.fact_names}


def _is_asked_of(turn: Turn, state: State) -> bool:
    """Tell whether the year that a turn told of is the one asked about now: 「那明年能拿多少」."""
    then, now = turn.asked_date, state.reading.asked_date
    return then is not None and now is not None and then.year == now.year


def _is_of_company(fact: Fact | None) -> bool:
    return fact is not None and fact.scope is FactScope.COMPANY


def _facts_of(turn: Turn, measure: Measure) -> Iterable[tuple[str, str]]:
    """Return a turn's facts as they held for a measure."""
    own = {name: words for whose, name, words in turn.own if whose == measure.id}
    return {**dict(turn.facts), **own}.items()


def heard(state: State) -> list[Turn]:
    """Return the turns on the company spoken of now: one's own, or the other one that is named."""
    of: dict[str, list[Turn]] = {}
    spoken = ""
    for turn in state.question.history:
        spoken = _turned_to(turn.question, spoken, of, state)
        of.setdefault(spoken, []).append(turn)
    return of.get(_turned_to(state.reading.text, spoken, of, state), [])


def turns_to_company(state: State) -> bool:
    """Tell whether the words name a company: one's own, or another."""
    return _whose(state.reading.text, state) is not None


def _turned_to(text: str, spoken: str, of: dict[str, list[Turn]], state: State) -> str:
    """Return the company spoken of after a text; 「另一家」 is always one nothing is known of."""
    whose = _whose(text, state)
    if whose is None:
        return spoken
    if whose.startswith(_FRESH):
        of[whose] = []
    return whose


def _whose(text: str, state: State) -> str | None:
    """Return the company that a text turns to, "" for one's own; None where it names none.

    The same word (子公司) means the same company again.
    """
    cues = state.context.cues.cues
    word = next((word for word in cues.another_company if word in text), None)
    if word is not None:
        return next((core for core in _KIN if core in word), word)
    return "" if any(word in text for word in cues.own_company) else None


def _keeps_matters(state: State) -> bool:
    """Tell whether facts of a measure's own matter still hold: not for another project of the same kind.

    Who names a measure anew and asks what its standard is wants the rule, not the sum of before.
    """
    reading, cues = state.reading, state.context.cues.cues
    if any(word in reading.text for word in cues.another_matter):
        return False
    return reading.is_follow_up or not reading.asks(Intent.STANDARD)


def _swapped(measure: Measure, state: State, known: dict[str, str]) -> dict[str, str]:
    """Return the facts of the last turn where only the measure is exchanged (换成一测多证呢)."""
    history, text = state.question.history, state.reading.text
    if not history or not any(word in text for word in state.context.cues.cues.swapping):
        return {}
    if state.reading.quantities or measure.id in history[-1].measures:
        return {}
    return {name: words for name, words in history[-1].facts if name not in known}
