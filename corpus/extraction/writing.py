"""Writing proven awards out as a document's `measures.yaml` and `facts.yaml`, each held to the real proof.

Only what loads and checks like a file written by hand is written; the rest is told with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import CorpusError
from corpus.extraction.entries import Entry, NoShapeError
from corpus.extraction.facts import FactProposal
from corpus.extraction.proposal import Extraction, Proposal, ProposalState
from corpus.measures.file import bind_measures
from corpus.measures.quotes import occurrences
from corpus.model.document import Clause, Span
from corpus.model.measure import Fact, Measure
from corpus.model.review import ReviewState
from corpus.proof.coverage import check_passage
from corpus.proof.integrity import check_facts, check_free_text, check_spans
from corpus.proof.number_coverage import mentions_of
from corpus.proof.numbers import check_numbers
from corpus.proof.words import check_words
from corpus.reading.numerals import Kind, find_quantities
from corpus.words import usual_words

MEASURES_HEADER = (
    "# 自动识别，未经人工核对：由程序从条款读出并逐字核对；改动后用 policy-assistant check 核对。\n"
)
_DOUBTED = "读法有疑问，待人工核对"
NO_AWARD = "不属于已核对的措施：条件、期限、编号或未能核对的数"
FACTS_HEADER = "# 自动识别的措施要问企业的事实。谁改：核对这份文件的人；怎么核对：policy-assistant check。\n"


@dataclass(frozen=True, slots=True)
class WrittenAwards:
    """What is written of a document: the two files, and for each award left out why."""

    measures: str
    facts: str
    written: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


def write_awards(slug: str, found: Extraction, clauses: Sequence[Clause]) -> WrittenAwards:
    """Write the proven awards of document `slug` that a shape of ours can say.

    The text of both files is what `corpus.measures.file` and `corpus.facts_file` read. Grants without a sum
    are listed, and the words outside the written awards that hold numbers are explained as what they are: no
    part of an award that is proven.
    """
    by_id = {clause.id: clause for clause in clauses}
    entries: list[dict[str, Any]] = []
    facts: dict[str, FactProposal] = {}
    left_out: dict[str, str] = {}
    for one in found.proposals:
        if one.state is not ProposalState.PROVEN:
            left_out[one.id] = "；".join(one.doubts)
            continue
        try:
            fields, asked = entry_of(slug, one, by_id)
        except NoShapeError as reason:
            left_out[one.id] = str(reason)
            continue
        entries.append({"id": fields.pop("id"), "state": ReviewState.PROVEN.value, **fields})
        facts |= asked
    ids = {entry["id"] for entry in entries}
    passages = [one.passage for one in found.proposals if one.id in ids]
    rest = {
        "unquantified": list(_unquantified(found, by_id)),
        "pending": list(_pending(found, left_out, by_id)),
        "explained": list(explained(passages, clauses)),
    }
    measures = MEASURES_HEADER + dump({"document": slug, "measures": entries, **rest})
    told = FACTS_HEADER + dump({name: fact_fields(fact) for name, fact in facts.items()})
    return WrittenAwards(measures, told, tuple(one["id"] for one in entries), left_out)


def entry_of(
    slug: str, proposal: Proposal, clauses: Mapping[str, Clause]
) -> tuple[dict[str, Any], dict[str, FactProposal]]:
    """Return a proposal as an entry of `measures.yaml` that the loader and the proof accept, and its facts.

    Raises:
        NoShapeError: no shape of ours says it, or the proof speaks against it; the message is Chinese.
    """
    entry = Entry(proposal)
    fields = entry.fields()
    if problem := _problem(slug, fields, entry.facts, clauses):
        raise NoShapeError(problem)
    return fields, {fact.name: fact for fact in entry.facts}


def _unquantified(found: Extraction, clauses: Mapping[str, Clause]) -> Iterator[dict[str, str]]:
    """Yield the grants without a sum whose words stand once in their clause."""
    numbers: Counter[str] = Counter()
    for grant in found.unquantified:
        clause = clauses[grant.span.clause_id]
        holds_sum = any(one.kind in (Kind.MONEY, Kind.RATE) for one in find_quantities(grant.span.quote))
        if holds_sum or len(list(occurrences(clause.text, grant.span.quote))) != 1:
            continue
        numbers[clause.id] += 1
        yield {
            "id": f"{clause.id}/grant-{numbers[clause.id]}",
            "name": "没有写金额的支持",
            "passage": grant.span.quote,
            "reason": grant.reason,
        }


def _pending(
    found: Extraction, left_out: Mapping[str, str], clauses: Mapping[str, Clause]
) -> Iterator[dict[str, str]]:
    """Yield the awards left out whose words stand once in their clause: quoted, never computed."""
    for one in found.proposals:
        if one.id in left_out and len(list(occurrences(clauses[one.clause_id].text, one.passage.quote))) == 1:
            yield {"id": one.id, "name": one.name, "passage": one.passage.quote, "reason": _DOUBTED}


def explained(passages: Sequence[Span], clauses: Sequence[Clause]) -> Iterator[dict[str, str]]:
    """Yield the stretches of each clause outside the passages of its awards that hold a number."""
    for clause in clauses:
        at = 0
        own = [one for one in passages if one.clause_id == clause.id]
        for span in sorted(own, key=lambda one: one.start):
            yield from _stretch(clause, at, span.start)
            at = max(at, span.end)
        yield from _stretch(clause, at, len(clause.text))


def _stretch(clause: Clause, start: int, end: int) -> Iterator[dict[str, str]]:
    words = clause.text[start:end].strip()
    has_number = any(start <= span.start and span.end <= end for span, _ in mentions_of(clause))
    if has_number and len(list(occurrences(clause.text, words))) == 1:
        yield {"clause": clause.path.text, "quote": words, "reason": NO_AWARD}


def _problem(
    slug: str, fields: dict[str, Any], facts: Sequence[FactProposal], clauses: Mapping[str, Clause]
) -> str:
    """Return what the loader or the proof says against an entry, empty if nothing."""
    known = {fact.name: _fact(fact, slug) for fact in facts}
    try:
        raw = {"document": slug, "measures": [fields]}
        bound = bind_measures(Path(slug) / "measures.yaml", raw, clauses, known)
    except CorpusError as error:
        return str(error)
    return next(_findings(bound.measures[0], clauses, known), "")


def _findings(measure: Measure, clauses: Mapping[str, Clause], facts: Mapping[str, Fact]) -> Iterator[str]:
    words = usual_words().counting_in(fact.unit for fact in facts.values())
    for found in (
        *check_spans(measure.id, measure.clause_id, measure, clauses),
        *check_numbers(measure, clauses, words),
        *check_words(measure, facts, words),
        *check_facts(measure, facts),
        *check_free_text(measure),
        *check_passage(measure, (), words),
    ):
        yield found.message


def _fact(fact: FactProposal, slug: str) -> Fact:
    return Fact(
        name=fact.name,
        label=fact.label,
        unit=fact.unit,
        question=fact.question,
        hints=fact.hints,
        choices=fact.choices,
        role=fact.role,
        document=slug,
    )


def fact_fields(fact: FactProposal) -> dict[str, Any]:
    """Return a fact as an entry of `facts.yaml`."""
    fields: dict[str, Any] = {
        "label": fact.label,
        "unit": fact.unit.value,
        "role": fact.role.value,
        "question": fact.question,
    }
    if fact.hints:
        fields["hints"] = list(fact.hints)
    if fact.choices:
        fields["choices"] = list(fact.choices)
    return fields


def dump(value: object) -> str:
    """Return YAML as these files write it: Chinese as it is, keys in their order, no line broken."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
