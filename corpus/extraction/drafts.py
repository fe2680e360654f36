"""Which lists of numbers make one award: a rate with its limit, a sum with its cap, tiers with one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.extraction.bounds import bound_after, bound_before, each_before, together, yearly
from corpus.extraction.lexicon import BOUND, BOUND_AFTER, GIVE, NAMED_AWARDS, SUPPORT_LEFT, TOGETHER
from corpus.extraction.reading import ClauseReading, NumberList
from corpus.extraction.roles import MentionRole
from corpus.extraction.segments import CLOSING, OPENING, is_row, part_end
from corpus.reading.numerals import Kind

_GRANTS = re.compile(rf"(?:{GIVE})")
SUPPORT_WORD = re.compile(SUPPORT_LEFT)
_ITEM_BETWEEN = re.compile(
    r"(?:\n|[。；;])\s{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]{1,6}条)"
)
_GRANTED = re.compile(rf"(?:{GIVE})|(?:{SUPPORT_LEFT})")
_CASE_LABEL = re.compile(r"(?:[/／][^，。；]{1,8})?[，,、；][^，。；：\n]{1,40}")
_LIMITED = re.compile(rf"{BOUND}|{BOUND_AFTER}|{TOGETHER.pattern}|对|按")
_CASE = re.compile(
    r"(?:^|[，,：:。；;\n])\s{0,8}(?:其中(?![^，。；]{0,4}(?:最高|不超过))|对(?![单每同])"
    r"|向|首次|新|鼓励|支持(?!总?[金额]))"
)


@dataclass(slots=True)
class Draft:
    """An award being put together from lists of one clause."""

    lists: list[NumberList]

    @property
    def has_rate(self) -> bool:
        """Tell whether it rests on a rate."""
        return any(one.group.kind is Kind.RATE for one in self.lists)

    @property
    def has_yearly(self) -> bool:
        """Tell whether one of its limits runs over a year."""
        return any(yearly(one.context.near) for one in self.lists)


def drafts_of(reading: ClauseReading) -> list[Draft]:
    """Group the lists of a clause that are awards."""
    drafts: list[Draft] = []
    for one in reading.lists:
        if one.role is not MentionRole.AWARD:
            continue
        if drafts and _continues(drafts[-1], one, reading):
            drafts[-1].lists.append(one)
        else:
            drafts.append(Draft([one]))
    return drafts


def is_limit(one: NumberList, text: str) -> bool:
    """Tell whether a list of sums limits rather than grants: it is bounded."""
    near_start = one.group.start - len(one.context.near)
    return one.group.kind is Kind.MONEY and bool(
        bound_before(text, one.group.start, near_start) or bound_after(text, one.group.end)
    )


def _continues(draft: Draft, one: NumberList, reading: ClauseReading) -> bool:
    """Tell whether a list of numbers belongs to the award before it."""
    text, last = reading.clause.text, draft.lists[-1]
    between = text[last.group.end : one.group.start]
    if _ITEM_BETWEEN.search(between):
        return False
    is_cell = last.sentence == one.sentence and is_row(text[one.sentence.start : one.sentence.end])
    if is_cell or _is_inside(text, draft.lists[0].group.end, one.group.start):
        return True
    if _is_parallel(last, one, between):
        return True
    if not is_limit(one, text):
        return _is_rate_of_limit(draft, one, between)
    if last.sentence == one.sentence:
        return _limits_in_sentence(draft, one, text)
    return _limits_from_next_sentence(draft, one, text)


def _limits_in_sentence(draft: Draft, one: NumberList, text: str) -> bool:
    """Tell whether a bounded sum of the same sentence limits the award: 按50%，每家最高20万元."""
    last, near = draft.lists[-1], one.context.near
    between = text[last.group.end : one.group.start]
    if draft.has_rate and not re.search("[，,：:]", between):
        return True
    if _CASE.search(_after_part(between)):
        return False
    if last.group.kind is Kind.RATE and not _is_granted(last, text):
        return True
    scoped = _has_scope(one, text)
    if _begins_anew(near) and not (scoped and not _names_case(near)):
        return False
    return draft.has_rate or scoped or not _GRANTS.search(near)


def _after_part(between: str) -> str:
    """Return what follows the part of the sentence that holds the number before."""
    return re.sub("^[^，,。；;\n]*", "", between)


def _is_granted(rate: NumberList, text: str) -> bool:
    """Tell whether the part of the sentence that holds a rate also says that it is granted."""
    end = part_end(text, rate.group.end, rate.sentence.end)
    return bool(_GRANTED.search(text[rate.group.end : end]) or _GRANTED.search(rate.context.near))


def _limits_from_next_sentence(draft: Draft, one: NumberList, text: str) -> bool:
    """Tell whether a sentence of its own limits the award before it: 单个企业每年支持总金额不超过200万元."""
    context = one.context
    between = text[draft.lists[-1].group.end : one.group.start]
    skipped = re.sub(r"[。；;\s]", "", text[draft.lists[-1].sentence.end : one.sentence.start])
    grants_itself = bool(_GRANTS.search(context.near) and SUPPORT_WORD.search(context.right))
    return (
        not skipped
        and not _CASE.search(_after_part(between))
        and not (draft.has_yearly and yearly(context.near))
        and _has_scope(one, text)
        and not grants_itself
        and not context.far.strip()
        and not re.match(r"\s{0,8}按", context.near)
        and not _names_case(context.near)
    )


def _is_parallel(last: NumberList, one: NumberList, between: str) -> bool:
    """Tell whether a sum is one more case of the sums before it: 一等奖20万元，二等奖10万元."""
    label = between.strip()
    return (
        last.group.kind is one.group.kind is Kind.MONEY
        and last.sentence == one.sentence
        and bool(_CASE_LABEL.fullmatch(label))
        and not _GRANTS.search(between)
        and not SUPPORT_WORD.search(re.sub(NAMED_AWARDS, "", between))
        and not _LIMITED.search(between)
    )


def _is_inside(text: str, end: int, start: int) -> bool:
    """Tell whether a list stands in a parenthesis opened behind the award's own sum: its instalments."""
    between = text[end:start]
    opened = sum(between.count(one) for one in OPENING) - sum(between.count(one) for one in CLOSING)
    return opened > 0 and not re.search("[。；;\n]", between)


def _is_rate_of_limit(draft: Draft, one: NumberList, between: str) -> bool:
    """Tell whether a rate follows its sum without a new grant: 最高50万元且不超过总投资的30%."""
    joined = re.match(r"[^。；，]{0,6}(?:且|并且|和|、)", between)
    return one.group.kind is Kind.RATE and not draft.has_rate and bool(joined) and "给予" not in between


def _has_scope(one: NumberList, text: str) -> bool:
    near_start = one.group.start - len(one.context.near)
    near = one.context.near
    return bool(each_before(text, one.group.start, near_start)) or yearly(near) or together(near)


def _begins_anew(near: str) -> bool:
    return bool(re.search(rf"(?:{GIVE})", near)) or _names_case(near)


def _names_case(near: str) -> bool:
    return bool(_CASE.search(near)) or bool(re.search(r"给予[^，每单最不]{2,}", near))
