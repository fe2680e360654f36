"""The HTTP face: questions, corpus and calculator over FastAPI; errors as problem+json in Chinese.

Nothing is loaded before it is needed: the process that watches over the server reads the settings alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

    from ui.api.app import PolicyApi
    from ui.api.settings import ApiSettings
    from ui.application import Application


def create_app(
    application: Application,
    bots: APIRouter | None = None,
    settings: ApiSettings | None = None,
    check_store: Callable[[], None] | None = None,
    check_loaded: Callable[[], None] | None = None,
) -> PolicyApi:
    """Return the HTTP application on top of a loaded program.

    Raises:
        SettingsError: what counts requests cannot be used here.
    """
    from ui.api.app import created_app

    return created_app(application, bots, settings, check_store, check_loaded)
