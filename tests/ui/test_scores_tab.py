"""评测 without a browser: the runs found, their figures, what they have wrong."""

import json

import pytest

from ui.page.scores.runs import failures_of, finished_runs
from ui.page.scores.tab import scores_view

SUMMARY = {
    "counts": {"items": 4, "attempts": 4, "errors": 1, "timeouts": 0, "invalid": 0},
    "metrics": {"passed": {"n": 4, "value": 0.75, "low": 0.3, "high": 0.95}},
    "by_suite": {"core": {"n": 4, "value": 0.75, "low": 0.3, "high": 0.95}},
    "faults": {"数额不对": 1},
    "latency_s": {"p50": 0.008, "p95": 0.02, "max": 0.03},
}
WRONG = {
    "id": "core-001",
    "passed": False,
    "fault": "数额不对",
    "why": ["应为240万元 <b>"],
    "turns": ["能拿多少<img src=x>"],
    "replies": [{"text": "最高24万元"}],
}
RIGHT = {"id": "core-002", "passed": True, "turns": ["谁负责"], "replies": [{"text": "区科委"}]}


@pytest.fixture
def folder(tmp_path):
    run = tmp_path / "今天"
    run.mkdir()
    (run / "summary.json").write_text(json.dumps(SUMMARY), "utf-8")
    lines = (json.dumps(one, ensure_ascii=False) for one in (WRONG, RIGHT))
    (run / "results.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_a_run_shows_its_figures_with_n_and_interval(folder):
    figures, _ = scores_view(folder, "今天")
    assert "75.0%" in figures
    assert "n=4，95% 区间 30.0%–95.0%" in figures
    assert "4 题 · 出错 1" in figures
    assert "中位用时 8 毫秒" in figures


def test_only_what_is_wrong_is_opened_with_the_reason(folder):
    _, failures = scores_view(folder, "今天")
    assert "答错的题（1）" in failures
    assert "应为240万元" in failures
    assert "最高24万元" in failures
    assert "谁负责" not in failures


def test_words_of_a_run_are_shown_and_do_nothing(folder):
    _, failures = scores_view(folder, "今天")
    assert "<img" not in failures
    assert "<b>" not in failures


def test_without_a_run_the_command_is_named(tmp_path):
    assert "policy-assistant eval" in scores_view(tmp_path / "none", None)[0]
    assert finished_runs(tmp_path) == ()


def test_an_unfinished_or_broken_run_is_left_out(folder):
    for name, content in {"a": "{", "b": "[]", "c": "null"}.items():
        (folder / name).mkdir()
        (folder / name / "summary.json").write_text(content, "utf-8")
    (folder / "d").mkdir()
    assert [run.name for run in finished_runs(folder)] == ["今天"]


def test_results_that_cannot_be_read_are_none(folder):
    (folder / "今天" / "results.jsonl").write_text("{", "utf-8")
    assert failures_of(finished_runs(folder)[0]) == []


def test_a_name_outside_the_folder_finds_nothing(folder):
    assert "policy-assistant eval" in scores_view(folder, "../今天")[0]
