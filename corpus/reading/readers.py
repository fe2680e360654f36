"""From a file someone has to the text in it: txt, html, docx, pdf.

CorpusError
└── UnreadableError      every message says which file, what is wrong, and what to do
"""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableError
from corpus.reading.characters import character_model
from corpus.reading.rich_formats import docx_text, html_text, pdf_text

LARGEST = 20 * 1024 * 1024
TEXT_KINDS = {"", ".txt", ".md", ".text"}
RICH_KINDS = {".html": html_text, ".htm": html_text, ".docx": docx_text, ".pdf": pdf_text}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LEAST_FLUENT = -9.5  # policies score from -2 to -5; text decoded with the wrong table, about -12
SHORTEST_TEXT = 2


def read_source(path: Path) -> str:
    """Return the text of a document as its file holds it, before any cleaning.

    Raises:
        UnreadableError: missing, empty, over 20 MB, binary, of an unknown kind or encoding, or damaged.
    """
    return text_of(path.name, bytes_of(path))


def text_of(name: str, data: bytes) -> str:
    """Return the text of a document at hand as bytes; what it is, the end of its name tells.

    Raises:
        UnreadableError: binary, of an unknown kind or encoding, or damaged.
    """
    kind = Path(name).suffix.lower()
    if kind in RICH_KINDS:
        text = RICH_KINDS[kind](name, data)
    elif kind in TEXT_KINDS:
        text = decode(name, data)
    else:
        raise UnreadableError(f"{name}：不支持 {kind} 文件。请转换为 txt、html、docx 或 pdf 后重试。")
    if len(text.strip()) < SHORTEST_TEXT:
        raise UnreadableError(f"{name}：文件里没有文字。扫描件请先做文字识别（OCR）再导入。")
    return text


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


def decode(name: str, data: bytes) -> str:
    """Decode text in UTF-8, UTF-16, GB 18030 or Big5, whichever makes Chinese of it.

    Raises:
        UnreadableError: the bytes are no text in any of them.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode_as(name, data, encoding)
    if b"\0" in data:
        raise UnreadableError(f"{name}：是二进制文件，不是文本。请另存为 UTF-8 文本后重试。")
    try:
        return _accepted(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_national(name, data)


def _decode_as(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(f"{name}：文件编码已损坏。请另存为 UTF-8 文本后重试。") from None


def _decode_national(name: str, data: bytes) -> str:
    from corpus.reading.variants import simplified

    best, fluency = "", LEAST_FLUENT
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = character_model().fluency(simplified(text))
        if score > fluency:
            best, fluency = text, score
    if not best:
        raise UnreadableError(
            f"{name}：认不出文件编码（试过 UTF-8、GB18030、Big5）。请另存为 UTF-8 文本后重试。"
        )
    return _accepted(name, best)


def _accepted(name: str, text: str) -> str:
    control = sum(ord(char) < 32 and char not in "\t\n\r\f" for char in text)
    if control > 0.01 * len(text):
        raise UnreadableError(f"{name}：是二进制文件，不是文本。请另存为 UTF-8 文本后重试。")
    return text
