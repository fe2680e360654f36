"""The suites of the package: every line of the right shape, every quote in its clause, nothing twice."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from evals.case_schema import SCHEMA
from evals.metrics.wording import plain
from evals.suite_files import BLIND, OTHER_SHAPES, SUITES, load_items, packaged, suite_paths


@pytest.fixture(scope="module")
def items(corpus):
    return load_items(packaged(), corpus)


def questions_elsewhere():
    """Give the questions of the calibration and retrieval sets, with their file."""
    for path in sorted(SUITES.glob("*.jsonl")):
        if path.name.startswith(OTHER_SHAPES):
            for line in path.read_text("utf-8").splitlines():
                yield path.stem, json.loads(line)["question"]


def test_all_means_every_suite_of_items_but_the_blind_ones():
    named = suite_paths(["all"])
    assert {path for path in packaged() if path not in named} == {SUITES / f"{name}.jsonl" for name in BLIND}
    assert {"core", "amounts", "traps", "refusal", "counterfactual", "noise"} <= {
        path.stem for path in packaged()
    }


def test_every_quote_stands_in_its_clause(items):
    spans = [span for item in items for gold in item.gold for span in gold.spans]
    assert len(spans) > 300
    assert all(span.quote and span.end - span.start == len(span.quote) for span in spans)


def test_what_is_answerable_has_evidence_or_words_to_look_for(items):
    def is_bare(item):
        expect = item.case.expect
        return expect.status == "answered" and not (
            item.gold[-1].spans or expect.must_say or expect.must_not_say
        )

    assert [item.id for item in items if is_bare(item)] == []


def test_no_question_is_in_two_suites(items):
    places = defaultdict(set)
    for item in items:
        told = "\n".join(turn.content for turn in item.case.turns)
        changed = "" if item.case.corpus.is_none else item.case.corpus.model_dump_json()
        places[plain(told) + changed + item.case.as_of.isoformat()].add(item.place)
    for suite, question in questions_elsewhere():
        if (key := plain(question) + "2026-11-22") in places:
            places[key].add(suite)
    assert {key: sorted(found) for key, found in places.items() if len(found) > 1} == {}


def test_there_are_three_hundred_items_and_each_kind_is_there(items):
    assert sum(item.case.is_reviewed for item in items) >= 300
    suites = defaultdict(int)
    for item in items:
        suites[item.case.suite] += 1
    assert suites["refusal"] >= 120
    assert suites["counterfactual"] >= 25
    assert suites["noise"] >= 20
    answerable = [item for item in items if item.case.suite == "refusal" and item.gold[-1].spans]
    assert len(answerable) >= 60
    assert suites["refusal"] - len(answerable) >= 60


def test_every_item_fits_the_published_schema():
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    wrong = [
        (path.name, number, error.message)
        for path in packaged()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip()
        for error in validator.iter_errors(json.loads(line))
    ]
    assert wrong == []
