"""How an answer reads: the sum first, a title once, what is asked together answered in its order."""

from __future__ import annotations

import re

import pytest

from assistant.conversation import Outcome
from corpus.store import Corpus
from tests.steps.conftest import Ask

DRAFT = "长宁区深入推进人工智能创新产业高质量发展的实施办法(草案)"


def first_line(text: str) -> str:
    return text.split("\n")[0]


def test_the_first_line_says_the_award_and_its_sum_and_no_long_title(ask: Ask) -> None:
    line = first_line(ask("能管中心投资额1500万能奖多少").text)
    assert line.startswith("能源管理中心奖励：预计最高可获300万元")
    assert "《" not in line


def test_a_long_title_is_written_out_once(ask: Ask) -> None:
    text = ask("长宁上云花了70万、DCMM三级认证费花了50万，一共能补多少").text
    assert re.sub("「[^」]*」", "", text).count(DRAFT) == 1
    assert "《长宁人工智能实施办法(草案)》" in text


def test_what_every_award_asks_for_is_said_once(ask: Ask) -> None:
    text = ask("长宁上云花了70万、DCMM三级认证费花了50万，一共能补多少").text
    assert text.count("经营状态正常、信用记录良好") == 1
    assert "各项都还须符合" in text


def test_an_unmet_condition_is_explained_once(ask: Ask) -> None:
    assert ask("清洁生产审核只有18当量吨，能拿多少").text.count("还差 7当量吨") == 1


def test_amount_body_and_end_asked_together_are_all_told_in_that_order(ask: Ask) -> None:
    text = ask("协同创新技术合同补助最高多少？由谁负责？有效期到什么时候？").text
    places = [text.index("200万元"), text.index("区科委"), text.index("2026年12月31日")]
    assert places == sorted(places)


def test_the_end_asked_first_is_told_first(ask: Ask) -> None:
    text = ask("数字供应链项目的政策到什么时候截止，最高支持多少").text
    assert text.index("2027年12月31日") < text.index("2000万元")


def test_a_grant_without_a_sum_says_so_beside_who_is_responsible(ask: Ask) -> None:
    text = ask("总部型企业支持给多少钱，谁负责").text
    assert "原文未载明具体金额" in text
    assert "市经济信息化委" in text


def test_what_the_policy_gives_is_no_question_for_ones_own_sum(ask: Ask) -> None:
    answer = ask("可信供应链平台支持多少")
    assert answer.outcome is Outcome.ANSWERED
    assert "30%" in first_line(answer.text)
    assert "告诉我核定项目总投资" in answer.text
    assert ask("我们做可信供应链平台能拿多少").outcome is Outcome.NEEDS_INPUT


def test_no_name_of_ours_stands_in_an_error(ask: Ask) -> None:
    answer = ask("上云花了-20万能补多少")
    assert not re.search("[a-z]+_[a-z_]+", answer.text)
    assert answer.missing[0].fact == "service_purchase_cost"


def test_the_bound_of_a_unit_price_is_kept(ask: Ask) -> None:
    assert "最高50万元/条" in ask("低空物流航线支持多少").text


def test_an_interrogative_is_not_taken_for_a_sum_left_over(ask: Ask) -> None:
    assert "您还提到" not in ask("可信供应链平台核定总投资800万，能拿几百万").text


def test_words_of_the_clause_are_no_question_for_a_fixed_sum(ask: Ask) -> None:
    text = ask("物流技改的固定资产投资贷款利息80万，能贴多少").text
    assert text.startswith("固定资产投资贷款贴息：预计最高可获40万元")


@pytest.mark.parametrize("question", ["由谁解释", "归谁解释啊"])
def test_who_interprets_is_told_for_every_document_where_none_is_named(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "区科委" in answer.text
    assert answer.text.count("没有写明由谁解释") == 1


def test_how_every_document_stands_is_told_where_none_is_named(ask: Ask, corpus: Corpus) -> None:
    text = ask("这些政策什么时候到期").text
    assert all(day in text for day in ("2026年12月31日", "2027年12月31日", "2028年12月31日"))
    assert all(document.title in text for document in corpus.documents)


def test_a_meaning_the_text_gives_comes_first(ask: Ask) -> None:
    assert first_line(ask("什么是DCMM").text).startswith("“DCMM”指数据管理能力成熟度评估模型")


def test_a_body_believed_in_does_not_choose_the_clause(ask: Ask) -> None:
    text = ask("科技创新券是市民政局负责的吧").text
    assert text.startswith("不是，原文列明的责任单位不包括市民政局")
    assert "市财政局" in text


def test_when_money_comes_is_told_in_the_words_on_payment(ask: Ask) -> None:
    assert "验收完成后" in first_line(ask("区级匹配资金何时拨付").text)


def test_next_questions_are_real_ones(ask: Ask) -> None:
    asked = ask("元宇宙工具产业化最高支持多少").suggestions
    assert asked
    for question in asked:
        assert ask(question).outcome in {Outcome.ANSWERED, Outcome.NEEDS_INPUT}


def test_whether_both_may_be_had_comes_before_the_sums(ask: Ask) -> None:
    text = ask("同一个项目总投资500万、总投入500万，专项扶持和应用场景能不能同时享受").text
    assert first_line(text).count("同一单位不得因同一事项重复享受政策") == 1


def test_a_clause_number_the_document_has_not_is_said_so(ask: Ask) -> None:
    answer = ask("在线新经济第三十五条写了什么")
    assert "没有所问的这一条" in first_line(answer.text)
    assert {one.document for one in answer.citations} == {"sh-online-economy"}


def test_a_number_the_clause_does_not_state_is_said_not_to_be_stated(ask: Ask) -> None:
    text = ask("数据产品挂牌交易要达到几百万交易额才有专项补贴").text
    assert re.search("没有载明|未载明", text)


def test_what_stands_on_labelled_lines_is_told_together(ask: Ask) -> None:
    text = ask("对长宁草案有意见，邮箱和地址是什么").text
    assert "kwshcn@163.com" in text
    assert "安西路35号405室" in text


def test_all_the_city_grants_is_listed_and_no_draft(ask: Ask, corpus: Corpus) -> None:
    text = ask("上海市有哪些补贴").text
    for measure in corpus.measures:
        assert (measure.name in text) is (corpus.document(measure.document).level == "city")


def test_papers_are_said_not_to_be_stated_beside_a_sum(ask: Ask) -> None:
    text = ask("融资租赁设备投资2000万能补多少，要交什么材料").text
    assert first_line(text).startswith("融资租赁费用补助：预计最高可获100万元")
    assert "没有载明申请材料" in text


def test_only_a_report_settles_nothing_on_validity(ask: Ask) -> None:
    line = first_line(ask("服务业创新的那些措施有效期到哪天").text)
    assert "新闻报道" in line
    assert "以正式文件为准" in line


def test_grants_without_a_number_are_said_once_to_state_none(ask: Ask) -> None:
    text = ask("长宁办公租房给多少补贴").text
    assert first_line(text).startswith("原文未载明具体金额")
    assert text.count("原文未载明具体金额") == 1


def test_a_refusal_names_the_documents_by_their_short_titles(ask: Ask) -> None:
    answer = ask("今天股市怎么样")
    assert "《工业服务业若干措施》" in answer.text
    assert answer.suggestions
