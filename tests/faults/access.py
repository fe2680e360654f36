"""Who may see and do what: keys, the page's calls, the administrator's password, forged addresses."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator

import httpx
from pydantic import SecretStr

from tests.faults.product import DAY, FIRST, MINE, OTHER, THEN, ask
from tests.faults.table import Row
from ui.page.library.login import Login, RefusedError

BROKEN, GUESSES = 200, 200


def rows(base: str) -> Iterator[Row]:
    """Try each."""
    yield _owners(base)
    yield _page_calls(base)
    yield from _rates(base)
    yield _password()


def _owners(base: str) -> Row:
    own = str(uuid.uuid4())
    ask(base, FIRST, own, MINE)
    body = {"question": THEN, "conversation_id": own, "as_of": DAY}
    calls = (
        ("POST", "/api/v1/ask", body),
        ("POST", "/api/v1/ask/stream", body),
        ("POST", "/api/v1/feedback", {"conversation_id": own, "verdict": "bad"}),
        ("GET", f"/api/v1/conversations/{own}", None),
        ("DELETE", f"/api/v1/conversations/{own}", None),
    )
    codes = [
        httpx.request(method, base + path, json=body, headers={"X-API-Key": OTHER}, timeout=30).status_code
        for method, path, body in calls
    ]
    kept = httpx.get(f"{base}/api/v1/conversations/{own}", headers={"X-API-Key": MINE}).json()
    has_held = codes == [404] * len(calls) and len(kept["turns"]) == 1
    measured = (
        f"另一密钥 {len(calls)} 种请求：{'、'.join(map(str, codes))}；原对话仍是 {len(kept['turns'])} 轮"
    )
    return Row("对话只属于开始它的密钥", measured, has_held)


def _page_calls(base: str) -> Row:
    call = _asking(base)
    whole, chance, codes = json.dumps(call).encode(), random.Random(5), []
    for _ in range(BROKEN):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        codes.append(
            httpx.post(f"{base}/gradio_api/queue/join", content=bytes(broken), timeout=30).status_code
        )
    for path in ("run/ask", "api/ask", "call/ask", "upload", "component_server"):
        codes.append(httpx.post(f"{base}/gradio_api/{path}", json=call, timeout=30).status_code)
    faults = sum(code >= 500 for code in codes)
    return Row("残缺的页面请求是 4xx，从不 5xx", f"{len(codes)} 个，5xx {faults} 个", not faults)


def _asking(base: str) -> dict[str, object]:
    config = httpx.get(f"{base}/config", timeout=30).json()
    send = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "pa-send")
    found = next(one for one in config["dependencies"] if [send, "click"] in map(list, one["targets"]))
    return {
        "data": [FIRST, DAY, None, {}],
        "fn_index": found["id"],
        "session_hash": uuid.uuid4().hex,
        "event_data": None,
        "trigger_id": send,
    }


def _rates(base: str) -> Iterator[Row]:
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.4"), timeout=30) as client:
        call = _asking(base)
        forged = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(8)]
        codes = [
            client.post(f"{base}/gradio_api/queue/join", json=call, headers=headers).status_code
            for headers in forged
        ]
    passed = codes.count(200)
    measured = f"限 5 次：8 次页面提问，每次伪造一个来源，通过 {passed} 次，429 {codes.count(429)} 次"
    yield Row("限速也管页面；没有列入的代理写的来源不算", measured, passed == 5 and codes.count(429) == 3)


def _password() -> Row:
    now = [0.0]
    login = Login(SecretStr("a long password"), lambda: now[0])
    heard = 0
    for n in range(GUESSES):
        for _ in range(10):
            heard += _is_heard(login, f"198.51.100.{n}")
    is_let_in = login.knows(login.admit("a long password", "192.0.2.1"))
    waits = []
    for _ in range(8):  # one address, each time as soon as it is heard again
        begun = now[0]
        while not _is_heard(login, "198.51.100.1"):
            now[0] += 10
        waits.append(now[0] - begun)
    grows = waits[-1] > waits[0] and waits == sorted(waits)
    measured = (
        f"{GUESSES} 个来源各猜 10 次，听取 {heard} 次；其间管理员{'照常登录' if is_let_in else '被挡'}；"
        f"一个来源的等待由 {waits[0]:.0f} 秒增至 {waits[-1]:.0f} 秒"
    )
    return Row("猜口令的来源越等越久，不牵连别人", measured, is_let_in and grows and heard == GUESSES * 5)


def _is_heard(login: Login, who: str) -> bool:
    try:
        login.admit("wrong", who)
    except RefusedError as error:
        return "不对" in str(error)
    return False
