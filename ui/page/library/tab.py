"""The tab in Gradio: read and search the documents, look the measures over, see how long each holds."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context

from assistant.adapters.errors import AdapterError
from assistant.finding import MeasureFinder
from assistant.ports import SearchFilter
from corpus.model.document import Clause
from ui.application import Application
from ui.dates import today
from ui.page.clause_view import shortened
from ui.page.events import LATEST
from ui.page.html import element, escaped
from ui.page.library import adding
from ui.page.library.reading import document_view, found_view, writes
from ui.page.library.tables import measures_view, timeline_view, unquantified_view
from ui.page.markup import markup
from ui.words import titled

LOG = logging.getLogger(__name__)
MOST_FOUND = 12
ALL = ""


def build(application: Application) -> None:
    """Lay out the components inside the tab that is open."""
    corpus = application.corpus
    with gr.Tabs(elem_id="pa-library", overflow_behavior="wrap"):
        with gr.Tab("文件与条款", id="clauses"):
            slug, shown = _reading(application)
        with gr.Tab("措施一览", id="measures"):
            table = _measures(application)
        with gr.Tab("有效期", id="validity"):
            timeline = markup("", "pa-library-validity")
        with gr.Tab("未写明金额的", id="unquantified"):
            markup(unquantified_view(corpus.unquantified, corpus), "pa-library-grants")
        with gr.Tab("添加文件", id="adding"):
            adding.build(application)

    def begin() -> tuple[Any, ...]:
        """Show how everything stands today, which is not the day this server was started on."""
        documents, day = application.corpus.documents, today()
        return (
            gr.update(choices=_choices(application)),
            document_view(documents[0], day),
            measures_view(corpus.measures, corpus, day),
            timeline_view(documents, day),
        )

    get_blocks_context().root_block.load(begin, None, [slug, shown, table, timeline], **LATEST)


def _choices(application: Application) -> list[tuple[str, str]]:
    return [("全部文件", ALL), *((titled(one.title), one.slug) for one in application.corpus.documents)]


def _reading(application: Application) -> tuple[gr.Dropdown, gr.Markdown]:
    documents = application.corpus.documents
    with gr.Row(elem_classes=["pa-form-tab", "pa-library-tools"]):
        words = gr.Textbox(
            label="找条款", placeholder="如 合同能源管理、责任单位", max_lines=1, max_length=200, scale=2
        )
        slug = gr.Dropdown(
            _choices(application), value=documents[0].slug, label="文件", interactive=True, scale=3
        )
    shown = markup("", "pa-library-text")

    def show(text: str, chosen: str | None) -> str:
        return library_view(application, text, chosen or ALL, today())

    gr.on([words.submit, words.change, slug.change], show, [words, slug], shown, **LATEST)
    return slug, shown


def _measures(application: Application) -> gr.Markdown:
    corpus, finder = application.corpus, MeasureFinder(application.corpus)
    with gr.Row(elem_classes=["pa-form-tab", "pa-library-tools"]):
        words = gr.Textbox(label="找措施", placeholder="如 上云、贷款贴息", max_lines=1, max_length=60)
    table = markup("", "pa-library-measures")

    def find(text: str) -> str:
        return measures_view(finder.find(text), corpus, today())

    words.change(find, words, table, **LATEST)
    return table


def library_view(application: Application, words: str, slug: str, as_of: date) -> str:
    """Return what was searched for, in one document or all; without words, the document itself."""
    corpus = application.corpus
    if not words.strip():
        documents = [corpus.document(slug)] if slug else corpus.documents
        return "".join(document_view(one, as_of) for one in documents)
    try:
        found = _found(application, words, slug)
        elsewhere = _elsewhere(application, words, slug, found)
    except AdapterError as error:
        LOG.error("the library could not be searched: %s", error)
        return element("p", "检索暂时不可用，请稍后再试；仍可按文件阅读。", "pa-refusal", role="alert")
    if not elsewhere:
        return found_view(found, words, corpus, as_of)
    here = titled(corpus.document(slug).title)
    told = f"{here}里没有写到“{shortened(words)}”，以下出自全部文件。"
    return element("p", escaped(told), "pa-label") + found_view(elsewhere, words, corpus, as_of)


def _elsewhere(application: Application, words: str, slug: str, found: list[Clause]) -> list[Clause]:
    """Return what all documents hold of words that the one chosen does not write; nothing where it does."""
    if not slug or any(writes(clause, words) for clause in found):
        return []
    everywhere = _found(application, words, ALL)
    return everywhere if any(writes(clause, words) for clause in everywhere) else []


def _found(application: Application, words: str, slug: str) -> list[Clause]:
    """Return what a search finds in one document, or in all."""
    only = SearchFilter(documents=(slug,) if slug else ())
    hits = application.index.search(words, MOST_FOUND, only)
    return [application.corpus.clause(hit.clause_id) for hit in hits]
