"""Questions on documents that others repeal, on reckoned periods, and on how to apply as a text states it."""

from datetime import date

import pytest

from assistant.bootstrap import load
from assistant.conversation import Outcome, Question
from assistant.settings import Settings
from corpus.added import added_folder
from corpus.adding import receive, save_document
from corpus.batch_adding import proposed

DAY = date(2026, 12, 1)
NEW = """临江区促进机器人产业若干措施
临府办规〔2025〕8号
第一条 对机器人企业给予最高200万元奖励。
第二条 企业应当于每年3月1日至4月30日登录临江区惠企平台申报，提交以下材料：
（一）项目申报书；
（二）财务审计报告。
第三条 本措施自2025年4月1日起施行，有效期三年。
原《临江区机器人扶持办法》（临府办规〔2022〕1号）、《临江区智能装备奖励办法》（临府办规〔2021〕6号）同时废止。
临江区人民政府办公室
2025年3月15日
"""
OLD = """临江区机器人扶持办法
临府办规〔2022〕1号
第一条 对机器人企业给予最高50万元奖励。
第二条 本办法自2022年5月1日起施行，有效期至2027年4月30日。
临江区人民政府办公室
2022年4月1日
"""
RECKONED = """西岭区楼宇经济扶持办法
西府规〔2023〕7号
第一条 对税收亿元楼宇给予100万元奖励。
第二条 本办法自印发之日起施行，有效期3年。
西岭区人民政府
2023年2月10日
"""
OPEN = """西岭区养老服务补贴办法
西民规〔2023〕2号
第一条 对养老机构给予每床1万元补贴。
第二条 本办法自2023年6月1日起施行。
西岭区民政局
2023年5月10日
"""


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    for slug, text in (
        ("linjiang-new", NEW),
        ("linjiang-old", OLD),
        ("xiling", RECKONED),
        ("xiling-care", OPEN),
    ):
        received = receive(f"{slug}.txt", text.encode())
        save_document(received, proposed(received), slug, added_folder(data), ())
    return load(Settings(data_dir=data, _env_file=None))


def ask(application, text):
    return application.hermetic.ask(Question(text, DAY))


@pytest.mark.parametrize("asked", ["临府办规〔2022〕1号还有效吗", "《临江区机器人扶持办法》还能用吗"])
def test_a_repealed_document_answers_with_what_replaced_it(application, asked):
    answer = ask(application, asked)
    assert answer.outcome is Outcome.ANSWERED
    assert "自2025年4月1日起已被《临江区促进机器人产业若干措施》（临府办规〔2025〕8号）废止" in answer.text
    assert "《临江区机器人扶持办法》现行有效" not in answer.text
    assert not answer.text.startswith("可以")


def test_one_that_is_not_in_the_library_is_known_by_who_repeals_it(application):
    answer = ask(application, "临府办规〔2021〕6号还有效吗")
    assert answer.outcome is Outcome.ANSWERED
    assert "《临江区智能装备奖励办法》（临府办规〔2021〕6号）自2025年4月1日起已被" in answer.text
    assert answer.citations[0].document == "linjiang-new"


def test_one_nobody_names_is_not_spoken_of(application):
    assert "废止" not in ask(application, "临府办规〔2018〕9号还有效吗").text


def test_the_end_of_a_period_given_as_a_span_is_told(application):
    answer = ask(application, "临府办规〔2025〕8号什么时候到期")
    assert "有效期至2028年3月31日" in answer.text


def test_a_reckoned_period_says_that_it_is_reckoned(application):
    answer = ask(application, "西府规〔2023〕7号还有效吗")
    assert "已届满" in answer.text
    assert "按落款日期推算，约为2023年2月10日至2026年2月9日" in answer.text


def test_one_that_does_not_tell_its_end_is_not_called_in_force(application):
    answer = ask(application, "西民规〔2023〕2号还有效吗")
    assert "没有写明截止日期" in answer.text
    assert "现行有效" not in answer.text


def test_papers_and_window_are_told_in_the_texts_own_words(application):
    answer = ask(application, "临江区机器人奖励申报要什么材料、什么时候受理")
    assert answer.outcome is Outcome.ANSWERED
    assert "每年3月1日至4月30日" in answer.text
    assert "项目申报书" in answer.text
    assert "财务审计报告" in answer.text
    assert "未载明" not in answer.text
