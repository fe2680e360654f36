"""`python -m evals.reading metadata|outline DATA [--only ID…] [--json]`: how well documents are read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evals.reading import metadata, outline


def main() -> None:
    """Measure one subject over a folder of documents and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading", description=__doc__)
    parser.add_argument("subject", choices=["metadata", "outline"])
    parser.add_argument("data", type=Path, help="a folder with NN.txt and metadata.jsonl")
    parser.add_argument("--only", nargs="*", default=None, metavar="ID", help="these documents alone")
    parser.add_argument("--json", action="store_true", help="every judgement as JSON lines")
    given = parser.parse_args()
    lines = _of_outline if given.subject == "outline" else _of_metadata
    sys.stdout.write("\n".join(lines(given.data, given.only, given.json)) + "\n")


def _of_metadata(data: Path, only: Sequence[str] | None, as_json: bool) -> list[str]:
    judged = metadata.measure(data, only)
    if as_json:
        return [json.dumps(one.as_json(), ensure_ascii=False) for one in judged]
    return [metadata.report(judged)]


def _of_outline(data: Path, only: Sequence[str] | None, as_json: bool) -> list[str]:
    told = list(outline.scores(data, only))
    if as_json:
        return [json.dumps({**asdict(one), "share": one.share}, ensure_ascii=False) for one in told]
    return list(outline.report(told))


if __name__ == "__main__":
    main()
