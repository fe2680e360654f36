"""The tab in Gradio: pick a run, see its figures, open what it has wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context

from ui.application import Application
from ui.page.events import QUIETLY
from ui.page.markup import markup
from ui.page.scores.runs import failures_of, finished_runs
from ui.page.scores.views import failures_view, none_view, run_view


def build(application: Application) -> None:
    """Lay out the components inside the tab that is open."""
    folder = application.settings.runs_dir
    with gr.Row(elem_classes=["pa-form-tab", "pa-library-tools"]):
        chosen = gr.Dropdown([], label="哪一次评测", interactive=True)
    figures = markup(none_view(), "pa-scores-figures")
    failures = markup("", "pa-scores-failures")

    def begin() -> tuple[Any, str, str]:
        names = [run.name for run in finished_runs(folder)]
        first = names[0] if names else None
        return gr.update(choices=names, value=first, visible=bool(names)), *scores_view(folder, first)

    def show(name: str | None) -> tuple[str, str]:
        return scores_view(folder, name)

    get_blocks_context().root_block.load(begin, None, [chosen, figures, failures], **QUIETLY)
    chosen.input(show, chosen, [figures, failures], **QUIETLY)


def scores_view(folder: Path, name: str | None) -> tuple[str, str]:
    """Return the figures and the wrong items of the run of this name; of none where there is none."""
    run = next((one for one in finished_runs(folder) if one.name == name), None)
    if run is None:
        return none_view(), ""
    return run_view(run), failures_view(failures_of(run))
