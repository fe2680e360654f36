"""Slots for computing: few at once, in their order, and room for others while one waits."""

import threading

from tests.patience import PATIENCE_S, soon
from ui.bots.compute_slots import ComputeSlots


def begun(work):
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_no_more_compute_at_once_than_there_are_slots():
    slots, inside, most, lock = ComputeSlots(2), [], [], threading.Lock()

    def work():
        with slots.slot():
            with lock:
                inside.append(1)
                most.append(len(inside))
            threading.Event().wait(0.01)
            with lock:
                inside.pop()

    threads = [begun(work) for _ in range(12)]
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(most) == 12
    assert max(most) <= 2


def test_who_waits_for_something_makes_room_and_then_comes_before_who_has_yet_to_begin():
    slots, order = ComputeSlots(1), []
    reply, is_away, may_end = threading.Event(), threading.Event(), threading.Event()

    def waits_for_a_model():
        with slots.slot():
            order.append("asks")
            with slots.away():
                is_away.set()
                assert reply.wait(PATIENCE_S)
            order.append("goes on")

    def holds():
        with slots.slot():
            order.append("computes meanwhile")
            assert may_end.wait(PATIENCE_S)

    def begins():
        with slots.slot():
            order.append("begins")

    first = begun(waits_for_a_model)
    assert is_away.wait(PATIENCE_S)
    second = begun(holds)
    assert soon(lambda: "computes meanwhile" in order)
    third = begun(begins)
    assert soon(lambda: len(slots._waiting) == 1)
    reply.set()
    assert soon(lambda: len(slots._waiting) == 2)
    may_end.set()
    for thread in (first, second, third):
        thread.join(PATIENCE_S)
    assert order == ["asks", "computes meanwhile", "goes on", "begins"]


def test_waiting_without_a_slot_changes_nothing():
    slots = ComputeSlots(1)
    with slots.away(), slots.slot():
        pass
    with slots.slot():
        pass


def test_a_slot_is_free_again_after_a_failure():
    slots = ComputeSlots(1)
    for _ in range(3):
        try:
            with slots.slot(), slots.away():
                raise ValueError
        except ValueError:
            continue
    with slots.slot():
        pass
