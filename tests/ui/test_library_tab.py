"""政策库 without a browser: everything is there, and says how it stands."""

import base64
import re
from datetime import date

import pytest

from assistant.bootstrap import load
from assistant.settings import Settings
from corpus.store import load_corpus
from tests.fakes import BrokenApplication, FakeApplication
from ui.page.html import escaped
from ui.page.library.reading import document_view, found_view
from ui.page.library.tab import library_view
from ui.page.library.tables import measures_view, timeline_view, unquantified_view

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def test_a_document_is_shown_whole_clause_by_clause(corpus):
    document = corpus.document("sh-industrial-services")
    view = document_view(document, DAY)
    for clause in document.clauses:
        assert escaped(clause.text.strip()) in view


def test_a_document_says_what_its_text_does_not_state(corpus):
    assert "原文未载明" in document_view(corpus.document("sh-tech-services"), DAY)


def test_every_measure_stands_in_the_table_with_its_rule(corpus):
    view = measures_view(corpus.measures, corpus, DAY)
    assert view.count("<tr>") == len(corpus.measures) + 1
    assert "按项目自筹投入资金总额的 30% 计，最高不超过 300万元" in view


def test_every_grant_without_a_number_says_why(corpus):
    view = unquantified_view(corpus.unquantified, corpus)
    assert all(escaped(one.reason) in view for one in corpus.unquantified)


def test_the_timeline_says_in_words_what_it_draws(corpus):
    view = timeline_view(corpus.documents, DAY)
    assert "2024-01-01 至 2028-12-31，还剩 770 天" in view
    svg = base64.b64decode(re.search(r"base64,([^\"]*)", view).group(1)).decode()
    assert svg.count("<rect") == 3
    assert "2026-11-22" in svg


def test_days_are_counted_only_for_what_is_law(corpus):
    draft = next(line for line in timeline_view(corpus.documents, DAY).split("<li>") if "草案" in line[:60])
    assert "还剩" not in draft


def test_the_last_three_months_are_pointed_out(corpus):
    assert "不足三个月" in timeline_view(corpus.documents, date(2028, 11, 1))
    assert "已过 1 天" in timeline_view(corpus.documents, date(2029, 1, 1))


def test_a_search_shows_the_clauses_found():
    view = library_view(FakeApplication(), "自筹", "", DAY)
    assert "最有关的 1 条" in view


def test_a_search_that_finds_nothing_says_so(corpus):
    assert "没有找到" in found_view((), "<b>养老金</b>", corpus, DAY)
    assert "<b>" not in found_view((), "<b>养老金</b>", corpus, DAY)


def test_a_broken_index_leaves_the_documents_readable():
    application = BrokenApplication()
    assert "检索暂时不可用" in library_view(application, "自筹", "", DAY)
    assert "pa-reading" in library_view(application, "", "", DAY)


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    loaded = load(Settings(data_dir=tmp_path_factory.mktemp("data"), _env_file=None))
    loaded.index.opened()
    return loaded


def test_what_another_document_writes_is_shown_and_said_to_be_elsewhere(application):
    view = library_view(application, "合同能源管理", "changning-ai-draft", DAY)
    assert "里没有写到“合同能源管理”，以下出自全部文件" in view
    assert "支持工业企业和园区" in view
    own = library_view(application, "合同能源管理", "sh-industrial-services", DAY)
    assert "以下出自全部文件" not in own
    assert "与“合同能源管理”最有关的" in own


def test_words_no_clause_holds_are_not_said_to_be_found(application):
    assert "没有条款原样写到“养老金发放”" in library_view(application, "养老金发放", "", DAY)
