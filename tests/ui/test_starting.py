"""A server that opens before everything is loaded: not ready until then, and the page comes last."""

import asyncio
import threading

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from assistant.adapters.errors import IndexUnavailableError
from tests.fakes import FakeApplication
from tests.patience import PATIENCE_S, soon
from ui.api import create_app
from ui.late_page import LatePage
from ui.serving import create_server_app
from ui.warm_up import NotReadyError, WarmUp


class Loading:
    """Something that loads until it is let go."""

    def __init__(self, error=None):
        self.go = threading.Event()
        self._error = error

    def __call__(self):
        assert self.go.wait(PATIENCE_S)
        if self._error:
            raise self._error


def readiness(warm_up):
    app = create_app(FakeApplication(), check_loaded=warm_up.check)
    return TestClient(app).get("/readyz")


def test_a_server_that_still_loads_is_not_ready_and_says_so():
    loading = Loading()
    warm_up = WarmUp(loading)
    assert readiness(warm_up).status_code == 503  # not even begun
    warm_up.start()
    response = readiness(warm_up)
    assert response.status_code == 503
    assert "正在载入" in response.json()["detail"]
    loading.go.set()
    warm_up.wait()
    assert readiness(warm_up).status_code == 200


def test_it_is_not_ready_before_the_process_that_answers_is():
    others = {"are ready": False}
    warm_up = WarmUp(lambda: None, lambda: others["are ready"])
    warm_up.start()
    warm_up.wait()
    with pytest.raises(NotReadyError):
        warm_up.check()
    others["are ready"] = True
    warm_up.check()


def test_what_cannot_be_loaded_is_left_to_the_checks_that_look_again():
    loading = Loading(IndexUnavailableError("索引坏了。"))
    loading.go.set()
    warm_up = WarmUp(loading)
    warm_up.start()
    warm_up.wait()
    warm_up.check()


def with_page(page):
    app = FastAPI()
    app.include_router(APIRouter(lifespan=page.running))
    app.mount("/", page)
    return app


def test_whoever_opens_the_page_before_it_is_loaded_is_asked_to_wait_and_asks_again():
    loading, opened = Loading(), threading.Event()
    page = LatePage(FakeApplication(), after=loading)
    page.then = opened.set
    with TestClient(with_page(page)) as client:
        early = client.get("/")
        assert (early.status_code, early.headers["retry-after"]) == (503, "2")
        assert "请稍候" in early.text
        assert 'http-equiv="refresh"' in early.text
        loading.go.set()
        assert opened.wait(PATIENCE_S)
        assert client.get("/").status_code == 200
    assert page.error is None


def test_a_page_that_comes_late_is_guarded_like_one_that_was_there_at_once(monkeypatch, tmp_path):
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path))
    page, opened = LatePage(FakeApplication()), threading.Event()
    page.then = opened.set
    with TestClient(create_server_app(FakeApplication(), page=page)) as client:
        assert opened.wait(PATIENCE_S)
        assert client.get("/").status_code == 200
        assert client.get("/gradio_api/nothing-of-ours").status_code == 404
        assert client.post("/gradio_api/queue/join", json={"fn_index": "x"}).status_code == 422
        assert client.get("/api/v1/nothing").headers["content-type"] == "application/problem+json"


def test_a_page_that_cannot_be_loaded_is_said_and_ends_the_server():
    failed = threading.Event()

    def breaks():
        raise RuntimeError("the page is broken")

    page = LatePage(FakeApplication(), after=breaks)
    page.failed = failed.set
    with TestClient(with_page(page)):
        assert failed.wait(PATIENCE_S)
        assert soon(lambda: not page.is_open)
    assert "broken" in str(page.error)


async def test_a_server_that_ends_before_the_page_is_loaded_waits_for_nothing_forever():
    page = LatePage(FakeApplication())
    async with asyncio.timeout(PATIENCE_S):
        async with page.running(None):
            pass
    assert page.error is None
