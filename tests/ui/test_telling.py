"""Text and sums together say each thing once, and the conclusion always."""

from dataclasses import replace
from datetime import date

from assistant.conversation import MissingFact, Question
from tests.fakes import GRANT_WORDS, grant_answer
from ui.telling import (
    lines_beside_sums,
    lines_without_quotes,
    open_questions,
    sums_beside_text,
    warnings_beside_text,
)

ANSWER = grant_answer(Question("自筹800万元", date(2026, 11, 22)))


def beside(*lines):
    return lines_beside_sums(replace(ANSWER, text="\n".join(lines)))


def test_a_worked_step_is_left_to_the_sum():
    assert beside("结论〔1〕", "算式：800万元 × 30% = 240万元〔1〕。", "依据：原文〔1〕") == (
        "结论〔1〕",
        "依据：原文〔1〕",
    )


def test_a_line_of_conditions_is_left_to_the_sum_only_when_all_of_them_are_there():
    assert beside("结论", "还须符合：经综合评估〔1〕。") == ("结论",)
    assert beside("结论", "其他条件：注册在本区。") == ("结论", "其他条件：注册在本区。")


def test_a_line_that_merely_mentions_a_condition_stays():
    line = "另须注意：申报前应当经综合评估，评估结果由主管部门公布，未经公布的不予受理。"
    assert beside("结论", line) == ("结论", line)


def test_a_line_that_only_quotes_a_source_is_left_to_the_sources():
    quote = ANSWER.citations[0].span.quote
    assert beside("结论", f"依据：「{quote.rstrip('。')}」。〔1〕") == ("结论",)
    corrected = f"不是40%。第七条的原文是：「{quote.rstrip('。')}」。〔1〕"
    assert beside("结论", corrected) == ("结论", corrected)


def test_the_conclusion_stays_even_when_it_holds_the_step():
    assert beside("800万元 × 30% = 240万元，即可获240万元。") == ("800万元 × 30% = 240万元，即可获240万元。",)


def test_without_estimates_the_whole_text_stays():
    text = "第一行\n\n算式：800万元 × 30% = 240万元。"
    assert lines_beside_sums(replace(ANSWER, text=text, estimates=())) == (
        "第一行",
        "算式：800万元 × 30% = 240万元。",
    )


def test_a_question_the_text_asks_is_not_asked_again():
    asked, open_ = MissingFact("a", "请问投入是多少？", "yuan"), MissingFact("b", "请问在哪个区？", "level")
    answer = replace(ANSWER, text="还不能测算。\n请问投入是多少？", missing=(asked, open_))
    assert open_questions(answer) == (open_,)


def test_a_warning_is_left_out_only_when_a_line_gives_it_of_the_same_document_in_nearly_the_same_words():
    warning = "《甲办法》是征求意见的草案，不是现行政策。"
    other = "《乙办法》是征求意见的草案，不是现行政策。"
    ends = "《甲办法》将于2026年12月31日届满，不足三个月。"
    text = "可获5万元。\n《甲办法》是公开征求意见的草案，不是现行政策，有效期至2026年12月31日。"
    answer = replace(ANSWER, text=text, warnings=(warning, other, ends))
    assert warnings_beside_text(answer) == (other, ends)


def test_that_a_draft_is_a_draft_is_hinted_only_when_the_text_is_silent_on_it():
    hint = "《甲办法》是征求意见的草案，不计入现行合计"
    estimates = (replace(ANSWER.estimates[0], hints=("达到上限", hint)),)
    told = replace(ANSWER, text="【草案】可获5万元。", estimates=estimates)
    silent = replace(ANSWER, text="可获5万元。", estimates=estimates)
    assert sums_beside_text(told)[0].hints == ("达到上限",)
    assert sums_beside_text(silent)[0].hints == ("达到上限", hint)


def test_a_quote_named_after_its_clause_waits_among_the_sources_too():
    text = f"最高240万元。〔1〕\n依据《长宁实施办法》第七条(一)：「{GRANT_WORDS.rstrip('。')}」。〔1〕"
    quoted = replace(ANSWER, text=text)
    assert lines_without_quotes(quoted) == ("最高240万元。〔1〕",)


def test_a_warning_given_under_a_shortened_title_is_not_given_again():
    warning = "《长宁区深入推进产业发展的实施办法》是征求意见的草案，不是现行政策。"
    told = "最高240万元。\n《长宁实施办法》是公开征求意见的草案，不是现行政策，不能据此申领。"
    assert warnings_beside_text(replace(ANSWER, text=told, warnings=(warning,))) == ()
    other = told.replace("长宁实施办法", "在线新经济若干措施")
    assert warnings_beside_text(replace(ANSWER, text=other, warnings=(warning,))) == (warning,)
