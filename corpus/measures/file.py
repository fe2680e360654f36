"""`facts.yaml` and `measures.yaml`: read strictly, and bound to the clauses word by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import BrokenCorpusError
from corpus.measures.builder import Surroundings, build_conditions, build_measure
from corpus.measures.formula_text import formula_text
from corpus.measures.passage import Passage, known_clause
from corpus.measures.quotes import span_in_clause
from corpus.measures.shapes import FactShape, MeasureFileShape, RestatementShape
from corpus.model.document import Clause, Span
from corpus.model.measure import Condition, ExplainedNumber, Fact, Measure, Unquantified
from corpus.model.values import Unit
from corpus.strict_yaml import load_strictly

__all__ = ["MeasureFile", "bind_measures", "formula_text", "load_facts", "load_measures"]

_FACTS = TypeAdapter(dict[str, FactShape])
_FILE = TypeAdapter(MeasureFileShape)
Shape = TypeVar("Shape", bound=BaseModel | dict[str, FactShape])
_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请删去或改正字段名",
    "enum": "不是允许的值",
    "decimal_parsing": "不是数字",
    "greater_than_equal": "不能为负",
    "union_tag_invalid": "没有这种公式类型（fixed、share、per_unit、share_less_other、matching）",
    "finite_number": "不是有限的数",
    "string_too_short": "不能为空",
    "string_type": "应为文字，请加引号",
    "too_short": "至少要有一项（any_of 至少两项）",
    "dict_type": "应为按名称列出的各项",
    "model_type": "应为按名称列出的各项",
    "tuple_type": "应为列表",
}


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """What one `measures.yaml` holds, bound to the clauses."""

    measures: tuple[Measure, ...] = ()
    unquantified: tuple[Unquantified, ...] = ()
    explained: tuple[ExplainedNumber, ...] = ()


def load_facts(path: Path) -> dict[str, Fact]:
    """Read the facts a company may be asked for.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    shapes = _validated(path, load_strictly(path), _FACTS)
    for name, shape in shapes.items():
        if not name.isidentifier() or not name.isascii():
            raise BrokenCorpusError(f"{path} 的 {name}", "事实名称须为英文标识符")
        if bool(shape.choices) != (shape.unit is Unit.LEVEL):
            raise BrokenCorpusError(f"{path} 的 {name}", "choices 只用于 level，且 level 必须有 choices")
    return {name: Fact(name=name, **shape.model_dump()) for name, shape in shapes.items()}


def load_measures(path: Path, clauses: Mapping[str, Clause], facts: Mapping[str, Fact]) -> MeasureFile:
    """Read a document's awards and bind each word to its place.

    Raises:
        BrokenCorpusError: the file is missing, of the wrong shape, or quotes what no clause says.
    """
    return bind_measures(path, load_strictly(path), clauses, facts)


def bind_measures(
    path: Path, raw: object, clauses: Mapping[str, Clause], facts: Mapping[str, Fact]
) -> MeasureFile:
    """Bind what a `measures.yaml` at `path` holds; `load_measures` without the reading.

    Raises:
        BrokenCorpusError: it is of the wrong shape, or quotes what no clause says.
    """
    shape = _validated(path, raw, _FILE)
    if shape.document != path.parent.name:
        raise BrokenCorpusError(f"{path} 的 document", f"“{shape.document}”与文件夹名不同")
    around = _surroundings(path, shape, clauses, facts)
    measures = tuple(build_measure(one, around, f"{path} 的措施 {one.id}") for one in shape.measures)
    return MeasureFile(
        measures,
        tuple(_unquantified(path, shape, clauses)),
        (*_restated(path, shape, measures, clauses), *_explained(path, shape, clauses)),
    )


def _validated(path: Path, raw: object, adapter: TypeAdapter[Shape]) -> Shape:
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{path} 的 {_place(raw, first['loc'])}"
        raise BrokenCorpusError(where, _MESSAGES.get(first["type"], first["msg"])) from error


def _place(raw: object, location: tuple[int | str, ...]) -> str:
    """Name a place in the file as people would: by the measure's id rather than its position."""
    parts: list[str] = []
    for step in location:
        if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
            name = raw.get("id", step) if isinstance(raw, dict) else step
            parts.append(str(name))
            continue
        parts.append(str(step))
        raw = raw.get(step) if isinstance(raw, dict) else raw
    return " → ".join(parts) or "整个文件"


def _surroundings(
    path: Path, shape: MeasureFileShape, clauses: Mapping[str, Clause], facts: Mapping[str, Fact]
) -> Surroundings:
    common: list[Condition] = []
    for group in shape.common_conditions:
        where = f"{path} 的 common_conditions"
        span = _span(where, shape.document, group.clause, group.passage, clauses)
        common += build_conditions(group.conditions, Passage(span, facts, where))
    rule = shape.cumulation
    where = f"{path} 的 cumulation"
    forbids = _span(where, shape.document, rule.clause, rule.passage, clauses) if rule else None
    return Surroundings(clauses, facts, tuple(common), forbids)


def _span(where: str, document: str, clause: str, quote: str, clauses: Mapping[str, Clause]) -> Span:
    return span_in_clause(known_clause(f"{document}/{clause}", clauses, where), quote, where)


def _unquantified(
    path: Path, shape: MeasureFileShape, clauses: Mapping[str, Clause]
) -> Iterable[Unquantified]:
    for grant in shape.unquantified:
        where = f"{path} 的 unquantified {grant.id}"
        clause = known_clause(grant.id.rpartition("/")[0], clauses, where)
        span = span_in_clause(clause, grant.passage, where)
        yield Unquantified(grant.id, clause.id, grant.name, span, grant.reason)


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
