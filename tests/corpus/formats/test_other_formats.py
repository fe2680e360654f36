"""OFD, spreadsheets, pictures, and files that LibreOffice converts."""

import base64
import datetime
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.reading.account import account_of
from corpus.reading.formats import office, recognition
from corpus.reading.formats.dispatch import read_document
from corpus.reading.formats.image import read_image
from corpus.reading.formats.ofd import read_ofd
from corpus.reading.formats.pdf import read_pdf
from corpus.reading.formats.recognition import Recognizer
from corpus.reading.formats.xlsx import read_xlsx
from tests.corpus.formats.making import docx, numbered, numbering, ofd, paragraph, picture

FONTS = [
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
]
FONT = next((str(font) for font in FONTS if font.is_file()), "")
needs_font = pytest.mark.skipif(
    not FONT, reason="no Chinese font to draw a scan with: install fonts-noto-cjk"
)
needs_office = pytest.mark.skipif(office.office_command() is None, reason="LibreOffice is not installed")
NOTICE = [
    "北湖区支持软件业若干措施",
    "第一条 对软件企业给予最高100万元奖励。",
    "第二条 有效期至2027年12月31日。",
]


def test_ofd_text_is_read_page_by_page_without_its_page_numbers():
    pages = [[(20, 30, "第一条 给予奖励。"), (100, 285, "1")], [(20, 30, "第二条 附则。"), (100, 285, "2")]]
    document = read_ofd("令.ofd", ofd(pages), Recognizer())
    assert [block.text for block in document.blocks] == ["第一条 给予奖励。", "第二条 附则。"]
    assert account_of(document).closes


def workbook(rows, **told):
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, value in told.items():
        book.active[name].number_format = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_is_a_title_a_table_and_a_note_with_values_as_shown():
    rows = [
        ["奖励标准（单位：万元）"],
        ["级别", "奖励", "比例", "起始"],
        ["国家级", 100, 0.3, datetime.date(2025, 3, 1)],
        ["市级", 30.5, 0.1, None],
        ["注：限一次。"],
    ]
    document = read_xlsx("表.xlsx", workbook(rows, C3="0%", C4="0%"))
    assert [block.text for block in document.blocks] == [
        "奖励标准（单位：万元）", "级别：国家级；奖励：100万元；比例：30%；起始：2025-03-01",
        "级别：市级；奖励：30.5万元；比例：10%", "注：限一次。",
    ]  # fmt: skip
    assert account_of(document).closes


def test_hidden_rows_of_a_sheet_are_removed_and_named():
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook([["级别", "奖励"], ["国家级", "100万元"], ["市级", "999万元"]])))
    book.active.row_dimensions[3].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    document = read_xlsx("表.xlsx", buffer.getvalue())
    assert "999万元" not in document.text
    assert [(item.kind, item.text) for item in document.removed] == [("hidden_cells", "市级 999万元")]


@needs_font
def test_a_photographed_notice_is_recognised_with_its_confidence():
    document = read_image("通知.png", picture(NOTICE, FONT), Recognizer())
    text = document.text.replace(" ", "")
    assert "最高100万元奖励" in text
    assert "2027年12月31日" in text
    assert all(block.confidence is not None and block.confidence > 0.8 for block in document.blocks)
    assert any("识别" in warning for warning in document.warnings)


def scanned_pdf(*pages):
    from PIL import Image

    drawn = [Image.open(io.BytesIO(picture(lines, FONT, (1190, 1684)))) for lines in pages]
    buffer = io.BytesIO()
    drawn[0].save(buffer, "PDF", save_all=True, append_images=drawn[1:], resolution=144)
    return buffer.getvalue()


@needs_font
def test_scanned_pages_of_a_pdf_are_recognised_page_by_page():
    document = read_pdf("扫描.pdf", scanned_pdf(NOTICE[:2], NOTICE[2:]), Recognizer())
    assert [block.page for block in document.blocks][-1] == 2
    assert "100万元" in document.text
    assert account_of(document).closes
    assert document.warnings[0].startswith("第 1、2 页是图片")


@needs_font
def test_a_scanned_annex_inside_a_word_file_is_recognised_in_its_place(tmp_path):
    from docx import Document
    from docx.shared import Inches

    made = Document()
    made.add_paragraph("第一条 标准见附件。")
    made.add_picture(io.BytesIO(picture(["附件 奖励标准", "国家级企业奖励100万元"], FONT)), Inches(5))
    made.add_paragraph("第二条 附则。")
    made.save(str(tmp_path / "a.docx"))
    document = read_document("附.docx", (tmp_path / "a.docx").read_bytes())
    texts = [block.text.replace(" ", "") for block in document.blocks]
    assert texts[0] == "第一条标准见附件。"
    assert "国家级企业奖励100万元" in texts[1:-1]
    assert texts[-1] == "第二条附则。"
    assert document.warnings[0].startswith("第 1 幅图是图片，文字由识别得来")
    assert account_of(document).closes


@needs_font
def test_without_the_package_each_unread_page_is_named(monkeypatch):
    monkeypatch.setattr(recognition, "_engine", lambda: None)
    document = read_pdf("扫描.pdf", scanned_pdf(NOTICE, NOTICE), Recognizer())
    assert not document.blocks
    assert "第 1、2 页是图片，没有安装文字识别组件（rapidocr）" in document.warnings[0]


@needs_font
def test_pages_past_the_budget_are_named():
    document = read_pdf("扫描.pdf", scanned_pdf(NOTICE, NOTICE), Recognizer(budget=0.0))
    assert [block.page for block in document.blocks][-1] == 1
    assert any(warning.startswith("第 2 页是图片，识别超时") for warning in document.warnings)


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_old_word_files_are_converted_numbers_and_all(tmp_path, kind):
    from docx import Document

    source = tmp_path / "source.docx"
    made = Document()
    made.add_paragraph("第一条 给予50万元奖励。")
    made.add_paragraph("第二条 附则。")
    made.save(str(source))
    command = [
        office.office_command(),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
    ]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    document = read_document(f"旧.{kind}", (tmp_path / f"source.{kind}").read_bytes())
    assert [block.text for block in document.blocks] == ["第一条 给予50万元奖励。", "第二条 附则。"]
    assert any("LibreOffice" in warning for warning in document.warnings)


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda command: None)
    with pytest.raises(UnreadableError, match=r"LibreOffice.*另存为 docx"):
        office.read_office("旧.rtf", b"{\\rtf1 test}")


def test_what_a_file_is_its_content_tells():
    word = docx(numbered("给予奖励。"), paragraph("附则。"), numbering=numbering())
    for name in ("旧.doc", "旧.wps", "旧.txt"):
        document = read_document(name, word)
        assert document.text.startswith("第一条 给予奖励。")
        assert "内容是Word（docx）" in document.warnings[-1]
    assert (
        read_document("页.doc", "<html><body><p>第一条 奖励。</p></body></html>".encode()).text
        == "第一条 奖励。"
    )


def test_a_picture_that_is_none_is_refused():
    broken = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ")
    with pytest.raises(UnreadableError, match="图片"):
        read_image("坏.png", broken, Recognizer())
