"""`search`: the clauses that bear on a question, ranked, and why they stand where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ui.commands.shared import (
    application_of,
    as_of_option,
    day_or_today,
    json_option,
    print_json,
    print_lines,
)
from ui.questions import QuestionError, checked_question
from ui.terminal.chinese_click import BadInput, ChineseCommand
from ui.terminal.style import terminal_style, terminal_width

if TYPE_CHECKING:
    from assistant.ports import SearchFilter
    from corpus.model.document import DocumentStatus
    from corpus.store import Corpus

MOST = 100
UNSTATED = ("unstated", "未载明")

SEARCH_HELP = """\
按相关程度列出条款；--explain 说明每条为什么排在这里。

\b
例：policy-assistant search "无人机送货有补贴吗" --explain
    policy-assistant search "贷款贴息" --status 现行 --region 上海市
"""


class Limit(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """How many clauses to list."""

    name = "条数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or fail in Chinese."""
        if not str(value).isdecimal() or not 1 <= int(value) <= MOST:
            self.fail(f"“{value}”不是条数，请给 1 到 {MOST} 之间的整数。", param, ctx)
        return int(value)


@click.command(cls=ChineseCommand, help=SEARCH_HELP)
@click.argument("question", metavar="问题")
@click.option("--explain", is_flag=True, help="说明怎样理解问题、每条得分由什么组成、与问题共有哪些词。")
@as_of_option
@click.option("--document", "documents", multiple=True, metavar="文件编号", help="只查这份文件；可写多次。")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="状态",
    help="只查所选日期处于这个状态的文件：现行、尚未施行、已届满、草案、新闻报道、未载明；可写多次。",
)
@click.option(
    "--region", "regions", multiple=True, metavar="地区", help="只查适用于这个地区的文件，如 长宁区。"
)
@click.option("--limit", type=Limit(), default=5, metavar="条数", help="最多列出几条，默认 5。")
@json_option
@click.pass_context
def search(
    context: click.Context,
    question: str,
    explain: bool,
    as_of: date | None,
    documents: tuple[str, ...],
    statuses: tuple[str, ...],
    regions: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:
    """List the clauses that bear on a question."""
    try:
        text = checked_question(question)
    except QuestionError as error:
        raise BadInput(str(error)) from None
    day = day_or_today(as_of)
    application = application_of(context)
    only = _filter(application.corpus, day, documents, statuses, regions)
    told = application.index.opened().explain(text, limit, only)
    if as_json:
        from ui.search_json import search_json

        print_json(search_json(told, application.corpus, day, explain))
        return
    from ui.terminal.found import found_lines

    print_lines(
        found_lines(told, application.corpus, day, terminal_width(), terminal_style(), is_explained=explain)
    )


def _filter(
    corpus: Corpus, day: date, documents: Iterable[str], statuses: Iterable[str], regions: Iterable[str]
) -> SearchFilter:
    from assistant.ports import SearchFilter

    return SearchFilter(
        documents=tuple(corpus.document(slug).slug for slug in documents),
        as_of=day,
        statuses=tuple(map(_status, statuses)),
        regions=tuple(full for region in regions for full in _regions(corpus, region)),
    )


def _status(word: str) -> DocumentStatus | None:
    from corpus.model.document import DocumentStatus

    if word in UNSTATED:
        return None
    known = {name: status for status in DocumentStatus for name in (status.value, status.label)}
    if word not in known:
        labels = "、".join(status.label for status in DocumentStatus)
        raise BadInput(f"没有“{word}”这个状态，请写{labels}或{UNSTATED[1]}。")
    return known[word]


def _regions(corpus: Corpus, word: str) -> list[str]:
    """Return the regions a word names: 长宁区 is 上海市长宁区."""
    known = sorted({document.region for document in corpus.documents if document.region})
    found = [region for region in known if region == word or region.endswith(word)]
    if not found:
        raise BadInput(f"政策库里没有“{word}”的文件；有的是{'、'.join(known)}。")
    return found
