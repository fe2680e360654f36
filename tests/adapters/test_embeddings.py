import subprocess
import sys

import pytest

from assistant.adapters.chroma_collection import collection_name
from assistant.adapters.embeddings import (
    EmbedderUnavailableError,
    HashedEmbedder,
    ModelUse,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    load_embedder,
    usual_use,
)
from assistant.adapters.langchain_parts import PortEmbeddings
from tests.models import save_tiny_model


def cosine(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("setting", [None, "", "  "])
def test_without_a_setting_the_trained_embedding_serves(setting):
    assert isinstance(load_embedder(setting), StaticEmbedder)


def test_the_embedding_without_trained_weights_can_be_asked_for():
    assert isinstance(load_embedder("hashed"), HashedEmbedder)


def test_the_built_in_embedding_puts_shared_words_near():
    ship, same, other = HashedEmbedder().embed(["船舶保险保费补贴", "投保船舶险的保费", "新建温室大棚"])
    assert cosine(ship, same) > cosine(ship, other) + 0.2


def test_it_is_the_same_in_every_process():
    code = (
        "from assistant.adapters.embeddings import HashedEmbedder\nprint(HashedEmbedder().embed(['贯标'])[0])"
    )
    first, second = (subprocess.check_output([sys.executable, "-c", code]) for _ in range(2))
    assert first == second


def test_asking_words_do_not_move_a_query():
    plain, dressed = HashedEmbedder().embed(["船员培训补贴", "请问船员培训补贴多少钱"], is_query=True)
    assert cosine(plain, dressed) == pytest.approx(1.0, abs=1e-6)


def test_the_built_in_embedding_needs_no_torch():
    code = (
        "import sys; from assistant.adapters.embeddings import load_embedder as load;"
        "load(None).embed(['贯标']);"
        "assert not {'torch', 'sentence_transformers', 'chromadb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_naming_a_model_loads_nothing():
    assert SentenceTransformerEmbedder("BAAI/bge-small-zh-v1.5").name.startswith("bge-small-zh-v1.5-")


def test_other_weights_under_the_same_path_are_another_model(tmp_path):
    before = load_embedder(str(save_tiny_model(tmp_path, seed=0))).name
    after = load_embedder(str(save_tiny_model(tmp_path, seed=1))).name
    assert before != after


def test_a_common_model_is_used_as_its_makers_say():
    assert usual_use("BAAI/bge-large-zh-v1.5").query_instruction.startswith("为这个句子")
    assert usual_use("intfloat/multilingual-e5-base").passage_instruction == "passage: "
    assert usual_use("/data/models/bge-m3") == ModelUse(max_length=1024)


def test_an_instruction_of_the_settings_comes_before_the_usual_one():
    assert load_embedder("BAAI/bge-small-zh-v1.5").name != load_embedder("BAAI/bge-small-zh-v1.5", "").name


def test_a_longest_length_is_part_of_the_name():
    assert load_embedder("a/b").name != load_embedder("a/b", max_length=64).name


def test_the_query_instruction_is_part_of_the_name():
    assert load_embedder("a/b").name != load_embedder("a/b", "为查询").name


def test_the_instruction_is_put_before_questions_only(tmp_path):
    model = str(save_tiny_model(tmp_path))
    plain, instructed = load_embedder(model), load_embedder(model, "船舶保险")
    assert cosine(instructed.embed(["温室"])[0], plain.embed(["温室"])[0]) == pytest.approx(1.0, abs=1e-5)
    assert cosine(instructed.embed(["温室"], True)[0], plain.embed(["船舶保险温室"])[0]) == pytest.approx(
        1.0, abs=1e-5
    )


@pytest.mark.parametrize("name", ["/nowhere/model", "./没有的模型"])
def test_a_model_that_is_not_there_is_told_in_chinese(name):
    with pytest.raises(EmbedderUnavailableError, match="无法加载向量模型") as told:
        load_embedder(name).embed(["贯标"])
    assert name in str(told.value)
    assert "POLICY_EMBEDDING_MODEL" in str(told.value)


def test_a_folder_that_is_no_model_is_told(tmp_path):
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(EmbedderUnavailableError, match="无法加载向量模型"):
        load_embedder(str(tmp_path)).embed(["贯标"])


def test_damaged_weights_are_told(tmp_path):
    save_tiny_model(tmp_path)
    next(tmp_path.rglob("*.safetensors")).write_bytes(b"garbage")
    with pytest.raises(EmbedderUnavailableError, match="无法加载向量模型"):
        load_embedder(str(tmp_path)).embed(["贯标"])


def test_any_embedder_serves_langchain():
    vectors = PortEmbeddings(HashedEmbedder())
    assert len(vectors.embed_documents(["温室", "船舶"])) == 2
    assert cosine(vectors.embed_query("温室"), vectors.embed_documents(["温室"])[0]) == pytest.approx(1.0)


def test_collections_of_different_embedders_have_different_names():
    names = {collection_name(name) for name in ("a/b", "a-b", "模型", "模型二", "x" * 600)}
    assert len(names) == 5
    assert all(3 <= len(name) <= 512 and name.isascii() for name in names)
