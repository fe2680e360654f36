"""PDF files: paragraphs over lines and pages, ruled and unruled tables, page furniture, protected files."""

import io

import pytest

from corpus.errors import UnreadableError
from corpus.reading.account import account_of
from corpus.reading.formats.look_alikes import as_ordinary
from corpus.reading.formats.pdf import read_pdf
from corpus.reading.formats.recognition import Recognizer
from tests.corpus.formats.making import pdf

LEFT, LINE = 72.0, 22.0


def read(pages, boxes=()):
    document = read_pdf("试.pdf", pdf(pages, boxes), Recognizer())
    account = account_of(document)
    assert account.closes, account
    return document


def page(*lines, top=90.0):
    return [(LEFT, top + LINE * at, line) for at, line in enumerate(lines)]


FULL = "第一条 对符合条件的企业按照实际投入给予不超过百分之三十的资金"  # reaches the right margin
OTHER = "第二条 对符合条件的企业按照实际投入给予不超过百分之四十的资金"


def test_a_line_that_fills_the_page_goes_on_in_the_next():
    document = read([page(FULL, "支持，每年最高100万元。", OTHER, "支持。")])
    assert [block.text for block in document.blocks] == [f"{FULL}支持，每年最高100万元。", f"{OTHER}支持。"]


def test_headers_and_page_numbers_go_also_where_they_cut_a_number():
    pages = [
        [(LEFT, 50, f"北湖市人民政府公报 2025年第{n}期"), *page(*lines), (280, 800, f"— {n} —")]
        for n, lines in enumerate(
            [
                ["第一条 对首次认定的企业给予一次性奖励人民币1"],
                ["00万元，每年兑现一次，由区商务局负责。", "第二条 附则。"],
            ],
            1,
        )
    ]
    document = read(pages)
    assert [block.text for block in document.blocks] == [
        "第一条 对首次认定的企业给予一次性奖励人民币100万元，每年兑现一次，由区商务局负责。",
        "第二条 附则。",
    ]
    assert sorted((item.kind, item.place) for item in document.removed) == [
        ("page_header", "第 1 页"), ("page_header", "第 2 页"),
        ("page_number", "第 1 页"), ("page_number", "第 2 页"),
    ]  # fmt: skip


def test_a_number_in_the_text_is_no_page_number():
    document = read([page("第一条 奖励标准：", "100", "第二条 附则。")])
    assert [block.text for block in document.blocks] == ["第一条 奖励标准：", "100", "第二条 附则。"]


def test_a_line_alone_on_its_pages_is_their_text():
    document = read([page("第一条 标准见附件。"), [(LEFT, 100, "附件样张")], [(LEFT, 100, "附件样张")]])
    assert [block.text for block in document.blocks] == ["第一条 标准见附件。", "附件样张", "附件样张"]


def boxes_of(rows, columns, x=60.0, y=120.0, wide=120.0, tall=30.0):
    return [(x + c * wide, y + r * tall, wide, tall) for r in range(rows) for c in range(columns)]


def cells_of(rows, x=66.0, y=140.0, wide=120.0, tall=30.0):
    return [
        (x + c * wide, y + r * tall, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text
    ]


def test_a_ruled_table_is_rows_with_headers_and_units():
    rows = [["级别", "奖励（万元）", "备注"], ["国家级", "100", ""], ["市级", "30", "限一次"]]
    document = read(
        [[(LEFT, 90, "第一条 标准如下："), *cells_of(rows), (LEFT, 250, "第二条 附则。")]], [boxes_of(3, 3)]
    )
    assert [block.text for block in document.blocks] == [
        "第一条 标准如下：", "级别：国家级；奖励：100万元",
        "级别：市级；奖励：30万元；备注：限一次", "第二条 附则。",
    ]  # fmt: skip


def test_a_label_over_two_rows_is_carried_into_both():
    boxes = [
        (60, 120, 120, 30),
        (180, 120, 120, 30),
        (60, 150, 120, 60),
        (180, 150, 120, 30),
        (180, 180, 120, 30),
    ]
    texts = [
        (66, 140, "级别"),
        (186, 140, "奖励"),
        (66, 185, "国家级"),
        (186, 170, "首次100万元"),
        (186, 200, "复核50万元"),
    ]
    document = read([texts], [boxes])
    assert [block.text for block in document.blocks] == [
        "级别：国家级；奖励：首次100万元",
        "级别：国家级；奖励：复核50万元",
    ]


def test_a_table_goes_on_over_the_page_and_its_repeated_header_goes():
    first, second = [["级别", "奖励"], ["国家级", "100万元"]], [["级别", "奖励"], ["市级", "30万元"]]
    document = read([cells_of(first, y=740), cells_of(second)], [boxes_of(2, 2, y=720), boxes_of(2, 2)])
    assert [block.text for block in document.blocks] == [
        "级别：国家级；奖励：100万元",
        "级别：市级；奖励：30万元",
    ]
    assert [item.kind for item in document.removed] == ["repeated_header"] * 2


def test_a_table_without_lines_is_told_by_its_columns():
    rows = [["级别", "首次", "复核"], ["国家级", "100万元", "50万元"], ["市级", "30万元", "10万元"]]
    document = read(
        [[(LEFT, 90, "第一条 标准如下："), *cells_of(rows, x=LEFT, tall=22), (LEFT, 250, "第二条 附则。")]]
    )
    assert [block.text for block in document.blocks][1:3] == [
        "级别：国家级；首次：100万元；复核：50万元",
        "级别：市级；首次：30万元；复核：10万元",
    ]


def test_a_list_with_marks_set_apart_is_no_table():
    document = read(
        [
            [
                (x, 90 + 22 * at, text)
                for at in range(3)
                for x, text in ((72, f"{at + 1}."), (130, "营业执照复印件"))
            ]
        ]
    )
    assert [block.text for block in document.blocks] == [
        "1. 营业执照复印件",
        "2. 营业执照复印件",
        "3. 营业执照复印件",
    ]


def test_two_columns_of_prose_are_read_one_after_the_other():
    left = [f"左栏第{n}行写满了整个栏宽为止" for n in "一二三四五六七八九"]
    right = [f"右栏第{n}行写满了整个栏宽为止" for n in "一二三四五六七八九"]
    document = read([[*page(*left), *[(320, 90 + LINE * at, line) for at, line in enumerate(right)]]])
    assert document.text.replace("\n", "") == "".join(left + right)


def test_look_alike_glyphs_are_the_characters_they_stand_for():
    assert as_ordinary("第⼀条 ⾃2026年5⽉1⽇起 ⻋⻔ Ⅲ ①") == "第一条 自2026年5月1日起 车门 Ⅲ ①"


def test_a_protected_and_a_damaged_file_are_told_apart():
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, encrypt=StandardEncryption("secret", "owner"))
    paper.drawString(72, 700, "hidden")
    paper.save()
    with pytest.raises(UnreadableError, match="密码"):
        read_pdf("密.pdf", buffer.getvalue(), Recognizer())
    with pytest.raises(UnreadableError, match="损坏"):
        read_pdf("坏.pdf", pdf([page("第一条 奖励。")])[:300], Recognizer())
