"""A clause as extraction sees it: its sentences, its lists of numbers with their context and role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.extraction.mentions import Coordination, Mention, coordinations, mentions_of
from corpus.extraction.roles import Context, MentionRole, context_of, role_of
from corpus.extraction.segments import Sentence, is_row, sentences
from corpus.model.document import Clause, ClauseKind
from corpus.reading.numerals import Kind


@dataclass(frozen=True, slots=True)
class NumberList:
    """A coordinated list of sums or rates with what was made of it."""

    group: Coordination
    sentence: Sentence
    context: Context
    role: MentionRole


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """One clause, its numbers and its lists of sums and rates in order."""

    clause: Clause
    above: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    lists: tuple[NumberList, ...]


def read_clause(clause: Clause, above: str) -> ClauseReading:
    """Read one clause; `above` are its headings and the sentence that leads to it."""
    text = clause.text
    mentions = mentions_of(text)
    groups = [one for one in coordinations(mentions, text) if one.kind in (Kind.MONEY, Kind.RATE)]
    parts = sentences(text)
    lists: list[NumberList] = []
    for place, group in enumerate(groups):
        sentence = next(one for one in parts if one.start <= group.start < one.end)
        before = groups[place - 1].end if place else 0
        after = groups[place + 1].start if place + 1 < len(groups) else len(text)
        led = above + "；" + _lead(text, sentence)
        context = context_of(text, group, (before, after), sentence, led)
        if lists and lists[-1].sentence == sentence and lists[-1].role is MentionRole.AWARD:
            context = replace(context, follows_award=lists[-1].group.is_money)
        lists.append(NumberList(group, sentence, context, role_of(group, context)))
    return ClauseReading(clause, above, parts, mentions, tuple(lists))


_LISTS_BELOW = re.compile(
    r"(?:见|按|如|依|按照)(?:附|下|以下|下列|下述)[^，。；]{0,8}[。：:]?\s{0,8}(?:$|\n)"
)


def _lead(text: str, sentence: Sentence) -> str:
    """Return what the paragraph says before a sentence that a semicolon or line joins to it."""
    begin = text.rfind("。", 0, sentence.start) + 1
    if is_row(text[sentence.start : sentence.end]) or _LISTS_BELOW.search(text[: sentence.start]):
        begin = 0
    return text[begin : sentence.start]


def leads(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return for each clause what stands above it: its headings and its parents' own first lines."""
    by_path = {clause.path: clause for clause in clauses}
    found: dict[str, str] = {}
    for clause in clauses:
        words = list(clause.headings)
        parent = clause.path.parent
        while parent is not None:
            holder = by_path.get(parent)
            if holder is not None and holder.kind in (ClauseKind.ITEM, ClauseKind.HEADING):
                words.append(holder.text)
            parent = parent.parent
        found[clause.id] = "；".join(words)
    return found
