"""算一算 without a browser: what is asked, what is worked out, what can be kept."""

import base64
import json
import re
from datetime import date

import pytest

from corpus.store import load_corpus
from ui.page.sums.form import facts_asked, told_by
from ui.page.sums.results import found_view
from ui.page.sums.tab import save_data, save_page, worked_view

HARD = "changning-ai-draft/7.1/hard-technology"
CLOUD = "changning-ai-draft/9.1/cloud-services"
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def test_only_what_the_chosen_measure_needs_is_asked(corpus):
    assert next(fact.name for fact in facts_asked([HARD], corpus)) == "self_funded_investment"
    assert {fact.name for fact in facts_asked([HARD], corpus)} == set(corpus.measure(HARD).fact_names)


def test_facts_two_measures_share_are_asked_once(corpus):
    names = [fact.name for fact in facts_asked([HARD, CLOUD], corpus)]
    assert len(names) == len(set(names))


def test_an_empty_field_and_not_knowing_tell_nothing(corpus):
    facts = facts_asked([HARD], corpus)
    values = ["800万元", *["不清楚"] * (len(facts) - 1)]
    assert told_by(facts, values) == {"self_funded_investment": "800万元"}
    assert told_by(facts, ["", *[None] * (len(facts) - 1)]) == {}


def test_a_sum_is_worked_out_with_its_line_and_its_distance_to_the_cap(corpus):
    sums, clauses = worked_view(corpus, [HARD], {"self_funded_investment": "800万元"}, DAY)
    assert "800万元 × 30% = 240万元" in sums
    assert "还差200万元到上限" in sums
    assert "给予企业最高不超过300万元的资助" in clauses


def test_what_cannot_be_read_is_named_and_nothing_is_computed(corpus):
    sums, clauses = worked_view(corpus, [HARD], {"self_funded_investment": "很多"}, DAY)
    assert "项目自筹投入资金总额：" in sums
    assert "self_funded_investment" not in sums, "a person sees the label of the field only"
    assert clauses == ""
    assert "不是日期" in worked_view(corpus, [HARD], {}, "昨天")[0]


def test_who_looks_for_a_measure_is_told_what_was_found(corpus):
    one, two = corpus.measures[:2]
    assert f"找到 2 项：{one.name}、{two.name}。" in found_view("上云", [one, two])
    assert "等。" in found_view("补", corpus.measures)
    assert "没有找到“元宇宙”" in found_view(" 元宇宙 ", [])


def test_what_was_told_for_another_measure_does_not_enter(corpus):
    told = {"self_funded_investment": "800万元", "service_purchase_cost": "不是数"}
    assert "240万元" in worked_view(corpus, [HARD], told, DAY)[0]


def test_several_measures_are_combined_and_the_draft_stays_apart(corpus):
    told = {"self_funded_investment": "800万元", "service_purchase_cost": "60万元"}
    sums, _ = worked_view(corpus, [HARD, CLOUD], told, DAY)
    assert "草案合计（未施行，不计入现行合计）" in sums


def handed(view):
    name = re.search(r'pa-file-name">([^<]*)<', view).group(1)
    content = re.search(r'pa-file-content">([^<]*)<', view).group(1)
    return name, base64.b64decode(content).decode()


def test_the_page_to_keep_stands_alone(corpus):
    name, page = handed(save_page(corpus, [HARD], {"self_funded_investment": "800万元"}, DAY))
    assert name == "测算单-2026-11-22.html"
    assert "800万元 × 30% = 240万元" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_data_to_keep_can_be_run_again(corpus):
    from assistant.calculator.receipts import rerun

    _, receipt = handed(save_data(corpus, [HARD], {"self_funded_investment": "800万元"}, DAY))
    assert json.loads(receipt)["as_of"] == str(date(2026, 11, 22))
    assert rerun(receipt, corpus).is_identical


def test_words_of_the_reader_are_shown_and_do_nothing(corpus):
    sums, _ = worked_view(corpus, [HARD], {"self_funded_investment": "<img src=x onerror=1>"}, DAY)
    assert "<img src=x" not in sums
