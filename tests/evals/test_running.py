"""Running: nothing leaves the denominator, a killed run goes on, another run is not mixed in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from evals.cases import Case
from evals.comparing import compare, load_gates
from evals.running import BrokenRunError, Plan, attempts_of, run
from evals.session import _make_sure_somebody_answered
from evals.suite_files import Gold, Item
from evals.summary import summary_of
from evals.transcripts import FILE, OtherRunError, Transcripts
from tests.evals.stand_ins import REFUSAL, Scripted
from tests.patience import soon

WRONG = {"outcome": "answered", "text": "给30万元。"}


def item(name, **fields):
    case = Case.model_validate(
        {
            "id": name,
            "suite": "s",
            "type": "unanswerable",
            "turns": [{"content": f"{name}？"}],
            "expect": {"status": "not_covered"},
            **fields,
        }
    )
    return Item(case, (Gold(()),), (), f"s.jsonl {name}", f"digest of {name}")


def ran(items, respondent, folder, corpus, plan=None, header=None):
    plan = plan or Plan()
    transcripts = Transcripts(folder, header or {"target": "scripted"})
    return run(attempts_of(items, plan), respondent, transcripts, corpus, plan)


def test_a_crash_stays_in_the_denominator_and_is_counted_apart(tmp_path, corpus):
    judged = ran([item("a"), item("b"), item("c")], Scripted({"a": REFUSAL, "b": WRONG}), tmp_path, corpus)
    summary = summary_of(judged, {})
    assert summary["metrics"]["passed"]["n"] == 3
    assert summary["metrics"]["passed"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert summary["counts"]["errors"] == 1
    assert summary["faults"] == {"出错": 1, "应拒未拒": 1}


def test_when_nothing_answers_at_all_there_is_no_result(tmp_path, corpus):
    judged = ran([item("a"), item("b")], Scripted({}), tmp_path, corpus)
    with pytest.raises(BrokenRunError, match="没有得到任何回答：坏了"):
        _make_sure_somebody_answered(judged)


def test_what_is_written_down_is_not_asked_again(tmp_path, corpus):
    first = Scripted({"a": REFUSAL, "b": WRONG})
    before = ran([item("a"), item("b")], first, tmp_path, corpus)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"key": "c#1", "torn')
    second = Scripted({"c": REFUSAL})
    after = ran([item("a"), item("b"), item("c")], second, tmp_path, corpus)
    assert second.asked == ["c"]
    assert [one.verdict for one in after[:2]] == [one.verdict for one in before]


def test_an_item_that_has_changed_is_asked_again(tmp_path, corpus):
    ran([item("a")], Scripted({"a": REFUSAL}), tmp_path, corpus)
    respondent = Scripted({"a": REFUSAL})
    ran([Item(item("a").case, (Gold(()),), (), "s", "another digest")], respondent, tmp_path, corpus)
    assert respondent.asked == ["a"]


def test_the_folder_of_another_run_is_refused(tmp_path, corpus):
    ran([item("a")], Scripted({"a": REFUSAL}), tmp_path, corpus, header={"code": "1", "seed": 0})
    with pytest.raises(OtherRunError, match="code 不同"):
        Transcripts(tmp_path, {"code": "2", "seed": 0})


def test_repeats_that_disagree_are_unstable(tmp_path, corpus):
    class Moody(Scripted):
        def converse(self, one, change, seed):
            self.replies = {"a": WRONG if seed else REFUSAL, "b": REFUSAL}
            return super().converse(one, change, seed)

    judged = ran([item("a"), item("b")], Moody({}), tmp_path, corpus, Plan(repeats=2))
    summary = summary_of(judged, {})
    assert summary["counts"]["items"] == 2
    assert (summary["metrics"]["stability"]["n"], summary["metrics"]["stability"]["value"]) == (2, 0.5)


def test_an_item_with_noise_is_also_asked_without_it(tmp_path, corpus):
    noisy = item("a", corpus={"noise": ["noise-yunhu-ai"]})

    class Misled(Scripted):
        def converse(self, one, change, seed):
            self.replies = {"a": REFUSAL if change.is_none else WRONG}
            return super().converse(one, change, seed)

    summary = summary_of(ran([noisy], Misled({}), tmp_path, corpus), {})
    assert summary["metrics"]["noise"]["value"] == 0
    assert summary["metrics"]["noise_drop"]["value"] == 1
    assert summary["counts"]["items"] == 1


def test_concurrency_and_order_do_not_change_the_result(tmp_path, corpus):
    items = [item(f"q{n}") for n in range(12)]
    replies = {one.id: REFUSAL if n % 3 else WRONG for n, one in enumerate(items)}
    one_by_one = ran(items, Scripted(replies), tmp_path / "1", corpus)
    at_once = ran(items, Scripted(replies, seconds=0.01), tmp_path / "2", corpus, Plan(concurrency=4, seed=7))
    verdicts = [{one.attempt.key: one.verdict for one in judged} for judged in (one_by_one, at_once)]
    assert verdicts[0] == verdicts[1]


KILLED = """
import sys
from pathlib import Path
from corpus.store import load_corpus
from evals.running import Plan, attempts_of, run
from evals.transcripts import Transcripts
from tests.evals.stand_ins import REFUSAL, Scripted
from tests.patience import soon
from tests.evals.test_running import item
items = [item(f"q{n}") for n in range(40)]
respondent = Scripted({one.id: REFUSAL for one in items}, int(sys.argv[2]))
transcripts = Transcripts(Path(sys.argv[1]), {"target": "scripted"})
judged = run(attempts_of(items, Plan()), respondent, transcripts, load_corpus(), Plan())
print(len(judged), len(respondent.asked))
"""


def test_a_run_killed_outright_goes_on_where_it_was(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([*command, "10"], env=environment)
    written = tmp_path / FILE
    assert soon(lambda: written.is_file() and written.read_text("utf-8").count("\n") == 1 + 10)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = 10
    out = subprocess.run([*command, "40"], env=environment, capture_output=True, text=True, check=True).stdout
    judged, asked = map(int, out.split())
    assert judged == 40
    assert asked == 40 - kept


def summary(tmp_path, corpus, name, replies):
    items = [item(f"q{n}") for n in range(4)]
    return summary_of(ran(items, Scripted(replies), tmp_path / name, corpus), {})


def test_items_are_fixed_broken_or_the_same_and_a_drop_fails_the_gate(tmp_path, corpus):
    base = summary(tmp_path, corpus, "base", {"q0": REFUSAL, "q1": REFUSAL, "q2": WRONG, "q3": REFUSAL})
    new = summary(tmp_path, corpus, "new", {"q0": WRONG, "q1": WRONG, "q2": REFUSAL, "q3": WRONG})
    found = compare(base, new, load_gates())
    assert (found.fixed, found.broken, found.same) == (("q2",), ("q0", "q1", "q3"), 0)
    held = {gate.metric: gate.passed for gate in found.gates}
    assert not held["passed"]
    assert not held["wrong_number"], "an invented sum fails the absolute gate"
    assert not held["false_answer"], "lower is better: more false answers fail"
    assert found.chance == 0.625  # three of four changes for the worse: 2 x 5/16


def test_one_item_less_is_within_the_band_but_told(tmp_path, corpus):
    base = summary(tmp_path, corpus, "base", dict.fromkeys(["q0", "q1", "q2", "q3"], REFUSAL))
    answered = {"outcome": "answered", "text": "可以。"}
    new = summary(tmp_path, corpus, "new", {**dict.fromkeys(["q0", "q1", "q2"], REFUSAL), "q3": answered})
    found = compare(base, new, load_gates())
    assert found.broken == ("q3",)
    assert found.passed


def test_a_run_compared_with_itself_passes_every_band(tmp_path, corpus):
    base = summary(tmp_path, corpus, "base", dict.fromkeys(["q0", "q1", "q2", "q3"], REFUSAL))
    assert compare(base, json.loads(json.dumps(base)), load_gates()).passed


def test_items_in_other_words_are_not_compared(tmp_path, corpus):
    base = summary(tmp_path, corpus, "base", {"q0": REFUSAL})
    new = json.loads(json.dumps(base))
    new["items"]["q0"]["digest"] = "reworded"
    new["items"]["q0"]["passed"] = False
    found = compare(base, new, load_gates())
    assert (found.broken, found.only_new, found.only_base) == ((), ("q0",), ("q0",))
