"""`POST /api/v1/ask`: a question and its answer.

The routes are plain functions: the server runs them on its worker threads, never on the event loop.
"""

from __future__ import annotations

import uuid

from fastapi import APIRouter

from assistant.answer_json import Json, answer_json
from assistant.conversation import Question
from ui.api.bodies import AskBody
from ui.application import Application


def asking_routes(application: Application) -> APIRouter:
    """Return the routes that answer."""
    routes = APIRouter(prefix="/api/v1", tags=["问答"])

    @routes.post("/ask", summary="回答一个问题，附依据、算式和条件")
    def ask(body: AskBody) -> Json:
        for slug in body.documents:
            application.corpus.document(slug)
        conversation = body.conversation_id or uuid.uuid4().hex
        question = Question(body.question, body.day, conversation, tuple(body.documents))
        return answer_json(application.assistant.ask(question))

    return routes
