"""From the clauses of a document to proposed awards, unquantified grants and every other number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.extraction.building import proposals_of
from corpus.extraction.doubts import with_doubts
from corpus.extraction.proposal import Extraction, OtherNumber
from corpus.extraction.reading import ClauseReading, leads, read_clause
from corpus.extraction.restatements import without_summaries
from corpus.extraction.roles import MentionRole
from corpus.extraction.unquantified import grants_without_sum
from corpus.model.document import Clause, Span
from corpus.reading.numerals import Kind

REASONS = {
    MentionRole.THRESHOLD: "条件或门槛",
    MentionRole.STEP: "计算的档距",
    MentionRole.BUDGET: "资金总盘子或基金规模",
    MentionRole.LOAN: "贷款、担保额度",
    MentionRole.PENALTY: "罚款或赔偿",
    MentionRole.PAYOUT: "拨付、分担比例",
    MentionRole.PAST: "已经发生的数",
    MentionRole.EXAMPLE: "举例",
    MentionRole.OTHER: "没有说给予什么",
}


def extract(clauses: Sequence[Clause]) -> Extraction:
    """Read the awards of a document's clauses; what is no award is listed with the reason."""
    above = leads(clauses)
    readings = {clause.id: read_clause(clause, above[clause.id]) for clause in clauses}
    found = [one for reading in readings.values() for one in proposals_of(reading)]
    kept, repeated = without_summaries(found)
    proposals = with_doubts(kept, readings)
    others = [one for reading in readings.values() for one in _others(reading)]
    grants = [one for reading in readings.values() for one in grants_without_sum(reading, proposals)]
    return Extraction(proposals, tuple(grants), (*others, *repeated))


def _others(reading: ClauseReading) -> Iterator[OtherNumber]:
    for one in reading.lists:
        if one.role is MentionRole.AWARD:
            continue
        for member in one.group.members:
            span = Span(reading.clause.id, member.start, member.end, member.text)
            unit = member.unit_word if member.is_foreign else "yuan" if member.kind is Kind.MONEY else "ratio"
            yield OtherNumber(span, member.value, unit, REASONS[one.role])
