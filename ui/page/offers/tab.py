"""The tab in Gradio: a short profile on the left, on the right everything that may apply."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.context import get_blocks_context

from assistant.calculation import Matched, match_measures
from assistant.calculator.facts import FactError
from assistant.conversation import EstimateStatus
from ui.application import Application
from ui.dates import DayError, day_typed
from ui.page.events import AT_ONCE, LATEST, QUIETLY
from ui.page.files import file_view, saved_view
from ui.page.markup import markup
from ui.page.offers.profile import NO, YES, numbers_worth_asking, plain_facts, profile_facts, ticks
from ui.page.offers.results import clauses_view, offers_view
from ui.page.offers.workbook import workbook
from ui.page.sums.form import UNKNOWN, field, told_by
from ui.page.sums.results import refusal_view
from ui.words import ESTIMATE_LABELS

if TYPE_CHECKING:
    from corpus.store import Corpus

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Filled = tuple[str, str, list[str], list[str], dict[str, str] | None, str]


def build(application: Application) -> None:
    """Lay out the components inside the tab that is open."""
    corpus = application.corpus
    listed = ticks(corpus)
    numbers = gr.State(None)
    pointed = gr.State(())
    with gr.Row(elem_id="pa-offers", elem_classes=["pa-form-tab"], equal_height=False):
        with gr.Column(scale=4, min_width=320, elem_id="pa-offers-form"):
            plain = [_plain(fact.label) for fact in plain_facts(corpus)]
            company = _several("企业类型与资质（可多选）", listed.company)
            matters = _several("做了或打算做的事（可多选）", listed.matters)
            _number_fields(corpus, pointed, numbers)
            day = gr.Textbox(
                label="测算日", placeholder="默认今天", max_lines=1, interactive=True, elem_classes=["pa-day"]
            )
        with gr.Column(scale=8, min_width=320, elem_id="pa-offers-side"):
            statuses = [(ESTIMATE_LABELS[one], one.value) for one in EstimateStatus if one in _SHOWN]
            shown = gr.CheckboxGroup(statuses, label="只看", elem_id="pa-offers-shown", interactive=True)
            result = markup("", "pa-offers-result")
            save = gr.Button("导出表格（xlsx）", elem_id="pa-offers-save", min_width=120)
            saved = markup("", "pa-offers-saved")
            sources = markup("", "pa-offers-sources")
    inputs = [*plain, company, matters, numbers, day]

    def work(*filled: Any) -> tuple[Any, ...]:
        facts, day_text, statuses = _facts(corpus, filled[:-1]), filled[-2], filled[-1]
        view, clauses, names = matched_view(corpus, facts, day_text, statuses or ())
        return view, clauses, names, ""  # what was kept is of before

    changed = [one.change for one in (*plain, company, matters, day, numbers, shown)]
    gr.on(changed, work, [*inputs, shown], [result, sources, pointed, saved], **LATEST)
    get_blocks_context().root_block.load(lambda: matched_view(corpus, {}, "", ())[0], None, result, **QUIETLY)
    save.click(
        lambda *filled: save_sheet(corpus, _facts(corpus, filled), filled[-1]), inputs, saved, **LATEST
    )


_SHOWN = frozenset(
    {
        EstimateStatus.PAYABLE,
        EstimateStatus.DRAFT,
        EstimateStatus.NEEDS_INPUT,
        EstimateStatus.NOT_ELIGIBLE,
        EstimateStatus.NOT_IN_FORCE,
    }
)


def matched_view(
    corpus: Corpus, facts: dict[str, str], day_text: str, statuses: Sequence[str]
) -> tuple[str, str, tuple[str, ...]]:
    """Return what may apply, the clauses of what was singled out, and the ids of the latter."""
    try:
        matched = _matched(corpus, facts, day_text)
    except (FactError, DayError) as error:
        return refusal_view(error), "", ()
    shown = {EstimateStatus(name) for name in statuses}
    return offers_view(matched, shown, corpus), clauses_view(matched, corpus), matched.pointed


def save_sheet(corpus: Corpus, facts: dict[str, str], day_text: str) -> str:
    """Return the matched measures as a spreadsheet to keep."""
    try:
        matched = _matched(corpus, facts, day_text)
    except (FactError, DayError) as error:
        return refusal_view(error)
    name = f"可能适用的支持-{matched.as_of.isoformat()}.xlsx"
    return saved_view(name) + file_view(name, SHEET, workbook(matched, corpus), uuid.uuid4().hex)


def _number_fields(corpus: Corpus, pointed: gr.State, numbers: gr.State) -> None:
    """Show a field for each number the measures singled out are computed from."""

    @gr.render(  # type: ignore[untyped-decorator]
        inputs=[pointed, numbers],
        triggers=[pointed.change],
        show_progress="hidden",
        concurrency_limit=AT_ONCE,
    )
    def fields(names: Sequence[str], told: dict[str, str] | None) -> None:
        asked = numbers_worth_asking(names or (), corpus)
        if not asked:
            return
        shown = [field(fact, told or {}) for fact in asked]

        def keep(*values: object) -> dict[str, str]:
            return told_by(asked, values)

        gr.on([one.change for one in shown], keep, shown, numbers, **LATEST)


def _matched(corpus: Corpus, facts: dict[str, str], day_text: str) -> Matched:
    return match_measures(corpus, facts, day_typed(day_text))


def _facts(corpus: Corpus, filled: Sequence[Any]) -> dict[str, str]:
    names = [fact.name for fact in plain_facts(corpus)]
    plain, (company, matters, numbers) = filled[: len(names)], filled[len(names) : len(names) + 3]
    said = dict(zip(names, plain, strict=True))
    return profile_facts(said, company or (), matters or (), numbers or {})


def _plain(label: str) -> gr.Radio:
    return gr.Radio(
        [YES, NO, UNKNOWN], value=UNKNOWN, label=label, interactive=True, elem_classes=["pa-field"]
    )


def _several(label: str, choices: Sequence[tuple[str, str]]) -> gr.Dropdown:
    return gr.Dropdown(list(choices), multiselect=True, label=label, interactive=True)
