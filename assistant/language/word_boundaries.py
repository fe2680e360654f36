"""Where a known word stands as a word in running Chinese, and where its characters only meet by chance.

Chinese is written without spaces: 「能补」 is no word of 「节能补贴」, nor 「年会」 of 「每年会设」.
Characters that attract each other (节-能, 每-年) are not parted; the attraction is the logarithm of how much
likelier the second is after the first, from counts of public text (`corpus.reading.characters`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from corpus.reading.characters import CharacterModel, character_model, is_cjk

# From this attraction on, two characters belong together more than apart. Pairs inside words lie mostly above
# 3.5, pairs across words below 1.5 (measured on the pairs of the tests).
_BOUND = 1.5
_PART_EXPENSIVE = 3.0
_PARTICLES = frozenset("的了吗呢吧啊呀是")  # they follow anything and belong to nothing


def stands_as_word(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` may be a word there: neither edge parts characters that attract.

    >>> stands_as_word("每年会设", 1, 3), stands_as_word("公司年会", 2, 4)
    (False, True)
    """
    model = character_model()
    return all(_attraction(text, at, model) < _PART_EXPENSIVE for at in (start, end))


def words_found(text: str, words: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Return where the known words stand, as (start, end), none overlapping: the best reading of the whole.

    Each character that a word explains counts one; each edge that parts attracting characters costs what
    they attract each other beyond chance.

    >>> [("节能补贴"[a:b]) for a, b in words_found("节能补贴", {"能补", "补贴"})]
    ['补贴']
    """
    model = character_model()
    longest = max(map(len, words), default=0)
    gains, steps = [0.0] * (len(text) + 1), [0] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        gains[end], steps[end] = gains[end - 1], 0
        for length in range(2, min(longest, end) + 1):
            start = end - length
            if text[start:end] not in words:
                continue
            gain = gains[start] + length - _cost(text, start, model) - _cost(text, end, model)
            if gain > gains[end]:
                gains[end], steps[end] = gain, length
    return tuple(reversed(list(_traced(steps))))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with stretches blanked, every other character in its place.

    >>> blanked("节能补贴", [(2, 4)])
    '节能  '
    """
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _traced(steps: list[int]) -> Iterator[tuple[int, int]]:
    end = len(steps) - 1
    while end > 0:
        length = steps[end]
        if length:
            yield end - length, end
        end -= max(length, 1)


def _cost(text: str, at: int, model: CharacterModel) -> float:
    return max(0.0, _attraction(text, at, model) - _BOUND)


def _attraction(text: str, at: int, model: CharacterModel) -> float:
    """Return how much the characters on both sides of a place attract each other; none at an edge."""
    if not 0 < at < len(text) or not (is_cjk(text[at - 1]) and is_cjk(text[at])):
        return 0.0
    if text[at - 1] in _PARTICLES or text[at] in _PARTICLES:
        return 0.0
    return model.attraction(text[at - 1], text[at])
