"""The account of a file in words: what was seen, kept and removed, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.words import REMOVED_LABELS

if TYPE_CHECKING:
    from corpus.reading import Reading
    from corpus.reading.account import Account


def account_sentences(reading: Reading) -> Iterator[str]:
    """Yield the balance of a file and what its reader warns of; nothing for a text without a file."""
    from corpus.reading.account import account_of

    if reading.document is None:
        return
    account = account_of(reading.document)
    yield f"文件共 {account.seen} 字：保留 {account.kept} 字，移除 {account.removed} 字{_kinds(account)}。"
    if account.added:
        yield f"为使表格逐行可读，另补写表头、单位、自动编号等 {account.added} 字。"
    if account.unaccounted:
        yield f"有 {account.unaccounted} 字没有读到{_lost(account)}，请勿据此加入。"
    yield from reading.document.warnings


def account_json(reading: Reading) -> dict[str, object] | None:
    """Return the balance of a file as JSON; None for a text that came without a file."""
    from corpus.reading.account import account_of

    if reading.document is None:
        return None
    account = account_of(reading.document)
    return {
        "seen": account.seen,
        "kept": account.kept,
        "removed": account.removed,
        "unaccounted": account.unaccounted,
        "added": account.added,
        "removed_by_kind": dict(account.removed_by_kind),
        "lost": list(account.lost),
    }


def _kinds(account: Account) -> str:
    kinds = "、".join(f"{REMOVED_LABELS.get(kind, kind)} {count}" for kind, count in account.removed_by_kind)
    return f"（{kinds}）" if kinds else ""


def _lost(account: Account) -> str:
    return "：" + "、".join(f"“{piece}”" for piece in account.lost) if account.lost else ""
