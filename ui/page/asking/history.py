"""The conversations of one browser: listed, opened again, renamed, deleted.

Only the words and the reading of a turn are kept, not the answer with all its sources. An answer is opened
again by working it out once more, as of its own day: it is the same unless the corpus has changed, and then
the page says so.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from assistant.adapters.errors import AdapterError
from assistant.conversation import Question, Turn
from assistant.ports import NotKeptError
from corpus.errors import CorpusError
from ui.application import Application
from ui.dates import today
from ui.page.asking.conversation import Conversation

LOG = logging.getLogger(__name__)
MOST_LISTED = 50
MOST_TURNS = 30
CHANGED = "按现在的政策库和当时的测算日重新得出，与当时的说法可能不同。"
_BROKEN = (AdapterError, CorpusError, NotKeptError)


def listed(application: Application, owner: str | None) -> list[tuple[str, str]]:
    """Return what a browser's conversations are called, with their ids; the latest first."""
    if not owner:
        return []
    try:
        kept = application.conversations.conversations(owner, MOST_LISTED)
    except _BROKEN as error:
        LOG.error("the conversations could not be listed: %s", error)
        return []
    return [(f"{one.title}（{one.touched_at.astimezone():%m-%d %H:%M}）", one.id) for one in kept]


def opened(application: Application, conversation_id: str, owner: str | None) -> Conversation:
    """Return a conversation with its answers; empty where it is not this browser's or no longer kept."""
    try:
        if application.conversations.conversation(conversation_id, owner) is None:
            return Conversation()
        turns = application.conversations.turns(conversation_id)
        conversation = _worked_out(application, Conversation(conversation_id), turns)
        return _judged(application, conversation)
    except _BROKEN as error:
        LOG.error("a conversation could not be opened: %s", error)
        return Conversation()


def renamed(application: Application, conversation_id: str, title: str, owner: str | None) -> bool:
    """Give a conversation another title; tell whether it was done."""
    try:
        return bool(title.strip()) and application.conversations.rename(conversation_id, title, owner)
    except _BROKEN as error:
        LOG.error("a conversation could not be renamed: %s", error)
        return False


def forgotten(application: Application, conversation_id: str, owner: str | None) -> bool:
    """Delete a conversation; tell whether it is gone."""
    try:
        application.conversations.forget(conversation_id, owner)
    except _BROKEN as error:
        LOG.error("a conversation could not be deleted: %s", error)
        return False
    return True


def _worked_out(
    application: Application, conversation: Conversation, turns: tuple[Turn, ...]
) -> Conversation:
    first = max(len(turns) - MOST_TURNS, 0)
    for at in range(first, len(turns)):
        turn = turns[at]
        before = tuple(one for one in turns[:at] if one.is_answer or one.facts)
        question = Question(turn.question, turn.as_of or today(), history=before)
        answer = replace(application.hermetic.ask(question), conversation_id=conversation.id)
        note = "" if answer.text == turn.answer_text else CHANGED
        conversation = conversation.asked(turn.question).answered(answer, note)
    return conversation


def _judged(application: Application, conversation: Conversation) -> Conversation:
    for one in application.feedback.given(conversation.id):
        conversation = conversation.judged(one.turn, one.is_good, bool(one.reason))
    return conversation
