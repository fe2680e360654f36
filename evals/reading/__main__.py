"""`python -m evals.reading metadata DATA [--only ID…] [--json]`: how well documents are read."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from evals.reading.metadata import measure, report


def main() -> None:
    """Measure one subject over a folder of documents and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading", description=__doc__)
    parser.add_argument("subject", choices=["metadata"])
    parser.add_argument("data", type=Path, help="a folder with NN.txt and metadata.jsonl")
    parser.add_argument("--only", nargs="*", default=None, metavar="ID", help="these documents alone")
    parser.add_argument("--json", action="store_true", help="every judgement as JSON lines")
    given = parser.parse_args()
    judged = measure(given.data, given.only)
    if given.json:
        lines = [json.dumps(one.as_json(), ensure_ascii=False) for one in judged]
    else:
        lines = [report(judged)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
