"""Everything that may apply as a spreadsheet: text stays text, whatever it begins with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from assistant.calculation import Matched
from assistant.conversation import ConditionState, Estimate
from ui.terminal.estimates import result_words
from ui.words import (
    AI_NOTICE,
    ESTIMATE_LABELS,
    UNREVIEWED_DRAFT_TOTAL,
    UNREVIEWED_TOTAL,
    status_label,
    titled,
    validity_words,
)

if TYPE_CHECKING:
    from corpus.store import Corpus

_HEADS = (
    "措施",
    "状态",
    "测算结果",
    "金额（元）",
    "算式或标准",
    "待确认的条件",
    "未满足的条件",
    "文件",
    "条款",
    "文件现状",
    "有效期",
    "责任单位",
    "原文",
)
_WIDTHS = (30, 12, 18, 16, 46, 46, 30, 40, 14, 12, 26, 26, 80)


def workbook(matched: Matched, corpus: Corpus) -> bytes:
    """Return an .xlsx file: one row a measure, the totals on a second sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "可能适用的支持"
    _write(sheet, _HEADS)
    for one in matched.estimates:
        _write(sheet, _row(one, matched, corpus))
    for column, width in zip("ABCDEFGHIJKLM", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    _totals(book.create_sheet("合计与说明"), matched)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(one: Estimate, matched: Matched, corpus: Corpus) -> tuple[object, ...]:
    measure = corpus.measure(one.measure)
    document, clause = corpus.document_of(one.measure), corpus.clause(measure.clause_id)
    return (
        one.name,
        ESTIMATE_LABELS[one.status],
        result_words(one),
        one.amount,
        "；".join(step.text for step in one.steps),
        _conditions(one, ConditionState.UNKNOWN),
        _conditions(one, ConditionState.UNMET),
        titled(document.title),
        clause.label,
        status_label(document.status_on(matched.as_of)),
        validity_words(document),
        "、".join(clause.responsible_bodies),
        measure.passage.quote,
    )


def _conditions(one: Estimate, state: ConditionState) -> str:
    return "；".join(condition.text for condition in one.conditions if condition.state is state)


def _totals(sheet: Any, matched: Matched) -> None:
    _write(sheet, ("测算日", matched.as_of.isoformat()))
    _write(sheet, ("现行政策预计合计（元）", matched.total.in_force))
    _write(sheet, ("草案拟给予合计（元，未施行）", matched.total.draft))
    if matched.total.unreviewed is not None:
        _write(sheet, (f"{UNREVIEWED_TOTAL}（元）", matched.total.unreviewed))
    if matched.total.unreviewed_draft is not None:
        _write(sheet, (f"{UNREVIEWED_DRAFT_TOTAL}（元）", matched.total.unreviewed_draft))
    for warning in dict.fromkeys(matched.warnings):
        _write(sheet, ("请注意", warning))
    _write(sheet, ("说明", f"金额为测算值，以主管部门核定为准。{AI_NOTICE}。"))
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 80


def _write(sheet: Any, values: tuple[object, ...]) -> None:
    """Append a row; a text beginning with = + - @ must not become a formula."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row=row, column=column, value=None if value is None or value == "" else value)
        if isinstance(value, str) and value:
            cell.data_type = "s"
            cell.quotePrefix = value[0] in "=+-@\t\r"
