"""What chosen measures ask for, as fields: sums with units, levels to choose from, conditions to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.model.measure import Fact
from corpus.model.values import Unit

if TYPE_CHECKING:
    from corpus.store import Corpus

UNKNOWN = "不清楚"
_TICKS = {"是": "是", "否": "否"}
_PLACEHOLDERS = {Unit.YUAN: "如 800万元"}


def facts_asked(measures: Iterable[str], corpus: Corpus) -> tuple[Fact, ...]:
    """Return every fact chosen measures ask for, once: sums and numbers, then levels, then conditions."""
    chosen = [corpus.measure(name) for name in measures]
    amounts = [name for measure in chosen for name in measure.amount_facts]
    names = dict.fromkeys((*amounts, *(name for measure in chosen for name in measure.fact_names)))
    facts = [corpus.facts[name] for name in names]
    return tuple(sorted(facts, key=_group))


def field(fact: Fact, told: Mapping[str, str]) -> Any:
    """Return the field of one fact, filled with what was told before."""
    value = told.get(fact.name)
    shared: dict[str, Any] = {
        "label": _label(fact),
        "key": fact.name,
        "elem_classes": ["pa-field"],
        "interactive": True,
    }
    if fact.unit == Unit.YES_NO:
        return gr.Radio([*_TICKS, UNKNOWN], value=value or UNKNOWN, **shared)
    if fact.choices:
        return gr.Radio([*fact.choices, UNKNOWN], value=value or UNKNOWN, **shared)
    return gr.Textbox(
        value=value or "",
        placeholder=_PLACEHOLDERS.get(fact.unit, f"如 3{fact.unit.label}"),
        max_lines=1,
        max_length=60,
        **shared,
    )


def told_by(facts: Sequence[Fact], values: Sequence[object]) -> dict[str, str]:
    """Return what was filled in, by fact; an empty field and 不清楚 tell nothing."""
    pairs = zip(facts, values, strict=True)
    return {
        fact.name: str(value).strip()
        for fact, value in pairs
        if value is not None and str(value).strip() not in {"", UNKNOWN}
    }


def _label(fact: Fact) -> str:
    return f"{fact.label}（{fact.unit.label}）" if fact.unit.label and not fact.choices else fact.label


def _group(fact: Fact) -> int:
    if fact.unit == Unit.YES_NO:
        return 2
    return 1 if fact.choices else 0
