"""The blind rewordings are whole: slots and tokens are those the model was shown, right ones use all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import evals.guard

BLIND = Path(evals.guard.__file__).with_name("blind")
SLOT = re.compile(r"\{\{([A-Z]\d+)\}\}")
TOKEN = re.compile(r"〔c\d+〕")


def lines_of(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (BLIND / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["right", "wrong"])
def test_a_reply_is_written_with_the_slots_and_tokens_it_was_shown(name: str) -> None:
    for line in lines_of(name):
        reply, shown, slots = str(line["reply"]), str(line["shown"]), line["slots"]
        assert isinstance(slots, dict)
        assert set(SLOT.findall(reply)) <= set(slots), line["id"]
        assert set(TOKEN.findall(reply)) <= set(TOKEN.findall(shown)), line["id"]
        filled = SLOT.sub(lambda found, values=slots: str(values[found[1]]), reply)
        assert filled == line["filled"], line["id"]


def test_a_right_reply_uses_every_source() -> None:
    for line in lines_of("right"):
        assert set(TOKEN.findall(str(line["reply"]))) == set(TOKEN.findall(str(line["shown"]))), line["id"]


def test_a_wrong_reply_says_where_it_errs_and_stands_among_no_right_ones() -> None:
    right = {line["reply"] for line in lines_of("right")}
    for line in lines_of("wrong"):
        assert line["kind"], line["id"]
        assert line["why"], line["id"]
        assert line["reply"] not in right, line["id"]


def test_there_are_enough_of_both() -> None:
    assert len(lines_of("right")) >= 120
    assert len(lines_of("wrong")) >= 120
