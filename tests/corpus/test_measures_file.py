"""Reading facts.yaml and measures.yaml: strictly, with messages a policy officer can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import BrokenCorpusError
from corpus.facts_file import load_facts
from corpus.measures.file import MeasureFile, load_measures
from corpus.model.document import Clause, ClauseKind, ClausePath
from corpus.model.measure import Fact
from corpus.model.values import Money, Rate, Unit

TEXT = "(一)对技术改造项目,按设备投资的20%给予资金支持,最高不超过200万元。"
FACTS = """
equipment_investment: {label: 设备投资, unit: yuan, role: base, question: 设备投资是多少？, hints: [设备款]}
is_upgrade: {label: 技术改造项目, unit: yes_no, role: condition, question: 请问是否技术改造？}
"""
MEASURES = """
document: demo
measures:
  - id: demo/1/equipment
    name: 设备投资支持
    passage: 对技术改造项目,按设备投资的20%给予资金支持,最高不超过200万元
    kind: {value: grant, quote: 资金支持}
    formula:
      type: share
      rate: {ratio: 0.2, quote: 20%}
      base: {fact: equipment_investment, quote: 设备投资}
    caps: [{yuan: 2000000, quote: 200万元, bound: 最高不超过}]
    conditions: [{fact: is_upgrade, quote: 技术改造项目}]
"""


def _facts(folder: Path, text: str = FACTS) -> dict[str, Fact]:
    path = folder / "facts.yaml"
    path.write_text(text, "utf-8")
    return dict(load_facts(path).facts)


def _load(folder: Path, measures: str, text: str = TEXT) -> MeasureFile:
    path = folder / "demo" / "measures.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(measures, "utf-8")
    clause = Clause("demo/1", "demo", ClausePath(("1",)), ClauseKind.ITEM, "(一)", (), text, 0)
    return load_measures(path, {clause.id: clause}, _facts(folder))


def _refusal(folder: Path, measures: str, text: str = TEXT) -> str:
    with pytest.raises(BrokenCorpusError) as refused:
        _load(folder, measures, text)
    return str(refused.value)


def test_a_measure_is_bound_to_its_clause(tmp_path: Path) -> None:
    (measure,) = _load(tmp_path, MEASURES).measures

    assert measure.formula_number.value == Rate.of("0.2")
    assert measure.caps[0].amount.value == Money.of(2000000)
    assert [word.quote for word in measure.bound_words] == ["最高不超过"]
    assert TEXT[measure.passage.start : measure.passage.end] == measure.passage.quote
    assert measure.fact_names == ("equipment_investment", "is_upgrade")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("quote: 20%", "quote: 25%", "措施 demo/1/equipment 的 formula.rate：所引段落中没有“25%”"),
        ("quote: 200万元", "quote: 200万", "caps[0]：“200万”截断了所引段落中的数字、单位或限定词"),
        ("bound: 最高不超过", "bound: 最高", "caps[0].bound：“200万元”之前没有限定词“最高”"),
        ("passage: 对技术", "passage: 对设备", "的 passage：条款 demo/1中没有"),
        ("fact: equipment_investment", "fact: equipment", "facts.yaml 中没有事实 equipment"),
        ("fact: equipment_investment", "fact: is_upgrade", "单位应为 yuan，实为 yes_no"),
        ("fact: is_upgrade", "fact: equipment_investment", "单位应为 yes_no，实为 yuan"),
        ("id: demo/1/equipment", "id: demo/2/equipment", "没有条款 demo/2"),
        ("document: demo", "document: other", "与文件夹名不同"),
        ("name: 设备投资支持", "title: 设备投资支持", "measures → demo/1/equipment → title：没有这一项"),
        ("bound: 最高不超过", "bonud: 最高不超过", "bonud：没有这一项，请删去或改正字段名"),
        ("type: share", "type: percent", "没有这种公式类型"),
        ("yuan: 2000000", "yuan: -1", "不能为负"),
        ("yuan: 2000000", "yuan: 两百万", "不是数字"),
        ("yuan: 2000000", "yuan: .inf", "不是有限的数"),
        ("{value: grant,", "{value: gift,", "不是允许的值"),
        ("    kind:", "    matter: 同一项目\n    kind:", "文件开头没有 cumulation"),
        ("    kind:", "    name: 又一个\n    kind:", "重复"),
        ("ratio: 0.2", "ratio: [", "无法读取"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert before in MEASURES
    message = _refusal(tmp_path, MEASURES.replace(before, after, 1))
    assert says in message
    assert "measures.yaml" in message


def test_a_changed_digit_of_the_clause_is_noticed_at_once(tmp_path: Path) -> None:
    assert "没有" in _refusal(tmp_path, MEASURES, TEXT.replace("200万元", "300万元"))


def test_a_comparison_needs_its_threshold(tmp_path: Path) -> None:
    alone = MEASURES.replace(
        "quote: 技术改造项目}", "quote: 技术改造项目, comparison: {value: at_most, quote: 最高不超过}}"
    )
    assert "comparison 与 threshold 须同时写出" in _refusal(tmp_path, alone)


def test_a_restatement_must_be_word_for_word(tmp_path: Path) -> None:
    restated = "restatements: [{clause: '1', reason: 重述, measures: [demo/1/equipment]}]"
    assert [e.restates for e in _load(tmp_path, MEASURES + restated).explained] == ["demo/1/equipment"]
    assert "没有措施 demo/1/other" in _refusal(tmp_path, MEASURES + restated.replace("equipment", "other"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCorpusError, match="无法读取"):
        load_measures(tmp_path / "measures.yaml", {}, {})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "整个文件" in _refusal(tmp_path, "")


def test_facts_know_their_units_and_words(tmp_path: Path) -> None:
    fact = _facts(tmp_path)["equipment_investment"]
    assert (fact.label, fact.unit, fact.hints) == ("设备投资", Unit.YUAN, ("设备款",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("level: {label: 等级, unit: level, role: threshold, question: 几级？}", "level 必须有 choices"),
        (
            "level: {label: 等级, unit: yuan, role: base, question: 几级？, choices: [一级]}",
            "choices 只用于 level",
        ),
        ("等级: {label: 等级, unit: yuan, role: base, question: 几级？}", "英文标识符"),
        ("size: {label: 规模, unit: acre, role: count, question: 多大？}", "没有单位“acre”"),
        ("size: {label: 规模, unit: yuan, role: base}", "question：缺少这一项"),
        ("- size", "整个文件：应为按名称列出的各项"),
    ],
)
def test_a_wrong_fact_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BrokenCorpusError, match=says):
        _facts(tmp_path, text)
