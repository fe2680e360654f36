"""From a file someone has to what is in it: its bytes, its blocks, its text.

CorpusError
└── UnreadableError      every message says which file, what is wrong, and what to do
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.dispatch import read_document

LARGEST = 20 * 1024 * 1024


def read_blocks(path: Path) -> SourceDocument:
    """Return a document as its file holds it: typed blocks, what was removed, what a person should know.

    Raises:
        UnreadableError: missing, empty, over 20 MB, of an unknown kind or encoding, protected or damaged.
    """
    return read_document(path.name, bytes_of(path))


def read_source(path: Path) -> str:
    """Return the text of a document as its file holds it, before any cleaning.

    Raises:
        UnreadableError: as `read_blocks`.
    """
    return read_blocks(path).text


def text_of(name: str, data: bytes) -> str:
    """Return the text of a document at hand as bytes; what it is, its content tells.

    Raises:
        UnreadableError: of an unknown kind or encoding, protected, damaged, or without words.
    """
    return read_document(name, data).text


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        UnreadableError: missing, empty, no file, over 20 MB, or not to be read.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError(f"{path}：不是文件。请给出一个文件的路径。")
        if size > LARGEST:
            raise UnreadableError(
                f"{path.name}：文件有 {size / 2**20:.1f} MB，超过 20 MB 上限。请拆分后重试。"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(f"{path}：文件不存在。请检查路径。") from None
    except OSError as error:
        raise UnreadableError(f"{path}：文件无法读取（{error.strerror}）。请检查权限。") from error
    if not data.strip():
        raise UnreadableError(f"{path.name}：文件是空的。请检查是否导出完整。")
    return data
