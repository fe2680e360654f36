"""Questions in English: what stands in the corpus is understood, the rest is refused in both languages."""

from decimal import Decimal

import pytest

from assistant.conversation import Outcome
from assistant.steps.reading.english import in_chinese, is_english
from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which department is in charge of the blockchain policy", True),
        ("AI4S是什么", False),
        ("CNAS EMC DCMM 三个都有，奖多少", False),
        ("AEO", False),
    ],
)
def test_a_question_is_english_by_its_words(text: str, expected: bool) -> None:
    assert is_english(text) is expected


def test_known_words_and_sums_become_chinese() -> None:
    assert (
        in_chinese("Contract amount 2 million RMB for first edition software")
        == "合同金额 200万元 首版次软件"
    )


@pytest.mark.parametrize(
    ("question", "measure", "amount"),
    [
        (
            "We hosted no forum, but our certification fee for DCMM grade 2 was 300k yuan",
            "dcmm-certification",
            "150000",
        ),
        (
            "First edition software contract 1.5 million RMB, what amount of subsidy?",
            "first-edition-software",
            "450000",
        ),
        ("cleaner production audit award, how much?", "cleaner-production", None),
    ],
)
def test_an_english_question_on_a_measure_is_answered(
    ask: Ask, question: str, measure: str, amount: str | None
) -> None:
    found = {one.measure.rsplit("/", 1)[1]: one.amount for one in ask(question).estimates}
    assert measure in found
    assert found[measure] == (Decimal(amount) if amount else None)


def test_what_is_not_found_is_said_in_both_languages(ask: Ask) -> None:
    answer = ask("Where can I buy fresh bread near the station")
    assert answer.outcome is Outcome.NOT_COVERED
    assert "请用中文提问" in answer.text
    assert "Please ask in Chinese" in answer.text
