"""Putting the bots together, and starting and stopping their threads with the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from corpus.errors import UnknownIdError
from ui.application import Application
from ui.bots import official, wecom_app, wecom_bot
from ui.bots.answering import Answering
from ui.bots.asking import asking
from ui.bots.desk import PATIENCE_S, Desk
from ui.bots.figures import BotFigures
from ui.bots.jobs import Jobs
from ui.bots.outbox import Outbox
from ui.bots.platforms import AppMessages, CustomerService, LateReplies, Sender
from ui.bots.pushing import Pushing
from ui.bots.records import Limits
from ui.bots.rendering import MESSAGE_BYTES, STREAM_BYTES
from ui.bots.settings import BotSettings
from ui.bots.store import Store
from ui.bots.threads import Threads
from ui.bots.verdicts import Verdicts
from ui.bots.waiting import Waiting


def assembled_routes(application: Application, settings: BotSettings) -> APIRouter:
    """Return the routes of the configured accounts, with what starts and stops beside them."""
    store = Store(application.database.opened())
    jobs = Jobs(store, _limits(settings))
    outbox = Outbox(store, posts_over_s=settings.bot_posts * (settings.bot_hold_s + PATIENCE_S))
    answering = Answering(jobs, asking(application, settings, jobs), settings, _limit_of)
    threads = Threads()
    waiting = Waiting(jobs.done_of, answering.is_ours, threads)
    pushing = Pushing(outbox, _senders(settings), _late(settings), jobs.done_of)
    desk = Desk(jobs, outbox, answering, waiting, _clause_texts(application), threads)

    def told(key: str) -> None:
        waiting.told(key)
        pushing.wake()

    answering.told = told
    routes = APIRouter(lifespan=_running(answering, pushing, threads))
    if settings.has_official:
        routes.include_router(official.official_routes(official.Official(settings, desk, pushing)))
    if settings.has_wecom_app:
        routes.include_router(wecom_app.wecom_app_routes(wecom_app.WeComApp(settings, desk, pushing)))
    if settings.has_wecom_bot:
        bot = wecom_bot.WeComBot(settings, desk, Verdicts(jobs, lambda: application.feedback))
        routes.include_router(wecom_bot.wecom_bot_routes(bot))
    return routes


def assembled_figures(application: Application, settings: BotSettings) -> BotFigures:
    """Return what counts the questions of the configured accounts."""
    accounts = (
        (settings.has_official, official.CHANNEL),
        (settings.has_wecom_app, wecom_app.CHANNEL),
        (settings.has_wecom_bot, wecom_bot.CHANNEL),
    )
    channels = [channel for is_there, channel in accounts if is_there]
    return BotFigures(Store(application.database.opened()), channels)


def _running(answering: Answering, pushing: Pushing, threads: Threads) -> Callable[[Any], Any]:
    @asynccontextmanager
    async def running(_: object) -> AsyncIterator[None]:
        answering.start()
        pushing.start()
        try:
            yield
        finally:
            answering.stop()
            pushing.stop()
            threads.stop()

    return running


def _clause_texts(application: Application) -> Callable[[str], str | None]:
    def text_of(clause_id: str) -> str | None:
        try:
            return application.corpus.clause(clause_id).text
        except UnknownIdError:
            return None

    return text_of


def _senders(settings: BotSettings) -> dict[str, Sender]:
    senders: dict[str, Sender] = {}
    if settings.has_official and settings.wechat_verified:
        senders[official.CHANNEL] = CustomerService(settings)
    if settings.has_wecom_app:
        senders[wecom_app.CHANNEL] = AppMessages(settings)
    return senders


def _limits(settings: BotSettings) -> Limits:
    return Limits(
        settings.bot_most_waiting,
        settings.bot_most_waiting_each,
        settings.bot_most_a_minute,
        in_turn_s=settings.bot_hold_s,
    )


def _late(settings: BotSettings) -> Sender | None:
    return LateReplies(settings) if settings.has_wecom_bot else None


def _limit_of(channel: str) -> int:
    return STREAM_BYTES if channel == wecom_bot.CHANNEL else MESSAGE_BYTES
