"""Adding a document (添加文件): what is said of it is bound to its words; all is written at once."""

from __future__ import annotations

import hashlib
import re
import shutil
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.added import LONGEST_SLUG, is_slug, load_added
from corpus.errors import CorpusError
from corpus.model.document import Clause, PolicyDocument
from corpus.model.procedure import ProcedureField
from corpus.places.naming import is_named
from corpus.policy_file import (
    DATE_FIELDS,
    PolicyFile,
    ReviewedDoubt,
    StatedDate,
    StatedNature,
    StatedRelation,
    Words,
)
from corpus.proof.sources import check_source
from corpus.reading import Reading, read_text
from corpus.reading.readers import text_of
from corpus.reading.statements import Dated, Stated, days_of

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
REVIEWED = "添加时已逐处看过，保留原文"


class AddingError(CorpusError):
    """Raised when a document cannot be added as told; `problems` are sentences in Chinese, one each."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


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
    return Received(name, data, read_text(text_of(name, data), slug))


def problems_of(received: Received, stated: Stated, slug: str, taken: Collection[str]) -> tuple[str, ...]:
    """Return what keeps a document from being added; empty when nothing does."""
    return tuple(_problems(received.reading, stated, slug, taken))


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
    unfinished = home / f".{uuid.uuid4().hex}"
    try:
        folder = unfinished / slug
        folder.mkdir(parents=True)
        _write(folder, received, stated)
        document = load_added(folder)
        if found := check_source(folder):
            raise AddingError(found)
        folder.rename(home / slug)
    except OSError as error:
        raise AddingError([f"无法写入 {home / slug}（{error.strerror or error}）"]) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return document


def remove_document(slug: str, home: Path) -> None:
    """Delete an added document.

    Raises:
        AddingError: none of this name was added, or the disk refuses.
    """
    folder = home / slug
    if not is_slug(slug) or not folder.is_dir():
        raise AddingError([f"没有添加过编号为“{slug}”的文件；随程序提供的文件不能删除"])
    unfinished = home / f".{uuid.uuid4().hex}"
    try:
        folder.rename(unfinished)
    except OSError as error:
        raise AddingError([f"无法删除 {folder}（{error.strerror or error}）"]) from error
    shutil.rmtree(unfinished, ignore_errors=True)


def _problems(reading: Reading, stated: Stated, slug: str, taken: Collection[str]) -> Iterator[str]:
    if not is_slug(slug):
        yield f"编号“{slug}”不可用：请用小写英文字母和数字，以连字符隔开，不超过 {LONGEST_SLUG} 字"
    elif slug in taken:
        yield f"编号“{slug}”已有文件使用，请换一个"
    for field, label in FIELD_LABELS.items():
        value = getattr(stated, field)
        for words in value if isinstance(value, tuple) else (value,):
            if words and not _is_said(field, words, reading):
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


def _is_said(field: str, words: str, reading: Reading) -> bool:
    """Tell whether the text has these words; a region may be put together from places it names."""
    if _holder(words, reading.clauses) is not None:
        return True
    return field == "region" and is_named(words, reading.text)


def _holder(words: str, clauses: Collection[Clause]) -> tuple[Clause, str] | None:
    """Return the clause that has these words, and how it writes them: a title may stand on two lines."""
    for clause in clauses:
        if words in clause.text:
            return clause, words
    wrapped = re.compile(r"(?:\s*\n\s*)?".join(re.escape(char) for char in words[:120]))
    for clause in clauses if len(words) <= 120 else ():
        if found := wrapped.search(clause.text):
            return clause, found.group()
    return None


def _write(folder: Path, received: Received, stated: Stated) -> None:
    suffix = Path(received.name).suffix.lower() or ".txt"
    (folder / f"source{suffix}").write_bytes(received.data)
    (folder / "text.md").write_text(received.reading.text + "\n", encoding="utf-8")
    policy = _policy(folder.name, received, stated).model_dump(mode="json", exclude_none=True)
    written = yaml.safe_dump(policy, allow_unicode=True, sort_keys=False, width=110)
    (folder / "policy.yaml").write_text(written, encoding="utf-8")


def _policy(slug: str, received: Received, stated: Stated) -> PolicyFile:
    clauses = received.reading.clauses
    nature = _words(stated.nature_words, clauses)
    days = days_of(stated)
    return PolicyFile(
        slug=slug,
        source_sha256=hashlib.sha256(received.data).hexdigest(),
        title=_words(stated.title, clauses),
        nature=StatedNature(value=stated.nature, clause=nature.clause, quote=nature.quote),
        region=stated.region or None,
        document_number=_words(stated.document_number, clauses) if stated.document_number else None,
        issuing_bodies=tuple(_words(body, clauses) for body in stated.issuing_bodies),
        reviewed_doubts=tuple(
            ReviewedDoubt(before=doubt.before, kind=doubt.kind, reason=REVIEWED)
            for doubt in received.reading.doubtful
        ),
        notes=("由管理员添加：没有整理措施，不测算金额，只按条款原文回答。",),
        signed_on=_dated(days.get("signed_on"), clauses),
        published_on=_dated(days.get("published_on"), clauses),
        effective_on=_dated(days.get("effective_on"), clauses),
        expires_on=_dated(days.get("expires_on"), clauses),
        unlimited=_words(stated.unlimited, clauses) if stated.unlimited else None,
        interpreted_by=_words(stated.interpreted_by, clauses) if stated.interpreted_by else None,
        relations=tuple(_relations(stated, clauses)),
        procedure=_procedure(stated, clauses),
    )


def _relations(stated: Stated, clauses: Collection[Clause]) -> Iterator[StatedRelation]:
    """Yield the relations whose words one clause holds."""
    for one in stated.relations:
        if _holder(one.words.quote, clauses) is not None:
            words = _words(one.words.quote, clauses)
            yield StatedRelation(
                clause=words.clause, quote=words.quote, kind=one.kind, title=one.title, number=one.number, on=one.on
            )


def _procedure(stated: Stated, clauses: Collection[Clause]) -> dict[ProcedureField, tuple[Words, ...]]:
    """Return what the text says of each field, as far as clauses hold the words."""
    said = {
        field: tuple(_words(words, clauses) for words in some if _holder(words, clauses) is not None)
        for field, some in stated.procedure
    }
    return {field: words for field, words in said.items() if words}


def _words(quote: str, clauses: Collection[Clause]) -> Words:
    found = _holder(quote, clauses)
    if found is None:
        raise AddingError([f"原文的任何一条里都没有“{quote}”这几个字"])
    return Words(clause=found[0].path.text, quote=found[1])


def _dated(day: Dated | None, clauses: Collection[Clause]) -> StatedDate | None:
    if day is None:
        return None
    words = _words(day.words, clauses)
    return StatedDate(
        value=day.value, clause=words.clause, quote=words.quote, counted_from=day.counted_from or None
    )
