"""The real program on loopback, once for all tests that call it from outside."""

import pytest

from assistant.bootstrap import load
from assistant.settings import Settings
from tests.api.serving import served
from ui.api import create_app


@pytest.fixture(scope="session")
def real_application(tmp_path_factory):
    application = load(Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data")))
    application.index.opened()
    return application


@pytest.fixture(scope="session")
def real_server(real_application):
    with served(create_app(real_application)) as base:
        yield base
