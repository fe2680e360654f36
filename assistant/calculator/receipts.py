"""An estimate kept as a receipt (测算单): what was told, on which day, by which text; re-run to the byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactSheet
from assistant.conversation import Estimate
from corpus.model.measure import Measure
from corpus.model.review import ReviewState
from corpus.store import Corpus

VERSION = 1


class ReceiptError(ValueError):
    """Raised for a text that is no receipt; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """A receipt computed again: the new receipt, whether it is the same to the byte, and what changed."""

    receipt: str
    is_identical: bool
    changes: tuple[str, ...]


def write_receipt(measure: Measure, facts: FactSheet, as_of: date, corpus: Corpus) -> str:
    """Estimate a measure and return the receipt, JSON with one spelling only."""
    result = estimate(measure, facts, as_of, corpus)
    content = {
        "version": VERSION,
        "measure": measure.id,
        "as_of": as_of.isoformat(),
        "facts": facts.texts(),
        "corpus_sha256": corpus.digest,
        "measure_sha256": measure_hash(measure),
        "estimate": _plain(result),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def rerun(receipt: str, corpus: Corpus) -> Rerun:
    """Compute a receipt again and say whether anything is different.

    Raises:
        ReceiptError: the text is no receipt of this version.
        CorpusError: the measure is no longer in the corpus.
        FactError: a fact of the receipt is no longer known.
    """
    saved = _read(receipt)
    measure = corpus.measure(str(saved["measure"]))
    facts = FactSheet.parse(_facts(saved), corpus.facts)
    again = write_receipt(measure, facts, _day(saved), corpus)
    return Rerun(again, again == receipt, tuple(_changes(saved, json.loads(again))))


def measure_hash(measure: Measure) -> str:
    """Return a hash that changes with any word or number of a measure."""
    return hashlib.sha256(repr(measure).encode()).hexdigest()


def _plain(result: Estimate) -> dict[str, object]:
    plain: dict[str, object] = json.loads(json.dumps(asdict(result), default=_text, ensure_ascii=False))
    if result.state is ReviewState.CONFIRMED:
        del plain["state"]  # receipts of measures that a person vouches for keep their one spelling
    return plain


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"a receipt holds no {type(value).__name__}")


def _read(receipt: str) -> dict[str, object]:
    try:
        saved = json.loads(receipt)
    except json.JSONDecodeError as error:
        raise ReceiptError(f"这不是测算单：不是有效的 JSON（第 {error.lineno} 行）") from error
    needed = {"version", "measure", "as_of", "facts", "corpus_sha256", "measure_sha256", "estimate"}
    if not isinstance(saved, dict) or set(saved) != needed:
        raise ReceiptError("这不是测算单：缺少内容或有多余内容，请使用保存时的原文件")
    if saved["version"] != VERSION:
        raise ReceiptError(f"测算单版本为 {saved['version']}，本程序只认识版本 {VERSION}")
    return saved


def _facts(saved: dict[str, object]) -> dict[str, object]:
    if not isinstance(saved["facts"], dict):
        raise ReceiptError("测算单的 facts 应为“事实: 值”的对照表")
    return saved["facts"]


def _day(saved: dict[str, object]) -> date:
    try:
        return date.fromisoformat(str(saved["as_of"]))
    except ValueError as error:
        raise ReceiptError(f"测算单的测算日「{saved['as_of']}」不是日期") from error


def _changes(saved: dict[str, object], again: dict[str, object]) -> list[str]:
    words = {
        "measure_sha256": "措施的数据或所依据的原文已改变",
        "corpus_sha256": "政策库已改变（与保存时不是同一版本）",
        "facts": "事实的写法与保存时不同",
        "estimate": "测算结果与保存时不同",
    }
    return [text for key, text in words.items() if saved[key] != again[key]]
