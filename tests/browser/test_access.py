"""Every tab of the page for those who read it otherwise: axe-core finds nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assistant.settings import Settings
from corpus.store import load_corpus
from tests.browser.server import served
from tests.fakes import FakeApplication
from ui.page.frame import TABS
from ui.serving import create_server_app

GRAVE = {"serious", "critical"}


PASSWORD = "一个够长的口令-7391"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), admin_password=PASSWORD, _env_file=None)
    application = FakeApplication(corpus=load_corpus(), settings=settings)
    with served(create_server_app(application)) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_room_has_a_serious_violation(visit, scheme):
    page = visit(scheme=scheme)
    page.ask("自筹800万元")
    for label, name, _ in TABS:
        page.page.get_by_role("tab", name=label, exact=True).click()
        expect(page.page.locator(f"#pa-tab-{name}")).to_be_visible()
        page.page.wait_for_timeout(300)
        found = Axe().run(page.page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE]
        assert grave == [], label


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_adding_a_document_has_no_serious_violation(visit, scheme):
    page = visit(scheme=scheme).page
    page.get_by_role("tab", name="政策库").click()
    page.get_by_role("tab", name="添加文件").click()
    page.get_by_label("管理口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("粘贴原文").fill("某区办法\n第一条 給予支持。\n第二条 自2026年3月1日起施行。")
    page.get_by_role("button", name="读一读").click()
    page.locator("#pa-add-preview article").wait_for()
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []


def test_the_rooms_are_reached_from_the_keyboard(visit):
    page = visit().page
    page.get_by_role("tab", name="咨询").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("找一项支持")).to_be_visible()
