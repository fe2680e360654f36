"""How long one answer takes in process, without a model, and where the time goes.

    python -m evals.bench_answers [--rounds 3] [--suites core,amounts,traps,multi-turn]

Asks every turn of the development suites over the five documents, in one warm process, and prints the median
and the 95th percentile of a turn beside their targets, then what each step takes of it. The time on the clock
and the time the processor spent stand side by side: on a busy machine the first is the longer by far. It is a
measurement, not a test.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import load
from assistant.conversation import Question
from assistant.pipeline import STEPS, Assistant
from assistant.settings import Settings
from assistant.steps.state import State, Step

SUITES = Path(__file__).with_name("suites")
DEVELOPED = "core,amounts,traps,multi-turn"
TARGETS = {50: 15.0, 95: 40.0}  # milliseconds a turn, in process


@dataclass
class Watch:
    """Milliseconds each step took, one entry a turn that reached it."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def over(self, step: Step) -> Step:
        """Return the step, timed."""

        def timed(state: State) -> State:
            began = time.perf_counter()
            result = step(state)
            self.taken[step.__name__].append((time.perf_counter() - began) * 1000)
            return result

        timed.__name__ = step.__name__
        return timed


def conversations(names: Sequence[str]) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield the day and the turns of every item of some suites."""
    for name in names:
        for line in (SUITES / f"{name}.jsonl").read_text("utf-8").splitlines():
            item = json.loads(line)
            yield date.fromisoformat(item["as_of"]), tuple(turn["content"] for turn in item["turns"])


@dataclass(frozen=True, slots=True)
class Taken:
    """The milliseconds of one turn: on the clock, and of the processor."""

    clock: float
    processor: float


def turns_timed(assistant: Assistant, names: Sequence[str]) -> list[Taken]:
    """Ask everything once; return what each turn took."""
    taken: list[Taken] = []
    for at, (day, turns) in enumerate(conversations(names)):
        name = f"bench-{at}-{time.perf_counter_ns()}"
        for turn in turns:
            began, worked = time.perf_counter(), time.process_time()
            assistant.ask(Question(turn, day, name))
            clock, processor = time.perf_counter() - began, time.process_time() - worked
            taken.append(Taken(clock * 1000, processor * 1000))
    return taken


def percentile(values: Sequence[float], share: int) -> float:
    """Return the smallest value that `share` percent of the values do not exceed.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([1.0, 2.0, 3.0], 95)
    (2.0, 3.0)
    """
    ranked = sorted(values)
    return ranked[max(-(-len(ranked) * share // 100), 1) - 1]


def report(turns: Sequence[Taken], steps: Mapping[str, Sequence[float]]) -> str:
    """Return what was measured, one thing a line."""
    lines = [f"{len(turns)} turns, in process, without a model"]
    clock, processor = [one.clock for one in turns], [one.processor for one in turns]
    for share, target in TARGETS.items():
        value, worked = percentile(clock, share), percentile(processor, share)
        verdict = f"{'within' if value <= target else 'OVER'} the target of {target:.0f} ms"
        lines.append(f"  p{share:<4}{value:7.1f} ms  {verdict:<30}(processor {worked:.1f} ms)")
    lines.append(f"  max  {max(clock):7.1f} ms{'':32}(processor {max(processor):.1f} ms)")
    whole = sum(clock)
    for name, taken in sorted(steps.items(), key=lambda one: -sum(one[1])):
        mean, high, part = statistics.fmean(taken), percentile(taken, 95), sum(taken) / whole
        lines.append(f"  {name:<12} mean {mean:5.1f} ms   p95 {high:5.1f} ms   {part:4.0%} of the time")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--suites", default=DEVELOPED)
    options = parser.parse_args()
    names = options.suites.split(",")
    with tempfile.TemporaryDirectory() as folder:
        context = load(Settings(data_dir=Path(folder))).context
        turns_timed(Assistant(context, ConversationMemory()), names)  # warms caches, opens the index
        watch = Watch()
        assistant = Assistant(context, ConversationMemory(), tuple(watch.over(step) for step in STEPS))
        taken = [each for _ in range(options.rounds) for each in turns_timed(assistant, names)]
    sys.stdout.write(report(taken, watch.taken))


if __name__ == "__main__":
    main()
