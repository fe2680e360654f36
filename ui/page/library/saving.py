"""What adding does: a document read and shown, saved, removed; each says what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant.adapters.errors import AdapterError
from assistant.first_cases import begin_cases
from corpus.added import added_folder
from corpus.adding import Received, remove_document, save_document
from corpus.batch_adding import proposed
from corpus.errors import AddingError, CorpusError
from ui.application import Application
from ui.page.html import element, escaped, listed
from ui.page.library.draft_view import draft_view
from ui.page.library.intake import (
    FORM,
    carried_file,
    form_values,
    slug_proposed,
    stated_by,
    with_unasked,
)
from ui.page.library.login import Admission, Login
from ui.words import titled

LOG = logging.getLogger(__name__)
ENDED = "登录已结束，请重新登录。"


def read_in(
    application: Application,
    login: Login,
    admission: Admission | None,
    bring: Callable[[str], Received],
    given: str,
) -> tuple[Any, ...]:
    """Return what the tab shows after a document was handed over: its preview and its form, or why not."""
    if bring is carried_file and not given:
        return (gr.skip(),) * (len(FORM) + 8)
    nothing = (gr.update(visible=False), gr.skip(), gr.skip(), *[gr.skip()] * len(FORM), gr.skip())
    if not login.knows(admission):
        return None, "", "", *nothing, told_why([ENDED])
    try:
        received = bring(given)
    except CorpusError as error:
        return None, "", "", *nothing, told_why([str(error)])
    stated = proposed(received)
    has_doubts = bool(received.reading.doubtful)
    return (
        received,
        "",
        draft_view(received),
        gr.update(visible=True),
        slug_proposed(received, [one.slug for one in application.corpus.documents]),
        stated.nature.value,
        *form_values(stated),
        gr.update(visible=has_doubts, value=False),
        "",
    )


def saved(
    application: Application,
    login: Login,
    admission: Admission | None,
    received: Received | None,
    slug: str,
    nature: str,
    filled: Sequence[Any],
) -> tuple[str, bool]:
    """Save a document that was looked over; return what to say, and whether it is saved."""
    if not login.knows(admission):
        return told_why([ENDED]), False
    if received is None:
        return told_why(["请先读入一份文件。"]), False
    *values, is_reviewed = filled
    if received.reading.doubtful and not is_reviewed:
        return told_why(["有存疑之处，请逐处看过，再勾选“存疑之处已逐处看过，保留原文”。"]), False
    taken = [one.slug for one in application.corpus.documents]
    home = added_folder(application.settings.data_dir)
    try:
        stated = with_unasked(stated_by(nature, values), proposed(received))
        document = save_document(received, stated, slug.strip(), home, taken)
    except AddingError as error:
        return told_why(error.problems), False
    except CorpusError as error:
        LOG.error("a document could not be read back: %s", error)
        return told_why(["这份文件存入后读不回来，没有保存；请管理员查看日志。"]), False
    words = f"已保存{titled(document.title)}，共 {len(document.clauses)} 条。"
    told = _taken_up(application, words)
    _begin_cases(application, document.slug)
    return told, True


def _begin_cases(application: Application, slug: str) -> None:
    """Begin the worked cases of a document just saved; without them it serves all the same."""
    try:
        begin_cases(application.corpus, slug, added_folder(application.settings.data_dir) / slug)
    except (CorpusError, OSError) as error:
        LOG.error("the worked cases could not be begun: %s", error)


def removed(application: Application, login: Login, admission: Admission | None, slug: str) -> str:
    """Remove an added document; return what to say."""
    if not login.knows(admission):
        return told_why([ENDED])
    try:
        remove_document(slug, added_folder(application.settings.data_dir))
    except AddingError as error:
        return told_why(error.problems)
    return _taken_up(application, f"已删除 {slug}。")


def _taken_up(application: Application, words: str) -> str:
    try:
        application.refresh()
    except (AdapterError, CorpusError) as error:
        LOG.error("the documents could not be taken up: %s", error)
        return told_why([f"{words}但索引暂时没有更新，重新启动后生效。"])
    told = element("p", escaped(f"{words}现在就可以提问和查阅。"), "pa-saved", role="status")
    return told + left_out(application)


def left_out(application: Application) -> str:
    """Return which added documents could not be taken up; why stands in the log."""
    told = (
        f"编号为 {slug} 的文件不完整或被改动过，暂不使用，其余照常；原因见日志。"
        for slug in application.corpus.broken
    )
    return listed("ul", "pa-warnings", (element("li", escaped(one)) for one in told))


def told_why(problems: Sequence[str]) -> str:
    """Return why something was not done, one line a reason."""
    lines = "".join(element("p", escaped(one)) for one in problems)
    return element("div", lines, "pa-refusal", role="alert")
