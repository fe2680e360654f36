"""企业微信 as it behaves towards a self-built app and a 智能机器人."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.bots.backends import CLOSE
from tests.bots.fake_wechat import KEY
from tests.patience import PATIENCE_S
from ui.bots.envelopes import write_xml
from ui.bots.sealing import Sealer
from ui.bots.settings import BotSettings
from ui.bots.signing import signature

TOKEN = "wecom-token"
CORP = "ww1234567890"
AGENT = 1000002
_ids = itertools.count(6_000_000_000)


def app_settings(data_dir: Path, api: str, **changes: object) -> BotSettings:
    """Return settings of an app and a 智能机器人."""
    account = {
        "wecom_corp_id": CORP,
        "wecom_app_agent_id": AGENT,
        "wecom_app_secret": "s",
        "wecom_app_token": TOKEN,
        "wecom_app_aes_key": KEY,
        "wecom_bot_token": TOKEN,
        "wecom_bot_aes_key": KEY,
        "wecom_api": api,
    }
    return BotSettings(_env_file=None, **{"data_dir": data_dir, **account, **CLOSE, **changes})


@dataclass
class FakeWeCom:
    """Posts callbacks, polls streams, checks URLs."""

    base: str
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=PATIENCE_S))

    async def say(
        self, user: str, text: str, message_id: int | None = None, token: str = TOKEN
    ) -> tuple[int, str]:
        """Post a text message to the app."""
        message = {
            "ToUserName": CORP,
            "FromUserName": user,
            "CreateTime": int(time.time()),
            "MsgType": "text",
            "Content": text,
            "MsgId": message_id or next(_ids),
            "AgentID": AGENT,
        }
        sealed = Sealer(KEY, CORP).seal(write_xml(message))
        envelope = write_xml({"ToUserName": CORP, "AgentID": str(AGENT), "Encrypt": sealed})
        answer = await self.client.post(
            f"{self.base}/wecom/app", params=_query(sealed, token), content=envelope
        )
        return answer.status_code, answer.text

    async def check(
        self, words: str, receiver: str = CORP, timestamp: int | None = None, path: str = "app"
    ) -> tuple[int, str]:
        """Check the URL as the console does."""
        sealed = Sealer(KEY, receiver).seal(words)
        query = {**_query(sealed, TOKEN, timestamp), "echostr": sealed}
        answer = await self.client.get(f"{self.base}/wecom/{path}", params=query)
        return answer.status_code, answer.text

    async def ask_bot(self, user: str, text: str, **fields: Any) -> dict[str, Any]:
        """Post a text message to the 智能机器人; return what it says."""
        return await self.post_bot({"msgtype": "text", "text": {"content": text}, **_message(user), **fields})

    async def poll(self, user: str, stream: str) -> dict[str, Any]:
        """Poll a stream once."""
        return await self.post_bot({"msgtype": "stream", "stream": {"id": stream}, **_message(user)})

    async def post_bot(self, message: dict[str, Any]) -> dict[str, Any]:
        sealed = Sealer(KEY, "").seal(json.dumps(message, ensure_ascii=False))
        query = _query(sealed, TOKEN)
        answer = await self.client.post(f"{self.base}/wecom/bot", params=query, json={"encrypt": sealed})
        assert answer.status_code == 200, answer.text
        if not answer.text:
            return {}
        body = answer.json()
        assert set(body) == {"encrypt", "msgsignature", "timestamp", "nonce"}
        assert isinstance(body["timestamp"], int)
        assert body["nonce"] == query["nonce"]
        assert body["msgsignature"] == signature(
            TOKEN, str(body["timestamp"]), body["nonce"], body["encrypt"]
        )
        said = json.loads(Sealer(KEY, "").open(body["encrypt"]))
        if said["msgtype"] == "stream":
            assert said["stream"]["content"].strip()
            assert len(said["stream"]["content"].encode()) <= 20_480
        return said


def _message(user: str) -> dict[str, Any]:
    return {"msgid": f"m{next(_ids)}", "aibotid": "AIBOT", "chattype": "single", "from": {"userid": user}}


def _query(sealed: str, token: str, timestamp: int | None = None) -> dict[str, str]:
    at = str(timestamp or int(time.time()))
    return {"msg_signature": signature(token, at, "n1", sealed), "timestamp": at, "nonce": "n1"}
