"""`add` and `remove`: documents of one's own beside those of the package."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.shared import corpus_of, print_lines
from ui.terminal.chinese_click import BadInput, ChineseCommand
from ui.terminal.style import terminal_width
from ui.terminal.width import wrapped

if TYPE_CHECKING:
    from corpus.adding import Received
    from corpus.reading.statements import Stated

ADD_HELP = (
    "把一份 txt、html、docx 或 pdf 文件加入政策库。名称、文号、日期等从原文读出，先列给您看；"
    "可用 --title 等改正，都须是原文里的字句。编号是您起的，如 beihu-software。加入后按条款回答，不测算金额。"
)


@click.command(cls=ChineseCommand, short_help="把一份文件加入政策库。", help=ADD_HELP)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.argument("slug", metavar="编号")
@click.option("--title", metavar="原文字句", help="名称。")
@click.option("--number", metavar="原文字句", help="文号。")
@click.option("--nature", type=click.Choice(["policy", "draft", "report"]), help="政策、草案或新闻报道。")
@click.option("--effective", metavar="原文字句", help="施行日期，如“自2025年3月1日起施行”。")
@click.option("--expires", metavar="原文字句", help="截止日期，如“有效期至2027年12月31日”。")
@click.option("--region", metavar="原文字句", help="适用的地区。")
@click.option("--yes", is_flag=True, help="不再询问，直接加入。")
@click.pass_context
def add(context: click.Context, /, file: Path, slug: str, yes: bool, **told: str | None) -> None:
    """Add a document."""
    from corpus.added import added_folder
    from corpus.adding import AddingError, receive, save_document
    from corpus.reading.readers import bytes_of
    from corpus.reading.statements import propose
    from ui.configuration import read_settings

    received = receive(file.name, bytes_of(file), slug)
    stated = _corrected(propose(received.reading.text), told)
    print_lines(_lines(received, stated))
    if not yes and not click.confirm("确认加入吗？"):
        click.echo("没有加入。")
        return
    home = added_folder(read_settings().data_dir)
    taken = [document.slug for document in corpus_of(context).documents]
    try:
        document = save_document(received, stated, slug, home, taken)
    except AddingError as error:
        raise BadInput("\n".join(error.problems)) from None
    click.echo(f"✓ 已加入 {document.slug}，共 {len(document.clauses)} 条。下次提问或启动时自动更新索引。")


REMOVE_HELP = "从政策库删去一份自己添加的文件；随程序提供的文件不能删去。"


@click.command(cls=ChineseCommand, help=REMOVE_HELP)
@click.argument("slug", metavar="编号")
def remove(slug: str) -> None:
    """Remove an added document."""
    from corpus.added import added_folder
    from corpus.adding import AddingError, remove_document
    from ui.configuration import read_settings

    try:
        remove_document(slug, added_folder(read_settings().data_dir))
    except AddingError as error:
        raise BadInput(str(error)) from None
    click.echo(f"✓ 已删去 {slug}。")


_FIELDS = {
    "title": "title",
    "number": "document_number",
    "effective": "effective_on",
    "expires": "expires_on",
    "region": "region",
}


def _corrected(stated: Stated, told: dict[str, str | None]) -> Stated:
    from corpus.model.document import SourceNature

    given: dict[str, Any] = {
        _FIELDS[name]: words for name, words in told.items() if name in _FIELDS and words is not None
    }
    if nature := told.get("nature"):
        given |= {"nature": SourceNature(nature), "nature_words": given.get("title", stated.title)}
    elif "title" in given and stated.nature_words == stated.title:
        given["nature_words"] = given["title"]
    return replace(stated, **given)


def _lines(received: Received, stated: Stated) -> list[str]:
    from corpus.adding import FIELD_LABELS
    from corpus.dates import read_date
    from corpus.policy_file import DATE_FIELDS
    from ui.words import NATURE_LABELS

    lines = [f"性质：{NATURE_LABELS[stated.nature]}"]
    for field, label in FIELD_LABELS.items():
        value = getattr(stated, field)
        words = "、".join(value) if isinstance(value, tuple) else value
        day: date | None = read_date(words) if field in DATE_FIELDS else None
        shown = f"{day}（原文“{words}”）" if day else words or "原文未载明"
        lines += wrapped(f"{label}：{shown}", terminal_width())
    reading = received.reading
    made, doubts = len(reading.changes) - len(reading.doubtful), len(reading.doubtful)
    lines.append(f"读出 {len(reading.clauses)} 条；清洗改动 {made} 处")
    if doubts:
        lines.append(f"存疑未改 {doubts} 处（policy-assistant read 文件 --changes 查看），加入时保留原文")
    return lines
