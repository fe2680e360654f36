"""Kept conversations on the command line and over HTTP: shown with their reading, deleted on request."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from assistant.conversation import Outcome, Turn, WordedBy
from tests.fakes import FakeApplication
from ui.api import create_app
from ui.cli import PROGRAM, cli

TURN = Turn(
    "自筹800万能拿多少",
    "最高240万元。",
    Outcome.ANSWERED,
    facts=(("self_funded_investment", "800万"), ("dcmm_level", "三级")),
    measures=("changning-ai-draft/7.1/hard-technology",),
    intents=("amount",),
    recalled=("dcmm_level",),
    as_of=date(2026, 11, 22),
)


@pytest.fixture
def application():
    application = FakeApplication()
    application.conversations.append("客户甲/1", TURN, "浏览器")
    return application


def run(application, *words):
    return CliRunner().invoke(cli, ("conversations", *words), obj=application, prog_name=PROGRAM)


@pytest.fixture
def client(application):
    return TestClient(create_app(application), raise_server_exceptions=False)


def test_the_list_names_each_conversation_and_its_id(application):
    result = run(application)
    assert "自筹800万能拿多少" in result.output
    assert "客户甲/1（1 轮" in result.output
    (one,) = json.loads(run(application, "--json").output)
    assert (one["id"], one["title"], one["turn_count"]) == ("客户甲/1", "自筹800万能拿多少", 1)
    assert "浏览器" not in json.dumps(one, ensure_ascii=False)


def test_an_empty_list_says_how_to_begin():
    assert "还没有保存的对话" in run(FakeApplication()).output


def test_a_conversation_is_shown_with_words_and_reading(application):
    said = run(application, "show", "客户甲/1").output
    for words in (
        "问：自筹800万能拿多少",
        "答：最高240万元。",
        "＝800万",
        "＝三级（沿用前文）",
        "问的是：金额",
    ):
        assert words in said


def test_the_reading_as_json_says_what_was_recalled(application):
    shown = json.loads(run(application, "show", "客户甲/1", "--json").output)
    facts = {
        fact["name"]: (fact["words"], fact["recalled"]) for fact in shown["turns"][0]["reading"]["facts"]
    }
    assert facts == {"self_funded_investment": ("800万", False), "dcmm_level": ("三级", True)}


def test_a_deleted_conversation_is_gone(application):
    assert "已删除" in run(application, "delete", "客户甲/1").output
    again = run(application, "delete", "客户甲/1")
    assert again.exit_code == 2
    assert "没有编号为“客户甲/1”的对话" in again.output
    assert run(application, "show", "客户甲/1").exit_code == 2


@pytest.mark.parametrize("bad", [" ", "长" * 129, "换\n行"])
def test_a_bad_id_is_told_in_chinese_everywhere(application, client, bad):
    assert "对话编号" in run(application, "show", bad).output
    asked = CliRunner().invoke(cli, ["ask", "首版次", "--conversation", bad], obj=application)
    assert asked.exit_code == 2
    assert "对话编号" in asked.output
    answer = client.post("/api/v1/ask", json={"question": "首版次", "conversation_id": bad})
    assert answer.status_code == 422
    assert "对话编号" in answer.json()["detail"]


def test_over_http_a_conversation_is_read_and_deleted(client):
    shown = client.get("/api/v1/conversations/客户甲/1")
    assert shown.status_code == 200
    assert shown.json()["turns"][0]["question"] == "自筹800万能拿多少"
    assert client.delete("/api/v1/conversations/客户甲/1").status_code == 204
    gone = client.get("/api/v1/conversations/客户甲/1")
    assert gone.status_code == 404
    assert gone.headers["content-type"] == "application/problem+json"
    assert "没有编号为" in gone.json()["detail"]
    assert client.delete("/api/v1/conversations/客户甲/1").status_code == 404


def test_a_turn_a_model_had_a_part_in_is_marked_so(application):
    application.conversations.append("甲", replace(TURN, worded_by=WordedBy.PARTLY, read_with_model=True), "")
    said = run(application, "show", "甲").output
    assert "文字：一部分由语言模型改写" in said
    assert "提问：由语言模型帮助理解" in said
    (turn,) = json.loads(run(application, "show", "甲", "--json").output)["turns"]
    assert (turn["worded_by"], turn["read_with_model"]) == ("partly_model", True)
    assert "语言模型" not in run(application, "show", "客户甲/1").output
