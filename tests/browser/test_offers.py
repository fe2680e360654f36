"""能享受什么 as a person uses it: tick, fill in, open a row, take the spreadsheet along."""

import pytest
from playwright.sync_api import expect

from corpus.store import load_corpus
from tests.browser.server import served
from tests.fakes import FakeApplication
from ui.serving import create_server_app


@pytest.fixture(scope="module")
def base():
    with served(create_server_app(FakeApplication(corpus=load_corpus()))) as address:
        yield address


def opened(visit, **options):
    page = visit(**options).page
    page.get_by_role("tab", name="能享受什么").click()
    page.locator("#pa-offers-result .pa-row").first.wait_for()
    return page


def tick(page, label, option):
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")


def test_ticking_what_one_does_asks_for_its_number_and_gives_the_sum(visit):
    page = opened(visit)
    tick(page, "做了或打算做的事", "硬核技术攻关")
    page.get_by_label("项目自筹投入资金总额").fill("800万元")
    expect(page.locator(".pa-figure.pa-draft strong")).to_have_text("240万元")
    row = page.locator("details.pa-row").first
    row.locator("summary").click()
    expect(row).to_contain_text("800万元 × 30% = 240万元")
    expect(page.locator("#pa-offers-sources mark").first).to_contain_text("最高不超过300万元")


def test_two_people_see_their_own_profile_only(visit):
    first, second = opened(visit), opened(visit)
    tick(first, "做了或打算做的事", "硬核技术攻关")
    first.get_by_label("项目自筹投入资金总额").fill("800万元")
    expect(first.locator(".pa-figure")).to_have_count(1)
    tick(second, "做了或打算做的事", "实施合同能源管理")
    expect(second.get_by_label("合同能源管理项目节能量")).to_be_visible()
    expect(second.locator("#pa-offers-form")).not_to_contain_text("项目自筹投入资金总额")


def test_the_list_can_be_taken_along(visit):
    page = opened(visit)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出表格（xlsx）").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_phone_never_scrolls_sideways(visit):
    page = opened(visit, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
