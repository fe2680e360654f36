"""Reading the results of a finished run back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.comparing import RunUnreadableError
from evals.report.files import RESULTS


def read_records(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of `results.jsonl`.

    Raises:
        RunUnreadableError: the folder holds no finished run.
    """
    try:
        lines = (folder / RESULTS).read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise RunUnreadableError(f"{folder} 不是一次完成的评测（{type(error).__name__}）") from error
