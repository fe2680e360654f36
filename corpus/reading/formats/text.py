"""Plain text: its encoding, and its lines as blocks."""

from __future__ import annotations

import re

from corpus.errors import UnreadableError
from corpus.reading.blocks import Block, BlockKind, SourceDocument
from corpus.reading.formats.lines import is_attachment_line

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LEAST_FLUENT = -9.5  # policies score from -2 to -5; text decoded with the wrong table, about -12
LONGEST_SAMPLE = 20_000
_LINE_ENDS = re.compile("\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")


def read_text_file(name: str, data: bytes) -> SourceDocument:
    """Read plain text: a line is a block, its blanks as they stand.

    Full-width spaces within a line may be all that is left of lost line breaks: cleaning judges them.
    """
    text = decode(name, data)
    lines = [line for line in _LINE_ENDS.split(text) if line.strip()]
    return SourceDocument(name, tuple(_block(line) for line in lines), seen=(text,))


def _block(line: str) -> Block:
    return Block(BlockKind.ATTACHMENT if is_attachment_line(line) else BlockKind.PARAGRAPH, line)


def decode(name: str, data: bytes) -> str:
    """Decode text in UTF-8, UTF-16, GB 18030 or Big5, whichever makes Chinese of it.

    Raises:
        UnreadableError: the bytes are no text in any of them.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _decode_as(name, data, encoding)
    if b"\0" in data or _may_be_utf16(data):
        if (text := _utf16_without_mark(data)) is not None:
            return _accepted(name, text)
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


def _may_be_utf16(data: bytes) -> bool:
    """Tell whether every other byte is mostly that of a CJK character: no other encoding of text is so."""
    if len(data) % 2 or len(data) < 8:
        return False
    sample = data[: 2 * LONGEST_SAMPLE]
    highs = [sample[start::2] for start in (0, 1)]
    return any(
        sum(0x4E <= byte <= 0x9F or byte in (0, 0x30, 0xFF) for byte in high) > 0.9 * len(high)
        for high in highs
    )


def _utf16_without_mark(data: bytes) -> str | None:
    """Decode UTF-16 that does not say so; None where neither byte order makes Chinese of it."""
    texts = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            texts[encoding] = data.decode(encoding)
        except UnicodeDecodeError:
            continue
    fluent = {encoding: _fluency(text) for encoding, text in texts.items() if "\0" not in text}
    best = max(fluent, key=lambda encoding: fluent[encoding], default=None)
    return texts[best] if best and fluent[best] > LEAST_FLUENT else None


def _fluency(text: str) -> float:
    from corpus.reading.characters import character_model
    from corpus.reading.variants import simplified

    return character_model().fluency(simplified(text[:LONGEST_SAMPLE]))


def _decode_national(name: str, data: bytes) -> str:
    best, fluency = "", LEAST_FLUENT
    for encoding in ("gb18030", "big5", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (score := _fluency(text)) > fluency:
            best, fluency = text, score
    if not best:
        raise UnreadableError(
            f"{name}：认不出文件编码（试过 UTF-8、UTF-16、GB18030、Big5）。请另存为 UTF-8 文本后重试。"
        )
    return _accepted(name, best)


def _accepted(name: str, text: str) -> str:
    control = sum(ord(char) < 32 and char not in "\t\n\r\f\v" for char in text)
    if control > 0.01 * len(text):
        raise UnreadableError(f"{name}：是二进制文件，不是文本。请另存为 UTF-8 文本后重试。")
    return text
