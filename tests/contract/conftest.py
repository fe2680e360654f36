import pytest

from tests.chroma_server import chroma_server
from tests.indexes import Indexes
from tests.models import save_tiny_model


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """A sentence-transformers model of a few kilobytes, made here."""
    return save_tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def indexes(tiny_model, tmp_path_factory):
    """Builds every kind of index; a Chroma server runs for those that want one."""
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as url:
        yield Indexes(tiny_model, url)
