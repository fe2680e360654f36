"""Writing a finished run into its folder; the summary comes last and says that the run is whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.comparing import SUMMARY, Comparison
from evals.report.junit import junit_xml
from evals.report.page import page
from evals.running import Judged, Library

RESULTS, JUNIT, PAGE = "results.jsonl", "junit.xml", "report.html"


def write_run(
    folder: Path,
    judged: Sequence[Judged],
    summary: Mapping[str, Any],
    library: Library,
    comparison: Comparison | None = None,
) -> None:
    """Write every file of a run."""
    lines = (json.dumps(record(one), ensure_ascii=False) for one in judged)
    (folder / RESULTS).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (folder / JUNIT).write_text(junit_xml(judged), "utf-8")
    (folder / PAGE).write_text(page(judged, summary, library, comparison), "utf-8")
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")


def record(judged: Judged) -> dict[str, Any]:
    """Return one attempt as its line of `results.jsonl`."""
    case, conversation = judged.attempt.item.case, judged.conversation
    return {
        "id": case.id,
        "attempt": judged.attempt.key,
        "suite": case.suite,
        "type": case.type,
        "passed": judged.verdict.passed,
        "fault": judged.verdict.fault,
        "why": list(judged.verdict.why),
        "scores": {name: {"value": one.value, "reason": one.reason} for name, one in judged.scores.items()},
        "turns": [reply.question for reply in conversation.replies],
        "replies": [
            dict(reply.raw) or {"failure": reply.failure, "note": reply.failure_note}
            for reply in conversation.replies
        ],
        "seconds": [round(reply.seconds, 4) for reply in conversation.replies],
        "gold": [[span.clause_id, span.start, span.end] for span in judged.attempt.item.gold[-1].spans],
        "retrieved": conversation.retrieved,
    }
