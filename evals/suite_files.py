"""Reading suites: strictly, every error with its file, line and field, in Chinese.

A suite is a JSONL file of items (`evals/cases.py`), or a CSV or xlsx table of plain question and answer
pairs (`evals/tables.py`). `items_of` also finds every quote in its clause.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.model.document import Span
from corpus.store import Corpus
from evals.cases import Case, Evidence
from evals.changed_text import ChangedLibrary, changed_library
from evals.gold import GoldError, spans_of

SUITES = Path(__file__).with_name("suites")
OTHER_SHAPES = ("coverage-", "retrieval-")  # sets of calibration and retrieval, read by their own programs
BLIND = frozenset({"blind"})  # asked by name only, for figures: nobody tunes on them, no gate counts them
_MESSAGES = {
    "missing": "缺少这个字段",
    "extra_forbidden": "没有这个字段，请改正或删去",
    "string_type": "应为文字",
    "string_pattern_mismatch": "只能用字母、数字和 _ . : -",
    "literal_error": "不是允许的值，可用：{expected}",
    "decimal_parsing": "不是数字",
    "decimal_type": "不是数字",
    "finite_number": "不是有限的数",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "date_from_datetime_parsing": "应为日期，如 2026-11-22",
    "date_parsing": "应为日期，如 2026-11-22",
    "tuple_type": "应为列表",
    "model_type": "应为对象",
    "too_short": "至少要有一项",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}
_MOST_TOLD = 20


class SuiteError(ValueError):
    """Raised when a suite cannot be used; `problems` are lines for people."""

    def __init__(self, problems: Sequence[str]) -> None:
        shown = [*problems[:_MOST_TOLD]]
        if len(problems) > _MOST_TOLD:
            shown.append(f"……另有 {len(problems) - _MOST_TOLD} 处")
        super().__init__("\n".join(shown))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer to one turn stands."""

    spans: tuple[Span, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses, each once."""
        return tuple(dict.fromkeys(span.clause_id for span in self.spans))


@dataclass(frozen=True, slots=True)
class Item:
    """A case whose evidence has been found; `gold` has an entry for each turn, `place` is file and line."""

    case: Case
    gold: tuple[Gold, ...]
    distractors: tuple[str, ...]
    place: str
    digest: str

    @property
    def id(self) -> str:
        """Return the id."""
        return self.case.id


def suite_paths(names: Iterable[str], folder: Path = SUITES) -> tuple[Path, ...]:
    """Return the files meant by suite names, paths, or `all` (every suite but the blind ones).

    Raises:
        SuiteError: one is not there.
    """
    paths: list[Path] = []
    for name in names:
        found = [*_named(name, folder)]
        if not found:
            known = "、".join(path.stem for path in packaged(folder))
            raise SuiteError([f"没有叫“{name}”的题集，也没有这个文件。自带的题集：{known or '（无）'}"])
        paths += found
    return tuple(dict.fromkeys(paths))


def packaged(folder: Path = SUITES) -> tuple[Path, ...]:
    """Return the suites of the package that hold items."""
    return tuple(path for path in sorted(folder.glob("*.jsonl")) if not path.name.startswith(OTHER_SHAPES))


def _named(name: str, folder: Path) -> Iterator[Path]:
    if name == "all":
        yield from (path for path in packaged(folder) if path.stem not in BLIND)
    elif (folder / f"{name}.jsonl").is_file():
        yield folder / f"{name}.jsonl"
    elif Path(name).is_file():
        yield Path(name)


def load_items(paths: Sequence[Path], corpus: Corpus) -> tuple[Item, ...]:
    """Return the items of several suites, ids unique across them.

    Raises:
        SuiteError: a line is wrong, an id stands twice, or there is no item at all.
    """
    items: list[Item] = []
    problems: list[str] = []
    for path in paths:
        cases, wrong = read_cases(path)
        problems += wrong
        for place, case in cases:
            try:
                items.append(_item(place, case, corpus))
            except (GoldError, CorpusError) as error:
                problems.append(f"{place} {case.id}：{error}")
    problems += _repeated(items)
    if not items and not problems:
        problems.append("题集是空的：" + "、".join(path.name for path in paths))
    if problems:
        raise SuiteError(problems)
    return tuple(items)


def read_cases(path: Path) -> tuple[list[tuple[str, Case]], list[str]]:
    """Return the cases of one file with their places, and what is wrong with the other lines."""
    if path.suffix.lower() in (".csv", ".xlsx"):
        from evals.tables import read_table

        rows, problems = read_table(path)
    else:
        rows, problems = _json_rows(path)
    cases: list[tuple[str, Case]] = []
    for place, row in rows:
        try:
            cases.append((place, Case.model_validate(row)))
        except ValidationError as error:
            problems += [f"{place} {_field(one['loc'])}：{_message(one)}" for one in error.errors()]
    if not cases and not problems:
        problems.append(f"{path.name}：题集是空的")
    return cases, problems


def _json_rows(path: Path) -> tuple[list[tuple[str, object]], list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [f"{path.name}：无法读取（{type(error).__name__}），请用 UTF-8 保存"]
    rows: list[tuple[str, object]] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{path.name} 第 {number} 行"
        if not line.strip():
            continue
        try:
            rows.append((place, json.loads(line, object_pairs_hook=_once, parse_constant=_not_finite)))
        except json.JSONDecodeError as error:
            problems.append(f"{place}：不是完整的 JSON（第 {error.colno} 个字符附近）")
        except ValueError as error:
            problems.append(f"{place}：{error}")
    return rows, problems


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"字段“{twice}”写了两次")
    return dict(pairs)


def _not_finite(name: str) -> object:
    raise ValueError(f"{name} 不是数")


def _field(location: tuple[int | str, ...]) -> str:
    """Name a field as a path: turns[0].content."""
    named = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return named.lstrip(".") or "整行"


def _message(error: object) -> str:
    assert isinstance(error, dict)
    told = str(error["msg"]).removeprefix("Value error, ")
    template = _MESSAGES.get(str(error["type"]))
    return template.format_map({"expected": "", **error.get("ctx", {})}) if template else told


def _item(place: str, case: Case, corpus: Corpus) -> Item:
    library = changed_library(corpus, case.corpus)
    golds = [Gold(spans_of(turn.evidence, library)) for turn in case.turns]
    golds[-1] = Gold((*golds[-1].spans, *spans_of(case.evidence, library)))
    distractors = tuple(span.clause_id for span in _known(case.distractors, library))
    slugs = {document.slug for document in corpus.documents}
    strangers = [slug for slug in (*case.documents, *case.corpus.include) if slug not in slugs]
    if strangers:
        raise GoldError(f"没有文件 {'、'.join(strangers)}")
    digest = hashlib.sha256(case.model_dump_json(exclude={"author", "reviewed_by"}).encode()).hexdigest()
    return Item(case, tuple(golds), distractors, place, digest[:16])


def _known(evidence: Iterable[Evidence], library: ChangedLibrary) -> tuple[Span, ...]:
    return spans_of(evidence, library)


def _repeated(items: Sequence[Item]) -> list[str]:
    seen: dict[str, str] = {}
    problems = []
    for item in items:
        if item.id in seen:
            problems.append(f"{item.place}：编号 {item.id} 已用于 {seen[item.id]}")
        seen[item.id] = item.place
    return problems
