"""A process whose interpreter stands still is ended from outside; what it stood still under is given up."""

import asyncio
import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import httpx
import pytest

from assistant.conversation import Outcome, Question
from tests.bots.fake_wechat import APP_ID, KEY, TOKEN, FakeWeChat
from tests.fakes import FakeApplication, FakeAssistant
from tests.patience import PATIENCE_S, soon
from tests.serve import serve
from ui.unfinished import GivenUpError, Unfinished, folder_of, note_ended
from ui.watchdog import GIVEN_UP, Watchdog

FREEZES = (
    "-c",
    """
import sys
from tests.freezing import freezing
from ui.cli import cli
cli(sys.argv[1:], obj=freezing())
""",
)
FREEZE_S = 2
QUESTION = {"question": "冻住了吗", "as_of": "2026-12-01"}
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")


def environment(folder):
    return {"POLICY_DATA_DIR": str(folder), "POLICY_FREEZE_S": str(FREEZE_S), "POLICY_LOG": "json"}


def froze(folder, log):
    """Ask what freezes; return how long the server lived on."""
    with serve(environment(folder), program=FREEZES, log=log) as (server, base):
        begun = time.monotonic()
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{base}/api/v1/ask", json=QUESTION, timeout=PATIENCE_S)
        assert server.wait(PATIENCE_S) == 1
        return time.monotonic() - begun


def test_a_question_that_freezes_the_server_is_taken_up_twice_and_then_answered_politely(tmp_path):
    assert FREEZE_S / 2 < froze(tmp_path, tmp_path / "log1") < PATIENCE_S
    froze(tmp_path, tmp_path / "log2")
    with serve(environment(tmp_path), program=FREEZES, log=tmp_path / "log3") as (_, base):
        told = httpx.post(f"{base}/api/v1/ask", json=QUESTION, timeout=PATIENCE_S)
        other = httpx.post(f"{base}/api/v1/ask", json=QUESTION | {"question": "能拿多少"}, timeout=PATIENCE_S)
    assert told.status_code == 200
    assert told.json()["outcome"] == "error"
    assert told.json()["text"] == GIVEN_UP
    assert other.json()["outcome"] == "answered"
    assert "a process froze" in (tmp_path / "log2").read_text()
    assert "re.match" not in (tmp_path / "log3").read_text().split("Thread")[0]


def test_a_bot_on_threads_answers_politely_what_froze_it_twice_also_after_restarts(tmp_path):
    account = {"POLICY_WECHAT_TOKEN": TOKEN, "POLICY_WECHAT_AES_KEY": KEY, "POLICY_WECHAT_APP_ID": APP_ID}
    settings = (
        environment(tmp_path) | account | {"POLICY_BOT_LEASE_S": "1", "POLICY_BOT_ANSWER_PROCESS": "false"}
    )
    with serve(settings, program=FREEZES, log=tmp_path / "log1") as (server, base):
        asyncio.run(FakeWeChat(base, mode="safe").say("u", "冻住了吗"))
        assert server.wait(PATIENCE_S) == 1
    with (
        suppress(AssertionError),  # it takes up the job on record once more, mostly before it is open
        serve(settings, program=FREEZES, log=tmp_path / "log2") as (server, _),
    ):
        server.wait(PATIENCE_S)
    with serve(settings, program=FREEZES, log=tmp_path / "log3") as (server, base):
        wechat = FakeWeChat(base, mode="safe")
        assert soon(lambda: GIVEN_UP in (asyncio.run(wechat.say("u", "答案")).text or ""))
        assert server.poll() is None


def test_a_frozen_server_ends_when_told_to(tmp_path):
    with serve(environment(tmp_path), program=FREEZES, log=tmp_path / "log") as (server, base):
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{base}/api/v1/ask", json=QUESTION, timeout=0.5)
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE_S)


def test_a_worker_that_no_longer_answers_is_replaced(tmp_path):
    with serve(environment(tmp_path), "--workers", "2", log=tmp_path / "log") as (parent, base):
        first = workers_of(parent)
        os.kill(first[0], signal.SIGSTOP)
        assert soon(lambda: first[0] not in workers_of(parent) and len(workers_of(parent)) == 2)
        assert first[1] in workers_of(parent)
        assert httpx.get(f"{base}/healthz", timeout=PATIENCE_S).status_code == 200
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(PATIENCE_S) == 0
    assert "no longer answers" in (tmp_path / "log").read_text()


def workers_of(parent: subprocess.Popen) -> list[int]:
    listed = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    return [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def left_by_the_dead(folder, question, is_frozen):
    """Leave what a process leaves that ends while it works out a question."""
    dead = Unfinished(folder)
    begun = dead.begun(question)
    begun.__enter__()
    if is_frozen:
        note_ended(folder, os.getpid())
    dead._places.close()
    dead._file.close()  # the lock goes as with its process
    return begun  # who drops it ends it


def test_what_a_killed_process_had_begun_counts_for_nothing(tmp_path):
    left = [left_by_the_dead(tmp_path, "能拿多少", is_frozen=False) for _ in range(3)]
    with Unfinished(tmp_path).begun("能拿多少"):
        assert left


def test_what_two_frozen_processes_had_begun_is_given_up_and_nothing_else(tmp_path):
    left = []
    for _ in range(2):
        with Unfinished(tmp_path).begun("能拿多少"):
            pass
        left.append(left_by_the_dead(tmp_path, "能拿多少", is_frozen=True))
    unfinished = Unfinished(tmp_path)
    with pytest.raises(GivenUpError), unfinished.begun("能拿多少"):
        pass
    with unfinished.begun("能拿多少呢"):
        pass


def test_a_process_that_ends_as_it_should_leaves_nothing(tmp_path):
    application = FakeApplication(FakeAssistant())
    with Watchdog(tmp_path, 60) as watchdog:
        watched = watchdog.watching(application)
        assert watched.assistant.ask(Question("能拿多少", date(2026, 12, 1))).outcome is Outcome.ANSWERED
        assert watched.corpus is application.corpus
    assert list(folder_of(tmp_path).iterdir()) == []


def test_questions_are_kept_as_digests_only(tmp_path):
    with Unfinished(tmp_path).begun("能拿多少"):
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not re.search("能拿多少".encode(), kept)
    assert any(kept)
