"""Where in the question something is asked for; a cue word may be only part of the text's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.steps.cues import Intent
from assistant.steps.state import State

LAST = 10_000
_OWN = re.compile(r"我|咱|本公司|本单位|本企业|本机构|公司|厂|自己")
_GIVES = re.compile(
    r"(?<!能)(?<!可以)(?<!可)(?<!再)(?<!会)(?:给|支持|奖励|补贴|补助|资助|扶持|贴息|奖|补|贴)(?:多少|几)"
)
_OPENLY = re.compile(r"多少|几成|几个点|百分之几|怎么算|给几|补几|什么标准")


def asked_at(state: State, intent: Intent, apart_from: Intent | None = None) -> int | None:
    """Return where the question first asks for this, None where it does not.

    What an earlier turn asked for and this one takes over stands at its beginning. A cue that lies in
    words of another intent (「哪些单位负责」), or of what the measures meant say themselves
    (「行业主管部门主办的展会」), asks for nothing.
    """
    if not state.reading.asks(intent):
        return None
    found = list(_matches(state, intent))
    others = [match.span() for match in _matches(state, apart_from)] if apart_from else []
    for match in found:
        start, end = match.span()
        inside = any(first <= start < last or first < end <= last for first, last in others)
        if not inside and not is_of_the_text(state, match.group(), start):
            return start
    return None if found else 0


def _matches(state: State, intent: Intent) -> Iterator[re.Match[str]]:
    pattern = dict(state.context.cues.patterns).get(intent)
    return pattern.finditer(state.reading.text.lower()) if pattern is not None else iter(())


def is_of_the_text(state: State, word: str, start: int) -> bool:
    """Tell whether a word and the character after it stand so in what the measures meant grant.

    「固定资产」 does not ask for a fixed sum, nor 「主管部门主办」 for the department in charge.
    """
    text = state.reading.text.lower()
    longer = text[start : start + len(word) + 1]
    if len(longer) == len(word) or not longer[-1].isalnum():
        return False
    return any(longer in measure.passage.quote.lower() for measure in state.measures)


def asks_amount_openly(state: State) -> bool:
    """Tell whether a sum or a share is asked for in so many words, not merely spoken of."""
    return state.reading.asks(Intent.AMOUNT) and bool(_OPENLY.search(state.reading.text))


def is_impersonal(state: State) -> bool:
    """Tell whether it is asked what the policy gives (支持多少、奖励多少), not what the person would get.

    So it is where the sum is asked beside who is responsible, on what conditions or until when, too.
    """
    reading = state.reading
    if reading.quantities or _OWN.search(reading.text):
        return False
    beside = reading.asks(Intent.RESPONSIBLE_BODY, Intent.VALIDITY, Intent.CONDITIONS)
    return (beside and not reading.is_follow_up) or bool(_GIVES.search(reading.text))
