"""An answer, an estimate and a match as the JSON of the contract: plain dictionaries, ready to dump.

Amounts are decimal strings exact to the fen (`"2400000.00"`); what is not known is null, never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from assistant.conversation import Answer, Citation, Dropped, Estimate, MissingFact, Total
from corpus.model.document import Span
from corpus.model.values import FEN

Json = dict[str, object]


class Matching(Protocol):
    """What matching a company's facts against all measures gives."""

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Return the estimate of every measure, best first."""

    @property
    def total(self) -> Total:
        """Return the combined sums."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what to mind."""

    @property
    def counted(self) -> tuple[str, ...]:
        """Return the measures the facts point at."""


def answer_json(answer: Answer) -> Json:
    """Return the answer exactly as the contract writes it."""
    sources = answer.citations
    return {
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "conversation_id": answer.conversation_id,
        "outcome": answer.outcome.value,
        "text": answer.text,
        "citations": [citation_json(citation) for citation in sources],
        "estimates": [estimate_json(estimate, sources) for estimate in answer.estimates],
        **total_json(answer.total, sources),
        "missing": [missing_json(fact) for fact in answer.missing],
        "warnings": list(answer.warnings),
        "suggestions": list(answer.suggestions),
        "timings_ms": _timings(answer),
        **({"worded_by": answer.worded_by.value} if answer.worded_by else {}),
        **({"read_with_model": True} if answer.read_with_model else {}),
    }


def citation_json(citation: Citation) -> Json:
    """Return one source; `status` is null where the document's text states no validity."""
    return {
        "n": citation.n,
        "clause": citation.span.clause_id,
        "document": citation.document,
        "title": citation.title,
        "label": citation.label,
        "quote": citation.span.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "status": citation.status.value if citation.status else None,
    }


def estimate_json(estimate: Estimate, sources: Sequence[Citation]) -> Json:
    """Return one measure's estimate, its spans as numbers of `sources`."""
    return {
        "measure": estimate.measure,
        "name": estimate.name,
        "status": estimate.status.value,
        "amount_yuan": yuan_text(estimate.amount),
        "is_upper_bound": estimate.is_upper_bound,
        "range_yuan": [yuan_text(bound) for bound in estimate.range] if estimate.range else None,
        "steps": [{"text": step.text, "cites": cites(step.spans, sources)} for step in estimate.steps],
        "conditions": [
            {
                "text": condition.text,
                "state": condition.state.value,
                "cites": cites((condition.span,), sources),
                "gap": condition.gap,
            }
            for condition in estimate.conditions
        ],
        "missing": [fact.fact for fact in estimate.missing],
        "explanation": estimate.explanation,
        "hints": list(estimate.hints),
        "state": estimate.state.value,
    }


def total_json(total: Total, sources: Sequence[Citation]) -> Json:
    """Return the combined sums: in force, drafts and unconfirmed ones apart, and what was left out."""
    return {
        "total_yuan": yuan_text(total.in_force),
        "draft_total_yuan": yuan_text(total.draft),
        "unreviewed_total_yuan": yuan_text(total.unreviewed),
        "unreviewed_draft_total_yuan": yuan_text(total.unreviewed_draft),
        "chosen": list(total.chosen),
        "dropped": [_dropped_json(dropped, sources) for dropped in total.dropped],
    }


def missing_json(fact: MissingFact) -> Json:
    """Return a fact still needed, with the question to put."""
    return {"fact": fact.fact, "question": fact.question, "unit": fact.unit}


def single_estimate_json(estimate: Estimate, sources: Sequence[Citation], as_of: date) -> Json:
    """Return an estimate standing alone, with the day, the sources and the questions it leaves open."""
    return {
        "as_of": as_of.isoformat(),
        **estimate_json(estimate, sources),
        "questions": [missing_json(fact) for fact in estimate.missing],
        "citations": [citation_json(citation) for citation in sources],
    }


def match_json(found: Matching, sources: Sequence[Citation], as_of: date) -> Json:
    """Return every measure that may apply, the combined sums and the sources.

    `counted` names the measures the facts point at: those the sums are made of.
    """
    return {
        "as_of": as_of.isoformat(),
        "estimates": [estimate_json(estimate, sources) for estimate in found.estimates],
        **total_json(found.total, sources),
        "counted": list(found.counted),
        "missing": [missing_json(fact) for fact in _each_once(found.estimates)],
        "warnings": list(dict.fromkeys(found.warnings)),
        "citations": [citation_json(citation) for citation in sources],
    }


def yuan_text(amount: Decimal | None) -> str | None:
    """Write an amount in yuan exact to the fen, None as None.

    >>> yuan_text(Decimal("2400000")), yuan_text(Decimal("0.005")), yuan_text(Decimal("1E+6"))
    ('2400000.00', '0.01', '1000000.00')
    """
    return None if amount is None else f"{amount.quantize(FEN, rounding=ROUND_HALF_UP):f}"


def cites(spans: Iterable[Span], sources: Sequence[Citation]) -> list[int]:
    """Return the numbers of the sources that hold the spans, in order, each once.

    The source whose quote holds the span comes first; failing that, a source from the same clause.
    """
    numbers = (_cite(span, sources) for span in spans)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _cite(span: Span, sources: Sequence[Citation]) -> int | None:
    same_clause = [source for source in sources if source.span.clause_id == span.clause_id]
    for source in same_clause:
        if source.span.start <= span.start and span.end <= source.span.end:
            return source.n
    return same_clause[0].n if same_clause else None


def _dropped_json(dropped: Dropped, sources: Sequence[Citation]) -> Json:
    return {
        "measure": dropped.measure,
        "reason": dropped.reason,
        "cites": cites(dropped.spans, sources),
    }


def _each_once(estimates: Iterable[Estimate]) -> list[MissingFact]:
    facts = {fact.fact: fact for estimate in estimates for fact in estimate.missing}
    return list(facts.values())


def _timings(answer: Answer) -> dict[str, int]:
    timings = dict(answer.timings_ms)
    return {"total": sum(timings.values()), **timings}
