"""Work done for many at once: one call for all who ask meanwhile, and nobody fails for another."""

import asyncio
import threading

import pytest

from assistant.adapters.errors import DatabaseUnavailableError
from tests.patience import PATIENCE_S
from ui.bots.batches import Batches


class Work:
    """Doubles numbers; keeps what it was called with, and is held up at its first call until let go."""

    def __init__(self, error=None):
        self.calls = []
        self.go = threading.Event()
        self.error = error

    def __call__(self, numbers):
        self.calls.append(list(numbers))
        if len(self.calls) == 1:
            assert self.go.wait(PATIENCE_S)
        if 13 in numbers and self.error:
            raise self.error
        return [2 * number for number in numbers]


async def asked_at_once(work, numbers, is_wanted=lambda: True, **settings):
    """Ask for a first number, then for the others while the first is under way."""
    lane = Batches(work, "test", **settings)
    first = asyncio.ensure_future(lane.run(0))
    while not work.calls:
        await asyncio.sleep(0.001)
    others = [asyncio.ensure_future(lane.run(number, is_wanted)) for number in numbers]
    await asyncio.sleep(0)
    work.go.set()
    results = await asyncio.gather(first, *others, return_exceptions=True)
    lane.stop()
    return results[1:]


async def test_whatever_is_asked_for_meanwhile_is_done_in_one_call():
    work = Work()
    assert await asked_at_once(work, range(1, 301)) == [2 * number for number in range(1, 301)]
    assert work.calls == [[0], list(range(1, 301))]


async def test_a_batch_has_an_end():
    work = Work()
    await asked_at_once(work, range(1, 6), most=2)
    assert work.calls == [[0], [1, 2], [3, 4], [5]]


async def test_what_is_no_longer_wanted_is_not_done():
    work = Work()
    assert await asked_at_once(work, [1, 2], is_wanted=lambda: False) == [None, None]
    assert work.calls == [[0]]


async def test_one_that_cannot_be_done_fails_alone():
    first, bad, last = await asked_at_once(Work(ValueError("bad")), [12, 13, 14])
    assert (first, last) == (24, 28)
    assert isinstance(bad, ValueError)


async def test_without_the_database_everyone_fails_at_once_and_it_is_not_asked_for_each():
    work = Work(DatabaseUnavailableError("gone"))
    results = await asked_at_once(work, [12, 13, 14])
    assert all(isinstance(one, DatabaseUnavailableError) for one in results)
    assert work.calls == [[0], [12, 13, 14]]


async def test_who_stops_waiting_holds_up_nobody():
    work, lane = Work(), None
    lane = Batches(work, "test")
    first = asyncio.ensure_future(lane.run(0))
    while not work.calls:
        await asyncio.sleep(0.001)
    impatient, patient = asyncio.ensure_future(lane.run(1)), asyncio.ensure_future(lane.run(2))
    await asyncio.sleep(0)
    impatient.cancel()
    work.go.set()
    assert await patient == 4
    assert await first == 0
    with pytest.raises(asyncio.CancelledError):
        await impatient
    lane.stop()
