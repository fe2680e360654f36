"""`search` on the real corpus: what it finds, what it leaves out, and the reasons it gives."""

import json

import pytest
from click.testing import CliRunner

from assistant.bootstrap import load
from assistant.settings import Settings
from ui.cli import cli

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    return load(Settings(data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture
def run(application):
    def run(*words):
        return CliRunner().invoke(cli, ["search", *words, "--as-of", DAY], obj=application)

    return run


@pytest.fixture
def hits(run):
    def hits(*words):
        result = run(*words, "--json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)["hits"]

    return hits


def test_the_clause_that_answers_comes_first_with_its_words_and_status(hits):
    first = hits("检验检测一测多证的合同金额怎么补")[0]
    assert (first["rank"], first["clause"], first["status"]) == (1, "sh-industrial-services/10", "in_force")
    assert "一测多证" in first["text"]


def test_only_one_document_is_searched_when_asked(hits):
    found = hits("企业奖励", "--document", "sh-online-economy", "--limit", "8")
    assert len(found) == 8
    assert {hit["document"] for hit in found} == {"sh-online-economy"}


@pytest.mark.parametrize(
    ("status", "documents"),
    [
        ("草案", {"changning-ai-draft"}),
        ("report", {"sh-services-innovation"}),
        ("现行", {"sh-online-economy", "sh-industrial-services"}),
        ("未载明", {"sh-tech-services"}),
    ],
)
def test_only_documents_of_a_status_are_searched_when_asked(hits, status, documents):
    assert {
        hit["document"] for hit in hits("支持企业创新发展", "--status", status, "--limit", "30")
    } == documents


def test_the_status_is_that_of_the_day_given(application):
    result = CliRunner().invoke(
        cli, ["search", "企业奖励", "--as-of", "2029-01-01", "--status", "已届满", "--json"], obj=application
    )
    assert {hit["status"] for hit in json.loads(result.stdout)["hits"]} == {"expired"}


def test_a_district_by_its_short_name_has_the_citys_documents_too(hits):
    found = {hit["document"] for hit in hits("支持人工智能企业", "--region", "长宁区", "--limit", "60")}
    assert found >= {"changning-ai-draft", "sh-online-economy"}


def test_the_reasons_are_told_in_chinese(run):
    shown = run("长宁无人机送货有补贴吗", "--explain").stdout
    for words in (
        "怎样理解这个问题",
        "点名的文件：",
        "无人机送货→低空物流",
        "词的份量：",
        "关键词 ",
        "共有的词：",
    ):
        assert words in shown


def test_the_terms_told_make_up_the_lexical_score(application):
    index = application.index.opened()
    told = index.explain("低空物流航线飞行架次奖励", 1)
    found = index._retrievers.lexical.search(told.asked.subject, 1, None, told.asked.added)[0]
    matches = index._retrievers.lexical.matches(told.asked.subject, found.clause_id, told.asked.added)
    assert sum(match.value for match in matches) == pytest.approx(found.score, rel=1e-4)


def test_the_parts_of_the_score_are_in_the_json(run):
    told = json.loads(run("在线新经济第十六条的支持比例", "--explain", "--json").stdout)
    assert told["explanation"]["references"] == ["sh-online-economy/16"]
    assert told["explanation"]["documents"] == ["sh-online-economy"]
    first = told["hits"][0]
    assert first["clause"] == "sh-online-economy/16"
    assert first["parts"]["reference"] == 1.0
    assert first["matches"][0]["value"] > 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("补贴", "--status", "有效的"), "没有“有效的”这个状态"),
        (("补贴", "--region", "北京市"), "政策库里没有“北京市”的文件"),
        (("补贴", "--document", "nowhere"), "nowhere"),
        (("补贴", "--limit", "0"), "不是条数"),
        (("  ",), ""),
    ],
)
def test_what_cannot_be_asked_is_told_in_chinese(run, words, message):
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
