"""Bad files: a message in Chinese or a result, in bounded time and memory, never a traceback."""

import struct
import time

import pytest

from corpus.errors import UnreadableError
from corpus.reading.formats import isolation
from corpus.reading.formats.dispatch import read_document
from corpus.reading.formats.docx import read_docx
from corpus.reading.formats.kinds import OLE, FileKind
from corpus.reading.formats.packages import Package
from tests.corpus.formats.making import WORD, docx, paragraph, pdf, zipped


def entity(at):
    return f"&a{at};"


_ENTITIES = '<!ENTITY a0 "哈哈">' + "".join(f'<!ENTITY a{at} "{10 * entity(at - 1)}">' for at in range(1, 9))
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE l [{_ENTITIES}]><w:document xmlns:w="{WORD}">'
    "<w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("密.docx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64, "密码"),
        ("坏.docx", docx(paragraph("第一条 奖励。"))[:-40], "损坏"),
        (
            "空.docx",
            zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'}),
            "没有文字",
        ),
        ("缺.docx", zipped({"word/styles.xml": "<a/>"}), "不是完好的 Word"),
        ("乱.docx", zipped({"word/document.xml": "<w:document"}), "不是完好的 Word"),
        ("笑.docx", zipped({"word/document.xml": LAUGHS}), "不是完好的 Word|没有文字"),
        ("假.docx", b"not a zip", "docx"),
        ("包.zip", zipped({"a.txt": "第一条 奖励。"}), "不支持"),
        ("包.rar", b"Rar!\x1a\x07\0" + b"1" * 50, "不支持"),
        ("程.exe", b"MZ" + b"\0" * 100, "不支持"),
        ("表.xlsx", zipped({"xl/workbook.xml": "<a/>"}), "损坏|不是完好的 Excel"),
        ("令.ofd", zipped({"OFD.xml": "<a/>"}), "不是完好的 OFD"),
        ("令.ofd", b"PK\x03\x04" + b"\0" * 200, "损坏"),
        ("旧.doc", OLE + b"\0" * 2000, "另存为 docx"),
    ],
)
def test_what_cannot_be_read_is_said_in_chinese_with_the_name(name, data, says):
    with pytest.raises(UnreadableError, match=says) as error:
        read_document(name, data)
    assert name in str(error.value)


def test_a_bomb_is_refused_before_it_is_unpacked():
    started = time.monotonic()
    with pytest.raises(UnreadableError, match="过大"):
        read_document("弹.docx", zipped({"word/document.xml": b"\0" * (201 * 2**20)}))
    assert time.monotonic() - started < 20


def test_a_package_that_lies_about_its_sizes_is_no_way_round():
    honest = zipped({"word/document.xml": "<a>" + "一" * 100_000 + "</a>"})
    at = honest.rfind(b"PK\x01\x02")
    lying = honest[: at + 24] + struct.pack("<I", 10) + honest[at + 28 :]
    with pytest.raises(UnreadableError):
        Package("谎.docx", lying, " Word（docx）").part("word/document.xml")


def test_elements_nested_beyond_reason_are_refused():
    deep = "<w:sdt><w:sdtContent>" * 300 + paragraph("一") + "</w:sdtContent></w:sdt>" * 300
    with pytest.raises(UnreadableError, match="嵌套"):
        read_docx("深.docx", docx(deep))


def test_macros_are_not_run_but_named():
    with_macros = docx(paragraph("第一条 奖励。"))
    parts = zipped({"word/vbaProject.bin": b"\0"})
    import io
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(with_macros)) as one:
        files = {name: one.read(name) for name in one.namelist()} | {"word/vbaProject.bin": parts}
    document = read_docx("宏.docm", zipped(files))
    assert document.text == "第一条 奖励。"
    assert any("宏" in warning for warning in document.warnings)


def test_a_reader_that_takes_too_long_is_stopped():
    with pytest.raises(UnreadableError, match="已停止"):
        isolation.read_isolated("慢.pdf", pdf([[(72, 90, "第一条 奖励。")]]), FileKind.PDF, longest=0.001)


def test_a_reader_that_breaks_down_is_a_message(monkeypatch):
    monkeypatch.setattr(isolation, "_CHILD", "import os; os.abort()")
    with pytest.raises(UnreadableError, match="无法读取"):
        isolation.read_isolated("崩.pdf", b"%PDF-1.4", FileKind.PDF)


def test_a_style_sheet_made_to_stall_does_not_stall():
    page = f"<style>{'a' * 200_000}{{display:none{'{' * 50_000}</style><p>第一条 对企业给予奖励。</p>"
    started = time.monotonic()
    assert read_document("页.html", page.encode()).text == "第一条 对企业给予奖励。"
    assert time.monotonic() - started < 30


def test_many_pages_are_read_in_a_reasonable_time():
    pages = [
        [(72, 90 + 22 * at, f"第{number * 20 + at + 1}条 对符合条件的企业给予奖励。") for at in range(20)]
        for number in range(120)
    ]
    started = time.monotonic()
    document = read_document("长.pdf", pdf(pages))
    assert len(document.blocks) == 2400
    assert time.monotonic() - started < 60
