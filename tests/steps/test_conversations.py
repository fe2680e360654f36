"""Whole conversations: follow-ups, corrections, matters left and gone back to, facts that hold or do not."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from assistant.conversation import Answer
from tests.steps.conftest import TODAY, Ask

CONVERSATIONS = yaml.safe_load(Path(__file__).with_name("conversations.yaml").read_text(encoding="utf-8"))
KEYS = {"say", "gives", "asks", "says", "never", "day", "outcome"}


def sums(answer: Answer) -> dict[str, Decimal | None]:
    return {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates}


def wrong_with(answer: Answer, turn: dict) -> list[str]:
    """Say everything in which an answer is not what the turn expects."""
    faults = []
    if "gives" in turn and sums(answer) != turn["gives"]:
        faults.append(f"gives {sums(answer)}, not {turn['gives']}")
    asked = answer.missing[0].fact if answer.missing else None
    if "asks" in turn and asked != turn["asks"]:
        faults.append(f"asks {asked}, not {turn['asks']}")
    if answer.outcome.value != turn.get("outcome", answer.outcome.value):
        faults.append(f"is {answer.outcome.value}")
    if answer.as_of != turn.get("day", TODAY):
        faults.append(f"is as of {answer.as_of}")
    faults += [f"does not say {words}" for words in turn.get("says", ()) if words not in answer.text]
    faults += [f"says {words}" for words in turn.get("never", ()) if words in answer.text]
    return [f"「{turn['say']}」 {fault}: {answer.text}" for fault in faults]


@pytest.mark.parametrize("case", CONVERSATIONS, ids=[case["name"] for case in CONVERSATIONS])
def test_every_turn_is_read_in_the_light_of_those_before(ask: Ask, case: dict) -> None:
    faults: list[str] = []
    for turn in case["turns"]:
        assert set(turn) <= KEYS
        answer = ask(turn["say"], conversation="一")
        faults += wrong_with(answer, turn)
    assert not faults, "\n".join(faults)


def test_there_are_conversations_enough() -> None:
    assert len(CONVERSATIONS) >= 40
    assert all(isinstance(turn.get("day", TODAY), date) for case in CONVERSATIONS for turn in case["turns"])
