"""The room in Gradio: a conversation, its sources beside it, and what happens when someone asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr

from assistant.adapters.errors import AdapterError
from assistant.conversation import Question
from corpus.errors import CorpusError
from ui.application import Application
from ui.dates import DayError, parse_day, today
from ui.page.asking.answer_view import answer_view, failure_view, pending_view, question_view
from ui.page.asking.conversation import Conversation, Exchange
from ui.page.asking.sources_view import sources_view
from ui.page.asking.welcome import NOTICE, welcome_view
from ui.page.markup import markup
from ui.questions import QuestionError, checked_question

LOG = logging.getLogger(__name__)
AT_ONCE = 32
FAILURE = "这个问题暂时没能答出来：政策库或索引不可用。"

Message = dict[str, Any]


def build(application: Application) -> None:
    """Lay out the room inside the tab that is open."""
    state = gr.State(None)
    with gr.Row(elem_id="pa-desk", equal_height=False):
        with gr.Column(scale=7, min_width=320, elem_id="pa-talk"):
            chat = _chat()
            with gr.Row(elem_id="pa-ask-row", equal_height=True):
                question = _question_box()
                send = gr.Button("提问", variant="primary", elem_id="pa-send", scale=0, min_width=88)
            with gr.Row(elem_id="pa-tools"):
                day = gr.Textbox(
                    label="测算日",
                    placeholder="默认今天",
                    max_lines=1,
                    elem_id="pa-day",
                    scale=0,
                    min_width=190,
                )
                anew = gr.Button("新对话", elem_id="pa-new", scale=0, min_width=88)
                markup(NOTICE, "pa-notice")
        with gr.Column(scale=5, min_width=320, elem_id="pa-side"):
            sources = markup(sources_view(Conversation(), application.corpus, today()), "pa-sources")
    _connect(application, state, chat, sources, question, day, send, anew)


def chat_messages(conversation: Conversation) -> list[Message]:
    """Return the conversation as chat messages; every word in them is escaped HTML."""
    messages: list[Message] = []
    for turn, exchange in enumerate(conversation.exchanges, start=1):
        messages.append({"role": "user", "content": question_view(exchange.question)})
        messages.append({"role": "assistant", "content": _answer(exchange, turn)})
    return messages


def _answer(exchange: Exchange, turn: int) -> str:
    if exchange.answer is not None:
        return answer_view(exchange.answer, turn)
    return failure_view(exchange.failure) if exchange.failure else pending_view()


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label="对话",
        show_label=False,
        elem_id="pa-chat",
        height="auto",
        layout="bubble",
        buttons=[],
        feedback_options=None,
        placeholder=welcome_view(),
        latex_delimiters=[],
        group_consecutive_messages=False,
        allow_file_downloads=False,
        sanitize_html=True,
        autoscroll=False,
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="问题",
        show_label=False,
        placeholder="写下您的问题",
        lines=1,
        max_lines=6,
        max_length=2000,
        autofocus=True,
        elem_id="pa-question",
        scale=1,
        container=False,
    )


def _connect(
    application: Application,
    state: gr.State,
    chat: gr.Chatbot,
    sources: gr.Markdown,
    question: gr.Textbox,
    day: gr.Textbox,
    send: gr.Button,
    anew: gr.Button,
) -> None:
    def ask(text: str, day_text: str, conversation: Conversation | None) -> Iterator[tuple[Any, ...]]:
        for after in exchange_steps(application, text, day_text, conversation or Conversation()):
            box = gr.skip() if after.exchanges and after.exchanges[-1].is_pending is False else ""
            yield after, chat_messages(after), sources_view(after, application.corpus, today()), box

    def start_anew() -> tuple[Any, ...]:
        fresh = Conversation()
        return fresh, [], sources_view(fresh, application.corpus, today()), ""

    quietly: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    outputs = [state, chat, sources, question]
    gr.on(
        [send.click, question.submit],
        ask,
        inputs=[question, day, state],
        outputs=outputs,
        concurrency_limit=AT_ONCE,
        trigger_mode="once",
        **quietly,
    )
    anew.click(start_anew, outputs=outputs, concurrency_limit=AT_ONCE, **quietly)


def exchange_steps(
    application: Application, text: str, day_text: str, conversation: Conversation
) -> Iterator[Conversation]:
    """Give the conversation as it stands after asking: first with the question, then with its answer."""
    try:
        question, day = checked_question(text), _day(day_text)
    except QuestionError as error:
        if text.strip():
            yield conversation.asked(text[:80] + "…").failed(str(error))
        return
    except DayError as error:
        yield conversation.asked(text).failed(str(error))
        return
    asked = conversation.asked(question)
    yield asked
    try:
        yield asked.answered(application.assistant.ask(Question(question, day, conversation.id)))
    except (CorpusError, AdapterError) as error:
        LOG.error("the question could not be answered: %s", error)
        yield asked.failed(FAILURE)


def _day(text: str) -> date:
    return parse_day(text) if text and text.strip() else today()
