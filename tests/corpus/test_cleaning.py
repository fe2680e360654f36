"""Cleaning gives back the words of the policy, changes nothing else, and says what it did."""

import random
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

import corpus
from corpus.reading.cleaning import clean
from corpus.reading.tracked import Edit, TrackedText

DOCUMENTS = Path(corpus.__file__).parent / "documents"
SLUGS = ["sh-online-economy", "sh-tech-services", "sh-industrial-services", "changning-ai-draft"]
GB2312 = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)]


def clean_text(slug: str) -> str:
    return (DOCUMENTS / slug / "text.md").read_text("utf-8").removesuffix("\n")


def source_text(slug: str) -> str:
    return (DOCUMENTS / slug / "source.txt").read_text("utf-8")


def test_the_two_tellings_of_clause_ten_come_out_equal():
    lines = clean(source_text("sh-industrial-services")).text.split("\n")
    lead = next(line for line in lines if line.startswith("文件指出,"))
    clause = next(line for line in lines if line.startswith("10."))
    assert lead.removeprefix("文件指出,") == clause.split("。", 1)[1]


def test_the_noisy_document_keeps_every_number_of_its_source():
    source = source_text("sh-industrial-services")
    assert [char for char in clean(source).text if char.isdigit()] == [c for c in source if c.isdigit()]


@pytest.mark.parametrize("slug", [*SLUGS, "sh-services-innovation"])
def test_cleaning_a_clean_text_changes_nothing(slug):
    again = clean(clean_text(slug))
    assert again.text == clean_text(slug)
    assert not [change for change in again.changes if change.is_certain]


@pytest.mark.parametrize("slug", [*SLUGS, "sh-services-innovation"])
def test_the_stored_text_is_what_cleaning_makes_of_the_source(slug):
    assert clean(source_text(slug)).text == clean_text(slug)


def test_the_news_report_loses_its_comment_box_and_keeps_its_figures():
    text = clean(source_text("sh-services-innovation")).text
    assert not [word for word in ("网友评论", "责任编辑", "时报热榜") if word in text]
    assert "5409.59亿元,同比增长9.2%" in text


def with_noise(text: str, seed: int) -> str:
    """Write a text as a careless scraper would: traditional, glossed, a stray pair before punctuation."""
    rng = random.Random(seed)
    out = []
    for char in OpenCC("s2t").convert(text):
        if char in "，、。,":
            stray = "".join(rng.choice(GB2312) for _ in range(rng.choice((0, 0, 2, 2, 2))))
            char = stray + char
        out.append(char + ("(yè)" if char == "業" and rng.random() < 0.5 else ""))
    return "".join(out)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("slug", ["sh-online-economy", "changning-ai-draft"])
def test_noise_put_in_is_taken_out_or_doubted_and_nothing_else_is_touched(slug, seed):
    text = clean_text(slug)
    noisy = with_noise(text, seed)
    cleaned = clean(noisy)
    blocks = SequenceMatcher(None, text, cleaned.text, autojunk=False).get_opcodes()
    lost = "".join(text[a:b] for op, a, b, _, _ in blocks if op == "delete")
    left = sum(d - c for op, _, _, c, d in blocks if op == "insert")
    put_in = sum(1 for _ in noisy) - len(text) - 4 * noisy.count("(yè)")
    assert len(lost) <= 0.001 * len(text), lost
    assert left <= 0.08 * put_in
    doubted = sum(len(change.before) for change in cleaned.doubtful if change.kind == "stray")
    assert left <= 2 * doubted + 4


def test_a_clean_text_is_never_robbed_of_rare_words_before_punctuation():
    text = (
        "支持集成电路、光刻胶、靶材、前驱体等关键材料攻关，鼓励企业申报。"
        "对硅片、碳化硅、氮化镓、磷化铟等衬底项目，按照核定投入的20%给予支持，最高500万元。"
    ) * 5
    assert clean(text).text == text


def test_a_few_traditional_characters_in_a_simplified_text_are_reported_not_changed():
    text = "支持企业提升科技创新能力，给予资金支持。" * 10 + "联系人：陳先生。"
    cleaned = clean(text)
    assert cleaned.text == text
    assert [(change.before, change.after) for change in cleaned.doubtful] == [("陳", "陈")]


def test_a_word_in_parentheses_is_no_pinyin():
    assert clean("开发应用(app)并上线。").text == "开发应用(app)并上线。"


def test_spaced_out_headings_close_up_and_separate_names_stay_apart():
    assert clean("上 海 市 商 务 委 员 会\n正文一句话。").text.startswith("上海市商务委员会\n")
    assert "中共柳河县委 柳河县人民政府" in clean("中共柳河县委 柳河县人民政府\n关于支持发展的意见").text


def test_hard_wraps_are_joined_and_items_keep_their_lines():
    wrapped = (
        "根据企业开展知识产权高端布局情况，采取后补助方式给予支持，每家企业\n"
        "连续三年只能获得一次该项政策支持，按照实际发生费用的50%给予不超过50\n"
        "万元资金支持，支持资金用于企业开展知识产权挖掘、信息检索分析和咨询\n"
        "等工作，不能用于支付知识产权申请官费和代理费用，具体由主管部门负责\n"
        "组织实施并对资金使用情况开展监督检查，检查结果向社会公布接受监督。\n"
        "（二）支持标准制定。采取后补助方式给予支持，对新发布的标准每项给予\n"
        "不超过20万元资金支持。"
    )
    lines = clean(wrapped).text.split("\n")
    assert len(lines) == 2
    assert "不超过50万元资金支持" in lines[0]
    assert lines[1].startswith("（二）")


def test_every_change_names_its_kind_place_before_and_after():
    source = "經(jīng)認(rèn)定后給予獎勵。"
    gloss = next(change for change in clean(source).changes if change.kind == "pinyin")
    assert source[gloss.start : gloss.end] == gloss.before == "(jīng)"
    assert gloss.after == ""


def test_a_disclaimer_mentioned_in_a_clause_stays():
    text = (
        "七、经办银行有哪些？\n"
        "答：具体名单可关注“某市人社”微信公众号查询，或扫描二维码下载手机客户端办理贷款申请并查看公告。"
    )
    assert clean(text).text == text


AMOUNT = re.compile("[0-9]+(?:[.][0-9]+)?(?:[万亿]元|元|%)")


@given(st.text(alphabet="支持给予企业万亿元，。\n(一).235%第八条ab", max_size=300))
def test_whatever_the_text_no_amount_is_lost(text):
    assert AMOUNT.findall(clean(text).text) == AMOUNT.findall(text)


@given(st.text(max_size=60), st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True))
def test_an_edited_text_remembers_where_its_characters_came_from(text, cuts):
    spots = sorted(cut for cut in cuts if cut <= len(text))
    edits = [Edit(a, b, "") for a, b in zip(spots[::2], spots[1::2], strict=False)]
    edited = TrackedText.of(text).edited("cut", edits)
    assert all(text[origin] == char for origin, char in zip(edited.origins, edited.text, strict=False))
    assert [text[c.start : c.end] for c in edited.changes] == [text[e.start : e.end] for e in edits]


def test_full_width_spaces_begin_paragraphs_before_any_blank_is_cleaned():
    text = (
        "某市通知 各区： 　　现将措施印发。 　　某市政府 　　2025年3月1日 某市措施 　　一、支持研发 "
        "　　（一）补助50万元。"
    )
    assert clean(text).text.split("\n") == [
        "某市通知", "各区：", "现将措施印发。", "某市政府", "2025年3月1日", "某市措施", "一、支持研发",
        "（一）补助50万元。",
    ]  # fmt: skip


def test_full_width_spaces_inside_a_heading_or_after_an_article_are_no_paragraphs():
    text = "第一条　　为了发展，制定本办法。\n附　　则\n第二条　　自发布之日起施行。"
    assert [line[:3] for line in clean(text).text.split("\n")] == ["第一条", "附则", "第二条"]


def test_a_page_number_inside_a_sentence_goes_and_an_amount_stays():
    text = "某市办法\n1．在甲国获得授权的，资助5万元；在其他国家获得授权的，\n\n130\n\n每件资助不超过3万元。"
    assert "获得授权的，每件资助不超过3万元。" in clean(text).text
    amount = "某市办法\n1．对首次认定的企业，一次性奖励\n100\n万元。"
    assert "100" in clean(amount).text


def test_a_running_header_inside_a_sentence_goes_and_a_line_told_twice_stays():
    header = "某区工业\n发展意见"
    text = f"{header}\n一、支持创新\n1.对新产品给予5万元，对国家级产品给予8万元补\n{header}\n助。\n2.其他。"
    assert "给予8万元补助。" in clean(text).text
    twice = (
        "某市办法\n（1）领军企业，应符合新材料、\n绿色能源等领域，企业内部制度健全，\n经济效益良好。\n"
        "（2）示范企业，应符合新材料、\n绿色能源等领域，企业内部制度健全，\n申请量达到10件。"
    )
    assert clean(twice).text.count("绿色能源等领域，企业内部制度健全，") == 2


def test_numbers_of_table_rows_are_no_page_numbers():
    text = "某市标准\n序号\n1\n甲级\n2\n乙级\n3\n丙级"
    assert [char for char in clean(text).text if char.isdigit()] == ["1", "2", "3"]


def test_how_to_reach_somebody_is_no_furniture():
    assert clean("某市指南\n第一条 申报。\n联系方式\n0000-1234567").text.endswith("联系方式\n0000-1234567")


def test_a_label_keeps_its_distance_from_a_number():
    assert "时间/频度 2024年5月起，2026年失效。" in clean("某卡片\n时间/频度 2024年5月起，2026年失效。").text
