"""Every room of the page for those who read it otherwise: axe-core finds nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from corpus.store import load_corpus
from tests.browser.server import served
from tests.fakes import FakeApplication
from ui.page.frame import ROOMS
from ui.serving import create_server_app

GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def base():
    with served(create_server_app(FakeApplication(corpus=load_corpus()))) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_room_has_a_serious_violation(visit, scheme):
    page = visit(scheme=scheme)
    page.ask("自筹800万元")
    for label, name, _ in ROOMS:
        page.page.get_by_role("tab", name=label, exact=True).click()
        expect(page.page.locator(f"#pa-room-{name}")).to_be_visible()
        page.page.wait_for_timeout(300)
        found = Axe().run(page.page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE]
        assert grave == [], label


def test_the_rooms_are_reached_from_the_keyboard(visit):
    page = visit().page
    page.get_by_role("tab", name="咨询").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("找一项支持")).to_be_visible()
