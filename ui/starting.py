"""What begins with a server, beside the opening of its port: loading, and the bots' process that answers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ui.api.settings import ApiSettings
from ui.application import Application
from ui.warm_up import WarmUp

if TYPE_CHECKING:
    from ui.bots.answering_process import AnsweringProcess


@dataclass(frozen=True, slots=True)
class Start:
    """What was begun. `answering` is None where there are no bots, or they are answered by this process."""

    warm_up: WarmUp
    answering: AnsweringProcess | None


def begin(application: Application, settings: ApiSettings) -> Start:
    """Begin to load what answers need, and start the process that answers where there are bots.

    Raises:
        CorpusError: the corpus is damaged: that is said before anything is opened.
        SettingsError: an account of the bots is configured by half.
    """
    from ui.bots.settings import read_bot_settings

    bot_settings = read_bot_settings()
    _ = application.corpus
    answering = None
    if bot_settings.has_any and bot_settings.bot_answer_process:
        from ui.bots.answering_process import AnsweringProcess

        logs = partial(set_up_logs, settings)
        digest = partial(_digest_of, application)
        answering = AnsweringProcess(bot_settings, digest, logs, settings.freeze_s)
        answering.start()
    others = () if answering is None else (lambda: answering.is_ready,)
    warm_up = WarmUp(application.warm_up, *others)
    warm_up.start()
    return Start(warm_up, answering)


def _digest_of(application: Application) -> str:
    return application.corpus.digest


def set_up_logs(settings: ApiSettings) -> None:
    """Write logs as the settings say."""
    if settings.log == "json":
        from ui.api.watch.logs import install_json_logs

        install_json_logs()
        return
    root = logging.getLogger()
    root.setLevel(min(root.level, logging.WARNING))
