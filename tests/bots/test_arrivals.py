"""When a post arrived, on a clock that the test moves."""

import pytest

from ui.bots.arrivals import Arrivals


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def arrivals(clock):
    some = Arrivals(clock)
    some.start()
    yield some
    some.stop()


async def test_on_an_idle_loop_a_post_arrives_when_it_is_handled(arrivals, clock):
    clock.now += 0.01
    assert arrivals.now() == clock.now


async def test_a_post_handled_by_a_loop_that_was_busy_arrived_before(arrivals, clock):
    clock.now += 2.05  # the timer was due after 0.05
    assert arrivals.now() == pytest.approx(1000.05)


async def test_a_post_that_came_while_the_loop_was_busy_counts_from_then(arrivals, clock):
    clock.now += 0.85
    arrivals.tick()  # 0.8 seconds late
    assert arrivals.now() == pytest.approx(1000.05)
    clock.now += 0.05
    arrivals.tick()  # in time again
    assert arrivals.now() == clock.now


async def test_a_hold_counts_from_the_arrival_whatever_was_done_since(arrivals, clock):
    arrived = arrivals.now()
    clock.now += 3.0  # it took three seconds to put the message on record
    assert arrivals.left_of(arrived, 4.5) == pytest.approx(1.5)
    clock.now += 3.0
    assert arrivals.left_of(arrived, 4.5) == 0.0
