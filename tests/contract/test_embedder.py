"""What every `Embedder` must do, on each that we have."""

import math

import pytest

from assistant.adapters.embeddings import HashedEmbedder, StaticEmbedder, load_embedder

TEXTS = ["对管理船舶的企业给予奖励", "新建温室给予补贴", "", "？！", "A" * 5000, "第八条(三)"]


@pytest.fixture(params=["built-in", "short", "hashed", "sentence-transformers", "with an instruction"])
def embedder(request, tiny_model):
    return {
        "built-in": lambda: load_embedder(None),
        "short": lambda: StaticEmbedder(dimensions=64),
        "hashed": lambda: HashedEmbedder(64),
        "sentence-transformers": lambda: load_embedder(str(tiny_model)),
        "with an instruction": lambda: load_embedder(str(tiny_model), "为查询"),
    }[request.param]()


@pytest.fixture(params=[False, True], ids=["passage", "query"])
def is_query(request):
    return request.param


def test_each_text_gets_a_vector_of_one_length(embedder, is_query):
    vectors = embedder.embed(TEXTS, is_query)
    assert len(vectors) == len(TEXTS)
    assert len({len(vector) for vector in vectors}) == 1


def test_vectors_of_texts_with_words_have_unit_length(embedder, is_query):
    for vector in embedder.embed(["对管理船舶的企业给予奖励", "新建温室给予补贴"], is_query):
        assert math.sqrt(sum(number * number for number in vector)) == pytest.approx(1.0, abs=1e-5)


def test_vectors_hold_finite_numbers_only(embedder, is_query):
    assert all(math.isfinite(number) for vector in embedder.embed(TEXTS, is_query) for number in vector)


def test_the_same_text_gives_the_same_vector_alone_or_in_a_batch(embedder):
    alone = embedder.embed([TEXTS[1]])[0]
    assert list(embedder.embed(TEXTS)[1]) == pytest.approx(list(alone), abs=1e-6)


def test_a_text_is_nearest_to_itself(embedder):
    first, second = embedder.embed(TEXTS[:2])
    assert sum(a * a for a in first) > sum(a * b for a, b in zip(first, second, strict=True)) + 0.1


def test_no_texts_give_no_vectors(embedder):
    assert list(embedder.embed([])) == []


def test_the_name_is_stable(embedder):
    assert embedder.name == embedder.name != ""
