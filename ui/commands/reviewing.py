"""`review`: a person looks at the awards that were read from an added document, and decides."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.shared import corpus_of, json_option, print_json, print_lines
from ui.terminal.chinese_click import BadInput, ChineseCommand
from ui.terminal.style import terminal_style, terminal_width

if TYPE_CHECKING:
    from corpus.model.document import PolicyDocument
    from corpus.reviewing import Decisions, ReviewItem
    from corpus.store import Corpus

REVIEW_HELP = """\
核对一份自己添加的文件里自动识别的措施：原文、算法、算例和疑问。

\b
例：policy-assistant review beihu-software
    policy-assistant review beihu-software --confirm beihu-software/3/award-1 --by 王敏

在终端里运行时逐项询问：y 确认，n 不是措施，回车跳过，q 结束。
确认的措施计入合计；否定的不再测算。决定连同核对人和时间写在文件的 measures.yaml 里。
"""
_KEYS = {"y": "confirm", "n": "reject", "q": "stop", "": "skip"}


@click.command(cls=ChineseCommand, short_help="核对自动识别的措施。", help=REVIEW_HELP)
@click.argument("slug", metavar="编号")
@click.argument("more", metavar="[措施编号]…", nargs=-1)
@click.option("--confirm", "confirm", multiple=True, metavar="措施编号", help="确认这项措施，可以给几次。")
@click.option("--reject", "reject", multiple=True, metavar="措施编号", help="这不是措施，不再测算。")
@click.option("--by", metavar="姓名", help="核对人；默认用登录名。")
@json_option
@click.pass_context
def review(
    context: click.Context,
    slug: str,
    more: tuple[str, ...],
    confirm: tuple[str, ...],
    reject: tuple[str, ...],
    by: str | None,
    as_json: bool,
) -> None:
    """List the awards read from a document, or decide on some."""
    from corpus.reviewing import review_items
    from ui.terminal.reviews import review_json, review_lines

    folder, document = _added(context, slug)
    confirm, reject = _with_more(confirm, reject, more)
    items = review_items(folder, document)
    if confirm or reject:
        items = _decide(folder, document, _decisions(by, confirm, reject))
        _begin_cases(folder)
    elif not as_json and sys.stdin.isatty() and sys.stdout.isatty() and _open(items):
        _ask(context, folder, document, items, by)
        return
    corpus = _reloaded(folder) if confirm or reject else corpus_of(context)
    if as_json:
        print_json(review_json(document, items, corpus))
    else:
        print_lines(review_lines(document, items, corpus, terminal_width(), terminal_style()))


def _with_more(
    confirm: tuple[str, ...], reject: tuple[str, ...], more: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids to decide on; those after the flag's first belong to the one flag given."""
    if more and bool(confirm) == bool(reject):
        raise BadInput(f"“{more[0]}”要确认还是否定？请在前面写 --confirm 或 --reject。")
    return ((*confirm, *more), reject) if confirm else (confirm, (*reject, *more) if reject else reject)


def _added(context: click.Context, slug: str) -> tuple[Path, PolicyDocument]:
    """Return an added document and its folder.

    Raises:
        BadInput: none of this name was added.
    """
    from corpus.added import added_folder
    from ui.configuration import read_settings

    corpus = corpus_of(context)
    if slug not in corpus.added:
        is_packaged = any(one.slug == slug for one in corpus.documents)
        raise BadInput(
            f"{slug} 是随程序提供的文件，措施都已核对。"
            if is_packaged
            else f"没有添加过编号为“{slug}”的文件，请先用 add 添加；已添加的见 documents 命令。"
        )
    return added_folder(read_settings().data_dir) / slug, corpus.document(slug)


def _decisions(by: str | None, confirm: tuple[str, ...], reject: tuple[str, ...]) -> Decisions:
    from datetime import UTC, datetime

    from corpus.reviewing import Decisions

    now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return Decisions(_name(by), now, confirm, reject)


def _name(by: str | None) -> str:
    if by is not None:
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _decide(folder: Path, document: PolicyDocument, decisions: Decisions) -> tuple[ReviewItem, ...]:
    from corpus.errors import AddingError
    from corpus.reviewing import decide

    try:
        return decide(folder, document, decisions)
    except AddingError as error:
        raise BadInput("\n".join(error.problems)) from None
    except OSError:
        raise BadInput("核对结果没能写入数据目录：请检查磁盘空间和写权限。原来的内容没有改动。") from None


def _open(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Return the awards nobody has decided on."""
    return [one for one in items if one.review is None and not one.is_rejected]


def _ask(
    context: click.Context,
    folder: Path,
    document: PolicyDocument,
    items: Sequence[ReviewItem],
    by: str | None,
) -> None:
    """Go through the open awards one by one; each decision is written at once."""
    from ui.terminal.reviews import item_lines

    corpus, waiting = corpus_of(context), _open(items)
    decided = 0
    for number, item in enumerate(waiting, start=1):
        click.echo(f"（{number}/{len(waiting)}）")
        print_lines(item_lines(item, corpus, terminal_width(), terminal_style()))
        action = _KEYS[_key()]
        if action == "stop":
            break
        if action == "skip":
            continue
        ids = (item.id,)
        confirm, reject = (ids, ()) if action == "confirm" else ((), ids)
        try:
            _decide(folder, document, _decisions(by, confirm, reject))
        except BadInput as error:
            click.echo(f"！{error.message}", err=True)
            continue
        decided += 1
    if decided:
        _begin_cases(folder)
    click.echo(f"核对了 {decided} 项，还有 {len(waiting) - decided} 项没有决定。")


def _key() -> str:
    while True:
        said = click.prompt(
            "确认吗？y 确认 / n 不是措施 / 回车跳过 / q 结束",
            default="",
            show_default=False,
            prompt_suffix=" ",
        )
        key: str = said.strip().lower()[:1]
        if key in _KEYS:
            return key


def _reloaded(folder: Path) -> Corpus:
    """Return the corpus as it is after a decision."""
    from corpus.added import with_added
    from corpus.store import load_corpus

    return with_added(load_corpus(), folder.parent)


def _begin_cases(folder: Path) -> None:
    """Keep one worked case an award; what a person wrote there stays."""
    from assistant.first_cases import begin_cases
    from corpus.errors import CorpusError

    try:
        begin_cases(_reloaded(folder), folder.name, folder)
    except (CorpusError, OSError):
        click.echo("！算例没有写成，核对结果已保存。", err=True)
