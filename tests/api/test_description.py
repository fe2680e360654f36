"""The description of the interface is true: every response of every route is one it promises."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fakes import FakeApplication
from ui.api import create_app

CONVERSATION = "5b1d6c0e-3b52-4f0c-8d6f-2f6c1a9e7d30"
PROMISES = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def application(real_application):
    """The real program, with a conversation to look at."""
    from datetime import date

    from assistant.conversation import Question

    real_application.assistant.ask(
        Question("长宁区硬核技术攻关自筹800万元能拿多少？", date(2026, 11, 22), CONVERSATION)
    )
    return real_application


@pytest.fixture(scope="module")
def description(application):
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(application))


OPERATIONS = [
    (path, method)
    for path, operations in create_app(FakeApplication()).openapi()["paths"].items()
    for method in operations
]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_response_is_one_that_is_promised(description, path, method):
    @given(case=description[path][method].as_strategy())
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case):
        case.call_and_validate(checks=list(PROMISES))

    holds()


def test_every_route_is_told_in_chinese_with_examples_and_its_refusals(description):
    for path, operations in description.raw_schema["paths"].items():
        for operation in operations.values():
            for words in (operation["summary"], operation["description"]):
                assert any("一" <= character <= "鿿" for character in words), path
            if path not in {"/healthz", "/readyz", "/metrics"}:
                assert {"401", "429", "500"} <= set(operation["responses"]), path
            assert "HTTPValidationError" not in str(operation), path


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/estimate", {"measure": "nope"}),
        (
            "POST",
            "/api/v1/estimate",
            {"measure": "changning-ai-draft/7.1/hard-technology", "facts": {"x": "1"}},
        ),
        ("POST", "/api/v1/estimate", {"measure": "changning-ai-draft/7.1/hard-technology"}),
        (
            "POST",
            "/api/v1/estimate",
            {
                "measure": "changning-ai-draft/7.1/hard-technology",
                "facts": {"self_funded_investment": "800万元"},
                "as_of": "2026-11-22",
            },
        ),
        ("POST", "/api/v1/match", {"facts": {"self_funded_investment": "800万元"}}),
        ("POST", "/api/v1/match", {"facts": {"self_funded_investment": "很多"}}),
        ("GET", "/api/v1/clauses/changning-ai-draft/7.1", None),
        ("GET", "/api/v1/measures", None),
        ("GET", "/api/v1/conversations/" + CONVERSATION, None),
        ("POST", "/api/v1/feedback", {"conversation_id": CONVERSATION, "verdict": "good"}),
        ("POST", "/api/v1/ask", {"question": "有哪些补贴？"}),
        ("POST", "/api/v1/ask", {"question": "\ud800", "conversation_id": "\ud800"}),
        ("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "\ud800"}]}),
        ("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "长宁有哪些资助？"}]}),
    ],
)
def test_real_calls_keep_the_promises_too(description, method, path, body):
    template = next(one for one in description.raw_schema["paths"] if _is_of(path, one))
    head, _, name = template.partition("{")
    given = {"path_parameters": {name.rstrip("}"): path.removeprefix(head)}} if name else {}
    sent = {"body": body, "media_type": "application/json"} if body else {}
    case = description[template][method].Case(**given, **sent)
    case.call_and_validate(checks=list(PROMISES))


def _is_of(path, template):
    return path == template or ("{" in template and path.startswith(template.partition("{")[0]))
