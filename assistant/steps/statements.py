"""Statements without a number: levels (三级), and yes/no facts stated or denied (没有财政预算)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.steps.state import Desk
from corpus.model.measure import Fact
from corpus.model.values import Unit
from corpus.reading.numerals import Found

_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
_REACH = 4
_LEAD = 3


def stated_choices(text: str, facts: Iterable[Fact]) -> dict[str, str]:
    """Return the level each LEVEL fact is said to have; two different ones say nothing certain."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.unit is Unit.LEVEL:
            said = [choice for choice in fact.choices if re.search(_choice_pattern(choice), text)]
            if len(said) == 1:
                found[fact.name] = said[0]
    return found


def _choice_pattern(choice: str) -> str:
    digit = _NUMERALS.get(choice[0])
    return f"(?:{choice}|{digit}{choice[1:]})(?!及以上|以上)" if digit else re.escape(choice)


def stated_truths(
    text: str, facts: Sequence[Fact], desk: Desk, quantities: Sequence[Found] = ()
) -> dict[str, str]:
    """Return the yes/no facts the person states or denies in the fact's own words.

    Words that lead up to a number (已经拿过30万) speak of that number, not of the fact.
    """
    found: dict[str, str] = {}
    for fact in facts:
        if fact.unit is Unit.YES_NO and (answer := _truth(text, fact, desk, quantities)) is not None:
            found[fact.name] = "是" if answer else "否"
    return found


def _truth(text: str, fact: Fact, desk: Desk, quantities: Sequence[Found]) -> bool | None:
    words = sorted((*fact.hints, *desk.glossary.words_for(fact.name)), key=len, reverse=True)
    for word in words:
        at = text.find(word)
        end = at + len(word)
        leads_up = word.endswith("过") and any(0 <= found.start - end <= _LEAD for found in quantities)
        if at >= 0 and not leads_up and not _is_asked(text[end:]):
            return not _is_denied(text[max(at - _REACH, 0) : at], word, desk)
    return None


def _is_asked(after: str) -> bool:
    return bool(re.match(r"[^，。；,;]{0,4}(吗|是否|才|的条件|算不算)", after))


def _is_denied(before: str, word: str, desk: Desk) -> bool:
    own = any(word.startswith(negation) for negation in desk.cues.cues.negations)
    tail = re.split(r"[，。；,;、]", before)[-1]
    return not own and any(negation in tail for negation in desk.cues.cues.negations)
