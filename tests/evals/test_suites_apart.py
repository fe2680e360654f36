"""The suites stand apart from one another, and everything they quote stands in the clause they name."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from corpus.store import Corpus, load_corpus

SUITES = sorted((Path(__file__).parents[2] / "evals" / "suites").glob("*.jsonl"))
DEVELOPED = ("core", "amounts", "traps", "multi-turn")
APART = [
    path for path in SUITES if path.stem in DEVELOPED or path.stem.startswith(("coverage-", "retrieval-"))
]


def items(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def words(item: dict[str, object]) -> str:
    """Return what is asked, all turns together, without spaces, punctuation and width."""
    turns = item.get("turns")
    if isinstance(turns, list):
        asked = "".join(turn["content"] if isinstance(turn, dict) else turn for turn in turns)
    else:
        asked = str(item.get("question", item.get("query", "")))
    plain = unicodedata.normalize("NFKC", asked).lower()
    return "".join(character for character in plain if character.isalnum())


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def test_every_id_is_given_once() -> None:
    ids = Counter(str(item["id"]) for path in SUITES for item in items(path))
    assert [name for name, count in ids.items() if count > 1] == []


def test_no_question_of_the_development_set_stands_twice_or_where_thresholds_were_chosen() -> None:
    asked = Counter(words(item) for path in APART for item in items(path))
    own = [words(item) for path in APART if path.stem in DEVELOPED for item in items(path)]
    assert own
    assert [question for question in own if asked[question] > 1] == []


@pytest.mark.parametrize("name", DEVELOPED)
def test_every_quote_stands_in_its_clause(name: str, corpus: Corpus) -> None:
    path = next(path for path in SUITES if path.stem == name)
    for item in items(path):
        for evidence in item["evidence"]:  # type: ignore[attr-defined]
            assert evidence["quote"] in corpus.clause(evidence["clause"]).text, item["id"]


def test_the_development_set_is_large_enough_to_gate_a_release() -> None:
    least = {"core": 80, "amounts": 70, "traps": 40, "multi-turn": 30}
    assert {path.stem for path in SUITES if len(items(path)) >= least.get(path.stem, 10**6)} == set(least)
