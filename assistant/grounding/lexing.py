"""A text as the words that count: what binds and denies, numbers, content; what asserts nothing is left out.

Words of one meaning become one token (最多 and 最高), a bound behind its number goes before it, and
between the tokens it is kept where one could leave off or begin without cutting a phrase in two.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.grounding.mentions import Mention, mentions
from assistant.grounding.vocabulary import FLOATING, GLUE, OPERATOR, SYNONYM, WORD, vocabulary

BREAKS = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;:!?\n()「」“”\"【】，；：！？（）]")
_TITLE = re.compile(r"《[^《》]*》")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+-]*")
_ENUMERATED = re.compile(
    r"(?:^|(?<=[,。;:!?\n、]))(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十](?:[项条个种点]?(?=[,是:]))|其[一二三四五](?=[,是])"
    r"|(?:条件|要求|情形)[一二三四五六七八九十](?=[:,])|\(\d\)|\d+[.、](?!\d))"
)

_FIXED = frozenset({"not", "whether", "or"})


class Sort(StrEnum):
    """What a token is."""

    OPERATOR = "operator"
    NUMBER = "number"
    CONTENT = "content"
    WORD = "word"
    FLOATING = "floating"


@dataclass(frozen=True, slots=True)
class Token:
    """One word that counts, the segment between points it is in, whether a phrase may begin or end here."""

    sort: Sort
    value: object
    segment: int
    opens: bool = True
    closes: bool = True
    words: str = ""


@lru_cache(maxsize=512)  # the quotes, labels and names of the same clauses come with every answer about them
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a plain text.

    >>> [one.value for one in tokens("最多可以拿到三百万元的资助")]
    ['upper', ('money', Decimal('3E+6'))]
    """
    found: list[Token] = []
    edge = True
    for token in _scanned(text):
        if token is None:
            edge = True
            if found:
                found[-1] = replace(found[-1], closes=True)
            continue
        loose = token.sort is not Sort.CONTENT
        if found and loose:
            found[-1] = replace(found[-1], closes=True)
        _place(found, replace(token, opens=edge or loose, closes=loose))
        edge = loose
    if found:
        found[-1] = replace(found[-1], closes=True)
    return tuple(found)


def _place(found: list[Token], token: Token) -> None:
    """Put a token at the end; operators side by side stand in one order, each once: 每次最高, 最高…/次."""
    at = len(found)
    if _is_free(token):
        while at and _is_free(found[at - 1]) and found[at - 1].segment == token.segment:
            if found[at - 1].value == token.value:
                return
            if (found[at - 1].value, token.value) == ("under", "upper"):  # 没到…的上限 is 未超过上限
                found[at - 1] = replace(token, value="within")
                continue
            at -= 1
        while at < len(found) and str(found[at].value) < str(token.value):
            at += 1
    found.insert(at, token)


def _is_free(token: Token) -> bool:
    return token.sort is Sort.OPERATOR and token.value not in _FIXED


def _scanned(text: str) -> Generator[Token | None]:
    """Yield the tokens in order, None where something stands that asserts nothing."""
    numbers = {one.start: one for one in mentions(text)}
    skipped = {m.start(): m.end() for pattern in (_TITLE, _ENUMERATED) for m in pattern.finditer(text)}
    place = segment = 0
    while place < len(text):
        if place in skipped:
            place = skipped[place]
            yield None
        elif place in numbers and not _is_operator(text, numbers[place]):
            place = yield from _number(text, numbers[place], segment)
        elif BREAKS.match(text, place):
            place, segment = place + 1, segment + 1
            yield None
        else:
            place = yield from _word(text, place, segment, numbers)


def _is_operator(text: str, mention: Mention) -> bool:
    """Tell whether what reads as a number is part of a word that binds: 一次性, 一家单位."""
    found = vocabulary().at(text, mention.start)
    return found is not None and found[0].sort == OPERATOR and found[1] >= mention.end


def _number(text: str, mention: Mention, segment: int) -> Generator[Token | None, None, int]:
    """Yield a number, before it the bound that stands behind it; return where the reading goes on."""
    words, end = vocabulary(), mention.end
    for pattern, meaning in ((words.upper_after, "upper"), (words.lower_after, "lower")):
        match = pattern.match(text, end)
        if match and mention.what[0] not in ("date", "clause"):
            yield Token(Sort.OPERATOR, meaning, segment, words=match[0])
            end = match.end()
            break
    rate = words.at(text, end) if text[end : end + 1] == "/" else None
    if rate and rate[0].sort == OPERATOR:
        yield Token(Sort.OPERATOR, rate[0].meaning, segment, words=text[end : rate[1]])
        end = rate[1]
    yield Token(Sort.NUMBER, mention.what, segment, words=mention.words)
    if mention.what[0] == "date" and (match := words.ends_after.match(text, end)):
        end = match.end()
    return end


def _word(
    text: str, place: int, segment: int, numbers: dict[int, Mention]
) -> Generator[Token | None, None, int]:
    """Yield what stands at a place that is no number; return where the reading goes on."""
    following = min((start for start in numbers if start > place), default=None)
    found = vocabulary().at(text, place, following)
    if found and following is not None and numbers[following].end > found[1] > following:
        found = None
    if found is None:
        return (yield from _plain(text, place, segment))
    entry, end = found
    said = text[place:end]
    if entry.sort == GLUE:
        yield None
    elif entry.sort == WORD:
        for character in said:
            yield Token(Sort.CONTENT, character, segment, words=character)
    else:
        sort = {OPERATOR: Sort.OPERATOR, SYNONYM: Sort.WORD, FLOATING: Sort.FLOATING}[entry.sort]
        yield Token(sort, entry.meaning, segment, words=said)
    return end


def _plain(text: str, place: int, segment: int) -> Generator[Token | None, None, int]:
    """Yield one Latin word or one Chinese character that no list has; return where the reading goes on."""
    latin = _LATIN.match(text, place)
    if latin:
        yield Token(Sort.WORD, latin[0].lower(), segment, words=latin[0])
        return latin.end()
    character = text[place]
    yield Token(Sort.CONTENT, character, segment, words=character) if "㐀" <= character <= "鿿" else None
    return place + 1
