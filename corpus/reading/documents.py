"""Several policies in one file: where each begins, offered as documents of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.reading.blocks import Block, SourceDocument
from corpus.reading.cleaning import clean_document
from corpus.reading.markers import Style
from corpus.reading.outline.lines import Line, lines_of
from corpus.reading.outline.part_starts import part_starts
from corpus.reading.outline.parts import Part, PartStart
from corpus.reading.outline.titles import issued_title, title_at
from corpus.reading.outline.tree import outline


@dataclass(frozen=True, slots=True)
class OfferedDocument:
    """One of the policies of a file: its title as it stands there, and its own blocks."""

    title: str
    source: SourceDocument


def split_documents(source: SourceDocument) -> tuple[OfferedDocument, ...]:
    """Return the policies of a file, each with its notice and attachments; one where there is but one.

    Nothing of the file is lost: the texts of the documents, in order, are the text of the file.
    """
    cleaned = clean_document(source)
    found = _beginnings(lines_of(cleaned.text)) or [(Line("", 0), "")]
    cuts = [cleaned.origins[line.start] for line, _ in found[1:]]
    ends = [*cuts, len(source.text) + 1]  # the end of the last line included
    return tuple(
        OfferedDocument(title, replace(source, blocks=tuple(_blocks(source, start, end))))
        for (_, title), start, end in zip(found, [0, *cuts], ends, strict=True)
    )


def titles_in(text: str) -> tuple[str, ...]:
    """Return the titles of the policies in a clean text, in order."""
    return tuple(title for _, title in _beginnings(lines_of(text)))


def several_documents_warning(titles: Sequence[str]) -> str:
    """Return what a person should know of a file that holds several policies; empty where it holds one."""
    if len(titles) < 2:
        return ""
    plain = (title.strip("《》") for title in titles)
    listed = "、".join(f"{i}.《{title}》" for i, title in enumerate(plain, start=1))
    return f"这个文件里像是有 {len(titles)} 份文件：{listed}。建议分别添加，以免条款混在一起。"


def _beginnings(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return the first line and the title of each policy of a text."""
    if not lines:
        return []
    starts, _ = part_starts(lines)
    later = [start for start in starts if start.part is Part.MAIN and start.number > 1]
    if not later and len(cards := _cards(lines)) > 1:
        return cards
    return [(lines[0], _first_title(lines, starts)), *((lines[one.line], one.title) for one in later)]


def _cards(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Return the cards of a text cut from a handbook: 4. and 5., each with the fields of a guide."""
    items = [item for section in outline(lines) for item in section.items]
    is_cut = bool(items) and items[0].marker.number > 1 and items[0].lines[0] == lines[0]
    if not is_cut or any(item.marker.style is not Style.ARABIC for item in items):
        return []
    have_fields = all(any(one.marker.style is Style.LABEL for one in item.children) for item in items)
    first_lines = [item.lines[0] for item in items if have_fields]
    return [
        (line, line.text[len(item.marker.text) :].strip())
        for item, line in zip(items, first_lines, strict=False)
    ]


def _first_title(lines: Sequence[Line], starts: Sequence[PartStart]) -> str:
    first = next((one.title for one in starts if one.part is Part.MAIN and one.title and one.number < 2), "")
    return first or issued_title(lines) or title_at(lines, 0) or lines[0].text


def _blocks(source: SourceDocument, start: int, end: int) -> Iterator[Block]:
    """Give the blocks, or what of a block, stands between two offsets of the file's text."""
    at = 0
    for block in source.blocks:
        begin, stop = max(start, at), min(end, at + len(block.text))
        if begin < stop or (not block.text and start <= at < end):
            whole = begin == at and stop == at + len(block.text)
            yield block if whole else replace(block, text=source.text[begin:stop])
        at += len(block.text) + 1
