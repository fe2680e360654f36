"""The measure of the outline: what is right, missed, one too many, worked out by hand."""

import json

from corpus.reading.clauses import split_clauses
from evals.reading.outline import report, score_outline, scores

TEXT = (
    "某市措施\n一、支持研发\n（一）奖励10万元。\n（二）奖励20万元。\n"
    "二、支持上市\n（三）奖励30万元。\n1.主板。\n2.创业板。"
)


def test_a_label_is_right_with_or_without_the_marks_above_it():
    listed = ["一、", "一、（一）", "一、（二）", "二、", "（三）"]
    score = score_outline("a", listed, split_clauses("a", TEXT))
    assert (score.right, score.missed, score.too_many, score.share) == (5, (), (), 1.0)


def test_what_is_missed_or_too_many_costs_and_deeper_levels_do_not():
    score = score_outline("a", ["一、", "一、（一）", "三、"], split_clauses("a", TEXT))
    assert score.missed == ("三、",)
    assert score.too_many == ("（二）", "二、", "（三）")
    assert score.share == 2 / 6


def test_a_text_without_items_is_right_where_none_is_read():
    assert score_outline("a", [], split_clauses("a", "北湖市出台新政。\n最高奖励50万元。")).share == 1.0
    assert score_outline("a", [], split_clauses("a", TEXT)).share == 0.0


def test_a_folder_is_scored_by_its_list(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    listed = ["一、", "一、（一）", "一、（二）", "二、", "二、（三）"]
    record = json.dumps({"id": "a", "labels": listed}, ensure_ascii=False)
    (tmp_path / "metadata.jsonl").write_text(record + "\n", "utf-8")
    assert [one.share for one in scores(tmp_path)] == [1.0]
    assert list(scores(tmp_path, ["b"])) == []
    assert list(report(list(scores(tmp_path))))[-1] == "共 1 份：标签 1.000，按份平均 1.000"
