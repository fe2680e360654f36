"""A sixth document with awards is one folder: nothing else is touched, whether in the package or in the data.

The document is invented. It counts in units that the five do not have (平方米, 个月, 人, 课时), writes a
scope in words of its own (每家机构每年), pays by grades, and by the month and the square metre.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_context
from assistant.conversation import Answer, EstimateStatus, Outcome, Question
from assistant.pipeline import Assistant
from assistant.worked_cases import check_cases
from corpus.added import with_added
from corpus.check import check_corpus, check_document
from corpus.measures.file import formula_text
from corpus.proof.ownership import check_shared
from corpus.store import Corpus, documents_folder, load_corpus
from evals.plain_index import PlainIndex

SLUG = "qinghe-digital-culture"
FOLDER = Path(__file__).with_name("one_folder") / SLUG
DAY = date(2026, 6, 30)
Ask = Callable[..., Answer]


def in_the_package(home: Path) -> Corpus:
    """Return a copy of the package's documents with the folder beside them."""
    shutil.copytree(documents_folder(), home / "documents")
    shutil.copytree(FOLDER, home / "documents" / SLUG)
    return load_corpus(home / "documents")


def in_the_data(home: Path) -> Corpus:
    """Return the package with the folder in a data directory."""
    shutil.copytree(FOLDER, home / "documents" / SLUG)
    return with_added(load_corpus(), home / "documents")


@pytest.fixture(scope="module", params=[in_the_package, in_the_data])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made: Corpus = request.param(tmp_path_factory.mktemp("home"))
    return made


@pytest.fixture(scope="module")
def ask(corpus: Corpus) -> Ask:
    assistant = Assistant(build_context(corpus, PlainIndex(corpus)), ConversationMemory())

    def asked(text: str, as_of: date = DAY, conversation: str | None = None) -> Answer:
        return assistant.ask(Question(text, as_of, conversation))

    return asked


def documents_of(answer: Answer) -> set[str]:
    return {one.document for one in answer.citations}


def test_all_of_it_is_proven(corpus: Corpus) -> None:
    assert corpus.left_out == ()
    assert check_document(corpus, SLUG) == ()
    assert [one for one in check_shared(corpus) if one.document == SLUG] == []


def test_the_five_are_proven_as_before(tmp_path: Path) -> None:
    assert check_corpus(in_the_package(tmp_path)) == ()


def test_its_worked_cases_come_out(corpus: Corpus) -> None:
    assert [str(one) for one in check_cases(FOLDER, corpus, None)] == []


def test_its_questions_are_answered_with_their_clause(corpus: Corpus, ask: Ask) -> None:
    findings = check_cases(FOLDER, corpus, lambda question: ask(question.text, question.as_of))
    assert [str(one) for one in findings] == []


def test_its_formulas_are_listed_like_any_others(corpus: Corpus) -> None:
    product = corpus.measure(f"{SLUG}/2/rent")
    assert formula_text(product) == (
        "min(20 × rented_area × min(rented_months, 24), max(600000 - rent_received_in_year, 0))"
    )
    tiers = formula_text(corpus.measure(f"{SLUG}/3/jobs"))
    assert tiers == "tiers(new_jobs; 30人以上: 100000, 50人以上: 200000, 100人以上: 500000)"


@pytest.mark.parametrize(
    ("question", "amount", "clause"),
    [
        # 300 平方米 × 10 个月 × 20 元 = 60000 元
        ("青禾高新区新入驻数字文创园，租了300平方米，租10个月，租金补贴多少", 60000, "2"),
        # 一年是 12 个月：250 × 12 × 20 = 60000 元
        ("青禾高新区数字文创园租了250平米，租期一年，租金补贴能拿多少", 60000, "2"),
        ("青禾高新区今年新增就业102人，奖励多少", 500000, "3"),
        ("青禾高新区今年新招人31名，奖励多少", 100000, "3"),
        # 80 课时 × 300 元 = 24000 元
        ("青禾文创办法，公益课上了80课时能补多少", 24000, "4"),
        ("青禾文创办法，公益课上了500课时能补多少", 90000, "4"),
    ],
)
def test_its_awards_are_computed_and_cited(ask: Ask, question: str, amount: int, clause: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.total.in_force == amount
    assert documents_of(answer) == {SLUG}
    assert f"{SLUG}/{clause}" in {one.span.clause_id for one in answer.citations}


def test_what_is_missing_is_asked_for_in_its_own_unit_and_a_reply_completes_the_sum(ask: Ask) -> None:
    asked = ask("青禾高新区数字文创园的租金补贴，租了400平方米能拿多少", conversation="rent")
    assert asked.outcome is Outcome.NEEDS_INPUT
    assert (asked.missing[0].fact, asked.missing[0].unit) == ("rented_months", "月")
    # 400 平方米 × 6 个月 × 20 元 = 48000 元
    assert ask("6个月", conversation="rent").total.in_force == 48000


def test_under_the_lowest_grade_nothing_is_due_and_it_is_said_why(ask: Ask) -> None:
    answer = ask("青禾高新区今年新增就业29人，有奖励吗")
    assert answer.estimates[0].status is EstimateStatus.NOT_ELIGIBLE
    assert "没有达到任何一档" in answer.text


def test_a_grant_without_a_number_is_quoted_and_not_computed(ask: Ask) -> None:
    answer = ask("青禾高新区用公共渲染平台能补多少钱")
    assert answer.total.in_force is None
    assert "按规定给予支持" in answer.text


@pytest.mark.parametrize("question", ["青禾高新区上云能补多少", "青禾高新区DCMM三级认证费40万能补多少"])
def test_what_it_does_not_grant_is_not_taken_from_another_document(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.total.in_force is None
    assert answer.estimates == ()
    assert documents_of(answer) <= {SLUG}


@pytest.mark.parametrize("question", ["南湖高新区的数字文创租金补贴是多少", "东山开发区新增就业60人奖励多少"])
def test_a_place_no_document_carries_is_asked_about_and_nothing_else_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NEEDS_INPUT
    assert answer.citations == ()
    assert answer.estimates == ()


@pytest.mark.parametrize(
    "name",
    [
        "《青禾高新技术产业开发区促进数字文创产业集聚发展的若干办法》",
        "促进数字文创产业集聚发展的若干办法",
        "青高管规〔2025〕3号",
        "青高管规3号",
    ],
)
def test_it_is_called_by_its_title_and_number_without_a_list(ask: Ask, name: str) -> None:
    answer = ask(f"{name}什么时候到期")
    assert "2028年2月29日" in answer.text
    assert documents_of(answer) == {SLUG}


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 2, 28), EstimateStatus.NOT_IN_FORCE),
        (date(2025, 3, 1), EstimateStatus.PAYABLE),
        (date(2028, 2, 29), EstimateStatus.PAYABLE),
        (date(2028, 3, 1), EstimateStatus.NOT_IN_FORCE),
    ],
)
def test_its_days_hold(ask: Ask, day: date, status: EstimateStatus) -> None:
    answer = ask("青禾高新区今年新增就业102人，奖励多少", day)
    assert answer.estimates[0].status is status


@pytest.mark.parametrize(
    ("question", "total", "document"),
    [
        ("一测多证试点合同100万元能拿多少", 300000, "sh-industrial-services"),
        ("长宁区租办公室500平方米能补多少", None, "changning-ai-draft"),
        ("长宁区办了两场论坛能补多少", None, "changning-ai-draft"),
    ],
)
def test_questions_on_the_others_are_not_captured(
    ask: Ask, question: str, total: int | None, document: str
) -> None:
    answer = ask(question)
    assert answer.total.in_force == total
    assert documents_of(answer) == {document}


def test_a_fact_that_another_document_has_already_keeps_to_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "documents" / SLUG
    shutil.copytree(FOLDER, folder)
    for name in ("facts.yaml", "measures.yaml", "lexicon.yaml", "cases.yaml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("lessons_given", "coal_saved"), "utf-8")
    corpus = with_added(load_corpus(), tmp_path / "documents")
    assert corpus.left_out == ()
    assert corpus.measure(f"{SLUG}/4/lessons").fact_names[0] == f"{SLUG}.coal_saved"
    assert corpus.facts["coal_saved"].label == "合同能源管理项目节能量"
    assert [str(one) for one in check_cases(folder, corpus, None)] == []
