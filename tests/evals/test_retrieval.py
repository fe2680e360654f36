"""Measuring retrieval: public sets as a corpus, ranks, intervals, and the fit of the reranking."""

import gzip
import json

import numpy as np
import pytest

from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.hybrid_index import HybridIndex
from assistant.ports import Hit
from assistant.retrieval.ranking import FEATURES
from evals.exact_retrievers import build_retrievers
from evals.public_sets import as_corpus, available_test_sets, load_public_set, passage_id
from evals.retrieval_cases import load_cases
from evals.retrieval_measures import gain, quality, rank_of
from evals.retrieval_ranking import Example, fit, held_out, reciprocal_ranks
from evals.retrieval_weights import choose
from tests.texts import corpus_of

ARTICLES = {
    "g1": "中华人民共和国渔业法第一条 渔船应当登记。",
    "g2": "中华人民共和国渔业法第二条 捕捞应当有许可证。",
    "a1": "甲市渔港条例第一条 渔船进港应当报告。",
}


@pytest.fixture
def folder(tmp_path):
    def write(name, rows):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    write("stard.passages", [{"id": name, "t": text} for name, text in ARTICLES.items()])
    write("stard_test.queries", [{"q": "没有证能捕鱼吗，捕捞许可证", "r": ["g2"]}])
    return tmp_path


def test_only_sets_whose_files_are_there_are_named(folder):
    assert available_test_sets(folder) == ("stard_test",)


def test_laws_become_documents_and_articles_clauses(folder):
    corpus = as_corpus(load_public_set(folder, "stard_test"))
    assert [(one.title, one.level, len(one.clauses)) for one in corpus.documents] == [
        ("中华人民共和国渔业法", "national", 2),
        ("甲市渔港条例", "local", 1),
    ]
    assert [passage_id(clause.id) for clause in corpus.clauses] == list(ARTICLES)
    assert [clause.text for clause in corpus.clauses] == list(ARTICLES.values())


def test_our_own_index_finds_in_them(folder):
    public = load_public_set(folder, "stard_test")
    corpus = as_corpus(public)
    retrievers = build_retrievers(corpus, folder / "index", HashedEmbedder(64))
    hits = HybridIndex(corpus, lambda anew: retrievers).search(public.questions[0].text)
    assert passage_id(hits[0].clause_id) == "g2"


def test_the_rank_is_that_of_the_first_right_hit():
    hits = [Hit("a", 3), Hit("b", 2), Hit("c", 1)]
    assert rank_of(hits, {"b", "c"}.__contains__) == 2
    assert rank_of(hits, {"z"}.__contains__) == 0


def test_quality_of_some_ranks():
    found = quality([1, 2, 0, 4])
    assert (found.n, found.first, found.three, found.ten) == (4, 0.25, 0.5, 0.75)
    assert found.mrr == pytest.approx((1 + 0.5 + 0 + 0.25) / 4)
    assert found.low <= found.mrr <= found.high


def test_a_difference_that_could_be_chance_has_a_large_p():
    assert gain([1, 2] * 20, [2, 1] * 20).p > 0.5
    assert gain([1, 2], [1, 2]).p == 1.0


def test_a_difference_on_every_question_has_a_small_p():
    found = gain([1] * 40, [2] * 40)
    assert (found.by, found.low, found.high) == (0.5, 0.5, 0.5)
    assert found.p < 0.001


def test_a_quote_that_the_clause_does_not_hold_is_refused(tmp_path):
    path = tmp_path / "suite.jsonl"
    row = {"id": "x", "question": "?", "evidence": [{"clause": "harbour/1", "quote": "最高90万元"}]}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(ValueError, match="最高90万元"):
        load_cases(path, corpus_of())


def examples(document, feature, count=40, seed=0):
    """Questions on a document whose right candidate is the one with most of one feature."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        rows = chance.random((5, len(FEATURES)))
        right = rows[:, FEATURES.index(feature)] == rows[:, FEATURES.index(feature)].max()
        found.append(Example(document, rows, right))
    return found


def test_the_fit_finds_the_feature_that_tells():
    weights = fit({"own": examples("a", "sentence")})
    assert FEATURES[int(np.argmax(weights))] == "sentence"
    assert reciprocal_ranks(examples("a", "sentence", seed=1), weights).mean() > 0.9


def test_each_set_counts_the_same_however_many_questions_it_has():
    weights = fit({"many": examples("a", "dense", 400), "few": examples("b", "sentence", 40)})
    assert weights[FEATURES.index("sentence")] == pytest.approx(weights[FEATURES.index("dense")], rel=0.3)


def test_a_document_is_ranked_by_weights_that_have_not_seen_it():
    own = [*examples("a", "dense"), *examples("b", "sentence", seed=2)]
    assert held_out(own, {}).mean() < reciprocal_ranks(own, fit({"own": own})).mean() - 0.1


def test_a_weight_that_makes_any_set_worse_is_not_chosen():
    table = {0.0: {"a": 0.5, "b": 0.9}, 0.25: {"a": 0.55, "b": 0.9}, 1.0: {"a": 0.9, "b": 0.8}}
    assert choose(table) == 0.25
