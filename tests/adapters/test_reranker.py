"""A cross-encoder over the first clauses found, with a model of a few kilobytes made here."""

from itertools import pairwise

import pytest

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.adapters.reranker import CrossEncoderScorer, RerankedIndex
from assistant.ports import Hit
from tests.tiny_bert import save_bert

TEXTS = {"a": "支持研发", "b": "补贴房租", "c": "奖励贯标", "d": "附则", "e": "施行日期"}


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory):
    return save_cross_encoder(tmp_path_factory.mktemp("cross"), labels=1)


def save_cross_encoder(folder, labels):
    from transformers import BertForSequenceClassification

    characters = sorted(set("".join(TEXTS.values()) + "贯标给多少"))
    return save_bert(folder, BertForSequenceClassification, characters, num_labels=labels)


class Found:
    """An index that has found some clauses, best first."""

    def __init__(self, names):
        self._names = names

    def search(self, query, limit=10, only=None):
        return [Hit(name, 1 / at, (("fused", 1 / at),)) for at, name in enumerate(self._names[:limit], 1)]


class ByLength:
    """A scorer that likes short texts, and remembers what it was given."""

    def __init__(self):
        self.seen = []

    def scores(self, question, texts):
        self.seen.append((question, list(texts)))
        return [1 / len(text) for text in texts]


def reranked(top, names="abcde"):
    scorer = ByLength()
    return RerankedIndex(Found(names), scorer, TEXTS.__getitem__, top), scorer


def test_the_first_clauses_are_put_in_the_models_order():
    index, _ = reranked(top=5)
    assert [hit.clause_id for hit in index.search("?", 5)] == ["d", "a", "b", "c", "e"]


def test_only_the_first_are_read_and_the_rest_stay_behind_them():
    index, scorer = reranked(top=2)
    hits = index.search("贯标", 5)
    assert scorer.seen == [("贯标", ["支持研发", "补贴房租"])]
    assert [hit.clause_id for hit in hits] == ["a", "b", "c", "d", "e"]
    assert all(one.score > other.score for one, other in pairwise(hits[1:]))


def test_more_are_read_than_are_asked_for():
    index, _ = reranked(top=5)
    assert [hit.clause_id for hit in index.search("?", 1)] == ["d"]


def test_the_parts_tell_the_models_score_and_its_time():
    index, _ = reranked(top=2)
    parts = dict(index.search("?", 1)[0].parts)
    assert parts["rerank"] == pytest.approx(0.25)
    assert parts["rerank_ms"] >= 0
    assert parts["fused"] == 1.0


def test_nothing_found_is_nothing_read():
    assert reranked(top=2, names="")[0].search("?") == ()
    assert reranked(top=2)[0].search("?", 0) == ()


def test_a_cross_encoder_scores_each_text_from_0_to_1(tiny_cross_encoder):
    scorer = CrossEncoderScorer(str(tiny_cross_encoder), device="cpu")
    first, again = (scorer.scores("贯标给多少", list(TEXTS.values())) for _ in range(2))
    assert len(first) == len(TEXTS)
    assert all(0 < score < 1 for score in first)
    assert first == pytest.approx(again)
    assert scorer.scores("贯标", []) == []


def test_a_longer_text_than_the_model_reads_is_cut(tiny_cross_encoder):
    scorer = CrossEncoderScorer(str(tiny_cross_encoder), max_length=32, device="cpu")
    assert len(scorer.scores("贯标", ["奖励贯标" * 500])) == 1


def test_a_classifier_is_no_reranker(tmp_path):
    with pytest.raises(EmbedderUnavailableError, match="3 个分数"):
        CrossEncoderScorer(str(save_cross_encoder(tmp_path, labels=3)), device="cpu").scores("?", ["附则"])


def test_a_model_that_is_not_there_is_told_in_chinese():
    with pytest.raises(EmbedderUnavailableError, match="无法加载重排模型") as told:
        CrossEncoderScorer("/nowhere/model").scores("贯标", ["附则"])
    assert "POLICY_RERANKER_MODEL" in str(told.value)
