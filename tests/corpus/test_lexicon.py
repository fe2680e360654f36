"""A document's `lexicon.yaml` says only what its clauses bear out; whatever else is refused by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import BrokenCorpusError
from corpus.store import Corpus, documents_folder, load_corpus

SLUG = "sh-services-innovation"
TERM = "terms:\n  - {origin: reviewed, says: [上云], means: [下云], at: [p1]}\n"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a corpus of one document whose lexicon may be rewritten."""
    shutil.copytree(documents_folder() / SLUG, tmp_path / "documents" / SLUG)
    return tmp_path / "documents"


def refusal(root: Path, lexicon: str) -> str:
    (root / SLUG / "lexicon.yaml").write_text(lexicon, "utf-8")
    with pytest.raises(BrokenCorpusError) as refused:
        load_corpus(root)
    return str(refused.value)


@pytest.mark.parametrize(
    ("lexicon", "line", "what"),
    [
        (TERM, 2, "“下云”不在条款“sh-services-innovation/p1”的原文里"),
        (TERM.replace("p1", "p99"), 2, "没有条款“sh-services-innovation/p99”"),
        (TERM.replace("means", "meens"), 2, "meens"),
        (TERM.replace("origin: reviewed, ", ""), 2, "origin：缺少这一项"),
        (TERM.replace("reviewed", "checked"), 2, "不是允许的值"),
        (
            "names: []\nparaphrases:\n  - {origin: derived, about: p77, says: [拍短剧]}\n",
            3,
            "没有条款或措施“p77”",
        ),
        ("everyday:\n\n  - {origin: derived, means: 蓝天, says: [天]}\n", 3, "“蓝天”不在这份文件的原文里"),
        ("facts:\n  - {origin: derived, fact: rent, says: [房租]}\n", 2, "没有事实“rent”"),
        ("nicknames: []\n", 1, "nicknames：没有这一项"),
    ],
)
def test_what_the_text_does_not_bear_out_is_refused_by_file_and_line(
    root: Path, lexicon: str, line: int, what: str
) -> None:
    message = refusal(root, lexicon)
    assert f"lexicon.yaml 第 {line} 行" in message
    assert what in message


def test_a_document_without_a_lexicon_is_as_good(root: Path) -> None:
    (root / SLUG / "lexicon.yaml").unlink()
    assert load_corpus(root).glossary.paraphrases == ()


def test_words_of_all_documents_are_put_together(corpus: Corpus) -> None:
    assert {name.slug for name in corpus.glossary.documents} == {one.slug for one in corpus.documents}
    assert any("changning-ai-draft/8.5" in term.at for term in corpus.glossary.terms)


def test_what_documents_share_keeps_to_those_at_hand(root: Path) -> None:
    shared = [term for term in load_corpus(root).glossary.terms if term.means == ("首版次",)]
    assert [term.at for term in shared] == [(SLUG,)]
