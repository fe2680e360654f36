"""The clean text is what cleaning makes of the source; a changed digit in either is found."""

import shutil

import pytest

from corpus.proof.sources import check_source, check_sources
from corpus.store import documents_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(documents_folder() / "sh-online-economy", tmp_path / "sh-online-economy")


def change(file, old, new):
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_every_document_of_the_corpus_agrees_with_its_source():
    assert check_sources() == ()


def test_a_digit_changed_in_the_clean_text_is_found_where_it_stands(folder):
    change(folder / "text.md", "租赁住房5万套", "租赁住房6万套")
    assert ["“6万套" in finding for finding in check_source(folder)] == [True]


def test_a_digit_changed_in_source_and_text_alike_is_found_by_the_sources_hash(folder):
    change(folder / "text.md", "租赁住房5万套", "租赁住房6万套")
    change(folder / "source.txt", "租赁住房5万套", "租赁住房6万套")
    assert any("source_sha256" in finding for finding in check_source(folder))


def test_a_doubt_that_nobody_reviewed_is_found(tmp_path):
    folder = shutil.copytree(
        documents_folder() / "sh-industrial-services", tmp_path / "sh-industrial-services"
    )
    change(folder / "policy.yaml", "before: 引擎", "before: 发动机")
    assert any("引擎" in finding for finding in check_source(folder))


def test_a_missing_source_is_said_not_raised(folder):
    (folder / "source.txt").unlink()
    assert any("不存在" in finding for finding in check_source(folder))
