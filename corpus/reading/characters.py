"""How likely one Chinese character follows another: the model behind doubtful cleaning decisions.

`characters.npz` holds counts of single characters and of neighbouring pairs in public statutes and
encyclopaedia passages (see `train_characters.py` for the command and the sources). Digits count as one
character, half-width punctuation as full-width.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

FOLDED = str.maketrans(",;:?!()", "，；：？！（）")
DISCOUNT = 0.75  # absolute discounting (Ney, Essen & Kneser 1994)
ALPHABET = 21_000  # CJK unified ideographs, for characters never counted
CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def folded(text: str) -> str:
    """Fold what the model does not tell apart; the length stays the same.

    >>> folded("第12条,共3项")
    '第00条，共0项'
    """
    return re.sub("[0-9]", "0", text.translate(FOLDED))


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese ideograph."""
    return bool(CJK.match(char))


@dataclass(frozen=True)
class CharacterModel:
    """Bigram probabilities with absolute discounting over `singles` and `pairs` counts."""

    singles: dict[str, int]
    pairs: dict[str, int]
    followers: dict[str, int]
    followed: dict[str, int]
    total: int

    def single(self, char: str) -> float:
        """Return the probability of a character anywhere."""
        return (self.singles.get(char, 0) + 0.1) / (self.total + 0.1 * ALPHABET)

    def follows(self, first: str, second: str) -> float:
        """Return the probability that `second` comes right after `first`."""
        count = self.singles.get(first, 0) + 1
        seen = self.pairs.get(first + second, 0)
        rest = DISCOUNT * self.followers.get(first, 0) + count - self.followed.get(first, 0)
        return max(seen - DISCOUNT, 0) / count + rest / count * self.single(second)

    def attraction(self, first: str, second: str) -> float:
        """Return how much likelier `second` is after `first` than anywhere, as a natural logarithm."""
        return math.log(self.follows(first, second) / self.single(second))

    def fluency(self, text: str) -> float:
        """Return the mean log probability of the CJK pairs of a text; -inf where it has none."""
        pairs = [(a, b) for a, b in itertools.pairwise(text) if is_cjk(a) and is_cjk(b)]
        if not pairs:
            return -math.inf
        return sum(math.log(self.follows(a, b)) for a, b in pairs) / len(pairs)


def model_of(singles: dict[str, int], pairs: dict[str, int]) -> CharacterModel:
    """Build the model from counts."""
    followers: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    for pair, count in pairs.items():
        followers[pair[0]] += 1
        followed[pair[0]] += count
    return CharacterModel(singles, pairs, followers, followed, sum(singles.values()))


@cache
def character_model() -> CharacterModel:
    """Load the shipped model (once)."""
    import numpy as np

    with (
        resources.as_file(resources.files("corpus.reading") / "characters.npz") as path,
        np.load(path) as data,
    ):
        chars = str(data["characters"])
        singles = dict(zip(chars, data["singles"].tolist(), strict=True))
        pairs = {
            chars[a] + chars[b]: n
            for a, b, n in zip(
                data["firsts"].tolist(), data["seconds"].tolist(), data["counts"].tolist(), strict=True
            )
        }
    return model_of(singles, pairs)
