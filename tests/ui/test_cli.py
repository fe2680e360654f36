"""The command line: what it shows, what it refuses, and with which exit code."""

import json
import os
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from corpus.errors import BrokenCorpusError
from tests.fakes import BrokenApplication, FakeApplication, FakeIndex
from tests.patience import PATIENCE_S
from ui.cli import PROGRAM, cli

ROOT = Path(__file__).resolve().parents[2]
ENGLISH_OF_CLICK = re.compile(
    r"Usage|Options|Commands|Show |Error|Try|Missing|No such|Got |Invalid|Did you|required|default:"
)


def run(*words, application=None, stdin=None):
    return CliRunner().invoke(
        cli, words, obj=application or FakeApplication(), prog_name=PROGRAM, input=stdin
    )


def pages(command, names=()):
    yield names
    for name, child in getattr(command, "commands", {}).items():
        yield from pages(child, (*names, name))


@pytest.mark.parametrize("names", list(pages(cli)))
def test_every_help_page_is_chinese_and_fits_the_terminal(names):
    result = run(*names, "--help")
    assert result.exit_code == 0
    assert not ENGLISH_OF_CLICK.search(result.output)
    assert "显示这份说明" in result.output


def test_the_commands_are_those_of_the_contract():
    assert {"ask", "chat", "batch", "documents", "clauses", "measures", "estimate", "match", "check"} <= set(
        cli.commands
    )
    assert {"index", "serve", "read"} <= set(cli.commands)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["asky"], "你是不是想用：ask"),
        (["ask"], "缺少参数 问题"),
        (["ask", "甲", "乙"], "多余的参数：乙"),
        (["ask", "甲", "--jsn"], "没有选项 --jsn"),
        (["ask", "甲", "--as-of"], "--as-of 的用法不对"),
        (["ask", "甲", "--as-of", "2026-02-30"], "不是真实存在的日期"),
        (["ask", "甲", "--as-of", "明天"], "不是日期"),
        (["ask", "甲", "--as-of", "9999-12-31"], "超出了可测算的年份"),
        (["ask", "  "], "问题是空的"),
        (["ask", "多" * 2001], "最多 2000 个字"),
        (["clauses", "sh-online-econmy"], "你是不是想找：sh-online-economy"),
        (["clauses", "nowhere"], "没有编号为“nowhere”"),
        (["estimate", "changning-ai-draft/7.1/none"], "没有编号为"),
        (["estimate", "m", "自筹"], "不是“名称=取值”"),
        (["match", "a=1", "a=2"], "给了两次"),
        (["read", "/nonexistent/文件.txt"], "文件.txt"),
        (["serve", "--port", "0"], "1 到 65535"),
        (["serve", "--port", "八十"], "不是端口号"),
        (["batch", "没有.jsonl", "out.jsonl"], "找不到文件"),
    ],
)
def test_bad_input_is_told_in_chinese_and_exits_with_2(words, told):
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not ENGLISH_OF_CLICK.search(result.stderr)
    assert result.stdout == ""


def test_without_a_command_the_help_is_shown_and_the_code_is_2():
    assert run().exit_code == 2


def test_a_damaged_index_is_told_with_its_repair():
    result = run("ask", "甲", application=BrokenApplication())
    assert result.exit_code == 2
    assert "index --rebuild" in result.stderr


class CorpuslessApplication:
    @property
    def corpus(self):
        raise BrokenCorpusError("documents/a/policy.yaml", "第 3 行不是 YAML")

    @property
    def index(self):
        return FakeIndex(BrokenCorpusError("documents/a/policy.yaml", "第 3 行不是 YAML"))


@pytest.mark.parametrize(
    "words", [("documents",), ("measures",), ("clauses", "a"), ("check",), ("ask", "甲")]
)
def test_a_broken_corpus_is_told_with_its_place(words):
    result = run(*words, application=CorpuslessApplication())
    assert result.exit_code == 2
    assert "documents/a/policy.yaml：第 3 行不是 YAML" in result.stderr


def test_a_setting_that_cannot_be_used_is_named():
    result = started("documents", POLICY_TIMEZONE="Mars/Olympus")
    assert result.returncode == 2
    assert "POLICY_TIMEZONE" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use_is_told_before_anything_is_loaded():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert f"端口 {port} 已被占用" in result.stderr


def test_an_address_of_another_machine_is_told():
    result = run("serve", "--host", "192.0.2.1", "--port", "7999")
    assert result.exit_code == 2
    assert "192.0.2.1" in result.stderr


def test_ask_prints_the_answer_and_its_source():
    result = run("ask", "自筹800万元能拿多少？", "--as-of", "2026年11月22日")
    assert result.exit_code == 0
    assert "240万元" in result.output
    assert "〔1〕" in result.output
    assert "测算日 2026-11-22" in result.output


def test_ask_passes_day_and_conversation_on():
    application = FakeApplication()
    run("ask", "甲", "--as-of", "2024-01-02", "--conversation", "c-7", application=application)
    (asked,) = application.assistant.asked
    assert (asked.as_of.isoformat(), asked.conversation_id) == ("2024-01-02", "c-7")


def test_ask_as_json_is_an_answer_of_the_contract():
    answer = json.loads(run("ask", "自筹800万元", "--as-of", "2026-11-22", "--json").stdout)
    assert answer["estimates"][0]["amount_yuan"] == "2400000.00"
    assert answer["outcome"] == "answered"


def test_an_answer_that_is_an_error_exits_with_1():
    assert run("ask", "崩溃", "--as-of", "2026-11-22").exit_code == 1


def test_not_covered_is_an_answer_not_a_failure():
    assert run("ask", "天气", "--as-of", "2026-11-22").exit_code == 0


def test_documents_as_json_leave_null_what_the_text_does_not_say():
    draft, policy = json.loads(run("documents", "--as-of", "2026-11-22", "--json").stdout)
    assert draft["document_number"] is None
    assert (draft["status"], draft["source"]) == ("draft", "draft")
    stated = {
        "slug": "sh-online-economy",
        "title": "上海市促进在线新经济健康发展的若干政策措施",
        "document_number": "沪府办规〔2023〕27号",
        "issuing_bodies": [],
        "status": "in_force",
        "effective_on": "2024-01-01",
        "expires_on": "2028-12-31",
        "source": "policy",
        "nature": "policy",
        "region": None,
        "repealed_by": None,
        "notes": [],
    }
    assert policy | stated == policy


def test_the_status_of_a_document_is_that_of_the_day_asked_for():
    _, before = json.loads(run("documents", "--as-of", "2023-12-31", "--json").stdout)
    _, after = json.loads(run("documents", "--as-of", "2029-01-01", "--json").stdout)
    assert (before["status"], after["status"]) == ("not_yet_in_force", "expired")


def test_clauses_as_json_carry_the_responsible_bodies():
    (clause,) = json.loads(run("clauses", "sh-online-economy", "--json").stdout)
    assert clause["id"] == "sh-online-economy/16"
    assert clause["responsible_bodies"] == ["市商务委", "市经济信息化委"]


def test_a_chat_keeps_one_conversation_until_a_new_one_is_begun():
    application = FakeApplication()
    talk = "甲\n乙\n/新对话\n丙\n/依据\n/什么\n\n/退出\n"
    result = run("chat", "--as-of", "2026-11-22", application=application, stdin=talk)
    first, second, third = (asked.conversation_id for asked in application.assistant.asked)
    assert result.exit_code == 0
    assert first == second != third
    assert "支持开展硬核技术攻关。经综合评估" in result.output
    assert "没有“/什么”这个指令" in result.output


def test_a_chat_ends_with_its_input_and_refuses_a_question_that_is_too_long():
    result = run("chat", "--as-of", "2026-11-22", stdin="多" * 2001 + "\n")
    assert result.exit_code == 0
    assert "最多 2000 个字" in result.output


def started(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


def test_help_comes_at_once_without_loading_what_it_does_not_need():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert started("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2  # of the processor
    heavy = ("gradio", "fastapi", "torch", "chromadb", "yaml", "numpy")
    probe = f"import sys, ui.cli; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert loaded.stdout.strip() == "[]"


def test_a_terminal_that_knows_no_chinese_still_gets_an_answer():
    result = started("asky", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_the_version_is_shown():
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"policy-assistant \d+\.\d+\.\d+", result.output.strip())


def test_commands_have_a_chinese_metavar_for_every_argument():
    for command in cli.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Argument):
                assert re.search(r"[一-鿿]", parameter.make_metavar(click.Context(command)))
