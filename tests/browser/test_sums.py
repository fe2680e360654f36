"""算一算 as a person uses it: pick, fill in, watch the sum, keep the receipt."""

import re

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
    page.get_by_role("tab", name="算一算").click()
    page.locator("#pa-sums-chosen input").wait_for()
    return page


def pick(page, words, name):
    page.get_by_label("找一项支持").fill(words)
    page.locator("#pa-sums-chosen input").click()
    page.get_by_role("option", name=name).click()
    page.locator(".pa-field").first.wait_for()


def test_a_sum_changes_as_one_types(visit):
    page = opened(visit)
    pick(page, "硬核", "硬核技术攻关资助")
    field = page.get_by_label("项目自筹投入资金总额")
    field.fill("800万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("800万元 × 30% = 240万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("还差200万元到上限")
    field.fill("1200万元")
    expect(page.locator("#pa-sums-result .pa-amount strong")).to_have_text("最高 300万元")
    expect(page.locator("#pa-sums-sources mark").first).to_contain_text("最高不超过300万元")
    expect(page.locator("img.pa-chart")).to_be_visible()


def test_a_condition_that_fails_ends_the_sum(visit):
    page = opened(visit)
    pick(page, "硬核", "硬核技术攻关资助")
    page.get_by_label("项目自筹投入资金总额").fill("800万元")
    page.locator("fieldset", has_text="在长宁区依法设立").get_by_label("否", exact=True).check()
    expect(page.locator("#pa-sums-result .pa-badge").first).to_have_text("未达条件")


def test_what_was_filled_in_stays_when_another_measure_joins(visit):
    page = opened(visit)
    pick(page, "硬核", "硬核技术攻关资助")
    page.get_by_label("项目自筹投入资金总额").fill("800万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("240万元")
    pick(page, "上云", "上云用数赋智补贴")
    page.get_by_label("购买服务投入成本").fill("60万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("240万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("60万元 × 50% = 30万元")
    expect(page.get_by_label("项目自筹投入资金总额")).to_have_value("800万元")


def test_a_number_without_its_unit_is_asked_about(visit):
    page = opened(visit)
    pick(page, "硬核", "硬核技术攻关资助")
    page.get_by_label("项目自筹投入资金总额").fill("800")
    expect(page.locator(".pa-refusal")).to_contain_text("项目自筹投入资金总额")


def test_the_receipt_is_handed_over_as_a_file(visit):
    page = opened(visit)
    pick(page, "硬核", "硬核技术攻关资助")
    page.get_by_label("项目自筹投入资金总额").fill("800万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("240万元")
    with page.expect_download() as download:
        page.get_by_role("button", name="保存测算单（网页，可打印）").click()
    assert re.fullmatch(r"测算单-\d{4}-\d\d-\d\d\.html", download.value.suggested_filename)
    assert "240万元" in download.value.path().read_text(encoding="utf-8")


def test_a_phone_stacks_the_form_above_the_sum(visit):
    page = opened(visit, width=390, height=844)
    pick(page, "硬核", "硬核技术攻关资助")
    page.get_by_label("项目自筹投入资金总额").fill("800万元")
    expect(page.locator("#pa-sums-result")).to_contain_text("240万元")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
