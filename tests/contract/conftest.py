import pytest

from tests.models import save_tiny_model


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """A sentence-transformers model of a few kilobytes, made here."""
    return save_tiny_model(tmp_path_factory.mktemp("model"))
