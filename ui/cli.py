"""The command line `policy-assistant`: every command of the product.

Only click is imported here; a command loads the corpus, the index or the web server when it runs, so that
`--help` answers at once.
"""

from __future__ import annotations

import logging

import click

from ui.commands.adding import add, remove, update
from ui.commands.asking import ask
from ui.commands.batching import batch
from ui.commands.browsing import clauses, documents, measures
from ui.commands.calculating import estimate, match
from ui.commands.chatting import chat
from ui.commands.conversations import conversations
from ui.commands.evaluating import evaluate
from ui.commands.extracting import extract
from ui.commands.proving import check, read
from ui.commands.receipts import receipt
from ui.commands.reviewing import review
from ui.commands.running import index, serve
from ui.commands.searching import search
from ui.terminal.chinese_click import ChineseGroup

PROGRAM = "policy-assistant"
SILENT = logging.CRITICAL + 1


SUMMARY = "上海惠企政策问答与测算：每个回答都有条款依据，每个金额都由程序按原文计算。"


@click.group(cls=ChineseGroup, no_args_is_help=True, help=SUMMARY)
@click.option("--debug", is_flag=True, help="出错时在屏幕上显示技术细节。")
@click.version_option(
    package_name=PROGRAM, prog_name=PROGRAM, message="%(prog)s %(version)s", help="显示版本号。"
)
def cli(debug: bool) -> None:
    """Answer questions about the policies of the corpus."""
    logging.basicConfig(level=logging.DEBUG if debug else SILENT, format="%(name)s：%(message)s")


COMMANDS = (
    ask,
    chat,
    search,
    conversations,
    batch,
    documents,
    clauses,
    measures,
    estimate,
    match,
    receipt,
    read,
    extract,
    add,
    update,
    remove,
    review,
    check,
    index,
    evaluate,
    serve,
)
for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli(prog_name=PROGRAM)


if __name__ == "__main__":
    main()
