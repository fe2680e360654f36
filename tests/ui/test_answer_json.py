"""The JSON of an answer is the contract's, key by key."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from assistant.answer_json import answer_json, cites, match_json, single_estimate_json, yuan_text
from assistant.calculator.matching import Match
from assistant.conversation import Citation, Dropped, Estimate, EstimateStatus, Question, Total
from corpus.model.document import DocumentStatus
from tests.fakes import GRANT_CLAUSE, FakeAssistant, grant_answer, grant_estimate, span

AMOUNT = {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"}
NUMBERS = {"type": "array", "items": {"type": "integer", "minimum": 1}}
TEXTS = {"type": "array", "items": {"type": "string"}}


def strict(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


CITATION = strict(
    n={"type": "integer"},
    clause={"type": "string", "pattern": "^[a-z0-9-]+/"},
    document={"type": "string"},
    title={"type": "string"},
    label={"type": "string"},
    quote={"type": "string"},
    start={"type": "integer"},
    end={"type": "integer"},
    status={"enum": ["in_force", "not_yet_in_force", "expired", "draft", "report", None]},
)
ESTIMATE = strict(
    measure={"type": "string"},
    name={"type": "string"},
    status={"enum": ["payable", "draft", "not_eligible", "needs_input", "not_in_force", "not_quantified"]},
    amount_yuan=AMOUNT,
    is_upper_bound={"type": "boolean"},
    range_yuan={"type": ["array", "null"], "items": AMOUNT, "minItems": 2, "maxItems": 2},
    steps={"type": "array", "items": strict(text={"type": "string"}, cites=NUMBERS)},
    conditions={
        "type": "array",
        "items": strict(
            text={"type": "string"},
            state={"enum": ["met", "unmet", "unknown"]},
            cites=NUMBERS,
            gap={"type": ["string", "null"]},
        ),
    },
    missing=TEXTS,
    explanation={"type": ["string", "null"]},
    hints=TEXTS,
    state={"enum": ["confirmed", "proven", "needs_review"]},
)
ANSWER = strict(
    question={"type": "string"},
    as_of={"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    conversation_id={"type": ["string", "null"]},
    outcome={"enum": ["answered", "needs_input", "not_covered", "blocked", "error"]},
    text={"type": "string"},
    citations={"type": "array", "items": CITATION},
    estimates={"type": "array", "items": ESTIMATE},
    total_yuan=AMOUNT,
    draft_total_yuan=AMOUNT,
    unreviewed_total_yuan=AMOUNT,
    unreviewed_draft_total_yuan=AMOUNT,
    chosen=TEXTS,
    dropped={
        "type": "array",
        "items": strict(measure={"type": "string"}, reason={"type": "string"}, cites=NUMBERS),
    },
    missing={
        "type": "array",
        "items": strict(fact={"type": "string"}, question={"type": "string"}, unit={"type": "string"}),
    },
    warnings=TEXTS,
    suggestions=TEXTS,
    timings_ms={"type": "object", "required": ["total"], "additionalProperties": {"type": "integer"}},
)


def question(text="自筹800万元能拿多少？"):
    return Question(text, date(2026, 11, 22), "c-1")


@pytest.mark.parametrize("text", ["自筹800万元", "今天天气", "崩溃", "能拿多少呢"])
def test_every_kind_of_answer_has_the_shape_of_the_contract(text):
    jsonschema.validate(answer_json(FakeAssistant().ask(question(text))), ANSWER)


def test_amounts_are_strings_in_yuan_exact_to_the_fen():
    assert answer_json(grant_answer(question()))["estimates"][0]["amount_yuan"] == "2400000.00"
    assert yuan_text(Decimal("0.125")) == "0.13"
    assert yuan_text(Decimal("1E+8")) == "100000000.00"


def test_a_draft_sum_stands_apart_and_the_total_in_force_is_null():
    answer = answer_json(grant_answer(question()))
    assert answer["total_yuan"] is None
    assert answer["draft_total_yuan"] == "2400000.00"


def test_an_open_range_ends_in_null():
    estimate = Estimate(
        "m", "某奖励", EstimateStatus.NEEDS_INPUT, is_upper_bound=False, range=(Decimal(0), None)
    )
    assert single_estimate_json(estimate, (), date(2026, 11, 22))["range_yuan"] == ["0.00", None]


def test_a_quote_is_found_again_at_its_place_in_the_clause():
    (citation,) = answer_json(grant_answer(question()))["citations"]
    assert GRANT_CLAUSE.text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_step_cites_the_source_whose_quote_holds_its_number():
    heading = Citation(
        1, span(GRANT_CLAUSE, "支持开展硬核技术攻关"), "d", "t", "第七条(一)", DocumentStatus.DRAFT
    )
    grant = Citation(2, span(GRANT_CLAUSE, "资金总额的30%"), "d", "t", "第七条(一)", DocumentStatus.DRAFT)
    assert cites((span(GRANT_CLAUSE, "30%"),), (heading, grant)) == [2]
    assert cites((span(GRANT_CLAUSE, "300万元"),), (heading, grant)) == [1]
    assert cites((span(GRANT_CLAUSE, "30%"),), ()) == []


def test_timings_add_up_where_no_total_was_measured():
    assert answer_json(grant_answer(question()))["timings_ms"] == {"total": 5, "retrieve": 3, "compose": 2}
    measured = replace(grant_answer(question()), timings_ms=(("total", 9), ("retrieve", 3)))
    assert answer_json(measured)["timings_ms"] == {"total": 9, "retrieve": 3}


def test_a_match_lists_each_open_question_once_and_says_why_a_measure_was_dropped():
    estimate = grant_estimate()
    source = Citation(1, span(GRANT_CLAUSE, "300万元"), "d", "t", "第七条(一)", DocumentStatus.DRAFT)
    rule = Dropped("other", "同一事项就高不重复", (span(GRANT_CLAUSE, "300万元"),))
    matched = Match((estimate, estimate), Total(dropped=(rule,)), ("注意", "注意"), (estimate.measure,))
    found = match_json(matched, (source,), date(2026, 11, 22))
    assert found["warnings"] == ["注意"]
    assert found["counted"] == [estimate.measure]
    assert [fact["fact"] for fact in found["missing"]] == ["passed_assessment"]
    assert found["dropped"] == [{"measure": "other", "reason": "同一事项就高不重复", "cites": [1]}]
