"""Receipts (测算单): keep an estimate, and compute it again later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.shared import corpus_of, print_lines
from ui.terminal.chinese_click import BadInput, ChineseCommand
from ui.terminal.style import terminal_width
from ui.terminal.width import wrapped

if TYPE_CHECKING:
    from corpus.store import Corpus

RECEIPT_HELP = """\
重新计算一份测算单，核对结果是否与当时逐字节相同。

测算单由 estimate 的 --receipt 选项生成；政策文本或措施数据有变化时会列出，退出码为 1。
"""


@click.command(cls=ChineseCommand, short_help="重新计算一份测算单并核对。", help=RECEIPT_HELP)
@click.argument("file", metavar="测算单", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def receipt(context: click.Context, file: Path) -> None:
    """Compute a receipt again and say what changed."""
    from assistant.calculator.receipts import ReceiptError, rerun

    try:
        again = rerun(_read(file), corpus_of(context))
    except ReceiptError as error:
        raise BadInput(f"{file}：{error}") from error
    if again.is_identical:
        click.echo("✓ 重新计算的结果与测算单逐字节相同。")
        return
    for change in again.changes:
        print_lines(wrapped(change, terminal_width(), "✗ "))
    click.echo("重新计算的结果与测算单不同。")
    context.exit(1)


def receipt_of(corpus: Corpus, measure_id: str, raw: Mapping[str, object], as_of: date) -> str:
    """Return the receipt of one estimate."""
    from assistant.calculator.facts import FactSheet
    from assistant.calculator.receipts import write_receipt

    return write_receipt(corpus.measure(measure_id), FactSheet.parse(raw, corpus.facts), as_of, corpus)


def save_receipt(file: Path, text: str) -> None:
    """Write a receipt; a file that exists is never written over."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise BadInput(f"{file} 已存在，不会覆盖；请换一个文件名。") from None
    except OSError as error:
        raise BadInput(f"{file}：无法写入（{error.strerror}）。") from error


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadInput(f"{file}：文件不存在。") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{file}：不是测算单，无法读取。") from None
