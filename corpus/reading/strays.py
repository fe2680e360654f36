"""Stray characters before punctuation (「认可资质区孩，」): found by likelihood, not by list.

Some republished texts carry one or two random characters before commas and full stops. For each
punctuation mark we compare two stories: the characters belong to the sentence (character model, helped
by pairs seen elsewhere in the same text), or they were drawn at random from the GB 2312 set. How common
strays are in this text is estimated from the text itself (expectation-maximisation over the three
cases none, one, two), so a clean text is left alone. A deletion with a posterior below `SURE` is
reported and not done.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.reading.characters import CharacterModel, folded, is_cjk
from corpus.reading.tracked import Edit, TrackedText
from corpus.reading.variants import in_traditional

MARKS = "，、。；："
DRAWN_FROM = 6763  # characters in GB 2312
LONGEST = 2
IMPOSSIBLE = -60.0
# Characters of amounts are never strays: a wrong deletion there costs more than a stray left in.
AMOUNT = re.compile(
    "(?<![0-9一二三四五六七八九十百千万亿两])[0-9一二三四五六七八九十百千万亿两]++元|[0-9][千万亿]+|百分之[一二三四五六七八九十百]+"
)
NUMERAL = re.compile("[一二三四五六七八九十]")  # 专题二：, where no careless scraper was at work
FEWEST_MARKS = 12  # in a shorter text their share cannot be told
NOISY_SHARE = 0.08  # clean texts measured up to 0.02, noisy ones from 0.25
SURE, DOUBTFUL = 0.95, 0.3
WEIGHT_OF_OWN_TEXT = 0.2
SIMPLIFIED_IN_TRADITIONAL = 3.0  # log odds for a simplified-only form amid traditional text
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class _Site:
    """A punctuation mark and the log odds that 0, 1, 2 characters before it are strays."""

    at: int
    odds: tuple[float, ...]


@dataclass(frozen=True)
class _Likelihood:
    """The character model, warmed with the text's own pairs."""

    model: CharacterModel
    text: str
    pairs: Counter[str]
    singles: Counter[str]

    def follows(self, at: int) -> float:
        """Return the log probability of the character at `at` after the one before it."""
        first, second = self.text[at - 1], self.text[at]
        elsewhere = (self.pairs[first + second] - 1) / max(self.singles[first], 1)
        general = self.model.follows(first, second)
        return math.log((1 - WEIGHT_OF_OWN_TEXT) * general + WEIGHT_OF_OWN_TEXT * elsewhere)


def without_strays(text: TrackedText, source: str, model: CharacterModel, traditional: bool) -> TrackedText:
    """Delete stray characters before punctuation; `source` is the text as received."""
    sites = _sites(text, source, model, traditional)
    if len(sites) < FEWEST_MARKS:
        return text
    shares = _estimate_shares(sites)
    if sum(shares[1:]) < NOISY_SHARE:
        return text
    edits = [edit for site in sites if (edit := _decide(site, shares))]
    return text.edited("stray", edits)


def _sites(text: TrackedText, source: str, model: CharacterModel, traditional: bool) -> list[_Site]:
    line = folded(text.text)
    likelihood = _Likelihood(model, line, Counter(map("".join, itertools.pairwise(line))), Counter(line))
    genuine = _genuine(text, source) if traditional else _glossed(text)
    genuine |= {i for amount in AMOUNT.finditer(line) for i in range(*amount.span())}
    if not traditional:
        genuine |= {number.start() for number in NUMERAL.finditer(line)}
    foreign = _simplified_only(text, source) if traditional else set()
    return [
        _Site(at, (0.0, *(_odds(likelihood, at, n, genuine, foreign) for n in range(1, LONGEST + 1))))
        for at, char in enumerate(line)
        if char in MARKS and at > LONGEST and is_cjk(line[at - 1])
    ]


def _odds(like: _Likelihood, at: int, n: int, genuine: set[int], foreign: set[int]) -> float:
    drawn = range(at - n, at)
    if any(not is_cjk(like.text[i]) or i in genuine for i in drawn):
        return IMPOSSIBLE
    kept = sum(like.follows(i) for i in range(at - n, at + 1))
    dropped = math.log(like.model.follows(like.text[at - n - 1], like.text[at])) - n * math.log(DRAWN_FROM)
    return dropped - kept + SIMPLIFIED_IN_TRADITIONAL * sum(i in foreign for i in drawn)


def _glossed(text: TrackedText) -> set[int]:
    """Return the offsets of characters that carried a gloss: something stood right after them."""
    gaps = zip(text.origins, text.origins[1:], strict=False)
    return {i for i, (here, after) in enumerate(gaps) if after - here > 1}


def _genuine(text: TrackedText, source: str) -> set[int]:
    """Return the offsets of characters that cannot be strays: glossed, or outside GB 2312 at first."""
    first = (source[origin : origin + 1] for origin in text.origins[: len(text.text)])
    return _glossed(text) | {i for i, char in enumerate(first) if not _in_gb2312(char)}


def _simplified_only(text: TrackedText, source: str) -> set[int]:
    as_traditional = in_traditional(text.text)
    if len(as_traditional) != len(text.text):
        return set()
    unchanged = (source[o : o + 1] == c for o, c in zip(text.origins, text.text, strict=False))
    return {
        i
        for i, (same, old, new) in enumerate(zip(unchanged, text.text, as_traditional, strict=False))
        if same and old != new
    }


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _posterior(site: _Site, shares: Sequence[float]) -> list[float]:
    joint = [math.log(share) + odds for share, odds in zip(shares, site.odds, strict=True)]
    top = max(joint)
    weights = [math.exp(value - top) for value in joint]
    return [weight / sum(weights) for weight in weights]


def _estimate_shares(sites: Sequence[_Site]) -> list[float]:
    shares = [0.98] + [0.02 / LONGEST] * LONGEST
    for _ in range(ROUNDS):
        counts = [0.1] + [0.02] * LONGEST
        for site in sites:
            for n, p in enumerate(_posterior(site, shares)):
                counts[n] += p
        shares = [count / sum(counts) for count in counts]
    return shares


def _decide(site: _Site, shares: Sequence[float]) -> Edit | None:
    posterior = _posterior(site, shares)
    best = max(range(1, len(posterior)), key=lambda n: posterior[n])
    if posterior[best] < DOUBTFUL:
        return None
    return Edit(site.at - best, site.at, "", posterior[best] >= SURE)
