"""The finished evaluation runs of a folder: found, and read back; a broken one is left out."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOG = logging.getLogger(__name__)
SUMMARY, RESULTS = "summary.json", "results.jsonl"
MOST_RUNS = 20
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: its folder's name, when it ended (seconds), and its summary."""

    name: str
    folder: Path
    ended: float
    summary: Mapping[str, Any]


def finished_runs(folder: Path) -> tuple[Run, ...]:
    """Return the latest finished runs under a folder, the last first; none where there is no folder."""
    if not folder.is_dir():
        return ()
    found = sorted(_runs(folder), key=lambda run: -run.ended)
    return tuple(found[:MOST_RUNS])


def failures_of(run: Run) -> list[Mapping[str, Any]]:
    """Return the items a run has wrong, as `results.jsonl` tells them; none where it cannot be read."""
    records = (json.loads(line) for line in _text(run.folder / RESULTS).splitlines() if line.strip())
    try:
        return [one for one in records if isinstance(one, dict) and not one.get("passed", True)]
    except json.JSONDecodeError as error:
        LOG.warning("the results of a run cannot be read: %s", error)
        return []


def _runs(folder: Path) -> Iterator[Run]:
    for summary in folder.glob(f"*/{SUMMARY}"):
        try:
            told = json.loads(_text(summary) or "null")
        except json.JSONDecodeError as error:
            LOG.warning("a run's summary cannot be read: %s", error)
            continue
        if isinstance(told, dict) and isinstance(told.get("metrics"), dict):
            yield Run(summary.parent.name, summary.parent, summary.stat().st_mtime, told)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            LOG.warning("a run's file is too large to show: %s", file.name)
            return ""
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        LOG.warning("a run's file cannot be read: %s", error)
        return ""
