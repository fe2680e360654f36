"""A floor under search as a whole: the labelled questions, through the index as it ships."""

from pathlib import Path

import pytest

from assistant.adapters.embeddings import load_embedder
from assistant.adapters.index import open_index
from assistant.retrieval.dense_weights import weights_for
from corpus.store import load_corpus
from evals.retrieval import SUITE, TEST_SUITE, load_cases, score


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.fixture(scope="module")
def index(corpus, tmp_path_factory):
    embedder = load_embedder(None)
    return open_index(
        corpus, Path(tmp_path_factory.mktemp("data")), embedder, weights=weights_for(embedder.name)
    )


def test_questions_are_enough_and_each_document_has_its_share(corpus):
    cases = load_cases(SUITE, corpus)
    assert len(cases) >= 60
    assert len({case.question for case in cases}) == len({case.id for case in cases}) == len(cases)
    for document in corpus.documents:
        own = [case for case in cases if case.clauses[0].startswith(document.slug)]
        assert len(own) >= 12, document.slug


def test_the_right_clause_is_found(corpus, index):
    result = score(index, load_cases(SUITE, corpus))
    assert result.mrr >= 0.9, result.misses
    assert result.among_five >= 0.94


def test_the_clause_that_grants_stands_above_the_answer_that_retells_it(index):
    names = [hit.clause_id for hit in index.search("对于开展硬核技术攻关有什么扶持")]
    assert names[0] == "changning-ai-draft/7.1"
    assert "changning-ai-draft/qa.5" in names[1:]


def test_clause_ten_stands_above_the_news_lead_that_repeats_it(index):
    names = [hit.clause_id for hit in index.search("检验检测机构获得国外认可机构认可资质奖励多少")]
    assert names[0] == "sh-industrial-services/10"
    assert "sh-industrial-services/preamble" in names[1:]


def test_coverage_tells_what_the_corpus_does_not_speak_of(index):
    def best(question):
        return max(dict(hit.parts)["coverage"] for hit in index.search(question))

    assert best("DCMM贯标二级认证费") > 0.8
    assert best("明天会下雨吗") < 0.3
    assert best("怎么提取公积金买房") < 0.6


def test_the_blind_questions_are_others_and_each_quotes_the_words_that_answer_it(corpus):
    blind, known = load_cases(TEST_SUITE, corpus), load_cases(SUITE, corpus)
    assert len(blind) >= 120
    assert not {case.question for case in blind} & {case.question for case in known}
    for case in blind:
        assert len(case.quotes) == len(case.clauses) > 0
    for document in corpus.documents:
        assert sum(case.clauses[0].startswith(document.slug) for case in blind) >= 10, document.slug
