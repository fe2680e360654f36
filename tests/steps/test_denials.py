"""A condition denied, in whatever words, means no award; what denies no condition changes nothing."""

import pytest

from assistant.conversation import Answer, ConditionState, EstimateStatus, Outcome
from tests.steps.conftest import Ask


def unmet(answer: Answer) -> str:
    conditions = (each for one in answer.estimates for each in one.conditions)
    return "；".join(each.text for each in conditions if each.state is ConditionState.UNMET)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我们没通过DCMM，费用花了28万，能报销吗", "首次通过DCMM"),
        ("DCMM评审这次还没过，认证费18万补多少", "首次通过DCMM"),
        ("DCMM证书失效了，当时花了30万，给补吗", "首次通过DCMM"),
        ("已经不是第一次做DCMM了，三级，费用26万补多少", "首次通过DCMM"),
        ("我们不是长宁注册的，DCMM二级认证费20万，补多少", "本区域内企业"),
        ("我们是长宁以外的公司，DCMM二级认证费20万，补多少", "本区域内企业"),
        ("公司进了失信名单，上云花了30万，给补吗", "信用记录良好"),
        ("攻关项目自筹500万，硬核技术攻关的综合评审被退回，还给吗", "经综合评估"),
        ("硬核攻关自筹700万，但不属于产业导向里的，能给多少", "符合产业导向"),
        ("应用场景总投入300万，已经列入财政预算，能给多少", "未纳入财政信息化建设预算"),
        ("应用场景总投入300万，区里没给认定，能给多少", "经认定符合条件"),
        ("软件没评上首版次，合同200万补多少", "首版次创新产品"),
        ("办了两场论坛，都不在长宁办，能补吗", "在长宁区举办或承办"),
        ("去了两次展会，都不是政府部门主办的，参展补多少", "行业主管部门主办"),
        ("我们不算高质量孵化器，孵化器建设花了600万，能给吗", "高质量(培育)孵化器"),
        ("没办履约贷，交了保费4万，履约贷保费补贴能拿吗", "授信企业"),
        ("两化融合没贯成标，能给奖励吗", "两化融合"),
        ("关键项目总投资3000万，市政府没点头，能给多少", "经市政府批准"),
        ("服务型制造的称号被摘牌了，还奖吗", "服务型制造相关称号"),
        ("没进专业服务商推荐目录，能拿服务商奖励吗", "推荐目录"),
        ("能管中心花了800万，还没见到节能效果，奖多少", "节能降碳效果"),
        ("能管中心还没建成，预算800万，奖多少", "建立能源管理中心"),
        ("我们不是节能服务公司，合同能源管理省了900吨标煤，奖吗", "节能服务机构"),
        ("物流航线是老航线，3条都飞满一万架次，给多少", "新开设工业物流航线"),
        ("国际权威技术组织的认可申请被拒了，奖多少", "国际权威技术组织认可"),
        ("一测多证没做成，合同60万，给多少", "一测多证"),
    ],
)
def test_what_is_denied_is_not_met_and_no_sum_is_promised(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert words in unmet(answer)
    assert all(one.amount is None for one in answer.estimates if words in unmet(answer))
    assert "现在不能享受" in answer.text
    assert answer.missing == ()


@pytest.mark.parametrize(
    "question",
    [
        "没有拿过上云补贴，今年上云花了60万，能补多少",
        "DCMM三级有没有补贴，认证费40万",
        "首版次合同100万，没有上限吗，能补多少",
        "非常想知道一测多证合同90万补多少",
        "我们没有失信记录，硬核攻关自筹400万补多少",
        "应用场景没有纳入财政预算，总投入300万，补多少",
        "人形机器人等未来产业的行业标准，我们主导，给多少",
        "两化融合首次贯标，是不是奖励20万",
    ],
)
def test_what_denies_no_condition_leaves_the_sum(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert unmet(answer) == ""
    assert any(one.amount is not None for one in answer.estimates)


def test_only_the_nearest_thing_is_denied(ask: Ask) -> None:
    assert unmet(ask("应用场景项目未经认定，总投入260万，补多少")) == "经认定符合条件"


def test_what_one_is_said_not_to_be_but_something_else_is_no_denial(ask: Ask) -> None:
    answer = ask("不是首次贯标两化融合，是首次评上双百企业，给多少")
    assert [one.status for one in answer.estimates] == [EstimateStatus.DRAFT]


def test_a_level_denied_is_not_the_level_had(ask: Ask) -> None:
    assert unmet(ask("没拿到DCMM三级，只拿到一级，认证费20万补多少")).startswith("评估认证为二级")
    assert [one.amount for one in ask("没拿到DCMM四级，只拿到三级，认证费20万补多少").estimates] == [100000]


def test_a_thing_beside_the_one_denied_is_not_denied_with_it(ask: Ask) -> None:
    assert unmet(ask("能管中心没有取得节能效果，花了500万，奖多少")) == "取得节能降碳效果"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("清洁生产审核没达到25当量吨，能奖吗", "须不低于 25当量吨"),
        ("物流航线还没飞够一万架次，2条，能拿多少", "须不低于 10000架次"),
    ],
)
def test_what_falls_short_of_a_threshold_misses_it(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert [one.status for one in answer.estimates] == [EstimateStatus.NOT_ELIGIBLE]
    assert words in answer.text
    assert "24.99" not in answer.text
    assert answer.missing == ()


def test_a_sum_said_to_be_less_than_another_gives_the_most_it_can_be(ask: Ask) -> None:
    # 30 % of less than 500 万
    answer = ask("硬核技术攻关自筹没到500万，能拿多少")
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert [one.range for one in answer.estimates] == [(0, 1500000)]


def test_hoping_for_the_right_sum_is_answered_with_what_it_takes(ask: Ask) -> None:
    text = ask("我们做清洁生产，能拿5万吗").text
    assert "碳核算、碳认证等绿色低碳专业服务机构" in text


@pytest.mark.parametrize(
    "question",
    [
        "公司不在外地，就在长宁，上云花了50万，补多少",
        "我们是科技园不是孵化器，创业保险保费3万，补多少",
        "没搞清楚DCMM三级补多少，认证费22万",
        "两化融合不是第一次申报但是第一次通过，奖多少",
    ],
)
def test_a_word_of_denying_beside_another_thing_denies_nothing_asked_for(ask: Ask, question: str) -> None:
    assert any(one.amount is not None for one in ask(question).estimates)
