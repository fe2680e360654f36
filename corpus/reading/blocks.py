"""What a file is made of before it becomes text: typed blocks in reading order, and what was left out.

Every format (docx, html, pdf, …) is read into a `SourceDocument`; cleaning and outlining start from it.
Offsets into `SourceDocument.text` are the source offsets that cleaning keeps track of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    ATTACHMENT = "attachment"  # the line that begins an attachment (附件2, 附表)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: the header above it, what stands in it, and the unit told for it.

    `header` joins the header rows above the cell; `unit` comes from the header or the table's caption
    (单位：万元) and is empty where none is told. A cell of a vertical span is carried into each of its rows.
    """

    header: str
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block as a reader sees it; `text` is one line, an automatic number (第一条, 1.) included.

    A table row's text is written out from its cells as `header：text` pairs, so that a row is understood
    alone. `level` is a heading's level (1 the highest) where the file tells it; `page` counts from 1;
    `confidence` (0 to 1) is set where the block was recognised from a picture. `added` holds the characters
    of `text` that the file does not hold at this place: a header, label or unit written out once more, an
    automatic number, the marks between cells.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    cells: tuple[Cell, ...] = ()
    page: int | None = None
    confidence: float | None = None
    added: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """Characters of the file that are not in any block, why (a named kind), and where (for a person)."""

    kind: str
    text: str
    place: str


@dataclass(frozen=True)
class SourceDocument:
    """A file as read: its blocks in reading order, what was removed, and what a person should know.

    `seen` is what a second, simpler pass over the raw file found, piece by piece: the blocks and the removed
    characters are held to it (`corpus.reading.account`).
    """

    name: str
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Return the text of the blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)
