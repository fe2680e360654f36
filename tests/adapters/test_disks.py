"""Reading goes on while writing fails; a damaged index is noticed, whatever its size and times say."""

import os
import shutil
from contextlib import ExitStack
from datetime import date

import pytest

from assistant.bootstrap import Application
from assistant.conversation import Outcome, Question
from assistant.settings import Settings
from tests.disks import NoMountError, fill, read_only, small_disk

DAY = date(2026, 11, 22)
FIRST, THEN = "长宁区硬核技术攻关自筹800万元能拿多少？", "换成500万呢"


def program(folder):
    return Application(Settings(_env_file=None, data_dir=folder))


def asked(application, words):
    return application.assistant.ask(Question(words, DAY, "一次对话"))


@pytest.fixture
def mounts():
    """Give what mounts until the test ends; the test is skipped where nothing can be mounted."""
    with ExitStack() as stack:

        def enter(mounted):
            try:
                stack.enter_context(mounted)
            except NoMountError as error:
                pytest.skip(f"nothing can be mounted here: {error}")

        yield enter


def is_told_as_not_kept(answer, folder):
    (told,) = [one for one in answer.warnings if "没能存入对话记录" in one]
    assert str(folder) not in told
    assert "编号" in told
    return True


def test_on_a_full_disk_the_conversation_goes_on_and_is_told_as_not_kept(tmp_path, mounts):
    folder = tmp_path / "disk"
    mounts(small_disk(folder))
    application = program(folder)
    asked(application, FIRST)
    filler = fill(folder)
    answer = asked(application, THEN)
    assert "150万元" in answer.text
    assert is_told_as_not_kept(answer, folder)
    fresh = asked(program(folder), THEN)  # one that starts on the full disk knows what was kept before
    assert "150万元" in fresh.text
    assert is_told_as_not_kept(fresh, folder)
    filler.unlink()
    later = asked(program(folder), THEN)
    assert not any("没能存入" in one for one in later.warnings)


def test_a_folder_that_may_only_be_read_is_served_from(tmp_path, mounts):
    folder = tmp_path / "data"
    asked(program(folder), FIRST)
    mounts(read_only(folder))
    application = program(folder)
    application.index.opened()
    answer = asked(application, THEN)
    assert "150万元" in answer.text
    assert is_told_as_not_kept(answer, folder)


def test_a_folder_without_an_index_that_may_only_be_read_is_an_error_that_names_no_place(tmp_path, mounts):
    folder = tmp_path / "data"
    folder.mkdir()
    mounts(read_only(folder))
    answer = asked(program(folder), FIRST)
    assert answer.outcome is Outcome.ERROR
    assert str(folder) not in "".join((answer.text, *answer.warnings))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a data directory with its index, and what a search of it finds."""
    folder = tmp_path_factory.mktemp("built")
    return folder, found(folder)


def found(folder):
    hits = program(folder).index.search("硬核技术攻关的资助比例", 20)
    return [(hit.clause_id, round(hit.score, 9)) for hit in hits]


def index_files(folder):
    """Give the files of an index, but those of Chroma, which answers nothing here and changes its own."""
    files = sorted(file for file in (folder / "index").rglob("*") if file.is_file())
    return [file for file in files if "chroma" not in file.parts and not file.name.endswith("lock")]


def flip(file, at):
    """Change one byte; size and times stay as they were."""
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    with file.open("r+b") as opened:
        opened.write(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_byte_flipped_anywhere_in_an_index_is_noticed_and_the_index_is_as_before(built, tmp_path):
    folder, before = built
    names = [file.relative_to(folder) for file in index_files(folder) if file.stat().st_size]
    for number, name in enumerate(names):
        copy = shutil.copytree(folder, tmp_path / str(number))
        size = (copy / name).stat().st_size
        flip(copy / name, size * (1 + number % 9) // 10)
        assert found(copy) == before, name


def test_zeros_in_the_place_of_a_file_are_noticed(built, tmp_path):
    folder, before = built
    copy = shutil.copytree(folder, tmp_path / "copy")
    for file in index_files(copy):
        file.write_bytes(bytes(file.stat().st_size))
    assert found(copy) == before
