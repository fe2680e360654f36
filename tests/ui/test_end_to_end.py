"""Every face on the real corpus, the real index and the real calculator."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from assistant.bootstrap import load
from assistant.settings import Settings
from ui.api import create_app
from ui.cli import cli
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation
from ui.page.asking.sources_view import sources_view
from ui.page.asking.tab import chat_messages

GRANT = "changning-ai-draft/7.1/hard-technology"
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    return load(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture
def run(application):
    def run(*words):
        return CliRunner().invoke(cli, words, obj=application)

    return run


@pytest.fixture
def client(application):
    return TestClient(create_app(application), raise_server_exceptions=False)


def as_json(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_hard_technology_grant_of_800_is_240_and_a_draft(run):
    answer = as_json(run("ask", "长宁区硬核技术攻关自筹800万元能资助多少？", "--as-of", DAY, "--json"))
    (estimate,) = [each for each in answer["estimates"] if each["measure"] == GRANT]
    assert (estimate["amount_yuan"], estimate["status"]) == ("2400000.00", "draft")
    assert estimate["is_upper_bound"] is True
    assert (answer["total_yuan"], answer["draft_total_yuan"]) == (None, "2400000.00")


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("硬核技术攻关项目自筹800万元能资助多少？", "changning-ai-draft/7.1"),
        ("一测多证最高奖励多少？", "sh-industrial-services/"),
        ("在线新经济第十六条是怎么规定的？", "sh-online-economy/16"),
        ("科学数据银行模式由哪些单位负责？", "sh-tech-services/1.3"),
        ("服务业创新发展若干措施有哪几个方面？", "sh-services-innovation/"),
    ],
)
def test_a_question_on_each_document_cites_its_clause_word_by_word(application, run, question, clause):
    answer = as_json(run("ask", question, "--as-of", DAY, "--json"))
    assert answer["outcome"] in {"answered", "needs_input"}
    assert any(citation["clause"].startswith(clause) for citation in answer["citations"])
    for citation in answer["citations"]:
        text = application.corpus.clause(citation["clause"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_what_is_not_in_the_corpus_is_not_covered(run):
    assert as_json(run("ask", "明天会下雨吗？", "--as-of", DAY, "--json"))["outcome"] == "not_covered"


def test_estimate_works_the_sum_out_and_cites_it(run):
    worked = as_json(run("estimate", GRANT, "self_funded_investment=1200万元", "--as-of", DAY, "--json"))
    assert worked["amount_yuan"] == "3000000.00"
    assert worked["citations"]
    assert all(step["cites"] for step in worked["steps"])


def test_estimate_asks_for_what_is_missing(run):
    worked = as_json(run("estimate", GRANT, "--as-of", DAY, "--json"))
    assert worked["status"] == "needs_input"
    assert "self_funded_investment" in worked["missing"]
    assert any("？" in question["question"] for question in worked["questions"])


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("self_funded_investmnt=800万元", "self_funded_investment"),
        ("self_funded_investment=-1万元", "self_funded_investment"),
        ("self_funded_investment=很多", "self_funded_investment"),
        ("self_funded_investment=8吨", "self_funded_investment"),
    ],
)
def test_a_bad_fact_is_named_in_chinese(run, client, fact, told):
    result = run("estimate", GRANT, fact, "--as-of", DAY)
    assert result.exit_code == 2
    assert told in result.stderr
    name, value = fact.split("=")
    response = client.post("/api/v1/estimate", json={"measure": GRANT, "facts": {name: value}, "as_of": DAY})
    assert response.status_code == 422
    assert told in response.json()["detail"]


def test_match_lists_the_highest_first_and_keeps_drafts_apart(run, client):
    facts = {"self_funded_investment": "1200万元"}
    found = as_json(run("match", *(f"{k}={v}" for k, v in facts.items()), "--as-of", DAY, "--json"))
    assert GRANT in [estimate["measure"] for estimate in found["estimates"]]
    assert found["draft_total_yuan"] is not None
    served = client.post("/api/v1/match", json={"facts": facts, "as_of": DAY}).json()
    assert served == found


def test_measures_of_command_line_and_interface_are_the_same(run, client):
    listed = as_json(run("measures", "--json"))
    assert listed == client.get("/api/v1/measures").json()
    (grant,) = [measure for measure in listed if measure["id"] == GRANT]
    assert grant["formula"] == "min(30% × self_funded_investment, 3000000)"
    assert sum(measure["quantified"] for measure in listed) == 46


@pytest.mark.parametrize("slug", ["changning-ai-draft", "sh-industrial-services", "sh-online-economy"])
def test_clauses_cover_the_whole_document(application, run, slug):
    listed = as_json(run("clauses", slug, "--json"))
    assert "\n".join(clause["text"] for clause in listed) == application.corpus.document(slug).text


def test_check_proves_the_corpus(run):
    result = run("check")
    assert result.exit_code == 0
    assert "46 项措施" in result.output


def test_every_readable_answer_fits_and_shows_its_sources(run):
    result = run("ask", "首次通过DCMM二级认证，认证费用60万元，能补多少？", "--as-of", DAY)
    assert result.exit_code == 0
    assert "30万元" in result.output
    assert "依据" in result.output


def test_the_page_shows_the_answer_and_its_clause(application):
    *_, after = exchange_steps(application, "硬核技术攻关自筹800万元能资助多少？", DAY, Conversation())
    view = chat_messages(after)[-1]["content"]
    assert "240万元" in view
    assert "<mark>" in sources_view(after, application.corpus, date(2026, 11, 22))


def test_a_conversation_remembers_what_was_said(application, client):
    first = client.post("/api/v1/ask", json={"question": "硬核技术攻关能资助多少？", "as_of": DAY}).json()
    body = {"question": "自筹800万元", "as_of": DAY, "conversation_id": first["conversation_id"]}
    second = client.post("/api/v1/ask", json=body).json()
    assert "240万元" in second["text"]


def test_read_shows_how_a_document_of_ones_own_is_read(run, tmp_path):
    own = tmp_path / "办法.txt"
    own.write_text("某區辦法\n第一條 對企業給予5萬元獎勵。\n第二條 自發布之日起施行。\n", encoding="gb18030")
    result = as_json(run("read", str(own), "--json", "--changes"))
    assert [clause["id"] for clause in result["clauses"]][-2:] == ["办法/1", "办法/2"]
    assert result["clauses"][-2]["text"] == "第一条 对企业给予5万元奖励。"
    assert {change["kind"] for change in result["changes"]} >= {"traditional"}


@pytest.mark.parametrize(
    ("name", "content"), [("空.txt", b""), ("图.txt", bytes(range(256)) * 40), ("坏.pdf", b"%PDF-1.4 broken")]
)
def test_a_document_that_cannot_be_read_is_told(run, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    result = run("read", str(tmp_path / name))
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")
    assert "Traceback" not in result.stderr
