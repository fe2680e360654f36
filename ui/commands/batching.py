"""`batch`: many questions from a file into a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.shared import application_of, as_of_option, day_or_today
from ui.terminal.chinese_click import BadInput, ChineseCommand

if TYPE_CHECKING:
    from ui.batch.records import Records

BAR = "{desc}：{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 已用 {elapsed} 还需 {remaining}"


BATCH_HELP = """\
批量回答：输入每行一个 {"id", "turns": [问题…], "as_of"?, "documents"?: [文件编号…]}。

输出每行一个 {"id", "answers": [回答…]}，次序与输入相同。中断后再次运行同一命令会接着做；
有错的行写成错误记录，不会丢。
"""


@click.command(
    cls=ChineseCommand, short_help="批量回答一个 jsonl 文件里的问题，可中断后接着做。", help=BATCH_HELP
)
@click.argument("source", metavar="输入.jsonl", type=click.Path(path_type=Path))
@click.argument("target", metavar="输出.jsonl", type=click.Path(path_type=Path))
@as_of_option
@click.option("--restart", is_flag=True, help="不沿用输出文件里已有的结果，全部重做。")
@click.pass_context
def batch(context: click.Context, source: Path, target: Path, as_of: date | None, restart: bool) -> None:
    """Answer the questions of a file."""
    from ui.batch.records import RecordsError, open_records

    lines = _lines_of(source)
    if _is_same(source, target):
        raise BadInput("输入和输出是同一个文件，请换一个输出文件。")
    try:
        with open_records(target) as records:
            if restart:
                records.kept, records.ends = [], []
            failed = _run(context, lines, records, day_or_today(as_of))
    except RecordsError as error:
        raise BadInput(str(error)) from None
    if failed:
        context.exit(1)


def _run(context: click.Context, lines: list[tuple[int, bytes]], records: Records, as_of: date) -> int:
    from tqdm import tqdm

    from ui.batch.run import Batch

    application = application_of(context)
    slugs = [document.slug for document in application.corpus.documents]
    bar = tqdm(total=len(lines), desc="批量回答", bar_format=BAR, disable=None, file=sys.stderr)
    with bar:
        run = Batch(application.hermetic, slugs, as_of, on_line=bar.update)
        try:
            tally = run.run(lines, records)
        except KeyboardInterrupt:
            bar.close()
            done = run.tally.written + run.tally.kept
            click.echo(f"已写完 {done} 条；再次运行同一命令会接着做。", err=True)
            raise
    click.echo(
        f"✓ 共 {len(lines)} 行：新答 {tally.written}，沿用 {tally.kept}，其中出错 {tally.failed}。", err=True
    )
    return tally.failed


def _lines_of(source: Path) -> list[tuple[int, bytes]]:
    """Read the lines with their numbers; empty ones are skipped."""
    try:
        content = source.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"找不到文件 {source}。") from None
    except IsADirectoryError:
        raise BadInput(f"{source} 是一个文件夹，请给出 .jsonl 文件。") from None
    except OSError:
        raise BadInput(f"无法读取文件 {source}，请检查权限。") from None
    numbered = enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    return [(number, raw.strip()) for number, raw in numbered if raw.strip()]


def _is_same(source: Path, target: Path) -> bool:
    return target.exists() and source.samefile(target)
