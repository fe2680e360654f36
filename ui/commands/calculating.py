"""`estimate` and `match`: the calculator without a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ui.commands.receipts import receipt_of, save_receipt
from ui.commands.shared import (
    as_of_option,
    corpus_of,
    day_or_today,
    facts_from,
    json_option,
    print_json,
    print_lines,
)
from ui.terminal.chinese_click import ChineseCommand
from ui.terminal.style import terminal_style, terminal_width

FACTS_METAVAR = "[名称=取值]…"
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


ESTIMATE_HELP = """\
按一项措施测算预计可享金额，列出算式、条件和还缺的信息。

措施编号和所需信息见 measures 命令。

\b
例：policy-assistant estimate changning-ai-draft/7.1/hard-technology self_funded_investment=800万
"""


@click.command(cls=ChineseCommand, help=ESTIMATE_HELP)
@click.argument("measure_id", metavar="措施编号")
@click.argument("facts", nargs=-1, metavar=FACTS_METAVAR)
@as_of_option
@json_option
@click.option("--receipt", type=NEW_FILE, metavar="文件", help="另存测算单，日后可用 receipt 命令核对。")
@click.pass_context
def estimate(
    context: click.Context,
    measure_id: str,
    facts: tuple[str, ...],
    as_of: date | None,
    as_json: bool,
    receipt: Path | None,
) -> None:
    """Estimate one measure, and keep a receipt where one is asked for."""
    from assistant.answer_json import single_estimate_json
    from assistant.calculation import estimate_measure
    from ui.terminal.calculations import estimate_page

    corpus, raw, day = corpus_of(context), facts_from(facts), day_or_today(as_of)
    worked = estimate_measure(corpus, measure_id, raw, day)
    if receipt is not None:
        save_receipt(receipt, receipt_of(corpus, measure_id, raw, day))
    if as_json:
        print_json(single_estimate_json(worked.estimate, worked.sources, worked.as_of))
    else:
        print_lines(estimate_page(worked, terminal_width(), terminal_style()))


MATCH_HELP = "按企业情况列出可能适用的全部措施，从高到低，并按规定合并计算。"


@click.command(cls=ChineseCommand, help=MATCH_HELP)
@click.argument("facts", nargs=-1, metavar=FACTS_METAVAR)
@as_of_option
@json_option
@click.pass_context
def match(context: click.Context, facts: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    """Find and combine every measure that may apply."""
    from assistant.answer_json import match_json
    from assistant.calculation import match_measures
    from ui.terminal.calculations import match_page

    found = match_measures(corpus_of(context), facts_from(facts), day_or_today(as_of))
    if as_json:
        print_json(match_json(found, found.sources, found.as_of))
    else:
        print_lines(match_page(found, terminal_width(), terminal_style()))
