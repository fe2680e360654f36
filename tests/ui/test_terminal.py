"""What a terminal shows: widths, line breaks, marks, no colour where none is wanted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Question
from tests.fakes import FakeAssistant, grant_answer
from ui.terminal.answers import answer_lines
from ui.terminal.style import Style
from ui.terminal.width import padded, shortened, width_of, wrapped

PLAIN = Style(is_coloured=False)
QUESTION = Question("自筹800万元能拿多少？", date(2026, 11, 22))
CHINESE = st.text(alphabet="政策奖励，。（）〔1〕30%万元abc 「」", max_size=200)


def shown(answer, width=60):
    return "\n".join(answer_lines(answer, width, PLAIN))


@given(CHINESE, st.integers(min_value=20, max_value=100))
def test_no_line_is_wider_than_the_terminal_and_no_character_is_lost(text, width):
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("width", range(12, 40))
def test_an_amount_is_never_broken_and_a_mark_never_begins_a_line(width):
    lines = wrapped("给予企业最高不超过300万元的资助，按30%计算〔1〕。", width)
    assert any("300万元" in line for line in lines)
    assert any("计算〔1〕" in line or "算〔1〕" in line for line in lines)
    assert not any(line.startswith(("，", "。", "〔")) for line in lines)


def test_padding_and_shortening_count_columns_not_characters():
    assert width_of(padded("政策", 10)) == 10
    assert width_of(shortened("支持开展硬核技术攻关", 9)) <= 9


def test_the_conclusion_comes_first_then_sums_conditions_and_sources():
    text = shown(grant_answer(QUESTION))
    order = ["按草案测算", "800万元 × 30% = 240万元〔1〕", "？ 经综合评估", "请注意", "依据", "可以接着问"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_each_condition_shows_how_it_stands_and_how_far_off_it_is():
    text = shown(grant_answer(QUESTION))
    assert "？ 经综合评估" in text
    assert "✓ 给予企业" in text
    assert "✗ 自筹投入（还差 5 当量吨）" in text


def test_a_source_shows_title_clause_status_and_the_very_words():
    text = shown(grant_answer(QUESTION), width=100)
    assert "实施办法（草案）》 [草案]" in text
    assert "〔1〕 第七条(一)「经综合评估,可按项目自筹投入资金总额的30%" in text


def test_an_answer_that_is_none_says_so_first():
    assert shown(FakeAssistant().ask(replace(QUESTION, text="天气"))).startswith("【政策库未涉及】")


@pytest.mark.parametrize("width", [32, 50, 80, 100])
def test_no_line_of_an_answer_is_wider_than_the_terminal(width):
    assert max(map(width_of, answer_lines(grant_answer(QUESTION), width, PLAIN))) <= width


def test_colour_appears_only_where_it_is_wanted():
    assert "\x1b[" not in shown(grant_answer(QUESTION))
    coloured = "\n".join(answer_lines(grant_answer(QUESTION), 60, Style(is_coloured=True)))
    assert "\x1b[32m" in coloured
