"""The page as a person uses it: asks, reads, clicks a source, on a computer and on a phone."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import load
from assistant.settings import Settings
from tests.browser.server import served
from tests.browser.visiting import Visit
from tests.fakes import FakeApplication, FakeAssistant
from ui.serving import create_server_app

HOSTILE = (
    '<img src="http://evil.example/a.png" onerror="alert(1)"> '
    "![x](http://evil.example/b.png) <script>1</script>"
)


@pytest.fixture(scope="module")
def application():
    return FakeApplication(FakeAssistant(delay=0.3))


@pytest.fixture(scope="module")
def base(application):
    with served(create_server_app(application)) as address:
        yield address


def test_a_question_gets_an_answer_with_its_sum_and_its_source(visit):
    page = visit()
    page.ask("自筹800万元做硬核技术攻关，能拿多少？")
    expect(page.page.locator(".pa-answer")).to_contain_text("800万元 × 30% = 240万元")
    expect(page.page.locator(".pa-amount strong")).to_have_text("最高 240万元")
    expect(page.page.locator(".pa-answer")).to_contain_text("内容由AI生成，仅供参考")
    expect(page.page.locator(".pa-source")).to_contain_text("第七条(一)")
    expect(page.page.locator(".pa-source mark")).to_have_text(re.compile("^经综合评估.*资助。$"))


def test_clicking_a_number_opens_the_source_of_that_very_answer(visit):
    page = visit()
    page.ask("第一问")
    page.ask("第二问")
    assert page.page.locator("#src-1-1").is_hidden()
    page.page.locator(".pa-answer").first.locator("a.pa-cite").first.click()
    expect(page.page.locator("#src-1-1")).to_be_visible()
    expect(page.page.locator("#src-1-1")).to_have_class(re.compile("is-open"))
    expect(page.page.locator("#src-2-1")).to_be_hidden()


def test_a_source_opens_from_the_keyboard(visit):
    page = visit()
    page.ask("自筹800万元")
    page.page.locator("a.pa-cite").first.focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator("#src-1-1")).to_be_focused()


def test_an_example_is_asked_with_one_click(visit):
    page = visit()
    example = page.page.locator(".pa-examples button").first
    words = example.inner_text()
    example.click()
    expect(page.page.locator(".pa-question")).to_have_text(words)
    page.page.locator(".pa-answer").wait_for()


def test_what_is_not_covered_looks_different_and_says_so(visit):
    page = visit()
    page.ask("今天天气怎么样")
    expect(page.page.locator(".pa-is-not-covered .pa-badge")).to_have_text("政策库未涉及")


def test_the_day_given_is_the_day_answered(visit):
    page = visit()
    page.page.focus("#pa-day input")  # where it becomes a calendar
    page.page.fill("#pa-day input", "2024-05-01")
    page.ask("自筹800万元")
    expect(page.page.locator(".pa-foot")).to_contain_text("测算日 2024-05-01")


def test_hostile_words_are_shown_and_load_nothing(visit):
    page = visit()
    page.ask(HOSTILE)
    expect(page.page.locator(".pa-question")).to_have_text(HOSTILE)
    assert page.page.locator("#pa-chat img[src*='evil']").count() == 0


def test_a_new_conversation_starts_empty(visit):
    page = visit()
    page.ask("自筹800万元")
    page.page.click("#pa-new")
    expect(page.page.locator(".pa-welcome")).to_be_visible()
    expect(page.page.locator(".pa-source")).to_have_count(0)


def test_the_answer_can_be_copied_with_its_source(visit):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.ask("自筹800万元")
    page.page.click(".pa-copy")
    expect(page.page.locator(".pa-copy")).to_have_text("已复制")
    copied = page.page.evaluate("navigator.clipboard.readText()")
    assert "最高可获240万元〔1〕" in copied
    assert "第七条(一)：「经综合评估" in copied


def test_a_conversation_survives_a_reload_is_renamed_and_deleted(chromium, tmp_path):
    with served(create_server_app(load(Settings(data_dir=tmp_path)))) as address:
        page = Visit(chromium, address)
        page.ask("一测多证最高能支持多少？")
        page.page.reload()
        expect(page.page.locator(".pa-answer")).to_contain_text("50万元")
        page.page.get_by_role("button", name="改名").click()
        page.page.get_by_placeholder("给这次对话起个名字").fill("检测项目")
        page.page.get_by_role("button", name="保存", exact=True).click()
        expect(page.page.locator("#pa-past-list input")).to_have_value(re.compile("^检测项目"))
        page.ask("谁负责？")
        page.page.click("#pa-new")
        expect(page.page.locator(".pa-welcome")).to_be_visible()
        page.page.locator("#pa-past-list input").click()
        page.page.get_by_role("option", name="检测项目").click()
        expect(page.page.locator(".pa-answer")).to_have_count(2)
        page.page.get_by_role("button", name="删除", exact=True).click()
        page.page.get_by_role("button", name="确定删除").click()
        expect(page.page.locator(".pa-welcome")).to_be_visible()
        page.page.reload()
        expect(page.page.locator(".pa-welcome")).to_be_visible()
        assert page.errors == []
        page.close()


def test_an_answer_is_praised_or_blamed_with_a_reason(visit, application):
    page = visit()
    page.ask("自筹800万元")
    page.page.locator(".pa-vote.pa-bad").click()
    page.page.locator(".pa-reason-text").fill("金额不对")
    page.page.locator(".pa-reason-send").click()
    expect(page.page.locator(".pa-thanks")).to_be_visible()
    (verdict,) = application.feedback.given(application.assistant.asked[-1].conversation_id)
    assert (verdict.is_good, verdict.reason) == (False, "金额不对")


def test_a_failed_question_is_asked_again_with_one_click(visit):
    page = visit()
    page.ask("崩溃")
    page.page.locator(".pa-again").click()
    expect(page.page.locator(".pa-question")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_never_scrolls_sideways(visit, scheme):
    page = visit(width=390, height=844, scheme=scheme)
    assert not page.scrolls_sideways
    page.ask("自筹800万元做硬核技术攻关，能拿多少？" + "长" * 200 + "x" * 200)
    assert not page.scrolls_sideways
    page.page.locator("a.pa-cite").first.click()
    expect(page.page.locator(".pa-answer .pa-unfolded")).to_be_in_viewport()
    assert not page.scrolls_sideways


def test_on_a_phone_a_source_unfolds_under_the_words_that_cite_it_and_folds_again(visit):
    page = visit(width=390, height=844)
    page.ask("自筹800万元")
    link = page.page.locator(".pa-text a.pa-cite").first
    link.click()
    unfolded = page.page.locator(".pa-text .pa-unfolded")
    expect(unfolded).to_contain_text("第七条(一)")
    expect(unfolded.locator("mark")).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    link.focus()
    page.page.keyboard.press("Enter")
    expect(unfolded).to_have_count(0)
    expect(link).to_have_attribute("aria-expanded", "false")


def test_on_a_phone_the_question_box_stays_in_sight(visit):
    page = visit(width=390, height=844)
    for n in range(3):
        page.ask(f"自筹{n + 1}00万元")
    page.page.evaluate("window.scrollTo(0, 300)")
    expect(page.page.locator("#pa-question textarea")).to_be_in_viewport()


def test_a_person_with_a_keyboard_alone_asks_reads_a_source_and_asks_what_is_suggested(visit):
    page = visit()
    page.page.locator("#pa-question textarea").focus()
    page.page.keyboard.type("自筹800万元")
    page.page.keyboard.press("Enter")
    page.page.locator(".pa-answer").wait_for()
    page.page.locator("a.pa-cite").first.focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator("#src-1-1")).to_be_focused()
    suggested = page.page.locator("button.pa-ask").first
    words = suggested.inner_text()
    suggested.focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator(".pa-question").last).to_have_text(words)


def test_a_question_sent_while_an_answer_is_still_coming_is_answered_next(visit):
    page = visit()
    box = page.page.locator("#pa-question textarea")
    for question in ("第一问", "第二问"):
        box.fill(question)
        box.press("Enter")
        expect(box).to_have_value("")
    expect(page.page.locator(".pa-question")).to_have_text(["第一问", "第二问"])
    expect(page.page.locator(".pa-answer")).to_have_count(2)


def test_a_double_click_asks_once_and_leaves_the_next_question_alone(visit):
    page = visit()
    page.page.fill("#pa-question textarea", "第一问")
    page.page.locator("#pa-send").dblclick()
    expect(page.page.locator("#pa-question textarea")).to_have_value("")
    page.page.fill("#pa-question textarea", "还没写完的第二")
    page.page.locator(".pa-answer").wait_for()
    page.page.wait_for_timeout(500)
    expect(page.page.locator(".pa-question")).to_have_text("第一问")
    expect(page.page.locator("#pa-question textarea")).to_have_value("还没写完的第二")


def test_a_new_conversation_begun_while_an_answer_comes_stays_empty(visit):
    page = visit()
    page.page.fill("#pa-question textarea", "自筹800万元")
    page.page.press("#pa-question textarea", "Enter")
    page.page.locator(".pa-question").wait_for()
    page.page.click("#pa-new")
    expect(page.page.locator(".pa-welcome")).to_be_visible()
    page.page.wait_for_timeout(1000)
    expect(page.page.locator(".pa-welcome")).to_be_visible()
    page.ask("第二问")
    expect(page.page.locator(".pa-question")).to_have_text("第二问")


def test_fifteen_turns_are_all_there_and_the_last_is_in_sight(visit):
    page = visit()
    for n in range(15):
        page.ask(f"第{n + 1}问：自筹{n + 1}00万元")
    expect(page.page.locator(".pa-question")).to_have_count(15)
    expect(page.page.locator(".pa-question").last).to_be_in_viewport()
    page.page.locator(".pa-answer").nth(3).locator("a.pa-cite").first.click()
    expect(page.page.locator("#src-4-1")).to_be_visible()


def test_the_page_is_chinese_for_everyone(visit):
    page = visit()
    page.ask("自筹800万元")
    assert page.page.evaluate("document.documentElement.lang") == "zh-CN"
    labels = page.page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, [role=log], [data-testid=bot]')]"
        ".filter(part => part.offsetParent)"
        ".map(part => part.getAttribute('aria-label') || part.innerText || part.placeholder)"
    )
    assert [label for label in labels if label and not re.search("[一-鿿]", label)] == []


def test_two_people_never_see_each_others_words(visit):
    first, second = visit(), visit()
    first.ask("甲公司的问题")
    second.ask("乙公司的问题")
    expect(first.page.locator(".pa-question")).to_have_text("甲公司的问题")
    expect(second.page.locator(".pa-question")).to_have_text("乙公司的问题")


def test_nothing_of_the_page_is_a_public_interface(base):
    described = httpx.get(f"{base}/gradio_api/info").json()
    assert described.get("named_endpoints") == {}
    assert httpx.get(f"{base}/gradio_api/runs").status_code == 404
    assert httpx.post(f"{base}/gradio_api/upload", files={"files": b"x"}).status_code == 404
    assert httpx.get(f"{base}/gradio_api/proxy=http://127.0.0.1:9/").status_code == 404
    assert httpx.get(f"{base}/").headers["content-security-policy"].startswith("default-src 'self'")


def test_the_real_program_answers_with_the_clause_of_the_law(chromium, tmp_path):
    application = load(Settings(data_dir=tmp_path))
    with served(create_server_app(application)) as address:
        page = Visit(chromium, address)
        page.page.focus("#pa-day input")
        page.page.fill("#pa-day input", "2026-11-22")
        page.ask("自筹1200万元做硬核技术攻关，长宁区能资助多少？")
        expect(page.page.locator(".pa-amount strong").first).to_have_text("最高 300万元")
        expect(page.page.locator(".pa-sum .pa-badge").first).to_have_text("草案，未施行")
        page.page.locator(".pa-steps a.pa-cite").first.click()
        opened = page.page.locator(".pa-source.is-open")
        expect(opened).to_contain_text("第七条(一)")
        expect(opened.locator("mark")).to_contain_text("最高不超过300万元")
        assert page.outside == []
        assert page.errors == []
        page.close()


def test_the_interface_answers_beside_the_page_and_many_at_once(base):
    def ask(n):
        return httpx.post(
            f"{base}/api/v1/ask", json={"question": f"问题{n}", "as_of": "2026-11-22"}, timeout=30
        )

    with ThreadPoolExecutor(16) as pool:
        answers = [response.json()["question"] for response in pool.map(ask, range(16))]
    assert answers == [f"问题{n}" for n in range(16)]
