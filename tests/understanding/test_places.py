"""Places in questions: what is a place, whose policy is asked, and which documents hold there."""

from __future__ import annotations

import pytest

from assistant.understanding.places import PlaceReader, PlaceRole, applies, build_place_reader
from corpus.store import Corpus, load_corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> PlaceReader:
    return build_place_reader(corpus.documents)


@pytest.mark.parametrize(
    ("question", "said", "role"),
    [
        ("陕西省的服务商做诊断能拿多少", "陕西省", PlaceRole.SEAT),
        ("我们公司在徐汇，攻关能补多少", "徐汇", PlaceRole.SEAT),
        ("我们是无锡的", "无锡", PlaceRole.SEAT),
        ("成都高新区有没有补贴", "成都", PlaceRole.ASKED),
        ("去广州参加展会补多少", "广州", PlaceRole.PASSED),
        ("上海飞苏州的航线", "苏州", PlaceRole.PASSED),
        ("测一次美国也认", "美国", PlaceRole.PASSED),
        ("美国的补贴有多少", "美国", PlaceRole.ASKED),
        ("注册在外地的企业能申请吗", "外地", PlaceRole.SEAT),
        ("云岭县的企业能申请吗", "云岭县", PlaceRole.SEAT),
        ("云岭县充电桩怎么补", "云岭县", PlaceRole.ASKED),
    ],
)
def test_a_place_is_found_with_its_role(
    reader: PlaceReader, question: str, said: str, role: PlaceRole
) -> None:
    found = {one.said: one.role for one in reader.mentions(question)}
    assert found.get(said) is role


@pytest.mark.parametrize(
    "question",
    [
        "朝阳产业有扶持吗",
        "和平发展",
        "公安部门审批",
        "建设项目投资",
        "工业园区",
        "各区县有没有配套",
        "百强县企业补多少",
        "还是县里出钱",
        "县级孵化器补多少",
    ],
)
def test_ordinary_words_are_no_places(reader: PlaceReader, question: str) -> None:
    assert reader.mentions(question) == ()


@pytest.mark.parametrize(
    ("place", "holding"),
    [
        ("陕西省企业", set()),
        ("苏州工业园区的企业", set()),
        ("徐汇区的企业", {"sh-industrial-services", "sh-online-economy", "sh-tech-services"}),
        (
            "长宁区的企业",
            {"changning-ai-draft", "sh-industrial-services", "sh-online-economy", "sh-tech-services"},
        ),
        (
            "上海市的企业",
            {"changning-ai-draft", "sh-industrial-services", "sh-online-economy", "sh-tech-services"},
        ),
        ("云岭县的企业", set()),
    ],
)
def test_a_city_holds_in_its_districts_and_nowhere_else(
    corpus: Corpus, reader: PlaceReader, place: str, holding: set[str]
) -> None:
    mention = reader.mentions(place)[0]
    found = {one.slug for one in corpus.documents if applies(one, mention)} - {"sh-services-innovation"}
    assert found == holding


def test_places_that_follow_each_other_are_one(reader: PlaceReader) -> None:
    assert [one.said for one in reader.mentions("上海市长宁区的企业")] == ["上海市长宁区"]


def test_every_province_and_its_capital_is_another_place(corpus: Corpus, reader: PlaceReader) -> None:
    for name in (
        "河北",
        "石家庄",
        "内蒙古",
        "广西",
        "南宁",
        "西藏",
        "拉萨",
        "香港",
        "台湾",
        "海口",
        "延边",
        "恩施",
    ):
        mentions = reader.mentions(f"{name}的企业做数字化诊断能拿多少")
        assert mentions, name
        assert not any(applies(document, mentions[0]) for document in corpus.documents), name
