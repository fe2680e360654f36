"""`/v1/chat/completions` and `/v1/models`: for every program that speaks to OpenAI."""

from ui.api.openai.routes import openai_routes

__all__ = ["openai_routes"]
