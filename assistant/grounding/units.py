"""An answer as the units that bear its wording out: lines, sentences of quotes, labels, the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import Citation
from assistant.grounding.lexing import tokens
from assistant.grounding.reference import Reference
from assistant.grounding.shapes import bigrams, likeness, plain_text
from assistant.grounding.support_alignment import Unit

_TITLE = re.compile(r"《([^《》]+)》")
_QUOTE = re.compile("「([^「」]*)」")
_HEAD = re.compile(r"^(?:-\s*)?(?:【草案】)?([^:(「《]{4,40}?)(?:\((?:[^()]|\([^()]*\))*\))?(?:的条件)?:")
_PARTS = re.compile("[;；]")
_FEW = 45


def units_of(reference: Reference) -> tuple[Unit, ...]:
    """Return every unit of an answer but its question."""
    found = list(_of_lines(reference))
    for n, citation in sorted(reference.citations.items()):
        blocks = frozenset(
            one for unit in found if n in unit.keys for one in unit.groups if str(one).startswith("('block'")
        )
        found += _of_citation(n, citation, blocks)
    return tuple(found)


def question_unit(reference: Reference) -> Unit:
    """Return the question's own words, which a wording may give back as the person's."""
    return Unit(reference.question, tokens(reference.question), frozenset(), frozenset())


def _of_lines(reference: Reference) -> Iterator[Unit]:
    names = tuple(plain_text(one.name) for one in reference.answer.estimates)
    quotes = {plain_text(one.span.quote): n for n, one in reference.citations.items()}
    block, heads = "", list[str]()
    for at, line in enumerate(reference.lines):
        text = plain_text(line.text)
        head = _HEAD.match(text)
        if head and (text.startswith("-") or any(head[1].endswith(name) for name in names)):
            block = text
            heads.append(text)
            if text.startswith("-"):
                names = (*names, head[1])
        elif text.startswith(("效力:", "来源说明:", "【草案】《")):
            block = ""
        titles = frozenset(_titles(text) | {reference.citations[n].title for n in line.cites})
        blocks = frozenset({("block", block)}) if block else frozenset[object]()
        ours, quoted = _parted(text)
        yield Unit(ours, tokens(ours), line.cites, blocks or frozenset({("line", at)}), titles, at)
        for k, quote in enumerate(quoted):
            keys = frozenset({quotes[quote]}) if quote in quotes else line.cites
            yield from _quoted(quote, keys, blocks, titles, (at, k))
    for n, one in sorted(reference.citations.items()):
        label = plain_text(f"{one.label}、{_TITLE.sub('', one.title)}")
        yield Unit(label, tokens(label), frozenset({n}), frozenset(), frozenset({one.title}), is_label=True)
    for name in dict.fromkeys(names):
        groups = frozenset(("block", head) for head in heads if name in head.partition(":")[0])
        yield Unit(name, tokens(name), frozenset(), groups, is_name=True)


def _parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what is ours of a line, and what it quotes at length; a few words quoted are as ours."""
    quoted = tuple(_QUOTE.findall(text))
    if all(len(quote) <= _FEW for quote in quoted):
        return _QUOTE.sub(r" \1 ", text), ()
    return _QUOTE.sub(" 」 ", text), quoted


def _quoted(
    quote: str, keys: frozenset[int], blocks: frozenset[object], titles: frozenset[str], at: tuple[int, int]
) -> Iterator[Unit]:
    """Yield the sentences of a quote; where there are several, what is said of one is not said of another."""
    parts = [part for part in _PARTS.split(quote) if part]
    for k, part in enumerate(parts):
        groups = frozenset({("quote", *at, k)})
        whole = groups | (blocks if len(parts) == 1 else _nearest(part, blocks))
        yield Unit(part, tokens(part), keys, whole, titles, at[0] if at[0] >= 0 else None)


def _nearest(part: str, blocks: frozenset[object]) -> frozenset[object]:
    """Return the one measure, of those that rest on a quote, that a sentence of it is most like."""
    own = bigrams(part)
    found = sorted(blocks, key=lambda block: likeness(own, bigrams(str(block))), reverse=True)
    return frozenset(found[:1])


def _of_citation(n: int, one: Citation, blocks: frozenset[object]) -> Iterator[Unit]:
    quote = plain_text(one.span.quote)
    yield from _quoted(quote, frozenset({n}), blocks, frozenset({one.title}), (-n, 0))


def _titles(text: str) -> set[str]:
    return set(_TITLE.findall(text))
