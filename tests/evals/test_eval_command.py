"""`policy-assistant eval` from the outside: exit codes, files, servers of both shapes."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from ui.cli import cli

LINES = [
    {
        "id": "rate",
        "suite": "two",
        "type": "amount",
        "turns": [{"content": "软件首版次的补贴比例是多少？"}],
        "expect": {"amounts": [{"key": "rate", "value": "0.3"}]},
        "evidence": [{"clause": "changning-ai-draft/8.5", "quote": "合同金额30%补贴"}],
    },
    {
        "id": "weather",
        "suite": "two",
        "type": "out_of_scope",
        "turns": [{"content": "明天上海下雨吗？"}],
        "expect": {"status": "not_covered"},
    },
]
ANSWERS = {
    "软件首版次的补贴比例是多少？": "按合同金额的30%补贴。",
    "明天上海下雨吗？": "政策库中没有找到相关规定。",
    "按合同金额的30%补贴。": '{"score": 4}',  # the judge on the first answer; on the other, nothing
}


@pytest.fixture
def suite(tmp_path, monkeypatch):
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "two.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), "utf-8")
    return path


@pytest.fixture(scope="module")
def server():
    """A server that answers both our API and OpenAI's, with words alone in the latter."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            words = ANSWERS.get(body.get("question") or body["messages"][-1]["content"])
            if words is None:
                self.send_error(500)
                return
            refuses = "没有" in words
            ours = {"outcome": "not_covered" if refuses else "answered", "text": words}
            theirs = {"choices": [{"message": {"content": words}}]}
            data = json.dumps(ours if "question" in body else theirs).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()


def run(*arguments):
    return CliRunner().invoke(cli, ["eval", *map(str, arguments)])


def scores(folder):
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    return {name: one["scores"] for name, one in summary["items"].items()}


def test_a_suite_is_run_in_process(suite, tmp_path):
    out = tmp_path / "out"
    result = run(suite, "--out", out)
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == {
        "results.jsonl",
        "summary.json",
        "junit.xml",
        "report.html",
        "transcripts.jsonl",
    }
    header = json.loads((out / "summary.json").read_text("utf-8"))["header"]
    assert {"corpus", "index", "prompts", "model", "code", "scoring", "suites"} <= header.keys()
    assert str(tmp_path) not in json.dumps(header)


def test_a_run_started_again_asks_nothing_again(suite, server, tmp_path):
    command = (suite, "--out", tmp_path / "out", "--openai", server, "--model", "peer")
    assert "沿用上次" not in run(*command).output
    assert "沿用上次 2 次" in run(*command).output
    assert run(*command, "--timeout", "3").exit_code == 2, "another run in the same folder"


def test_a_server_of_ours_is_asked_over_http_and_a_sum_without_a_source_fails_the_gate(
    suite, server, tmp_path
):
    result = run(suite, "--out", tmp_path / "out", "--url", server)
    assert result.exit_code == 1, result.output
    found = scores(tmp_path / "out")
    assert found["weather"]["passed"] == 1
    assert (found["rate"]["citation_recall"], found["rate"]["wrong_number"]) == (0, 1)


def test_a_peer_is_judged_by_its_words(suite, server, tmp_path):
    result = run(suite, "--out", tmp_path / "out", "--openai", f"{server}/v1", "--model", "peer")
    assert result.exit_code == 0, result.output
    found = scores(tmp_path / "out")
    assert found["rate"]["passed"] == found["weather"]["passed"] == 1
    assert "citation_recall" not in found["rate"]


def test_a_judge_of_wording_is_told_apart_and_moves_no_metric(suite, server, tmp_path):
    command = (suite, "--openai", server, "--model", "peer")
    run(*command, "--out", tmp_path / "without")
    result = run(*command, "--out", tmp_path / "with", "--judge", server, "--judge-model", "editor")
    assert result.exit_code == 0, result.output
    summary = json.loads((tmp_path / "with" / "summary.json").read_text("utf-8"))
    assert (summary["judge"]["n"], summary["judge"]["unreadable"], summary["judge"]["mean"]) == (2, 1, 4.0)
    assert scores(tmp_path / "with") == scores(tmp_path / "without")


def test_nobody_there_is_a_broken_run(suite, tmp_path):
    result = run(suite, "--out", tmp_path / "out", "--url", "http://127.0.0.1:9")
    assert result.exit_code == 2
    assert "没有得到任何回答" in result.output


def test_a_suite_that_cannot_be_read_is_bad_input(tmp_path):
    assert run("nowhere", "--out", tmp_path).exit_code == 2
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    result = run(tmp_path / "empty.jsonl", "--out", tmp_path / "out")
    assert (result.exit_code, "题集是空的" in result.output) == (2, True)


def test_a_failed_gate_exits_with_one_and_a_run_that_is_none_with_two(suite, server, tmp_path):
    run(suite, "--out", tmp_path / "base", "--openai", server, "--model", "peer")
    summary = json.loads((tmp_path / "base" / "summary.json").read_text("utf-8"))
    worse = json.loads(json.dumps(summary))
    for one in worse["items"].values():
        one["passed"] = False
        one["scores"]["passed"] = 0.0
    (tmp_path / "worse.json").write_text(json.dumps(worse), "utf-8")
    assert run("compare", tmp_path / "base", tmp_path / "base").exit_code == 0
    failed = run("compare", tmp_path / "base", tmp_path / "worse.json")
    assert failed.exit_code == 1
    assert "变坏 2" in failed.output
    assert run("compare", tmp_path / "base", tmp_path).exit_code == 2


def test_an_item_of_a_run_is_shown(suite, server, tmp_path):
    run(suite, "--out", tmp_path / "out", "--openai", server, "--model", "peer")
    shown = run("show", tmp_path / "out", "rate")
    assert shown.exit_code == 0
    assert "按合同金额的30%补贴" in shown.output
    assert run("show", tmp_path / "out", "nothing").exit_code == 2
