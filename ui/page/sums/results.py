"""What the right-hand side of 算一算 shows: each sum worked out, the total, charts, and the clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.calculation import Together
from assistant.calculator.facts import FactError
from assistant.curve import Curve
from ui.dates import DayError
from ui.page.clause_view import source_view
from ui.page.html import element, escaped
from ui.page.sums.chart import chart_view
from ui.page.sums_view import estimate_view, total_view
from ui.words import AI_NOTICE

if TYPE_CHECKING:
    from corpus.model.measure import Measure
    from corpus.store import Corpus

KEY = "sums"
_NAMED = 3


def results_view(together: Together, curves: dict[str, Curve], corpus: Corpus) -> str:
    """Return the sums with their charts, and the total."""
    cards = "".join(_card(one.measure, together, curves, corpus) for one in together.estimates)
    total = total_view(together.total, together.estimates, together.sources, KEY)
    warnings = "".join(element("li", escaped(warning)) for warning in together.total.warnings)
    notice = f"测算日 {together.as_of.isoformat()} · 金额由程序按原文计算，以主管部门核定为准 · {AI_NOTICE}"
    parts = (
        cards,
        total,
        element("ul", warnings, "pa-warnings") if warnings else "",
        element("p", notice, "pa-faint"),
    )
    return element("div", "".join(parts), "pa-results")


def clauses_view(together: Together, corpus: Corpus) -> str:
    """Return the words of the law the sums rest on."""
    sources = "".join(source_view(one, KEY, corpus, together.as_of) for one in together.sources)
    head = element("h2", "依据", "pa-panel-title")
    return element("div", head + element("section", sources, "pa-turn"), "pa-panel")


def nothing_chosen_view() -> str:
    """Return what stands there before a measure has been picked."""
    lead = element("p", "先选一项支持", "pa-welcome-title")
    more = "填上金额和情况，这里随填随算：算式、还缺的条件、离上限还差多少，以及条款原文。"
    return element("div", lead + element("p", more, "pa-faint"), "pa-results pa-none")


def refusal_view(error: FactError | DayError) -> str:
    """Return what is shown where something filled in cannot be read."""
    told = error.plain if isinstance(error, FactError) else str(error)
    again = element("p", "改好这一项后会接着算。", "pa-faint")
    return element("div", element("p", escaped(told)) + again, "pa-refusal", role="alert")


def found_view(words: str, found: Sequence[Measure]) -> str:
    """Return how many measures some words find, the first by name; nothing for no words.

    >>> found_view("", ())
    ''
    """
    if not words.strip():
        return ""
    if not found:
        told = f"没有找到“{words.strip()}”，下面仍可从全部支持中选；换个说法再试也行。"
    else:
        names = "、".join(one.name for one in found[:_NAMED])
        told = f"找到 {len(found)} 项：{names}{'等' if len(found) > _NAMED else ''}。请在下面选用。"
    return element("p", escaped(told), "pa-faint", role="status")


def _card(measure: str, together: Together, curves: dict[str, Curve], corpus: Corpus) -> str:
    estimate = next(one for one in together.estimates if one.measure == measure)
    curve = curves.get(measure)
    chart = chart_view(curve, corpus.facts[curve.fact], estimate.name) if curve else ""
    return estimate_view(estimate, together.sources, KEY) + chart
