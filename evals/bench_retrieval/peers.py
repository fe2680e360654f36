"""Other libraries as they come, over the same clauses, with the same embedding where they take one.

Nothing of ours is imported by them and none of them by the product: they are measured, not used
(pip install '.[bench]'). Each searches as its own documentation shows it first.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.ports import Embedder, Hit

Search = Callable[[str, int], Sequence[str]]
K = 10


class Peer:
    """Another library's search as an index of ours, so that both are scored by the same code."""

    def __init__(self, search: Search) -> None:
        """Wrap a search that returns ids, best first."""
        self._search = search

    def search(self, query: str, limit: int = K) -> list[Hit]:
        """Return the clauses, best first."""
        return [Hit(name, 1.0 / rank) for rank, name in enumerate(self._search(query, limit), 1)]


def bm25s_with_jieba(texts: Mapping[str, str], _embedder: Embedder) -> Peer:
    """Index with bm25s over jieba's words."""
    import bm25s
    import jieba

    jieba.setLogLevel(60)
    ids = list(texts)

    def cut(text: str) -> list[str]:
        return [word for word in jieba.lcut(text) if word.strip()]

    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index([cut(text) for text in texts.values()], show_progress=False)

    def search(query: str, limit: int) -> list[str]:
        words = cut(query)
        if not words:
            return []
        found, _ = index.retrieve([words], k=min(limit, len(ids)), show_progress=False)
        return [ids[int(at)] for at in found[0]]

    return Peer(search)


def langchain_ensemble(texts: Mapping[str, str], embedder: Embedder) -> Peer:
    """Index with LangChain's BM25 and Chroma retrievers in an ensemble of equal weights."""
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document

    from assistant.adapters.langchain_parts import PortEmbeddings

    documents = [Document(text, id=name, metadata={"id": name}) for name, text in texts.items()]
    words = BM25Retriever.from_documents(documents)
    words.k = K
    vectors = Chroma(
        collection_name=f"peer-{len(texts)}-{id(texts)}", embedding_function=PortEmbeddings(embedder)
    )
    for at in range(0, len(documents), 2000):
        vectors.add_documents(documents[at : at + 2000])
    near = vectors.as_retriever(search_kwargs={"k": K})
    ensemble = EnsembleRetriever(retrievers=[words, near], weights=[0.5, 0.5], id_key="id")
    return Peer(lambda query, limit: [one.metadata["id"] for one in ensemble.invoke(query)[:limit]])


def llama_index_fusion(texts: Mapping[str, str], embedder: Embedder) -> Peer:
    """Index with LlamaIndex's BM25 and vector retrievers under its query fusion."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        """Our embedding as LlamaIndex's."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return list(map(float, embedder.embed([query], is_query=True)[0]))

        def _get_text_embedding(self, text: str) -> list[float]:
            return list(map(float, embedder.embed([text])[0]))

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    nodes = [TextNode(id_=name, text=text) for name, text in texts.items()]
    vectors = VectorStoreIndex(nodes, embed_model=Embedding()).as_retriever(similarity_top_k=K)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=K)
    fused = QueryFusionRetriever(
        [vectors, words],
        similarity_top_k=K,
        num_queries=1,
        mode=FUSION_MODES.RECIPROCAL_RANK,
        use_async=False,
        llm=MockLLM(),
    )
    return Peer(lambda query, limit: [one.node.node_id for one in fused.retrieve(query)[:limit]])


def haystack_hybrid(texts: Mapping[str, str], embedder: Embedder) -> Peer:
    """Index with Haystack's in-memory store, its two retrievers joined by reciprocal rank."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    names, passages = list(texts), list(texts.values())
    vectors = embedder.embed(passages)
    store.write_documents(
        [
            Document(id=name, content=text, embedding=list(map(float, vector)))
            for name, text, vector in zip(names, passages, vectors, strict=True)
        ]
    )
    words, near = InMemoryBM25Retriever(store, top_k=K), InMemoryEmbeddingRetriever(store, top_k=K)
    join = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=K)

    def search(query: str, limit: int) -> list[str]:
        vector = list(map(float, embedder.embed([query], is_query=True)[0]))
        both = [words.run(query=query)["documents"], near.run(query_embedding=vector)["documents"]]
        return [one.id for one in join.run(both)["documents"][:limit]]

    return Peer(search)


PEERS: Mapping[str, Callable[[Mapping[str, str], Embedder], Peer]] = {
    "bm25s＋jieba": bm25s_with_jieba,
    "LangChain（BM25＋Chroma 各半）": langchain_ensemble,
    "LlamaIndex（查询融合）": llama_index_fusion,
    "Haystack（BM25＋向量，倒数排名）": haystack_hybrid,
}


def quietly(build: Callable[[], Any]) -> Any:
    """Run something of another library without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return build()
