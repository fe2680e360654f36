"""Transformers as embeddings, as the hub's are: a BERT of a few kilobytes made here, with its own prompts."""

import pytest

from assistant.adapters.embeddings import ModelUse, SentenceTransformerEmbedder, load_embedder
from assistant.adapters.index import open_index
from tests.texts import TEXTS, corpus_of
from tests.tiny_bert import save_bert

CHARACTERS = sorted(set("".join("".join(both) for both in TEXTS.values()) + "为查询温室船舶") - {"\n"})
PROMPT = "为查询"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return str(save_transformer(tmp_path_factory.mktemp("bert"), prompts={"query": PROMPT, "document": ""}))


@pytest.fixture(scope="module")
def plain_model(tmp_path_factory):
    return str(save_transformer(tmp_path_factory.mktemp("plain"), prompts={}))


def save_transformer(folder, prompts):
    """Write a sentence-transformers model of one layer; its weights are the same whatever its prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    base = folder / "base"
    base.mkdir()
    save_bert(base, BertModel, CHARACTERS)
    layers = Transformer(str(base))
    pooling = Pooling(layers.get_embedding_dimension())
    SentenceTransformer(modules=[layers, pooling], prompts=prompts, device="cpu").save(str(folder / "model"))
    return folder / "model"


def one(name, text, is_query=False, **use):
    return SentenceTransformerEmbedder(name, ModelUse(device="cpu", **use)).embed([text], is_query)[0]


def test_every_vector_has_length_one(model):
    assert sum(number**2 for number in one(model, "新建温室")) == pytest.approx(1.0, abs=1e-5)


def test_the_prompt_a_model_brings_is_put_before_questions_and_not_before_passages(model, plain_model):
    assert one(model, "温室", is_query=True) == pytest.approx(one(plain_model, PROMPT + "温室"), abs=1e-5)
    assert one(model, "温室") == pytest.approx(one(plain_model, "温室"), abs=1e-5)


def test_an_instruction_of_ours_takes_the_place_of_the_models_own(model, plain_model):
    asked = one(model, "温室", is_query=True, query_instruction="船舶")
    assert asked == pytest.approx(one(plain_model, "船舶温室"), abs=1e-5)


def test_a_passage_instruction_is_put_before_passages(plain_model):
    given = one(plain_model, "温室", passage_instruction="船舶")
    assert given == pytest.approx(one(plain_model, "船舶温室"), abs=1e-5)


def test_what_is_beyond_the_longest_length_does_not_move_the_vector(model):
    # eight tokens: the model's two own marks and six characters
    cut = one(model, "新建温室的农户给予支持", max_length=8)
    assert cut == pytest.approx(one(model, "新建温室的农", max_length=8), abs=1e-5)
    assert cut != pytest.approx(one(model, "新建温室的农户给予支持"), abs=1e-3)


def test_a_longer_length_than_the_model_reads_does_not_break_it(model):
    assert len(one(model, "温室" * 500, max_length=5000)) == 16


def test_batches_do_not_change_the_vectors(model):
    texts = ["温室", "管理船舶十艘以上的企业", "种苗", "对开展船员培训的机构给予补贴", "附则"]
    by_two, at_once = (
        SentenceTransformerEmbedder(model, ModelUse(device="cpu", batch=size)).embed(texts)
        for size in (2, 32)
    )
    for few, many in zip(by_two, at_once, strict=True):
        assert few == pytest.approx(many, abs=1e-5)


def test_an_index_is_built_with_it_under_a_bar_and_finds(model, tmp_path, capsys):
    index = open_index(corpus_of(), tmp_path, load_embedder(model, device="cpu"), progress=True)
    assert "正在建立语义向量索引" in capsys.readouterr().err
    hits = index.search("新建温室补贴")
    assert hits[0].clause_id == "garden/2.1"
    assert dict(hits[0].parts)["dense"] > 0
