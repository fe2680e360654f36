"""Any LangChain agent can search, estimate and match; errors come back as words it can act on."""

import json
from datetime import date

import pytest

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.index import open_index
from assistant.adapters.langchain_parts import ClauseRetriever, policy_tools
from corpus.store import load_corpus

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.fixture(scope="module")
def index(corpus, tmp_path_factory):
    return open_index(corpus, tmp_path_factory.mktemp("data"), load_embedder(None))


@pytest.fixture(scope="module")
def tools(corpus, index):
    return {tool.name: tool for tool in policy_tools(corpus, index, AS_OF)}


def test_a_clause_is_retrieved_as_a_document_that_names_its_source(corpus, index):
    retriever = ClauseRetriever(corpus=corpus, index=index, as_of=AS_OF, k=3)
    first = retriever.invoke("一测多证合同金额怎么补")[0]
    assert first.id == "sh-industrial-services/10"
    assert first.page_content == corpus.clause(first.id).text
    assert first.metadata["status"] == "in_force"
    assert first.metadata["label"] == "第十条"


def test_the_retriever_keeps_to_the_documents_it_was_given(corpus, index):
    retriever = ClauseRetriever(
        corpus=corpus, index=index, as_of=AS_OF, documents=("changning-ai-draft",), k=4
    )
    found = retriever.invoke("资金支持比例")
    assert found
    assert {document.metadata["document"] for document in found} == {"changning-ai-draft"}
    assert len(retriever.invoke("资金支持比例", k=2)) == 2


def test_an_agent_estimates_an_award(tools):
    told = json.loads(
        tools["estimate_award"].invoke(
            {
                "measure_id": "sh-industrial-services/10/one-test-many-certificates",
                "facts": {"contract_amount": "120万元"},
            }
        )
    )
    assert told["amount_yuan"] == "360000.00"
    assert told["status"] == "payable"


def test_an_agent_matches_a_company(tools):
    told = json.loads(tools["match_awards"].invoke({"facts": {"coal_saved": "2000吨标煤"}}))
    first = told["estimates"][0]
    assert first["measure"] == "sh-industrial-services/7/energy-contract"
    assert first["amount_yuan"] == "3000000.00"


def test_an_agent_searches_the_clauses(tools):
    found = json.loads(tools["search_clauses"].invoke({"question": "AEO 培育认证"}))
    assert found[0]["clause"] == "sh-tech-services/11.4"


def test_an_agent_is_told_what_was_wrong_in_words(tools):
    told = tools["estimate_award"].invoke({"measure_id": "nothing/1/none", "facts": {}})
    assert "没有编号为" in told
    told = tools["match_awards"].invoke({"facts": {"contract_amout": "1万元"}})
    assert "contract_amount" in told
