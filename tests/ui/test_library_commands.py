"""Documents of one's own on the command line: a folder at once, a new version, what is read."""

import json

import pytest
from click.testing import CliRunner

from corpus.added import added_folder, added_folders
from corpus.updating import versions_of
from tests.fakes import FakeApplication
from ui.cli import PROGRAM, cli
from ui.library_watch import LibraryWatch

POLICY = """北湖区支持软件产业办法
北湖府规〔2024〕{number}号
第一条 对软件企业给予最高{amount}万元奖励。
第二条 本办法自印发之日起施行，有效期三年。原《北湖区旧办法》（北湖府规〔2019〕2号）同时废止。
北湖区人民政府
2024年2月10日
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    return added_folder(tmp_path / "data")


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    (folder / "deeper").mkdir(parents=True)
    (folder / "first.txt").write_text(POLICY.format(number=1, amount=50))
    (folder / "deeper" / "second.txt").write_text(POLICY.format(number=2, amount=60))
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")
    (folder / "notes.json").write_text("{}")
    (folder / ".hidden.txt").write_text("甲")
    return folder


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], obj=FakeApplication(), prog_name=PROGRAM)


def test_a_folder_is_added_with_one_report_and_a_failed_file_stops_nothing(home, library):
    result = run("add", library, "--yes")
    assert result.exit_code == 1
    assert "共 3 份：加入 2，已在库里 0，没有加入 1。" in result.output
    assert "✗ broken.txt：" in result.output
    assert "Traceback" not in result.output
    assert len(added_folders(home)) == 2


def test_the_same_folder_again_adds_only_what_is_new(home, library):
    run("add", library, "--yes")
    (library / "third.txt").write_text(POLICY.format(number=3, amount=70))
    result = run("add", library, "--yes")
    assert "共 4 份：加入 1，已在库里 2，没有加入 1。" in result.output


def test_one_file_needs_no_slug_and_takes_the_one_it_is_given(home, library):
    assert run("add", library / "first.txt", "--yes").exit_code == 0
    assert run("add", library / "deeper" / "second.txt", "beihu", "--yes").exit_code == 0
    names = [folder.name for folder in added_folders(home)]
    assert names[0] == "beihu"
    assert names[1].startswith("first-")


def test_a_new_version_takes_the_place_of_the_old_which_is_kept(home, library):
    run("add", library / "first.txt", "beihu", "--yes")
    result = run("update", "beihu", library / "deeper" / "second.txt", "--yes")
    assert result.exit_code == 0
    assert "60万元" in (home / "beihu" / "text.md").read_text()
    (before,) = versions_of("beihu", home)
    assert "50万元" in (before / "text.md").read_text()
    assert [folder.name for folder in added_folders(home)] == ["beihu"]


def test_what_cannot_be_updated_stays_as_it_was(home, library):
    run("add", library / "first.txt", "beihu", "--yes")
    assert run("update", "beihu", library / "broken.txt", "--yes").exit_code == 2
    assert run("update", "nobody", library / "first.txt", "--yes").exit_code == 2
    assert "50万元" in (home / "beihu" / "text.md").read_text()
    assert versions_of("beihu", home) == ()


def test_what_is_counted_is_kept_with_what_it_was_counted_from(home, library):
    run("add", library / "first.txt", "beihu", "--yes")
    written = (home / "beihu" / "policy.yaml").read_text()
    assert "counted_from: signed_on" in written
    assert "value: '2027-02-09'" in written
    assert "北湖府规〔2019〕2号" in written


def test_extract_gives_the_contract_and_stores_nothing(home, library):
    result = run("extract", library / "first.txt", "--json", "--as-of", "2026-12-01")
    told = json.loads(result.output)
    document = told["document"]
    assert document["title"] == "北湖区支持软件产业办法"
    assert (document["effective_on"], document["expires_on"]) == ("2024-02-10", "2027-02-09")
    assert document["reckoned"] == ["effective_on", "expires_on"]
    assert document["repeals"] == ["北湖府规〔2019〕2号"]
    assert document["status"] == "in_force"
    assert [clause["label"] for clause in told["clauses"]][1:3] == ["第一条", "第二条"]
    assert [one["quote"] for one in told["measures"]] == ["对软件企业给予最高50万元奖励"]
    assert told["account"]["unaccounted"] == 0
    assert not home.exists()


def test_extract_of_what_is_no_document_is_told_in_chinese(home, library):
    result = run("extract", library / "broken.txt", "--json")
    assert result.exit_code == 2
    assert "broken.txt" in result.stderr


def test_a_running_server_takes_up_what_another_process_adds_and_removes(tmp_path, home, library):
    application = FakeApplication()
    application.settings = application.settings.model_copy(update={"data_dir": tmp_path / "data"})
    watch = LibraryWatch(application)
    assert not watch.look()
    run("add", library / "first.txt", "beihu", "--yes")
    assert watch.look()
    assert application.corpus.added == ("beihu",)
    assert not watch.look()
    run("update", "beihu", library / "deeper" / "second.txt", "--yes")
    assert watch.look()
    run("remove", "beihu")
    assert watch.look()
    assert application.corpus.added == ()


@pytest.fixture
def reviewed(home, tmp_path):
    file = tmp_path / "policy.txt"
    file.write_text(POLICY.format(number=1, amount=50))
    run("add", file, "beihu", "--yes")
    return home


def review(*words):
    return CliRunner().invoke(cli, ["review", *map(str, words)], prog_name=PROGRAM)


def test_the_awards_read_from_a_document_are_listed_with_rule_and_example(reviewed):
    result = review("beihu")
    assert result.exit_code == 0
    for words in ("自动识别，未经人工核对", "给予最高50万元奖励", "算法：最高 50万元", "算例：", "共 1 项"):
        assert words in result.output


def test_an_award_is_confirmed_with_who_and_when_and_shown_so(reviewed):
    result = review("beihu", "--confirm", "beihu/1/award-1", "--by", "王敏", "--json")
    assert result.exit_code == 0
    [one] = json.loads(result.output)["measures"]
    assert (one["state"], one["reviewed"]["by"]) == ("confirmed", "王敏")
    assert "王敏" in (reviewed / "beihu" / "measures.yaml").read_text(encoding="utf-8")


def test_a_rejected_award_is_shown_so(reviewed):
    result = review("beihu", "--reject", "beihu/1/award-1", "--by", "王敏", "--json")
    assert [one["state"] for one in json.loads(result.output)["measures"]] == ["rejected"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("none",), "没有添加过编号为“none”的文件"),
        (("changning-ai-draft",), "随程序提供"),
        (("beihu", "--confirm", "beihu/7/award-1"), "没有编号为“beihu/7/award-1”的措施"),
        (("beihu", "beihu/1/award-1"), "要确认还是否定"),
        (("beihu", "--confirm", "beihu/1/award-1", "--by", " "), "请用 --by"),
    ],
)
def test_what_cannot_be_reviewed_is_told_as_bad_input(reviewed, words, told):
    result = review(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
