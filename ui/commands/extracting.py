"""`extract`: what reading makes of a file, as JSON for programs; nothing is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ui.commands.shared import as_of_option, day_or_today, json_option, print_json, print_lines
from ui.terminal.chinese_click import ChineseCommand

EXTRACT_HELP = "读一份文件，给出文件信息、条款、措施和读取的收支；不会加入政策库。"


@click.command(cls=ChineseCommand, help=EXTRACT_HELP)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@as_of_option
@json_option
def extract(file: Path, as_of: date | None, as_json: bool) -> None:
    """Show what is read from a file."""
    from corpus.adding import receive
    from corpus.reading.readers import bytes_of
    from ui.commands.proposals import award_lines, proposal_lines
    from ui.extract_json import extract_json

    received = receive(file.name, bytes_of(file), "document")
    if as_json:
        print_json(extract_json(received.reading, day_or_today(as_of)))
        return
    from corpus.batch_adding import proposed

    print_lines(proposal_lines(received, proposed(received)))
    print_lines(award_lines(received))
