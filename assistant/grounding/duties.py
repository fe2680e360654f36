"""What must be said: every condition, the result, the sources, that a draft is a draft, the open question.

What counts as told are the words of a composed line that were said in segments it bears out. A line that is
not told is lost; lost lines follow as composed: leaving something out costs no more than a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.conversation import Outcome
from assistant.grounding.attribution import is_one
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.lexing import Sort, tokens
from assistant.grounding.mentions import mentions
from assistant.grounding.reference import Reference, Said
from assistant.grounding.shapes import bigrams, chunks, plain_text, share
from assistant.grounding.statements import TOKEN
from assistant.grounding.support_alignment import Unit
from assistant.grounding.verification import Verifier
from corpus.model.document import DocumentStatus

_DRAFT = re.compile("草案|征求意见")
_CONDITION = re.compile("^(?:各项都)?(?:还须符合|未满足的条件|还需|条件)|须同时符合|的条件[:：]")
_NOTE = re.compile(r"^(?:【草案】《|效力:|来源说明:|草案拟定)")
_LISTING = re.compile("发文机关是|^责任单位:|^具体办理")
_OPTIONAL = re.compile("^(?:算式|依据|按您的说法|告诉我|相关内容|您还提到)")
_LEAD = re.compile("^《[^《》]+》的?内容如下:$")  # says nothing that what follows does not
_ASKS = re.compile("[?]|请(?:您)?(?:告诉|告知|提供|说明|补充|给出|填|确认)|(?:麻烦|烦请)您?")
_ASIDE = re.compile(r"\([^()]*\)")
_QUOTED = re.compile("「[^「」]*」")
_HALF, _ASKED, _ALL = 0.5, 0.4, 0.999
_LONGEST, _SPARE = 2.5, 160
_OF_FORCE = re.compile("现行|施行|生效|申领|申请|申报|正式|有效|依据")
_NOTES = (
    (DocumentStatus.EXPIRED, re.compile("届满|到期|失效|过期")),
    (DocumentStatus.REPEALED, re.compile("废止|失效")),
    (DocumentStatus.REPORT, re.compile("报道|新闻")),
    (DocumentStatus.NOT_YET_IN_FORCE, re.compile("施行|实施|生效|有效期")),
)


def lost_lines(wording: str, verifier: Verifier) -> tuple[Said, ...]:
    """Return the composed lines that a wording does not tell, in their order."""
    text = plain_text(TOKEN.sub("", wording))
    used = frozenset(int(n) for n in TOKEN.findall(wording))
    numbers = {one.what for one in mentions(text)}
    lost = [
        line
        for at, line in enumerate(verifier.reference.lines)
        if not _is_told(at, line, verifier, numbers) or not line.cites <= used
    ]
    citations = verifier.reference.citations
    return tuple(
        line
        for line in verifier.reference.lines
        if line in lost or _is_wanted_note(line, text, frozenset(citations[n].status for n in line.cites))
    )


def duty_faults(wording: str, verifier: Verifier) -> Iterator[Fault]:
    """Yield what a whole wording leaves out, or that it is too long."""
    text = plain_text(TOKEN.sub("", wording))
    if told_too_long(text, verifier.reference):
        yield Fault(Kind.LENGTH)
    for line in lost_lines(wording, verifier):
        plain = plain_text(line.text)
        if _NOTE.search(plain):
            yield Fault(Kind.DRAFT if _DRAFT.search(plain) else Kind.NOTE, plain)
        else:
            yield Fault(Kind.QUESTION if plain.endswith("?") else Kind.LOST, plain)


def draft_faults(lines: tuple[str, ...], reference: Reference) -> Iterator[Fault]:
    """Yield the lines that give a draft's number without a word, there or before, that it is a draft."""
    told = False
    for line in lines:
        cites = {int(n) for n in TOKEN.findall(line)}
        cited = [reference.citations[n] for n in cites & reference.citations.keys()]
        told = told or bool(_DRAFT.search(line))
        is_draft = any(one.status is DocumentStatus.DRAFT for one in cited)
        if is_draft and not told and mentions(plain_text(TOKEN.sub("", line))):
            yield Fault(Kind.DRAFT, TOKEN.sub("", line))
            return


def _is_told(at: int, line: Said, verifier: Verifier, numbers: set[tuple[object, ...]]) -> bool:
    plain = plain_text(line.text)
    if _OPTIONAL.search(plain):
        return True
    if not line.cites and (plain.endswith("?") or plain.startswith("请") or "请给出" in plain):
        return _share(at, verifier) >= _ASKED or verifier.reference.answer.outcome is not Outcome.NEEDS_INPUT
    if _NOTE.search(plain):
        return True  # its own words are looked for in the whole
    if _CONDITION.search(plain):
        told = (
            verifier.own if _is_begun(at, verifier) else verifier.told
        )  # a list that is begun has every item
        return _share(at, verifier, _ASIDE, told) >= _ALL
    if _LISTING.search(plain):
        return _share(at, verifier, _QUOTED) >= _ALL
    wanted = [one.what for one in mentions(_QUOTED.sub("", plain)) if one.what[0] in ("money", "rate")]
    if wanted and (at == 0 or "可获" in plain or "拟给予" in plain or plain.startswith("-")):
        return all(what in numbers for what in wanted)
    is_lead = bool(_LEAD.search(plain))
    return not line.cites or is_lead or _share(at, verifier) >= _HALF or _is_said(at, verifier)


def _is_said(at: int, verifier: Verifier) -> bool:
    """Tell whether all that a line denies, leaves open or binds is told, in words that stand beside it."""
    wanted = [
        (number, place)
        for number, unit in enumerate(verifier.units)
        if unit.line == at and unit.keys == verifier.reference.lines[at].cites
        for place, token in enumerate(unit.tokens)
        if token.value in ("not", "whether", "unmet")
    ]
    return bool(wanted) and any(place in verifier.told[number] for number, place in wanted)


def _is_begun(at: int, verifier: Verifier) -> bool:
    """Tell whether an item of a list is told as such, other than in a quote of the clause."""
    for number, unit in enumerate(verifier.units):
        if unit.line == at:
            spared = _spared(unit, _ASIDE)
            told = {unit.tokens[place].segment for place in verifier.own.get(number, set())}
            if told - spared:
                return True
    return False


def _share(
    at: int,
    verifier: Verifier,
    without: re.Pattern[str] | None = None,
    told: Mapping[int, set[int]] | None = None,
) -> float:
    """Return which part of a line's content is told, by the best of the units it is held against in."""
    told = verifier.told if told is None else told
    units = [(n, unit) for n, unit in enumerate(verifier.units) if unit.line == at and unit.tokens]
    return max((_share_of(unit, told.get(n, set()), without) for n, unit in units), default=0.0)


def _share_of(unit: Unit, told: set[int], without: re.Pattern[str] | None) -> float:
    spared = _spared(unit, without) if without else frozenset()
    wanted = [
        at
        for at, token in enumerate(unit.tokens)
        if token.sort is not Sort.FLOATING
        and (token.sort is not Sort.OPERATOR or without is _ASIDE)
        and token.segment not in spared
        and not is_one(token)
    ]
    return sum(at in told for at in wanted) / len(wanted) if wanted else 1.0


def _spared(unit: Unit, without: re.Pattern[str]) -> frozenset[int]:
    """Return the segments that need not be told: the head of a list, and what is said by the way."""
    head = unit.text.partition(":")[0] + ":" if ":" in unit.text else ""
    spared = {token.segment for token in tokens(head)}
    kept = without.sub(lambda match: "(" + "甲" * (len(match[0]) - 2) + ")", unit.text)
    spared |= {token.segment for token in tokens(kept) if token.words == "甲"}
    return frozenset(spared)


def _is_wanted_note(line: Said, text: str, statuses: frozenset[DocumentStatus | None]) -> bool:
    """Tell whether a line says of a document what the text does not."""
    plain = plain_text(line.text)
    if not _NOTE.search(plain):
        return False
    if plain.startswith("【草案】《") or "不是现行政策" in plain:
        return not (
            _DRAFT.search(text) and any(_denies(one) and _OF_FORCE.search(one) for one in chunks(text))
        )
    if "未载明" in plain:
        return not any(_denies(one) and re.search("载明|写|注明|列明|说明", one) for one in chunks(text))
    if "三个月" in plain and not re.search("三个月|3个月|尽快|抓紧|即将", text):
        return True
    wanted = [words for status, words in _NOTES if status in statuses and words.search(plain)]
    return bool(wanted) and not any(words.search(text) for words in wanted)


def _denies(text: str) -> bool:
    return sum(token.value in ("not", "unmet") for token in tokens(text)) % 2 == 1


def told_too_long(text: str, reference: Reference) -> bool:
    """Tell whether a wording is much longer than what it words."""
    return len(text) > _LONGEST * len(reference.answer.text) + _SPARE


def stands_for(text: str, cites: frozenset[int], lines: Sequence[Said]) -> Said | None:
    """Return the composed line that a sentence words, None where it words none."""
    own = bigrams(plain_text(text))
    numbers = {one.what for one in mentions(plain_text(text))}
    best: tuple[float, Said] | None = None
    for line in lines:
        if cites and line.cites and not line.cites & cites:
            continue
        plain = plain_text(line.text)
        alike = share(own, bigrams(plain)) + 0.1 * len(numbers & {one.what for one in mentions(plain)})
        if best is None or alike > best[0]:
            best = alike, line
    return best[1] if best and best[0] >= _ASKED else None
