"""Plain tables of question and answer pairs (CSV, xlsx) read as items; never written.

The header names the columns, in Chinese or English: 问题/question, 答案/answer, 编号/id, 条款/clause,
引文/quote, 日期/as_of, 类型/type. Only the question is a must. Every number of the answer becomes one the
reply must state; an answer without a number becomes words it must hold.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.reading.numerals import Kind, find_quantities

_COLUMNS = {
    "id": ("id", "编号", "题号", "序号"),
    "question": ("question", "问题", "问", "题目", "提问"),
    "answer": ("answer", "答案", "答", "标准答案", "参考答案", "回答"),
    "clause": ("clause", "条款", "依据", "条款编号"),
    "quote": ("quote", "引文", "原文"),
    "as_of": ("as_of", "日期", "测算日"),
    "type": ("type", "类型"),
    "status": ("status", "结果"),
}
_NAMES = {spelling: name for name, spellings in _COLUMNS.items() for spelling in spellings}
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_table(path: Path) -> tuple[list[tuple[str, object]], list[str]]:
    """Return the rows as raw items with their places, and what is wrong."""
    try:
        rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    except _UnreadableTableError as error:
        return [], [f"{path.name}：{error}"]
    if not rows:
        return [], [f"{path.name}：表是空的"]
    names = [_NAMES.get(cell.strip().lower()) for cell in rows[0]]
    strangers = [cell for cell, name in zip(rows[0], names, strict=True) if cell.strip() and name is None]
    if strangers:
        return [], [f"{path.name} 第 1 行：不认识的列“{'、'.join(strangers)}”"]
    if "question" not in names:
        return [], [f"{path.name} 第 1 行：缺少“问题”一列"]
    return list(_items(path, names, rows[1:])), []


class _UnreadableTableError(Exception):
    """A table that cannot be read."""


def _items(
    path: Path, names: Sequence[str | None], rows: Iterable[list[str]]
) -> Iterator[tuple[str, object]]:
    for number, row in enumerate(rows, 2):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        if any(cells.values()):
            yield f"{path.name} 第 {number} 行", _raw(path.stem, number, cells)


def _raw(suite: str, number: int, cells: dict[str, str]) -> dict[str, object]:
    raw: dict[str, object] = {
        "id": cells.get("id") or f"row-{number}",
        "suite": suite,
        "type": cells.get("type") or "amount",
        "turns": [{"role": "user", "content": cells.get("question", "")}],
        "expect": {"status": cells.get("status") or "answered", **_expected(cells.get("answer", ""))},
    }
    if cells.get("clause"):
        evidence = {"clause": cells["clause"], "quote": cells.get("quote") or None}
        raw["evidence"] = [evidence]
    if cells.get("as_of"):
        raw["as_of"] = cells["as_of"][:10]
    return raw


def _expected(answer: str) -> dict[str, object]:
    """Return what a reply must hold to match a plain answer.

    >>> _expected("最高300万元")["amounts"]
    [{'key': 'amount', 'value_yuan': '3000000'}]
    >>> _expected("区科委")
    {'facts': ['区科委']}
    """
    amounts: list[dict[str, str]] = []
    for found in find_quantities(answer):
        if found.value is not None and found.kind in (Kind.MONEY, Kind.RATE):
            field = "value_yuan" if found.kind is Kind.MONEY else "value"
            key = "amount" if found.kind is Kind.MONEY else "rate"
            amounts.append({"key": key, field: f"{found.value:f}"})
    if amounts:
        return {"amounts": amounts}
    return {"facts": [answer]} if answer else {}


def _csv_rows(path: Path) -> list[list[str]]:
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                return list(csv.reader(file))
        except UnicodeDecodeError:
            continue
        except (OSError, csv.Error) as error:
            raise _UnreadableTableError(f"无法读取（{type(error).__name__}）") from error
    raise _UnreadableTableError("无法识别文字编码，请存为 UTF-8")


def _xlsx_rows(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise _UnreadableTableError(f"不是能打开的 xlsx（{type(error).__name__}）") from error
    sheet = book.worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
