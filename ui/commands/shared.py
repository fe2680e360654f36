"""What the commands share: the day, facts as people type them, the loaded program, printing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ui.dates import DayError, parse_day, today
from ui.terminal.chinese_click import BadInput
from ui.terminal.style import terminal_style, terminal_width

if TYPE_CHECKING:
    from assistant.conversation import Answer
    from corpus.store import Corpus
    from ui.application import Application


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """A day on the command line."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail in Chinese."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DayError as error:
            self.fail(str(error), param, ctx)


as_of_option = click.option(
    "--as-of", "as_of", type=Day(), metavar="日期", help="按哪一天测算，如 2026-11-22；默认今天。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON，便于程序读取。")


def application_of(context: click.Context) -> Application:
    """Return the program ready to answer, its index open: the one given to the command, else as configured.

    The index is opened here, where its failure can be told; inside an answer it would be a mere error.
    """
    application = given_or_configured(context)
    application.index.opened(progress=True)
    return application


def given_or_configured(context: click.Context) -> Application:
    """Return the program given to the command, else as configured; nothing of it is loaded yet."""
    if context.obj is not None:
        given: Application = context.obj
        return given
    from assistant.bootstrap import load
    from ui.configuration import read_settings

    return load(read_settings())


def corpus_of(context: click.Context) -> Corpus:
    """Return the corpus alone, with the documents added; nothing that answers questions is loaded.

    Documents left out because they are broken are named on stderr.
    """
    if context.obj is not None:
        corpus: Corpus = context.obj.corpus
        return corpus
    from corpus.added import added_folder, with_added
    from corpus.store import load_corpus
    from ui.configuration import read_settings

    corpus = with_added(load_corpus(), added_folder(read_settings().data_dir))
    for message in corpus.left_out:
        click.echo(f"！{message}", err=True)
    return corpus


def day_or_today(day: date | None) -> date:
    """Return the day given, else today in the configured time zone."""
    return day or today()


def facts_from(words: Iterable[str]) -> dict[str, str]:
    """Read facts typed as 名称=取值.

    >>> facts_from(["self_funded_investment=800万"])
    {'self_funded_investment': '800万'}
    """
    facts: dict[str, str] = {}
    for word in words:
        name, sign, value = word.replace("＝", "=").partition("=")
        name, value = name.strip(), value.strip()
        if not sign or not name or not value:
            raise BadInput(f"“{word}”不是“名称=取值”，请写成 self_funded_investment=800万 这样的形式。")
        if name in facts:
            raise BadInput(f"“{name}”给了两次，请只保留一个。")
        facts[name] = value
    return facts


def print_json(value: object) -> None:
    """Print a value as JSON, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines one by one."""
    for line in lines:
        click.echo(line)


def print_answer(answer: Answer) -> None:
    """Print an answer as a person reads it."""
    from ui.terminal.answers import answer_lines

    print_lines(answer_lines(answer, terminal_width(), terminal_style()))
