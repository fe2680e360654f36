"""Statements without a number: levels (三级), and yes/no facts stated or denied (没有财政预算).

To name a measure is not to state that its conditions hold: 「一测多证能补多少」 names the pilot and says
nothing of having carried it out. What is named tells measures apart; only what is stated is a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.steps.cues import Cues
from assistant.steps.reading.denials import denied_truths, is_denied_at
from assistant.steps.reading.words import PARTS
from assistant.steps.state import AnswerContext
from corpus.model.measure import Fact
from corpus.model.values import Unit
from corpus.reading.numerals import Found, Kind

_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
_LEAD = 3
_THEN = ("那次", "那时", "那会", "那一次", "那回", "那年", "的时候", "时候")
_BESIDE = 14
_LEVEL = re.compile("[一二三四五1-5]级")


def stated_choices(text: str, facts: Iterable[Fact], cues: Cues) -> dict[str, str]:
    """Return the level each LEVEL fact is said to have now; two different ones say nothing certain.

    A level had earlier (之前二级、从二级升到四级) is not the one had now.
    """
    found: dict[str, str] = {}
    for fact in facts:
        if fact.unit == Unit.LEVEL:
            said = [choice for choice in fact.choices if _is_had(choice, text, cues)]
            if len(said) > 1:
                said = [choice for choice in said if is_said_now(choice, text, cues)]
            if len(said) == 1:
                found[fact.name] = said[0]
    return found


def is_said_now(choice: str, text: str, cues: Cues) -> bool:
    """Tell whether a text says a level is had now: not one had earlier, and not one that is denied."""
    for match in re.finditer(_choice_pattern(choice), text):
        before = PARTS.split(text[max(match.start() - _BESIDE, 0) : match.start()])[-1]
        is_raised = before.endswith(cues.raised) or any(
            word in before for word in cues.raised if word != "到"
        )
        is_earlier = any(word in before for word in cues.earlier) and not is_raised
        is_passed = text[match.end() :].startswith((*cues.raised, *_THEN))
        if not is_earlier and not is_passed and not _is_level_denied(text, match, cues):
            return True
    return False


def _is_had(choice: str, text: str, cues: Cues) -> bool:
    """Tell whether a text speaks of a level without denying it everywhere (没拿到二级，只有一级)."""
    found = re.finditer(_choice_pattern(choice), text)
    return any(not _is_level_denied(text, match, cues) for match in found)


def _is_level_denied(text: str, match: re.Match[str], cues: Cues) -> bool:
    """Tell whether a level is denied; what denies the one before it (不是三级是一级) does not count."""
    earlier = [other.end() for other in _LEVEL.finditer(text, 0, match.start())]
    first = max(earlier, default=0)
    return is_denied_at(text[first:], match.start() - first, match.end() - first, cues)


def _choice_pattern(choice: str) -> str:
    digit = _NUMERALS.get(choice[0])
    return f"(?<!哪)(?:{choice}|{digit}{choice[1:]})(?!及以上|以上)" if digit else re.escape(choice)


def stated_truths(
    text: str, facts: Sequence[Fact], context: AnswerContext, quantities: Sequence[Found] = ()
) -> dict[str, str]:
    """Return the yes/no facts the person states (是) or denies (否) in so many words."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.unit != Unit.YES_NO:
            continue
        if any(_holds(text, match, context) for match in _statements(text, fact, context, quantities)):
            found[fact.name] = "是"
    return found | dict.fromkeys(denied_truths(text, facts, context), "否")


def named_truths(
    text: str, facts: Sequence[Fact], context: AnswerContext, quantities: Sequence[Found] = ()
) -> frozenset[str]:
    """Return the yes/no facts the text speaks of, stated or only named, that it does not deny.

    A shorter name inside a longer one (服务型制造 in 服务型制造称号) names nothing of its own.
    """
    spans = {
        fact.name: (at, at + len(word))
        for fact in facts
        if fact.unit == Unit.YES_NO
        for at, word in [*_mentions(text, fact, context, quantities)][:1]
        if not _is_denied(text, at, word, context)
    }
    return frozenset(
        name for name, span in spans.items() if not any(_inside(span, o) for o in spans.values())
    )


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


def _mentions(
    text: str, fact: Fact, context: AnswerContext, quantities: Sequence[Found]
) -> Iterator[tuple[int, str]]:
    """Return where the fact's own words stand, longest first.

    Words that lead up to a number (已经拿过30万) speak of that number, not of the fact.
    """
    words = sorted((*fact.hints, *context.glossary.words_for(fact.name)), key=len, reverse=True)
    for word in words:
        at = text.find(word)
        end = at + len(word)
        sums = (found for found in quantities if found.kind in {Kind.MONEY, Kind.NUMBER})
        leads_up = word.endswith("过") and any(0 <= found.start - end <= _LEAD for found in sums)
        if at >= 0 and not leads_up and not _is_asked(text[end:]):
            yield at, word


def _statements(
    text: str, fact: Fact, context: AnswerContext, quantities: Sequence[Found]
) -> Iterator[tuple[int, int]]:
    """Return the stretches that may state the fact."""
    stated = context.glossary.stated
    if fact.name in stated.by_hint:
        yield from ((at, at + len(word)) for at, word in _mentions(text, fact, context, quantities))
    for pattern in stated.outright.get(fact.name, ()):
        yield from (match.span() for match in pattern.finditer(text))
    for pattern in stated.deeds.get(fact.name, ()):
        spans = (match.span() for match in pattern.finditer(text))
        yield from (span for span in spans if _has_deed(text, span, context))


def _holds(text: str, span: tuple[int, int], context: AnswerContext) -> bool:
    start, end = span
    before = PARTS.split(text[:start])[-1]
    is_planned = any(plan in before for plan in context.cues.cues.plans)
    return (
        not is_planned and not _is_asked(text[end:]) and not _is_denied(text, start, text[start:end], context)
    )


def _has_deed(text: str, span: tuple[int, int], context: AnswerContext) -> bool:
    """Tell whether a word of doing or being stands beside the words, in the same part of the sentence."""
    start, end = span
    before = PARTS.split(text[max(start - _BESIDE, 0) : start])[-1]
    after = PARTS.split(text[end : end + _BESIDE])[0]
    return bool(_deeds(context.cues.cues.own_deeds).search(f"{before}\n{after}"))


@lru_cache(maxsize=4)
def _deeds(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _is_asked(after: str) -> bool:
    return bool(re.match(r"[^，。；,;]{0,4}(吗|是否|才|的条件|算不算)", after))


def _is_denied(text: str, at: int, word: str, context: AnswerContext) -> bool:
    cues = context.cues.cues
    own = any(word.startswith(negation) for negation in cues.negations)
    return not own and is_denied_at(text, at, at + len(word), cues)
