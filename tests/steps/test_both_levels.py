"""What the city and the district each give: both halves are told, or the one that no text states is named."""

import pytest

from tests.steps.conftest import Ask


def documents_of(ask: Ask, question: str) -> set[str]:
    return {one.span.clause_id.split("/")[0] for one in ask(question).citations}


@pytest.mark.parametrize(
    ("question", "city", "district"),
    [
        ("专业服务商目录市里和区里各奖多少", "sh-industrial-services", "changning-ai-draft"),
        ("履约贷的保费，市级区级分别补多少", "sh-tech-services", "changning-ai-draft"),
        ("首版次产品上海市有什么支持，长宁区有什么支持", "sh-services-innovation", "changning-ai-draft"),
        ("高质量孵化器市区两级分别怎么支持", "sh-services-innovation", "changning-ai-draft"),
    ],
)
def test_both_levels_are_told(ask: Ask, question: str, city: str, district: str) -> None:
    assert {city, district} <= documents_of(ask, question)


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("DCMM认证市里和长宁分别给多少", "市级"),
        ("上云市级补多少，区级补多少", "市级"),
        ("一测多证市里和区里各有什么支持", "区级"),
        ("清洁生产审核，市区两级分别奖多少", "区级"),
    ],
)
def test_the_level_whose_texts_are_silent_is_named(ask: Ask, question: str, level: str) -> None:
    text = ask(question).text
    assert f"收录的{level}文件" in text
    assert "没有写明对这一事项的支持" in text


@pytest.mark.parametrize("question", ["市里已经给了200万，区里能匹配多少", "市里的和区里的能不能都享受"])
def test_a_sum_or_having_both_is_another_question(ask: Ask, question: str) -> None:
    assert "没有写明对这一事项的支持" not in ask(question).text


def test_the_district_s_matching_is_computed_from_what_the_city_gave(ask: Ask) -> None:
    # 1:1，单个项目累计不超过 500 万
    assert [one.amount for one in ask("市里立项给了180万，区里能匹配多少").estimates] == [1800000]


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("服务商推荐目录市里的奖励最高多少", "sh-industrial-services/3/listed-provider"),
        ("服务商推荐目录区里奖多少", "changning-ai-draft/8.4/first-recognition"),
    ],
)
def test_the_one_level_asked_of_is_meant(ask: Ask, question: str, measure: str) -> None:
    assert [one.measure for one in ask(question).estimates] == [measure]
