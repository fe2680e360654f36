"""`serve` with one worker: what is ended from outside is started again, what is told to stop stops."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.patience import PATIENCE_S, soon
from tests.serve import ROOT, serve
from ui.watchdog import GIVEN_UP

PROGRAM = (
    "-c",
    """
import sys
from functools import partial
from tests import freezing
from ui import workers
from ui.cli import cli
from ui.worker_process import Work

load = getattr(freezing, sys.argv.pop())
workers.run_one = partial(workers.run_one, work=Work(load, has_page=False))
cli(sys.argv[1:])
""",
)
QUESTION = {"question": "冻住了吗", "as_of": "2026-12-01"}
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes through /proc")


@contextmanager
def supervised(folder, load="freezing", **more):
    """Give the parent and its address; the parent is killed afterwards, and its worker ends by itself."""
    settings = {
        "POLICY_DATA_DIR": str(folder),
        "POLICY_FREEZE_S": "2",
        "POLICY_LOG": "json",
        "POLICY_STOP_S": "1",
        "POLICY_SUPERVISE": "1",
    }
    with serve(settings | more, load, program=PROGRAM, log=folder / "log") as running:
        yield running


def worker_of(parent):
    """Return the process id of the worker; None while there is none."""
    listed = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    found = [int(pid) for pid in listed if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return found[0] if found else None


def ask(base, question="能拿多少"):
    return httpx.post(f"{base}/api/v1/ask", json=QUESTION | {"question": question}, timeout=PATIENCE_S)


def test_a_server_that_froze_is_back_at_the_same_address_and_gives_the_question_up(tmp_path):
    with supervised(tmp_path) as (parent, base):
        for _ in range(2):
            with pytest.raises(httpx.TransportError):
                ask(base, "冻住了吗")
            assert ask(base).json()["outcome"] == "answered", "asked meanwhile, it waits for the next worker"
        assert ask(base, "冻住了吗").json()["text"] == GIVEN_UP
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(PATIENCE_S) == 0
        assert "已停止" in parent.stdout.read()


def test_the_parent_loads_nothing_of_the_program(tmp_path):
    with supervised(tmp_path) as (parent, _):
        maps = Path(f"/proc/{parent.pid}/maps").read_text()
    assert "site-packages/pydantic_core" in maps
    assert not any(f"site-packages/{heavy}" in maps for heavy in ("numpy", "torch", "sqlalchemy"))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_stops_and_leaves_nothing_running(tmp_path, told):
    with supervised(tmp_path) as (parent, base):
        worker = worker_of(parent)
        assert ask(base).status_code == 200
        parent.send_signal(told)
        assert parent.wait(PATIENCE_S) == 0
        assert "已停止" in parent.stdout.read()
        assert not Path(f"/proc/{worker}").exists()
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_ctrl_c_reaches_both_and_stops_both(tmp_path):
    settings = {"POLICY_DATA_DIR": str(tmp_path), "POLICY_SUPERVISE": "1", "POLICY_PORT": "0"}
    command = [sys.executable, *PROGRAM, "serve", "freezing"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings}
    running = subprocess.Popen(
        command,
        env=environment,
        cwd=tmp_path,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = iter(running.stdout.readline, "")
    assert any("已打开" in line for line in said)
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(PATIENCE_S) == 0
    rest = running.stdout.read()
    assert "已停止" in rest
    assert "Traceback" not in rest


def test_a_worker_that_hangs_is_killed_after_the_grace_period(tmp_path):
    with supervised(tmp_path, POLICY_FREEZE_S="600") as (parent, base):
        worker = worker_of(parent)
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{base}/api/v1/ask", json=QUESTION, timeout=0.5)
        begun = time.monotonic()
        parent.send_signal(signal.SIGTERM)
        parent.wait(PATIENCE_S)
        assert time.monotonic() - begun > 1.0
        assert not Path(f"/proc/{worker}").exists()


def test_where_the_parent_is_killed_the_worker_ends(tmp_path):
    with supervised(tmp_path) as (parent, _):
        worker = worker_of(parent)
        parent.kill()
        parent.wait()
        assert soon(lambda: not is_running(worker))


def is_running(pid):
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_told_to_stop_by_itself_is_not_started_again(tmp_path):
    with supervised(tmp_path) as (parent, _):
        os.kill(worker_of(parent), signal.SIGTERM)
        assert parent.wait(PATIENCE_S) == 0


def test_a_worker_that_never_stays_is_given_up_with_a_sentence(tmp_path):
    with supervised(tmp_path) as (parent, _):
        for _ in range(3):
            seen = worker_of(parent)
            os.kill(seen, signal.SIGKILL)
            soon(lambda seen=seen: parent.poll() is not None or worker_of(parent) not in (seen, None))
        assert parent.wait(PATIENCE_S) == 2
    assert "一再退出" in (tmp_path / "log").read_text()


def refused(folder, load, **more):
    """Run where it cannot open; return what ended it."""
    settings = {"POLICY_DATA_DIR": str(folder), "POLICY_SUPERVISE": "1", "POLICY_PORT": "0", **more}
    command = [sys.executable, *PROGRAM, "serve", load]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        command, env=environment, cwd=folder, text=True, capture_output=True, timeout=PATIENCE_S
    )


def test_what_cannot_start_is_not_tried_again(tmp_path):
    done = refused(tmp_path, "broken")
    assert done.returncode == 2
    assert "服务没能启动" in done.stderr
    assert done.stderr.count("Traceback") == 1


def test_what_tells_why_it_cannot_start_is_told_once(tmp_path):
    done = refused(tmp_path, "damaged")
    assert done.returncode == 2
    assert done.stderr == "错误：索引打不开。\n"
