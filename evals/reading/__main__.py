"""`python -m evals.reading metadata DATA [--only ID…] [--json]`: how well documents are read."""

from __future__ import annotations

import argparse
import json
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
        for one in judged:
            print(json.dumps(one.as_json(), ensure_ascii=False))
    else:
        print(report(judged))


if __name__ == "__main__":
    main()
