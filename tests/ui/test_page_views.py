"""What the page shows is escaped, complete, and in the right order; a tab sees only its own words."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Question
from tests.fakes import BrokenApplication, FakeApplication, FakeAssistant, grant_answer, tiny_corpus
from ui.page.asking.answer_view import answer_view, failure_view, question_view
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation, Exchange
from ui.page.asking.sources_view import sources_view
from ui.page.asking.tab import chat_messages
from ui.page.asking.welcome import EXAMPLES, welcome_view
from ui.page.frame import header_view
from ui.page.html import escaped, with_links

DAY = date(2026, 11, 22)
QUESTION = Question("自筹800万元能拿多少？", DAY)
HOSTILE = "<img src=x onerror=alert(1)>![x](http://evil.example/q)</div><script>1</script>\"'&\n\n# 题\n"
TAG = re.compile(r"<(/?)([a-z0-9]+)")
ALLOWED = {"div", "p", "a", "span", "strong", "small", "em", "section", "ol", "ul", "li", "button", "mark"}
ALLOWED |= {
    "article",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "header",
    "details",
    "summary",
    "br",
    "input",
}


def assert_is_sound(html):
    """Every tag is one of ours and closed in order; no line break lets Markdown begin."""
    assert "\n" not in html
    opened = []
    for closing, tag in TAG.findall(html):
        assert tag in ALLOWED
        if tag in {"br", "input"}:
            continue
        if closing:
            assert opened.pop() == tag
        else:
            opened.append(tag)
    assert opened == []


def hostile_answer():
    answer = grant_answer(QUESTION)
    (estimate,) = answer.estimates
    steps = (replace(estimate.steps[0], text=HOSTILE),)
    conditions = tuple(replace(each, text=HOSTILE, gap=HOSTILE) for each in estimate.conditions)
    estimate = replace(
        estimate, name=HOSTILE, steps=steps, conditions=conditions, hints=(HOSTILE,), explanation=HOSTILE
    )
    return replace(
        answer,
        question=HOSTILE,
        text=HOSTILE + "〔1〕",
        estimates=(estimate,),
        warnings=(HOSTILE,),
        suggestions=(HOSTILE,),
    )


def test_words_from_outside_are_shown_and_do_nothing():
    conversation = Conversation().asked(HOSTILE).answered(hostile_answer())
    views = [message["content"] for message in chat_messages(conversation)]
    views += [sources_view(conversation, tiny_corpus(), DAY), failure_view(HOSTILE)]
    for view in views:
        assert_is_sound(view)
        assert "<img" not in view
        assert "<script" not in view


@given(st.text())
def test_no_text_can_leave_its_element(text):
    assert_is_sound(question_view(text))
    assert_is_sound(with_links(text, 1, {1, 2}))


def test_every_view_is_sound():
    corpus = tiny_corpus()
    conversation = Conversation().asked("甲").answered(grant_answer(QUESTION))
    for view in (header_view(corpus), welcome_view(), sources_view(Conversation(), corpus, DAY)):
        assert_is_sound(view)
    assert_is_sound(sources_view(conversation, corpus, DAY))


def test_a_mark_of_a_known_source_is_a_link_and_another_stays_text():
    assert 'href="#src-3-1"' in with_links("见〔1〕", 3, {1})
    assert with_links("见〔2〕", 3, {1}) == "见〔2〕"


def test_the_quoted_words_are_lit_up_within_the_whole_clause():
    conversation = Conversation().asked("甲").answered(grant_answer(QUESTION))
    view = sources_view(conversation, tiny_corpus(), DAY)
    assert "(一)支持开展硬核技术攻关。<mark>经综合评估" in view
    assert "草案" in view
    assert "长宁区科学技术委员会" in view
    assert "拟 2024-01-01 至 2026-12-31" in view


def test_before_any_answer_the_documents_are_listed_as_they_stand_on_the_day():
    view = sources_view(Conversation(), tiny_corpus(), date(2029, 1, 1))
    assert "沪府办规〔2023〕27号" in view
    assert "已届满" in view
    assert "草案" in view


def test_only_the_last_turn_with_sources_is_shown_at_first():
    answer = grant_answer(QUESTION)
    conversation = Conversation().asked("甲").answered(answer).asked("乙").answered(answer)
    view = sources_view(conversation, tiny_corpus(), DAY)
    assert view.count("is-away") == 1
    assert view.index("is-away") < view.index("src-2-1")


def test_an_answer_carries_its_ai_label_its_day_and_its_conditions():
    view = answer_view(Exchange("甲", grant_answer(QUESTION)), 1)
    assert "内容由AI生成，仅供参考" in view
    assert "测算日 2026-11-22" in view
    for words in ("最高 240万元", "待确认", "已满足", "未满足", "还差 5 当量吨"):
        assert words in view


def test_asking_shows_the_question_first_and_then_its_answer():
    application = FakeApplication()
    before, after = exchange_steps(application, " 自筹800万元 ", "2026年11月22日", Conversation())
    assert before.exchanges[-1].is_pending
    assert after.exchanges[-1].answer is not None
    (asked,) = application.assistant.asked
    assert (asked.text, asked.as_of, asked.conversation_id) == ("自筹800万元", date(2026, 11, 22), before.id)


def test_nothing_happens_for_an_empty_question():
    assert list(exchange_steps(FakeApplication(), "  ", "", Conversation())) == []


@pytest.mark.parametrize(
    ("text", "day", "told"), [("甲", "昨天", "不是日期"), ("多" * 2001, "2026-11-22", "最多 2000 个字")]
)
def test_bad_input_is_told_in_the_conversation_and_nothing_is_asked(text, day, told):
    application = FakeApplication()
    (after,) = exchange_steps(application, text, day, Conversation())
    assert told in after.exchanges[-1].failure
    assert application.assistant.asked == []


def test_a_damaged_index_is_told_without_paths():
    *_, after = exchange_steps(BrokenApplication(), "甲", "2026-11-22", Conversation())
    assert "暂时没能答出来" in after.exchanges[-1].failure
    assert "/data" not in after.exchanges[-1].failure


def test_two_tabs_have_conversations_of_their_own():
    assert Conversation().id != Conversation().id


def test_the_examples_fit_on_a_button():
    assert all(10 <= len(example) <= 32 for example in EXAMPLES)


def test_escaping_leaves_no_markup():
    assert not re.search(r"[<>\"']", escaped("<a href='x'>\"&"))


def test_a_slow_answer_is_pending_until_it_is_there():
    steps = exchange_steps(FakeApplication(FakeAssistant()), "甲", "2026-11-22", Conversation())
    assert "正在查找条款" in chat_messages(next(steps))[-1]["content"]
    assert "240万元" in chat_messages(next(steps))[-1]["content"]
