"""A batch keeps order, loses no line, and goes on where it was killed."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.fakes import FakeApplication, FakeAssistant
from tests.patience import soon
from ui.batch.lines import BadLineError, parse_line
from ui.batch.records import RecordsError, open_records
from ui.cli import cli

ROOT = Path(__file__).resolve().parents[2]
SLUGS = ["changning-ai-draft", "sh-online-economy"]


def line(line_id, *turns, **more):
    return json.dumps({"id": line_id, "turns": list(turns), **more}, ensure_ascii=False)


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def records(path):
    return [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def files(tmp_path):
    return tmp_path / "in.jsonl", tmp_path / "out.jsonl"


def batch(files, application=None, *options):
    words = ["batch", *map(str, files), "--as-of", "2026-11-22", *options]
    return CliRunner().invoke(cli, words, obj=application or FakeApplication())


def test_records_come_in_the_order_of_the_lines(files):
    write(files[0], line("b", "甲"), line("a", "乙"), line(7, "丙"))
    assert batch(files).exit_code == 0
    assert [record["id"] for record in records(files[1])] == ["b", "a", 7]


def test_the_turns_of_a_line_share_a_conversation_and_lines_do_not(files):
    application = FakeApplication()
    write(files[0], line("1", "甲", "乙"), line("2", "丙"))
    batch(files, application)
    first, second, third = (asked.conversation_id for asked in application.assistant.asked)
    assert first == second != third


def test_day_and_documents_of_a_line_are_passed_on(files):
    application = FakeApplication()
    write(files[0], line("1", "甲", as_of="2024-01-02", documents=["sh-online-economy"]), line("2", "乙"))
    batch(files, application)
    first, second = application.assistant.asked
    assert (first.as_of, first.documents) == (date(2024, 1, 2), ("sh-online-economy",))
    assert (second.as_of, second.documents) == (date(2026, 11, 22), ())


def test_a_bad_line_becomes_an_error_record_with_its_number(files):
    write(files[0], line("1", "甲"), "{坏", "", line("3"), line("4", "丁"))
    result = batch(files)
    assert result.exit_code == 1
    good, broken, empty, last = records(files[1])
    assert (broken["id"], broken["line"]) == (None, 2)
    assert "第 2 行" in broken["error"]
    assert (empty["id"], empty["line"]) == ("3", 4)
    assert [good["id"], last["id"]] == ["1", "4"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "JSON 对象"),
        (b"{", "不是完整的 JSON"),
        (b"[" * 100_000, "不是完整的 JSON"),
        (b'{"turns": ["q"]}', "缺少 id"),
        (b'{"id": true, "turns": ["q"]}', "缺少 id"),
        (b'{"id": "1"}', "turns"),
        (b'{"id": "1", "turns": []}', "turns"),
        (b'{"id": "1", "turns": "q"}', "turns"),
        (b'{"id": "1", "turns": [" "]}', "问题是空的"),
        (b'{"id": "1", "turns": ["q"], "as_of": "2026-13-01"}', "不是真实存在的日期"),
        (b'{"id": "1", "turns": ["q"], "as_of": 5}', "as_of"),
        (b'{"id": "1", "turns": ["q"], "documents": ["sh-online-econmy"]}', "sh-online-economy"),
        (b'{"id": "1", "turns": ["q"], "documents": "x"}', "documents"),
        (b'{"id": "1", "turns": ["q"], "dokuments": []}', "dokuments"),
    ],
)
def test_each_fault_of_a_line_is_named(raw, told):
    with pytest.raises(BadLineError, match=told):
        parse_line(raw, SLUGS)


def test_a_second_run_asks_nothing_again(files):
    write(files[0], line("1", "甲"), line("2", "乙"))
    batch(files)
    before, again = files[1].read_bytes(), FakeApplication()
    assert batch(files, again).exit_code == 0
    assert again.assistant.asked == []
    assert files[1].read_bytes() == before


def test_a_half_written_last_line_is_repaired_and_only_the_rest_is_asked(files):
    write(files[0], line("1", "甲"), line("2", "乙"), line("3", "丙"))
    batch(files)
    whole = files[1].read_bytes()
    first_end = whole.index(b"\n") + 1
    files[1].write_bytes(whole[: first_end + 40])
    again = FakeApplication()
    batch(files, again)
    assert [asked.text for asked in again.assistant.asked] == ["乙", "丙"]
    assert files[1].read_bytes()[:first_end] == whole[:first_end]
    assert [record["id"] for record in records(files[1])] == ["1", "2", "3"]


def test_a_changed_question_is_asked_again_and_a_moved_one_is_kept(files):
    write(files[0], line("1", "甲"), line("2", "乙"), line("3", "丙"))
    batch(files)
    write(files[0], line("0", "新"), line("1", "甲"), line("2", "改了"), line("3", "丙"))
    again = FakeApplication()
    batch(files, again)
    assert [asked.text for asked in again.assistant.asked] == ["新", "改了"]
    assert [record["id"] for record in records(files[1])] == ["0", "1", "2", "3"]


def test_another_day_is_another_question(files):
    write(files[0], line("1", "甲"))
    batch(files)
    again = FakeApplication()
    batch(files, again, "--as-of", "2025-01-01")
    assert len(again.assistant.asked) == 1


def test_an_error_is_tried_again(files):
    write(files[0], line("1", "崩溃"), line("2", "甲"))
    assert batch(files).exit_code == 1
    again = FakeApplication()
    batch(files, again)
    assert [asked.text for asked in again.assistant.asked] == ["崩溃"]


def test_restart_asks_everything_again(files):
    write(files[0], line("1", "甲"))
    batch(files)
    again = FakeApplication()
    batch(files, again, "--restart")
    assert len(again.assistant.asked) == 1
    assert len(records(files[1])) == 1


def test_lines_with_the_same_id_are_all_answered(files):
    write(files[0], line("1", "甲"), line("1", "乙"))
    batch(files)
    assert [record["answers"][0]["question"] for record in records(files[1])] == ["甲", "乙"]


@pytest.mark.parametrize("content", ["不是结果\n", '{"id": "1", "turns": ["甲"]}\n', "甲\n乙"])
def test_a_file_that_holds_anything_else_is_left_alone(files, content):
    write(files[0], line("1", "甲"))
    files[1].write_text(content, encoding="utf-8")
    result = batch(files)
    assert result.exit_code == 2
    assert "未作改动" in result.stderr
    assert files[1].read_text(encoding="utf-8") == content


def test_restart_does_not_touch_a_file_that_holds_anything_else(files):
    write(files[0], line("1", "甲"))
    files[1].write_text("我的笔记\n", encoding="utf-8")
    assert batch(files, None, "--restart").exit_code == 2
    assert files[1].read_text(encoding="utf-8") == "我的笔记\n"


def test_input_and_output_must_differ(files):
    write(files[0], line("1", "甲"))
    result = batch((files[0], files[0]))
    assert result.exit_code == 2
    assert "同一个文件" in result.stderr


def test_two_batches_never_write_the_same_file(files):
    with open_records(files[1]), pytest.raises(RecordsError, match="另一个批量任务"), open_records(files[1]):
        pass


@pytest.mark.parametrize("target", [".", "missing/out.jsonl"])
def test_a_target_that_cannot_be_written_is_told(files, tmp_path, target):
    write(files[0], line("1", "甲"))
    result = batch((files[0], tmp_path / target))
    assert result.exit_code == 2
    assert "无法写入" in result.stderr


def test_an_empty_input_gives_an_empty_output(files):
    files[0].write_text("\n\n", encoding="utf-8")
    assert batch(files).exit_code == 0
    assert files[1].read_text(encoding="utf-8") == ""


HANGS_AT_THE_FOURTH = """
import sys, time
from tests.fakes import FakeApplication, FakeAssistant
from tests.patience import soon
from ui.cli import cli
class Hanging(FakeAssistant):
    def ask(self, question):
        time.sleep(600 if len(self.asked) == 3 else 0)
        return super().ask(question)
cli(sys.argv[1:], obj=FakeApplication(Hanging()))
"""


def test_a_killed_batch_goes_on_where_it_stopped(files):
    write(files[0], *(line(str(n), f"问题{n}") for n in range(30)))
    words = [sys.executable, "-c", HANGS_AT_THE_FOURTH, "batch", *map(str, files), "--as-of", "2026-11-22"]
    running = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL)
    assert soon(lambda: files[1].exists() and files[1].read_bytes().count(b"\n") == 3)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    again = FakeApplication(FakeAssistant())
    assert batch(files, again).exit_code == 0
    assert len(again.assistant.asked) == 30 - 3
    assert [record["id"] for record in records(files[1])] == [str(n) for n in range(30)]
