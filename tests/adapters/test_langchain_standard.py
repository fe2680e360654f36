"""LangChain's own standard suite for retrievers, on ours."""

from datetime import date

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.index import open_index
from assistant.adapters.langchain_parts import ClauseRetriever, PortEmbeddings
from corpus.model.document import DocumentStatus
from tests.texts import dated_corpus


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(dated_corpus(), tmp_path_factory.mktemp("data"), HashedEmbedder(64))


class TestTheStandardSuite(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _with_the_index(self, index):
        self.index = index

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClauseRetriever

    @property
    def retriever_constructor_params(self):
        return {"corpus": dated_corpus(), "index": self.index, "as_of": date(2026, 11, 22)}

    @property
    def retriever_query_example(self):
        return "租用办公用房的企业有房租补贴吗"


def slugs(documents):
    return {document.metadata["document"] for document in documents}


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"statuses": (DocumentStatus.IN_FORCE,)}, {"now"}),
        ({"statuses": (DocumentStatus.EXPIRED, None)}, {"old", "silent"}),
        ({"regions": ("上海市",)}, {"old", "now", "news"}),
        ({"levels": ("district",), "statuses": (DocumentStatus.DRAFT,)}, {"plan"}),
        ({"documents": ("news", "plan")}, {"news", "plan"}),
    ],
)
def test_metadata_filters_work_inside_the_search(index, narrowed, expected):
    retriever = ClauseRetriever(
        corpus=dated_corpus(), index=index, as_of=date(2026, 11, 22), k=50, **narrowed
    )
    assert slugs(retriever.invoke("企业房租补贴")) == expected


def test_the_status_in_the_metadata_is_that_of_the_day(index):
    retriever = ClauseRetriever(
        corpus=dated_corpus(), index=index, as_of=date(2021, 1, 1), k=50, documents=("old", "now", "silent")
    )
    told = {one.metadata["document"]: one.metadata["status"] for one in retriever.invoke("企业房租补贴")}
    assert told == {"old": "in_force", "now": "not_yet_in_force", "silent": None}


async def test_it_answers_without_blocking(index):
    retriever = ClauseRetriever(corpus=dated_corpus(), index=index, as_of=date(2026, 11, 22), k=1)
    assert len(await retriever.ainvoke("房租补贴")) == 1


def test_no_clauses_are_a_choice(index):
    retriever = ClauseRetriever(corpus=dated_corpus(), index=index, as_of=date(2026, 11, 22))
    assert retriever.invoke("房租补贴", k=0) == []


def test_our_embedding_is_langchains_too():
    embeddings = PortEmbeddings(HashedEmbedder(64))
    passage, other = embeddings.embed_documents(["房租补贴", "船员培训"])
    question = embeddings.embed_query("房租补贴有多少")
    assert len(question) == len(passage) == 64
    assert sum(a * b for a, b in zip(question, passage, strict=True)) > sum(
        a * b for a, b in zip(question, other, strict=True)
    )
