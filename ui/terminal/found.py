"""What a search found, as a person reads it: clause by clause, and why each stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ui.terminal.style import Style
from ui.terminal.width import wrapped
from ui.words import status_label, titled

if TYPE_CHECKING:
    from assistant.adapters.explanation import ExplainedHit, Explanation, Match
    from assistant.ports import Hit
    from corpus.store import Corpus

PART_LABELS = {
    "lexical": "关键词",
    "dense": "语义",
    "coverage": "覆盖问题",
    "fused": "融合",
    "ranked": "重排合计",
    "reference": "问题写明的条号",
}
RANK_LABELS = {
    "lexical": "关键词",
    "dense": "语义",
    "coverage": "覆盖问题",
    "lead": "首句",
    "headings": "所在标题",
    "title": "文件名",
    "measure": "措施名",
    "run": "连续相同的字",
    "national": "国家层级",
    "named": "点名的文件",
    "draft": "草案",
    "question": "问答",
    "background": "起草背景",
    "preamble": "引言",
    "heading": "只是标题",
}
FIELD_LABELS = {"body": "正文", "headings": "标题", "title": "文件名"}
_RANK = "rank."
_EXCERPT = 120
_LEAST_TOLD = 0.005


def found_lines(
    told: Explanation, corpus: Corpus, as_of: date, width: int, style: Style, is_explained: bool
) -> Iterator[str]:
    """Give the lines of a search; with its reasons where they are asked for."""
    if is_explained:
        yield from _reading_lines(told, corpus, width, style)
    if not told.found:
        yield "没有找到相关条款。可以换个说法，或放宽 --document、--status 等条件。"
    for rank, one in enumerate(told.found, 1):
        yield from _clause_lines(rank, one.hit, corpus, as_of, width, style)
        if is_explained:
            yield from _reason_lines(one, width, style)
        yield ""


def _reading_lines(told: Explanation, corpus: Corpus, width: int, style: Style) -> Iterator[str]:
    asked = told.asked
    yield style.head("怎样理解这个问题")
    yield from wrapped(asked.subject.strip(), width, "  查找：")
    names = "、".join(titled(corpus.document(slug).title) for slug in asked.documents)
    yield from _told("  点名的文件：", names, width)
    yield from _told("  写明的条款：", "、".join(asked.references), width)
    added = dict.fromkeys((one.said, one.word, one.weight) for one in asked.added)
    yield from _told(
        "  同义补充：", "、".join(f"{said}→{word}（计 {weight:g}）" for said, word, weight in added), width
    )
    weights = {
        "/".join(query_term.terms): query_term.weight for query_term in told.query_terms if query_term.terms
    }
    ranked = sorted(weights.items(), key=lambda pair: -pair[1])
    yield from _told("  词的份量：", _listed(ranked), width)
    unknown = sum(1 for query_term in told.query_terms if not query_term.terms)
    if unknown:
        yield from wrapped(f"另有 {unknown} 个字不在任何条款的用词里", width, "  ")
    yield ""


def _told(label: str, text: str, width: int) -> Iterator[str]:
    if text:
        yield from wrapped(text, width, label, "    ")


def _clause_lines(
    rank: int, hit: Hit, corpus: Corpus, as_of: date, width: int, style: Style
) -> Iterator[str]:
    clause = corpus.clause(hit.clause_id)
    document = corpus.document(clause.document)
    status = status_label(document.status_on(as_of))
    yield f"{rank}. {style.head(clause.label)}  {style.faint(clause.id)}  [{status}]  {hit.score:.3f}"
    yield from wrapped(titled(document.title), width, "   ", "   ")
    text = " ".join(clause.text.split())
    yield from wrapped(text[:_EXCERPT] + ("……" if len(text) > _EXCERPT else ""), width, "   ", "   ")


def _reason_lines(one: ExplainedHit, width: int, style: Style) -> Iterator[str]:
    parts = [(PART_LABELS[name], value) for name, value in one.hit.parts if name in PART_LABELS]
    yield from _faint("得分：", _listed(parts), width, style)
    ranked = [
        (RANK_LABELS.get(name.removeprefix(_RANK), name), value)
        for name, value in one.hit.parts
        if name.startswith(_RANK) and abs(value) >= _LEAST_TOLD
    ]
    yield from _faint("重排：", _listed(sorted(ranked, key=lambda pair: -pair[1]), sign="+"), width, style)
    yield from _faint("共有的词：", _shared(one.matches), width, style)


def _faint(label: str, text: str, width: int, style: Style) -> Iterator[str]:
    if text:
        yield from (style.faint(line) for line in wrapped(text, width, f"   {label}", "     "))


def _listed(values: Iterable[tuple[str, float]], sign: str = "") -> str:
    return "，".join(f"{name} {value:{sign}.2f}" for name, value in values)


def _shared(matches: Sequence[Match]) -> str:
    return "，".join(
        f"{match.term}{'' if match.field == 'body' else f'（{FIELD_LABELS[match.field]}）'} {match.value:.2f}"
        for match in matches
    )
