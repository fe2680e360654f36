from datetime import date

import pytest

from assistant.steps.reading.days import days_in

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2028年还能申请吗", date(2028, 1, 1)),
        ("到2029年还有效吗", date(2029, 1, 1)),
        ("2027年3月还能拿吗", date(2027, 3, 1)),
        ("2027年12月31日能申请吗", date(2027, 12, 31)),
        ("2023年可以申请吗", date(2023, 12, 31)),
        ("明年还能申请吗", date(2027, 1, 1)),
        ("今年年底前还能申请吗", date(2026, 12, 31)),
    ],
)
def test_the_day_asked_about_is_read(question: str, day: date) -> None:
    assert days_in(question, TODAY).asked == day


@pytest.mark.parametrize(
    "question",
    [
        "沪府办规〔2023〕27号是什么",
        "31项措施有哪些",
        "自筹2000万能拿多少",
        "2024年营收是多少",
        "20家企业诊断补多少",
    ],
)
def test_numbers_that_are_no_day_asked_about_are_left_alone(question: str) -> None:
    assert days_in(question, TODAY).asked is None


def test_a_day_believed_to_be_stated_is_no_day_asked_about() -> None:
    days = days_in("有效期到2026年12月31日，对吧", TODAY)
    assert days.asked is None
    assert days.claimed == (date(2026, 12, 31),)


def test_the_current_year_is_today() -> None:
    assert days_in("2026年还能申请吗", TODAY).asked == TODAY


def test_a_day_that_does_not_exist_is_ignored() -> None:
    assert days_in("2027年2月30日能申请吗", TODAY).asked is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("前年管用吗", date(2024, 12, 31)),
        ("去年年底还算数吗", date(2025, 12, 31)),
        ("年初那会儿能申请吗", date(2026, 1, 31)),
        ("2025年上半年有效吗", date(2025, 6, 30)),
        ("明年四季度还能报吗", date(2027, 10, 1)),
        ("第四季度还能申请吗", TODAY),
        ("上个月是否有效", date(2026, 10, 31)),
        ("下月还作数吗", date(2026, 12, 1)),
        ("今年5月能申请吗", date(2026, 5, 31)),
        ("28年底还有效吗", date(2028, 12, 31)),
    ],
)
def test_a_stretch_of_time_is_its_day_nearest_to_today(question: str, day: date) -> None:
    assert days_in(question, TODAY).asked == day


@pytest.mark.parametrize(
    "question",
    [
        "去年花了90万做认证，能补多少",
        "上半年签的合同能补多少",
        "去年的项目可以补吗",
        "前年拿过补贴，还能拿吗",
        "二季度办的论坛能补多少",
    ],
)
def test_when_something_was_done_is_no_day_asked_about(question: str) -> None:
    assert days_in(question, TODAY).asked is None
