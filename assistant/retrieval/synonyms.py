"""What people say (俗称) beside what texts write, added to a question at query time: weighted and bounded.

「无人机送货」 also looks for 低空物流. The words added count less than those asked, and there are never many
of them, so that a question with much slang does not drown in what it might have meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.retrieval.tokens import fold, tokens

# Both are printed beside their neighbours by `python -m evals.bench_retrieval synonyms`.
WEIGHT = 0.3
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Synonym:
    """Ways of speaking, and the words of the texts for them."""

    says: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A term to look for besides those asked, how much it counts, the word it is of, and what was said."""

    term: str
    weight: float
    word: str
    said: str


class Synonyms:
    """A list of synonyms, ready to be looked for in questions."""

    def __init__(
        self, synonyms: Iterable[Synonym], weight: float = WEIGHT, most_words: int = MOST_WORDS
    ) -> None:
        """Take the synonyms; `weight` is beside 1 for a word asked, `most_words` bounds what is added."""
        self._means = {fold(say): one.means for one in synonyms for say in one.says}
        self._weight = weight
        self._most_words = most_words

    def added_to(self, question: str) -> tuple[Added, ...]:
        """Return the terms to look for besides those of a question; the longest way of speaking first.

        >>> drones = Synonym(("无人机", "无人机送货"), ("低空物流",))
        >>> [one.term for one in Synonyms([drones]).added_to("无人机送货有补贴吗")]
        ['低', '空', '物', '流', '低空', '空物', '物流']
        >>> Synonyms([drones]).added_to("低空物流有无人机吗")
        ()
        """
        folded = fold(question)
        asked = set(tokens(folded))
        added: dict[str, Added] = {}
        words = 0
        for say in sorted((say for say in self._means if say in folded), key=len, reverse=True):
            for word in self._means[say]:
                new = [term for term in tokens(word) if term not in asked and term not in added]
                if fold(word) not in folded and new and words < self._most_words:
                    words += 1
                    added |= {term: Added(term, self._weight, word, say) for term in new}
        return tuple(added.values())
