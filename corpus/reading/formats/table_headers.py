"""Which rows of a table are its header, and which tables are pairs of a label and its value."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum

from corpus.reading.formats.grid import Grid

LONGEST_HEADER = 30
MOST_HEADER_ROWS = 4
_SENTENCE = re.compile(r"[。；！？;]|[，,].*[，,]")
_NUMBER = re.compile(r"(?:[约≥≤<>＜＞+-]\s*+)?\d[\d,，.]*+\s*+[%％‰]?")  # of a stripped cell
_AMOUNT = re.compile(r"[一-鿿]{0,3}\d[\d,，.]*[^\d，。；]{0,8}")
_RANGE = re.compile(r"以上|以下|以内|不足|不满|[\d万亿元%]\s*(?:[-—–~～至])\s*\d|含[)）]")
_LABEL = re.compile(
    r"[：:]\s*$|^(?:[一二三四五六七八九十]+、|\d+[.．、])?\S{0,8}(?:时间|日期|期限|时限|频度|部门|机构|机关|单位|电话|方式|地点|地址|网址|邮箱|"
    r"条件|材料|流程|程序|步骤|依据|文件|对象|标准|内容|名称|标题|文号|字号|索引号|主题词|类别|分类|范围|要求|号码|代码|结果|费用|状态|有效性)$"
)


class _Shape(Enum):
    EMPTY = 0
    NUMBER = 1
    AMOUNT = 2
    RANGE = 3
    WORDS = 4
    SENTENCE = 5


def _shape(text: str) -> _Shape:
    text = text.strip()
    if not text:
        return _Shape.EMPTY
    if len(text) > LONGEST_HEADER or _SENTENCE.search(text):
        return _Shape.SENTENCE
    if _NUMBER.fullmatch(text):
        return _Shape.NUMBER
    if _RANGE.search(text):
        return _Shape.RANGE
    return _Shape.AMOUNT if _AMOUNT.fullmatch(text) and not text.endswith(("年", "年度")) else _Shape.WORDS


def header_rows(grid: Grid, first: int) -> int:
    """Return how many rows from `first` on are header rows; 0 for a table without a header."""
    if grid.width < 2 or len(grid.rows) - first < 2 or label_columns(grid, first):
        return 0
    told = _told_header_rows(grid, first)
    if told is not None:
        return told
    return _depth(grid, first) if _looks_like_header(grid, first) else 0


def _told_header_rows(grid: Grid, first: int) -> int | None:
    """Return how many rows the file itself calls headers; None where it says nothing."""
    told = 0
    for row in range(first, len(grid.rows)):
        cells = grid.distinct(row)
        if not cells or not all(cell.is_header for cell in cells):
            break
        told += 1
    return min(told, len(grid.rows) - first - 1) or None


def _looks_like_header(grid: Grid, first: int) -> bool:
    cells = grid.rows[first]
    texts = [cell.text.strip() if cell else "" for cell in cells]
    shapes = [_shape(text) for text in texts]
    if sum(shape is _Shape.EMPTY for shape in shapes) > 1:
        return False
    if any(shape in (_Shape.SENTENCE, _Shape.NUMBER) for shape in shapes):
        return False
    below = first + _depth(grid, first)
    body = [[_shape(text) for text in grid.column(at, below)] for at in range(grid.width)]
    differs = any(shape is not _most(column) for shape, column in zip(shapes, body, strict=True))
    exact = [at for at, shape in enumerate(shapes) if shape is _Shape.AMOUNT]
    if exact and not any(body[at].count(_Shape.NUMBER) for at in exact):
        return False
    repeated = any(text and text in grid.column(at, below) for at, text in enumerate(texts))
    in_words = all(shape is _Shape.WORDS for shape in shapes) and len(grid.rows) - first > 2
    return not repeated and (differs or in_words)


def _most(shapes: list[_Shape]) -> _Shape:
    filled = Counter(shape for shape in shapes if shape is not _Shape.EMPTY)
    return filled.most_common(1)[0][0] if filled else _Shape.EMPTY


def _depth(grid: Grid, first: int) -> int:
    """Return how far the first header row reaches down: a cell over several columns has headers below."""
    cells = grid.distinct(first)
    depth = max((cell.row + cell.rows - first for cell in cells), default=1)
    if depth == 1 and any(1 < cell.columns < grid.width for cell in cells) and len(grid.rows) - first > 2:
        below = [_shape(cell.text) for cell in grid.distinct(first + 1)]
        depth = 2 if all(shape in (_Shape.WORDS, _Shape.RANGE) for shape in below) else 1
    return min(depth, MOST_HEADER_ROWS, len(grid.rows) - first - 1)


def is_label(text: str) -> bool:
    """Tell whether a cell names what the cell beside it says (受理部门, 索引号：)."""
    return len(text.strip()) <= 16 and _LABEL.search(text.strip()) is not None


def label_columns(grid: Grid, first: int) -> bool:
    """Tell whether a table is pairs: every other column, from the first, holds the labels of the next."""
    if grid.width < 2 or grid.width % 2:
        return False
    labels = values = 0
    for row in range(first, len(grid.rows)):
        for at, cell in enumerate(grid.rows[row]):
            if cell is None or not cell.text.strip() or (at and grid.rows[row][at - 1] is cell):
                continue
            told = is_label(cell.text) or (cell.is_header and at % 2 == 0 and not _all_headers(grid, row))
            labels += told and at % 2 == 0
            values += told and at % 2 == 1
    columns = sum(
        1
        for row in grid.rows[first:]
        for at, cell in enumerate(row)
        if at % 2 == 0 and cell is not None and cell.text.strip()
    )
    return columns > 0 and labels >= 0.6 * columns and values <= 0.2 * labels


def _all_headers(grid: Grid, row: int) -> bool:
    return all(cell.is_header for cell in grid.distinct(row))
