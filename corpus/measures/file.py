"""`measures.yaml`: read strictly, and bound to the clauses word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from corpus.errors import BrokenCorpusError
from corpus.measures.builder import Surroundings, build_conditions, build_measure
from corpus.measures.formula_text import formula_text
from corpus.measures.passage import Passage, known_clause
from corpus.measures.quotes import span_in_clause
from corpus.measures.shapes import MeasureFileShape, RestatementShape, UnquantifiedShape
from corpus.model.document import Clause, Span
from corpus.model.measure import Condition, ExplainedNumber, Fact, Measure, Unquantified
from corpus.model.review import ReviewState
from corpus.strict_yaml import at_line, load_strictly, validated
from corpus.words import DocumentWords, usual_words

__all__ = ["MeasureFile", "bind_measures", "formula_text", "load_measures"]

_FILE = TypeAdapter(MeasureFileShape)
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
T = TypeVar("T")
Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """What one `measures.yaml` holds, bound to the clauses."""

    measures: tuple[Measure, ...] = ()
    unquantified: tuple[Unquantified, ...] = ()
    explained: tuple[ExplainedNumber, ...] = ()


def load_measures(path: Path, clauses: Mapping[str, Clause], facts: Mapping[str, Fact]) -> MeasureFile:
    """Read a document's awards and bind each word to its place.

    Raises:
        BrokenCorpusError: the file is missing, of the wrong shape, or quotes what no clause says.
    """
    return bind_measures(path, load_strictly(path), clauses, facts)


def bind_measures(
    path: Path,
    raw: object,
    clauses: Mapping[str, Clause],
    facts: Mapping[str, Fact],
    problems: list[str] | None = None,
    words: DocumentWords | None = None,
) -> MeasureFile:
    """Bind what a `measures.yaml` at `path` holds; `load_measures` without the reading.

    `words` are those by which the document's numbers are read. Where `problems` are collected, an entry
    that does not bind is left out and told there.

    Raises:
        BrokenCorpusError: it is of the wrong shape, or quotes what no clause says.
    """
    shape = validated(path, raw, _FILE)
    if shape.document != path.parent.name:
        where = f"{at_line(path, ('document',))} 的 document"
        raise BrokenCorpusError(where, f"“{shape.document}”与文件夹名不同")
    around = _surroundings(path, shape, clauses, facts, words or usual_words())
    measures = tuple(
        _bound(
            [(("measures", n), one.id, one) for n, one in enumerate(shape.measures)],
            lambda one, where: build_measure(one, around, where),
            path,
            problems,
        )
    )
    grants = [
        (("unquantified", n), f"unquantified {one.id}", one) for n, one in enumerate(shape.unquantified)
    ]
    unquantified = _bound(grants, lambda one, where: _unquantified(one, where, clauses), path, problems)
    doubted = [(("pending", n), f"pending {one.id}", one) for n, one in enumerate(shape.pending)]
    pending = _bound(doubted, lambda one, where: _pending(one, where, clauses), path, problems)
    return MeasureFile(
        measures,
        (*unquantified, *pending),
        (*_restated(path, shape, measures, clauses), *_explained(path, shape, clauses)),
    )


def _bound(
    entries: Iterable[tuple[tuple[str, int], str, T]],
    build: Callable[[T, str], Built],
    path: Path,
    problems: list[str] | None,
) -> Iterator[Built]:
    """Build entries, each error with the line of the field it is about."""
    for place, name, entry in entries:
        try:
            yield build(entry, f"{path} 的措施 {name}" if place[0] == "measures" else f"{path} 的 {name}")
        except BrokenCorpusError as error:
            told = error.with_line(at_line(path, (*place, *_steps(error.where))))
            if problems is None:
                raise told from error
            problems.append(str(told))


def _steps(where: str) -> tuple[str | int, ...]:
    """Return the place in the file that a message names last.

    >>> _steps("measures.yaml 的措施 a/1/b 的 caps[0].bound")
    ('caps', 0, 'bound')
    """
    field = where.rpartition(" 的 ")[2]
    return tuple(int(digits) if digits else word for word, digits in _STEP.findall(field))


def _surroundings(
    path: Path,
    shape: MeasureFileShape,
    clauses: Mapping[str, Clause],
    facts: Mapping[str, Fact],
    words: DocumentWords,
) -> Surroundings:
    common: list[Condition] = []
    for group in shape.common_conditions:
        where = f"{path} 的 common_conditions"
        span = _span(where, shape.document, group.clause, group.passage, clauses)
        common += build_conditions(group.conditions, Passage(span, facts, where, reading=words))
    rule = shape.cumulation
    where = f"{path} 的 cumulation"
    forbids = _span(where, shape.document, rule.clause, rule.passage, clauses) if rule else None
    return Surroundings(clauses, facts, tuple(common), forbids, words)


def _span(where: str, document: str, clause: str, quote: str, clauses: Mapping[str, Clause]) -> Span:
    return span_in_clause(known_clause(f"{document}/{clause}", clauses, where), quote, where)


def _unquantified(grant: UnquantifiedShape, where: str, clauses: Mapping[str, Clause]) -> Unquantified:
    clause = known_clause(grant.id.rpartition("/")[0], clauses, f"{where} 的 id")
    span = span_in_clause(clause, grant.passage, f"{where} 的 passage")
    return Unquantified(grant.id, clause.id, grant.name, span, grant.reason)


def _pending(grant: UnquantifiedShape, where: str, clauses: Mapping[str, Clause]) -> Unquantified:
    return replace(_unquantified(grant, where, clauses), state=ReviewState.NEEDS_REVIEW)


def _explained(
    path: Path, shape: MeasureFileShape, clauses: Mapping[str, Clause]
) -> Iterable[ExplainedNumber]:
    for entry in shape.explained:
        where = f"{path} 的 explained {entry.clause}“{entry.quote}”"
        yield ExplainedNumber(_span(where, shape.document, entry.clause, entry.quote, clauses), entry.reason)


def _restated(
    path: Path, shape: MeasureFileShape, measures: tuple[Measure, ...], clauses: Mapping[str, Clause]
) -> Iterable[ExplainedNumber]:
    passages = {measure.id: measure.passage.quote for measure in measures}
    for group in shape.restatements:
        for measure_id in group.measures:
            where = f"{path} 的 restatements {group.clause} {measure_id}"
            if measure_id not in passages:
                raise BrokenCorpusError(where, f"没有措施 {measure_id}")
            yield _restatement(where, shape.document, group, measure_id, passages[measure_id], clauses)


def _restatement(
    where: str,
    document: str,
    group: RestatementShape,
    measure_id: str,
    passage: str,
    clauses: Mapping[str, Clause],
) -> ExplainedNumber:
    span = _span(where, document, group.clause, passage, clauses)
    return ExplainedNumber(span, group.reason, restates=measure_id)
