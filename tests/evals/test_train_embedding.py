"""Training the default embedding on a folder of a few made-up questions."""

import gzip
import json

import pytest

from evals.train_embedding import Recipe, train
from evals.train_embedding_pairs import (
    calibration_questions,
    cloze_pairs,
    forbidden_in,
    is_held_out,
    letters,
    question_pairs,
    title_pairs,
    training_texts,
)

TEST_ANSWER = "渔船修理法第一条 修理渔船的,由船主付费。船主可以分期付费。"
TRAINED = {
    f"p{number}": f"{town}市渔港管理条例第{number}条 {town}的渔船进港应当报告。{town}的渔民应当登记。"
    for number, town in enumerate(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"], 1)
}


def write(folder, name, rows):
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    passages = {"gold": TEST_ANSWER, **TRAINED}
    write(folder, "stard.passages", [{"id": name, "t": text} for name, text in passages.items()])
    write(folder, "stard_test.queries", [{"q": "修船谁出钱？", "r": ["gold"]}])
    questions = [{"q": f"第{name}号渔港要报告吗", "r": [name]} for name in TRAINED]
    leaking = [{"q": "修 船 谁 出 钱", "r": ["p1"]}, {"q": "渔船坏了谁掏腰包", "r": ["gold"]}]
    write(folder, "stard_train.queries", questions + leaking)
    # The test answer again, in another file, under another id and in full width.
    write(folder, "cmrc_train.passages", [{"id": "copy", "t": TEST_ANSWER.replace(",", "，") + " "}])
    write(folder, "cmrc_train.queries", [{"q": "船主要付费吗", "r": ["copy"]}])
    return folder


def sides(pairs):
    return {letters(side) for pair in pairs for side in pair}


def test_no_pair_holds_a_test_question_or_its_answer(data):
    found = sides(question_pairs(data, forbidden_in(data)))
    assert letters("修船谁出钱") not in found
    assert letters(TEST_ANSWER) not in found
    assert any(letters(text) in found for text in TRAINED.values())


def test_no_text_of_a_test_answer_is_read_at_all(data):
    forbidden = forbidden_in(data)
    texts = training_texts(data, forbidden)
    assert texts
    assert all("船主" not in text for text in texts)
    assert all("船主" not in "".join(pair) for pair in cloze_pairs(texts, 99, 1) + title_pairs(texts, 99, 1))


def test_what_is_held_out_for_calibration_is_not_trained_on(data):
    forbidden = forbidden_in(data)
    held = {name for name, text in TRAINED.items() if is_held_out(letters(text))}
    trained = sides(question_pairs(data, forbidden))
    kept = calibration_questions(data, "stard_train", forbidden)
    assert {name for one in kept for name in one.relevant} == held
    assert not {letters(one.text) for one in kept} & trained
    assert not {letters(TRAINED[name]) for name in held} & trained


def test_a_title_is_paired_with_its_article_and_a_sentence_with_the_rest():
    text = "渔港条例第一条 渔船进港应当报告。渔民应当登记姓名。"
    assert title_pairs([text], 9, 1) == [("渔港条例", "渔船进港应当报告。渔民应当登记姓名。")]
    [(sentence, rest)] = cloze_pairs([text], 9, 1)
    assert {sentence, rest} == {"渔船进港应当报告。", "渔民应当登记姓名。"}


@pytest.fixture(scope="module")
def models(data, tmp_path_factory):
    recipe = Recipe(words=400, dimensions=16, matryoshka=(16, 8), passes=1, batch=64, clozes=20, own_times=1)
    folders = [tmp_path_factory.mktemp("model") for _ in range(2)]
    for folder in folders:
        train(data, folder, recipe)
    return folders


def test_training_twice_gives_the_same_files(models):
    one, other = models
    for name in ("model.safetensors", "tokenizer.json", "config.json", "modules.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_three_readers_give_the_same_vectors(models):
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    from assistant.adapters.static_embedding import StaticEmbedder

    texts = ["渔船进港要报告吗", "给予最高300万元的资助"]
    ours = StaticEmbedder(models[0]).embed(texts)
    for theirs in (
        SentenceTransformer(str(models[0]), device="cpu").encode(texts),
        StaticModel.from_pretrained(models[0]).encode(texts),
    ):
        for one, other in zip(ours, theirs.tolist(), strict=True):
            assert list(one) == pytest.approx(other, abs=1e-5)
