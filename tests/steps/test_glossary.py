"""The glossary says only what the corpus bears out."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BrokenCorpusError
from corpus.glossary import Term
from corpus.glossary_file import check_glossary, load_glossary
from corpus.store import Corpus


def test_every_word_of_it_stands_where_it_says(corpus: Corpus) -> None:
    assert check_glossary(load_glossary(), corpus.clauses, corpus.facts) == ()


def test_a_word_that_is_not_in_the_clause_is_found_out(corpus: Corpus) -> None:
    wrong = Term(("上云",), ("下云",), ("changning-ai-draft/9.1",))
    glossary = replace(load_glossary(), terms=(wrong,))
    assert "下云" in check_glossary(glossary, corpus.clauses, corpus.facts)[0]


def test_a_clause_that_does_not_exist_is_found_out(corpus: Corpus) -> None:
    wrong = Term(("上云",), ("上云",), ("changning-ai-draft/99",))
    glossary = replace(load_glossary(), terms=(wrong,))
    assert "99" in check_glossary(glossary, corpus.clauses, corpus.facts)[0]


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("documents: []\nterms: []\nfacts: {}\nnot_facts: {}\nelsewhere: []\nmore: 1\n", "utf-8")
    with pytest.raises(BrokenCorpusError, match="more"):
        load_glossary(path)
