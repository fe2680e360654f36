"""A document before it is added, as HTML: its clauses, what cleaning changed, what it doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.adding import Received
from corpus.batch_adding import proposed
from corpus.model.document import Clause, ClauseKind
from corpus.reading.tracked import Change
from ui.account_words import account_sentences
from ui.page.clause_view import shortened
from ui.page.html import badge, element, escaped, listed
from ui.page.library.reading import clause_view
from ui.words import CHANGE_LABELS, RELATION_LABELS

MOST_CHANGES = 200
_MONEY = re.compile(r"\d\s*(?:万|亿)?元|百分之|\d\s*%")
_NUMBERED = frozenset({ClauseKind.ITEM, ClauseKind.QUESTION})


def draft_view(received: Received) -> str:
    """Return everything a person should see before saving."""
    reading = received.reading
    made = [change for change in reading.changes if change.is_certain]
    told = f"“{shortened(received.name, 40)}”读出 {len(reading.clauses)} 条，清洗改动 {len(made)} 处"
    parts = (
        element("h2", escaped(told), "pa-draft-title"),
        listed("ul", "pa-warnings", (element("li", escaped(one)) for one in warnings_of(received))),
        _doubts(reading.doubtful, reading.source),
        _changes(made),
        element(
            "details",
            element("summary", "逐条查看") + _clauses(reading.clauses),
            "pa-neighbours",
            open="open",
        ),
    )
    return element("article", "".join(parts), "pa-reading pa-draft-reading")


def warnings_of(received: Received) -> tuple[str, ...]:
    """Return what should make a person look twice."""
    reading = received.reading
    found = [*account_sentences(reading), *reading.warnings]
    if not any(clause.kind in _NUMBERED for clause in reading.clauses):
        found.append(
            "没有读出编号的条款，全文按自然段引用。若原文有“第一条”“一、”等编号，请检查是否粘贴完整。"
        )
    longest = max((len(clause.text) for clause in reading.clauses), default=0)
    if longest > 3000:
        found.append(f"最长的一条有 {longest} 字，可能是分条没有读对。")
    if sum(len(_MONEY.findall(clause.text)) for clause in reading.clauses):
        found.append("原文写有金额或比例：加入后会照原文引用，但没有整理成措施，不会据此测算。")
    found += read_as_well(received)
    if reading.doubtful:
        found.append(f"有 {len(reading.doubtful)} 处拿不准，程序没有改动，请逐处看过后再保存。")
    return tuple(found)


def read_as_well(received: Received) -> tuple[str, ...]:
    """Return what is saved beside the form's fields: what the text does to other documents, how to apply."""
    told = proposed(received)
    relations = [
        f"{RELATION_LABELS[one.kind]}{f'《{one.title}》' if one.title else ''}{one.number}"
        for one in told.relations
    ]
    found = [f"读出与别的文件的关系，保存后生效：{'；'.join(relations)}。"] if relations else []
    fields = [field.label for field, _ in told.procedure]
    found += [f"读出申报程序：{'、'.join(fields)}。"] if fields else []
    return (*found, *told.warnings)


def _doubts(doubts: Sequence[Change], source: str) -> str:
    rows = (element("li", badge(_label(one), "ask") + _around(one, source)) for one in doubts)
    head = element("p", "存疑、没有改动的地方", "pa-label")
    items = listed("ul", "pa-notes pa-doubts", rows)
    return head + items if items else ""


def _around(one: Change, source: str) -> str:
    before, after = source[max(one.start - 12, 0) : one.start], source[one.end : one.end + 12]
    words = escaped(before) + element("mark", escaped(source[one.start : one.end])) + escaped(after)
    return element("span", " …" + words.replace("<br>", "⏎") + "…")


def _changes(changes: Sequence[Change]) -> str:
    if not changes:
        return element("p", "清洗没有改动任何字。", "pa-faint")
    ordered = sorted(changes, key=lambda one: one.kind)
    return "".join(_kind(kind, list(ones)) for kind, ones in groupby(ordered, key=lambda one: one.kind))


def _kind(kind: str, ones: Sequence[Change]) -> str:
    head = element("summary", f"{CHANGE_LABELS.get(kind, kind)}：{len(ones)} 处")
    more = f"其余 {len(ones) - MOST_CHANGES} 处略。" if len(ones) > MOST_CHANGES else ""
    rows = listed("ul", "pa-notes", _rows(ones[:MOST_CHANGES]))
    return element("details", head + rows + element("p", more, "pa-faint"), "pa-neighbours")


def _rows(ones: Iterable[Change]) -> Iterable[str]:
    for one in ones:
        after = (
            element("ins", escaped(_visible(one.after))) if one.after else element("span", "删去", "pa-faint")
        )
        yield element("li", element("del", escaped(_visible(one.before))) + " → " + after)


def _clauses(clauses: Sequence[Clause]) -> str:
    return "".join(clause_view(clause) for clause in clauses)


def _visible(text: str) -> str:
    shown = text.replace("\n", "⏎").replace(" ", "␣").replace("\u3000", "␣")
    return shortened(shown, 60) or "（无）"


def _label(one: Change) -> str:
    return CHANGE_LABELS.get(one.kind, one.kind)
