import pytest

from assistant.retrieval.fusion import KIND_PRIOR, Weights, fuse
from corpus.model.document import ClauseKind

ITEM = ClauseKind.ITEM


def order(lexical, dense, weights=None, kinds=None, named=()):
    scored = fuse(
        lexical,
        dense,
        weights or Weights(),
        lambda name: (kinds or {}).get(name, ITEM),
        lambda name: name in named,
    )
    return [one.clause_id for one in scored]


def test_a_weak_dense_side_does_not_overturn_a_clear_lexical_lead():
    assert order({"a": 10.0, "b": 2.0}, {"b": 1.0, "a": 0.1}) == ["a", "b"]


def test_it_decides_between_equals():
    assert order({"a": 10.0, "b": 10.0}, {"b": 0.6, "a": 0.2}) == ["b", "a"]


def test_a_clause_only_one_side_found_is_kept():
    assert order({"a": 1.0}, {"b": 0.9}) == ["a", "b"]


def test_without_lexical_hits_the_dense_side_orders():
    assert order({}, {"a": 0.1, "b": 0.7}) == ["b", "a"]


def test_the_scores_are_what_the_weights_say():
    found = fuse(
        {"a": 4.0, "b": 2.0}, {"b": 0.8, "c": 0.4}, Weights(dense=0.25), lambda _: ITEM, lambda _: False
    )
    # a: all of the words, and as near as the farthest (0.4); b: half of the words; c: none of them.
    assert [one.clause_id for one in found] == ["a", "b", "c"]
    assert [one.fused for one in found] == pytest.approx([1.1 / 1.25, 0.7 / 1.25, 0.1 / 1.25])


def test_a_negative_cosine_counts_as_none():
    assert fuse({"a": 1.0}, {"a": -0.5}, Weights(), lambda name: ITEM, lambda name: False)[0].dense == 0.0


def test_the_clause_that_rules_stands_above_its_retelling():
    kinds = {"qa": ClauseKind.QUESTION}
    assert order({"item": 9.0, "qa": 10.0}, {}, kinds=kinds) == ["item", "qa"]


def test_a_heading_does_not_crowd_out_its_clauses():
    kinds = {"heading": ClauseKind.HEADING}
    assert order({"heading": 10.0, "body": 6.0}, {}, kinds=kinds) == ["body", "heading"]


def test_a_clause_of_the_document_named_comes_before_a_slightly_better_one():
    assert order({"a": 10.0, "b": 9.0}, {}, named={"b"}) == ["b", "a"]


def test_equal_scores_are_ordered_by_id():
    assert order({"b": 1.0, "a": 1.0}, {}) == ["a", "b"]


def test_every_kind_of_clause_has_a_prior():
    assert set(KIND_PRIOR) == set(ClauseKind)
