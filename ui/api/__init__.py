"""The HTTP face: questions, corpus and calculator over FastAPI; errors as problem+json in Chinese."""

from ui.api.app import create_app

__all__ = ["create_app"]
