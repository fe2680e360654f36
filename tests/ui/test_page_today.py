"""What depends on the day is worked out when a page is opened, not when the server was started."""

import pytest
from fastapi.testclient import TestClient

from tests.fakes import FakeApplication
from ui.serving import create_server_app

OF_THE_DAY = ("pa-offers-result", "pa-library-text", "pa-library-measures", "pa-library-validity")


@pytest.fixture(scope="module")
def page():
    with TestClient(create_server_app(FakeApplication())) as client:
        return client.get("/config").json()


@pytest.mark.parametrize("place", OF_THE_DAY)
def test_it_is_empty_in_the_page_as_laid_out_and_filled_on_opening(page, place):
    part = next(one for one in page["components"] if one["props"].get("elem_id") == place)
    opening = [one for one in page["dependencies"] if any(target[1] == "load" for target in one["targets"])]
    assert not part["props"].get("value")
    assert any(part["id"] in one["outputs"] for one in opening)
