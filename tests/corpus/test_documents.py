"""Several policies in one file are found, offered one by one, and nothing of the file is lost."""

import json

from click.testing import CliRunner

from corpus.adding import receive, received_documents
from corpus.reading import read_text
from corpus.reading.blocks import Block, BlockKind, SourceDocument
from corpus.reading.documents import several_documents_warning, split_documents, titles_in
from ui.cli import cli

FIRST = """北湖市人民政府办公室关于印发《北湖市促进软件业若干措施》的通知
各区人民政府：
现将《北湖市促进软件业若干措施》印发给你们，请认真执行。
北湖市人民政府办公室
2025年3月1日
北湖市促进软件业若干措施
第一条 对软件企业按研发投入的10%给予补助。
第二条 本措施自2025年4月1日起施行。
附件：申报指南
附件
申报指南
1.提交申请表。
2.现场审核。"""
SECOND = """北湖市促进工业互联网发展办法
第一条 为促进工业互联网，制定本办法。
第二条 对平台给予100万元奖励。"""


def source(text):
    return SourceDocument("a.txt", tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n")))


def test_each_policy_keeps_its_notice_and_its_attachments():
    first, second = split_documents(source(f"{FIRST}\n{SECOND}"))
    assert (first.title, first.source.text) == ("北湖市促进软件业若干措施", FIRST)
    assert (second.title, second.source.text) == ("北湖市促进工业互联网发展办法", SECOND)


def test_policies_on_one_line_are_parted_within_the_block():
    flat = "　　".join(f"{FIRST}\n{SECOND}".split("\n"))
    first, second = split_documents(source(flat))
    assert second.source.text == "　　".join(SECOND.split("\n"))
    assert first.source.text + second.source.text == flat


def test_one_policy_is_one_document():
    only = source(FIRST)
    assert [one.source for one in split_documents(only)] == [only]
    assert read_text(FIRST, "d").warnings == ()


def test_sections_called_policies_are_no_documents():
    text = (
        "某省扶持清单\n面向单位的政策\n一、社保补贴。\n二、见习补贴。\n"
        "面向毕业生的政策\n一、求职补贴。\n二、就业补贴。"
    )
    assert len(titles_in(text)) == 1


def test_two_cards_cut_from_a_handbook_are_two_documents():
    cards = [
        f"{n}.对{who}予以资助\n服务内容\n1．资助1000元。\n2．资助2000元。\n条件要求\n1．在本市注册。"
        for n, who in ((4, "国外专利"), (5, "国内专利"))
    ]
    assert titles_in("\n".join(cards)) == ("对国外专利予以资助", "对国内专利予以资助")


def test_articles_of_a_second_policy_are_told_apart_by_its_title():
    clauses = read_text(f"{FIRST}\n{SECOND}", "d").clauses
    assert [c.label for c in clauses if c.path.text in ("1", "policy2.1")] == [
        "第一条",
        "《北湖市促进工业互联网发展办法》第一条",
    ]


def test_a_person_is_told_and_may_take_one():
    received = receive("两份.txt", f"{FIRST}\n{SECOND}".encode())
    (warning,) = received.reading.warnings
    assert "1.《北湖市促进软件业若干措施》、2.《北湖市促进工业互联网发展办法》" in warning
    second = received_documents(received)[1]
    assert (second.name, second.data.decode()) == ("两份-2.txt", SECOND)


def test_one_title_needs_no_warning():
    assert several_documents_warning(["某办法"]) == ""


def test_the_command_line_names_both_and_adds_the_one_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("POLICY_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "两份.txt"
    path.write_text(f"{FIRST}\n{SECOND}", "utf-8")
    run = CliRunner().invoke(cli, ["add", str(path), "beihu-internet", "--part", "2", "--yes"])
    assert run.exit_code == 0, run.output
    listed = json.loads(CliRunner().invoke(cli, ["clauses", "beihu-internet", "--json"]).output)
    assert [one["label"] for one in listed] == ["引言", "第一条", "第二条"]
    extracted = json.loads(CliRunner().invoke(cli, ["extract", str(path), "--json"]).output)
    assert any("2 份文件" in warning for warning in extracted["document"]["warnings"])
    too_many = CliRunner().invoke(cli, ["add", str(path), "beihu-third", "--part", "3", "--yes"])
    assert too_many.exit_code == 2
    assert "只有 2 份文件" in too_many.output
