"""One database a process: opened once, whoever asks first, and tried again after a failure."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from assistant.adapters import database as adapter
from assistant.adapters.errors import DatabaseUnavailableError
from assistant.adapters.lazy_database import LazyDatabase
from assistant.bootstrap import load
from tests.api.serving import settings_with
from tests.bots.backends import bot_settings
from ui.api import create_app
from ui.bots import bot_routes
from ui.serving import store_check


@pytest.fixture
def opened(monkeypatch):
    """Give the engines that are opened."""
    engines, really = [], adapter.open_database

    def noted(url, data_dir):
        engines.append(really(url, data_dir))
        return engines[-1]

    monkeypatch.setattr(adapter, "open_database", noted)
    return engines


def test_nothing_is_opened_before_it_is_asked_for(opened, tmp_path):
    LazyDatabase(None, tmp_path / "later")
    assert opened == []
    assert not (tmp_path / "later").exists()


def test_all_who_ask_at_once_get_the_same_engine(tmp_path):
    database = LazyDatabase(None, tmp_path)
    with ThreadPoolExecutor(16) as pool:
        engines = set(pool.map(lambda _: database.opened(), range(32)))
    assert engines == {database.opened()}


def test_a_failure_is_not_for_good(tmp_path):
    (tmp_path / "policy.db").write_text("this is no database" * 100)
    database = LazyDatabase(None, tmp_path)
    with pytest.raises(DatabaseUnavailableError):
        database.opened()
    (tmp_path / "policy.db").unlink()
    assert database.opened() is database.opened()


def test_at_most_fifteen_connections_are_open_at_once(tmp_path):
    engine = LazyDatabase(None, tmp_path).opened()
    engine.pool._timeout = 0.05  # nobody gives one back here
    held = [engine.connect() for _ in range(15)]
    with pytest.raises(DatabaseUnavailableError, match="所有连接都在使用中"), adapter.reading(engine):
        pass
    for connection in held:
        connection.close()
    with adapter.reading(engine):
        pass


def test_conversations_verdicts_rates_readiness_and_bots_share_one(opened, tmp_path):
    settings = bot_settings(tmp_path)
    application = load(settings)
    limited = settings_with(api_rate_store="database", api_rate_user="100/minute")
    app = create_app(
        application, bot_routes(application, settings), limited, store_check(application.database)
    )
    with TestClient(app) as client:
        asked = {"question": "长宁区硬核技术攻关自筹800万元能拿多少？", "conversation_id": "c"}
        assert client.post("/api/v1/ask", json=asked).status_code == 200
        verdict = {"conversation_id": "c", "turn": 1, "verdict": "good"}
        assert client.post("/api/v1/feedback", json=verdict).status_code == 200
        assert client.get("/readyz").status_code == 200
    assert opened == [application.database.opened()]
