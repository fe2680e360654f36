"""Taking a finished run for the state that later ones are held to.

python -m evals.accept RUN    write `evals/baseline.json`; refused where an absolute gate fails
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.comparing import BASELINE, RunUnreadableError, absolute_gates, load_gates, load_summary

_KEPT = ("header", "counts", "metrics", "by_suite", "by_type", "faults")


def baseline_text(summary: Mapping[str, Any]) -> str:
    """Return the baseline: the figures, and each item on a line of its own."""
    head = [f"{json.dumps(name)}: {json.dumps(summary[name], ensure_ascii=False)}" for name in _KEPT]
    items = [f"  {json.dumps(name)}: {_line(one)}" for name, one in sorted(summary["items"].items())]
    return "{" + ",\n".join([*head, '"items": {\n' + ",\n".join(items) + "\n}"]) + "}\n"


def _line(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="把一次评测定为基线")
    parser.add_argument("run", type=Path, help="评测结果的目录")
    try:
        summary = load_summary(parser.parse_args(arguments).run)
    except RunUnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    failed = [gate.metric for gate in absolute_gates(summary, load_gates()) if not gate.passed]
    if failed:
        sys.stderr.write(f"绝对门槛未过（{'、'.join(failed)}），不能定为基线。\n")
        return 1
    BASELINE.write_text(baseline_text(summary), "utf-8")
    sys.stdout.write(f"已写入 {BASELINE.name}：{len(summary['items'])} 题。\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
