import pytest

from assistant.adapters.hybrid_index import HybridIndex
from assistant.adapters.retrievers import Retrievers
from assistant.ports import Hit
from assistant.retrieval.coverage import WeightedTerm
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.fusion import Weights
from assistant.retrieval.ranking import (
    FEATURES,
    Candidate,
    Ranked,
    Ranker,
    chances,
    features,
    load_ranker,
)
from corpus.errors import BrokenCorpusError
from tests.texts import corpus_of

RENT = WeightedTerm(2.0, ("房租",))
AWARD = WeightedTerm(1.0, ("补贴",))
UNKNOWN = WeightedTerm(1.0, ())


def seen(candidate, query_terms=(RENT, AWARD)):
    return features(query_terms, candidate)


def test_coverage_counts_the_title_and_the_headings_too():
    found = seen(Candidate("a/1", 1, 1, 0, "给予补贴", "降低房租", ""))
    assert found["coverage"] == 1.0
    assert found["sentence"] == pytest.approx(1 / 3)


def test_a_sentence_that_says_it_all_says_more_than_two_that_share_it():
    together = seen(Candidate("a/1", 1, 1, 0, "附则。给予房租补贴。"))
    apart = seen(Candidate("a/2", 1, 1, 0, "降低房租。给予补贴。"))
    assert together["coverage"] == apart["coverage"] == 1.0
    assert together["sentence"] == 1.0
    assert apart["sentence"] == pytest.approx(2 / 3)


def test_a_word_nothing_knows_is_never_covered():
    assert seen(Candidate("a/1", 1, 1, 0, "房租补贴"), (RENT, UNKNOWN))["coverage"] == pytest.approx(2 / 3)


def test_a_question_without_pieces_covers_nothing():
    assert seen(Candidate("a/1", 1, 1, 0, "房租"), ())["coverage"] == 0.0


def test_a_law_of_the_whole_country_is_told_from_a_local_one():
    assert seen(Candidate("a/1", 0, 0, 0, "", is_national=True))["national"] == 1.0
    assert seen(Candidate("a/1", 0, 0, 0, ""))["national"] == 0.0


def test_every_feature_is_told_for_every_candidate():
    assert tuple(seen(Candidate("a/1", 0, 0, 0, ""))) == FEATURES


def test_candidates_are_ordered_by_the_sum_of_their_parts():
    ranker = Ranker({"lexical": 2.0, "dense": 1.0})
    ranked = ranker.rank((), [Candidate("a/1", 0, 0.5, 0.4, ""), Candidate("a/2", 0, 0.4, 0.9, "")])
    assert [one.clause_id for one in ranked] == ["a/2", "a/1"]
    assert [one.score for one in ranked] == pytest.approx([1.7, 1.4])
    assert ranked[0].parts == (("lexical", 0.8), ("dense", 0.9))


def test_equal_candidates_are_ordered_by_id():
    ranked = Ranker({}).rank((), [Candidate("b/1", 1, 1, 1, ""), Candidate("a/1", 0, 0, 0, "")])
    assert [one.clause_id for one in ranked] == ["a/1", "b/1"]


def test_chances_add_up_to_one_however_large_the_sums():
    found = chances([Ranked("a", 900.0, ()), Ranked("b", 899.0, ())])
    assert sum(chance for _, chance in found) == pytest.approx(1.0)
    assert chances([]) == []


def test_the_weights_that_ship_come_with_command_day_and_figures():
    assert load_ranker().weights["fused"] > 0


def test_a_weights_file_that_names_no_feature_of_ours_is_refused(tmp_path):
    path = tmp_path / "ranking.yaml"
    path.write_text(
        "command: x\nwritten_on: x\nembedder: x\nquestions: {}\nfigures: {}\nweights: {luck: 1.0}\n",
        encoding="utf-8",
    )
    with pytest.raises(BrokenCorpusError, match="luck"):
        load_ranker(path)


def test_an_embedding_has_the_weight_that_was_calibrated_for_it(tmp_path):
    path = tmp_path / "dense_weights.yaml"
    path.write_text("weights: [{match: bge-m3-.*, dense: 1.5}]\n", encoding="utf-8")
    assert weights_for("bge-m3-12345678", [path]).dense == 1.5
    assert weights_for("somebody-else", [path, tmp_path / "none.yaml"]) == Weights()
    assert weights_for("static-256-00000000").dense != weights_for("hashed-1024-1").dense


class Side:
    """One side of an index that has found what it was told to."""

    def __init__(self, scores):
        self._scores = scores

    def search(self, query, limit=10, only=None, added=()):
        return [Hit(name, score) for name, score in self._scores.items()][:limit]

    def frequency(self, term):
        return 1

    def matches(self, query, clause_id, added=()):
        return ()


def searched(weights, limit=3):
    words = Side({"harbour/1": 10.0, "harbour/2": 9.0, "harbour/3": 1.0})
    retrievers = Retrievers(words, Side({"harbour/1": 0.5, "harbour/2": 0.5, "harbour/3": 0.5}))
    ranker = Ranker(weights) if weights else None
    return HybridIndex(corpus_of(), lambda anew: retrievers, ranker=ranker).search("船员培训费用补贴", limit)


def test_the_reranking_can_turn_the_order_of_the_fusion_round():
    assert searched(None)[0].clause_id == "harbour/1"
    assert searched({"coverage": 5.0})[0].clause_id == "harbour/2"


def test_a_hit_tells_what_each_feature_added():
    parts = dict(searched({"coverage": 5.0, "lexical": 1.0})[0].parts)
    assert parts["ranked"] == pytest.approx(parts["rank.coverage"] + parts["rank.lexical"])
    assert parts["rank.lexical"] == pytest.approx(0.9)
    assert {"lexical", "dense", "coverage", "fused"} <= set(parts)


def test_scores_fall_from_the_first_hit_to_the_last():
    scores = [hit.score for hit in searched({"coverage": 5.0})]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3
