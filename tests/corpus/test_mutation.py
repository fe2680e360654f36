"""A digit, unit, bound word or comparison changed anywhere is noticed: a sample (`make mutate` runs all)."""

from __future__ import annotations

import pytest

from corpus.proof.mutants import changes, data_mutants
from corpus.proof.mutation import Verdict, report, verdicts


def test_a_sample_of_wrong_changes_is_noticed() -> None:
    sample = tuple(verdicts(every=37))
    assert len(sample) > 50
    assert [str(one) for one in sample if not one.killed_by] == []
    assert {one.killed_by for one in sample} == {"load", "check"}


@pytest.mark.parametrize(
    ("text", "mutant"),
    [
        ("给予50万元", "给予60万元"),
        ("给予50万元", "给予51万元"),
        ("给予50万元", "给予50亿元"),
        ("按30%", "按30‰"),
        ("评估认证为二级及以上", "评估认证为四级及以上"),
        ("评估认证为二级及以上", "评估认证为二级以上"),
        ("实现至少25当量吨", "实现至少25吨标煤"),
        ("给予一次性奖励", "给予奖励"),
    ],
)
def test_a_text_is_changed_in_every_way_that_matters(text: str, mutant: str) -> None:
    assert mutant in {change.apply(text) for change in changes(text)}


def test_data_is_changed_but_not_our_own_words() -> None:
    raw = {
        "measures": [
            {"id": "d/1/x", "name": "五十万元", "caps": [{"yuan": 50, "quote": "50元", "per": "event"}]}
        ]
    }

    mutants = [(one.place, one.after) for one in data_mutants(raw)]

    cap = "measures → d/1/x → caps → 0"
    assert (f"{cap} → yuan", "60") in mutants
    assert (f"{cap} → quote", "50万元") in mutants
    assert (f"{cap} → per", "project") in mutants
    assert ("measures → d/1/x → id", "d/2/x") in mutants
    assert not any(place.endswith("name") for place, _ in mutants)


def test_the_report_names_survivors_and_fails() -> None:
    killed = Verdict("d", "1", "digit", "5", "6", "load")
    survivor = Verdict("d", "2", "unit", "元", "万元", "")

    text, all_killed = report([killed, survivor])

    assert not all_killed
    assert "survived: d 2 [unit] 元 => 万元" in text
    assert text.endswith("kill rate 50.0 % (1 of 2)")
    assert report([killed])[1]
    assert not report([])[1]
