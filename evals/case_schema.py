"""The JSON Schema of an item, published for whoever writes suites.

python -m evals.case_schema            print it
python -m evals.case_schema --write    write `evals/schema/case.schema.json`
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.cases import Case

SCHEMA = Path(__file__).with_name("schema") / "case.schema.json"


def schema_text() -> str:
    """Return the schema as it is published."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print or write the schema."""
    parser = argparse.ArgumentParser(description="评测题的 JSON Schema")
    parser.add_argument("--write", action="store_true", help="写入仓库中的文件")
    if parser.parse_args(arguments).write:
        SCHEMA.parent.mkdir(exist_ok=True)
        SCHEMA.write_text(schema_text(), "utf-8")
    else:
        sys.stdout.write(schema_text())


if __name__ == "__main__":
    main()
