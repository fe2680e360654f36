"""`read` and `add` say what became of every character of a file."""

import json

from click.testing import CliRunner

from tests.fakes import FakeApplication
from ui.cli import cli

PAGE = (
    "<html><head><title>北湖区奖励办法</title></head><body><nav><a>首页</a></nav><h1>北湖区奖励办法</h1>"
    "<p>第一条 对符合条件的企业给予奖励，最高50万元。</p><p style='display:none'>改为800万元</p>"
    "</body></html>"
)


def read(tmp_path, *options):
    path = tmp_path / "办法.html"
    path.write_text(PAGE, encoding="utf-8")
    return CliRunner().invoke(cli, ["read", str(path), *options], obj=FakeApplication())


def test_read_prints_the_balance(tmp_path):
    # kept: the title 7, the article 23; removed: 首页 2, the title bar 7, the hidden words 7
    printed = read(tmp_path).output.replace("\n", "")
    assert "文件共 46 字：保留 30 字，移除 16 字" in printed
    assert "隐藏文字 7" in printed


def test_changes_list_what_was_removed_and_where(tmp_path):
    printed = read(tmp_path, "--changes").output
    assert "读取时移除 3 处" in printed
    assert "隐藏文字：网页，“改为800万元”" in printed


def test_the_balance_is_json_as_well(tmp_path):
    told = json.loads(read(tmp_path, "--json").output)
    assert told["account"]["seen"] == told["account"]["kept"] + told["account"]["removed"] == 46
    assert told["account"]["unaccounted"] == 0
