"""Third step: a question that leans on an earlier turn takes over its subject, and intents if it has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.conversation import Turn
from assistant.retrieval.coverage import weigh
from assistant.steps.cues import Intent
from assistant.steps.earlier.disowned import without_disowned
from assistant.steps.earlier.known import heard, standing_facts, turns_to_company
from assistant.steps.earlier.leaning import at_home, is_remark, item_beside
from assistant.steps.earlier.turns import (
    chosen_turn,
    clauses_about,
    clauses_told,
    has_sum,
    last_topic,
    spoken_of_before,
    topics,
    without_choices,
)
from assistant.steps.gathering.fitting import fits
from assistant.steps.reading.days import days_in
from assistant.steps.reading.words import without_filler
from assistant.steps.retrieve import is_under
from assistant.steps.state import Reading, State
from assistant.steps.understand import content_of
from corpus.model.measure import Fact, FactRole
from corpus.reading.numerals import find_quantities

_OWN_SUBJECT = 0.5
_NEARLY = 0.75
_SHORT = 12
_ONE_WORD = 2
_TYPO = 4
_OF_A_SUBJECT = (Intent.YES_NO, Intent.PREMISE, Intent.FIGURE, Intent.DEFINITION)


def recall(state: State) -> State:
    """Carry over what an earlier turn was about where this one names nothing of its own."""
    state = replace(state, reading=replace(state.reading, standing=tuple(standing_facts(state).items())))
    history = state.question.history
    if not history:
        return state
    if (told := _told_where(state)) is not None:
        return told
    if (moved := _in_another_document(state)) is not None:
        return moved
    state = _as_of_the_topic(state)
    base = chosen_turn(state)
    if base is not None:
        state = replace(state, reading=without_choices(state.reading))
    elif points_back(state) or _is_one_word(state):
        base = spoken_of_before(state)
    if base is None and not has_own_subject(state):
        before = last_topic(heard(state)) if turns_to_company(state) else None
        base = (None if answers_back(state) else spoken_of_before(state)) or before or last_topic(history)
    asked_before = base or _returned_to_by_name(state) or history[-1]
    reading = _with_intents(state.reading, asked_before)
    if base is None:
        return replace(state, reading=reading)
    places = clauses_told(base)
    reading = replace(reading, is_follow_up=True, base=base, named=(*reading.named, *places))
    reading = without_disowned(reading, base)
    if len(reading.content.strip()) <= 1:  # what one character shares with some clause says nothing
        reading = replace(reading, content="", query_terms=())
    if reading.asks(Intent.ABOUT) and not reading.documents:
        reading = replace(reading, documents=tuple(dict.fromkeys(place.split("/")[0] for place in places)))
    return _on_its_day(replace(state, reading=reading))


def _as_of_the_topic(state: State) -> State:
    """Read what only the topic makes clear: a seat (就在长宁), an item of the same article (第五项)."""
    last = last_topic(state.question.history)
    if last is None:
        return state
    if (seated := at_home(state, last)) is not None:
        return replace(state, reading=seated)
    beside = item_beside(state, last)
    if beside is None:
        return state
    return replace(state, reading=replace(state.reading, references=(beside,), content="", query_terms=()))


def _told_where(state: State) -> State | None:
    """Return the state of a turn that only says where the company sits, after a list: it is listed again."""
    reading, last = state.reading, state.question.history[-1]
    says_more = reading.intents or reading.terms or reading.references or reading.quantities
    if not reading.seats or says_more or Intent.LIST not in last.intents or last.measures:
        return None
    reading = replace(
        reading, intents=frozenset({Intent.LIST}), content="", query_terms=(), documents=(), elsewhere=()
    )
    return replace(state, reading=reading)


def _in_another_document(state: State) -> State | None:
    """Return the state of 「那科技服务业呢」: the question before, asked of another document.

    None where the words name more than the document, or nothing before was asked without it.
    """
    reading, cues = state.reading, state.context.cues.cues
    is_bare = len(reading.documents) == 1 and not reading.content.strip() and not reading.intents
    if not is_bare or reading.terms or not reading.text.startswith(cues.follow_up):
        return None
    before = next((turn for turn in reversed(state.question.history) if _own_words(turn, state)), None)
    if before is None or before.measures:
        return None
    content = _own_words(before, state)
    intents = frozenset(Intent(name) for name in state.question.history[-1].intents)
    reading = replace(
        reading, content=content, query_terms=weigh(content, state.context.rarity), intents=intents, named=()
    )
    question = replace(state.question, documents=reading.documents)
    return replace(state, reading=reading, question=question)


def _own_words(turn: Turn, state: State) -> str:
    """Return what a turn asked about in its own words, apart from names of documents."""
    content = content_of(turn.question, find_quantities(turn.question), (), state.context)
    for name in state.context.glossary.documents:
        for saying in name.says:
            content = content.replace(saying, " ")
    return content.strip() if len(content.strip()) > _ONE_WORD else ""


def _returned_to_by_name(state: State) -> Turn | None:
    """Return the earlier turn on a subject that the question names again: 「回到刚才的上云」."""
    named = (*state.reading.named, *state.reading.references)
    known = reversed(topics(state.question.history))
    return next(
        (turn for turn in known if any(is_under(place, named) for place in clauses_about(turn))), None
    )


def _on_its_day(state: State) -> State:
    """Read the day of a question that is dated only by what it leans on; keep the day of an earlier sum."""
    reading, base = state.reading, state.reading.base
    if base is None or reading.asked_date is not None:
        return state
    days = days_in(_as_a_question(reading.text), state.question.as_of)
    if days.asked is not None and reading.asks(Intent.AMOUNT, Intent.CONDITIONS, Intent.VALIDITY):
        return replace(state, reading=replace(reading, asked_date=days.asked), as_of=days.asked)
    is_now = any(word in reading.text for word in state.context.cues.cues.now)
    is_left = is_now or bool(base.supposed)
    if base.asked_date is None or is_left or not has_sum(base) or not reading.asks(Intent.AMOUNT):
        return state
    return replace(state, reading=replace(reading, kept_date=base.asked_date), as_of=base.asked_date)


def _as_a_question(text: str) -> str:
    """Write out what a bare day asks after a sum: 「那2028年呢」 is 「那2028年还能申请」."""
    return text.rstrip("呢吗吧?？。！!") + "还能申请"


def has_own_subject(state: State) -> bool:
    """Tell whether the question says by itself what it is about."""
    reading = state.reading
    if _tells_of_company(state):
        return False
    if reading.terms or reading.references or reading.documents or reading.elsewhere or reading.by_sum:
        return True
    if not reading.query_terms or answers_back(state) or _asks_if_fixed(state):
        return False
    best = next(iter(state.context.subjects.rank(reading.query_terms)), None)
    is_short = _is_one_word(state) or _only_numbers_are_known(state)
    leans = is_short or points_back(state)
    return not leans or (best is not None and best.own >= _OWN_SUBJECT)


def _is_one_word(state: State) -> bool:
    """Tell whether at most one short word is left, or only single characters (其中8家没做完)."""
    content = state.reading.content
    return len(content) <= _ONE_WORD or not re.search(r"\w{2}", content)


def _tells_of_company(state: State) -> bool:
    """Tell whether the words only say something of the company that the measures talked of ask for."""
    last, reading = last_topic(state.question.history), state.reading
    if last is None or not reading.standing or reading.intents - {Intent.PREMISE}:
        return False
    asked = {name for one in last.measures for name in state.context.corpus.measure(one).fact_names}
    return asked.issuperset(name for name, _ in reading.standing)


def _asks_if_fixed(state: State) -> bool:
    """Tell whether all that is asked is if the sum is a fixed one: 「这是固定的吗」."""
    reading = state.reading
    is_asked = any(word in reading.text for word in state.context.cues.cues.fixed)
    return is_asked and len(reading.content.replace(" ", "")) <= _ONE_WORD


def points_back(state: State) -> bool:
    """Tell whether the words point at what was spoken of before: 「那…」「这个」「刚才」「另一个项目」."""
    text, cues = state.reading.text, state.context.cues.cues
    words = (*cues.pointing, *cues.returning, *cues.another_matter, *cues.altogether)
    return text.startswith(cues.follow_up) or any(word in text for word in words)


def _only_numbers_are_known(state: State) -> bool:
    """Tell whether a number stands beside a character or two that no clause knows: 「不队，100w」."""
    reading = state.reading
    is_known = any(query_term.terms for query_term in reading.query_terms)
    return bool(reading.quantities) and not is_known and len(reading.content) <= _TYPO


def answers_back(state: State) -> bool:
    """Tell whether the words only speak of facts of the last turn's measures: 「合同金额100万」, 「是三级」.

    Such words may fit other measures just as well; while they fit those talked of, these stay meant.
    """
    last, reading = last_topic(state.question.history), state.reading
    if last is None:
        return False
    if _is_bare_reply(state, last) or _gives_what_was_asked(state, last) or is_remark(state, last):
        return True
    if len(reading.content.replace(" ", "")) <= _TYPO and _speaks_of_payment(state, last):
        return True
    ranked = state.context.subjects.rank(reading.query_terms)
    own = max((one.own for one in ranked if one.id in last.measures), default=0.0)
    best = max((one.own for one in ranked), default=0.0)
    if not last.measures or (best >= _OWN_SUBJECT and own < best * _NEARLY):
        return False
    is_brief = reading.quantities or len(reading.text) <= _SHORT or points_back(state)
    if own >= _OWN_SUBJECT and is_brief:
        return True
    return any(fits(found, fact) for found in reading.quantities for fact in _spoken_of(state, last))


def _gives_what_was_asked(state: State, last: Turn) -> bool:
    """Tell whether a short reply gives the fact asked for in a word for it: 「服务了20家」."""
    asked, reading = state.context.corpus.facts.get(last.asked or ""), state.reading
    if asked is None or len(reading.text) > _SHORT:
        return False
    is_worded = any(len(word) > 1 and word in reading.text for word in state.context.words_of(asked))
    return is_worded and any(fits(found, asked) for found in reading.quantities)


def _is_bare_reply(state: State, last: Turn) -> bool:
    """Tell whether the text only gives a number of the kind asked for, in words for such: 「投资总额9万」."""
    asked = state.context.corpus.facts.get(last.asked or "")
    if asked is None or not any(fits(found, asked) for found in state.reading.quantities):
        return False
    facts = [fact for fact in state.context.corpus.facts.values() if fact.unit == asked.unit]
    words = {word for fact in facts for word in state.context.words_of(fact)}
    rest = without_filler(state.reading.content, sorted(words, key=len, reverse=True), state.context.rarity)
    return not any(query_term.terms for query_term in weigh(rest, state.context.rarity)) if rest else True


def _speaks_of_payment(state: State, last: Turn) -> bool:
    """Tell whether the words speak of having been paid before, as a fact of the last measures asks."""
    names = {name for one in last.measures for name in state.context.corpus.measure(one).fact_names}
    facts = (state.context.corpus.facts[name] for name in sorted(names))
    paid = [fact for fact in facts if fact.role is FactRole.RECEIVED]
    return any(word in state.reading.text for fact in paid for word in fact.hints)


def _spoken_of(state: State, last: Turn) -> Iterator[Fact]:
    """Return the fact we asked for last, and the facts of the last measures that the text has words of."""
    known = state.context.corpus.facts
    measures = map(state.context.corpus.measure, last.measures)
    for name in dict.fromkeys(name for measure in measures for name in measure.fact_names):
        if (fact := known.get(name)) is not None:
            words = [word for word in state.context.words_of(fact) if len(word) > 1]
            if name == last.asked or any(word in state.reading.text for word in words):
                yield fact


def _with_intents(reading: Reading, last: Turn) -> Reading:
    """Return the reading with the last turn's intents where it has none of its own."""
    if reading.intents - set(_OF_A_SUBJECT):
        return reading
    if reading.quantities and last.measures:
        return replace(reading, intents=reading.intents | {Intent.AMOUNT})
    return replace(reading, intents=reading.intents | {Intent(name) for name in last.intents})
