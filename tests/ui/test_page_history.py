"""What the page keeps: conversations opened again, verdicts, the steps shown while one waits."""

from dataclasses import replace
from datetime import date

from assistant.conversation import Feedback, Outcome, Question, Turn
from assistant.sources import citation
from corpus.store import load_corpus
from tests.fakes import FakeApplication, FakeAssistant, grant_answer
from ui.page.asking import history
from ui.page.asking.answer_view import answer_view, pending_view
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation, Exchange
from ui.page.asking.verdicts import judged
from ui.page.clause_view import source_view

DAY = date(2026, 11, 22)
ANSWER = grant_answer(Question("自筹800万元能拿多少？", DAY))
TURN = Turn("自筹800万元能拿多少？", ANSWER.text, Outcome.ANSWERED, as_of=DAY)


def kept(*turns, owner="甲"):
    application = FakeApplication()
    for turn in turns:
        application.conversations.append("c1", turn, owner)
    return application


def test_a_conversation_is_opened_with_its_answers_and_sources():
    found = history.opened(kept(TURN, TURN), "c1", "甲")
    assert found.id == "c1"
    assert [one.question for one in found.exchanges] == ["自筹800万元能拿多少？"] * 2
    assert found.exchanges[0].answer.citations == ANSWER.citations
    assert found.exchanges[0].note == ""


def test_an_answer_that_comes_out_differently_now_says_so():
    found = history.opened(kept(replace(TURN, answer_text="当时的说法")), "c1", "甲")
    assert "与当时的说法可能不同" in answer_view(found.exchanges[0], 1)


def test_nobody_opens_or_deletes_the_conversation_of_another():
    application = kept(TURN, owner="甲")
    assert history.opened(application, "c1", "乙").exchanges == ()
    assert history.listed(application, "乙") == []
    history.forgotten(application, "c1", "乙")
    assert len(history.listed(application, "甲")) == 1


def test_without_a_token_of_its_own_a_browser_lists_nothing():
    assert history.listed(kept(TURN), None) == []
    assert history.listed(kept(TURN), "") == []


def test_a_conversation_is_renamed_and_deleted():
    application = kept(TURN)
    assert history.renamed(application, "c1", "硬核项目", "甲")
    assert history.listed(application, "甲")[0][0].startswith("硬核项目（")
    assert not history.renamed(application, "c1", "  ", "甲")
    assert history.forgotten(application, "c1", "甲")
    assert history.opened(application, "c1", "甲").exchanges == ()


def asked():
    return Conversation("c1").asked("甲").answered(ANSWER)


def test_a_verdict_is_kept_with_its_question_and_shown():
    application = FakeApplication()
    after = judged(application, asked(), '{"turn": 1, "verdict": "good"}')
    assert application.feedback.given("c1") == (Feedback("c1", 1, True, "", "甲", ANSWER.text),)
    assert "is-given" in answer_view(after.exchanges[0], 1)


def test_a_reason_follows_the_verdict_and_the_same_click_twice_is_one():
    application = FakeApplication()
    after = judged(application, asked(), '{"turn": 1, "verdict": "bad"}')
    assert "哪里不好" in answer_view(after.exchanges[0], 1)
    for _ in range(2):
        after = judged(application, after, '{"turn": 1, "verdict": "bad", "reason": "金额不对"}')
    assert [one.reason for one in application.feedback.given("c1")] == ["金额不对"]
    assert "谢谢" in answer_view(after.exchanges[0], 1)


def test_a_verdict_can_be_taken_back():
    application = FakeApplication()
    after = judged(application, asked(), '{"turn": 1, "verdict": "good"}')
    after = judged(application, after, '{"turn": 1, "verdict": "none"}')
    assert application.feedback.given("c1") == ()
    assert "is-given" not in answer_view(after.exchanges[0], 1)


def test_what_is_no_verdict_changes_nothing():
    application = FakeApplication()
    for written in ("", "[]", "{", '{"turn": 0, "verdict": "good"}', '{"turn": 9, "verdict": "good"}'):
        assert judged(application, asked(), written) == asked()
    assert application.feedback.given("c1") == ()


def test_a_verdict_comes_back_with_the_conversation():
    application = kept(TURN)
    application.feedback.give(Feedback("c1", 1, is_good=False, reason="不对"))
    assert history.opened(application, "c1", "甲").exchanges[0].verdict is False


def test_a_slow_answer_shows_its_step_and_the_words_so_far():
    ticks = iter([0.0, *[n * 1.0 for n in range(1, 20)]])
    application = FakeApplication(FakeAssistant())
    steps = list(exchange_steps(application, "甲", "2026-11-22", Conversation(), clock=lambda: next(ticks)))
    assert [one.exchanges[-1].step for one in steps] == ["", "正在查找条款", "正在查找条款", ""]
    assert "最高可获240万元" in pending_view(steps[2].exchanges[-1])
    assert "正在查找条款…" in pending_view(steps[1].exchanges[-1])


def test_who_asks_is_handed_on_so_that_the_conversation_is_theirs():
    application = FakeApplication()
    list(exchange_steps(application, "甲", "2026-11-22", Conversation(), "我"))
    assert application.assistant.asked[0].owner == "我"


def test_the_clauses_around_a_source_open_on_demand():
    corpus = load_corpus()
    measure = corpus.measure("changning-ai-draft/7.2/new-rd-institution")
    view = source_view(citation(1, measure.passage, corpus, DAY), 1, corpus, DAY)
    around = view[view.index("前后条款") :]
    assert corpus.clause("changning-ai-draft/7.1").text.strip()[:20] in around


def test_what_ends_within_three_months_is_marked():
    corpus = load_corpus()
    measure = next(one for one in corpus.measures if one.document == "sh-online-economy")
    for day, label in (
        (date(2028, 11, 1), "将到期"),
        (date(2028, 6, 1), "现行"),
        (date(2029, 1, 1), "已届满"),
    ):
        assert label in source_view(citation(1, measure.passage, corpus, day), 1, corpus, day)


def test_words_so_far_are_shown_and_do_nothing():
    view = pending_view(Exchange("甲", step="写", shown="<img src=x onerror=1>"))
    assert "<img" not in view
