"""Whether a document holds, in everyday words, for days past and to come."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("question", "word"),
    [
        # 2024年7月公布，到 2027-12-31
        ("工业服务业那份文件前年上半年作数吗", "尚未施行"),
        ("527号文2028年二季度还管用吗", "已届满"),
        ("工业服务业措施明年三季度好用不，还管用吗", "仍在有效期内"),
        # 2024-01-01 至 2028-12-31
        ("在线新经济政策2023年底算数吗", "尚未施行"),
        ("27号文去年有效没有", "仍在有效期内"),
        ("科技服务业意见眼下还算数不", "未载明年份、文号和有效期"),
        ("长宁草案上个月生没生效", "不是现行政策"),
    ],
)
def test_a_document_holds_or_not_on_the_day_asked_about(ask: Ask, question: str, word: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert word in answer.text


def test_the_days_left_are_counted(ask: Ask) -> None:
    # 2026-11-22 到 2028-12-31：2027 年 365 天、2028 年 366 天，加 2026 年余下的 39 天
    assert "还有770天" in ask("在线新经济的措施还剩多少天到期").text


def test_what_has_no_end_has_no_days_left(ask: Ask) -> None:
    assert "天。" not in ask("科技服务业意见还有几天到期").text


def test_a_number_within_a_longer_one_names_no_document(ask: Ask) -> None:
    assert (
        ask("127号文还有效吗").outcome is not Outcome.ANSWERED
        or "本库各份文件" in ask("127号文还有效吗").text
    )
