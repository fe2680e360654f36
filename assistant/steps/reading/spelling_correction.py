"""A name with one wrong character, or one that may only sound so: it is asked about, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.steps.reading.phonetic_matching import alike_in_sound
from assistant.steps.state import State
from corpus.glossary import Term

_FEWEST = 4  # characters of a name: of a shorter one, one character is too much to be wrong
_MOST_WRONG = 1
_ASKS = re.compile("哪|谁|怎|什么|多少")  # asking words (寄到哪里) are no name
# what nobody calls a thing by: parts of sentences and sayings of the text (把展会引进, 之前的办法, 意见提到)
_NO_NAME = re.compile(
    "的|^[把对会该在]|^(引进有|参加国家|国家又|区里|市里|信用有|有)|[到何于]$|意见$|上市$|提意见|会不会"
)
_PLAIN = re.compile("[一-鿿]{4,}")
# in four characters with such a head the other two are all that tells it apart (购房补贴 is no 租房补贴)
_HEAD = re.compile("(补贴|奖励|贷款|机构|企业|公司|平台|中心|项目|基金|保险|认证|管理|服务|标准|活动|审批)$")


def meant_instead(state: State) -> tuple[str, str] | None:
    """Return what was written and the name it differs from by one character, None where there is none."""
    text = state.reading.text
    if state.reading.terms or state.reading.references:
        return None
    for name in _names(state.context.glossary.terms):
        for written in _alike(text, name):
            if _wrong(written, name) != _MOST_WRONG or _is_known(written, state):
                continue
            if not _cuts_a_word(written, name, state):
                return written, name
    heard = alike_in_sound(text, state.context.glossary.terms)
    return next((one for one in heard if _may_be_asked(*one) and not _cuts_a_word(*one, state)), None)


@lru_cache(maxsize=4)
def _names(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """Return the names companies use, the longest first; of Chinese characters alone."""
    says = {saying for term in terms for saying in (*term.says, *term.means)}
    says = {one for one in says if _PLAIN.fullmatch(one) and not _ASKS.search(one)}
    says = {one for one in says if not _NO_NAME.search(one)}
    plain = (one for one in says if len(one) > _FEWEST or not _HEAD.search(one))
    return tuple(sorted(plain, key=lambda one: (-len(one), one)))


def _alike(text: str, name: str) -> Iterator[str]:
    """Yield, once each, what stands in the text in a name's length and shares a half with it.

    With one wrong character one of the halves is right, so nothing else need be compared.
    """
    size, half = len(name), len(name) // 2
    starts = set(_places(text, name[:half])) | {at - half for at in _places(text, name[half:])}
    written = (text[at : at + size] for at in sorted(starts) if 0 <= at <= len(text) - size)
    return iter(dict.fromkeys(written))


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _wrong(written: str, name: str) -> int:
    return sum(one != other for one, other in zip(written, name, strict=True))


def _may_be_asked(written: str, name: str) -> bool:
    """Tell whether a person would call a thing by that name."""
    return len(written) == len(name) and not _NO_NAME.search(name)


def _cuts_a_word(written: str, name: str, state: State) -> bool:
    """Tell whether what differs is half of a word that goes on beside it: 「孵化示」 of 孵化示范."""
    text = state.reading.text
    at = text.find(written)
    ends = [text[at - 1 : at + 1]] if written[0] != name[0] and at > 0 else []
    ends += [text[at + len(written) - 1 : at + len(written) + 1]] if written[-1] != name[-1] else []
    return any(len(pair) > 1 and state.context.rarity.knows(pair) for pair in ends)


def _is_known(written: str, state: State) -> bool:
    """Tell whether every pair of characters is a word of the corpus: then it is no slip of the pen."""
    pairs = (written[at : at + 2] for at in range(len(written) - 1))
    return all(state.context.rarity.knows(pair) for pair in pairs)
