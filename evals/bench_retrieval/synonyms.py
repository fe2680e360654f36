"""Do the glossary's synonyms help search, and how much should they count? Our dev questions, side by side."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.synonyms import MOST_WORDS, WEIGHT, Synonym, Synonyms
from corpus.store import load_corpus
from evals.exact_retrievers import build_retrievers
from evals.retrieval import own_questions
from evals.retrieval_cases import SUITE, TEST_SUITE, document_names
from evals.retrieval_measures import DEPTH, gain, quality, rank_of

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)


def compare_synonyms() -> dict[str, Any]:
    """Return MRR at each weight, on dev and test questions, and the gain of the weight in force."""
    corpus, embedder = load_corpus(), load_embedder(None)
    listed = [Synonym(term.says, term.means) for term in corpus.glossary.terms]
    found: dict[str, Any] = {"weight": WEIGHT, "most_words": MOST_WORDS}
    with tempfile.TemporaryDirectory() as folder:
        retrievers = build_retrievers(corpus, Path(folder) / "own", embedder)
        for path in (SUITE, TEST_SUITE):
            asked = own_questions(corpus, path)
            ranks = {}
            for weight in WEIGHTS:
                index = HybridIndex(
                    corpus,
                    lambda _anew: retrievers,
                    weights_for(embedder.name),
                    document_names(),
                    Synonyms(listed, weight) if weight else None,
                )
                ranks[weight] = [rank_of(index.search(one.text, DEPTH), one.is_right) for one in asked]
            ahead = gain(ranks[WEIGHT], ranks[0.0])
            found[path.stem] = {
                "n": len(asked),
                "mrr": {str(weight): round(quality(one).mrr, 4) for weight, one in ranks.items()},
                "gain": round(ahead.by, 4),
                "interval": [round(ahead.low, 4), round(ahead.high, 4)],
                "p": round(ahead.p, 4),
            }
    return found
