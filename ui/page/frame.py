"""The frame of the page: its head, its tabs, and how all of it is mounted beside the API."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI

from ui.application import Application
from ui.page.asking import tab as asking
from ui.page.events import AT_ONCE
from ui.page.html import element
from ui.page.library import tab as library
from ui.page.markup import markup
from ui.page.offers import tab as offers
from ui.page.scores import tab as scores
from ui.page.sums import tab as sums
from ui.page.theme import theme
from ui.time_limit import with_time_limit

if TYPE_CHECKING:
    from corpus.store import Corpus

TITLE = "惠企政策问答"
WAITING = 256
TABS: tuple[tuple[str, str, Callable[[Application], None]], ...] = (
    ("咨询", "asking", asking.build),
    ("算一算", "sums", sums.build),
    ("能享受什么", "offers", offers.build),
    ("政策库", "library", library.build),
    ("评测", "scores", scores.build),
)
STYLES = (
    "frame.css",
    "cards.css",
    "asking/asking.css",
    "sums/sums.css",
    "offers/offers.css",
    "library/library.css",
    "scores/scores.css",
)
OUTSIDE = "outside.css"
SCRIPTS = ("frame.js", "asking/asking.js", "library/library.js")


def mount_page(app: FastAPI, application: Application) -> FastAPI:
    """Mount the page at `/` of the API: no outside request, no public endpoint, nothing recorded."""
    timed = with_time_limit(application, application.settings.answer_s, AT_ONCE)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(timed),
        path="/",
        server_name="127.0.0.1",
        theme=theme(),
        css="\n".join(map(_file, STYLES)),
        head=f"<style>{_file(OUTSIDE)}</style>"
        + "".join(f"<script>{_file(name)}</script>" for name in SCRIPTS),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        allowed_paths=[],
        max_file_size="1kb",
    )
    return mounted


def build_page(application: Application) -> gr.Blocks:
    """Return the page on top of a loaded program: with all its tabs."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        header = markup(header_view(application.corpus), "pa-header")
        with gr.Tabs(elem_id="pa-tabs", overflow_behavior="wrap"):
            for label, name, build in TABS:
                with gr.Tab(label, id=name, elem_id=f"pa-tab-{name}"):
                    build(application)
        page.load(
            lambda: header_view(application.corpus),
            None,
            header,
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=AT_ONCE,
        )
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page


def header_view(corpus: Corpus) -> str:
    """Return the head of the page: its name and what it covers."""
    name = element("h1", TITLE)
    lead = element(
        "p", f"收录 {len(corpus.documents)} 份上海政策文件 · 每个回答都有条款依据 · 金额由程序按原文计算"
    )
    return element("header", name + lead, "pa-header")


def _file(name: str) -> str:
    return resources.files("ui.page").joinpath(name).read_text(encoding="utf-8")
