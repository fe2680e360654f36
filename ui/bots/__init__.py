"""Bots for 公众号 and 企业微信: nothing a user asks is lost, computed twice, or answered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter
    from prometheus_client.registry import Collector

    from ui.application import Application
    from ui.bots.answering import Answerer
    from ui.bots.settings import BotSettings


def bot_routes(
    application: Application, settings: BotSettings, answering: Answerer | None = None
) -> APIRouter | None:
    """Return the routes of the configured accounts; None where there is no account.

    Questions are answered by `answering`, by default on threads of this process.

    Raises:
        SettingsError: an account is configured by half.
    """
    from ui.bots.settings import check_bot_settings

    check_bot_settings(settings)
    if not settings.has_any:
        return None
    from ui.bots.assembly import assembled_routes

    return assembled_routes(application, settings, answering)


def bot_figures(application: Application, settings: BotSettings) -> Collector:
    """Return what counts the questions of the configured accounts."""
    from ui.bots.assembly import assembled_figures

    return assembled_figures(application, settings)
