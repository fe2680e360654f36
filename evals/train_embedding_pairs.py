"""The pairs the static embedding learns from: a question or a heading, and the passage it leads to.

Whatever a test set asks, and every passage it points to, stays out (`Forbidden`), by text: a passage that
stands in two files under two ids stays out of both. One passage in eight of the training sets stays out too,
with its questions: on them fusion and ranking are calibrated (evals/retrieval_ranking.py), as unseen by the
embedding as a user's texts will be. Nothing here reads our own evaluation suites.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.retrieval.tokens import fold
from corpus.reading.variants import simplified
from corpus.store import Corpus
from evals.public_sets import (
    TRAINING_SETS,
    PublicQuestion,
    available_test_sets,
    load_passages,
    load_public_set,
    load_questions,
    split_article,
)

Pair = tuple[str, str]
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_NOT_WORD = re.compile(r"[\W_]+")
_SHORTEST, _LONGEST = 8, 400
_HELD_OUT = 8


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What test sets ask and what answers it, each as its letters alone; held-out passages beside them."""

    questions: frozenset[str]
    passages: frozenset[str]

    def allows(self, pair: Pair) -> bool:
        """Tell whether neither side of a pair is of a test set."""
        return all(map(self.allows_text, pair))

    def allows_text(self, text: str) -> bool:
        """Tell whether a text is neither a question nor an answer of a test set, nor held out."""
        plain = letters(text)
        return plain not in self.questions and plain not in self.passages and not is_held_out(plain)


def letters(text: str) -> str:
    """Return the letters and digits of a text: two that differ in blanks, width or script are the same.

    >>> letters("《民法典》 第５條。") == letters("民法典第5条")
    True
    """
    return _NOT_WORD.sub("", fold(simplified(text)))


def is_held_out(plain: str) -> bool:
    """Tell whether a passage, as its letters alone, is kept for calibration: one in eight, by its hash."""
    return hashlib.blake2b(plain.encode(), digest_size=4).digest()[0] % _HELD_OUT == 0


def forbidden_in(folder: Path) -> Forbidden:
    """Return what the test sets in a folder ask, and the passages they point to."""
    questions: set[str] = set()
    passages: set[str] = set()
    for name in available_test_sets(folder):
        test = load_public_set(folder, name)
        for question in test.questions:
            questions.add(letters(question.text))
            passages.update(letters(test.passages[one]) for one in question.relevant)
    return Forbidden(frozenset(questions), frozenset(passages))


def question_pairs(folder: Path, forbidden: Forbidden) -> list[Pair]:
    """Return the question–passage pairs of the training sets in a folder.

    A question of which any passage is held out is left out whole.
    """
    pairs: list[Pair] = []
    for name in training_sets_in(folder):
        texts = load_passages(folder, TRAINING_SETS[name])
        for question in load_questions(folder, name):
            own = [(question.text, texts[one]) for one in sorted(question.relevant)]
            if not any(is_held_out(letters(passage)) for _, passage in own):
                pairs += [pair for pair in own if forbidden.allows(pair)]
    return pairs


def calibration_questions(folder: Path, name: str, forbidden: Forbidden) -> tuple[PublicQuestion, ...]:
    """Return the questions of a training set that the embedding has not seen: one answer is held out.

    Passages that answer test questions are no answers here either.
    """
    texts = load_passages(folder, TRAINING_SETS[name])
    kept = []
    for question in load_questions(folder, name):
        plain = {one: letters(texts[one]) for one in question.relevant}
        if any(map(is_held_out, plain.values())) and not set(plain.values()) & forbidden.passages:
            kept.append(question)
    return tuple(kept)


def training_sets_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the training sets a folder holds."""
    return tuple(name for name in TRAINING_SETS if (folder / f"{name}.queries.jsonl.gz").is_file())


def training_texts(folder: Path, forbidden: Forbidden) -> list[str]:
    """Return every passage of the training sets that answers no test question and is not held out, once."""
    texts: dict[str, None] = {}
    for passages in dict.fromkeys(TRAINING_SETS.values()):
        if (folder / f"{passages}.passages.jsonl.gz").is_file():
            texts.update(dict.fromkeys(load_passages(folder, passages).values()))
    return [text for text in texts if forbidden.allows_text(text)]


def title_pairs(texts: Iterable[str], most: int, seed: int) -> list[Pair]:
    """Return the names of laws with an article of each, `most` in all."""
    pairs = [(law, rest[:_LONGEST]) for law, _, rest in map(split_article, texts) if law and rest]
    return random.Random(seed).sample(pairs, min(most, len(pairs)))


def cloze_pairs(texts: Iterable[str], most: int, seed: int) -> list[Pair]:
    """Return sentences taken out of passages, with what is left of them (inverse cloze), `most` in all."""
    chance = random.Random(seed)
    found = [pair for text in texts for pair in _cloze(text, chance)]
    return chance.sample(found, min(most, len(found)))


def _cloze(text: str, chance: random.Random) -> Iterator[Pair]:
    _, _, body = split_article(text)
    sentences = [one for one in _SENTENCE.findall(body) if len(one) >= _SHORTEST]
    if len(sentences) < 2:
        return
    taken = chance.choice(sentences)
    yield taken, body.replace(taken, "", 1)[:_LONGEST]


def corpus_pairs(corpus: Corpus) -> list[Pair]:
    """Return what the documents pair: headings, names of measures and everyday words with clauses."""
    pairs: list[Pair] = []
    for clause in corpus.clauses:
        pairs += [(heading, clause.text) for heading in clause.headings]
        pairs += _cloze_each(clause.text)
    pairs += [(one.name, corpus.clause(one.clause_id).text) for one in corpus.measures]
    for term in corpus.glossary.terms:
        places = [corpus.clause(place).text for place in term.at if "/" in place]
        pairs += [(words, text) for words in (*term.says, *term.means) for text in places]
    return [pair for pair in dict.fromkeys(pairs) if pair[0].strip() and pair[1].strip()]


def _cloze_each(text: str) -> Iterator[Pair]:
    sentences = [one for one in _SENTENCE.findall(text) if len(one) >= _SHORTEST]
    if len(sentences) > 1:
        yield from ((one, text.replace(one, "", 1)) for one in sentences)
