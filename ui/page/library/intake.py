"""From what the page hands over to a document: a file carried by the page's script, a text pasted, a form."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.adding import Received, receive
from corpus.batch_adding import derived_slug
from corpus.errors import UnreadableError
from corpus.model.document import SourceNature
from corpus.reading.statements import Stated

LARGEST_BYTES = 2 * 1024 * 1024
LONGEST_TEXT = 300_000
FORM = (
    ("title", "名称（原文里的字句）"),
    ("nature_words", "性质的依据（原文里的字句）"),
    ("document_number", "文号（原文没有则空着）"),
    ("issuing_bodies", "发文机关（一行一个）"),
    ("signed_on", "成文日期（原文里的字句，如 2026年2月10日）"),
    ("published_on", "发布日期（原文里的字句）"),
    ("effective_on", "施行日期（原文里的字句，如 自2026年3月1日起施行）"),
    ("expires_on", "截止日期（原文里的字句，如 有效期至2028年12月31日）"),
    ("region", "适用地区（原文里的字句）"),
)


class Carried(BaseModel):
    """A file as the page's script writes it: its name, and its bytes in base64."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=255)]
    content: Annotated[str, Field(max_length=LARGEST_BYTES * 4 // 3 + 8)]


def carried_file(written: str) -> Received:
    """Return the document in a file that the page carried.

    Raises:
        UnreadableError: it cannot be read, or is too large for the page.
    """
    try:
        carried = Carried.model_validate_json(written)
        data = base64.b64decode(carried.content, validate=True)
    except (ValidationError, binascii.Error, ValueError):
        raise UnreadableError(
            "文件没有传完整，或超过 2 MB。更大的文件请用命令行 policy-assistant add。"
        ) from None
    return _not_too_long(receive(PurePosixPath(carried.name.replace("\\", "/")).name, data))


def pasted_text(text: str) -> Received:
    """Return the document in a text that was pasted.

    Raises:
        UnreadableError: there is nothing, or too much.
    """
    data = text.encode("utf-8", "replace")
    if not text.strip():
        raise UnreadableError("请先粘贴原文，或选择一个文件。")
    if len(data) > LARGEST_BYTES:
        raise UnreadableError("粘贴的文字超过 2 MB。更大的文件请用命令行 policy-assistant add。")
    _refuse_if_long(text)  # before it is read: that takes a minute for a text of this length
    return receive("粘贴的文字.txt", data)


def _refuse_if_long(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise UnreadableError("文字超过 30 万字，页面上不便核对。请用命令行 policy-assistant add。")


def _not_too_long(received: Received) -> Received:
    _refuse_if_long(received.reading.source)
    return received


def form_values(stated: Stated) -> tuple[str, ...]:
    """Return what the fields of the form begin with."""
    return tuple(_joined(getattr(stated, name)) for name, _ in FORM)


def stated_by(nature: str | None, values: Sequence[str | None]) -> Stated:
    """Return what was filled in."""
    told: dict[str, Any] = {
        name: (value or "").strip() for (name, _), value in zip(FORM, values, strict=True)
    }
    bodies = tuple(line.strip() for line in told.pop("issuing_bodies").splitlines() if line.strip())
    return Stated(nature=SourceNature(nature or "policy"), issuing_bodies=bodies, **told)


def with_unasked(filled: Stated, read: Stated) -> Stated:
    """Return what was filled in with what the form does not ask for and was shown beside it."""
    return replace(
        filled,
        unlimited="" if filled.expires_on else read.unlimited,
        interpreted_by=read.interpreted_by,
        relations=read.relations,
        procedure=read.procedure,
    )


def slug_proposed(received: Received, taken: Sequence[str]) -> str:
    """Return a name for the folder that nobody has yet.

    The end of it is of the document's own bytes: the same document is proposed the same name.
    """
    return derived_slug(received.name, received.data, taken)


def _joined(value: str | tuple[str, ...]) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value
