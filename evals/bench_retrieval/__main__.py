"""Speed and quality of search, side by side with the bare engines and with other libraries.

python -m evals.bench_retrieval scale --counts 1000 10000 100000 --data DATA --home HOME --out OUT
python -m evals.bench_retrieval graph --counts 100000 --data DATA --home HOME --out OUT    after `scale`
python -m evals.bench_retrieval engines --counts 100000 --data DATA --out OUT
python -m evals.bench_retrieval peers --data DATA --policies POLICIES --pool 15000 --allowed 1500 --out OUT
python -m evals.bench_retrieval start --out OUT
python -m evals.bench_retrieval synonyms
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.bench_retrieval.engines import compare_engines
from evals.bench_retrieval.graph import measure_graph
from evals.bench_retrieval.quality import ALLOWED_S, compare
from evals.bench_retrieval.scale import OutOfTimeError, measure, measure_words
from evals.bench_retrieval.start import measure_start
from evals.bench_retrieval.synonyms import compare_synonyms
from evals.bench_retrieval.texts import load_texts
from evals.bench_retrieval.timing import load_average


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for and write it down."""
    parser = argparse.ArgumentParser(description="检索的速度与质量，与裸引擎和其他库并列")
    parser.add_argument("what", choices=sorted(WHAT))
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--data", type=Path, help="公开检索数据的目录（可缺省）")
    parser.add_argument("--policies", type=Path, help="带奖补标注的政策文件夹（可缺省）")
    parser.add_argument("--home", type=Path, default=Path("/tmp/policy-bench"), help="索引放在哪里")
    parser.add_argument("--out", type=Path, help="结果（JSON）写到哪个目录")
    parser.add_argument("--seconds", type=float, default=450, help="建索引最多多少秒，没建完的下次接着建")
    parser.add_argument("--sets", nargs="+", default=[], help="peers 只比哪些题集，如 stard_test")
    parser.add_argument("--pool", type=int, help="peers 的公开题集最多留多少段（答案都在，其余按种子抽取）")
    parser.add_argument("--allowed", type=float, help="peers 里每个库建索引加答题最多多少秒")
    parser.add_argument("--words-only", action="store_true", help="只量关键词一侧（百万条时向量要建很久）")
    chosen = parser.parse_args(arguments)
    WHAT[chosen.what](chosen)


def _scale(chosen: argparse.Namespace) -> None:
    texts = load_texts(chosen.data)
    for count in chosen.counts:
        try:
            measured = measure_words if chosen.words_only else measure
            found = measured(count, texts, chosen.home / str(count), chosen.seconds)
        except OutOfTimeError:
            sys.stdout.write(f"{count:,} 条：时间到，已建的部分保留，再运行一次接着建\n")
            continue
        _told(found, chosen.out, f"{'words' if chosen.words_only else 'scale'}-{count}")


def _graph(chosen: argparse.Namespace) -> None:
    texts = load_texts(chosen.data)
    for count in chosen.counts:
        _told(measure_graph(texts, chosen.home / str(count)), chosen.out, f"graph-{count}")


def _engines(chosen: argparse.Namespace) -> None:
    texts = load_texts(chosen.data)
    for count in chosen.counts:
        _told(compare_engines(count, texts, chosen.home / f"engines-{count}"), chosen.out, f"engines-{count}")


def _peers(chosen: argparse.Namespace) -> None:
    allowed = ALLOWED_S if chosen.allowed is None else chosen.allowed
    name = "-".join(("peers", *chosen.sets))
    began = load_average()
    rows = compare(chosen.data, chosen.policies, allowed, chosen.sets, chosen.pool)
    _told({"load": [began, load_average()], "pool": chosen.pool, "rows": rows}, chosen.out, name)


def _start(chosen: argparse.Namespace) -> None:
    _told(measure_start(), chosen.out, "start")


def _synonyms(chosen: argparse.Namespace) -> None:
    _told(compare_synonyms(), chosen.out, "synonyms")


WHAT = {
    "scale": _scale,
    "graph": _graph,
    "engines": _engines,
    "peers": _peers,
    "start": _start,
    "synonyms": _synonyms,
}


def _told(found: dict[str, Any], out: Path | None, name: str) -> None:
    text = json.dumps(found, ensure_ascii=False, indent=1)
    sys.stdout.write(text + "\n")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
