"""`eval`: how good the answers are; runs compared, and single items of a run shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.shared import json_option, print_json, print_lines
from ui.terminal.chinese_click import BadInput, ChineseCommand, ChineseGroup
from ui.terminal.style import Style, terminal_style, terminal_width
from ui.terminal.width import padded, wrapped

if TYPE_CHECKING:
    from evals.comparing import Comparison, Held
    from evals.session import Bar, Options

BROKEN = 2
_BAR = "评测：{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [已用 {elapsed}，剩余 {remaining}]"


class EvalGroup(ChineseGroup):
    """`eval SUITE…` runs; `eval compare` and `eval show` look at what ran."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take anything that is no command's name for suites to run."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["run", *args]
        return super().parse_args(ctx, args)


EVAL_HELP = """评测问答的质量：用题集逐题提问，按原文核对数额、依据、拒答与说法，写出报告。

\b
policy-assistant eval core amounts --out runs/今天     运行题集（all 为全部）
policy-assistant eval 题目.jsonl --url http://…        评测一台服务器
policy-assistant eval compare runs/旧 runs/新          两次评测逐题比较，过门槛
policy-assistant eval show runs/今天 core-001          看一道题的问答与评分"""


@click.group(
    "eval", cls=EvalGroup, help=EVAL_HELP, short_help="用题集评测问答质量，写出报告。", no_args_is_help=True
)
def evaluate() -> None:
    """Evaluate the answers."""


RUN_HELP = "运行题集：题集名、文件（jsonl、csv、xlsx）或 all；可省略 run 这个词。"


@evaluate.command(cls=ChineseCommand, help=RUN_HELP, short_help="运行题集（run 可省略）。")
@click.argument("suites", metavar="题集…", nargs=-1, required=True)
@click.option("--out", metavar="目录", type=click.Path(path_type=Path), help="结果目录；默认 runs/时间。")
@click.option(
    "--baseline", "base", metavar="结果", type=click.Path(path_type=Path), help="与之比较并过门槛。"
)
@click.option("--url", metavar="网址", help="评测这台服务器（本程序的接口）。")
@click.option("--openai", metavar="网址", help="评测 OpenAI 形式的接口，只按文字评分；需要 --model。")
@click.option("--model", metavar="名称", help="--openai 所用的模型名。")
@click.option("--plain", is_flag=True, help="评测朴素基线：检索到的前两条原文，不拒答、不测算。")
@click.option("--judge", metavar="网址", help="请一个模型（OpenAI 形式）评文字，另行列出，不作门槛。")
@click.option("--judge-model", metavar="名称", help="--judge 所用的模型名。")
@click.option(
    "--repeats", "-k", metavar="次数", type=click.IntRange(1, 100), default=1, help="每题重复几次。"
)
@click.option(
    "--concurrency", metavar="个数", type=click.IntRange(1, 64), help="同时问几题；默认 1，服务器 4。"
)
@click.option(
    "--seed", metavar="整数", type=click.IntRange(0), default=0, help="打乱题目次序的种子；0 不打乱。"
)
@click.option(
    "--timeout", metavar="秒", type=click.FloatRange(0.01), default=60.0, help="一次回答最多等多久。"
)
@click.option("--item", "only", metavar="题号", multiple=True, help="只问这些题，可重复。")
@click.option("--overwrite", is_flag=True, help="目录里已有别的结果时重新开始。")
@json_option
@click.pass_context
def run(context: click.Context, /, as_json: bool, **given: Any) -> None:
    """Run suites."""
    from evals.session import evaluate as run_suites
    from ui.configuration import read_settings

    settings = read_settings()
    options = _options(settings.runs_dir, **given)
    with _broken_runs_reported(context):
        outcome = run_suites(options, settings, _bar())
    if as_json:
        print_json(outcome.summary)
    else:
        _tell_run(outcome.summary, outcome.comparison, options.out, outcome.kept)
    if not _passed(outcome.summary, outcome.comparison):
        context.exit(1)


def _options(runs: Path, **given: Any) -> Options:
    import os

    from evals.judging import Judge
    from evals.running import Plan
    from evals.session import Options

    key = os.environ.get("OPENAI_API_KEY")
    if given["openai"] and (given["url"] or not given["model"]):
        raise BadInput("--openai 需要同时给 --model，且不能与 --url 同用。")
    if bool(given["judge"]) != bool(given["judge_model"]):
        raise BadInput("--judge 与 --judge-model 须同时给出。")
    is_remote = bool(given["url"] or given["openai"])
    plan = Plan(given["repeats"], given["concurrency"] or (4 if is_remote else 1), given["seed"])
    return Options(
        suites=given["suites"],
        out=given["out"] or runs / datetime.now().astimezone().strftime("%Y%m%d-%H%M%S"),
        url=given["url"],
        openai=given["openai"],
        model=given["model"],
        key=key,
        judge=Judge(given["judge"], given["judge_model"], key=key) if given["judge"] else None,
        limit_s=given["timeout"],
        only=given["only"],
        base=given["base"],
        overwrite=given["overwrite"],
        is_plain=given["plain"],
        plan=plan,
    )


@contextmanager
def _broken_runs_reported(context: click.Context) -> Iterator[None]:
    """Tell in Chinese what kept a run or a comparison from giving a result, and exit 2."""
    from evals.comparing import RunUnreadableError
    from evals.running import BrokenRunError
    from evals.suite_files import SuiteError
    from evals.transcripts import OtherRunError

    try:
        yield
    except (BrokenRunError, OtherRunError, RunUnreadableError, SuiteError) as error:
        click.echo(str(error), err=True)
        context.exit(BROKEN)


def _bar() -> Bar:
    from tqdm import tqdm

    def begin(total: int, kept: int) -> Callable[[], object]:
        if kept:
            click.echo(f"接着上次：{total} 次提问中已有 {kept} 次的结果。", err=True)
        shown = tqdm(total=total, file=sys.stderr, bar_format=_BAR, mininterval=0.3, disable=None)
        return shown.update

    return begin


def _passed(summary: Mapping[str, Any], comparison: Comparison | None) -> bool:
    from evals.comparing import absolute_gates, load_gates

    if comparison is not None:
        return comparison.passed
    return all(held.passed for held in absolute_gates(summary, load_gates()))


def _tell_run(summary: Mapping[str, Any], comparison: Comparison | None, out: Path, kept: int) -> None:
    from evals.comparing import absolute_gates, load_gates
    from evals.metrics.catalogue import ABOUT

    style = terminal_style()
    click.echo(style.head(padded("指标", 16) + "    n      值    95% 区间"))
    for name, found in summary["metrics"].items():
        spread = f"{found['low']:.3f}–{found['high']:.3f}"
        click.echo(f"{padded(ABOUT[name].label, 16)}{int(found['n']):>5}  {found['value']:.3f}    {spread}")
    counts = summary["counts"]
    click.echo(f"出错 {counts['errors']}、超时 {counts['timeouts']}、无效 {counts['invalid']}，都计为错题。")
    for name, count in summary["faults"].items():
        click.echo(style.warn(f"{name} {count} 题"))
    if judge := summary.get("judge"):
        mean = (
            "无"
            if judge["mean"] is None
            else f"{judge['mean']:.2f}（{judge['low']:.2f}–{judge['high']:.2f}）"
        )
        told = f"{judge['n']} 则，读不出 {judge['unreadable']}，不作门槛"
        click.echo(f"文字评价（{judge['model']}，{told}）：{mean}／5")
    gates = comparison.gates if comparison else absolute_gates(summary, load_gates())
    if comparison:
        _tell_changes(comparison, style)
    _tell_gates(gates, style)
    click.echo(f"报告：{out / 'report.html'}" + (f"（沿用上次 {kept} 次）" if kept else ""))


COMPARE_HELP = "两次评测逐题比较：修好、变坏、不变，并过门槛。门槛未过时退出码为 1。"


@evaluate.command("compare", cls=ChineseCommand, help=COMPARE_HELP, short_help="两次评测逐题比较，过门槛。")
@click.argument("base", metavar="旧结果", type=click.Path(path_type=Path))
@click.argument("new", metavar="新结果", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def compare_runs(context: click.Context, base: Path, new: Path, as_json: bool) -> None:
    """Compare two runs."""
    from dataclasses import asdict

    from evals.comparing import compare, load_gates, load_summary

    with _broken_runs_reported(context):
        found = compare(load_summary(base), load_summary(new), load_gates())
    if as_json:
        print_json({**asdict(found), "chance": found.chance, "passed": found.passed})
    else:
        style = terminal_style()
        _tell_changes(found, style)
        _tell_gates(found.gates, style)
    if not found.passed:
        context.exit(1)


def _tell_changes(found: Comparison, style: Style) -> None:
    tally = f"修好 {len(found.fixed)}　变坏 {len(found.broken)}　不变 {found.same}　"
    tally += f"新题 {len(found.only_new)}　去掉 {len(found.only_base)}　McNemar p = {found.chance:.3f}"
    click.echo(style.head(tally))
    for label, ids in (("修好", found.fixed), ("变坏", found.broken)):
        if ids:
            print_lines(wrapped("、".join(ids), terminal_width(), f"{label}：", "　　　"))


def _tell_gates(gates: tuple[Held, ...], style: Style) -> None:
    from evals.metrics.catalogue import ABOUT

    for gate in gates:
        sign = "≥" if ABOUT[gate.metric].higher_is_better else "≤"
        value = "没有" if gate.value is None else f"{gate.value:.3f}"
        base = "" if gate.base is None else f"（基线 {gate.base:.3f}，{gate.n} 题）"
        line = f"{padded(ABOUT[gate.metric].label, 16)}{value} {sign} {gate.limit:.3f}{base}"
        click.echo(style.good(f"✓ {line}") if gate.passed else style.bad(f"✗ {line}"))


SHOW_HELP = "看一次评测里的一道题：问答、评分与原因。"


@evaluate.command("show", cls=ChineseCommand, help=SHOW_HELP, short_help="看一次评测里的一道题。")
@click.argument("folder", metavar="结果", type=click.Path(path_type=Path))
@click.argument("item", metavar="题号")
@json_option
@click.pass_context
def show(context: click.Context, folder: Path, item: str, as_json: bool) -> None:
    """Show one item of a run."""
    from evals.comparing import RunUnreadableError
    from evals.report.records import read_records

    with _broken_runs_reported(context):
        records = [one for one in read_records(folder) if item in (one["id"], one["attempt"])]
        if not records:
            raise RunUnreadableError(f"{folder} 里没有题号 {item}")
    for one in records:
        if as_json:
            print_json(one)
        else:
            print_lines(_record_lines(one, terminal_width(), terminal_style()))


def _record_lines(record: Mapping[str, Any], width: int, style: Style) -> Iterator[str]:
    from evals.metrics.catalogue import ABOUT

    verdict = style.good("✓ 全对") if record["passed"] else style.bad(f"✗ {record['fault']}")
    yield f"{style.head(record['attempt'])}　{verdict}"
    for question, reply in zip(record["turns"], record["replies"], strict=True):
        yield from wrapped(question, width, "问：", "　　")
        yield from wrapped(str(reply.get("text") or reply.get("note") or ""), width, "答：", "　　")
    for why in record["why"]:
        yield from wrapped(why, width, "· ", "  ")
    for name, score in record["scores"].items():
        yield from wrapped(
            f"{padded(ABOUT[name].label, 14)}{score['value']:.2f}　{score['reason']}", width, "  ", " " * 22
        )
    if record["retrieved"]:
        found = "、".join(f"{name}（{score:.2f}）" for name, score in record["retrieved"])
        yield from wrapped(found, width, "检索：", "　　　")
