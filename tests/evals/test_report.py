"""The files of a run: whole, escaped, needing no network."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from evals.report.files import write_run
from evals.report.highlights import answer_pieces, clause_pieces
from evals.running import Library
from evals.summary import summary_of
from tests.evals.replies_by_hand import CLAUSE, QUOTE, changed, citation, replied, right_reply
from tests.evals.stand_ins import Scripted
from tests.evals.test_running import item, ran

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.fixture
def folder(tmp_path, corpus):
    reply = changed(right_reply(corpus), text=f"{ATTACK} 「{QUOTE}」〔1〕\x07")
    attacked = item("a", turns=[{"content": f"问{ATTACK}"}], suite=f"s{ATTACK}", tags=[ATTACK])
    judged = ran([attacked, item("b")], Scripted({"a": reply}), tmp_path / "t", corpus)
    write_run(tmp_path, judged, summary_of(judged, {"model": ATTACK}), Library(corpus))
    return tmp_path


def test_nothing_a_reply_or_an_item_says_becomes_markup(folder):
    page = (folder / "report.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r"<[^>]*\sonerror", re.sub(r'"[^"]*"', '""', page))


def test_the_page_asks_nobody_for_anything(folder):
    page = (folder / "report.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page.replace(ATTACK, ""))
    assert not re.search(r"https?://|url\(|@import", page)


def test_junit_tells_a_crash_from_a_wrong_answer(folder):
    root = ElementTree.fromstring((folder / "junit.xml").read_text("utf-8").split("\n", 1)[1])
    suites = {suite.get("name"): suite for suite in root}
    assert suites["s"].get("errors") == "1"
    (wrong,) = [suite for name, suite in suites.items() if name != "s"]
    assert (wrong.get("failures"), wrong.get("errors")) == ("1", "0")


def test_results_and_summary_hold_every_attempt(folder):
    lines = [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert [line["id"] for line in lines] == ["a", "b"]
    assert summary["counts"] == {"items": 2, "attempts": 2, "errors": 1, "timeouts": 0, "invalid": 0}


def test_quoted_words_are_marked_in_the_answer_and_gold_in_the_clause(corpus):
    reply = replied(changed(right_reply(corpus), text=f"依据：「{QUOTE}」。"))
    assert [(one.text, one.mark) for one in answer_pieces(reply)] == [
        ("依据：「", ""),
        (QUOTE, "quote"),
        ("」。", ""),
    ]
    cited = replied({"outcome": "answered", "text": "", "citations": [citation(corpus, 1, CLAUSE, "30%")]})
    pieces = clause_pieces(CLAUSE, corpus.clause(CLAUSE).text, (), cited.citations)
    assert [one.text for one in pieces if one.mark == "cited"] == ["30%"]
