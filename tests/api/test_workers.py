"""Two workers behind one port, as real processes: nothing lost, nothing twice, one limit, shared figures."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.contract.stores import server_database
from tests.patience import PATIENCE_S, soon
from tests.serve import ROOT, serve

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


@contextmanager
def two_workers(folder, database):
    """Give the parent process of two workers, and their address."""
    environment = {
        "POLICY_DATA_DIR": str(folder),
        "POLICY_DATABASE_URL": database,
        "POLICY_API_KEYS": KEY,
        "POLICY_API_RATE_USER": f"{LIMIT}/hour",
        "POLICY_LOG": "json",
        "POLICY_STOP_S": "60",
    }
    with serve(environment, "--workers", "2", log=folder / "log") as (parent, base):
        yield parent, base
        parent.send_signal(signal.SIGTERM)
        parent.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def running(tmp_path_factory, database):
    """Yield the parent process and its address; everything ends with the module."""
    with two_workers(tmp_path_factory.mktemp("data"), database) as started:
        yield started


@pytest.fixture
def client(running):
    with httpx.Client(base_url=running[1], timeout=PATIENCE_S, headers={"X-API-Key": KEY}) as client:
        yield client


def ask(client, question, conversation):
    """Ask on a connection of its own, so that either worker may get it."""
    headers = {"X-API-Key": KEY, "X-User-ID": conversation}
    body = {"question": question, "conversation_id": conversation, "as_of": "2026-11-22"}
    return httpx.post(f"{client.base_url}/api/v1/ask", json=body, headers=headers, timeout=PATIENCE_S)


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
        return httpx.post(
            f"{client.base_url}/api/v1/feedback", json=body, headers=headers, timeout=PATIENCE_S
        )

    with ThreadPoolExecutor(8) as pool:
        assert {response.status_code for response in pool.map(judge, range(16))} == {200}


def test_figures_of_all_workers_add_up(client):
    def counted():
        told = client.get("/metrics").text
        found = re.search(r'policy_answers_total\{channel="api",outcome="answered"\} (\d+)', told)
        return int(found.group(1)) if found else 0

    before = counted()
    for n in range(8):
        ask(client, "长宁区硬核技术攻关自筹800万元能拿多少？", f"figures-{n}")
    assert counted() == before + 8


def test_one_limit_holds_for_all_workers(client):
    def look(_):
        headers = {"X-API-Key": KEY, "X-User-ID": "eager"}
        return httpx.get(f"{client.base_url}/v1/models", headers=headers, timeout=PATIENCE_S).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(look, range(LIMIT + 15)))
    assert codes.count(200) == LIMIT
    assert codes.count(429) == 15


def test_a_killed_worker_is_replaced_and_what_was_kept_is_still_there(client, running):
    parent, _ = running
    for n in range(4):
        ask(client, "长宁区硬核技术攻关自筹800万元能拿多少？", f"kept-{n}")
    before = children(parent)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)

    def is_replaced():
        now = children(parent)
        return len(now) == 2 and before[0] not in now

    assert soon(is_replaced)
    answered = [ask(client, "那换成200万呢", f"kept-{n}").json() for n in range(4)]
    assert [answer["draft_total_yuan"] for answer in answered] == ["600000.00"] * 4


def test_told_to_stop_they_finish_what_they_have_and_leave_nothing_running(tmp_path):
    body = {"question": "长宁区硬核技术攻关自筹800万元能拿多少？", "as_of": "2026-11-22"}
    with two_workers(tmp_path, "") as (parent, base):
        pids = children(parent)
        headers, url = {"X-API-Key": KEY}, f"{base}/api/v1/ask/stream"
        with httpx.stream("POST", url, json=body, headers=headers, timeout=PATIENCE_S) as stream:
            parent.send_signal(signal.SIGTERM)
            assert "event: answer" in "".join(stream.iter_text())
        assert parent.wait(PATIENCE_S) == 0
        assert "已停止" in parent.stdout.read()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    said = (tmp_path / "log").read_text()
    assert "Traceback" not in said
    assert KEY not in said
    assert "硬核技术" not in said


def test_workers_whose_parent_is_killed_end_too(tmp_path):
    with two_workers(tmp_path, "") as (parent, _):
        workers = children(parent)
        assert len(workers) == 2
        parent.kill()
        parent.wait()
        assert soon(lambda: not any(map(lives, workers)))


def lives(pid):
    """Tell whether a process runs: one that has ended may still be listed where nobody fetches it."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("count", ["0", "many", "65"])
def test_a_number_of_workers_that_cannot_be_is_refused_in_chinese(count):
    command = [sys.executable, "-m", "ui.cli", "serve", "--workers", count]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 2
    assert "请给 1 到 64 之间的整数" in done.stderr
