"""Clauses: the right ids and labels, nothing lost, nothing twice, cross-references are no headings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.model.document import ClauseKind
from corpus.reading.clauses import split_clauses
from corpus.reading.markers import read_marker
from corpus.store import load_corpus

DOCUMENTS = Path(corpus.__file__).parent / "documents"
SLUGS = sorted(path.name for path in DOCUMENTS.iterdir())


def split(slug):
    text = (DOCUMENTS / slug / "text.md").read_text("utf-8").removesuffix("\n")
    return text, {clause.id.split("/")[1]: clause for clause in split_clauses(slug, text)}


@pytest.mark.parametrize("slug", SLUGS)
def test_joining_all_clauses_gives_the_clean_text_back(slug):
    text, clauses = split(slug)
    assert "\n".join(clause.text for clause in clauses.values()) == text
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses.values())


def test_items_numbered_through_six_sections_keep_their_own_number():
    _, clauses = split("sh-online-economy")
    assert [path for path in clauses if path.isdigit()] == [str(n) for n in range(1, 21)]
    sixteen = clauses["16"]
    assert sixteen.text.startswith("(十六)支持企业提升科技创新能力。")
    assert sixteen.label == "(十六)"
    assert sixteen.headings == ("五、集聚激发产业活力的创新要素",)
    assert sixteen.responsible_bodies == (
        "市经济信息化委",
        "市发展改革委",
        "市科委",
        "市知识产权局",
        "市财政局",
    )
    assert clauses["closing"].text == "本政策措施自2024年1月1日起实施,有效期至2028年12月31日。"


def test_paragraphs_with_their_own_responsible_bodies_are_clauses_of_their_own():
    _, clauses = split("sh-tech-services")
    assert clauses["7.2"].text.startswith("围绕前沿技术和未来产业领域")
    assert clauses["7.2"].responsible_bodies == ("市经济信息化委", "市科委", "市市场监管局")
    assert clauses["7.2"].headings[-1] == "(七)积极培育科技服务新业态新模式"
    assert clauses["7"].kind is ClauseKind.HEADING
    assert clauses["9"].text.startswith("(九)优化财政科研经费")
    assert "9.1" not in clauses
    assert clauses["14.2"].responsible_bodies[-1] == "中国人民银行上海总部"


def test_an_article_keeps_its_lead_in_and_its_items_are_below_it():
    _, clauses = split("changning-ai-draft")
    assert clauses["8"].text.startswith("第八条(推进技术示范应用)\n推进人工智能")
    assert clauses["8.3"].label == "第八条(三)"
    assert clauses["8.3"].headings == ("第八条(推进技术示范应用)",)
    assert [path for path in clauses if path.startswith("8.")] == [f"8.{n}" for n in range(1, 7)]
    assert [path for path in clauses if path.startswith("10.")] == [f"10.{n}" for n in range(1, 6)]


def test_background_and_questions_do_not_mix_with_the_articles():
    _, clauses = split("changning-ai-draft")
    assert [path for path in clauses if path.startswith("qa")] == [f"qa.{n}" for n in range(1, 6)]
    assert clauses["qa.3"].text.startswith("问:《实施办法(草案)》适用于哪些对象?\n答:在长宁区")
    assert clauses["qa.4"].text.endswith("创新生态。")
    assert "征求意见截止日期为2023年10月7日" in clauses["background.6"].text
    assert clauses["background.1"].kind is ClauseKind.BACKGROUND


def test_arabic_items_and_what_stands_around_them():
    _, clauses = split("sh-industrial-services")
    assert [path for path in clauses if path.isdigit()] == [str(n) for n in range(1, 13)]
    assert clauses["10"].label == "10."
    assert load_corpus().clause("sh-industrial-services/10").label == "第十条"  # as its policy.yaml says
    assert clauses["closing"].text.startswith("本文件公布之日起至2027年12月31日施行。")


def test_a_news_report_is_cut_into_paragraphs_under_its_subheadings():
    _, clauses = split("sh-services-innovation")
    assert clauses["p1"].text.startswith("上海市人民政府办公厅3月17日发布的")
    assert clauses["p13"].headings == ("推动科技服务业高质量发展",)
    assert [path for path in clauses if path.startswith("p") and path != "preamble"] == [
        f"p{n}" for n in range(1, 16)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第八条的规定执行。",
        "第六条、第七条规定的奖励，",
        "第三条第二款所称企业，",
        "（一）项和（二）项不得同时享受。",
        "1.5万元的补贴",
        "2024年1月1日起施行",
        "二、三产业企业",
        "一是强主体，",
        "第三条和第四条的企业，",
        "第三条中的企业，",
        "第二条（一）、（二）项",
        "（一）、（二）项所列企业",
        "10000架次飞行",
    ],
)
def test_a_cross_reference_or_a_number_is_no_heading(line):
    assert read_marker(line) is None


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("第八条 推进应用", "ARTICLE", 8),
        ("第 12 条　鼓励企业", "ARTICLE", 12),
        ("一、总体要求", "CHINESE", 1),
        ("二 、支持范围", "CHINESE", 2),
        ("（十六）支持企业", "CHINESE_PAREN", 16),
        ("(一 )支持", "CHINESE_PAREN", 1),
        ("10.增强能力", "ARABIC", 10),
        ("１．支持科技型中小企业", "ARABIC", 1),
        ("3、申请人", "ARABIC", 3),
        ("（2）具有前景", "ARABIC_PAREN", 2),
        ("③登记失业人员", "CIRCLED", 3),
        ("第二章 附则", "PART", 2),
        ("1.2024年度审计报告。", "ARABIC", 1),
        ("二、一次性扩岗补助", "CHINESE", 2),
        ("（一）项目支持。", "CHINESE_PAREN", 1),
        ("（一）目的。", "CHINESE_PAREN", 1),
        ("第三条 中小企业上市奖励", "ARTICLE", 3),
        ("第四条 项目申报", "ARTICLE", 4),
        ("第五条中小企业上市奖励", "ARTICLE", 5),
        ("（二）、加强组织领导", "CHINESE_PAREN", 2),
        ("三）加强组织领导", "CHINESE_PAREN", 3),
        ("第六条、本办法自发布之日起施行", "ARTICLE", 6),
        ("㈢财政补贴", "CHINESE_PAREN", 3),
        ("⑵有员工", "ARABIC_PAREN", 2),
        ("2）有员工", "ARABIC_CLOSED", 2),
    ],
)
def test_every_kind_of_numbering_is_read(line, style, number):
    marker = read_marker(line)
    assert marker is not None
    assert (marker.style.name, marker.number) == (style, number)


def test_a_reference_cut_by_a_line_break_does_not_open_an_item():
    text = (
        "第一条 目的。\n第二条 对符合条件的企业给予奖励，具体标准由主管部门会同有关部门另行制定并按照\n"
        "第十二条执行。\n第三条 附则。"
    )
    assert [clause.path.text for clause in split_clauses("d", text)] == ["1", "2", "3"]


def test_numbering_that_restarts_under_each_section_keeps_the_section_in_the_path():
    text = "办法\n一、原则\n1、公开。\n2、公平。\n二、标准\n1、每人每月1500元。"
    assert [clause.path.text for clause in split_clauses("d", text)] == [
        "preamble",
        "1",
        "1.1",
        "1.2",
        "2",
        "2.1",
    ]


def test_labelled_fields_after_a_list_belong_to_the_item_above_it():
    text = (
        "1、创业资助\n补贴条件：\n（1）注册满6个月。\n（2）有员工。\n补贴标准：10000元。\n"
        "2、租金补贴\n补贴条件：\n（1）租用场地。\n补贴标准：6000元。"
    )
    clauses = {clause.path.text: clause for clause in split_clauses("d", text)}
    assert clauses["1.s2"].text == "补贴标准：10000元。"
    assert clauses["1.s2"].headings == ("1、创业资助",)
    assert clauses["1.s2"].label == "1、补贴标准"
    assert clauses["1.s1.2"].text == "（2）有员工。"
    assert clauses["2.s2"].text == "补贴标准：6000元。"


def test_an_unnumbered_heading_before_a_second_list_heads_that_list():
    text = (
        "服务内容\n1．支持专利。\n给予50万元。\n2．支持标准。\n给予20万元。\n条件要求\n"
        "1．支持专利。\n（1）有专利。\n2．支持标准。\n（1）有标准。"
    )
    clauses = split_clauses("d", text)
    assert len({clause.id for clause in clauses}) == len(clauses)
    last = clauses[-1]
    assert last.headings == ("条件要求", "2．支持标准")
    assert clauses[2].text == "2．支持标准。\n给予20万元。"


MARKS = [
    "第一条 ",
    "第二条 ",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2.",
    "(1)",
    "①",
    "问：",
    "答：",
    "",
    "",
]
lines = st.tuples(
    st.sampled_from(MARKS), st.text(alphabet="支持企业给予奖励万元，第条一1.", min_size=1, max_size=30)
).map("".join)


@given(st.lists(lines, min_size=1, max_size=25))
def test_whatever_the_lines_nothing_is_lost_and_nothing_twice(lines):
    text = "\n".join(lines)
    clauses = split_clauses("d", text)
    assert "\n".join(clause.text for clause in clauses) == text
    assert len({clause.id for clause in clauses}) == len(clauses)
    assert len({clause.label for clause in clauses}) == len(clauses)
