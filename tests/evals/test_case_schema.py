"""The published schema is the model's, and takes what the model takes."""

from __future__ import annotations

import json

import jsonschema

from evals.case_schema import SCHEMA, schema_text

ITEM = {
    "id": "q-1",
    "suite": "core",
    "type": "amount",
    "turns": [{"role": "user", "content": "最高多少？"}],
    "expect": {"status": "answered", "amounts": [{"key": "rate", "value": "0.3"}]},
    "evidence": [{"clause": "changning-ai-draft/7.1", "quote": "30%"}],
}


def test_the_published_schema_is_in_step_with_the_model():
    assert SCHEMA.read_text("utf-8") == schema_text(), "run: python -m evals.case_schema --write"


def test_the_schema_takes_a_right_item_and_refuses_an_unknown_field():
    schema = json.loads(schema_text())
    jsonschema.validate(ITEM, schema)
    errors = jsonschema.Draft202012Validator(schema).iter_errors({**ITEM, "answer": "300万元"})
    assert [error.validator for error in errors] == ["additionalProperties"]
