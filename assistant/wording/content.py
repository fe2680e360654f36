"""What a statement speaks of: nothing its sources do not, and what the source it cites does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import ConditionState
from assistant.wording.faults import Fault, Kind
from assistant.wording.mentions import mentions
from assistant.wording.reference import Reference
from assistant.wording.shapes import bigrams, chunks, plain_text, share
from assistant.wording.statements import Statement
from assistant.wording.vocabulary import vocabulary

_RUN = 4
_NOVEL_SHARE = 0.3
_LEAST_PAIRS = 8
_OTHER = 0.25
_OWN = 0.55
_RELATED = 0.25
_SAME = 0.8
_SHORTEST = 6  # characters of a shortened title
_PARTICLES = "的了吗呢着地，至到且并仍在"
_MET = re.compile("已经?(?:全部|都|均)?(?:符合|满足|具备|达到|达标)|(?:均|都|全部|完全)已?(?:符合|满足|具备)")
_CHINESE = re.compile(r"[㐀-鿿]+")
_TITLE = re.compile(r"《([^《》]+)》")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*")
_BODY = re.compile(
    r"[㐀-鿿]{1,12}?(?:委员会|管委会|办公室|政府|海关|协会|银行|基金会?"
    r"|[一-鿿](?:局(?!面|限)|厅|委(?!托|员)|部(?![分门署队位])|署(?!名)|院|处(?![于理置罚在])|科(?![学技研创])|中心))"
)
_GENERAL = re.compile(
    r"(?:主管|有关|责任|相关|负责|发文|承办|当地|上述|对应|职能|政府|各|牵头|具体|该|部分|全部)部?门?|机关|各部|内部|外部|单位"
)


def content_faults(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield what a statement speaks of that its sources do not."""
    yield from _names(one, reference)
    yield from _strong(one, reference)
    yield from _novel(one, reference)
    yield from _added(one, reference)
    yield from _misplaced(one, reference)
    yield from _met(one, reference)
    if _is_elsewhere(one, reference):
        yield Fault(Kind.CLAUSE, one.text)


def _names(one: Statement, reference: Reference) -> Iterator[Fault]:
    material, whole = reference.material(one.cites).whole, reference.everything.whole
    for match in _TITLE.finditer(one.text):
        if match[1] not in material and not _is_short_for(match[1], one, reference):
            yield Fault(Kind.NAME, match[0])
    latin = {word.lower() for word in _LATIN.findall(whole)}
    for word in _LATIN.findall(one.text):
        if word.lower() not in latin and word.lower() not in whole.lower():
            yield Fault(Kind.NAME, word)
    for match in _BODY.finditer(vocabulary_free(one.text)):
        name = match[0][-4:]
        if not _GENERAL.search(match[0]) and name not in material:
            yield Fault(Kind.NAME, match[0])


def _is_short_for(name: str, one: Statement, reference: Reference) -> bool:
    """Tell whether a name shortens the title of a source that the statement cites."""
    titles = (reference.citations[n].title for n in one.cites & reference.citations.keys())
    return len(name) >= _SHORTEST and any(_is_within(name, title) for title in titles)


def _is_within(short: str, long: str) -> bool:
    rest = iter(plain_text(long))
    return all(character in rest for character in short)


def vocabulary_free(text: str) -> str:
    """Return the text with names of documents taken out."""
    return _TITLE.sub(" ", text)


def _strong(one: Statement, reference: Reference) -> Iterator[Fault]:
    material = reference.material(one.cites).whole
    for match in vocabulary().strong.finditer(one.text):
        following = one.text[match.end() : match.end() + 1]
        is_word = bool(_CHINESE.match(following)) and following not in _PARTICLES
        if match[0] + (following if is_word else "") not in material:  # 一定成果 bears out no 一定能
            yield Fault(Kind.STRONG, match[0])


def _novel(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield runs of characters no source has, beyond plain words of any answer."""
    known = reference.everything.bigrams
    blanked = one.text
    for mention in mentions(one.text):
        blanked = blanked.replace(mention.words, " ", 1)
    rest = vocabulary().plain.sub(" ", blanked)
    pairs = novel = 0
    for run in _CHINESE.findall(rest):
        fresh = 0
        for at in range(len(run) - 1):
            pairs += 1
            is_new = run[at : at + 2] not in known
            novel += is_new
            fresh = fresh + 1 if is_new else 0
            if fresh >= _RUN - 1:
                yield Fault(Kind.NOVEL, run)
                break
    if pairs >= _LEAST_PAIRS and novel / pairs > _NOVEL_SHARE:
        yield Fault(Kind.NOVEL, one.text)


def _added(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield a further support brought in by 「另外还能…」 that the cited sources do not speak of."""
    words = vocabulary()
    material = reference.material(one.cites)
    for chunk in chunks(one.text):
        match = words.adding.search(chunk)
        if match and words.grants.search(chunk) and match[0] not in material.whole:
            yield Fault(Kind.NOVEL, chunk)


def _met(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the open conditions that a statement gives out as met."""
    if not _MET.search(one.text):
        return
    own = bigrams(one.text)
    for estimate in reference.answer.estimates:
        for condition in estimate.conditions:
            words = bigrams(plain_text(condition.text))
            if condition.state is not ConditionState.MET and words and share(words, own) > _SAME:
                yield Fault(Kind.NOTE, condition.text)


def _words(one: Statement) -> frozenset[str]:
    """Return the pairs of characters of a statement, its numbers and dates left out."""
    text = one.text
    for mention in mentions(text):
        text = text.replace(mention.words, " ", 1)
    return bigrams(text)


def _misplaced(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield the marks on a statement that has next to nothing of what the source marked bears out."""
    own = _words(one)
    if len(own) < _LEAST_PAIRS:
        return
    for n in sorted(one.marked & reference.citations.keys()):
        if share(own, reference.own(n).bigrams) < _RELATED:
            yield Fault(Kind.CLAUSE, f"〔c{n}〕{one.text}")


def _is_elsewhere(one: Statement, reference: Reference) -> bool:
    """Tell whether what is said stands in another source than the one cited."""
    own = _words(one)
    if len(own) < _LEAST_PAIRS or not one.cites or not one.marked:
        return False
    held = share(own, reference.material(one.cites).bigrams)
    others = (
        share(own, bigrams(line.text))
        for line in reference.lines
        if line.cites and not line.cites & one.cites
    )
    return held < _OWN and max(others, default=0.0) > held + _OTHER
