"""`check` and `read`: is the corpus right, and how is a document read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.account_words import account_json, account_sentences
from ui.commands.browsing import clause_lines
from ui.commands.shared import application_of, corpus_of, json_option, print_json, print_lines
from ui.terminal.chinese_click import ChineseCommand
from ui.terminal.style import Style, terminal_style, terminal_width
from ui.terminal.width import shortened, wrapped

if TYPE_CHECKING:
    from corpus.proof.finding import Finding
    from corpus.reading import Reading
    from corpus.reading.tracked import Change
    from corpus.store import Corpus


CHECK_HELP = "逐条核对：每项措施的每个数字都能在条款原文中找到，每份文件的算例和问题都与预期相同。"


@click.command(cls=ChineseCommand, help=CHECK_HELP)
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Prove every number of every measure, that each document is as it was received, and its worked cases."""
    from dataclasses import asdict

    from corpus.added import added_folder, added_folders
    from corpus.check import check_corpus
    from corpus.proof.ownership import check_shared
    from corpus.proof.sources import check_sources
    from corpus.store import documents_folder, load_corpus
    from ui.configuration import read_settings

    corpus = corpus_of(context)
    proven = corpus if context.obj is not None else load_corpus()
    added = added_folder(read_settings().data_dir)
    findings = (
        *check_corpus(proven),
        *check_shared(proven),
        *check_sources(),
        *check_sources(added),
        *_of_added(corpus),
        *_of_cases(context, corpus, (*added_folders(documents_folder()), *added_folders(added))),
    )
    if as_json:
        print_json([asdict(finding) for finding in findings])
    elif findings:
        for finding in findings:
            print_lines(wrapped(str(finding), terminal_width(), "✗ "))
        click.echo(f"发现 {len(findings)} 处问题。")
    else:
        click.echo(
            f"✓ {len(corpus.documents)} 份文件、{len(corpus.clauses)} 条条款、{len(corpus.measures)} 项措施，"
            "每个数字都与原文一致。"
        )
    if findings:
        context.exit(1)


def _of_added(corpus: Corpus) -> Iterator[Finding]:
    """Give what is wrong with the awards of added documents, and the numbers nobody accounts for in them."""
    from corpus.check import check_document

    for slug in corpus.added:
        if any(one.document == slug for one in corpus.measures):
            yield from check_document(corpus, slug)


def _of_cases(context: click.Context, corpus: Corpus, folders: Iterable[Path]) -> Iterator[Finding]:
    """Give the worked cases that do not come out; the program is loaded only where a question is asked."""
    from assistant.worked_cases import check_cases, load_cases

    held = {document.slug for document in corpus.documents}
    for folder in folders:
        if folder.name in held:
            asks = bool(load_cases(folder / "cases.yaml").questions)
            ask = application_of(context).hermetic.ask if asks else None
            yield from check_cases(folder, corpus, ask)


READ_HELP = (
    "看一份文件会被读成哪些条款、多少字保留和移除。可读 docx、pdf（含扫描件）、html、txt、xlsx、ofd 和图片，"
    "装有 LibreOffice 时还可读 doc、wps、rtf、odt。不会改动文件，也不会加入政策库。"
)


@click.command(cls=ChineseCommand, short_help="看一份文件会被读成哪些条款。", help=READ_HELP)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--changes", "shows_changes", is_flag=True, help="列出清洗时改动了什么、在哪里。")
@click.option("--slug", metavar="文件编号", help="条款编号以它开头；默认用文件名。")
@json_option
def read(file: Path, shows_changes: bool, slug: str | None, as_json: bool) -> None:
    """Show how a document is read."""
    from corpus.reading import read_file

    reading = read_file(file, slug)
    style, width = terminal_style(), terminal_width()
    if as_json:
        print_json(_reading_json(reading, shows_changes))
    elif shows_changes:
        print_lines(_change_lines(reading.changes, width, style))
        print_lines(_removed_lines(reading, width, style))
    else:
        for clause in reading.clauses:
            print_lines(clause_lines(clause, width, style))
        doubts = f"，另有 {len(reading.doubtful)} 处存疑未改" if reading.doubtful else ""
        made = len(reading.changes) - len(reading.doubtful)
        click.echo(f"共 {len(reading.clauses)} 条，清洗改动 {made} 处{doubts}（加 --changes 查看）。")
        for sentence in account_sentences(reading):
            print_lines(wrapped(sentence, width))
        for warning in reading.warnings:
            print_lines(wrapped(warning, width, "提示："))


def _reading_json(reading: Reading, shows_changes: bool) -> dict[str, object]:
    from dataclasses import asdict

    from ui.corpus_json import clause_json

    listed: dict[str, object] = {
        "text": reading.text,
        "clauses": [clause_json(clause) for clause in reading.clauses],
        "warnings": list(reading.warnings),
    }
    if (account := account_json(reading)) is not None and reading.document is not None:
        listed |= {"account": account, "warnings": [*reading.document.warnings, *reading.warnings]}
    if shows_changes:
        listed["changes"] = [asdict(change) for change in reading.changes]
        removed = reading.document.removed if reading.document is not None else ()
        listed["removed"] = [asdict(item) for item in removed]
    return listed


def _removed_lines(reading: Reading, width: int, style: Style) -> Iterator[str]:
    """Give what the reader of the file left out, each with its kind and place."""
    from ui.words import REMOVED_LABELS

    removed = reading.document.removed if reading.document is not None else ()
    if removed:
        yield style.head(f"读取时移除 {len(removed)} 处：")
    for item in removed:
        kind = REMOVED_LABELS.get(item.kind, item.kind)
        yield from wrapped(f"{kind}：{item.place}，{_visible(item.text)}", width, "  · ")


def _change_lines(changes: Iterable[Change], width: int, style: Style) -> Iterator[str]:
    """Give the doubtful changes first: they wait for a person."""
    made = [change for change in changes if change.is_certain]
    doubted = [change for change in changes if not change.is_certain]
    if doubted:
        yield style.warn(f"有疑问、没有改动的 {len(doubted)} 处，请人工确认：")
        for change in doubted:
            yield from wrapped(_change_words(change), width, "  ？ ")
    yield style.head(f"已改动 {len(made)} 处：")
    for change in made:
        yield from wrapped(_change_words(change), width, "  · ")


def _change_words(change: Change) -> str:
    from ui.words import CHANGE_LABELS

    place = f"第 {change.start}–{change.end} 字"
    kind = CHANGE_LABELS.get(change.kind, change.kind)
    doubt = "" if change.is_certain else "疑应"
    if not change.after:
        return f"{kind}：{place}，{doubt}删去 {_visible(change.before)}"
    return f"{kind}：{place}，{_visible(change.before)} {doubt}改为 {_visible(change.after)}"


def _visible(text: str) -> str:
    return "“" + shortened(text.replace("\n", "⏎").replace(" ", "␣").replace("\u3000", "␣"), 60) + "”"
