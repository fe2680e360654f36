"""What the calibration keeps: few answerable questions refused, few others answered."""

from pathlib import Path

import pytest

from assistant.conversation import Outcome
from assistant.steps.routing.limits import Limits, Naming
from assistant.steps.state import AnswerContext
from evals.calibration import (
    SUITES,
    Case,
    Scored,
    by_weights,
    cases_of,
    choose,
    errors_of,
    load_cases,
    score,
    write_limits,
)
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("suite", "share"),
    [
        ("coverage-tune", 0.06),
        ("coverage-test", 0.08),
        ("coverage-voices-tune", 0.12),
        ("coverage-voices-test", 0.14),
    ],
)
def test_hardly_a_question_is_routed_wrongly(context: AnswerContext, suite: str, share: float) -> None:
    cases = load_cases(SUITES / f"{suite}.jsonl")
    errors = errors_of([score(case, context) for case in cases], by_weights)
    answerable = sum(case.is_answerable for case in cases)
    assert len(errors.false_refusals) <= share * answerable
    assert len(errors.false_answers) <= share * (len(cases) - answerable)


def test_the_two_sets_share_no_question() -> None:
    tune, test = ({case.question for case in cases_of(half)} for half in ("tune", "test"))
    assert tune.isdisjoint(test)
    assert len(tune) >= 80
    assert len(test) >= 80


def test_the_threshold_lies_between_what_is_answered_and_what_is_not() -> None:
    scored = [
        Scored(Case("yes", "问", True), 0.8, Naming.UNNAMED, None),
        Scored(Case("no", "问", False), 0.4, Naming.UNNAMED, None),
    ]
    assert 0.4 < choose(scored).unnamed <= 0.8


def test_written_thresholds_keep_the_comment(tmp_path: Path) -> None:
    path = tmp_path / "limits.yaml"
    path.write_text("# 说明\nunnamed: 0.1\n", "utf-8")
    write_limits(Limits(unnamed=0.5, by_document=0.4, by_term=0.2), path)
    assert path.read_text("utf-8") == "# 说明\nunnamed: 0.50\nby_document: 0.40\nby_term: 0.20\n"


@pytest.mark.parametrize(
    "question",
    [
        "种子基金怎么拿",
        "环保税怎么减",
        "渔业保险补多少",
        "装修贷能贴息吗",
        "GB50430认证奖励多少",
    ],
)
def test_a_kind_of_thing_no_clause_speaks_of_is_not_covered(ask: Ask, question: str) -> None:
    assert ask(question).outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize(
    "question",
    [
        "健身房押金怎么退",
        "机器人俱乐部报名费多少",
        "软件公司注销要哪些步骤",
        "算力设备的市场价格多少",
        "车贷能不能贴息",
    ],
)
def test_a_matter_no_support_policy_settles_is_not_covered(ask: Ask, question: str) -> None:
    assert ask(question).outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("准备IPO的平台公司有啥支持", "sh-online-economy/3"),
        ("搞科技大赛审批手续能不能省点", "sh-tech-services/14.4"),
        ("科技智库的钱按什么给", "sh-tech-services/4.2"),
        ("物流设备贷款的利息，市里贴不贴", "sh-industrial-services/8"),
        ("自由职业者想办个体户，平台能代办吗", "sh-online-economy/6"),
    ],
)
def test_everyday_words_lead_to_the_clause(ask: Ask, question: str, clause: str) -> None:
    assert clause in {one.span.clause_id for one in ask(question).citations}


def test_a_long_story_does_not_hide_the_matter_it_names(ask: Ask) -> None:
    answer = ask(
        "老李昨天在群里转了一大段，说隔壁楼那家搬家以后运气很好，年会抽奖还抽到了电视机，"
        "最后才提到他们家孵化器运营，这个区里补多少？"
    )
    assert answer.outcome is not Outcome.NOT_COVERED
    assert "incubator-operation" in {one.measure.rsplit("/", 1)[1] for one in answer.estimates}


@pytest.mark.parametrize(
    ("question", "measure", "amount"),
    [
        ("飞满一万两千架次的航线有四条，给多少", "low-altitude-route", 2000000),
        ("今年少烧了3000吨标煤，给多少", "energy-contract", 4500000),
        ("做到26当量吨给多少", "cleaner-production", 50000),
        ("诊断了8家规上企业给多少", "digital-diagnosis", 200000),
        ("承办了两场创业大赛给多少", "themed-activities", 400000),
    ],
)
def test_a_unit_only_one_measure_counts_in_points_at_it(
    ask: Ask, question: str, measure: str, amount: int
) -> None:
    answer = ask(question)
    assert {one.measure.rsplit("/", 1)[1]: one.amount for one in answer.estimates} == {measure: amount}
