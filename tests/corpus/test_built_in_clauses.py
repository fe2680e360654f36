"""Ids, labels and headings of the built-in documents never change: conversations and data name them."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus.store import load_corpus

PINNED = json.loads((Path(__file__).parent / "built_in_clauses.json").read_text("utf-8"))


def test_no_built_in_document_came_or_went():
    assert sorted(document.slug for document in load_corpus().documents) == sorted(PINNED)


@pytest.mark.parametrize("slug", PINNED)
def test_its_clauses_keep_their_ids_labels_headings_and_words(slug):
    assert [
        {
            "path": clause.path.text,
            "kind": clause.kind.value,
            "label": clause.label,
            "headings": list(clause.headings),
            "start": clause.start,
            "sha256": hashlib.sha256(clause.text.encode()).hexdigest()[:12],
        }
        for clause in load_corpus().document(slug).clauses
    ] == PINNED[slug]
