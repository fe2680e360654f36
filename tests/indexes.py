"""Every implementation of the clause index, built over a corpus in a folder, by a readable name."""

from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.counted_terms import CountedTerms
from assistant.adapters.embeddings import SentenceTransformerEmbedder
from assistant.adapters.entries import CorpusSource
from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.index import Servers, open_index
from assistant.adapters.index_store import IndexStore
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.milvus_index import (
    JIEBA,
    OWN_TOKENS,
    MilvusStore,
    MilvusVectors,
    MilvusWords,
)

ALONE = {
    "words": "lexical",
    "vectors": "dense",
    "vectors of a model": "dense",
    "vectors by Chroma's graph": "dense",
    "vectors on a Chroma server": "dense",
    "words on Milvus": "lexical",
    "words on Milvus, our own tokens": "lexical",
    "vectors on Milvus": "dense",
}
TOGETHER = ("both", "both with a model", "both, vectors on a Chroma server", "both on Milvus")
ALL = (*ALONE, *TOGETHER)


class Indexes:
    """Builds indexes; `server` is the address of a Chroma server, `model` the folder of a tiny model."""

    def __init__(self, model, server):
        self.model = str(model)
        self.server = server

    def build(self, kind, corpus, folder):
        embedder = SentenceTransformerEmbedder(self.model) if "model" in kind else HashedEmbedder(64)
        if kind in TOGETHER:
            return open_index(corpus, folder, embedder, servers=self._servers(kind, folder))
        if "Milvus" in kind:
            tokenizer = OWN_TOKENS if "own tokens" in kind else JIEBA
            url = str(folder / "milvus.db")
            store = self._stored(folder, corpus, lambda home: MilvusStore(home, embedder, url, tokenizer))
            words = MilvusWords(store, CountedTerms(CorpusSource(corpus)))
            return words if kind.startswith("words") else MilvusVectors(store)
        if kind == "words":
            return self._stored(folder, corpus, LexicalIndex)
        url = self.server if "server" in kind else None
        exact = {"exact_numbers": 0} if "graph" in kind else {}
        return self._stored(folder, corpus, lambda home: ChromaIndex(home, embedder, url, **exact))

    def _servers(self, kind, folder):
        if "Milvus" in kind:
            return Servers(milvus_url=str(folder / "milvus.db"))
        return Servers(chroma_url=self.server if "server" in kind else None)

    def _stored(self, folder, corpus, make):
        return IndexStore(folder / "store", "test", make, batch=4).open(CorpusSource(corpus), lambda *_: None)
