"""`GET` and `DELETE /api/v1/conversations/{id}`: what is kept of a conversation, and having it deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from ui.api.json_response import Json
from ui.api.schemas.corpus import ConversationOut
from ui.api.schemas.refusals import GUARDED, NOT_FOUND, UNAVAILABLE, refusals
from ui.application import Application
from ui.conversation_json import conversation_json
from ui.questions import checked_conversation_id

ConversationId = Annotated[str, Path(description="对话编号，随回答返回", examples=["客户甲-2026"])]
_ALWAYS = (*GUARDED, NOT_FOUND, 422, 500, UNAVAILABLE)


class UnknownConversationError(LookupError):
    """Raised for a conversation that is not kept (any more); the message is Chinese."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__(f"没有编号为“{conversation_id}”的对话，可能已过保存期或已删除。")


def conversation_routes(application: Application) -> APIRouter:
    """Return the routes on kept conversations. To know a conversation's id is to be allowed to see it."""
    routes = APIRouter(prefix="/api/v1", tags=["对话"], default_response_class=Json)

    @routes.get(
        "/conversations/{conversation_id:path}",
        summary="一次对话：原话、回答和读出的事实",
        description="知道编号的人都能看，所以请用猜不到的编号。",
        responses={200: {"model": ConversationOut, "description": "对话"}, **refusals(*_ALWAYS)},
    )
    def conversation(conversation_id: ConversationId) -> Json:
        kept = application.conversations
        found = kept.conversation(checked_conversation_id(conversation_id))
        if found is None:
            raise UnknownConversationError(conversation_id)
        return Json(conversation_json(found, kept.turns(found.id), application.corpus))

    @routes.delete(
        "/conversations/{conversation_id:path}",
        summary="删除一次对话及其全部内容",
        description="删除后无法恢复。",
        status_code=204,
        responses={204: {"description": "已删除"}, **refusals(*_ALWAYS)},
    )
    def forget(conversation_id: ConversationId) -> Response:
        if not application.conversations.forget(checked_conversation_id(conversation_id)):
            raise UnknownConversationError(conversation_id)
        return Response(status_code=204)

    return routes
