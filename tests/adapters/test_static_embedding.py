"""The embedding that ships."""

import math
import subprocess
import sys

import pytest

from assistant.adapters.errors import EmbedderUnavailableError
from assistant.adapters.static_embedding import MODEL, StaticEmbedder


def cosine(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_it_fits_in_sixteen_megabytes_with_its_card():
    assert sum(file.stat().st_size for file in MODEL.rglob("*")) < 16_000_000
    assert (MODEL / "README.md").is_file()


def test_it_is_read_without_torch():
    code = (
        "import sys; from assistant.adapters.embeddings import load_embedder as load;"
        "load(None).embed(['贯标']);"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'model2vec'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_it_is_the_same_in_every_process():
    code = (
        "from assistant.adapters.static_embedding import StaticEmbedder as E\n"
        "print(E().name, E().embed(['贯标认证费'])[0])"
    )
    first, second = (subprocess.check_output([sys.executable, "-c", code]) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "other",
    ["貫標認證費給多少錢？DCMM", "贯标认证费给多少钱？ＤＣＭＭ", "贯标 认证费，给多少钱？dcmm"],
    ids=["traditional", "full width", "blanks and small letters"],
)
@pytest.mark.parametrize("is_query", [True, False])
def test_how_a_text_is_written_does_not_move_its_vector(other, is_query):
    embedder = StaticEmbedder()
    plain, same = embedder.embed(["贯标认证费给多少钱？DCMM", other], is_query)
    assert cosine(plain, same) > 0.95
    assert cosine(*embedder.embed(["贯标认证费DCMM", "貫標認證費ＤＣＭＭ"], is_query)) == pytest.approx(
        1.0, abs=1e-6
    )


def test_words_of_one_matter_are_near_though_none_is_shared():
    rent, office, car = StaticEmbedder().embed(["房租", "租金", "自动驾驶"])
    assert cosine(rent, office) > cosine(rent, car) + 0.1


@pytest.mark.parametrize("text", ["", "  \n", "？！", "\U0001f600", "\x00"])
def test_a_text_without_words_still_gets_a_vector_of_length_one(text):
    [vector] = StaticEmbedder().embed([text])
    assert math.sqrt(cosine(vector, vector)) == pytest.approx(1.0)


def test_a_very_long_text_is_read_to_its_end():
    embedder = StaticEmbedder()
    short, long = embedder.embed(["支持企业研发。" * 20_000, "支持企业研发。" * 20_000 + "房租补贴" * 20_000])
    assert cosine(short, embedder.embed(["支持企业研发。"])[0]) == pytest.approx(1.0, abs=1e-3)
    assert (
        cosine(long, embedder.embed(["房租补贴"])[0]) > cosine(short, embedder.embed(["房租补贴"])[0]) + 0.2
    )


def test_fewer_dimensions_are_the_first_ones():
    whole, first = StaticEmbedder().embed(["贯标"])[0], StaticEmbedder(dimensions=64).embed(["贯标"])[0]
    length = math.sqrt(cosine(whole[:64], whole[:64]))
    assert [number / length for number in whole[:64]] == pytest.approx(list(first), abs=1e-6)
    assert StaticEmbedder(dimensions=64).name != StaticEmbedder().name


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_damaged_files_are_told_in_chinese(tmp_path, damage):
    if damage == "garbage":
        (tmp_path / "model.safetensors").write_bytes(b"garbage")
        (tmp_path / "tokenizer.json").write_bytes(b"{")
    with pytest.raises(EmbedderUnavailableError, match="无法读取内置向量模型"):
        StaticEmbedder(tmp_path).embed(["贯标"])
