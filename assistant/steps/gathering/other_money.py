"""Money that only looks like a base: turnover, an outlay on something else, an award of another year."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.steps.gathering.nearness import words_around
from assistant.steps.state import State
from corpus.glossary import Glossary
from corpus.model.measure import Fact, Measure
from corpus.reading.numerals import Found

_NEAR = 4
_EARLIER = ("去年", "上年", "前年")
_RECEIVED_BEFORE = re.compile("(?:补|奖|拿|领|得|享受|给|报|贴)过(?:了|大概|大约)?$")
_SPENT = re.compile("^(?!.*(?:获得|已)).*(?:投入|投资|费用?|成本|支出|合同金额|保费|利息)")
_OUTLAYS = "投入|投资|支出|费用?|经费|开支|花费|花了?"
_FILLING = "是为有约达到了一共大概大约年全的在做"
TIME = re.compile(r"今年|本年|去年|上年|前年|明年|(?:19|20)\d\d年度?")


def is_of_another_kind(found: Found, state: State) -> bool:
    """Tell whether the word right before a number makes it something no measure asks for (营收3亿)."""
    before, _ = words_around(found, state.reading)
    return bool(_ended_by(state.context.glossary.never_facts).search(before))


def is_of_another_year(found: Found, fact: Fact, text: str) -> bool:
    """Tell whether a sum was paid in an earlier year (去年补过30万), for a fact on what this year brought."""
    said = TIME.findall(text[: found.start])
    return fact.is_of_this_year and bool(said) and said[-1] in _EARLIER


@lru_cache(maxsize=4)
def _ended_by(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that ends in one of the words, or in one and a little filling."""
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})[{_FILLING}]{{0,{_NEAR}}}$")


def is_other_money(before: str, fact: Fact, measure: Measure, state: State, is_worded: bool) -> bool:
    """Tell whether the words before a number make it money of another kind: spent elsewhere, or been paid."""
    if _is_spent_elsewhere(before, measure, state.context.glossary):
        return True
    paid = _ended_by(state.context.cues.cues.done_words).search(before)
    if _RECEIVED_BEFORE.search(before) and _SPENT.search(fact.label):
        return True  # 上云补过30万
    return paid is not None and not is_worded


def _is_spent_elsewhere(before: str, measure: Measure, glossary: Glossary) -> bool:
    """Tell whether the words before a number say it was spent on something else: 研发投入, 广告投入."""
    words = f"{measure.name}\n{measure.passage.quote}"
    match = _spent_on(glossary.foreign_outlays).search(before)
    return match is not None and match["what"] not in words


@lru_cache(maxsize=4)
def _spent_on(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for text that ends in an outlay on one of the things."""
    things = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(f"(?P<what>{things})的?总?(?:{_OUTLAYS})[{_FILLING}]{{0,{_NEAR}}}$")
