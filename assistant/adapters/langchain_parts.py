"""The assistant's abilities as LangChain parts: a retriever, our embeddings, and tools any agent can call.

The tools return the same JSON as the HTTP interface. What cannot be computed comes back as a Chinese message,
so an agent sees why instead of an exception.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer_json import match_json, single_estimate_json
from assistant.calculation import estimate_measure, match_measures
from assistant.calculator.facts import FactError
from assistant.ports import ClauseIndex, Embedder, SearchFilter
from corpus.errors import CorpusError
from corpus.model.document import DocumentStatus
from corpus.store import Corpus


class PortEmbeddings(Embeddings):
    """An `Embedder` as LangChain's `Embeddings`, for any part that wants one."""

    def __init__(self, embedder: Embedder) -> None:
        """Wrap `embedder`."""
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages."""
        return [list(vector) for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return list(self._embedder.embed([text], is_query=True)[0])


class ClauseRetriever(BaseRetriever):
    """Returns clauses as documents: the text verbatim, id, title, label and status in the metadata.

    What may be returned can be narrowed inside the search: by documents (slugs), by statuses on the day
    `as_of` (None: a text that states no validity), by regions and levels (`SearchFilter`).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    corpus: Corpus
    index: Any  # a ClauseIndex; pydantic cannot check a Protocol
    as_of: date
    k: int = 5
    documents: tuple[str, ...] = ()
    statuses: tuple[DocumentStatus | None, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
        k: int | None = None,
    ) -> list[Document]:
        only = SearchFilter(self.documents, self.as_of, self.statuses, self.regions, self.levels)
        hits = self.index.search(query, limit=self.k if k is None else k, only=only)
        return [self._document(hit.clause_id, hit.score) for hit in hits]

    def _document(self, clause_id: str, score: float) -> Document:
        clause = self.corpus.clause(clause_id)
        document = self.corpus.document(clause.document)
        status = document.status_on(self.as_of)
        return Document(
            page_content=clause.text,
            id=clause.id,
            metadata={
                "clause": clause.id,
                "document": document.slug,
                "title": document.title,
                "label": clause.label,
                "headings": list(clause.headings),
                "status": status.value if status else None,
                "score": score,
            },
        )


class EstimateInput(BaseModel):
    """What `estimate_award` takes."""

    measure_id: str = Field(description="措施编号，如 changning-ai-draft/7.1/hard-technology")
    facts: dict[str, str] = Field(
        default_factory=dict, description='事实，如 {"self_funded_investment": "800万元"}'
    )


class MatchInput(BaseModel):
    """What `match_awards` takes."""

    facts: dict[str, str] = Field(default_factory=dict, description="企业情况：事实名到值，金额带单位")


class SearchInput(BaseModel):
    """What `search_clauses` takes."""

    question: str = Field(description="要查的问题或关键词")


def policy_tools(corpus: Corpus, index: ClauseIndex, as_of: date) -> list[BaseTool]:
    """Return the tools `estimate_award`, `match_awards` and `search_clauses`, all as of one day (测算日)."""
    retriever = ClauseRetriever(corpus=corpus, index=index, as_of=as_of)

    def estimate_award(measure_id: str, facts: Mapping[str, str]) -> str:
        with _told():
            worked = estimate_measure(corpus, measure_id, facts, as_of)
        return _text(single_estimate_json(worked.estimate, worked.sources, as_of))

    def match_awards(facts: Mapping[str, str]) -> str:
        with _told():
            found = match_measures(corpus, facts, as_of)
        return _text(match_json(found, found.sources, as_of))

    def search_clauses(question: str) -> str:
        found = retriever.invoke(question)
        return _text([{**document.metadata, "text": document.page_content} for document in found])

    return [
        _tool(
            estimate_award,
            "按条款测算一项措施的金额，给出算式、条件和依据；金额只来自条款和所给事实。",
            EstimateInput,
        ),
        _tool(match_awards, "按企业情况列出可能享受的全部措施，按金额排序，给出合计与取舍理由。", MatchInput),
        _tool(search_clauses, "按问题查找政策条款原文，附文件名称、条款号和效力状态。", SearchInput),
    ]


def _tool(function: Any, description: str, schema: type[BaseModel]) -> BaseTool:
    return StructuredTool.from_function(
        function, description=description, args_schema=schema, handle_tool_error=True
    )


@contextmanager
def _told() -> Iterator[None]:
    """Turn an error meant for people into a message for the agent."""
    try:
        yield
    except (CorpusError, FactError) as error:
        raise ToolException(str(error)) from error


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
