"""No list of other people's matters takes away a question that a document's own text covers."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_context
from assistant.conversation import Answer, Outcome, Question
from assistant.pipeline import Assistant
from corpus.added import with_added
from corpus.adding import receive, save_document
from corpus.reading.statements import propose
from corpus.store import Corpus, load_corpus
from evals.plain_index import PlainIndex

TEXT = """清溪县促进就业和能源转型若干措施
第一条 稳岗补贴。对不裁员的企业，按上年度社保缴费给予稳岗补贴，每人500元。
第二条 屋顶光伏。对建设屋顶光伏的企业给予补贴，每千瓦300元。
第三条 加班餐补。对夜间加班的餐饮企业给予餐补。
第四条 本措施自2026年1月1日起施行，有效期至2028年12月31日。
"""


def answer_of(corpus: Corpus, text: str) -> Answer:
    assistant = Assistant(build_context(corpus, PlainIndex(corpus)), ConversationMemory())
    return assistant.ask(Question(text, date(2026, 6, 30)))


@pytest.fixture(scope="module")
def with_it(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    home = tmp_path_factory.mktemp("data")
    received = receive("清溪.txt", TEXT.encode())
    save_document(received, propose(received.reading.text), "qingxi", home, ())
    return with_added(load_corpus(), home)


QUESTIONS = [
    ("清溪县的社保缴费稳岗补贴是多少", "qingxi/1"),
    ("清溪县屋顶光伏补多少", "qingxi/2"),
    ("清溪县餐饮企业加班有餐补吗", "qingxi/3"),
]


@pytest.mark.parametrize(("question", "clause"), QUESTIONS)
def test_what_a_document_speaks_of_is_answered_from_it(with_it: Corpus, question: str, clause: str) -> None:
    answer = answer_of(with_it, question)
    assert answer.outcome is Outcome.ANSWERED
    assert clause in {one.span.clause_id for one in answer.citations}


@pytest.mark.parametrize("question", ["屋顶光伏补多少", "社保怎么交", "加班费怎么算"])
def test_without_such_a_document_they_are_refused_as_ever(question: str) -> None:
    assert answer_of(load_corpus(), question).outcome is Outcome.NOT_COVERED


def test_another_county_is_not_answered_from_it(with_it: Corpus) -> None:
    answer = answer_of(with_it, "白鹭县屋顶光伏补多少")
    assert answer.outcome is Outcome.NEEDS_INPUT  # of which province the county is, nobody knows
    assert "白鹭县" in answer.text
    assert (answer.citations, answer.estimates) == ((), ())
