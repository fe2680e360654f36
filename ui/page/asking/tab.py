"""The tab in Gradio: a conversation, its sources beside it, earlier conversations above it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context

from ui.application import Application
from ui.dates import today
from ui.page.asking import history
from ui.page.asking.answer_view import answer_view, failure_view, pending_view, question_view
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation, Exchange
from ui.page.asking.sources_view import sources_view
from ui.page.asking.verdicts import judged
from ui.page.asking.welcome import NOTICE, welcome_view
from ui.page.events import LATEST, QUIETLY
from ui.page.events import question as marks_question
from ui.page.markup import markup

MOST_SHOWN = 40
STORAGE = "policy-assistant"  # the browser's own key; what lies there is only the browser's own token
Message = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """The components of the tab that events read and write."""

    browser: gr.BrowserState
    state: gr.State
    chat: gr.Chatbot
    sources: gr.Markdown
    question: gr.Textbox
    day: gr.Textbox
    send: gr.Button
    vote: gr.Textbox
    past: gr.Dropdown
    anew: gr.Button
    rename: gr.Button
    delete: gr.Button
    naming: gr.Row
    title: gr.Textbox
    named: gr.Button
    deleting: gr.Row
    surely: gr.Button
    rather_not: gr.Button

    @property
    def shown(self) -> list[Any]:
        """Return what every change of the conversation is shown in."""
        return [self.state, self.chat, self.sources]


def build(application: Application) -> None:
    """Lay out the components inside the tab that is open."""
    browser = gr.BrowserState({}, storage_key=STORAGE, secret=STORAGE)
    state = gr.State(None)
    with gr.Row(elem_id="pa-asking", equal_height=False):
        with gr.Column(scale=7, min_width=320, elem_id="pa-talk"):
            past = _past()
            chat = _chat()
            with gr.Row(elem_id="pa-ask-row", equal_height=True):
                question = _question_box()
                send = gr.Button("提问", variant="primary", elem_id="pa-send", scale=0, min_width=88)
            with gr.Row(elem_id="pa-tools"):
                day = _day_box()
                markup(NOTICE, "pa-notice")
            vote = gr.Textbox(label="评价", elem_id="pa-vote-box", max_length=2000)
        with gr.Column(scale=5, min_width=320, elem_id="pa-side"):
            sources = markup(sources_view(Conversation(), application.corpus, today()), "pa-sources")
    parts = Parts(
        browser=browser,
        state=state,
        chat=chat,
        sources=sources,
        question=question,
        day=day,
        send=send,
        vote=vote,
        **past,
    )
    coming = _connect_asking(application, parts)
    _connect_history(application, parts, coming)


def chat_messages(conversation: Conversation) -> list[Message]:
    """Return the conversation as chat messages; every word in them is escaped HTML."""
    messages: list[Message] = []
    first = max(len(conversation.exchanges) - MOST_SHOWN, 0)
    for turn, exchange in enumerate(conversation.exchanges[first:], start=first + 1):
        messages.append({"role": "user", "content": question_view(exchange.question)})
        messages.append({"role": "assistant", "content": _answer(exchange, turn)})
    return messages


def _answer(exchange: Exchange, turn: int) -> str:
    if exchange.answer is not None:
        return answer_view(exchange, turn)
    return failure_view(exchange.failure) if exchange.failure else pending_view(exchange)


def _connect_asking(application: Application, parts: Parts) -> Any:
    """Connect asking and judging; return the event of asking, which runs until its answer is there."""

    def show(conversation: Conversation) -> tuple[Any, ...]:
        return _shown(application, conversation)

    @marks_question
    def ask(
        text: str, day: str, conversation: Conversation | None, kept: dict[str, str] | None
    ) -> Iterator[tuple[Any, ...]]:
        kept = _known(kept)
        box: Any = ""  # emptied once; what is typed while the answer comes is the next question and stays
        for after in exchange_steps(application, text, day, conversation or Conversation(), kept["owner"]):
            is_done = bool(after.exchanges) and not after.exchanges[-1].is_pending
            choices = _choices(application, kept, after) if is_done else gr.skip()
            yield *show(after), gr.skip() if is_done else box, {**kept, "conversation": after.id}, choices
            box = gr.skip()

    def vote(written: str, conversation: Conversation | None) -> tuple[Any, ...]:
        after = judged(application, conversation or Conversation(), written)
        return after, chat_messages(after)

    coming = gr.on(
        [parts.send.click, parts.question.submit],
        ask,
        inputs=[parts.question, parts.day, parts.state, parts.browser],
        outputs=[*parts.shown, parts.question, parts.browser, parts.past],
        **LATEST,  # sent while an answer is still coming, a question waits for it instead of being dropped
    )
    parts.vote.change(
        vote, [parts.vote, parts.state], [parts.state, parts.chat], trigger_mode="multiple", **QUIETLY
    )
    return coming


def _connect_history(application: Application, parts: Parts, coming: Any) -> None:
    """Connect opening, beginning, renaming and deleting; whoever leaves a conversation leaves its answer."""
    outputs = [*parts.shown, parts.browser, parts.past, parts.naming, parts.deleting]

    def show(conversation: Conversation, kept: dict[str, str]) -> tuple[Any, ...]:
        kept = {**kept, "conversation": conversation.id}
        closed = gr.update(visible=False)
        choices = _choices(application, kept, conversation)
        return *_shown(application, conversation), kept, choices, closed, closed

    def open_(conversation_id: str | None, kept: dict[str, str] | None) -> tuple[Any, ...]:
        kept = _known(kept)
        return show(history.opened(application, conversation_id or "", kept["owner"]), kept)

    def begin(kept: dict[str, str] | None) -> tuple[Any, ...]:
        kept = _known(kept)
        return open_(kept.get("conversation"), kept)

    def start_anew(kept: dict[str, str] | None) -> tuple[Any, ...]:
        return show(Conversation(), _known(kept))

    def rename(title: str, conversation: Conversation | None, kept: dict[str, str] | None) -> tuple[Any, ...]:
        kept, conversation = _known(kept), conversation or Conversation()
        history.renamed(application, conversation.id, title, kept["owner"])
        return show(conversation, kept)

    def delete(conversation: Conversation | None, kept: dict[str, str] | None) -> tuple[Any, ...]:
        kept, conversation = _known(kept), conversation or Conversation()
        is_gone = history.forgotten(application, conversation.id, kept["owner"])
        return show(Conversation() if is_gone else conversation, kept)

    state, browser = parts.state, parts.browser
    get_blocks_context().root_block.load(begin, browser, outputs, **QUIETLY)
    leaving: dict[str, Any] = {**QUIETLY, "cancels": [coming]}
    parts.past.input(open_, [parts.past, browser], outputs, **leaving)
    parts.anew.click(start_anew, browser, outputs, **leaving)
    gr.on([parts.named.click, parts.title.submit], rename, [parts.title, state, browser], outputs, **QUIETLY)
    parts.surely.click(delete, [state, browser], outputs, **leaving)
    _connect_rows(parts)


def _connect_rows(parts: Parts) -> None:
    """Open and close the row that asks for a title and the one that asks whether to delete."""
    rows = [parts.naming, parts.deleting]
    opened, closed = gr.update(visible=True), gr.update(visible=False)
    parts.rename.click(lambda: (opened, closed), None, rows, **QUIETLY)
    parts.delete.click(lambda: (closed, opened), None, rows, **QUIETLY)
    parts.rather_not.click(lambda: (closed, closed), None, rows, **QUIETLY)


def _known(kept: dict[str, str] | None) -> dict[str, str]:
    """Return what the browser keeps, with a token of its own from the first visit on."""
    return kept if kept and kept.get("owner") else {**(kept or {}), "owner": uuid.uuid4().hex}


def _choices(application: Application, kept: dict[str, str], conversation: Conversation) -> Any:
    listed = history.listed(application, kept["owner"])
    is_kept = any(name == conversation.id for _, name in listed)
    return gr.update(choices=listed, value=conversation.id if is_kept else None)


def _shown(application: Application, conversation: Conversation) -> tuple[Any, ...]:
    sources = sources_view(conversation, application.corpus, today())
    return conversation, chat_messages(conversation), sources


def _past() -> dict[str, Any]:
    """Lay out the row of earlier conversations, and what opens under it."""
    with gr.Row(elem_id="pa-past"):
        past = gr.Dropdown(
            [], label="历史对话", show_label=False, container=False, elem_id="pa-past-list", interactive=True
        )
        anew = gr.Button("新对话", elem_id="pa-new", scale=0, min_width=80)
        rename = gr.Button("改名", elem_id="pa-rename", scale=0, min_width=64)
        delete = gr.Button("删除", elem_id="pa-delete", scale=0, min_width=64)
    with gr.Row(elem_id="pa-naming", visible=False) as naming:
        title = gr.Textbox(
            label="新名称", show_label=False, container=False, placeholder="给这次对话起个名字", max_length=60
        )
        named = gr.Button("保存", scale=0, min_width=64)
    with gr.Row(elem_id="pa-deleting", visible=False) as deleting:
        markup('<p class="pa-faint">删除后不能恢复。确定删除这次对话吗？</p>', "pa-deleting-words")
        surely = gr.Button("确定删除", variant="stop", scale=0, min_width=88)
        rather_not = gr.Button("取消", scale=0, min_width=64)
    return {
        "past": past,
        "anew": anew,
        "rename": rename,
        "delete": delete,
        "naming": naming,
        "title": title,
        "named": named,
        "deleting": deleting,
        "surely": surely,
        "rather_not": rather_not,
    }


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


def _day_box() -> gr.Textbox:
    return gr.Textbox(
        label="测算日", placeholder="默认今天", max_lines=1, elem_id="pa-day", scale=0, min_width=190
    )
