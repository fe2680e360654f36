"""What the tests of evaluation share: the package's corpus, read once."""

from __future__ import annotations

import pytest

from corpus.store import Corpus, load_corpus


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()
