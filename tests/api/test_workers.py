"""Two workers behind one port, as real processes: nothing lost, nothing twice, one limit, shared figures."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.contract.stores import server_database

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 24
LIMIT = 60
CONVERSATIONS, TURNS = 6, 5


pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request):
    """Yield the URL of the database the workers share; empty for the file in the data directory."""
    if request.param == "sqlite":
        yield ""
        return
    with server_database() as url:
        yield url


@pytest.fixture(scope="module")
def running(tmp_path_factory, database):
    """Yield the parent process and its address; everything ends with the module."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {
        **os.environ,
        "POLICY_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "POLICY_DATABASE_URL": database,
        "POLICY_API_KEYS": KEY,
        "POLICY_API_RATE_USER": f"{LIMIT}/hour",
        "POLICY_LOG": "json",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "ui.cli", "serve", "--workers", "2", "--port", str(port)]
    log = tmp_path_factory.mktemp("log") / "log"
    with log.open("w") as errors:
        parent = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        told = next((line for line in parent.stdout if "已打开" in line), None)
        assert told, log.read_text()[-2000:]
        parent.log = log
        yield parent, f"http://127.0.0.1:{port}"
    finally:
        parent.send_signal(signal.SIGTERM)
        try:
            parent.wait(20)
        finally:
            parent.kill()


@pytest.fixture
def client(running):
    with httpx.Client(base_url=running[1], timeout=30, headers={"X-API-Key": KEY}) as client:
        yield client


def ask(client, question, conversation):
    """Ask on a connection of its own, so that either worker may get it."""
    headers = {"X-API-Key": KEY, "X-User-ID": conversation}
    body = {"question": question, "conversation_id": conversation, "as_of": "2026-11-22"}
    return httpx.post(f"{client.base_url}/api/v1/ask", json=body, headers=headers, timeout=30)


def children(parent):
    """Return the process ids of the workers."""
    listed = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    return [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_conversations_across_workers_lose_and_double_nothing(client):
    def converse(n):
        name = f"conversation-{n}"
        amounts = [100 + n * TURNS + turn for turn in range(TURNS)]
        answers = [ask(client, f"长宁区硬核技术攻关自筹{a}万元能拿多少？", name).json() for a in amounts]
        return name, amounts, answers

    with ThreadPoolExecutor(CONVERSATIONS) as pool:
        told = list(pool.map(converse, range(CONVERSATIONS)))
    for name, amounts, answers in told:
        assert [answer["draft_total_yuan"] for answer in answers] == [f"{a * 3000}.00" for a in amounts]
        kept = client.get(f"/api/v1/conversations/{name}", headers={"X-User-ID": "looker"}).json()
        assert kept["turn_count"] == TURNS
        asked = [turn["question"] for turn in kept["turns"]]
        assert asked == [f"长宁区硬核技术攻关自筹{a}万元能拿多少？" for a in amounts]


def test_a_follow_up_is_understood_by_whichever_worker_gets_it(client):
    for n in range(4):
        ask(client, "长宁区硬核技术攻关自筹800万元能拿多少？", f"follow-{n}")
        assert ask(client, "那换成150万呢", f"follow-{n}").json()["draft_total_yuan"] == "450000.00"


def test_the_same_verdict_sent_to_both_at_once_is_one(client):
    ask(client, "长宁区硬核技术攻关自筹800万元能拿多少？", "judged")
    body = {"conversation_id": "judged", "turn": 1, "verdict": "good"}

    def judge(_):
        headers = {"X-API-Key": KEY, "X-User-ID": "judge"}
        return httpx.post(f"{client.base_url}/api/v1/feedback", json=body, headers=headers, timeout=30)

    with ThreadPoolExecutor(8) as pool:
        assert {response.status_code for response in pool.map(judge, range(16))} == {200}


def test_figures_of_all_workers_add_up(client):
    counted = re.search(
        r'policy_answers_total\{channel="api",outcome="answered"\} (\d+)', client.get("/metrics").text
    )
    assert int(counted.group(1)) == CONVERSATIONS * TURNS + 4 * 2 + 1


def test_one_limit_holds_for_all_workers(client):
    def look(_):
        headers = {"X-API-Key": KEY, "X-User-ID": "eager"}
        return httpx.get(f"{client.base_url}/v1/models", headers=headers, timeout=30).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(look, range(LIMIT + 15)))
    assert codes.count(200) == LIMIT
    assert codes.count(429) == 15


def test_a_killed_worker_is_replaced_and_what_was_kept_is_still_there(client, running):
    parent, _ = running
    before = children(parent)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        now = children(parent)
        if len(now) == 2 and before[0] not in now:
            break
        time.sleep(0.2)
    assert len(now) == 2
    answered = [ask(client, "那换成200万呢", f"follow-{n}").json() for n in range(4)]
    assert [answer["draft_total_yuan"] for answer in answered] == ["600000.00"] * 4


def test_told_to_stop_they_finish_what_they_have_and_leave_nothing_running(client, running):
    parent, base = running
    body = {"question": "长宁区硬核技术攻关自筹800万元能拿多少？", "as_of": "2026-11-22"}
    headers = {"X-API-Key": KEY}
    with httpx.stream("POST", f"{base}/api/v1/ask/stream", json=body, headers=headers, timeout=30) as stream:
        parent.send_signal(signal.SIGTERM)
        assert "event: answer" in "".join(stream.iter_text())
    pids = children(parent)
    assert parent.wait(20) == 0
    assert "已停止" in parent.stdout.read()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    said = parent.log.read_text()
    assert "Traceback" not in said
    assert KEY not in said
    assert "硬核技术" not in said


@pytest.mark.parametrize("count", ["0", "many", "65"])
def test_a_number_of_workers_that_cannot_be_is_refused_in_chinese(count):
    command = [sys.executable, "-m", "ui.cli", "serve", "--workers", count]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "请给 1 到 64 之间的整数" in done.stderr
