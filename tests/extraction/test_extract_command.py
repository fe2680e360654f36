"""`policy-assistant extract`: what it prints of a file, as JSON and for people."""

import json

import pytest
from click.testing import CliRunner

from ui.cli import cli

TEXT = (
    "东湖区若干措施\n第一条 按设备投资额的10%给予补助，最高不超过200万元。\n"
    "第二条 对示范项目给予一定奖励。\n第三条 年收入500万元以上的企业可申请。\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "donghu.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_json_holds_awards_grants_without_sum_and_other_numbers(file):
    told = json.loads(CliRunner().invoke(cli, ["extract", str(file), "--json"]).stdout)
    [measure] = told["measures"]
    assert (measure["clause"], measure["state"], measure["base"]) == ("document/1", "proven", "设备投资额")
    assert [(v["role"], v["value"], v["unit"], v["quote"], v["bound"]) for v in measure["values"]] == [
        ("rate", 0.1, "ratio", "10%", None),
        ("cap", 2000000, "yuan", "200万元", "最高不超过"),
    ]
    assert [one["quote"] for one in told["unquantified"]] == ["第二条 对示范项目给予一定奖励。"]
    assert [(one["quote"], one["reason"]) for one in told["other_numbers"]] == [("500万元", "条件或门槛")]
    assert [clause["id"] for clause in told["clauses"]] == [
        "document/preamble",
        "document/1",
        "document/2",
        "document/3",
    ]


def test_people_read_each_award_with_its_state_and_a_count_of_the_rest(file):
    said = CliRunner().invoke(cli, ["extract", str(file)]).stdout
    assert "按设备投资额的10%给予补助，最高不超过200万元（已逐字核对）" in said
    assert "读出 1 项措施，其中 1 项已逐字核对；没有写金额的支持 1 处，其他金额和比例 1 个。" in said
