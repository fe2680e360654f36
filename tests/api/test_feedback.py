"""Verdicts over HTTP: kept once, changed by a later one, on answers that exist."""

import pytest
from fastapi.testclient import TestClient

from assistant.conversation import Outcome, Turn
from tests.fakes import FakeApplication
from ui.api import create_app


@pytest.fixture
def application():
    application = FakeApplication()
    for n in (1, 2):
        application.conversations.append("c-1", Turn(f"问题{n}", f"回答{n}〔1〕", Outcome.ANSWERED))
    return application


@pytest.fixture
def judge(application):
    client = TestClient(create_app(application))
    return lambda **body: client.post("/api/v1/feedback", json={"conversation_id": "c-1", **body})


def test_a_verdict_is_kept_with_the_words_it_is_about(judge, application):
    told = judge(turn=1, verdict="bad", reason=" 上限写错了 ")
    assert told.json() == {"conversation_id": "c-1", "turn": 1, "verdict": "bad", "reason": "上限写错了"}
    (kept,) = application.feedback.given("c-1")
    assert (kept.is_good, kept.reason, kept.channel) == (False, "上限写错了", "api")
    assert (kept.question, kept.answer_text) == ("问题1", "回答1〔1〕")


def test_without_a_turn_the_latest_answer_is_meant(judge, application):
    assert judge(verdict="good").json()["turn"] == 2
    assert application.feedback.given("c-1")[0].question == "问题2"


def test_sent_twice_it_is_kept_once_and_a_later_one_counts(judge, application):
    for verdict in ("good", "good", "bad"):
        judge(turn=1, verdict=verdict)
    assert [one.is_good for one in application.feedback.given("c-1")] == [False]


def test_it_can_be_taken_back_more_than_once(judge, application):
    judge(turn=1, verdict="good")
    assert [judge(turn=1, verdict="none").status_code for _ in range(2)] == [200, 200]
    assert application.feedback.given("c-1") == ()


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"turn": 3, "verdict": "good"}, 404, "没有第 3 个回答，共有 2 个"),
        ({"conversation_id": "c-9", "verdict": "good"}, 404, "没有编号为“c-9”的对话"),
        ({"turn": 0, "verdict": "good"}, 422, "最小是 1"),
        ({"verdict": "great"}, 422, "只能是 good、bad、none 之一"),
        ({"verdict": "good", "reason": "多" * 501}, 422, "最多 500 个字"),
    ],
)
def test_what_cannot_be_judged_is_said_in_chinese(judge, application, body, status, told):
    response = judge(**body)
    assert (response.status_code, told in response.json()["detail"]) == (status, True)
    assert application.feedback.given("c-1") == ()


def test_an_answer_no_longer_at_hand_can_still_be_judged(application, judge):
    for n in range(60):  # the store keeps the latest 50 at hand
        application.conversations.append("c-1", Turn(f"后来{n}", "回答", Outcome.ANSWERED))
    assert judge(turn=1, verdict="good").status_code == 200
    assert application.feedback.given("c-1")[0].question == ""
    judge(turn=62, verdict="good")
    assert application.feedback.given("c-1")[1].question == "后来59"
