"""Nothing hostile does anything and nothing is English: in every tab, and when the server is gone."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.conversation import Answer, Outcome
from corpus.store import load_corpus
from tests.browser.english import english_on
from tests.browser.server import served
from tests.browser.visiting import Visit
from tests.fakes import FakeApplication, FakeAssistant, grant_answer
from ui.page.frame import TABS
from ui.serving import create_server_app

HOSTILE = (
    '<img src="http://evil.example/a.png" onerror="document.title=1"> ![x](http://evil.example/b.png) '
    "<script>document.title=1</script> [看这里](javascript:document.title=1) <iframe src=http://evil.example>"
    "</div></section><form action=http://evil.example><input name=q></form> <svg onload=document.title=1>"
)


class HostileAssistant(FakeAssistant):
    """Answers as a model would that a hostile document has turned."""

    def ask(self, question):
        """Return the grant with hostile words in every place a model or a document writes."""
        answer = grant_answer(question)
        (estimate,) = answer.estimates
        hints, text = (HOSTILE,), HOSTILE + "〔1〕\n\n# 标题\n" + HOSTILE
        return replace(
            answer,
            text=text,
            warnings=(HOSTILE,),
            suggestions=(HOSTILE,),
            estimates=(replace(estimate, name=HOSTILE, hints=hints, explanation=HOSTILE),),
        )


def hostile_corpus():
    """Return the package's corpus with a hostile title, notes and names."""
    corpus = load_corpus()
    first, *others = corpus.documents
    first = replace(first, title=HOSTILE[:200], notes=(HOSTILE,), issuing_bodies=(HOSTILE,))
    measures = tuple(replace(one, name=f"{one.name}{HOSTILE}") for one in corpus.measures)
    return replace(corpus, documents=(first, *others), measures=measures)


@pytest.fixture(scope="module")
def base():
    with served(create_server_app(FakeApplication(HostileAssistant(), hostile_corpus()))) as address:
        yield address


def tabs(page):
    for label, name, _ in TABS:
        page.get_by_role("tab", name=label, exact=True).click()
        expect(page.locator(f"#pa-tab-{name}")).to_be_visible()
        yield label


def test_hostile_words_do_nothing_in_any_tab(visit):
    one = visit()
    one.ask(HOSTILE)
    page = one.page
    for label in tabs(page):
        if label == "算一算":
            page.get_by_label("找一项支持").fill(HOSTILE)
            page.get_by_label("要算的支持").click()
            page.get_by_role("option").first.click()
            page.locator("#pa-sums-result .pa-sum").wait_for()
        if label == "政策库":
            page.get_by_label("找条款").fill(HOSTILE)
            page.wait_for_timeout(500)
            page.get_by_role("tab", name="措施一览").click()
        page.wait_for_timeout(300)
        hostile = page.locator("img[src*=evil], iframe, form[action*=evil], script[src*=evil], [onerror]")
        assert hostile.count() == 0, label
        assert page.locator("a[href^=javascript]").count() == 0, label
        assert page.title() != "1", label


@pytest.mark.parametrize("width", [1280, 390])
def test_words_without_end_break_no_tab(visit, width):
    one = visit(width=width)
    one.ask("很长" * 60 + "x" * 300 + "？")
    for label in tabs(one.page):
        assert not one.scrolls_sideways, label


def test_no_room_has_an_english_word_that_is_not_a_persons(visit):
    one = visit()
    for label in tabs(one.page):
        one.page.wait_for_timeout(300)
        own = [words for words in english_on(one.page) if "evil" not in words and "document" not in words]
        assert own == [], label


def test_a_dropdown_that_finds_nothing_stays_chinese(visit):
    page = visit().page
    page.get_by_role("tab", name="算一算").click()
    page.get_by_label("要算的支持").fill("没有这种支持zzz")
    page.wait_for_timeout(300)
    assert [words for words in english_on(page) if "evil" not in words and "document" not in words] == []


def test_a_server_that_is_gone_is_told_in_chinese_and_the_question_stays(chromium):
    with served(create_server_app(FakeApplication())) as address:
        one = Visit(chromium, address)
    one.page.fill("#pa-question textarea", "还在吗？")
    one.page.press("#pa-question textarea", "Enter")
    expect(one.page.locator(".toast-body")).to_contain_text("与服务器的连接断开了")
    assert english_on(one.page) == []
    expect(one.page.locator("#pa-question textarea")).to_have_value("还在吗？")
    one.close()


def test_a_network_that_is_gone_is_told_and_taken_back(visit):
    one = visit()
    one.until_quiet()  # what the page asks for when it opens has come
    one.context.set_offline(True)
    expect(one.page.locator(".pa-offline")).to_contain_text("网络已断开")
    one.context.set_offline(False)
    expect(one.page.locator(".pa-offline")).to_have_count(0)


class EmptyAssistant(FakeAssistant):
    """Answers with nothing but an outcome, as the worst reply might come out."""

    def ask(self, question):
        """Return an answer without a word."""
        return Answer(question.text, question.as_of, Outcome.ERROR, "", question.conversation_id)


def test_an_answer_without_words_still_says_what_happened(chromium):
    with served(create_server_app(FakeApplication(EmptyAssistant()))) as address:
        one = Visit(chromium, address)
        one.ask("甲")
        expect(one.page.locator(".pa-answer")).to_contain_text(re.compile("出错了"))
        expect(one.page.locator(".pa-again")).to_be_visible()
        one.close()
