"""添加文件 in Gradio: let in, read, look it over, state what it says of itself, save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from corpus.adding import Received
from ui.application import Application
from ui.page import events
from ui.page.html import element, escaped
from ui.page.library.adding_form import Parts, laid_out
from ui.page.library.intake import carried_file, pasted_text
from ui.page.library.login import STAYS_S, Admission, Login, RefusedError
from ui.page.library.saving import left_out, read_in, removed, saved, told_why
from ui.page.markup import markup
from ui.words import titled

AT_ONCE = 4
QUIETLY: dict[str, Any] = {**events.QUIETLY, "concurrency_limit": AT_ONCE}


def build(application: Application) -> None:
    """Lay out the tab that is open; where no password is set, it says so and nothing else."""
    login = Login(application.settings.admin_password)
    if login.is_closed:
        markup(element("p", escaped(login.why_closed), "pa-empty"), "pa-add-closed")
        return
    parts = laid_out()
    _connect_login(application, login, parts)
    _connect_reading(application, login, parts)
    _connect_saving(application, login, parts)


def _connect_login(application: Application, login: Login, parts: Parts) -> None:
    shown, hidden = gr.update(visible=True), gr.update(visible=False)

    def enter(given: str, request: gr.Request) -> tuple[Any, ...]:
        who = request.client.host if request.client else ""
        try:
            admission = login.admit(given or "", who)
        except RefusedError as error:
            return None, "", shown, hidden, told_why([str(error)]), gr.skip()
        minutes = int(STAYS_S // 60)
        told = element("p", f"已登录，{minutes} 分钟后自动退出。", "pa-faint", role="status")
        return admission, "", hidden, shown, told + left_out(application), _added(application)

    def leave() -> tuple[Any, ...]:
        return None, None, "", shown, hidden, "", "", hidden, ""

    gr.on(
        [parts.enter.click, parts.password.submit],
        enter,
        parts.password,
        [parts.admission, parts.password, parts.entry, parts.work, parts.told, parts.added],
        **QUIETLY,
    )
    parts.leave.click(
        leave,
        None,
        [
            parts.admission,
            parts.received,
            parts.pasted,
            parts.entry,
            parts.work,
            parts.told,
            parts.preview,
            parts.form,
            parts.outcome,
        ],
        **QUIETLY,
    )


def _connect_reading(application: Application, login: Login, parts: Parts) -> None:
    outputs = [
        parts.received, parts.carried, parts.preview, parts.form, parts.slug, parts.nature, *parts.fields,
        parts.reviewed, parts.outcome,
    ]  # fmt: skip

    def reads(bring: Callable[[str], Received]) -> Callable[[str, Admission | None], tuple[Any, ...]]:
        def read(given: str, admission: Admission | None) -> tuple[Any, ...]:
            return read_in(application, login, admission, bring, given)

        return read

    parts.read.click(reads(pasted_text), [parts.pasted, parts.admission], outputs, **QUIETLY)
    parts.carried.change(reads(carried_file), [parts.carried, parts.admission], outputs, **QUIETLY)


def _connect_saving(application: Application, login: Login, parts: Parts) -> None:
    def save(
        admission: Admission | None, received: Received | None, slug: str, nature: str, *filled: Any
    ) -> tuple[Any, ...]:
        told, is_saved = saved(application, login, admission, received, slug, nature, filled)
        if not is_saved:
            return gr.skip(), gr.skip(), gr.skip(), told, gr.skip()
        return None, "", gr.update(visible=False), told, _added(application)

    def remove(admission: Admission | None, slug: str | None) -> tuple[Any, ...]:
        return removed(application, login, admission, slug or ""), _added(application)

    parts.save.click(
        save,
        [parts.admission, parts.received, parts.slug, parts.nature, *parts.fields, parts.reviewed],
        [parts.received, parts.preview, parts.form, parts.outcome, parts.added],
        **QUIETLY,
    )
    parts.remove.click(remove, [parts.admission, parts.added], [parts.outcome, parts.added], **QUIETLY)


def _added(application: Application) -> Any:
    corpus = application.corpus
    choices = [(f"{titled(corpus.document(slug).title)}（{slug}）", slug) for slug in corpus.added]
    return gr.update(choices=choices, value=None)
