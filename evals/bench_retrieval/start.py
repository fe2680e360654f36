"""How long `policy-assistant ask` takes from nothing, with a built index: whole processes, side by side.

Python keeps its compiled modules, as it does for whoever installs the program; the first run makes them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from evals.bench_retrieval.timing import load_average

QUESTION = "长宁区硬核技术攻关自筹800万元能拿多少？"
RUNS = 9


def measure_start(runs: int = RUNS) -> dict[str, Any]:
    """Return seconds and memory of `ask`, beside a bare Python and beside importing Chroma."""
    program = str(Path(sys.executable).with_name("policy-assistant"))
    commands = {
        "policy-assistant ask": [program, "ask", QUESTION],
        "policy-assistant --help": [program, "--help"],
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import chromadb'": [sys.executable, "-c", "import chromadb"],
    }
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "POLICY_DATA_DIR": folder, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run([program, "index"], env=environment, check=True, capture_output=True)
        for command in commands.values():
            subprocess.run(command, env=environment, check=True, capture_output=True)
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                spent[name].append(_run(command, environment))
    medians = {name: sorted(times)[runs // 2] for name, times in spent.items()}
    return {
        "load": load_average(),
        "n": runs,
        **{name: {"wall_s": round(wall, 2), "cpu_s": round(cpu, 2)} for name, (wall, cpu) in medians.items()},
    }


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return the wall and processor seconds of a command."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
