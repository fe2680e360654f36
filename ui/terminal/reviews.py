"""Awards to review, on a terminal and as JSON: words, formula as a sentence, an example, doubts, decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.calculator import explain
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import Estimate
from assistant.first_cases import Example, example_of
from corpus.errors import CorpusError
from corpus.model.measure import Measure
from corpus.model.review import ReviewState
from ui.terminal.estimates import result_words
from ui.terminal.style import Style
from ui.terminal.width import wrapped
from ui.words import titled

if TYPE_CHECKING:
    from corpus.model.document import PolicyDocument
    from corpus.reviewing import ReviewItem
    from corpus.store import Corpus

_LABELS = {
    ReviewState.CONFIRMED: "已人工确认",
    ReviewState.PROVEN: "自动识别，未经人工核对",
    ReviewState.NEEDS_REVIEW: "有疑问，不测算",
}
_REJECTED = "已否定，不是措施"


def review_lines(
    document: PolicyDocument, items: Sequence[ReviewItem], corpus: Corpus, width: int, style: Style
) -> Iterator[str]:
    """Give every award of a document, then how many stand how."""
    yield from (style.head(line) for line in wrapped(titled(document.title), width))
    if not items:
        yield "没有读出写明金额的措施。"
        return
    for item in items:
        yield from item_lines(item, corpus, width, style)
    counts: dict[str, int] = {}
    for item in items:
        counts[_label(item)] = counts.get(_label(item), 0) + 1
    told = "；".join(f"{label} {count}" for label, count in counts.items())
    yield ""
    yield from wrapped(f"共 {len(items)} 项：{told}。", width)


def item_lines(item: ReviewItem, corpus: Corpus, width: int, style: Style) -> Iterator[str]:
    """Give one award."""
    measure = _measure(item, corpus)
    paint = style.good if item.state is ReviewState.CONFIRMED else style.warn
    yield ""
    yield from (style.head(line) for line in wrapped(f"{item.id}　{item.name}", width))
    yield from (paint(line) for line in wrapped(_label(item) + _who(item), width, "  "))
    label = next((one.label for one in corpus.clauses if one.id == item.clause_id), "")
    yield from wrapped(f"原文 {label}「{item.quote}」", width, "  ", "    ")
    if measure is not None:
        rule = explain.rule(measure, FactSheet.parse({}, corpus.facts)).text
        yield from wrapped(f"算法：{rule}", width, "  ", "    ")
        for condition in measure.all_conditions:
            yield from wrapped(f"条件：{condition.text}", width, "  ", "    ")
        if (example := _example(measure, corpus)) is not None:
            yield from wrapped(f"算例：{_example_words(example, corpus)}", width, "  ", "    ")
    for doubt in item.doubts:
        yield from (style.warn(line) for line in wrapped(f"疑问：{doubt}", width, "  ", "    "))


def review_json(document: PolicyDocument, items: Sequence[ReviewItem], corpus: Corpus) -> dict[str, object]:
    """Return the awards of a document for programs."""
    return {
        "document": document.slug,
        "title": document.title,
        "measures": [_item_json(item, corpus) for item in items],
    }


def _item_json(item: ReviewItem, corpus: Corpus) -> dict[str, object]:
    measure = _measure(item, corpus)
    example = _example(measure, corpus) if measure is not None else None
    rule = explain.rule(measure, FactSheet.parse({}, corpus.facts)).text if measure is not None else None
    return {
        "id": item.id,
        "clause": item.clause_id,
        "name": item.name,
        "quote": item.quote,
        "state": "rejected" if item.is_rejected else item.state.value,
        "rule": rule,
        "example": None if example is None else _example_json(example),
        "doubts": list(item.doubts),
        "reviewed": None if item.review is None else {"by": item.review.by, "at": item.review.at},
    }


def _example_json(example: Example) -> dict[str, object]:
    amount = example.result.amount
    return {
        "facts": example.facts,
        "as_of": example.as_of.isoformat(),
        "amount_yuan": None if amount is None else f"{amount:.2f}",
        "steps": [step.text for step in example.result.steps],
    }


def _measure(item: ReviewItem, corpus: Corpus) -> Measure | None:
    return next((one for one in corpus.measures if one.id == item.id), None)


def _example(measure: Measure, corpus: Corpus) -> Example | None:
    try:
        return example_of(measure, corpus)
    except (FactError, CorpusError):
        return None


def _example_words(example: Example, corpus: Corpus) -> str:
    told = "，".join(f"{corpus.facts[name].label} {words}" for name, words in example.facts.items())
    return f"{told or '符合条件'}：{_steps(example.result)}，{result_words(example.result)}"


def _steps(result: Estimate) -> str:
    return "；".join(step.text for step in result.steps)


def _label(item: ReviewItem) -> str:
    return _REJECTED if item.is_rejected else _LABELS[item.state]


def _who(item: ReviewItem) -> str:
    return f"（{item.review.by}，{item.review.at}）" if item.review else ""
