"""Adding a document (添加文件): what is said of it is bound to its words; all is written at once."""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.added import LONGEST_SLUG, is_slug, load_added
from corpus.binding import is_said, policy_of
from corpus.errors import AddingError
from corpus.model.document import PolicyDocument
from corpus.policy_file import DATE_FIELDS
from corpus.proof.sources import check_source
from corpus.proposed_awards import propose_awards
from corpus.reading import Reading, read_source_document
from corpus.reading.account import account_of
from corpus.reading.blocks import Block, BlockKind, SourceDocument
from corpus.reading.documents import split_documents
from corpus.reading.formats.dispatch import read_document
from corpus.reading.statements import Stated, days_of
from corpus.unfinished import clear_unfinished, unfinished

LOG = logging.getLogger(__name__)
FIELD_LABELS = {
    "title": "名称",
    "nature_words": "性质的依据",
    "document_number": "文号",
    "issuing_bodies": "发文机关",
    "signed_on": "成文日期",
    "published_on": "发布日期",
    "effective_on": "施行日期",
    "expires_on": "截止日期",
    "unlimited": "没有截止日期的依据",
    "region": "地区",
    "interpreted_by": "解释机关",
}


@dataclass(frozen=True, slots=True)
class Received:
    """A document as received (its file's name and bytes) and as read."""

    name: str
    data: bytes
    reading: Reading


def receive(name: str, data: bytes, slug: str = "new") -> Received:
    """Read a document at hand.

    Raises:
        UnreadableError: it cannot be read.
    """
    return Received(name, data, read_source_document(read_document(name, data), slug))


def received_documents(received: Received, slug: str = "new") -> tuple[Received, ...]:
    """Return each policy of a file as a document of its own, kept as text; the file where it holds one."""
    lines = received.reading.source.split("\n")
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    found = split_documents(received.reading.document or SourceDocument(received.name, blocks))
    if len(found) < 2:
        return (received,)
    stem = Path(received.name).stem
    return tuple(
        receive(f"{stem}-{number}.txt", one.source.text.encode(), slug)
        for number, one in enumerate(found, start=1)
    )


def problems_of(received: Received, stated: Stated, slug: str, taken: Collection[str]) -> tuple[str, ...]:
    """Return what keeps a document from being added; empty when nothing does."""
    return (*_lost(received.reading), *_problems(received.reading, stated, slug, taken))


def _lost(reading: Reading) -> Iterator[str]:
    """Say what of the file was lost in reading: a text that is not whole is not taken up."""
    if reading.document is None:
        return
    account = account_of(reading.document)
    if account.unaccounted:
        words = "".join(f"“{piece}”" for piece in account.lost)
        yield f"文件里有 {account.unaccounted} 个字没有读到{words}，不能加入。请另存为 docx 或 txt 后重试"


def save_document(
    received: Received, stated: Stated, slug: str, home: Path, taken: Collection[str]
) -> PolicyDocument:
    """Write a document under `home` and return it as it is read back; the folder appears whole or not at all.

    The doubts of its reading count as looked at: nothing was changed there.

    Raises:
        AddingError: something stated is not in the text, the slug is taken, or the disk refuses.
    """
    problems = problems_of(received, stated, slug, taken)
    if problems:
        raise AddingError(problems)
    with written(received, stated, slug, home) as (folder, document):
        folder.rename(home / slug)
    return document


@contextmanager
def written(
    received: Received, stated: Stated, slug: str, home: Path, before: Path | None = None
) -> Iterator[tuple[Path, PolicyDocument]]:
    """Write a document beside its place and give its folder, proven; what is not moved away is deleted after.

    The awards that are proven are written with it; `before` is the folder of the version it replaces.

    Raises:
        AddingError: what was written cannot be read back as it was received, or the disk refuses.
    """
    clear_unfinished(home)
    try:
        with unfinished(home) as hidden:
            folder = hidden / slug
            folder.mkdir()
            _write(folder, received, stated)
            document = load_added(folder)
            if found := check_source(folder):
                raise AddingError(found)
            propose_awards(folder, document, before)
            yield folder, document
    except OSError as error:
        raise _refused("这份文件没能存入数据目录", error) from error


def remove_document(slug: str, home: Path) -> None:
    """Delete an added document.

    Raises:
        AddingError: none of this name was added, or the disk refuses.
    """
    folder = home / slug
    if not is_slug(slug) or not folder.is_dir():
        raise AddingError([f"没有添加过编号为“{slug}”的文件；随程序提供的文件不能删除"])
    clear_unfinished(home)
    try:
        with unfinished(home) as hidden:
            folder.rename(hidden / slug)
    except OSError as error:
        raise _refused("这份文件没能从数据目录删去", error) from error


_CAUSES = {
    **dict.fromkeys((errno.EEXIST, errno.ENOTEMPTY), "这个编号已有文件使用，请换一个"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "磁盘已满，请清理后重试"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "没有写权限，请管理员检查后重试"),
}


def _refused(what: str, error: OSError) -> AddingError:
    """Return why the disk refuses; where, and in which words of its own, stands in the log alone."""
    LOG.error("the folder of added documents refuses: %s", error)
    return AddingError([f"{what}：{_CAUSES.get(error.errno or 0, '请管理员查看日志')}"])


def _problems(reading: Reading, stated: Stated, slug: str, taken: Collection[str]) -> Iterator[str]:
    if not is_slug(slug):
        yield f"编号“{slug}”不可用：请用小写英文字母和数字，以连字符隔开，不超过 {LONGEST_SLUG} 字"
    elif slug in taken:
        yield f"编号“{slug}”已有文件使用，请换一个"
    for field, label in FIELD_LABELS.items():
        value = getattr(stated, field)
        for words in value if isinstance(value, tuple) else (value,):
            if words and not is_said(field, words, reading):
                yield f"{label}：原文的任何一条里都没有“{words}”这几个字"
    for field in ("title", "nature_words"):
        if not getattr(stated, field):
            yield f"{FIELD_LABELS[field]}：请填写原文里的字句"
    days = days_of(stated)
    for field in DATE_FIELDS:
        words = getattr(stated, field)
        if words and field not in days:
            yield f"{FIELD_LABELS[field]}：“{words}”里没有完整的年月日，也不能从别的日期算出"
    start, end = days.get("effective_on"), days.get("expires_on")
    if start and end and end.value < start.value:
        yield f"截止日期（{end.value}）早于施行日期（{start.value}）"


def _write(folder: Path, received: Received, stated: Stated) -> None:
    suffix = Path(received.name).suffix.lower() or ".txt"
    (folder / f"source{suffix}").write_bytes(received.data)
    text = f"{received.reading.text}\n".encode()
    (folder / "text.md").write_bytes(text)
    told = policy_of(folder.name, received.data, received.reading, stated)
    told = told.model_copy(update={"text_sha256": hashlib.sha256(text).hexdigest()})
    policy = told.model_dump(mode="json", exclude_none=True)
    written = yaml.safe_dump(policy, allow_unicode=True, sort_keys=False, width=110)
    (folder / "policy.yaml").write_text(written, encoding="utf-8")
