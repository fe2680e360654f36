"""What one answer costs a server: `python -m tests.api.sizing`, on loopback, without a language model.

Processor time is counted, not the clock's, so that other work on the machine changes little; about a minute.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx

from tests.serve import serve

CLIENTS, QUESTIONS = 8, 400
TICKS = os.sysconf("SC_CLK_TCK")
ASKED = (
    "长宁区硬核技术攻关自筹{n}万元能拿多少？",
    "工业设计项目贷款贴息{n}万元利息能补多少？",
    "数据产品专项补贴的责任单位是谁？",
    "在线新经济政策有效期到什么时候？",
)


def main() -> None:
    """Print a line a number of workers."""
    machine = f"{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.0f}"
    print(f"HTTP 接口，无模型：{QUESTIONS} 个问题，{CLIENTS} 个客户端轮流，{machine}，施压程序同机")
    for count in (1, 2):
        with tempfile.TemporaryDirectory() as directory, _serving(count, Path(directory)) as (base, pids):
            _ask_all(base, 40)
            before, begun = _processor_s(pids), time.perf_counter()
            times = _ask_all(base, QUESTIONS)
            took, used = time.perf_counter() - begun, _processor_s(pids) - before
            memory = [_memory_mb(pid) for pid in pids]
        print(
            f"  {count} 个工作进程：每个回答 {used / QUESTIONS * 1000:.1f} 毫秒处理器时间"
            f"（一核每秒约 {QUESTIONS / used:.0f} 个）；实测每秒 {QUESTIONS / took:.0f} 个，"
            f"中位 {median(times) * 1000:.0f} 毫秒，95% {quantiles(times, n=20)[18] * 1000:.0f} 毫秒；"
            f"内存每进程 {max(memory):.0f} MB"
        )


def _ask_all(base: str, count: int) -> list[float]:
    with ThreadPoolExecutor(CLIENTS) as pool, httpx.Client(base_url=base, timeout=60) as client:

        def ask(n: int) -> float:
            begun = time.perf_counter()
            question = ASKED[n % len(ASKED)].format(n=n % 90 + 10)
            answer = client.post("/api/v1/ask", json={"question": question}).raise_for_status().json()
            assert answer["outcome"] != "error", question
            return time.perf_counter() - begun

        return list(pool.map(ask, range(count)))


@contextmanager
def _serving(count: int, directory: Path) -> Iterator[tuple[str, list[int]]]:
    with serve({"POLICY_DATA_DIR": str(directory)}, "--workers", str(count)) as (server, base):
        yield base, _workers_of(server.pid) or [server.pid]
        server.terminate()
        server.wait(30)


def _workers_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def _processor_s(pids: list[int]) -> float:
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
