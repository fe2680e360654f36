"""How the bots' questions stand, counted in the database when the figures are read: no user, no word."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import case, func, select

from assistant.adapters.errors import DatabaseUnavailableError
from ui.bots.commands import Kind
from ui.bots.records import Way
from ui.bots.store import Store
from ui.bots.tables import messages, parts

LOG = logging.getLogger(__name__)
NAME = "policy_bot_questions"
STATES = ("waiting", "running", "ready", "delivered", "late", "lost")
_SAYS = (
    "机器人收到且还留存的问题，按状态：排队、在算、算好待取、当次送到、随后送到、丢失（应恒为 0）；"
    "各进程从同一个数据库数出，不要相加"
)


class BotFigures(Collector):
    """The figures of some channels; whichever worker is asked, they are those of all."""

    def __init__(self, store: Store, channels: Sequence[str]) -> None:
        self._store = store
        self._channels = channels

    def describe(self) -> Iterable[Metric]:
        """Return nothing: what there is is known without asking the database."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; none while the database fails."""
        try:
            counts = self.counts()
        except DatabaseUnavailableError as error:
            LOG.error("the bots' figures cannot be counted: %s", error)
            return
        family = GaugeMetricFamily(NAME, _SAYS, labels=("channel", "state"))
        for channel in sorted({*self._channels, *(channel for channel, _ in counts)}):
            for state in STATES:
                family.add_metric((channel, state), counts.get((channel, state), 0))
        yield family

    def counts(self) -> dict[tuple[str, str], int]:
        """Count the questions on record by channel and state; `lost` is one that is done without an answer.

        Raises:
            DatabaseUnavailableError: the database fails.
        """
        with_another = parts.c.claimed_by.is_not(None) & (parts.c.claimed_by != messages.c.key)
        is_late = (messages.c.way == Way.LATE) | (messages.c.way == Way.PASSIVE) & with_another
        state = case(
            (messages.c.state != "done", messages.c.state),
            (parts.c.message.is_(None), "lost"),
            (parts.c.delivered_at.is_(None), "ready"),
            (is_late, "late"),
            else_="delivered",
        )
        first_part = (parts.c.message == messages.c.key) & (parts.c.n == 0)
        each = (
            select(messages.c.channel, state.label("stands"))
            .outerjoin(parts, first_part)
            .where(messages.c.kind == Kind.QUESTION)
            .subquery()
        )
        counted = select(each.c.channel, each.c.stands, func.count()).group_by(each.c.channel, each.c.stands)
        with self._store.reading() as connection:
            return {(channel, stands): n for channel, stands, n in connection.execute(counted)}
