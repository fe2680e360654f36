"""What a company denies of itself (没有通过DCMM, 评审被驳回, 不是首次): a condition said not to hold.

Two forms make a denial in Chinese: a word of denying before the thing (没有…认定), or after it (认定…没通过).
Both count within one part of the sentence, for the thing nearest to them. What is granted is no condition:
「没拿过上云补贴」 denies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.occurrences import occurrences
from assistant.steps.cues import Cues
from assistant.steps.reading.words import PARTS
from assistant.steps.state import AnswerContext
from corpus.model.measure import Fact
from corpus.model.values import Unit

_GAP = "[^，。；;,？！?!、0-9]"
_NEAR = 8
_SOON = 4
_NUMBER = "[0-9百千万亿两]"  # 「不是2000万」 denies a number, not the thing before it
_GRANTED = re.compile("(的|这项|那项)?(专项)?(补贴|补助|奖励|政策|支持|扶持|资助|资金|贴息|奖|钱)")
_CORRECTED = re.compile("[^，。；;,]{0,8}[，,](而|应该)?是(?!不|否)")  # 不是这个，是那个


@dataclass(frozen=True, slots=True)
class _Thing:
    """Where a text names what a fact speaks of."""

    fact: str
    start: int
    end: int


def denied_truths(text: str, facts: Iterable[Fact], context: AnswerContext) -> frozenset[str]:
    """Return the yes/no facts that the text says do not hold."""
    asked = [fact for fact in facts if fact.unit == Unit.YES_NO]
    outright = {fact.name for fact in asked if _is_outright(text, fact, context)}
    denied = {fact.name for fact in asked if _is_any_denied(text, fact, context)}
    return frozenset(outright | denied)


def _is_any_denied(text: str, fact: Fact, context: AnswerContext) -> bool:
    things = [_Thing(fact.name, *span) for span in _spans(text, fact, context)]
    others = _things_beside(text, fact, context) if things else []
    return any(_is_denied(text, thing, others, context.cues.cues) for thing in things)


def _things_beside(text: str, fact: Fact, context: AnswerContext) -> list[_Thing]:
    """Return what the text names of the conditions that stand beside a fact."""
    known = context.corpus.facts
    beside = (known[name] for name in _beside(fact.name, context) if name in known)
    others = [other for other in beside if other.unit == Unit.YES_NO]
    return [_Thing(other.name, *span) for other in others for span in _spans(text, other, context)]


def without_denied_numbers(told: Mapping[str, str], facts: Mapping[str, Fact]) -> dict[str, str]:
    """Return the facts told without the numbers of what is denied: no sum is due for it."""
    needs = {name: facts[name].requires for name in told if name in facts}
    return {name: words for name, words in told.items() if told.get(needs.get(name) or "") != "否"}


def is_denied_at(text: str, start: int, end: int, cues: Cues) -> bool:
    """Tell whether the words from `start` to `end` are denied in their part of the sentence."""
    return _is_denied(text, _Thing("", start, end), (), cues)


def _is_outright(text: str, fact: Fact, context: AnswerContext) -> bool:
    patterns = context.glossary.denied.outright.get(fact.name, ())
    return any(pattern.search(part) for pattern in patterns for part in PARTS.split(text))


def _beside(name: str, context: AnswerContext) -> frozenset[str]:
    """Return the other facts of the measures that ask for a fact: a denial is of the nearest of them."""
    names = (one.fact_names for one in context.corpus.measures if name in one.fact_names)
    return frozenset(other for some in names for other in some if other != name)


def _spans(text: str, fact: Fact, context: AnswerContext) -> Iterator[tuple[int, int]]:
    """Yield where the thing stands that the fact speaks of; words that deny by themselves are none."""
    for pattern in context.glossary.denied.things.get(fact.name, ()):
        yield from (match.span() for match in pattern.finditer(text))
    for word in (*fact.hints, *context.glossary.words_for(fact.name)):
        if not _opens_with_denial(word, context.cues.cues.negations):
            yield from occurrences(word, text)


def _opens_with_denial(word: str, negations: Sequence[str]) -> bool:
    return word.startswith(("未", "非", *negations)) and not word.startswith("未来")


def _is_denied(text: str, thing: _Thing, others: Sequence[_Thing], cues: Cues) -> bool:
    first = max((match.end() for match in PARTS.finditer(text, 0, thing.start)), default=0)
    last = next((match.start() for match in PARTS.finditer(text, thing.end)), len(text))
    if _GRANTED.match(text[thing.end : last]) or _CORRECTED.match(text[thing.end :]):
        return False
    before = _ending(cues.denying_before, cues.undenied).search(text[first : thing.start])
    if before and not _any_between(others, first + before.end("no"), thing.start):
        return True
    after = _beginning(cues.denying_after, cues.undenied).match(text[thing.end : last])
    if after is None:
        return False
    start, end = (thing.end + at for at in after.span("no"))
    is_said = re.match(rf".{{0,3}}?(?:{_NUMBER}|{'|'.join(cues.undenied)})", text[end:last])
    has_object = _any_between(others, start, min(end + _NEAR + _SOON, last))
    return not (is_said or has_object or _any_between(others, thing.end, start))


def _any_between(things: Sequence[_Thing], first: int, last: int) -> bool:
    return any(first <= one.start and one.end <= last for one in things)


@lru_cache(maxsize=4)
def _ending(denying: tuple[str, ...], undenied: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that ends in a word of denying and a little more."""
    other = "|".join(undenied)
    return re.compile(f"(?P<no>{'|'.join(denying)})(?:(?!{other}){_GAP}){{0,{_NEAR}}}$")


@lru_cache(maxsize=4)
def _beginning(denying: tuple[str, ...], undenied: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that soon goes on with a word of denying."""
    other = "|".join(undenied)
    return re.compile(f"(?:(?!{other}){_GAP}){{0,{_NEAR}}}?(?P<no>{'|'.join(denying)})")
