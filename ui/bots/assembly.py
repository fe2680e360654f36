"""Putting the bots together, and starting and stopping their threads with the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from corpus.errors import UnknownIdError
from ui.application import Application
from ui.bots import official, wecom_app, wecom_bot
from ui.bots.answering import Answerer, Answering
from ui.bots.asking import asking, in_time
from ui.bots.channels import WECHAT, WECOM_APP, WECOM_BOT
from ui.bots.figures import BotFigures
from ui.bots.jobs import Jobs
from ui.bots.lanes import Lanes
from ui.bots.message_service import PATIENCE_S, MessageService
from ui.bots.outbox import Outbox
from ui.bots.platforms import AppMessages, CustomerService, LateReplies, Sender
from ui.bots.pushing import Pushing
from ui.bots.replies import Replies
from ui.bots.settings import BotSettings
from ui.bots.store import Store
from ui.bots.threads import Threads
from ui.bots.verdicts import Verdicts
from ui.bots.waiting import Waiting


def assembled_routes(
    application: Application, settings: BotSettings, answering: Answerer | None = None
) -> APIRouter:
    """Return the routes of the configured accounts, with what starts and stops beside them.

    Questions are answered by `answering`, by default on threads of this process.
    """
    store = Store(application.database.opened())
    jobs = Jobs(store, settings.limits)
    outbox = Outbox(store)
    posts_over_s = settings.bot_posts * (settings.bot_hold_s + PATIENCE_S)
    lanes = Lanes(jobs, Replies(store, posts_over_s, settings.bot_crowd))
    answering = answering or Answering(jobs, in_time(asking(application, settings, jobs), settings), settings)
    threads = Threads()
    waiting = Waiting(lanes.done, answering.is_ours)
    pushing = Pushing(outbox, _senders(settings), _late(settings), jobs.done_of)
    service = MessageService(jobs, outbox, lanes, answering, waiting, _clause_texts(application), threads)

    def told(key: str) -> None:
        waiting.told(key)
        pushing.wake()

    answering.told = told
    routes = APIRouter(lifespan=_running(service, answering, pushing))
    if settings.has_official:
        routes.include_router(official.official_routes(official.Official(settings, service, pushing)))
    if settings.has_wecom_app:
        routes.include_router(wecom_app.wecom_app_routes(wecom_app.WeComApp(settings, service, pushing)))
    if settings.has_wecom_bot:
        bot = wecom_bot.WeComBot(settings, service, Verdicts(jobs, lambda: application.feedback))
        routes.include_router(wecom_bot.wecom_bot_routes(bot))
    return routes


def assembled_figures(application: Application, settings: BotSettings) -> BotFigures:
    """Return what counts the questions of the configured accounts."""
    accounts = (
        (settings.has_official, WECHAT),
        (settings.has_wecom_app, WECOM_APP),
        (settings.has_wecom_bot, WECOM_BOT),
    )
    channels = [channel for is_there, channel in accounts if is_there]
    return BotFigures(Store(application.database.opened()), channels)


def _running(service: MessageService, answering: Answerer, pushing: Pushing) -> Callable[[Any], Any]:
    @asynccontextmanager
    async def running(_: object) -> AsyncIterator[None]:
        service.arrivals.start()
        answering.start()
        pushing.start()
        try:
            yield
        finally:
            service.arrivals.stop()
            answering.stop()
            pushing.stop()
            service.lanes.stop()
            service.threads.stop()

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
        senders[WECHAT] = CustomerService(settings)
    if settings.has_wecom_app:
        senders[WECOM_APP] = AppMessages(settings)
    return senders


def _late(settings: BotSettings) -> Sender | None:
    return LateReplies(settings) if settings.has_wecom_bot else None
