"""What a document says of itself, as lines to look over before it is added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.account_words import account_sentences
from ui.terminal.style import terminal_width
from ui.terminal.width import shortened, wrapped

if TYPE_CHECKING:
    from corpus.adding import Received
    from corpus.reading.statements import Stated

OPTIONS = {
    "title": "title",
    "number": "document_number",
    "effective": "effective_on",
    "expires": "expires_on",
    "region": "region",
}


def corrected(stated: Stated, told: dict[str, str | None]) -> Stated:
    """Return what was read with what a person told instead."""
    from corpus.model.document import SourceNature

    given: dict[str, Any] = {
        OPTIONS[name]: words for name, words in told.items() if name in OPTIONS and words is not None
    }
    if nature := told.get("nature"):
        given |= {"nature": SourceNature(nature), "nature_words": given.get("title", stated.title)}
    elif "title" in given and stated.nature_words == stated.title:
        given["nature_words"] = given["title"]
    return replace(stated, **given)


def proposal_lines(received: Received, stated: Stated) -> list[str]:
    """Return every field with its words, then what reading did."""
    from corpus.adding import FIELD_LABELS
    from corpus.policy_file import DATE_FIELDS
    from corpus.reading.statements import days_of
    from ui.words import NATURE_LABELS

    days = days_of(stated)
    lines = [f"性质：{NATURE_LABELS[stated.nature]}"]
    for field, label in FIELD_LABELS.items():
        value = getattr(stated, field)
        words = "、".join(value) if isinstance(value, tuple) else value
        if field == "unlimited" and not words:
            continue
        shown = words or "原文未载明"
        if field in DATE_FIELDS and field in days:
            counted = f"，自{FIELD_LABELS[days[field].counted_from]}推算" if days[field].counted_from else ""
            shown = f"{days[field].value}（原文“{words}”{counted}）"
        lines += wrapped(f"{label}：{shown}", terminal_width())
    lines += [line for one in _more_lines(stated) for line in wrapped(one, terminal_width())]
    reading = received.reading
    made, doubts = len(reading.changes) - len(reading.doubtful), len(reading.doubtful)
    lines.append(f"读出 {len(reading.clauses)} 条；清洗改动 {made} 处")
    for warning in reading.warnings:
        lines += wrapped(f"{warning}可用 add 文件 编号 --part 序号 只加入其中一份。", terminal_width(), "！")
    if doubts:
        lines.append(f"存疑未改 {doubts} 处（policy-assistant read 文件 --changes 查看），加入时保留原文")
    lines += [line for one in account_sentences(reading) for line in wrapped(one, terminal_width())]
    return lines


def _more_lines(stated: Stated) -> Iterator[str]:
    from ui.words import RELATION_LABELS

    for one in stated.relations:
        named = f"《{one.title}》" if one.title else ""
        yield f"关系：{RELATION_LABELS[one.kind]}{named}{one.number}"
    for field, words in stated.procedure:
        yield f"{field.label}：{shortened('；'.join(words), 120)}"
    for warning in stated.warnings:
        yield f"！{warning}"


def award_lines(received: Received) -> list[str]:
    """Return the awards proposed from the clauses, each with its doubts, and a count of the rest."""
    from corpus.extraction.extracting import extract
    from corpus.extraction.proposal import ProposalState

    found = extract(received.reading.clauses)
    width = terminal_width()
    lines: list[str] = []
    for one in found.proposals:
        is_proven = one.state is ProposalState.PROVEN
        state = "已逐字核对" if is_proven else "需要人工核对"
        lines += wrapped(f"{one.quote.quote}（{state}）", width, "· ")
        lines += [line for doubt in one.doubts for line in wrapped(doubt, width, "  ？")]
    proven = sum(one.state is ProposalState.PROVEN for one in found.proposals)
    rest = f"没有写金额的支持 {len(found.unquantified)} 处，其他金额和比例 {len(found.other_numbers)} 个"
    return [*lines, f"读出 {len(found.proposals)} 项措施，其中 {proven} 项已逐字核对；{rest}。"]
