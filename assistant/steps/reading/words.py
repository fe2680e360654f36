"""Words of a question that carry its subject: what is left when filler is blanked out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.language.word_boundaries import blanked, words_found
from assistant.retrieval.coverage import Rarity
from assistant.retrieval.tokens import tokens

PARTS = re.compile(r"[，,。；;！!？?\n]")  # what divides a question into parts
_PARTICLES = frozenset("的了吗呢吧啊呀嘛么哦我你您他她啥嗯是和与跟或很也都就又再")
_BINDING = frozenset("与和跟或")  # they may end a word (参与), where nothing stands behind it


def rarity_of(texts: Iterable[str]) -> Rarity:
    """Return how rare each term is among the texts."""
    listed = [set(tokens(text)) for text in texts]
    counts = Counter(term for terms in listed for term in terms)
    return Rarity(max(len(listed), 1), lambda term: counts.get(term, 0))


def without_filler(text: str, filler: Iterable[str], rarity: Rarity) -> str:
    """Return the text with words that carry no subject blanked out; `filler` comes longest first.

    A single character goes only where it forms no word of the corpus with a neighbour (「上」 in 「上云」
    stays); particles always go.

    >>> without_filler("我们上云能补贴", ["我们", "补贴", "能", "上"], rarity_of(["企业上云"]))
    '上云'
    """
    known = frozenset(filler)
    singles = {word for word in known if len(word) == 1}
    text = blanked(text, words_found(text, known))
    kept = [" " if _is_noise(text, at, singles, rarity) else character for at, character in enumerate(text)]
    kept = [_completed(text, kept, at, rarity) for at in range(len(text))]
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def _completed(text: str, kept: Sequence[str], at: int, rarity: Rarity) -> str:
    """Return a character, put back where it ends a word of the corpus of which the rest is left (参与)."""
    if kept[at] != " " or text[at] not in _BINDING:
        return kept[at]
    is_end = _is_alone(kept, at - 1) and rarity.knows(text[at - 1 : at + 1])
    return text[at] if is_end else " "


def _is_alone(kept: Sequence[str], at: int) -> bool:
    """Tell whether a Chinese character stands with no other one kept beside it."""
    return _is_han(kept, at) and not _is_han(kept, at - 1) and not _is_han(kept, at + 1)


def _is_han(kept: Sequence[str], at: int) -> bool:
    return 0 <= at < len(kept) and "一" <= kept[at] <= "鿿"


def _is_noise(text: str, at: int, singles: set[str], rarity: Rarity) -> bool:
    character = text[at]
    if character in _PARTICLES:
        return True
    if character not in singles:
        return False
    return not any(
        len(pair) == 2 and not set(pair) <= singles and rarity.knows(pair)
        for pair in (text[max(at - 1, 0) : at + 1], text[at : at + 2])
    )
