"""An answer as messages: nothing lost, nothing torn, sources and notes beside what they are about."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Citation, MissingFact, Outcome, Question
from corpus.model.document import DocumentStatus
from tests.fakes import GRANT_CLAUSE, grant_answer, span
from ui.bots.commands import Kind, read_command
from ui.bots.plain import plain_lines
from ui.bots.rendering import MESSAGE_BYTES, ROOM_AROUND, Source, answer_parts, clause_parts, sources_of
from ui.bots.splitting import pieces, size

ANSWER = grant_answer(Question("自筹800万元能拿多少？", date(2026, 11, 22), "c"))
WHOLE = [
    "800万元",
    "1,234.56万元",
    "10%-30%",
    "2024年1月1日",
    "〔12〕",
    "沪府办规〔2023〕27号",
    "《若干措施》",
    "三百万元",
    "3.5个百分点",
    "30 万元",
    "【草案】",
    "5000元至8000元",
]
words = st.lists(
    st.one_of(
        st.sampled_from([*WHOLE, "。", "，", "；", "\n", ",", "："]),
        st.text("支持企业研发投入补贴", min_size=1, max_size=9),
    ),
    max_size=120,
)


@given(words, st.integers(60, 200))
def test_pieces_join_to_the_text_fit_and_tear_nothing_whole(parts, limit):
    text = "甲".join(parts)
    cut = list(pieces(text, limit))
    assert "".join(cut) == text
    assert all(size(piece) <= limit for piece in cut)
    for whole in WHOLE:
        assert sum(piece.count(whole) for piece in cut) == text.count(whole)


@given(st.text(max_size=300), st.integers(40, 90))
def test_any_text_at_all_is_cut_into_pieces_that_fit(text, limit):
    text = text.encode("utf-8", "ignore").decode()
    cut = list(pieces(text, limit))
    assert "".join(cut) == text
    assert all(size(piece) <= limit for piece in cut)


def test_a_cut_comes_at_a_line_before_a_sentence_before_a_clause():
    assert list(pieces("甲甲甲。\n乙乙。丙丙，丁丁丁。", 15)) == [
        "甲甲甲。\n",
        "乙乙。",
        "丙丙，",
        "丁丁丁。",
    ]


def test_marks_stay_with_the_sentence_they_prove():
    assert list(pieces("可得240万元。〔1〕〔2〕另可得5万元。〔3〕", 36)) == [
        "可得240万元。〔1〕〔2〕",
        "另可得5万元。〔3〕",
    ]


def test_a_note_on_a_draft_is_not_torn():
    note = "该办法尚为草案，未施行，以正式发布的文本为准"
    text = "甲，" * 30 + note + "，乙" * 30
    assert any(note in piece for piece in pieces(text, 120))


def test_a_short_answer_is_one_message_with_amount_note_and_source():
    (part,) = answer_parts(ANSWER)
    assert part.startswith("按草案测算，最高可获240万元〔1〕。该办法尚为草案，未施行")
    title = "长宁区深入推进人工智能创新产业高质量发展的实施办法（草案）"
    assert f"〔1〕《{title}》第七条(一)" in part.split("\n")
    assert "回复“依据1”" in part


def test_the_quote_itself_waits_for_who_asks_for_it():
    quoted = replace(ANSWER, text=f"最高300万元。〔1〕\n依据：「{ANSWER.citations[0].span.quote}」。〔1〕")
    (part,) = answer_parts(quoted)
    assert "依据：「" not in part
    assert "最高300万元。〔1〕" in part


def test_what_is_missing_is_asked():
    asking = replace(
        ANSWER,
        outcome=Outcome.NEEDS_INPUT,
        text="按自筹投入的30%〔1〕。",
        missing=(MissingFact("self_funded_investment", "请问项目自筹投入是多少？", "yuan"),),
    )
    assert "请问项目自筹投入是多少？" in answer_parts(asking)[0]


def test_a_document_that_ran_out_is_called_so_beside_its_name():
    expired = replace(ANSWER.citations[0], title="若干意见", status=DocumentStatus.EXPIRED)
    (part,) = answer_parts(replace(ANSWER, text="可得5万元。〔1〕", citations=(expired,), warnings=()))
    assert "〔1〕《若干意见》第七条(一)（已届满）" in part


def long_answer(lines):
    citations = tuple(
        Citation(
            n,
            span(GRANT_CLAUSE, "30%"),
            "d",
            f"关于促进第{n}类产业高质量发展的若干政策措施",
            f"第{n}条",
            DocumentStatus.DRAFT,
        )
        for n in range(1, lines + 1)
    )
    text = "\n".join(
        f"- 第{n}项支持：拟给予最高{n}00万元，草案金额不计入现行合计。〔{n}〕" for n in range(1, lines + 1)
    )
    return replace(ANSWER, text=text, citations=citations, warnings=(), missing=())


@pytest.mark.parametrize("lines", [1, 5, 17, 40])
def test_each_part_of_a_long_answer_fits_and_names_the_sources_of_what_it_says(lines):
    parts = answer_parts(long_answer(lines))
    assert all(size(part) <= MESSAGE_BYTES - ROOM_AROUND for part in parts)
    for at, part in enumerate(parts, 1):
        if len(parts) > 1:
            assert part.startswith(f"({at}/{len(parts)})\n")
        said, _, named = part.partition("来源：")
        assert set(re.findall(r"〔\d+〕", said)) == set(re.findall(r"〔\d+〕", named))
        assert said.count("万元") == said.count("草案金额不计入现行合计")
    joined = "".join(parts)
    for n in range(1, lines + 1):
        assert f"最高{n}00万元" in joined


def test_even_a_sentence_with_forty_sources_fits():
    many = long_answer(40)
    crowded = replace(many, text="以下均可：" + "".join(f"〔{n}〕" for n in range(1, 41)))
    for part in answer_parts(crowded):
        assert size(part) <= MESSAGE_BYTES - ROOM_AROUND


def test_a_clause_is_given_word_for_word():
    source = Source(1, "changning-ai-draft/7.1", "《办法》第七条(一)")
    (part,) = clause_parts(source, GRANT_CLAUSE.text)
    assert part == f"〔1〕《办法》第七条(一) 原文：\n{GRANT_CLAUSE.text}"
    long = "".join(f"第{n}项,给予不超过{n}万元的资助;" for n in range(300))
    whole = "".join(part.split("\n", 1)[1] for part in clause_parts(source, long))
    assert whole.endswith(long)


def test_markdown_never_reaches_the_reader():
    text = "## 标题\n**最高**[300万元](http://evil.example/?q=1)\n![x](http://evil.example/a.png)\n|a|b|\n|:-|-:|\n|1|2|"
    assert plain_lines(text) == ("标题", "最高300万元", "a：b", "1：2")


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("依据1", Kind.SOURCE, 1),
        ("依据 2。", Kind.SOURCE, 2),
        ("依据〔３〕", Kind.SOURCE, 3),
        ("依据一", Kind.SOURCE, 1),
        ("“依据1”", Kind.SOURCE, 1),
        ("〔4〕", Kind.SOURCE, 4),
        ("查看依据", Kind.SOURCE, None),
        ("继续", Kind.MORE, None),
        ("“继续”", Kind.MORE, None),
        ("好了吗？", Kind.MORE, None),
        ("新对话", Kind.FRESH, None),
        ("依据第七条能拿多少？", Kind.QUESTION, None),
        ("继续教育补贴有多少？", Kind.QUESTION, None),
        ("那500万元呢？", Kind.QUESTION, None),
        ("1", Kind.QUESTION, None),
    ],
)
def test_a_command_is_told_from_a_question(text, kind, number):
    assert (read_command(text).kind, read_command(text).number) == (kind, number)


def test_sources_are_kept_with_number_clause_and_name():
    (one,) = sources_of(ANSWER)
    assert (one.n, one.clause) == (1, "changning-ai-draft/7.1")
