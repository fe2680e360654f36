"""How long a person waits: start-up and one answer, each in a fresh process.

    python -m evals.bench [--rounds 5]

Prints the median of the rounds in seconds beside its target (two cores, index already built), and whether
answering imported torch. It is a measurement, not a test: machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

QUESTION = "长宁区硬核技术攻关，我们自筹投入800万元，能拿多少？"
PROBE = (
    "import sys; from ui.cli import main; sys.argv = ['policy-assistant', 'ask', {question!r}]\n"
    "try: main()\n"
    "except SystemExit: pass\n"
    "print('torch' in sys.modules, file=sys.stderr)"
)


@dataclass(frozen=True)
class Measure:
    """One thing measured: what it is, the seconds of each round, and the target in seconds."""

    name: str
    seconds: tuple[float, ...]
    target: float

    def line(self) -> str:
        """Return the measurement as one printed line."""
        median = statistics.median(self.seconds)
        spread = f"{min(self.seconds):.2f}-{max(self.seconds):.2f}"
        verdict = "within" if median <= self.target else "OVER"
        return f"{self.name:<34}{median:6.2f} s  ({spread})  {verdict} the target of {self.target} s"


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Run a command to its end and return the seconds it took.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def imports_torch(environment: dict[str, str]) -> bool:
    """Tell whether answering one question in a fresh process imports torch."""
    run = subprocess.run(
        [sys.executable, "-c", PROBE.format(question=QUESTION)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stderr.strip().splitlines()[-1] == "True"


def main() -> None:
    """Measure and print."""
    import os

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    cli = str(Path(sys.executable).parent / "policy-assistant")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "POLICY_DATA_DIR": folder}
        build = timed([cli, "index"], environment)
        helps = tuple(timed([cli, "--help"], environment) for _ in range(rounds))
        asks = tuple(timed([cli, "ask", QUESTION], environment) for _ in range(rounds))
        torch = imports_torch(environment)
    sys.stdout.write(
        f"{'build the index from nothing':<34}{build:6.2f} s\n"
        f"{Measure('policy-assistant --help', helps, 0.5).line()}\n"
        f"{Measure('policy-assistant ask, index built', asks, 2.5).line()}\n"
        f"answering imports torch: {'yes' if torch else 'no'}\n"
    )


if __name__ == "__main__":
    main()
