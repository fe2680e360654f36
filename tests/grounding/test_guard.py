"""The guard blocks what is wrong and lets through what is right: floors on seeded sets, and single cases."""

from __future__ import annotations

import pytest

from assistant.grounding.faults import Kind
from assistant.grounding.guard import faults, line_faults
from assistant.grounding.markdown import plain_line
from assistant.grounding.reference import Reference
from assistant.grounding.slots import with_tokens
from assistant.grounding.verification import Verifier
from evals.guard.__main__ import LEAST, LEAST_RECOMBINED, MOST_WHOLE, SLOTTED, cases, recombined, styles
from tests.grounding.conftest import Ask

HARD = "长宁区硬核技术攻关自筹800万能拿多少"
SAVED = "合同能源管理一年省下8000吨标煤能补多少"


@pytest.mark.parametrize("part", ["tuning", "first", "last"])
def test_lies_are_blocked_and_right_rewordings_are_not(part: str) -> None:
    judged = list(cases(part))
    lies = [bool(case.found) for case in judged if not case.is_right]
    right = [bool(case.found) for case in judged if case.is_right]
    assert len(lies) >= 200
    assert len(right) >= 150
    assert sum(lies) / len(lies) >= 0.99
    assert sum(right) / len(right) <= 0.02


def test_lies_of_the_sources_own_words_are_blocked() -> None:
    lies = [bool(case.found) for case in recombined("fresh")]
    assert len(lies) >= 100
    assert sum(lies) / len(lies) >= LEAST_RECOMBINED


@pytest.mark.parametrize("part", ["tuning", "held"])
def test_what_is_worded_round_the_slots_is_shown_as_it_is_written(part: str) -> None:
    tally = styles(part, SLOTTED)
    assert tally.right["wordings"] >= 9
    assert tally.fallen_back == 0
    assert tally.right["sentences replaced"] / tally.right["sentences"] <= 0.1


@pytest.mark.parametrize("part", ["tuning", "held"])
def test_lies_by_hand_are_blocked_and_of_right_words_most_are_kept(part: str) -> None:
    tally = styles(part)
    assert sum(map(len, tally.wrong.values())) >= 40
    assert tally.recall >= LEAST
    assert tally.right["wordings"] >= 40
    assert tally.fallen_back <= MOST_WHOLE
    assert tally.right["sentences replaced"] / tally.right["sentences"] <= 0.25


@pytest.mark.parametrize(
    "line",
    [
        "还须符合：围绕人工智能、协同创新等领域关键技术、共性技术等硬核技术开展攻关并应用；符合产业导向或取得一定成果。〔c1〕",
        "依据第七条(一)：「对符合产业导向且取得一定成果的技术研发项目,可按项目总投入资金总额的30%给予资助」。〔c1〕",
    ],
)
def test_a_word_put_in_anothers_place_and_a_quote_made_up_are_altered(ask: Ask, line: str) -> None:
    assert Kind.ALTERED in {fault.kind for fault in line_faults(line, Verifier(Reference(ask(HARD))))}


def test_one_measures_sum_under_the_name_of_another_is_blocked(ask: Ask) -> None:
    reference = Reference(ask("工业服务业有哪些补贴"))
    line = next(one for one in reference.lines if one.text.startswith("- 参与制修订"))
    marks = "".join(f"〔c{n}〕" for n in sorted(line.cites))
    assert line_faults(line.text + marks, Verifier(reference)) == ()
    assert line_faults(line.text.replace("参与", "主导") + marks, Verifier(reference))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("**最高300万元**。〔c1〕", "最高300万元。〔c1〕"),
        ("3. 条件：甲。〔c1〕", "- 条件：甲。〔c1〕"),
        ("**条件：**", ""),
        ("3.5万元。〔c1〕", "3.5万元。〔c1〕"),
        ("| 预计金额 | 最高300万元〔c1〕 |", "- 预计金额：最高300万元〔c1〕"),
        ("| 项目 | 内容 |", ""),
        ("|---|---|", ""),
        ("```最高300万元```", "```最高300万元```"),
    ],
)
def test_bold_bullets_and_tables_are_taken_off_and_the_rest_is_left(raw: str, shown: str) -> None:
    assert plain_line(raw) == shown


def test_a_composed_answer_is_its_own_right_wording(ask: Ask) -> None:
    for question in (HARD, SAVED, "工业服务业有哪些补贴", "长宁草案什么时候施行"):
        answer = ask(question)
        reference = Reference(answer)
        assert faults(with_tokens(answer.text, frozenset(reference.citations)), reference) == ()


@pytest.mark.parametrize(
    "sum_",
    ["240万元", "二百四十万元", "2,400,000元", "0.024亿元", "２４０万元", "贰佰肆拾万元"],
)
def test_one_sum_in_any_notation_is_the_same_sum(ask: Ask, sum_: str) -> None:
    assert (
        line_faults(f"【草案】硬核技术攻关资助拟给予最高{sum_}。〔c1〕", Verifier(Reference(ask(HARD)))) == ()
    )


@pytest.mark.parametrize("rate", ["30%", "百分之三十", "三成", "千分之三百", "３０％", "十分之三"])
def test_one_rate_in_any_notation_is_the_same_rate(ask: Ask, rate: str) -> None:
    line = f"【草案】按项目自筹投入资金总额的{rate}计算。〔c1〕"
    assert line_faults(line, Verifier(Reference(ask(HARD)))) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("【草案】拟给予最高24万元。〔c1〕", Kind.NUMBER),
        ("【草案】拟给予最高三分之一。〔c1〕", Kind.NUMBER),
        ("【草案】拟给予240万元。〔c1〕", Kind.BOUND),
        ("【草案】拟给予至少240万元。〔c1〕", Kind.BOUND),
        ("【草案】拟每年给予最高240万元。〔c1〕", Kind.PACE),
        ("【草案】拟给予最高240万元，可以据此申领。〔c4〕〔c1〕", Kind.NEGATION),
        ("【草案】拟给予最高240万元，一定能拿到。〔c1〕", Kind.STRONG),
        ("【草案】拟给予最高240万元，翻倍计算。〔c1〕", Kind.STRONG),
        ("【草案】拟给予最高240万元，详见 http://a.cn。〔c1〕", Kind.FORM),
        ("【草案】拟给予最高240万元。〔c77〕", Kind.TOKEN),
        ("【草案】拟给予最高240万元。", Kind.UNCITED),
        ("【草案】拟给予最高240万元，另有购房落户安家补贴。〔c1〕", Kind.NOVEL),
        ("【草案】按《上海市科技创新条例》拟给予最高240万元。〔c1〕", Kind.NAME),
        ("【草案】由市教育委员会拟给予最高240万元。〔c1〕", Kind.NAME),
    ],
)
def test_each_fault_is_called_by_its_name(ask: Ask, line: str, kind: Kind) -> None:
    assert kind in {one.kind for one in line_faults(line, Verifier(Reference(ask(HARD))))}


@pytest.mark.parametrize("yes", ["可以。", "您现在可以拿到。", "能享受。", "有的。"])
def test_a_mere_yes_to_what_cannot_be_had_is_blocked(ask: Ask, yes: str) -> None:
    reference = Reference(ask("清洁生产审核做到20当量吨有奖吗"))
    assert line_faults(f"{yes}〔c1〕", Verifier(reference))
    assert line_faults("不能，现在还拿不到。〔c1〕", Verifier(reference)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "还须符合：工业企业；实施技术改造，部署无人车、人形机器人等智能物流设备。〔c2〕〔c3〕",
        "还须符合：工业物流企业，或者实施技术改造，部署无人车、人形机器人等智能物流设备。〔c2〕〔c3〕",
        "按不超过融资租赁合同租金的5%计，最高可达2000万元。〔c1〕",
        "资金支持、贷款贴息、融资租赁费用补助三种方式并列，可以同时享受。〔c1〕",
    ],
)
def test_a_word_cut_out_of_a_phrase_or_put_into_one_is_blocked(ask: Ask, line: str) -> None:
    assert line_faults(line, Verifier(Reference(ask("融资租赁设备要什么条件才能补"))))


def test_a_condition_left_out_is_missed_though_the_quote_has_it(ask: Ask) -> None:
    answer = ask("能源管理中心核定投入2500万奖多少")
    reference = Reference(answer)
    wording = with_tokens(answer.text, frozenset(reference.citations))
    assert faults(wording, reference) == ()
    found = faults(wording.replace("；取得节能降碳效果", ""), reference)
    assert {fault.kind for fault in found} == {Kind.LOST}


def test_a_year_is_not_any_year(ask: Ask) -> None:
    reference = Reference(ask(SAVED))
    n = len(reference.citations)
    assert line_faults(f"该措施现行有效，施行至2027年12月31日。〔c{n}〕", Verifier(reference)) == ()
    assert line_faults(f"该措施现行有效，施行至2028年12月31日。〔c{n}〕", Verifier(reference))
    assert line_faults(f"该措施现行有效，自2027年12月31日起施行。〔c{n}〕", Verifier(reference))
