"""The tab in Gradio: measures on the left, their fields, and the sums that change as one types."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.calculation import Together, estimate_together
from assistant.calculator.facts import FactError, FactSheet
from assistant.curve import Curve, curve_of
from assistant.finding import MeasureFinder
from ui.application import Application
from ui.dates import DayError, day_typed
from ui.page.events import AT_ONCE, LATEST
from ui.page.files import file_view, saved_view
from ui.page.html import element
from ui.page.markup import markup
from ui.page.sums.form import facts_asked, field, told_by
from ui.page.sums.receipt import receipt_page, receipts_json
from ui.page.sums.results import clauses_view, found_view, nothing_chosen_view, refusal_view, results_view

if TYPE_CHECKING:
    from corpus.model.measure import Measure
    from corpus.store import Corpus

MOST_MEASURES = 8
HINT = "想算哪一项？用自己的话找，如“上云”“贷款利息”“能管中心”。"


def build(application: Application) -> None:
    """Lay out the components inside the tab that is open."""
    corpus = application.corpus
    finder = MeasureFinder(corpus)
    told = gr.State(None)
    with gr.Row(elem_id="pa-sums", elem_classes=["pa-form-tab"], equal_height=False):
        with gr.Column(scale=5, min_width=320, elem_id="pa-sums-form"):
            words = gr.Textbox(label="找一项支持", placeholder=HINT, max_lines=1, max_length=60)
            found = markup("", "pa-sums-found")
            chosen = gr.Dropdown(
                choices=_choices(corpus, corpus.measures),
                multiselect=True,
                max_choices=MOST_MEASURES,
                label="要算的支持（可选多项）",
                elem_id="pa-sums-chosen",
            )
            day = gr.Textbox(label="测算日", placeholder="默认今天", max_lines=1, elem_classes=["pa-day"])
            _fields(corpus, chosen, told)
        with gr.Column(scale=7, min_width=320, elem_id="pa-sums-side"):
            result = markup(nothing_chosen_view(), "pa-sums-result")
            with gr.Row(elem_id="pa-sums-save"):
                page = gr.Button("保存测算单（网页，可打印）", min_width=120)
                data = gr.Button("保存测算单（JSON，可复核）", min_width=120)
            saved = markup("", "pa-sums-saved")
            sources = markup("", "pa-sums-sources")

    def find(text: str, now: list[str] | None) -> tuple[Any, str]:
        measures = finder.find(text)
        kept = [corpus.measure(name) for name in now or []]
        choices = _choices(corpus, (*kept, *(measures or corpus.measures)))
        return gr.update(choices=choices), found_view(text, measures)

    def work(names: list[str] | None, facts: dict[str, str] | None, day_text: str) -> tuple[str, str, str]:
        return *worked_view(corpus, names or [], facts or {}, day_text), ""  # what was kept is of before

    words.change(find, [words, chosen], [chosen, found], **LATEST)
    changed = [chosen.change, day.change, told.change]
    gr.on(changed, work, [chosen, told, day], [result, sources, saved], **LATEST)
    page.click(lambda *filled: save_page(corpus, *filled), [chosen, told, day], saved, **LATEST)
    data.click(lambda *filled: save_data(corpus, *filled), [chosen, told, day], saved, **LATEST)


def _fields(corpus: Corpus, chosen: gr.Dropdown, told: gr.State) -> None:
    """Show a field for each fact the chosen measures ask for; what was filled in before stays."""

    @gr.render(  # type: ignore[untyped-decorator]
        inputs=[chosen, told], triggers=[chosen.change], show_progress="hidden", concurrency_limit=AT_ONCE
    )
    def fields(names: list[str] | None, facts: dict[str, str] | None) -> None:
        asked = facts_asked(names or [], corpus)
        if not asked:
            return
        shown = [field(fact, facts or {}) for fact in asked]

        def keep(before: dict[str, str] | None, *values: object) -> dict[str, str]:
            others = {name: value for name, value in (before or {}).items() if name not in known}
            return {**others, **told_by(asked, values)}

        known = {fact.name for fact in asked}
        gr.on([one.change for one in shown], keep, [told, *shown], told, **LATEST)


def worked_view(corpus: Corpus, names: Sequence[str], told: dict[str, str], day_text: str) -> tuple[str, str]:
    """Return the sums of chosen measures and their clauses, or what cannot be read, in Chinese."""
    if not names:
        return nothing_chosen_view(), ""
    try:
        as_of = day_typed(day_text)
        together = estimate_together(corpus, names, _of_these(corpus, names, told), as_of)
        sums = results_view(together, _curves(corpus, together, told), corpus)
        return sums, clauses_view(together, corpus)
    except (FactError, DayError) as error:
        return refusal_view(error), ""


def save_page(corpus: Corpus, names: Sequence[str], told: dict[str, str], day_text: str) -> str:
    """Return the receipt as a page to keep."""

    def files(together: Together, facts: dict[str, str]) -> dict[str, str]:
        return {f"测算单-{together.as_of.isoformat()}.html": receipt_page(together, facts, corpus)}

    return _handed(corpus, names, told, day_text, files, "text/html")


def save_data(corpus: Corpus, names: Sequence[str], told: dict[str, str], day_text: str) -> str:
    """Return one re-runnable receipt a measure."""

    def files(together: Together, facts: dict[str, str]) -> dict[str, str]:
        return receipts_json(together, facts, corpus, together.as_of)

    return _handed(corpus, names, told, day_text, files, "application/json")


def _handed(
    corpus: Corpus, names: Sequence[str], told: dict[str, str], day_text: str, files: Any, mime: str
) -> str:
    if not names:
        return element("p", "先选一项支持，再保存测算单。", "pa-saved", role="status")
    facts = _of_these(corpus, names, told or {})
    try:
        together = estimate_together(corpus, names, facts, day_typed(day_text))
    except (FactError, DayError) as error:
        return refusal_view(error)
    views = (
        saved_view(name) + file_view(name, mime, text, uuid.uuid4().hex)
        for name, text in files(together, facts).items()
    )
    return "".join(views)


def _of_these(corpus: Corpus, names: Sequence[str], told: dict[str, str]) -> dict[str, str]:
    """Return what was told of the facts chosen measures ask for; the rest belongs to others."""
    asked = {fact.name for fact in facts_asked(names, corpus)}
    return {name: value for name, value in told.items() if name in asked}


def _curves(corpus: Corpus, together: Together, told: dict[str, str]) -> dict[str, Curve]:
    sheet = FactSheet.parse(
        _of_these(corpus, [one.measure for one in together.estimates], told), corpus.facts
    )
    curves = {
        one.measure: curve_of(corpus.measure(one.measure), sheet, together.as_of, corpus)
        for one in together.estimates
    }
    return {name: curve for name, curve in curves.items() if curve is not None}


def _choices(corpus: Corpus, measures: Sequence[Measure]) -> list[tuple[str, str]]:
    listed = dict.fromkeys(measures)
    return [(f"{one.name}（{corpus.clause(one.clause_id).label}）", one.id) for one in listed]
