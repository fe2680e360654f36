"""What lies in shared/ is shared, and a document's worked cases are held against the calculator."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.worked_cases import check_cases
from corpus.errors import BrokenCorpusError
from corpus.proof.ownership import check_shared
from corpus.store import Corpus, documents_folder, load_corpus

SLUG = "sh-online-economy"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def test_every_shared_fact_is_asked_for_by_several_documents(corpus: Corpus) -> None:
    assert tuple(check_shared(corpus)) == ()


def test_a_shared_fact_that_one_document_uses_is_told_to_move(corpus: Corpus) -> None:
    lone = {**corpus.facts, "coal_saved": replace(corpus.facts["coal_saved"], document="")}
    (found,) = check_shared(replace(corpus, facts=lone))
    assert "coal_saved" in found.subject
    assert "documents/sh-industrial-services/facts.yaml" in found.message


def test_facts_are_called_by_the_documents_own_names(corpus: Corpus) -> None:
    assert corpus.facts_of(SLUG)["is_key_task"].document == SLUG
    assert "coal_saved" not in corpus.facts_of(SLUG)
    assert corpus.facts_of(SLUG)["contract_amount"].document == ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(documents_folder() / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("amount: 4999.5万元", "amount: 4999.6万元", "应为 4999.6万元，测算为 49995000"),
        ("status: not_in_force", "status: payable", "应为 payable，测算为 not_in_force"),
        ("cites: [sh-online-economy/16]", "cites: [sh-online-economy/15]", "依据应为 sh-online-economy/15"),
        ("asks: approved_project_investment", "asks: is_key_task", "应先问 is_key_task"),
        ("hits_cap: exactly", "hits_cap: over", "算式里的上限应为 over"),
    ],
)
def test_a_case_that_does_not_come_out_is_named(
    corpus: Corpus, folder: Path, before: str, after: str, told: str
) -> None:
    path = folder / "cases.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = [str(one) for one in check_cases(folder, corpus, None)]
    assert any(told in one for one in found)


def test_a_misspelt_case_is_refused_by_line(corpus: Corpus, folder: Path) -> None:
    path = folder / "cases.yaml"
    text = path.read_text("utf-8").replace("hits_cap: exactly", "hits_cup: exactly", 1)
    path.write_text(text, "utf-8")
    line = text[: text.index("hits_cup")].count("\n") + 1
    with pytest.raises(BrokenCorpusError, match=f"cases.yaml 第 {line} 行"):
        list(check_cases(folder, corpus, None))
