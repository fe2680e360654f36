"""`add`, `update` and `remove`: documents of one's own beside those of the package."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.proposals import corrected, proposal_lines
from ui.commands.shared import corpus_of, print_lines
from ui.terminal.chinese_click import BadInput, ChineseCommand

if TYPE_CHECKING:
    from corpus.adding import Received
    from corpus.batch_adding import Outcome

BAR = "{desc}：{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 已用 {elapsed} 还需 {remaining}"
ADD_HELP = """\
把文件加入政策库：一份、几份，或整个文件夹。

\b
例：policy-assistant add 办法.docx beihu-software
    policy-assistant add 政策文件夹 --yes

名称、文号、日期、有效期、废止关系、申报程序从原文读出，先列给您看；
一份文件时可用 --title 等改正，都须是原文里的字句。编号可以自己起
（小写英文字母、数字、连字符），不起则自动生成。已在库里的文件会跳过；有一份读不成不影响其余，
中断后再运行同一命令会接着做。原文里逐字核对得上的措施随即可以测算，
标明“自动识别，未经人工核对”；用 review 编号 核对。
"""


_DETAILS = (
    click.option("--title", metavar="原文字句", help="名称。"),
    click.option("--number", metavar="原文字句", help="文号。"),
    click.option(
        "--nature",
        type=click.Choice(["policy", "draft", "report", "guide"]),
        help="政策、草案、新闻报道或申报指南。",
    ),
    click.option("--effective", metavar="原文字句", help="施行日期，如“自2025年3月1日起施行”。"),
    click.option("--expires", metavar="原文字句", help="截止日期，如“有效期至2027年12月31日”。"),
    click.option("--region", metavar="原文字句", help="适用的地区。"),
    click.option("--yes", is_flag=True, help="不再询问，直接加入。"),
)


def _with_details(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options by which a person corrects what was read."""
    for option in reversed(_DETAILS):
        function = option(function)
    return function


@click.command(cls=ChineseCommand, short_help="把文件或文件夹加入政策库。", help=ADD_HELP)
@click.argument("given", metavar="文件… [编号]", nargs=-1, required=True)
@click.option("--part", type=click.IntRange(min=1), metavar="序号", help="文件里有几份政策时，只加入第几份。")
@_with_details
@click.pass_context
def add(
    context: click.Context, /, given: tuple[str, ...], part: int | None, yes: bool, **told: str | None
) -> None:
    """Add documents."""
    from corpus.batch_adding import files_of

    paths, slug = _paths_and_slug(given)
    files = files_of(paths)
    if not files:
        raise BadInput(f"“{given[0]}”里没有可以添加的文件。")
    if len(paths) == 1 and paths[0].is_file():
        _add_one(context, paths[0], slug, part, yes, told)
        return
    if part is not None or any(words is not None for words in told.values()):
        raise BadInput("--title、--part 等只能在添加一份文件时使用。")
    if not yes and not click.confirm(f"共 {len(files)} 份文件，逐份读出名称、日期等后加入，确认吗？"):
        click.echo("没有加入。")
        return
    if any(one.problem for one in _add_many(context, files, slug)):
        context.exit(1)


def _paths_and_slug(given: tuple[str, ...]) -> tuple[list[Path], str]:
    """Return the files and the slug; the last word is a slug where there is no file of that name."""
    *first, last = given
    is_slug = bool(first) and not Path(last).exists()
    paths = [Path(word) for word in (first if is_slug else given)]
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise BadInput(f"找不到文件 {missing}。")
    return paths, last if is_slug else ""


def _add_one(
    context: click.Context,
    file: Path,
    slug: str,
    part: int | None,
    yes: bool,
    told: dict[str, str | None],
) -> None:
    from corpus.added import added_folder
    from corpus.adding import receive, save_document
    from corpus.batch_adding import derived_slug, known_sources, proposed
    from corpus.errors import AddingError
    from corpus.reading.readers import bytes_of
    from ui.configuration import read_settings

    data = bytes_of(file)
    home = added_folder(read_settings().data_dir)
    taken = [document.slug for document in corpus_of(context).documents]
    slug = slug or derived_slug(file.name, data, taken)
    received = _part(receive(file.name, data, slug), slug, part)
    stated = corrected(proposed(received), told)
    print_lines(proposal_lines(received, stated))
    if (already := known_sources(home).get(_digest(received.data))) is not None:
        click.echo(f"提示：同一份文件已在库里，编号 {already}。")
    if not yes and not click.confirm("确认加入吗？"):
        click.echo("没有加入。")
        return
    try:
        document = save_document(received, stated, slug, home, taken)
    except AddingError as error:
        raise BadInput("\n".join(error.problems)) from None
    click.echo(
        f"✓ 已加入 {document.slug}，共 {len(document.clauses)} 条。运行中的服务随即可用，索引自动更新。"
    )
    _tell_awards(home, [document.slug])


def _part(received: Received, slug: str, part: int | None) -> Received:
    """Return the policy of the file that is wanted; the whole file where none is named."""
    from corpus.adding import received_documents

    if part is None:
        return received
    found = received_documents(received, slug)
    if part > len(found):
        raise BadInput(f"--part {part}：这个文件里只有 {len(found)} 份文件。")
    return found[part - 1]


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _add_many(context: click.Context, files: tuple[Path, ...], prefix: str) -> tuple[Outcome, ...]:
    from tqdm import tqdm

    from corpus.added import added_folder
    from corpus.batch_adding import add_all
    from ui.configuration import read_settings

    taken = [document.slug for document in corpus_of(context).documents]
    home = added_folder(read_settings().data_dir)
    with tqdm(total=len(files), desc="添加文件", bar_format=BAR, disable=None, file=sys.stderr) as bar:
        outcomes = add_all(files, home, taken, prefix, lambda _outcome: bar.update())
    print_lines(_outcome_line(one) for one in outcomes)
    _tell_awards(home, [one.document.slug for one in outcomes if one.document is not None])
    added = sum(one.document is not None for one in outcomes)
    already, failed = sum(bool(one.already) for one in outcomes), sum(bool(one.problem) for one in outcomes)
    click.echo(f"共 {len(outcomes)} 份：加入 {added}，已在库里 {already}，没有加入 {failed}。")
    return outcomes


def _tell_awards(home: Path, slugs: list[str]) -> None:
    """Begin the worked cases of documents just written, and say how many of their awards are computed."""
    from assistant.first_cases import begin_cases
    from corpus.added import with_added
    from corpus.errors import CorpusError
    from corpus.store import load_corpus

    if not slugs:
        return
    corpus = with_added(load_corpus(), home)
    for slug in slugs:
        computed = [one for one in corpus.measures if one.document == slug]
        if not computed:
            continue
        try:
            begin_cases(corpus, slug, home / slug)
        except (CorpusError, OSError):
            click.echo(f"！{slug} 的算例没有写成，其余照常。", err=True)
        unreviewed = sum(not one.is_reviewed for one in computed)
        if unreviewed:
            click.echo(
                f"{slug}：{unreviewed} 项措施自动识别、未经人工核对，已可测算，单列合计；"
                f"核对：policy-assistant review {slug}"
            )


def _outcome_line(one: Outcome) -> str:
    from ui.words import titled

    if one.document is not None:
        return f"✓ {one.path.name} → {one.document.slug} {titled(one.document.title)}"
    return (
        f"· {one.path.name}：已在库里，编号 {one.already}"
        if one.already
        else f"✗ {one.path.name}：{one.problem}"
    )


UPDATE_HELP = "用新的文件替换一份自己添加的文件；原来的版本留存在数据目录里。"


@click.command(cls=ChineseCommand, help=UPDATE_HELP)
@click.argument("slug", metavar="编号")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_with_details
def update(slug: str, file: Path, yes: bool, **told: str | None) -> None:
    """Put a new version in an added document's place."""
    from corpus.added import added_folder
    from corpus.adding import receive
    from corpus.batch_adding import proposed
    from corpus.errors import AddingError
    from corpus.reading.readers import bytes_of
    from corpus.updating import update_document, versions_of
    from ui.configuration import read_settings

    home = added_folder(read_settings().data_dir)
    received = receive(file.name, bytes_of(file), slug)
    stated = corrected(proposed(received), told)
    print_lines(proposal_lines(received, stated))
    if not yes and not click.confirm(f"确认用它替换 {slug} 吗？"):
        click.echo("没有更新。")
        return
    try:
        document = update_document(received, stated, slug, home)
    except AddingError as error:
        raise BadInput("\n".join(error.problems)) from None
    kept = len(versions_of(slug, home))
    click.echo(f"✓ 已更新 {slug}，共 {len(document.clauses)} 条；留存旧版本 {kept} 个。")
    _tell_awards(home, [slug])


REMOVE_HELP = "从政策库删去一份自己添加的文件；随程序提供的文件不能删去。"


@click.command(cls=ChineseCommand, help=REMOVE_HELP)
@click.argument("slug", metavar="编号")
def remove(slug: str) -> None:
    """Remove an added document."""
    from corpus.added import added_folder
    from corpus.adding import remove_document
    from corpus.errors import AddingError
    from ui.configuration import read_settings

    try:
        remove_document(slug, added_folder(read_settings().data_dir))
    except AddingError as error:
        raise BadInput(str(error)) from None
    click.echo(f"✓ 已删去 {slug}。")
