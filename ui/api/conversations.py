"""`GET` and `DELETE /api/v1/conversations/{id}`: what is kept of a conversation, and having it deleted."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from assistant.ports import NotKeptError
from ui.api.bodies import EXAMPLE_ID
from ui.api.gate.keys import owner_of
from ui.api.json_response import Json
from ui.api.schemas.corpus import ConversationOut
from ui.api.schemas.refusals import GUARDED, NOT_FOUND, UNAVAILABLE, refusals
from ui.application import Application
from ui.conversation_json import conversation_json
from ui.questions import checked_conversation_id

LOG = logging.getLogger(__name__)
ConversationId = Annotated[str, Path(description="对话编号，随回答返回", examples=[EXAMPLE_ID])]
_ALWAYS = (*GUARDED, NOT_FOUND, 422, 500, UNAVAILABLE)


class UnknownConversationError(LookupError):
    """Raised for a conversation that is not kept (any more), or is another's; the message is Chinese."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"没有编号为“{conversation_id}”的对话，可能已过保存期或已删除。")


def check_is_own(application: Application, conversation_id: str, owner: str | None) -> None:
    """Refuse to go on with a conversation that another key began.

    Where the database fails this cannot be known, and need not be: nothing of it can be read then, and what
    the process remembers it tells to its owner alone.

    Raises:
        UnknownConversationError: it belongs to another key.
    """
    try:
        is_of_another = owner is not None and application.conversations.is_of_another(conversation_id, owner)
    except NotKeptError as error:
        LOG.error("whose conversation this is cannot be read: %s", error)
        return
    if is_of_another:
        raise UnknownConversationError(conversation_id)


def conversation_routes(application: Application) -> APIRouter:
    """Return the routes on kept conversations: a key sees its own; without keys, an id opens its own."""
    routes = APIRouter(prefix="/api/v1", tags=["对话"], default_response_class=Json)

    @routes.get(
        "/conversations/{conversation_id:path}",
        summary="一次对话：原话、回答和读出的事实",
        description="设了密钥时，只有开始这次对话的密钥能看；没有设密钥时，知道编号的人都能看，请用猜不到的编号。",
        responses={200: {"model": ConversationOut, "description": "对话"}, **refusals(*_ALWAYS)},
    )
    def conversation(conversation_id: ConversationId, request: Request) -> Json:
        kept, owner = application.conversations, owner_of(request)
        found = kept.conversation(checked_conversation_id(conversation_id), owner)
        if found is None:
            raise UnknownConversationError(conversation_id)
        return Json(conversation_json(found, kept.turns(found.id, owner), application.corpus))

    @routes.delete(
        "/conversations/{conversation_id:path}",
        summary="删除一次对话及其全部内容",
        description="删除后无法恢复；设了密钥时，只有开始这次对话的密钥能删。",
        status_code=204,
        responses={204: {"description": "已删除"}, **refusals(*_ALWAYS)},
    )
    def forget(conversation_id: ConversationId, request: Request) -> Response:
        known = checked_conversation_id(conversation_id)
        if not application.conversations.forget(known, owner_of(request)):
            raise UnknownConversationError(conversation_id)
        return Response(status_code=204)

    return routes
