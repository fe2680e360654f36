"""An account configured by half is refused at the start, in Chinese, without showing a secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.adapters.lazy_database import LazyDatabase
from tests.bots.backends import PacedApplication, bot_settings
from tests.bots.fake_wechat import KEY
from tests.bots.fake_wecom import app_settings
from tests.patience import PATIENCE_S
from ui.bots import bot_routes
from ui.bots.settings import read_bot_settings
from ui.configuration import SettingsError

ROOT = Path(__file__).resolve().parents[2]
NO_ACCOUNT = {"wechat_token": "", "wechat_aes_key": "", "wechat_app_id": ""}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"wechat_token": ""}, "POLICY_WECHAT_TOKEN 为空"),
        ({"wechat_token": "  "}, "POLICY_WECHAT_TOKEN 为空"),
        ({"wechat_aes_key": "short"}, "POLICY_WECHAT_AES_KEY 应为"),
        ({"wechat_app_id": ""}, "缺少 POLICY_WECHAT_APP_ID"),
        ({"wechat_verified": True}, "缺少 POLICY_WECHAT_APP_SECRET"),
        ({"wechat_aes_key": "", "wechat_safe_only": True}, "安全模式须填写"),
        ({**NO_ACCOUNT, "wecom_corp_id": "ww1"}, "POLICY_WECOM_APP_TOKEN 为空"),
        ({**NO_ACCOUNT, "wecom_bot_token": "t"}, "POLICY_WECOM_BOT_AES_KEY 应为"),
        ({**NO_ACCOUNT, "wecom_bot_aes_key": KEY}, "POLICY_WECOM_BOT_TOKEN 为空"),
    ],
)
def test_an_account_by_half_is_refused(tmp_path, changes, told):
    with pytest.raises(SettingsError) as caught:
        bot_routes(PacedApplication(), bot_settings(tmp_path, **changes))
    assert told in str(caught.value)
    assert "short" not in str(caught.value)


def test_each_account_alone_is_enough(tmp_path):
    settings = app_settings(tmp_path, "https://qyapi.weixin.qq.com")
    assert (settings.has_official, settings.has_wecom_app, settings.has_wecom_bot) == (False, True, True)
    assert bot_routes(PacedApplication(database=LazyDatabase(None, tmp_path)), settings) is not None
    assert bot_routes(PacedApplication(), bot_settings(tmp_path, **NO_ACCOUNT)) is None


@pytest.mark.parametrize(
    "address", ["http://api.example", "ftp://api.example", "api.weixin.qq.com", "https://"]
)
def test_secrets_travel_to_safe_addresses_only(monkeypatch, address):
    monkeypatch.setenv("POLICY_WECHAT_API", address)
    with pytest.raises(SettingsError, match="POLICY_WECHAT_API"):
        read_bot_settings()


def test_a_model_that_makes_answers_wait_gets_more_threads(tmp_path):
    few = bot_settings(tmp_path, bot_threads=None)
    many = bot_settings(tmp_path, bot_threads=None, model="deepseek-chat")
    assert few.threads < 10 < 80 < many.threads
    assert bot_settings(tmp_path, bot_threads=7, model="deepseek-chat").threads == 7


def test_no_secret_is_shown_in_the_settings(tmp_path):
    settings = bot_settings(tmp_path, wechat_app_secret="very-secret")
    assert "very-secret" not in repr(settings)
    assert KEY not in repr(settings)


def test_a_bad_number_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("POLICY_BOT_THREADS", "0")
    with pytest.raises(SettingsError, match="POLICY_BOT_THREADS"):
        read_bot_settings()


def test_the_server_does_not_start_with_an_empty_token(tmp_path):
    environment = {**os.environ, "POLICY_WECHAT_APP_ID": "wx1", "POLICY_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", "18765"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert ended.returncode == 2
    assert "POLICY_WECHAT_TOKEN 为空" in ended.stderr
    assert "Traceback" not in ended.stderr
