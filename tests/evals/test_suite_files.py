"""Reading suites strictly: what is wrong is said by file, line and field, in Chinese."""

from __future__ import annotations

import json

import pytest

from evals.cases import Case
from evals.respondents.respondent import spoken_turns
from evals.suite_files import SuiteError, load_items, suite_paths

LINE = {
    "id": "q-1",
    "suite": "mine",
    "type": "amount",
    "turns": [{"role": "user", "content": "最高多少？"}],
    "evidence": [{"clause": "changning-ai-draft/7.1", "quote": "30%"}],
}


@pytest.fixture
def load(tmp_path, corpus):
    def read(*lines, name="mine.jsonl"):
        path = tmp_path / name
        texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_text("\n".join(texts), "utf-8")
        return load_items([path], corpus)

    return read


def test_a_quote_is_found_in_its_clause(load, corpus):
    (item,) = load(LINE)
    (span,) = item.gold[-1].spans
    assert corpus.clause("changning-ai-draft/7.1").text[span.start : span.end] == "30%"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"answer": "300万元"}, "mine.jsonl 第 1 行 answer：没有这个字段"),
        ({"turns": [{"content": "问", "lang": "zh"}]}, "turns[0].lang：没有这个字段"),
        ({"type": "amont"}, "type：不是允许的值"),
        ({"turns": []}, "turns：至少要有一项"),
        ({"id": "有 空格"}, "id：只能用字母"),
        ({"as_of": "明天"}, "as_of：应为日期"),
        ({"expect": {"amounts": [{"key": "cap"}]}}, "value_yuan（元）与 value（比例或数量）须写且只写一个"),
        ({"expect": {"amounts": [{"key": "cap", "value_yuan": "多"}]}}, "不是数字"),
        ({"expect": {"calc": {"value_yuan": 5, "formula": "2*3"}}}, "formula 算得 6，与 value_yuan 5 不同"),
        ({"expect": {"calc": {"value_yuan": 5, "formula": "open('x')"}}}, "公式"),
        ({"evidence": [{"clause": "changning-ai-draft/7.1", "quote": "40%"}]}, "引文“40%”不在原文中"),
        ({"evidence": [{"clause": "changning-ai-draft/99"}]}, "没有条款“changning-ai-draft/99”"),
        ({"evidence": [{"clause": "changning-ai-draft/6.1", "quote": "给予"}]}, "出现 3 次"),
        ({"expect": {"status": "not_covered"}}, "应拒答的题不能有 evidence"),
        ({"documents": ["nowhere"]}, "没有文件 nowhere"),
        ({"corpus": {"noise": ["nowhere"]}}, "没有干扰文件 nowhere"),
        (
            {"corpus": {"edits": [{"doc": "changning-ai-draft", "find": "三亿元", "replace": "元"}]}},
            "changning-ai-draft 中没有“三亿元”",
        ),
    ],
)
def test_a_wrong_field_is_named(change, told, load):
    with pytest.raises(SuiteError) as caught:
        load({**LINE, **change})
    assert told in str(caught.value)
    assert "第 1 行" in str(caught.value)


def test_lines_that_are_no_json_or_name_a_field_twice_are_told_with_their_number(load):
    with pytest.raises(SuiteError) as caught:
        load(LINE, "", "{oh", '{"id": 1, "id": 2}', '{"value": NaN}')
    assert [line.split("：")[0] for line in caught.value.problems] == [
        "mine.jsonl 第 3 行",
        "mine.jsonl 第 4 行",
        "mine.jsonl 第 5 行",
    ]


def test_an_id_used_twice_is_told_with_both_places(load):
    with pytest.raises(SuiteError, match=r"第 2 行：编号 q-1 已用于 mine\.jsonl 第 1 行"):
        load(LINE, LINE)


def test_an_empty_suite_fails(load):
    with pytest.raises(SuiteError, match="题集是空的"):
        load("")


def test_an_unknown_suite_names_those_there_are():
    with pytest.raises(SuiteError, match=r"没有叫“coer”的题集.*core"):
        suite_paths(["coer"])


def test_the_record_of_the_field_study_is_taken_as_it_is(load, corpus):
    whole = corpus.document("changning-ai-draft").text
    start = whole.index("可按项目自筹投入资金总额的30%")
    (item,) = load(
        {
            "id": "q-0001",
            "suite": "core",
            "type": "calc",
            "turns": [{"role": "user", "content": "能拿多少？"}],
            "profile": {"region": "上海长宁", "kind": "企业", "facts": {"项目自筹投入": 8000000}},
            "as_of": "2025-06-01",
            "expect": {
                "status": "answered",
                "amounts": [
                    {"key": "cap", "value_yuan": 3000000, "upper_bound": True, "required": True},
                    {"key": "rate", "value": 0.3},
                ],
                "calc": {"value_yuan": 2400000, "formula": "min(8000000*0.3,3000000)"},
                "must_say": [["最高", "不超过"]],
                "must_not_say": ["800万元"],
                "facts": ["自筹投入资金总额的30%"],
            },
            "evidence": [
                {"doc": "004", "clause": "第七条(一)", "start": 0, "end": 0},
                {"doc": "004", "start": start, "end": start + 17},
            ],
            "evidence_mode": "any",
            "distractors": [{"doc": "003", "clause": "sh-industrial-services/3"}],
            "tags": ["cap", "draft_status"],
            "difficulty": 2,
            "author": "a",
            "reviewed_by": "b",
            "license": "CC0",
        }
    )
    assert item.gold[-1].clauses == ("changning-ai-draft/7.1",)
    assert item.gold[-1].spans[1].quote == "可按项目自筹投入资金总额的30%,"[:17]
    said = spoken_turns(item, corpus.facts)
    assert said == ("我们是上海长宁企业，项目自筹投入资金总额800万元。能拿多少？",)


def test_a_rate_is_read_as_the_decimal_it_is_written_as():
    case = Case.model_validate({**LINE, "expect": {"amounts": [{"key": "rate", "value": 0.1}]}})
    assert str(case.expect.amounts[0].value) == "0.1"


def test_a_table_of_questions_and_answers_is_read(tmp_path, corpus):
    path = tmp_path / "表.csv"
    path.write_text(
        "问题,答案,条款\n硬核技术攻关最高多少,最高300万元,changning-ai-draft/7.1\n归谁解释,区科委,\n",
        "gb18030",
    )
    first, second = load_items([path], corpus)
    assert str(first.case.expect.amounts[0].value_yuan) == "3000000"
    assert first.gold[-1].clauses == ("changning-ai-draft/7.1",)
    assert second.case.expect.facts == ("区科委",)


def test_a_spreadsheet_is_read_like_a_table(tmp_path, corpus):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["question", "answer"])
    book.active.append(["比例是多少", "30%"])
    book.save(tmp_path / "s.xlsx")
    (item,) = load_items([tmp_path / "s.xlsx"], corpus)
    assert str(item.case.expect.amounts[0].value) == "0.3"


@pytest.mark.parametrize(
    ("text", "told"),
    [("问题,评语\n问,好\n", "不认识的列“评语”"), ("答案\n好\n", "缺少“问题”一列"), ("", "表是空的")],
)
def test_a_table_of_another_shape_is_refused(text, told, tmp_path, corpus):
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(SuiteError, match=told):
        load_items([tmp_path / "t.csv"], corpus)
