"""Answers as they come: the events in order, signs of life, listeners who leave, a server that closes."""

import json

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.api.serving import Failing, PieceByPiece, served, settings_with
from tests.fakes import FakeApplication
from tests.patience import PATIENCE_S, soon
from ui.api import create_app

QUESTION = {"question": "自筹800万元能拿多少？", "as_of": "2026-11-22"}
STREAM = "/api/v1/ask/stream"
PIECES = 50


def streamed(base):
    """Ask; give the response as it comes."""
    return httpx.stream("POST", base + STREAM, json=QUESTION, timeout=PATIENCE_S)


def ask(base, path="/api/v1/ask"):
    return httpx.post(base + path, json=QUESTION, timeout=PATIENCE_S)


def events(text):
    """Read a stream as its specification says: (event, data), comments left out."""
    read = []
    for block in filter(None, text.split("\n\n")):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            read.append((fields["event"], json.loads(fields["data"])))
    return read


def test_steps_then_text_then_the_answer_that_ask_would_give():
    with TestClient(create_app(FakeApplication())) as client:
        response = client.post(STREAM, json={**QUESTION, "conversation_id": "c-1"})
        whole = client.post("/api/v1/ask", json={**QUESTION, "conversation_id": "c-1"}).json()
    read = events(response.text)
    assert [name for name, _ in read] == ["step", "text", "answer"]
    assert read[0][1] == {"name": "retrieve", "label": "正在查找条款"}
    assert "".join(data["text"] for name, data in read if name == "text") == read[-1][1]["text"]
    assert read[-1][1] == whole
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["cache-control"] == "no-cache"


def test_a_faulty_question_is_refused_before_the_stream_begins():
    with TestClient(create_app(FakeApplication())) as client:
        response = client.post(STREAM, json={"question": " "})
    assert response.status_code == 422
    assert "问题是空的" in response.json()["detail"]


def test_a_failure_in_the_middle_is_an_event_in_chinese_that_tells_nothing_of_the_inside():
    with TestClient(create_app(FakeApplication(Failing()))) as client:
        response = client.post(STREAM, json=QUESTION)
    name, data = events(response.text)[-1]
    assert (name, data["status"]) == ("error", 500)
    assert "请稍后重试" in data["detail"]
    assert data["request_id"] == response.headers["x-request-id"]
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_silence_is_filled_with_comments_that_clients_ignore():
    slow = PieceByPiece(pieces=1)
    app = create_app(FakeApplication(slow), settings=settings_with(api_keep_alive_s=0.5))
    with served(app) as base, streamed(base) as response:
        read = []
        for piece in response.iter_text():
            read.append(piece)
            if ": 稍候\n\n" in piece and slow.told == 0:
                slow.more.release()
    assert [name for name, _ in events("".join(read))] == ["step", "text", "answer"]


def test_pieces_arrive_when_they_are_written_not_at_the_end():
    slow = PieceByPiece()
    with served(create_app(FakeApplication(slow))) as base, streamed(base) as response:
        lines = response.iter_lines()
        assert next(line for line in lines if line.startswith("event: step"))
        slow.more.release()
        assert "第1段" in next(line for line in lines if line.startswith('data: {"text"'))
        assert slow.told == 1
        slow.more.release(2)
        assert list(lines)


def test_a_listener_who_leaves_stops_the_work_and_frees_the_place():
    slow = PieceByPiece(pieces=PIECES)
    app = create_app(FakeApplication(slow), settings=settings_with(api_at_once=1, api_waiting=0))
    with served(app) as base:
        with streamed(base) as response:
            next(response.iter_lines())
            assert ask(base, STREAM).status_code == 503
        for _ in range(PIECES - 1):  # a piece now and then, until the leaving is noticed
            slow.more.release()
            if slow.is_closed.wait(0.5):
                break
        assert slow.is_closed.is_set()
        assert slow.told < PIECES
        slow.more.release(PIECES)
        assert soon(lambda: ask(base, STREAM).status_code == 200)
        assert "policy_streams_left_total 1.0" in httpx.get(base + "/metrics", timeout=PATIENCE_S).text


def test_a_server_that_closes_tells_open_streams_and_ends_them():
    slow = PieceByPiece()
    app = create_app(FakeApplication(slow))
    with served(app) as base, streamed(base) as response:
        lines = response.iter_lines()
        next(lines)
        assert httpx.get(base + "/readyz", timeout=PATIENCE_S).status_code == 200
        app.service.drain.begin(after_s=1.5)
        not_ready = httpx.get(base + "/readyz", timeout=PATIENCE_S)
        assert not_ready.status_code == 503
        assert "正在停止" in not_ready.json()["detail"]
        assert httpx.get(base + "/healthz", timeout=PATIENCE_S).status_code == 200
        rest = "\n".join(lines)  # ends, though nothing was released
    slow.more.release(3)
    assert "event: error" in rest
    assert "服务正在重启" in rest


@pytest.mark.parametrize("path", ["/api/v1/ask", STREAM])
def test_beyond_the_queue_one_is_sent_away_at_once_and_told_when_to_come_back(path):
    slow = PieceByPiece()
    app = create_app(FakeApplication(slow), settings=settings_with(api_at_once=1, api_waiting=0))
    with served(app) as base, streamed(base) as response:
        next(response.iter_lines())
        refused = ask(base, path)
        assert slow.told == 0, "it was told while the place was still taken"
        slow.more.release(3)
    assert refused.status_code == 503
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "现在提问的人太多" in refused.json()["detail"]


def test_who_waits_too_long_is_sent_away():
    slow = PieceByPiece()
    app = create_app(FakeApplication(slow), settings=settings_with(api_at_once=1, api_wait_s=0.3))
    with served(app) as base, streamed(base) as response:
        next(response.iter_lines())
        assert ask(base).status_code == 503
        slow.more.release(3)
