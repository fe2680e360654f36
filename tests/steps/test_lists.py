"""What a kind of company may get comes from the registry; a topic is listed over the whole corpus."""

import pytest

from assistant.conversation import Outcome
from tests.steps.conftest import Ask


@pytest.mark.parametrize("question", ["我们是长宁的人工智能公司，有什么补贴", "AI公司可以申请哪些资金"])
def test_a_trade_gets_every_award_of_the_document_for_it(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "共18项" in answer.text
    assert answer.text.count("\n- ") == 18
    assert answer.estimates == ()
    assert {one.document for one in answer.citations} == {"changning-ai-draft"}


def test_awards_in_force_are_listed_largest_first(ask: Ask) -> None:
    text = ask("做检测的机构能享受什么政策").text
    assert text.startswith("现行有效")
    assert text.index("国际权威技术组织认可资质") < text.index("国外认可资质") < text.index("参与制修订")


def test_a_trade_the_corpus_does_not_speak_of_is_not_covered(ask: Ask) -> None:
    assert ask("美容机构有什么补贴").outcome is Outcome.NOT_COVERED


def test_a_topic_is_listed_over_all_documents(ask: Ask) -> None:
    answer = ask("有哪些条款讲到数据跨境")
    assert {one.document for one in answer.citations} >= {
        "sh-online-economy",
        "sh-services-innovation",
        "sh-tech-services",
    }
    assert "展会" not in answer.text


def test_a_follow_up_asking_for_all_support_lists_the_document(ask: Ask) -> None:
    ask("DCMM贯标补多少", conversation="一")
    text = ask("还有哪些支持？", conversation="一").text
    assert "没有写明金额" not in text
    assert text.count("\n- ") >= 18
