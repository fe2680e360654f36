"""What must be said: the result, the sources, that a draft is a draft, the question that is open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import EstimateStatus, Outcome
from assistant.wording.faults import Fault, Kind
from assistant.wording.mentions import mentions
from assistant.wording.polarity import denials
from assistant.wording.reference import Reference
from assistant.wording.shapes import bigrams, chunks, plain_text, share
from assistant.wording.statements import TOKEN
from corpus.model.document import DocumentStatus

_DRAFT = re.compile("草案|征求意见")
_CONDITION = re.compile("^(?:还须符合|未满足的条件|还需|条件)|须同时符合|的条件[:：]")
_ASKS = re.compile("[?]|请(?:您)?(?:告诉|告知|提供|说明|补充|给出|填|确认)")
_LONGEST, _SPARE = 2.5, 160
_TOLD, _ASKED = 0.45, 0.4
_LISTED, _LEAST_OWN = 0.75, 3
_ASIDE = re.compile(r"\([^()]*\)")
_QUOTED = re.compile("「[^「」]*」|“[^“”]*”")
_NOTES = (
    (DocumentStatus.EXPIRED, re.compile("届满|到期|失效|过期")),
    (DocumentStatus.REPORT, re.compile("报道|新闻")),
    (DocumentStatus.NOT_YET_IN_FORCE, re.compile("施行|实施|生效|有效期")),
)
_NOTE_LINE = re.compile(r"^(?:【草案】《|效力:|来源说明:|草案拟定)")
_OF_FORCE = re.compile("现行|施行|生效|申领|申请|正式|有效|依据")


def duty_faults(wording: str, reference: Reference) -> Iterator[Fault]:
    """Yield what a whole wording leaves out, or that it is too long."""
    text = plain_text(TOKEN.sub("", wording))
    used = frozenset(int(n) for n in TOKEN.findall(wording))
    for n in sorted(reference.used - used):
        yield Fault(Kind.LOST, f"〔c{n}〕")
    if told_too_long(text, reference):
        yield Fault(Kind.LENGTH)
    yield from _notes(text, reference)
    yield from _results(text, reference)
    yield from _conditions(text, reference)
    if reference.answer.outcome is Outcome.NEEDS_INPUT and not _asks(text, reference):
        yield Fault(Kind.QUESTION, reference.answer.missing[0].question if reference.answer.missing else "")


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


def _notes(text: str, reference: Reference) -> Iterator[Fault]:
    statuses = {one.status for one in reference.answer.citations}
    composed = plain_text(reference.answer.text)
    pieces = chunks(text)
    if DocumentStatus.DRAFT in statuses and not (
        _DRAFT.search(text) and any(denials(piece) % 2 and _OF_FORCE.search(piece) for piece in pieces)
    ):
        yield Fault(Kind.DRAFT)
    for status, words in _NOTES:
        if status in statuses and words.search(composed) and not words.search(text):
            yield Fault(Kind.NOTE, words.pattern)
    if "未载明" in composed and not any(
        denials(piece) % 2 and re.search("载明|写明|注明|写|列明|说明|提到|给出|规定", piece)
        for piece in pieces
    ):
        yield Fault(Kind.NOTE, "未载明")
    if "不足三个月" in composed and not re.search("三个月|3个月|尽快|抓紧|即将", text):
        yield Fault(Kind.NOTE, "不足三个月")


def _results(text: str, reference: Reference) -> Iterator[Fault]:
    """Yield the sums and the refusals of the estimates that the text passes over."""
    told = {mention.what for mention in mentions(text)}
    for line in reference.lines[:1]:
        for mention in mentions(plain_text(line.text)):
            if mention.what[0] in ("money", "rate") and mention.what not in told:
                yield Fault(Kind.LOST, mention.words)
    ineligible = [one for one in reference.answer.estimates if one.status is EstimateStatus.NOT_ELIGIBLE]
    if ineligible and not any(denials(piece) % 2 or "未达条件" in piece for piece in chunks(text)):
        yield Fault(Kind.NOTE, "未达条件")


def _conditions(text: str, reference: Reference) -> Iterator[Fault]:
    """Yield the conditions of which next to nothing is left."""
    if _is_refused(reference):
        return
    whole, unquoted = bigrams(text), bigrams(_QUOTED.sub(" ", text))
    for line in reference.lines:
        plain = plain_text(line.text)
        if not _CONDITION.search(plain) or _NOTE_LINE.search(plain):
            continue
        told = _ASIDE.sub("", plain).partition(":")[2]
        items = [one for one in re.split("[;；]", told) if bigrams(one)]
        is_listed = any(share(bigrams(item), unquoted) >= _LISTED for item in items)
        held = unquoted if is_listed else whole  # a list that is begun has every item
        for item in items:
            if share(_own(item, items), held) < _TOLD:
                yield Fault(Kind.LOST, item)


def _own(item: str, items: list[str]) -> frozenset[str]:
    """Return the pairs of characters of one item of a list that no other has, all where it has too few."""
    pairs = bigrams(item)
    own = pairs - frozenset().union(*(bigrams(other) for other in items if other != item))
    return own if len(own) >= _LEAST_OWN else pairs


def _is_refused(reference: Reference) -> bool:
    """Tell whether nothing asked about can be had: then the other conditions are of no interest."""
    estimates = reference.answer.estimates
    return bool(estimates) and all(one.status is EstimateStatus.NOT_ELIGIBLE for one in estimates)


def _asks(text: str, reference: Reference) -> bool:
    """Tell whether the open question is put, by a sentence that asks and has its words."""
    asked = [
        plain_text(line.text)
        for line in reference.lines
        if line.text.endswith(("？", "?")) and not line.cites
    ]
    asked += [plain_text(line.text) for line in reference.lines if line.text.startswith("请")]
    asked += [plain_text(one.question) for one in reference.answer.missing[:1]] if not asked else []
    sentences = [one for one in re.split(r"(?<=[。?!\n])", text) if _ASKS.search(one)]
    wanted = [bigrams(re.sub(r"\([^)]*\)", "", one)) for one in asked]
    return not wanted or all(any(share(one, bigrams(some)) >= _ASKED for some in sentences) for one in wanted)


def told_too_long(text: str, reference: Reference) -> bool:
    """Tell whether a wording is much longer than what it words."""
    return len(text) > _LONGEST * len(reference.answer.text) + _SPARE
